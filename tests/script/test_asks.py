"""What a page asks by boxes and sliders, and rows as a file."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.script.conftest import OpenScript, choices, frames
from tests.script.test_page import show

BODY = """
<div data-ask="target"><input id="target" type="number" min="1" max="9" data-stands-at="ask.target"></div>
<div data-ask="by"><input id="by" type="number"></div>
<fieldset data-ask-list="weights" data-default="1-2"><div class="weight-row"><input id="a" type="range" min="0" max="5" value="1" data-stands-at="ask.a"><b class="weight">1</b></div><input id="b" type="range" min="0" max="5" value="2"></fieldset>
<div data-ask="find" data-default="" data-while-typing><input id="find" type="search"></div>
"""
TEXTS = {"ask.target": "4", "ask.a": "1"}


@pytest.fixture
def view(open_script: OpenScript, page: Page, stopped_clock: None) -> Page:
    open_script(BODY)
    show(page, frames(texts=TEXTS), 2009)
    return page


def test_presses_of_an_arrow_on_a_slider_are_one_question(view: Page) -> None:
    view.focus("#a")
    for _ in range(3):
        view.keyboard.press("ArrowRight")
    assert view.inner_text(".weight") == "4"
    assert choices(view) == []
    view.clock.run_for(300)
    assert choices(view) == ["?weights=4-2"]
    for _ in range(3):
        view.keyboard.press("ArrowLeft")
    view.clock.run_for(300)
    assert choices(view)[1:] == [""]  # where they usually stand


def test_two_numbers_after_each_other_are_both_asked(view: Page) -> None:
    view.fill("#target", "7")
    view.fill("#by", "2040")
    view.keyboard.press("Tab")
    view.clock.run_for(300)
    assert choices(view)[-1] == "?target=7&by=2040"


def test_a_number_outside_its_limits_asks_nothing(view: Page) -> None:
    view.fill("#target", "70")
    view.keyboard.press("Tab")
    view.clock.run_for(300)
    assert choices(view) == []


def test_typing_asks_when_the_hand_rests(view: Page) -> None:
    view.focus("#find")
    view.keyboard.type("baku")
    assert choices(view) == []
    view.clock.run_for(300)
    assert choices(view) == ["?find=baku"]


def test_an_answer_leaves_what_is_typed_and_sets_all_else(view: Page) -> None:
    assert view.input_value("#target") == "4"
    view.focus("#target")
    view.keyboard.type("5")
    show(view, frames(query="?weights=3-2", texts={"ask.target": "8", "ask.a": "3"}), 2009)
    assert view.input_value("#target") != "8"
    assert view.input_value("#a") == "3"
    assert view.inner_text(".weight") == "3"


@pytest.mark.parametrize(
    ("cell", "quoted"),
    [
        ("=1+1", "'=1+1"),
        ("-5", "-5"),
        ('a "b", c', '"a ""b"", c"'),
        (7, "7"),
        ("+1-202", "'+1-202"),
        ("\u2068Houston, TX\u2069", '"Houston, TX"'),
        ("a\nb", '"a\nb"'),
    ],
)
def test_cells_of_a_file(script: Page, cell: str | int, quoted: str) -> None:
    assert script.evaluate("cell => dash_clientside.csv.quoteCell(cell)", cell) == quoted
