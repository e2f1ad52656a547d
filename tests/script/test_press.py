"""A press on the growth chart: it chooses a year, unless the browser takes it over."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.script.conftest import OpenScript, frames, scroll_by_finger, tap, until
from tests.script.test_page import OVER, show

STYLES = "body{margin:0;height:3000px}#chart-growth{width:1000px;height:300px;position:relative;touch-action:pan-y}#over{position:absolute;inset:0;pointer-events:none}"
BODY = """<div id="chart-growth" class="plot"><div id="growth">a chart</div><div id="over"><svg><g class="moving"></g></svg></div></div>
<h2 id="other">another card</h2><input id="filter-year" type="range">"""
YEARS = "props.map(each => each[1].value)"


@pytest.fixture
def growth(open_script: OpenScript) -> Page:
    """The plot is 1,000 pixels wide: a hundred for each year from 2000."""
    page = open_script(BODY, styles=STYLES)
    show(page, frames(over=OVER), 2009)
    return page


def pointer(page: Page, kind: str, x: int, **more: object) -> None:
    """An event as a finger's."""
    given = {"pointerId": 1, "isPrimary": True, "pointerType": "touch", "button": 0, "buttons": 1} | more
    page.evaluate(
        """([kind, x, given]) => (given.on ? document.querySelector(given.on) : document.querySelector('#growth')).dispatchEvent(
            new PointerEvent(kind, { clientX: x, clientY: 50, bubbles: true, ...given }))""",
        [kind, x, given],
    )


def test_a_press_and_a_drag_choose_the_year(growth: Page) -> None:
    growth.mouse.click(350, 50)
    assert growth.evaluate(YEARS) == [2003]
    growth.mouse.move(350, 50)
    growth.mouse.down()
    growth.mouse.move(450, 60)
    growth.mouse.move(520, 60)
    growth.mouse.up()
    assert growth.evaluate(YEARS) == [2003, 2004, 2005]


def test_a_press_may_take_the_keyboard_from_a_filter(growth: Page) -> None:
    growth.focus("#filter-year")
    growth.mouse.click(350, 50)
    assert growth.evaluate(YEARS) == [2003]


@pytest.mark.parametrize("end", ["pointercancel", "lostpointercapture"])
def test_a_press_that_the_browser_takes_over_ends_there(growth: Page, end: str) -> None:
    pointer(growth, "pointerdown", 350)
    pointer(growth, end, 350)
    pointer(growth, "pointerup", 150, on="#other")  # a tap on another card
    assert growth.evaluate(YEARS) == []


def test_a_drag_that_the_browser_takes_over_is_taken_back(growth: Page) -> None:
    pointer(growth, "pointerdown", 950)
    pointer(growth, "pointermove", 350)
    pointer(growth, "pointercancel", 350)
    assert growth.evaluate(YEARS) == [2003, 2009]


def test_a_second_finger_ends_it(growth: Page) -> None:
    pointer(growth, "pointerdown", 350)
    pointer(growth, "pointerdown", 550, pointerId=2, isPrimary=False)
    pointer(growth, "pointerup", 550, pointerId=2, isPrimary=False)
    pointer(growth, "pointerup", 350)
    assert growth.evaluate(YEARS) == []


def test_a_scroll_ends_it(growth: Page) -> None:
    pointer(growth, "pointerdown", 350)
    growth.evaluate(
        "() => new Promise(done => { addEventListener('scroll', () => done(), { once: true }); scrollTo(0, 400); })"
    )
    pointer(growth, "pointerup", 350)
    assert growth.evaluate(YEARS) == []


def test_a_press_elsewhere_means_nothing(growth: Page) -> None:
    pointer(growth, "pointerdown", 350, on="#other")
    pointer(growth, "pointerup", 350)
    pointer(growth, "pointerdown", 350, button=2)
    pointer(growth, "pointerup", 350, button=2)
    assert growth.evaluate(YEARS) == []


def test_scrolling_with_a_finger_on_the_chart_changes_nothing(growth: Page) -> None:
    """The browser's own gesture, then a tap on another card, as a phone does it."""
    scroll_by_finger(growth, 350, 200, 160)
    until(growth, "scrollY > 100")
    tap(growth, 150, 250)
    assert growth.evaluate(YEARS) == []
