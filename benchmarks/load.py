"""Many viewers at once, real browsers among them, while workers are killed: errors, times, memory.

    .venv/bin/python benchmarks/load.py --viewers 200 --minutes 10 --kill-every 5
    .venv/bin/python benchmarks/load.py --viewers 200 --minutes 2 --reload-every 20 --restart-at 60

A reload exchanges the workers gracefully (HUP, as `systemctl reload`); a restart ends the server and starts it again, as
`systemctl restart` and an update do, so that for some seconds nobody answers.

Starts a server of its own. A viewer asks for a view every `--think` seconds, as a page does, and asks again as the
page does (assets/js/pending.js) when a request fails; "failed" are single requests, "lost" views that never came. A
browser presses chips of regions and waits until the page is ready.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import itertools
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.questions import REGIONS, body_of, callback_at  # noqa: E402
from tests.serving import free_port, is_healthy  # noqa: E402
from tools.browser import on_path  # noqa: E402

LATER = (0.3, 0.7, 1.5, 3, 5, 8, 8, 8)


@dataclass
class Tally:
    """What was seen. Times are in ms, memory in MB of PSS of master and workers by seconds since the start."""

    times: list[float] = field(default_factory=list)
    failed: int = 0
    repeated: int = 0
    lost: int = 0
    kills: int = 0
    reloads: int = 0
    restarts: int = 0
    away_s: float = 0.0
    browser_views: int = 0
    browser_lost: int = 0
    memory: list[tuple[float, float]] = field(default_factory=list)


def start(port: int, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The server as in production; what it says is left unread, so it must not go into a pipe."""
    command = [sys.executable, "-m", "gunicorn", "app:server"]
    heap = dict(part.split("=") for part in re.findall(r"MALLOC_\w+=\d+", (ROOT / "Procfile").read_text()))
    variables = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), **heap, **environment}
    return subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def view(chance: random.Random) -> tuple[str, int | None]:
    """A view somebody may choose: some regions, one basis, sometimes a year."""
    chosen = chance.sample(REGIONS, chance.randint(0, 3))
    parts = [f"region={region.replace(' ', '+')}" for region in chosen]
    if chance.random() < 0.3:
        parts.append("basis=documented")
    return "?" + "&".join(parts), chance.randint(1980, 2007) if chance.random() < 0.5 else None


async def post(port: int, body: bytes) -> bytes:
    """The body of the reply. Raises OSError where there is none or its status is not 200."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = f"POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept-Encoding: gzip\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        raw = await reader.read()
    finally:
        writer.close()
    status, _, rest = raw.partition(b"\r\n")
    reply = rest.partition(b"\r\n\r\n")[2]
    if b" 200 " not in status + b" ":
        raise OSError(status.decode("latin-1") or "no reply")
    if b"gzip" in rest.partition(b"\r\n\r\n")[0]:
        try:
            gzip.decompress(reply)
        except (EOFError, gzip.BadGzipFile) as error:
            raise OSError("half a reply") from error
    return reply


async def viewer(port: int, callback: dict[str, Any], tally: Tally, until: float, think: float, seed: int) -> None:
    """One person with one page."""
    chance = random.Random(seed)
    await asyncio.sleep(chance.random() * think)
    while time.monotonic() < until:
        body, began = body_of(callback, *view(chance)), time.perf_counter()
        for tries in itertools.count():
            try:
                await asyncio.wait_for(post(port, body), 60)
                tally.times.append((time.perf_counter() - began) * 1000)
                tally.repeated += tries > 0
                break
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                tally.failed += 1
                if tries >= len(LATER):
                    tally.lost += 1
                    break
                await asyncio.sleep(LATER[tries])
        await asyncio.sleep(think * (0.5 + chance.random()))


async def browsing(port: int, tally: Tally, until: float, count: int) -> None:
    """Real browsers that choose regions and wait for the right number."""
    from playwright.async_api import Error, Page, async_playwright

    async def one(page: Page, seed: int) -> None:
        chance = random.Random(seed)
        while True:
            try:
                await page.goto(f"http://127.0.0.1:{port}/")
                await page.wait_for_function("document.body?.dataset.ready === 'true'")
                break
            except Error:  # a worker was killed under it: a person would reload
                tally.failed += 1
                await asyncio.sleep(1)
        while time.monotonic() < until:
            before = await page.evaluate_handle("dash_clientside.choice.shownFrames()")
            await page.locator("#filter-region label").nth(chance.randrange(5)).click()
            try:
                await page.wait_for_function(
                    "before => dash_clientside.choice.shownFrames() !== before"
                    " && document.body.dataset.ready === 'true' && !document.querySelector('#notices .notice')",
                    arg=before,
                    timeout=60_000,
                )
                tally.browser_views += 1
            except Error:
                tally.browser_lost += 1
            await asyncio.sleep(1 + chance.random())

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=on_path(), args=["--no-sandbox"])
        pages = [await (await browser.new_context(bypass_csp=True)).new_page() for _ in range(count)]
        await asyncio.gather(*(one(page, at) for at, page in enumerate(pages)))
        await browser.close()


def children(pid: int) -> list[int]:
    """Workers of a master."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for each in found]


def memory(pid: int) -> float:
    """MB of PSS of a master and its workers."""
    total = 0
    for each in [pid, *children(pid)]:
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


async def trouble(
    server: list[subprocess.Popen[bytes]],
    port: int,
    environment: Mapping[str, str],
    tally: Tally,
    until: float,
    options: argparse.Namespace,
) -> None:
    """Kills a worker or reloads every so often, restarts the server when it is time, and looks at the memory."""
    began = last_kill = last_reload = time.monotonic()
    restarts = sorted(options.restart_at)
    while time.monotonic() < until:
        await asyncio.sleep(1)
        now = time.monotonic()
        if restarts and now - began >= restarts[0]:
            del restarts[0]
            tally.restarts += 1
            server[0].terminate()
            await asyncio.to_thread(server[0].wait, 60)
            server[0] = start(port, environment)
            while not await asyncio.to_thread(is_healthy, port):
                await asyncio.sleep(0.1)
            tally.away_s += time.monotonic() - now
            continue
        if options.reload_every and now - last_reload >= options.reload_every:
            last_reload = now
            server[0].send_signal(signal.SIGHUP)
            tally.reloads += 1
        workers = children(server[0].pid)
        if options.kill_every and now - last_kill >= options.kill_every and workers:
            last_kill = now
            os.kill(random.choice(workers), signal.SIGKILL)
            tally.kills += 1
        tally.memory.append((now - began, memory(server[0].pid)))


def slope(points: list[tuple[float, float]]) -> float:
    """MB a minute, by least squares, over the second half."""
    half = points[len(points) // 2 :]
    if len(half) < 2:
        return 0.0
    return statistics.linear_regression([x for x, _ in half], [y for _, y in half]).slope * 60


def report(tally: Tally, seconds: float) -> dict[str, object]:
    """The figures of docs/performance.md."""
    times = sorted(tally.times)
    return {
        "views": len(times),
        "views_a_second": round(len(times) / seconds, 1),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "longest_ms": round(times[-1]),
        "requests_failed": tally.failed,
        "views_that_needed_another_try": tally.repeated,
        "views_lost": tally.lost,
        "workers_killed": tally.kills,
        "reloads": tally.reloads,
        "restarts": tally.restarts,
        "seconds_from_stop_to_healthy": round(tally.away_s, 1),
        "browser_views": tally.browser_views,
        "browser_views_lost": tally.browser_lost,
        "memory_mb_last": round(tally.memory[-1][1], 1),
        "memory_mb_most": round(max(mb for _, mb in tally.memory), 1),
        "memory_mb_a_minute": round(slope(tally.memory), 2),
    }


async def run(options: argparse.Namespace, folder: str) -> dict[str, object]:
    """One run against a server of its own, with a database in a folder."""
    port, tally = free_port(), Tally()
    environment = {"DATABASE_URL": f"sqlite:///{folder}/dashboard.sqlite"}
    server = [start(port, environment)]
    while not is_healthy(port):
        await asyncio.sleep(0.1)
    callback = callback_at(f"http://127.0.0.1:{port}")
    until = time.monotonic() + options.minutes * 60
    try:
        await asyncio.gather(
            *(viewer(port, callback, tally, until, options.think, seed) for seed in range(options.viewers)),
            browsing(port, tally, until, options.browsers),
            trouble(server, port, environment, tally, until, options),
        )
    finally:
        server[0].terminate()
        server[0].wait(60)
    return report(tally, options.minutes * 60)


def main() -> None:
    """Reads the options, runs, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--viewers", type=int, default=200)
    parser.add_argument("--browsers", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--think", type=float, default=5, help="seconds between two views of one viewer")
    parser.add_argument("--kill-every", type=float, default=0, help="seconds; 0: never")
    parser.add_argument("--reload-every", type=float, default=0, help="seconds; 0: never")
    parser.add_argument("--restart-at", type=float, nargs="*", default=[], help="seconds after the beginning")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(run(options, folder)), indent=1))


if __name__ == "__main__":
    main()
