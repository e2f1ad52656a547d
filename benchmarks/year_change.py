"""Measures what the dashboard promises about speed, beside a static page of the same charts.

    .venv/bin/python benchmarks/year_change.py [--rounds 3] [--changes 48]

Writes benchmarks/results.json and the tables of docs/performance.md. How it measures: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import report, static_page
from benchmarks.changes import (
    drag,
    frame_sizes,
    plot_sizes,
    prove,
    region_changes,
    requests_of_years,
    year_changes,
)
from benchmarks.expected import ROOT, Json, expected, frames_of, shipped_house, years_of
from benchmarks.static_page import QUERY
from benchmarks.visit import (
    DASHBOARD,
    LEAN,
    SEED,
    STATIC,
    Bench,
    NotShownError,
    Wire,
    fresh_context,
    opened,
)
from dashboard.context import AppContext
from tests.serving import free_port, serving
from tools.browser import on_path

RESULTS = Path(__file__).with_name("results.json")
BROWSER_OPTIONS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = (DASHBOARD, STATIC, LEAN)
LOADS = 2


# ---- a run


@contextmanager
def folder_served(folder: Path) -> Iterator[str]:
    """The address of a plain file server, for the static pages."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def machine(browser: Browser) -> Json:
    """What the numbers were taken on."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {
        "date": time.strftime("%Y-%m-%d"),
        "cores": os.cpu_count(),
        "load": [round(each, 2) for each in os.getloadavg()],
        "browser": f"Chromium {browser.version}, headless",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "commit": commit.stdout.strip(),
    }


async def one_round(bench: Bench, app_context: AppContext, number: int, changes: int) -> Json:
    """Every measurement once, with fresh contexts."""
    loads: dict[str, list[Json]] = {name: [] for name in PAGES}
    for turn in range(LOADS):
        for name in PAGES if turn % 2 else PAGES[::-1]:
            async with fresh_context(bench, name) as context:
                loads[name].append((await opened(bench, context, name)).first_load)
    async with (
        fresh_context(bench, DASHBOARD) as one,
        fresh_context(bench, STATIC) as two,
        fresh_context(bench, LEAN) as three,
    ):
        visits = [await opened(bench, context, name) for context, name in zip((one, two, three), PAGES, strict=True)]
        load_before = os.getloadavg()[0]
        years = await year_changes(visits, changes, SEED + number)
        drags = {visit.name: [await drag(visit) for _ in range(2)] for visit in visits}
        await visits[0].page.bring_to_front()
        requests = await requests_of_years(visits[0], bench.wire)
        regions = await region_changes(visits[0], app_context, bench.expected, bench.wire)
    return {
        "years": years, "drags": drags, "requests": requests, "regions": regions, "loads": loads,
        "load": [round(load_before, 2), round(os.getloadavg()[0], 2)],
    }  # fmt: skip


async def run(rounds: int, changes: int) -> Json:
    """A whole run: the pages are built and proven, then measured round by round."""
    app_context = shipped_house()
    frames = frames_of(app_context, QUERY)
    spec = expected(frames)
    if len(years_of(frames)) != 36:
        raise NotShownError("the statements are about 36 years")
    with serving() as address, tempfile.TemporaryDirectory() as folder, folder_served(Path(folder)) as static:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=on_path(), args=BROWSER_OPTIONS)
            addresses = {DASHBOARD: f"{address}/{QUERY}", STATIC: f"{static}/static.html", LEAN: f"{static}/lean.html"}
            bench = Bench(browser, addresses, spec, Wire())
            sizes = await plot_sizes(bench)
            for name in (STATIC, LEAN):
                text = static_page.build(frames, sizes, is_lean=name == LEAN)
                (Path(folder) / f"{name}.html").write_text(text, encoding="utf-8")
            refused = {}
            for name in PAGES:
                async with fresh_context(bench, name) as context:
                    refused[name] = await prove(await opened(bench, context, name), spec)
            print("the check holds on every page; refusals:", refused, flush=True)
            found = []
            for number in range(rounds):
                found.append(await one_round(bench, app_context, number, changes))
                print(f"round {number + 1}:", report.line(found[-1]), flush=True)
            facts = machine(browser)
            await browser.close()
    return {
        "machine": facts, "sizes": sizes, "refused": refused, "rounds": found, "frames": frame_sizes(app_context),
        "outside": bench.wire.outside(),
    }  # fmt: skip


def main() -> int:
    """Measures, writes and prints; 1 where a page did not show what it has to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--changes", type=int, default=48, help="year changes of each page in a round")
    parser.add_argument("--dry", action="store_true", help="only print")
    options = parser.parse_args()
    try:
        measured = asyncio.run(run(options.rounds, options.changes))
    except NotShownError as error:
        print(error, file=sys.stderr)
        return 1
    results = report.summary(measured)
    tables = report.markdown(results)
    print(tables)
    if not options.dry:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        report.put_into(ROOT / "docs/performance.md", tables)
    return 0


if __name__ == "__main__":
    sys.exit(main())
