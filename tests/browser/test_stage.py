"""The stage is driven: keys, year, region, places, leaving and coming back, two windows, no server."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect
from pptx import Presentation

from tests.browser.axe import of_colours, violations
from tests.browser.conftest import errors_of, until
from tests.serving import free_port, is_healthy, start

Stage = Callable[..., Page]
LAST = 16
PATH = "/present"
READY = "document.body?.dataset.ready === 'true' && document.body.dataset.slide !== undefined"
AHEAD = "document.body?.dataset.ahead === 'true'"
PLOT = ".slide.on [data-plot]"
# where a place is on the map of the slide, in pixels of the window
SPOT = f"""place => {{ const gd = document.querySelector('{PLOT}'), box = gd.getBoundingClientRect();
  const [x, y] = gd._fullLayout.geo._subplot.projection(place), k = box.width / gd.clientWidth; return [box.x + x * k, box.y + y * k]; }}"""
NIGERIA = [8, 9.6]


@pytest.fixture
def stage(page: Page, address: str, outside: list[str]) -> Iterator[Stage]:
    """Opens the stage: stage("?slide=3"). Nothing outside may have been asked for, no script may have failed."""
    errors = errors_of(page)

    def visit(query: str = "") -> Page:
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(f"{address}{PATH}{query}")
        until(page, READY)
        return page

    yield visit
    assert outside == []
    assert errors == []


@pytest.fixture
def without_keeper(page: Page) -> Page:
    """A page whose requests all pass its routes: the worker that keeps the stage would answer some by itself."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setBypassServiceWorker", {"bypass": True})
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(reduced_motion="reduce")
    return page


def at(page: Page) -> int:
    return int(page.get_attribute("body", "data-slide") or -1)


def text(page: Page, look: str) -> str:
    return page.locator(f".slide.on {look}").first.inner_text()


def shows(page: Page, look: str, said: str) -> None:
    expect(page.locator(f".slide.on {look}").first).to_have_text(said)


def open_presenter(page: Page, ready: str = READY) -> Page:
    """The presenter's window, opened by its key, when it is ready."""
    with page.context.expect_page() as opened:
        page.keyboard.press("n")
    until(opened.value, ready)
    return opened.value


# ---- the keys
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
    page.wait_for_url("**slide=2")
    # a clicker goes on where the keys are open, and its F5 and Esc take turns
    page.keyboard.press("?")
    page.keyboard.press("PageDown")
    assert (at(page), page.locator("#stage-help").is_visible()) == (3, False)
    page.keyboard.press("F5")
    until(page, "document.fullscreenElement !== null")
    page.keyboard.press("Escape")
    until(page, "document.fullscreenElement === null")
    assert at(page) == 3
    # after a press of the mouse Space is still the next slide
    page.click(".slide.on .run")
    page.keyboard.press("Space")
    assert at(page) == 4


def test_a_press_shows_the_next_slide_at_once(stage: Stage) -> None:
    """By the press itself, which waits for nothing and draws nothing: all was drawn ahead."""
    page = stage("?slide=2")
    until(page, AHEAD)
    pressed = page.evaluate("""async () => { const pressed = []; let drawings = 0;
      for (const name of ['newPlot', 'react', 'update', 'restyle', 'relayout']) {
        const draw = Plotly[name]; Plotly[name] = (...of) => { drawings += 1; return draw(...of); }; }
      for (let n = 3; n <= 9; n++) {
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }));
        const plot = document.querySelector('.slide.on .drawn:not([hidden]) [data-plot]');
        const shown = [document.body.dataset.slide === String(n), !plot || Boolean(plot.querySelector('.main-svg'))];
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        pressed.push([...shown, drawings]); }
      return pressed; }""")
    assert pressed == [[True, True, 0]] * 7


def test_black_help_and_full_screen(stage: Stage) -> None:
    page = stage()
    # the key of B on an English, a Russian and an Arabic keyboard: a letter is known by its place
    for letter in ("b", "и", "لا"):
        page.evaluate("key => document.dispatchEvent(new KeyboardEvent('keydown', { key, code: 'KeyB' }))", letter)
        assert page.locator(".black").is_visible()
        page.keyboard.press("ArrowRight")  # brings the picture back, and does not lose a slide
        assert (page.locator(".black").is_visible(), at(page)) == (False, 1)
    page.keyboard.press("?")
    assert page.locator("#stage-help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#stage-help").is_visible()
    page.keyboard.press("f")
    until(page, "document.fullscreenElement !== null")


# ---- the year
def test_up_and_down_move_the_year_of_a_slide(stage: Stage) -> None:
    page = stage("?slide=5")
    assert text(page, ".big") == "94"
    for _ in range(7):
        page.keyboard.press("ArrowDown")
    shows(page, ".at-year", "2000")
    assert int(text(page, ".big")) < 94
    page.wait_for_url("**year=2000")
    page.keyboard.press("ArrowUp")
    shows(page, ".at-year", "2001")
    page.reload()
    until(page, READY)
    assert (at(page), text(page, ".at-year")) == (5, "2001")


def test_growth_plays_and_stops_at_the_last_year(stage: Stage) -> None:
    page = stage("?slide=3&year=2005")
    page.evaluate("""() => { const button = document.querySelector('.slide.on .run'), said = window.said = [];
      new MutationObserver(() => said.push(button.textContent)).observe(button, { childList: true, characterData: true, subtree: true }); }""")
    page.keyboard.press("p")
    shows(page, ".at-year", "2007")
    shows(page, ".run", "▶ Play the years")
    assert page.evaluate("window.said") == ["Pause", "▶ Play the years"]


def test_reduced_motion_steps_instead_of_playing(stage: Stage, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    stage("?slide=3&year=1990")
    page.keyboard.press("p")
    shows(page, ".at-year", "1991")
    page.wait_for_timeout(700)
    shows(page, ".at-year", "1991")


def _year_spot(page: Page, year: int) -> tuple[float, float]:
    box = page.locator(".slide.on [data-over]").bounding_box()
    assert box is not None
    edge = page.evaluate("year => { const { years, over } = dash_clientside.choice.shownFrames(); return over.edges[year - years[0]]; }", year)  # fmt: skip
    return box["x"] + box["width"] * edge / 100 - 3, box["y"] + box["height"] / 2


def test_a_drag_along_growth_chooses_the_year_whatever_the_address_takes(stage: Stage) -> None:
    """A browser that refuses to write the address, as Safari does after a hundred times, never decides what is shown."""
    page = stage("?slide=3")
    page.evaluate("""() => { const write = history.replaceState.bind(history); Object.assign(window, { refused: 0, isRefusing: true });
      history.replaceState = (...of) => { if (window.isRefusing) { window.refused += 1; throw new DOMException('too often', 'SecurityError'); } write(...of); }; }""")
    page.mouse.move(*_year_spot(page, 2007))
    page.mouse.down()
    for year in [*range(2006, 1979, -1), *range(1980, 1996)]:
        page.mouse.move(*_year_spot(page, year))
    page.mouse.up()
    until(page, READY)
    shows(page, ".at-year", "1995")
    before = page.evaluate("document.querySelector('.slide.on h2').textContent")
    page.keyboard.press("ArrowUp")
    shows(page, ".at-year", "1996")
    assert page.evaluate("document.querySelector('.slide.on h2').textContent") != before
    # tried only when the hand rests, and again later
    until(page, "window.refused > 0")
    assert page.evaluate("window.refused") < 10
    page.evaluate("() => { window.isRefusing = false }")
    page.keyboard.press("ArrowUp")
    page.wait_for_url("**year=1997")
    # a press that the browser takes over changes no year
    page.mouse.move(*_year_spot(page, 1997))
    page.mouse.down()
    page.mouse.move(*_year_spot(page, 1990))
    shows(page, ".at-year", "1990")
    page.evaluate("""() => dispatchEvent(new PointerEvent('pointercancel', { pointerId: 1, bubbles: true }))""")
    shows(page, ".at-year", "1997")
    page.mouse.up()
    shows(page, ".at-year", "1997")


# ---- places
def test_r_filters_the_story_by_region(stage: Stage) -> None:
    page = stage("?slide=5")
    page.keyboard.press("r")
    page.keyboard.press("ArrowDown")
    page.click("#stage-regions button:has-text('Western Asia')")
    until(page, "document.querySelector('.slide.on .big').textContent !== '94'")
    page.wait_for_url("**region=Western+Asia")
    assert text(page, ".shows") == "Western Asia"
    page.keyboard.press("r")
    page.click("#stage-regions button >> nth=0")
    until(page, "document.querySelector('.slide.on .big').textContent === '94'")
    assert text(page, ".shows") == ""


def press_nigeria(page: Page) -> None:
    page.mouse.click(*page.evaluate(SPOT, NIGERIA))
    until(page, "!document.querySelector('.stage-told').hidden")


def test_a_country_on_the_map_and_one_in_the_list_say_their_numbers(stage: Stage) -> None:
    page = stage("?slide=6")
    of_all = text(page, "h2")
    press_nigeria(page)
    assert "Nigeria" in page.inner_text(".stage-told")
    assert "10" in page.inner_text(".stage-told")
    expect(page.locator(".slide.on h2")).to_contain_text("Nigeria")
    until(page, f"document.querySelector('.slide.on h2').textContent !== {of_all!r}")
    page.keyboard.press("Escape")
    shows(page, "h2", of_all)
    page.keyboard.press("PageDown")
    page.click(".slide.on .ranks button >> nth=0")
    expect(page.locator(".stage-told")).to_contain_text("Nigeria")
    page.keyboard.press("PageDown")  # Space and clickers go on
    assert at(page) == 8


def test_an_answer_that_comes_after_escape_is_not_shown(without_keeper: Page, address: str) -> None:
    page = without_keeper
    page.goto(f"{address}{PATH}?slide=6")
    until(page, f"{READY} && document.body.dataset.preloaded === 'true'")
    of_all = text(page, "h2")
    held: list[Route] = []
    page.route("**/_stage?country=*", lambda route: held.append(route))
    with page.expect_request("**/_stage?country=*"):
        press_nigeria(page)
    page.keyboard.press("Escape")
    assert page.locator(".stage-told").is_hidden()
    while not held:
        page.wait_for_timeout(20)
    [late] = held
    late.continue_()
    page.wait_for_timeout(1200)
    assert text(page, "h2") == of_all
    until(page, READY)


def test_an_answer_that_does_not_come_looks_old_and_is_asked_again(without_keeper: Page, address: str) -> None:
    page = without_keeper
    page.goto(f"{address}{PATH}?slide=6")
    until(page, f"{READY} && document.body.dataset.preloaded === 'true'")
    tries: list[str] = []
    is_said = False

    def lose(route: Route) -> None:
        tries.append("asked")
        if is_said:
            route.continue_()
        elif len(tries) > 1:
            route.abort()

    page.route("**/_stage?country=*", lose)
    press_nigeria(page)
    until(page, "document.querySelector('#stage').classList.contains('is-pending')")
    assert page.get_attribute("#stage", "aria-busy") == "true"
    expect(page.locator("#notices .connection")).to_be_visible()
    is_said = True
    expect(page.locator(".slide.on h2")).to_contain_text("Nigeria")
    expect(page.locator("#notices .connection")).to_have_count(0)
    assert len(tries) >= 2


# ---- touch
def test_a_swipe_moves_the_slide_and_not_the_map_nor_the_year(stage: Stage, page: Page) -> None:
    hand = page.context.new_cdp_session(page)
    hand.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
    stage("?slide=6")
    touch = "Input.dispatchTouchEvent"

    def swipe(start: int, end: int, fingers: int = 1) -> None:
        def places(x: float) -> list[dict[str, float]]:
            return [{"x": x, "y": 400 + 40 * finger, "id": finger} for finger in range(fingers)]

        hand.send(touch, {"type": "touchStart", "touchPoints": places(start)})
        for step in range(1, 6):
            hand.send(touch, {"type": "touchMove", "touchPoints": places(start + (end - start) * step / 5)})
        hand.send(touch, {"type": "touchEnd", "touchPoints": []})

    # to the right, where a browser would go back a page
    for before, after, expected in [(900, 300, 7), (300, 900, 6), (300, 900, 5), (900, 300, 6)]:
        swipe(before, after)
        until(page, f"document.body.dataset.slide === '{expected}'")
    assert page.evaluate(f"document.querySelector('{PLOT}')._fullLayout.geo.projection.rotation.lon") == 12
    swipe(900, 300, fingers=2)  # a pinch is the browser's
    page.wait_for_timeout(200)
    assert at(page) == 6
    page.keyboard.press("?")  # over a dialog a finger is the dialog's
    swipe(900, 300)
    page.wait_for_timeout(200)
    assert at(page) == 6
    page.keyboard.press("?")
    page.evaluate("dash_clientside.stage.go(3)")
    until(page, READY)
    swipe(700, 200)
    until(page, "document.body.dataset.slide === '4'")
    page.evaluate("dash_clientside.stage.go(3)")
    shows(page, ".at-year", "2007")
    x, y = _year_spot(page, 1990)
    hand.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    hand.send(touch, {"type": "touchEnd", "touchPoints": []})
    shows(page, ".at-year", "1990")


# ---- leaving, and two windows
def test_the_story_is_left_and_resumed_at_the_same_place(stage: Stage, address: str) -> None:
    page = stage("?slide=5&region=Western+Asia&year=2000")
    said = text(page, ".big")
    page.keyboard.press("Escape")
    page.wait_for_url(f"{address}/")
    until(page, "document.body.dataset.ready === 'true'")
    page.click("a[href$='/present']")
    until(page, f"document.body?.dataset.slide === '5' && {READY}")
    assert (text(page, ".big"), text(page, ".at-year"), text(page, ".shows")) == (said, "2000", "Western Asia")


def test_the_presenters_window_stays_in_step_both_ways(stage: Stage) -> None:
    page = stage("?slide=6&region=Western+Asia&year=2000")
    desk = open_presenter(page)
    # what the projector shows is on the laptop too, also what it was moved to before
    shows(desk, ".at-year", "2000")
    for window in (page, desk):
        until(window, f"document.querySelector('{PLOT}').textContent.includes('Azerbaijan')")
    page.keyboard.press("r")
    page.click("#stage-regions button >> nth=0")
    page.evaluate("dash_clientside.stage.go(3)")
    until(desk, "document.body.dataset.slide === '3'")
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url) if "/health" not in request.url else None)
    until(desk, f"document.body.dataset.preloaded === 'true' && {AHEAD}")
    until(page, "document.body.dataset.kept === 'true'")
    asked.clear()
    page.keyboard.press("ArrowRight")
    until(desk, "document.body.dataset.slide === '4'")
    assert "2006" in desk.inner_text(".desk .notes")
    assert desk.locator(".slide.on").count() == desk.locator(".slide.coming").count() == 1
    desk.click(".desk [data-act=next]")
    until(page, "document.body.dataset.slide === '5'")
    desk.keyboard.press("ArrowDown")
    shows(page, ".at-year", "2006")
    assert [url for url in asked if "_stage" in url or "_dash" in url] == []
    # years are played in one window only
    page.evaluate("() => { dash_clientside.stage.go(3); dash_clientside.stage.setYear(1975) }")
    shows(desk, ".at-year", "1975")
    desk.keyboard.press("p")
    until(page, "Number(document.querySelector('.slide.on .at-year').textContent) > 1975")
    page.keyboard.press("p")
    until(desk, "!dash_clientside.playback.isPlaying()")
    page.keyboard.press("p")
    stopped = text(page, ".at-year")
    page.wait_for_timeout(1200)
    shows(page, ".at-year", stopped)


def test_the_windows_agree_while_an_answer_is_late(stage: Stage) -> None:
    page = stage("?slide=6")
    desk = open_presenter(page, f"{READY} && document.body.dataset.preloaded === 'true'")
    desk.evaluate(
        """() => { const slides = dash_clientside.stage_slides, fetchAhead = slides.fetchAhead;
          slides.fetchAhead = async (...of) => { await new Promise(done => setTimeout(done, 1500)); window.asked = true; return fetchAhead(...of); }; }"""
    )
    press_nigeria(page)
    expect(page.locator(".slide.on .shows")).to_have_text("Nigeria")
    desk.keyboard.press("PageDown")
    until(page, "document.body.dataset.slide === '7'")
    until(desk, "window.asked === true")
    desk.wait_for_timeout(500)
    assert (at(page), at(desk)) == (7, 7)
    # a stage that is loaded again takes what only the other window knows
    page.keyboard.press("b")
    until(desk, "document.body.classList.contains('is-black')")
    page.reload()
    until(page, f"{READY} && !document.querySelector('.black').hidden")


def test_two_stages_are_two_talks(stage: Stage, context: BrowserContext) -> None:
    page = stage("?slide=3")
    other = context.new_page()
    other.goto(page.url.split("?")[0] + "?slide=9")
    until(other, READY)
    other.keyboard.press("PageDown")
    until(other, f"document.body.dataset.slide === '10' && {READY}")
    page.wait_for_timeout(300)
    assert at(page) == 3


def test_a_year_that_a_slide_has_not_is_the_nearest_that_it_has(stage: Stage) -> None:
    page = stage("?slide=5&year=1066")
    assert text(page, ".at-year") == "1972"
    page.wait_for_url("**year=1972")
    with page.expect_download() as got:
        page.keyboard.press("s")
    shown = list(Presentation(got.value.path()).slides)[4]
    assert text(page, ".big") in [shape.text_frame.text for shape in shown.shapes if shape.has_text_frame]


def test_it_is_accessible_in_both_themes(stage: Stage) -> None:
    page = stage()
    # figures are drawn in the colours of the theme
    inks = "[...document.querySelectorAll('.slide.on .choroplethlayer path')].map(each => getComputedStyle(each).fill).join()"
    for slide in (3, 5, 6):
        page.evaluate("n => dash_clientside.stage.go(n)", slide)
        until(page, f"{READY} && {AHEAD}")
        assert violations(page) == []
        light = page.evaluate(inks)
        assert bool(light) is (slide == 6)
        page.keyboard.press("t")
        until(
            page,
            f"document.documentElement.dataset.theme === 'dark' && {READY} && ({inks} !== {light!r} || {slide} !== 6)",
        )
        assert of_colours(page) == []
        page.keyboard.press("t")
        until(page, f"{READY} && {inks} === {light!r}")


# ---- on its own: without a server, under the policy that visitors get, as a file
@contextmanager
def away(port: int) -> Iterator[None]:
    """What a proxy says whose server is not there."""

    class Away(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(503)

        def do_POST(self) -> None:
            self.send_error(503)

        def log_message(self, *_of: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", port), Away) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def test_without_a_server_the_whole_story_still_runs(page: Page) -> None:
    """One load, then the server is killed: the open page, a reload and the presenter's window all work."""
    port = free_port()
    server = start(port, DASHBOARD_WORKERS="1")
    page.set_viewport_size({"width": 1280, "height": 720})
    try:
        while not is_healthy(port):
            time.sleep(0.1)
        page.goto(f"http://127.0.0.1:{port}{PATH}")
        until(page, "document.body?.dataset.kept === 'true' && document.body.dataset.preloaded === 'true'")
    finally:
        server.kill()
        server.communicate(timeout=30)
    assert not is_healthy(port)
    # nor does a page that knew nothing of it yet go where nothing is
    page.keyboard.press("Escape")
    expect(page.locator(".slide.on .copy")).to_contain_text("Offline copy of")
    assert page.url.startswith(f"http://127.0.0.1:{port}{PATH}")
    page.reload()
    until(page, READY)
    expect(page.locator(".slide.on .copy")).to_contain_text("Offline copy of")
    with away(port):  # a proxy answers in its place
        page.reload()
        until(page, READY)
    assert str(time.gmtime().tm_year) in text(page, ".copy")
    for n in range(2, LAST + 1):
        page.keyboard.press("PageDown")
        until(page, f"document.body.dataset.slide === '{n}' && {READY}")
        assert page.locator(".slide.on .drawn:not([hidden]) .main-svg").count() > 0 or n not in (3, 6)
        assert page.locator(".slide.on .choroplethlayer path").count() > 100 or n != 6
    page.keyboard.press("r")
    page.click("#stage-regions button:has-text('Western Asia')")
    page.wait_for_function("location.search.includes('region=Western')")
    page.keyboard.press("t")
    until(page, f"document.documentElement.dataset.theme === 'dark' && {READY}")
    page.keyboard.press("Escape")  # there is nowhere to go
    assert at(page) == LAST
    open_presenter(page, f"document.body?.dataset.presenter !== undefined && {READY}")


def test_a_map_whose_boundaries_did_not_come_is_bars_in_the_file_and_drawn_when_they_do(
    without_keeper: Page, address: str
) -> None:
    page = without_keeper
    page.route("**/assets/map/*.json*", lambda route: route.abort())
    page.goto(f"{address}{PATH}?slide=6")
    until(page, READY)
    assert text(page, "h2")
    assert page.locator(".slide.on .choroplethlayer path").count() == 0
    until(page, AHEAD)
    with page.expect_download() as got:
        page.keyboard.press("s")
    made = list(Presentation(got.value.path()).slides)[5]
    assert any(shape.has_chart for shape in made.shapes)
    assert not [shape for shape in made.shapes if shape.shape_type == 13]
    page.unroute_all()
    for key, n in (("PageDown", 7), ("PageUp", 6)):
        page.keyboard.press(key)
        until(page, f"document.body.dataset.slide === '{n}' && {READY}")
    until(page, "document.querySelectorAll('.slide.on .choroplethlayer path').length > 100")


def test_the_stage_keeps_to_the_security_policy(under_policy: Page, address: str) -> None:
    """Worker, frames, figures and the presenter's window under the policy that visitors get; and the story as a file."""
    page = under_policy
    page.set_viewport_size({"width": 1280, "height": 720})
    said = errors_of(page)
    page.add_init_script("""const ask = navigator.wakeLock.request.bind(navigator.wakeLock);
      navigator.wakeLock.request = async kind => (window.isAwake = await ask(kind)); """)
    page.goto(f"{address}{PATH}?slide=6")
    until(page, f"document.body?.dataset.kept === 'true' && {READY}")
    assert page.locator(".slide.on .choroplethlayer path").count() > 100
    assert page.evaluate("() => [isAwake.type, isAwake.released]") == ["screen", False]
    page.keyboard.press("PageDown")
    open_presenter(page, f"document.body?.dataset.slide === '7' && {READY}")
    # the story as PowerPoint, with the map as it is drawn here
    until(page, AHEAD)
    with page.expect_download() as got:
        page.keyboard.press("s")
    made = list(Presentation(got.value.path()).slides)
    assert len(made) == LAST
    (picture,) = [shape for shape in made[5].shapes if shape.shape_type == 13]
    seen = Image.open(io.BytesIO(picture.image.blob)).convert("RGB")
    assert any(shape.has_chart for shape in made[2].shapes), "growth can be edited"
    assert seen.width > 1800 and len(seen.getcolors(seen.width * seen.height) or []) > 100
    assert said == []
