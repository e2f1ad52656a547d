"""The measurements of year_change.py: changes of the year, drags, changes of region, sizes."""

from __future__ import annotations

import asyncio
import gzip
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote_plus

from playwright.async_api import CDPSession, Response

sys.path.insert(0, str(Path(__file__).parents[1]))

from dashboard.frames import AppContext, answer

from benchmarks.expected import Json, expected, frames_of
from benchmarks.static_page import CHARTS, QUERY
from benchmarks.visit import (
    DASHBOARD,
    PAUSE,
    SEED,
    SLIDER,
    Bench,
    NotShownError,
    Visit,
    Wire,
    at_the_end,
    fresh_context,
    keys_for,
    press,
    shown,
)

REGIONS = "#filter-region label"
WARM_UP = 12
BLOCK = 12
REGIONS_USED = 4
DRAG_EVERY = 0.016
# how long a drag's last picture has to stay, to be called its end (ms)
STAYS = 400
DOCUMENTED_QUERIES = ("", "?basis=documented", "?map=links", "?map=states", "?sample=1")
UPDATE = "_dash-update-component"


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


async def region_changes(visit: Visit, app_context: AppContext, spec: Json, wire: Wire) -> list[Json]:
    """Chooses regions one after the other and gives them back; each change is waited for like a year's."""
    page, found = visit.page, list[Json]()
    await page.bring_to_front()
    await at_the_end(visit)
    replies: list[Response] = []
    page.on("response", lambda reply: replies.append(reply) if UPDATE in reply.url else None)
    chosen: list[str] = []
    names = list(app_context.choices.regions[:REGIONS_USED])
    for name in [*names, *names]:
        chosen = [each for each in chosen if each != name] if name in chosen else [*chosen, name]
        regions = "".join(f"region={quote_plus(each)}&" for each in app_context.choices.regions if each in chosen)
        frames = frames_of(app_context, f"?{regions}{QUERY[1:]}")
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


def frame_sizes(app_context: AppContext) -> list[Json]:
    """Bytes of the frames that come with the document, raw and packed as a web server would."""
    sizes = []
    for query in DOCUMENTED_QUERIES:
        body = answer(app_context, query).encode()
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
