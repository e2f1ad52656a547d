"""The stage is driven: keys, year, region, places, leaving and coming back, two windows."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import READY, wait_ready

Stage = Callable[..., Page]
LAST = 16


@pytest.fixture
def stage(page: Page, address: str, outside: list[str]) -> Iterator[Stage]:
    """Opens the stage: stage("?slide=3"). Nothing outside may have been asked for, no script may have failed."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def visit(query: str = "") -> Page:
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(f"{address}/present{query}")
        page.wait_for_function(READY)
        return page

    yield visit
    assert outside == []
    assert errors == []


def at(page: Page) -> int:
    return int(page.get_attribute("body", "data-slide") or -1)


def text(page: Page, look: str) -> str:
    return page.locator(f".slide.on {look}").first.inner_text()


def test_keys_and_clickers_move_through_the_story(stage: Stage) -> None:
    page = stage()
    assert (at(page), page.get_attribute("body", "data-slides")) == (1, str(LAST))
    for key, expected in [
        ("ArrowRight", 2), ("Space", 3), ("PageDown", 4), ("ArrowLeft", 3), ("PageUp", 2), ("End", LAST),
        ("ArrowRight", LAST), ("Home", 1), ("ArrowLeft", 1),
    ]:  # fmt: skip
        page.keyboard.press(key)
        assert at(page) == expected, key
    page.keyboard.press("ArrowRight")
    assert "slide=2" in page.url
    # a clicker goes on where the keys are open, and its F5 and Esc take turns
    page.keyboard.press("?")
    page.keyboard.press("PageDown")
    assert (at(page), page.locator("#stage-help").is_visible()) == (3, False)
    page.keyboard.press("F5")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("Escape")
    page.wait_for_function("document.fullscreenElement === null")
    assert at(page) == 3
    # after a press of the mouse Space is still the next slide
    page.click(".slide.on .run")
    page.keyboard.press("Space")
    assert at(page) == 4


def test_a_press_shows_the_next_slide_within_100_ms(stage: Stage) -> None:
    page = stage("?slide=2")
    page.wait_for_function("document.body.dataset.ahead === 'true'")
    took = page.evaluate("""async () => { const took = []; for (let n = 3; n <= 9; n++) { const from = performance.now();
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }));
      await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
      const plot = document.querySelector('.slide.on [data-plot]');
      took.push([performance.now() - from, document.body.dataset.slide === String(n), !plot || n === 4 || Boolean(plot.querySelector('.main-svg'))]); } return took; }""")
    assert all(is_there and is_drawn for _, is_there, is_drawn in took)
    assert statistics.median(duration for duration, _, _ in took) < 100


def test_up_and_down_move_the_year_of_a_slide(stage: Stage) -> None:
    page = stage("?slide=5")
    assert text(page, ".big") == "94"
    for _ in range(7):
        page.keyboard.press("ArrowDown")
    wait_ready(page)
    assert text(page, ".at-year") == "2000"
    assert int(text(page, ".big")) < 94
    assert "year=2000" in page.url
    page.keyboard.press("ArrowUp")
    assert text(page, ".at-year") == "2001"
    page.reload()
    page.wait_for_function(READY)
    assert (at(page), text(page, ".at-year")) == (5, "2001")


def test_r_filters_the_story_by_region(stage: Stage) -> None:
    page = stage("?slide=5")
    page.keyboard.press("r")
    page.keyboard.press("ArrowDown")
    page.click("#stage-regions button:has-text('Western Asia')")
    page.wait_for_function("document.querySelector('.slide.on .big').textContent !== '94'")
    assert "region=Western+Asia" in page.url
    assert text(page, ".shows") == "Western Asia"
    page.keyboard.press("r")
    page.click("#stage-regions button >> nth=0")
    page.wait_for_function("document.querySelector('.slide.on .big').textContent === '94'")
    assert text(page, ".shows") == ""


def press_nigeria(page: Page) -> None:
    spot = page.evaluate("""() => { const gd = document.querySelector('.slide.on [data-plot]'), box = gd.getBoundingClientRect();
      const [x, y] = gd._fullLayout.geo._subplot.projection([8, 9.6]), k = box.width / gd.clientWidth; return [box.x + x * k, box.y + y * k]; }""")
    page.mouse.click(*spot)
    page.wait_for_function("!document.querySelector('.stage-told').hidden")


def test_a_country_on_the_map_says_its_number(stage: Stage) -> None:
    page = stage("?slide=6")
    of_all = text(page, "h2")
    press_nigeria(page)
    assert "Nigeria" in page.inner_text(".stage-told")
    assert "10" in page.inner_text(".stage-told")
    page.wait_for_function("all => document.querySelector('.slide.on h2').textContent !== all", arg=of_all)
    assert text(page, "h2").startswith("Nigeria")
    page.keyboard.press("Escape")
    page.wait_for_function("all => document.querySelector('.slide.on h2').textContent === all", arg=of_all)


def test_an_answer_that_comes_after_escape_is_not_shown(stage: Stage) -> None:
    page = stage("?slide=6")
    of_all = text(page, "h2")
    # in the page: a service worker may answer, whose requests no route sees
    page.evaluate("""() => { const ask = window.fetch; window.fetch = async (...of) => { const reply = await ask(...of);
      if (String(of[0]).includes("country=")) await new Promise(done => { window.letGo = done; }); return reply; }; }""")
    press_nigeria(page)
    page.wait_for_function("!!window.letGo")
    page.keyboard.press("Escape")
    assert page.locator(".stage-told").is_hidden()
    page.evaluate("async () => { letGo(); for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame); }")
    assert text(page, "h2") == of_all


def test_black_help_and_full_screen(stage: Stage) -> None:
    page = stage()
    page.keyboard.press("b")
    assert page.locator(".black").is_visible()
    page.keyboard.press("ArrowRight")  # brings the picture back, and does not lose a slide
    assert (page.locator(".black").is_visible(), at(page)) == (False, 1)
    page.keyboard.press("?")
    assert page.locator("#stage-help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#stage-help").is_visible()
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")


def test_the_story_is_left_and_resumed_at_the_same_place(stage: Stage, address: str) -> None:
    page = stage("?slide=5&region=Western+Asia&year=2000")
    said = text(page, ".big")
    page.keyboard.press("Escape")
    page.wait_for_url(f"{address}/")
    page.wait_for_function(READY)
    page.click("a[href^='/present']")
    page.wait_for_function("document.body?.dataset.slide === '5' && document.body.dataset.ready === 'true'")
    assert (text(page, ".big"), text(page, ".at-year"), text(page, ".shows")) == (said, "2000", "Western Asia")


def test_growth_plays_and_stops_at_the_last_year(stage: Stage) -> None:
    page = stage("?slide=3&year=2005")
    page.keyboard.press("p")
    page.wait_for_function("document.querySelector('.slide.on .at-year').textContent === '2007'")
    page.wait_for_function("document.querySelector('.slide.on .run').textContent.includes('Play')")


def test_reduced_motion_steps_instead_of_playing(stage: Stage, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage("?slide=3&year=1990")
    page.keyboard.press("p")
    page.wait_for_timeout(700)
    assert text(page, ".at-year") == "1991"


def test_a_swipe_moves_the_slide_and_not_the_map(browser: Browser, address: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 720}, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}/present?slide=6")
    page.wait_for_function(READY)
    hand = context.new_cdp_session(page)

    def swipe(start: int, end: int) -> None:
        touch = "Input.dispatchTouchEvent"
        hand.send(touch, {"type": "touchStart", "touchPoints": [{"x": start, "y": 400}]})
        for step in range(1, 6):
            place = {"x": start + (end - start) * step / 5, "y": 400}
            hand.send(touch, {"type": "touchMove", "touchPoints": [place]})
        hand.send(touch, {"type": "touchEnd", "touchPoints": []})

    # to the right, where a browser would go back a page
    for before, after, expected in [(900, 300, 7), (300, 900, 6), (300, 900, 5), (900, 300, 6)]:
        swipe(before, after)
        page.wait_for_function(f"document.body.dataset.slide === '{expected}'")
    assert (
        page.evaluate("document.querySelector('.slide.on [data-plot]')._fullLayout.geo.projection.rotation.lon") == 12
    )
    context.close()


def test_the_presenters_window_stays_in_step_both_ways(stage: Stage, context: BrowserContext) -> None:
    page = stage("?slide=6&region=Western+Asia&year=2000")
    with context.expect_page() as opened:
        page.keyboard.press("n")
    desk = opened.value
    desk.wait_for_function(READY)
    # what the projector shows is on the laptop too, also what it was moved to before
    desk.wait_for_function("document.querySelector('.slide.on .at-year').textContent === '2000'")
    for window in (page, desk):
        window.wait_for_function("document.querySelector('.slide.on [data-plot]').textContent.includes('Azerbaijan')")
    page.keyboard.press("r")
    page.click("#stage-regions button >> nth=0")
    page.evaluate("ipi.stage.go(3)")
    desk.wait_for_function("document.body.dataset.slide === '3'")
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url) if "/health" not in request.url else None)
    desk.wait_for_function("document.body.dataset.preloaded === 'true' && document.body.dataset.ahead === 'true'")
    page.wait_for_function("document.body.dataset.kept === 'true'")
    asked.clear()
    page.keyboard.press("ArrowRight")
    desk.wait_for_function("document.body.dataset.slide === '4'")
    assert "2006" in desk.inner_text(".desk .notes")
    assert desk.locator(".slide.on").count() == desk.locator(".slide.coming").count() == 1
    desk.click(".desk [data-act=next]")
    page.wait_for_function("document.body.dataset.slide === '5'")
    desk.keyboard.press("ArrowDown")
    page.wait_for_function("document.querySelector('.slide.on .at-year').textContent === '2006'")
    assert [url for url in asked if "_stage" in url or "_dash" in url] == []
