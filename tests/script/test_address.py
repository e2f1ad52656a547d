"""The address: written when the hand rests, one step back is one step, and nothing shown depends on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.script.conftest import CONTROLS, OpenScript, choices, frames, until
from tests.script.test_page import show

BODY = '<input id="filter-year" type="range" min="2000" max="2009"><button id="other">other</button><b data-text="n"></b><a data-keeps-view="partner=1" href="/states">States</a>'
TEXTS = {"n": [str(n) for n in range(10)]}


def asia(**more: object) -> str:
    return frames(
        query="?region=Asia",
        texts=TEXTS,
        controls=CONTROLS | {"region": {**CONTROLS["region"], "value": ["Asia"]}},
        **more,
    )


@pytest.fixture
def view(open_script: OpenScript, page: Page, stopped_clock: None) -> Page:
    open_script(BODY)
    show(page, frames(texts=TEXTS), 2009)
    page.clock.run_for(1000)
    return page


def state(page: Page) -> list[object]:
    found: list[object] = page.evaluate("[location.search, history.length]")
    return found


def go_back(page: Page, search: str) -> None:
    """One step back, to this address, and what follows at once."""
    page.evaluate("history.back()")
    until(page, f"location.search === {search!r}")


def test_thirty_presses_of_an_arrow_are_one_entry(view: Page) -> None:
    before = state(view)
    view.focus("#filter-year")
    for n in range(30):
        view.keyboard.press("ArrowLeft")
        show(view, frames(texts=TEXTS), 2008 - n % 8)
        view.clock.run_for(700)  # slowly: each of them is written
    assert before == ["", 2]
    assert state(view) == ["?year=2003", 3]
    view.mouse.click(600, 300)
    show(view, frames(texts=TEXTS), 2004)
    view.clock.run_for(700)
    assert state(view) == ["?year=2004", 4]


def test_it_is_written_when_the_hand_rests(view: Page) -> None:
    view.evaluate(
        "() => { window.written = 0; for (const name of ['pushState', 'replaceState']) { const real = history[name]; history[name] = (...all) => { written++; return real.apply(history, all); }; } }"
    )
    for year in range(2008, 2000, -1):
        show(view, frames(texts=TEXTS), year)
        view.clock.run_for(100)
    assert view.evaluate("written") == 0
    view.clock.run_for(700)
    assert view.evaluate("[written, location.search]") == [1, "?year=2001"]


def test_a_choice_is_an_entry_at_once_and_links_take_it_along(view: Page) -> None:
    show(view, asia(), 2009)
    view.clock.run_for(10)
    assert state(view) == ["?region=Asia", 3]
    assert (
        view.get_attribute("a", "href", timeout=1000)
        and view.evaluate("document.querySelector('a').search") == "?region=Asia&partner=1"
    )


def test_a_browser_that_refuses_is_asked_again(view: Page) -> None:
    view.evaluate(
        "() => { window.real = history.pushState; history.pushState = () => { throw new DOMException('100 in 10 s', 'SecurityError'); }; }"
    )
    show(view, frames(texts=TEXTS), 2003)
    view.clock.run_for(1000)
    assert (view.inner_text("b"), view.evaluate("location.search")) == ("3", "")
    assert view.evaluate("dash_clientside.address.current()").endswith("/?year=2003")
    view.evaluate("() => { history.pushState = window.real; }")
    view.clock.run_for(6000)
    assert view.evaluate("location.search") == "?year=2003"


def test_back_sets_what_the_address_says(view: Page) -> None:
    show(view, asia(), 2009)
    view.clock.run_for(10)
    show(view, asia(), 2005)
    view.clock.run_for(1000)
    assert state(view) == ["?region=Asia&year=2005", 4]
    view.evaluate("props.length = 0")
    go_back(view, "?region=Asia")
    assert view.evaluate("[location.search, props]") == ["?region=Asia", [["filter-year", {"value": 2009}]]]
    view.evaluate("props.length = 0")
    go_back(view, "")
    assert choices(view) == [""]
    show(view, frames(texts=TEXTS), 2009)  # the answer
    view.clock.run_for(1000)
    assert state(view) == ["", 4]


def test_back_right_after_a_change_is_not_undone(view: Page) -> None:
    show(view, asia(), 2009)
    view.clock.run_for(10)
    show(view, asia(), 2004)  # waits to be written
    go_back(view, "")
    view.clock.run_for(2000)
    assert view.evaluate("location.search") == ""
    show(view, frames(texts=TEXTS), 2009)
    view.clock.run_for(2000)
    assert view.evaluate("location.search") == ""


def test_the_first_spelling_is_no_entry(open_script: OpenScript) -> None:
    page = open_script(BODY, path="/?utm_source=letter&region=Asia")
    show(page, asia(), 2009)
    until(page, "location.search === '?region=Asia'")
    assert state(page) == ["?region=Asia", 2]
