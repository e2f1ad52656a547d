"""Measures what the dashboard promises about speed, beside a static page of the same charts.

    .venv/bin/python benchmarks/year_change.py [--rounds 3] [--changes 48]

Writes benchmarks/results.json and the tables of docs/performance.md. How it measures: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_plus

from playwright.async_api import Browser, CDPSession, Response, async_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import report, static_page
from benchmarks.expected import ROOT, Json, expected, frames_of, shipped_house, years_of
from benchmarks.static_page import CHARTS, QUERY
from benchmarks.visit import (
    DASHBOARD,
    LEAN,
    PAUSE,
    SEED,
    SLIDER,
    STATIC,
    Bench,
    NotShownError,
    Visit,
    Wire,
    at_the_end,
    fresh_context,
    keys_for,
    opened,
    press,
    shown,
)
from dashboard.frames import House, answer
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
REGIONS = "#filter-region label"
PAGES = (DASHBOARD, STATIC, LEAN)
WARM_UP = 12
BLOCK = 12
LOADS = 2
REGIONS_USED = 4
DRAG_EVERY = 0.016
# how long a drag's last picture has to stay, to be called its end (ms)
STAYS = 400
DOCUMENTED_QUERIES = ("", "?basis=documented", "?map=links", "?map=states", "?sample=1")
UPDATE = "_dash-update-component"


# ---- the measurements


async def prove(visit: Visit, spec: Json) -> int:
    """Walks through all years: each shows its own, and each part of the check refuses every year for which it expects
    something else. Returns how often a part refused."""
    refused = 0
    parts = {"map": ("areas", "hatch"), "tiles": ("tiles",)}
    await press(visit, "Home", PAUSE[1])
    for position in range(visit.last + 1):
        if position:
            await press(visit, "ArrowRight", PAUSE[0])
        for other in range(visit.last + 1):
            wrong = await visit.page.evaluate("at => probe.wrong(at)", other)
            refused += len(wrong)
            differs = {
                part
                for part, names in parts.items()
                if any(spec[name][other] != spec[name][position] for name in names)
            }
            differs |= {"year"} if other != position else set()
            differs |= {"growth"} if differs_in_growth(spec, position, other) else set()
            differs |= (
                {"barriers"} if spec["barriers"]["shares"][other] != spec["barriers"]["shares"][position] else set()
            )
            if missed := differs - set(wrong):
                raise NotShownError(f"{visit.name} at {position} passes for {other}: {', '.join(sorted(missed))}")
    await at_the_end(visit)
    return refused


def differs_in_growth(spec: Json, one: int, other: int) -> bool:
    """Whether a bar stands in one of the years that does not in the other."""
    low, high = sorted((one, other))
    return any(any(bar[low + 1 : high + 1]) for bar in spec["growth"]["bars"])


async def year_changes(visits: Sequence[Visit], changes: int, seed: int) -> dict[str, list[Json]]:
    """The same keys on every page, in blocks that take turns, each block beginning with another page."""
    chance = random.Random(seed)
    for visit in visits:
        await visit.page.bring_to_front()
        for key in keys_for(WARM_UP, visit.last, SEED):
            await press(visit, key, PAUSE[0])
        await at_the_end(visit)
    keys = keys_for(changes, visits[0].last, seed)
    found: dict[str, list[Json]] = {visit.name: [] for visit in visits}
    for turn, start in enumerate(range(0, changes, BLOCK)):
        shift = turn % len(visits)
        for visit in [*visits[shift:], *visits[:shift]]:
            await visit.page.bring_to_front()
            for key in keys[start : start + BLOCK]:
                found[visit.name].append(await press(visit, key, chance.uniform(*PAUSE)))
    return found


async def drag(visit: Visit) -> Json:
    """Drags the slider over all years and back, a year every 16 ms whether the page keeps up or not; from letting go
    to the last picture."""
    page = visit.page
    await page.bring_to_front()
    await at_the_end(visit)
    cdp = await page.context.new_cdp_session(page)
    box = await page.locator(SLIDER).bounding_box()
    if box is None:
        raise NotShownError(f"{visit.name}: no slider")
    y, knob = box["y"] + box["height"] / 2, 8
    left, right = box["x"] + knob, box["x"] + box["width"] - knob
    steps = [step / visit.last for step in (*range(visit.last, -1, -1), *range(visit.last + 1))]
    sent = [asyncio.create_task(mouse(cdp, "mousePressed", right, y))]
    await page.evaluate("([at, stays]) => probe.arm(at, 'pointerup', stays)", [visit.last, STAYS])
    begun = time.perf_counter()
    for number, part in enumerate(steps):
        await asyncio.sleep(max(0.0, begun + number * DRAG_EVERY - time.perf_counter()))
        sent.append(asyncio.create_task(mouse(cdp, "mouseMoved", left + part * (right - left), y)))
    took = time.perf_counter() - begun
    sent.append(asyncio.create_task(mouse(cdp, "mouseReleased", right, y)))
    found = shown(await page.evaluate("probe.wait()"), f"{visit.name}: drag")
    await asyncio.gather(*sent)
    await cdp.detach()
    return {**found, "events": len(steps), "lasted": took * 1000}


async def mouse(cdp: CDPSession, kind: str, x: float, y: float) -> None:
    """One event of the mouse, sent without waiting for the page."""
    button = {
        "button": "left",
        "buttons": 0 if kind == "mouseReleased" else 1,
        "clickCount": 0 if kind == "mouseMoved" else 1,
    }
    await cdp.send("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, **button})


async def requests_of_years(visit: Visit, wire: Wire) -> Json:
    """36 changes of the year, and a second for whatever they may have set off."""
    await at_the_end(visit)
    before = len(wire.requests)
    keys = ["ArrowLeft"] * visit.last + ["ArrowRight"] * (36 - visit.last)
    for key in keys:
        await press(visit, key, PAUSE[0])
    await visit.page.wait_for_timeout(1000)
    found = wire.requests[before:]
    await at_the_end(visit)
    return {"changes": len(keys), "requests": len(found), "urls": found}


async def region_changes(visit: Visit, house: House, spec: Json, wire: Wire) -> list[Json]:
    """Chooses regions one after the other and gives them back; each change is waited for like a year's."""
    page, found = visit.page, list[Json]()
    await page.bring_to_front()
    await at_the_end(visit)
    replies: list[Response] = []
    page.on("response", lambda reply: replies.append(reply) if UPDATE in reply.url else None)
    chosen: list[str] = []
    names = list(house.choices.regions[:REGIONS_USED])
    for name in [*names, *names]:
        chosen = [each for each in chosen if each != name] if name in chosen else [*chosen, name]
        regions = "".join(f"region={quote_plus(each)}&" for each in house.choices.regions if each in chosen)
        frames = frames_of(house, f"?{regions}{QUERY[1:]}")
        await page.evaluate("expected => probe.use(expected, true)", expected(frames))
        before = len(wire.requests)
        replies.clear()
        await page.evaluate("at => probe.arm(at, 'pointerdown')", visit.last)
        await page.locator(REGIONS, has_text=name).click()
        times = shown(await page.evaluate("probe.wait()"), f"regions {chosen}")
        await page.wait_for_timeout(300)
        bodies = [await reply.body() for reply in replies]
        found.append(
            {
                **times,
                "requests": len(wire.requests) - before,
                "raw": sum(map(len, bodies)),
                "gzip": sum(len(gzip.compress(body, 6)) for body in bodies),
                "packed": any(reply.headers.get("content-encoding") for reply in replies),
            }
        )
    await page.evaluate("expected => probe.use(expected, true)", spec)
    return found


def frame_sizes(house: House) -> list[Json]:
    """Bytes of the frames that come with the document, raw and packed as a web server would."""
    sizes = []
    for query in DOCUMENTED_QUERIES:
        body = answer(house, query).encode()
        sizes.append({"query": query, "raw": len(body), "gzip": len(gzip.compress(body, 6))})
    return sizes


async def plot_sizes(bench: Bench) -> dict[str, tuple[int, int]]:
    """Width and height of the dashboard's plots on this screen, which the static page's get too."""
    async with fresh_context(bench, DASHBOARD) as context:
        page = await context.new_page()
        await page.goto(bench.addresses[DASHBOARD])
        await page.wait_for_function("document.body.dataset.ready === 'true'")
        script = (
            "name => { const node = document.querySelector(`[data-plot=${name}]`);"
            " return [node.clientWidth, node.clientHeight]; }"
        )
        sizes = {name: await page.evaluate(script, name) for name in CHARTS}
    return {name: (wide, tall) for name, (wide, tall) in sizes.items()}


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


async def one_round(bench: Bench, house: House, number: int, changes: int) -> Json:
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
        regions = await region_changes(visits[0], house, bench.expected, bench.wire)
    return {
        "years": years, "drags": drags, "requests": requests, "regions": regions, "loads": loads,
        "load": [round(load_before, 2), round(os.getloadavg()[0], 2)],
    }  # fmt: skip


async def run(rounds: int, changes: int) -> Json:
    """A whole run: the pages are built and proven, then measured round by round."""
    house = shipped_house()
    frames = frames_of(house, QUERY)
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
                found.append(await one_round(bench, house, number, changes))
                print(f"round {number + 1}:", report.line(found[-1]), flush=True)
            facts = machine(browser)
            await browser.close()
    return {
        "machine": facts, "sizes": sizes, "refused": refused, "rounds": found, "frames": frame_sizes(house),
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
