"""First loads, starts and memory, beside a static page and plain Dash, in interleaved rounds.

    make bench-visits        # sets `bench-work/` up with the peers, then runs this

Each round opens every page in a fresh browser profile and waits until its last chart is painted: three charts with
marks in their SVG (the map, lines or bars over the years, barriers; ours has no barriers chart before a survey has
numbers, so it is opened with the sample survey) and two frames of the screen more.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.load import memory  # noqa: E402
from tests.serving import free_port  # noqa: E402
from tools.browser import chromium  # noqa: E402

WORK = ROOT / "bench-work"
# filled by the first start, found by those of later rounds
DATABASE = WORK / "results/first_load.sqlite"
# all charts that the page has, drawn, and two frames
PAINTED = """async charts => {
  const isDrawn = gd => gd.querySelector(".choroplethlayer path, .point path, .scatterlayer path.js-line, .scatterlayer path.js-fill");
  const all = () => [...document.querySelectorAll(".js-plotly-plot")].filter(isDrawn).length >= charts &&
    (!document.body.dataset.ready || document.body.dataset.ready === "true");
  const frame = () => new Promise(requestAnimationFrame);
  while (!all()) await frame();
  await frame(); await frame();
  return performance.now();
}"""
WIRE = """() => [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")]
  .reduce((all, entry) => [all[0] + entry.transferSize, all[1] + 1], [0, 0])"""
PEERS = ("ours", "static_sc", "dash_plain")


def command(peer: str, port: int) -> tuple[list[str], dict[str, str], Path]:
    """What starts a peer: argv, environment, folder."""
    if peer == "ours":
        environment = {"PORT": str(port), "DASHBOARD_WORKERS": "2", "DATABASE_URL": f"sqlite:///{DATABASE}"}
        return [sys.executable, "-m", "gunicorn", "app:server"], environment, ROOT
    if peer == "static_sc":
        return [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"], {}, WORK / "data"
    peers = WORK / "harness/peers"
    gunicorn = str(WORK / "venvs/dash/bin/gunicorn")
    return (
        [gunicorn, "-w", "2", "-b", f"127.0.0.1:{port}", "dash_plain:server"],
        {"PERF_SIZE": "S", "PYTHONPATH": str(peers)},
        peers,
    )


def address(peer: str, port: int) -> str:
    """The page that is measured."""
    path = {"ours": "?sample=1", "static_sc": "static_sc-S.html", "dash_plain": ""}[peer]
    return f"http://127.0.0.1:{port}/{path}"


@contextmanager
def serving(peer: str) -> Iterator[tuple[str, float, int]]:
    """(address, seconds until its first answer, pid) of a peer's server."""
    port = free_port()
    argv, more, folder = command(peer, port)
    began = time.perf_counter()
    server = subprocess.Popen(
        argv, cwd=folder, env={**os.environ, **more}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                urllib.request.urlopen(address(peer, port), timeout=30).close()
                break
            except OSError:
                if server.poll() is not None or time.perf_counter() - began > 120:
                    raise RuntimeError(f"{peer} does not start") from None
                time.sleep(0.02)
        yield address(peer, port), time.perf_counter() - began, server.pid
    finally:
        server.terminate()
        server.wait(30)


def visit(browser: Browser, url: str, *, is_helped: bool) -> dict[str, float]:
    """One first load and the visit after it: ms until painted, bytes, requests."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    if is_helped:  # plain Dash fetches its world from outside; handing it over turns the browser's cache off
        context.route(
            lambda each: "127.0.0.1" not in each and not each.startswith("data:"),
            lambda route: route.fulfill(path=str(WORK / "harness/geo/world_110m.json")),
        )
    page = context.new_page()
    page.goto(url, wait_until="commit")
    painted = page.evaluate(PAINTED, 3)
    page.wait_for_timeout(200)
    size, requests = page.evaluate(WIRE)
    page.goto(url, wait_until="commit")
    again = page.evaluate(PAINTED, 3)
    size_again, _ = page.evaluate(WIRE)
    context.close()
    return {"first_ms": painted, "again_ms": again, "bytes": size, "requests": requests, "bytes_again": size_again}


def measure(rounds: int, visits: int) -> dict[str, list[dict[str, Any]]]:
    """Rows by peer, one a round."""
    found: dict[str, list[dict[str, Any]]] = {peer: [] for peer in PEERS}
    with chromium() as browser:
        for at in range(rounds):
            for peer in PEERS[at % 3 :] + PEERS[: at % 3]:
                with serving(peer) as (url, start, pid):
                    visit(browser, url, is_helped=peer == "dash_plain")  # warms the server
                    rows = [visit(browser, url, is_helped=peer == "dash_plain") for _ in range(visits)]
                    row = {name: statistics.median(each[name] for each in rows) for name in rows[0]}
                    found[peer].append({**row, "start_s": start, "memory_mb": memory(pid)})
    return found


def table(found: dict[str, list[dict[str, Any]]]) -> str:
    """Medians over the rounds, and the median of ratios inside a round."""
    lines = [
        "| page | start s | first load ms | × static_sc | × plain Dash | kB | requests | again ms | again kB | PSS MB |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for peer, rows in found.items():
        middle = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
        ratio = {
            other: statistics.median(
                row["first_ms"] / base["first_ms"] for row, base in zip(rows, found[other], strict=True)
            )
            for other in ("static_sc", "dash_plain")
        }
        lines.append(
            f"| {peer} | {middle['start_s']:.2f} | {middle['first_ms']:.0f} | {ratio['static_sc']:.2f} | {ratio['dash_plain']:.2f} | {middle['bytes'] / 1000:.0f} "
            f"| {middle['requests']:.0f} | {middle['again_ms']:.0f} | {middle['bytes_again'] / 1000:.1f} | {middle['memory_mb']:.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--visits", type=int, default=3)
    options = parser.parse_args()
    found = measure(options.rounds, options.visits)
    print(table(found))
    (WORK / "results/first_load.json").write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
