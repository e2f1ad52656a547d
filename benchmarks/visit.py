"""Pages open in a browser, and one change of the year on one of them: pressed, waited for, checked and timed."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, Request

from benchmarks.expected import Json

PROBE = Path(__file__).with_name("probe.js")
SCREEN = {"width": 1440, "height": 900}
SLIDER = "#filter-year"
# the pages in the order of the tables; the last is only for information
DASHBOARD, STATIC, LEAN = "dashboard", "static", "lean"
# keys and how often they are pressed: most changes are one step, some go far
KEYS = {"ArrowLeft": 5, "ArrowRight": 5, "PageDown": 2, "PageUp": 2, "Home": 1, "End": 1}
SEED = 1972
# pauses of different length, so that keys do not always fall on the same moment of a frame of the screen (ms)
PAUSE = (60, 110)


class NotShownError(RuntimeError):
    """A page did not show what it has to: the numbers of such a run mean nothing."""


@dataclass
class Visit:
    """One page open in a browser: where its slider stands and what it has asked for."""

    name: str
    page: Page
    position: int
    last: int
    first_load: Json = field(default_factory=dict)


@dataclass
class Wire:
    """Every request of the dashboard's pages in the whole run."""

    requests: list[str] = field(default_factory=list)

    def note(self, request: Request) -> None:
        """Takes down one request."""
        if not request.url.startswith(("data:", "blob:")):
            self.requests.append(request.url)

    def outside(self) -> list[str]:
        """Those to another host."""
        return [url for url in self.requests if urlsplit(url).hostname != "127.0.0.1"]


@dataclass
class Bench:
    """What all measurements share."""

    browser: Browser
    addresses: dict[str, str]
    expected: Json
    wire: Wire

    @property
    def last(self) -> int:
        """The position of the last year."""
        return len(self.expected["tiles"]) - 1


# ---- opening


@asynccontextmanager
async def fresh_context(bench: Bench, name: str) -> AsyncIterator[BrowserContext]:
    """A context with an empty cache."""
    context = await bench.browser.new_context(viewport=SCREEN, bypass_csp=True)  # type: ignore[arg-type]
    await context.add_init_script(path=PROBE)
    if name == DASHBOARD:
        context.on("request", bench.wire.note)
    try:
        yield context
    finally:
        await context.close()


async def opened(bench: Bench, context: BrowserContext, name: str) -> Visit:
    """Opens a page and waits until it shows the last year; how long that took and what came over the wire."""
    page = await context.new_page()
    cdp = await context.new_cdp_session(page)
    load: Json = {"requests": 0, "bytes": 0, "unpacked": 0}
    await counted(cdp, load)
    script = f"probe.use({json.dumps(bench.expected)}, {json.dumps(name == DASHBOARD)}); probe.arm({bench.last}, null)"
    await page.add_init_script(script)
    await page.goto(bench.addresses[name], wait_until="commit")
    load |= shown(await page.evaluate("probe.wait(60000)"), f"{name}: first load")
    # what a page still loads after it shows everything counts too
    await page.wait_for_timeout(300)
    await cdp.send("Network.disable")
    await page.focus(SLIDER)
    return Visit(name, page, bench.last, bench.last, load)


async def counted(cdp: CDPSession, load: Json) -> None:
    """Adds up requests, bytes on the wire and bytes unpacked."""

    def add(name: str, key: str) -> Any:
        def on(event: Json) -> None:
            load[name] += int(event[key]) if key else 1

        return on

    cdp.on("Network.requestWillBeSent", add("requests", ""))
    cdp.on("Network.loadingFinished", add("bytes", "encodedDataLength"))
    cdp.on("Network.dataReceived", add("unpacked", "dataLength"))
    await cdp.send("Network.enable")


def shown(found: Json, what: str) -> Json:
    """The times the probe found, or an end with what was wrong."""
    if "wrong" in found:
        raise NotShownError(f"{what}: not shown: {', '.join(found['wrong'])}")
    return found


# ---- one change


def after_key(position: int, key: str, last: int) -> int:
    """Where Chromium's slider goes: a page is a tenth of the way, rounded to whole years."""
    tenth = last / 10
    moved = {"ArrowLeft": position - 1, "ArrowRight": position + 1, "Home": 0, "End": last}
    moved |= {"PageDown": int(position - tenth + 0.5), "PageUp": int(position + tenth + 0.5)}
    return min(max(moved[key], 0), last)


def keys_for(changes: int, last: int, seed: int) -> list[str]:
    """Keys of which each changes the year, from the last year on."""
    chance = random.Random(seed)
    position, keys = last, list[str]()
    while len(keys) < changes:
        key = chance.choices(list(KEYS), list(KEYS.values()))[0]
        goes_to = after_key(position, key, last)
        if goes_to != position:
            keys.append(key)
            position = goes_to
    return keys


async def press(visit: Visit, key: str, pause: float) -> Json:
    """Presses one key; from the key to what the screen has to show then: done, painted (ms), years passed."""
    before, visit.position = visit.position, after_key(visit.position, key, visit.last)
    await visit.page.evaluate("at => probe.arm(at, 'keydown')", visit.position)
    await visit.page.keyboard.press(key)
    found = shown(await visit.page.evaluate("probe.wait()"), f"{visit.name}: {key} to position {visit.position}")
    await visit.page.wait_for_timeout(pause)
    if wrong := await visit.page.evaluate("at => probe.wrong(at)", visit.position):
        raise NotShownError(f"{visit.name}: {key}: right at first, then not: {', '.join(wrong)}")
    return {**found, "far": abs(visit.position - before) > 1}


async def at_the_end(visit: Visit) -> None:
    """Moves the slider to the last year."""
    if visit.position != visit.last:
        await press(visit, "End", PAUSE[1])
