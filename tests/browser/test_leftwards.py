"""A page that is read from right to left: turned round, but for time, which runs from left to right."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import READY, Open

LETTERS = "performance.getEntriesByType('resource').map(each => each.name.match(/fonts\\/([\\w-]+)-\\d+-normal/)?.[1]).filter(each => each)"
OUT = """() => [...document.querySelectorAll('.plot')].flatMap(plot => {
      const edge = plot.closest('.card').getBoundingClientRect();
      const texts = [...plot.querySelectorAll('.main-svg text, .overlay text')].filter(each => !each.closest('.hoverlayer'));
      return texts.filter(each => { const { left, right, width } = each.getBoundingClientRect();
        return width && (left < edge.left - 1 || right > edge.right + 1); }).map(each => each.textContent); })"""


def test_it_begins_at_the_right_and_a_later_year_is_at_the_right(open_page: Open, page: Page) -> None:
    open_page("?lang=ar&year=2000")
    assert page.evaluate("document.dir") == "rtl"
    map_card, list_card = (page.locator(f"#card-{name}").bounding_box() for name in ("map", "countries"))
    assert map_card is not None and list_card is not None and map_card["x"] > list_card["x"]
    slider = page.locator(".track input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".year output")).to_have_text("2001")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".year output")).to_have_text("2000")
    assert page.evaluate(
        "(at => at.done > 0 && at.done < at.whole)({done: document.querySelector('.track .done').getBoundingClientRect().right - document.querySelector('.track').getBoundingClientRect().left, whole: document.querySelector('.track').clientWidth})"
    )
    assert violations(page) == []


def test_texts_of_figures_stay_on_their_cards(open_page: Open, page: Page) -> None:
    open_page("barriers?lang=ar&sample=1&basis=documented")
    assert page.evaluate(OUT) == []
    names, bars = page.locator("#barriers .ytick text"), page.locator("#barriers .barlayer .point")
    name, bar = names.first.bounding_box(), bars.first.bounding_box()
    assert name is not None and bar is not None
    assert bar["x"] + bar["width"] <= name["x"]


def test_a_phone_does_not_scroll_to_the_side(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page("?lang=ar")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(
        "[...document.querySelectorAll('.tile .what')].every(each => each.scrollWidth <= each.clientWidth)"
    )


@pytest.mark.parametrize(
    ("language", "letters"), [("en", {"latin"}), ("ar", {"latin", "arabic"}), ("ru", {"latin", "cyrillic"})]
)
def test_a_page_loads_the_letters_of_its_language_alone(
    open_page: Open, page: Page, language: str, letters: set[str]
) -> None:
    open_page(f"about?lang={language}")
    page.wait_for_function(f"{READY} && document.fonts.status === 'loaded'")
    loaded = {str(name).rsplit("-", 1)[-1] for name in page.evaluate(LETTERS) if "latin-ext" not in name}
    assert loaded == letters


def test_the_left_arrow_goes_on_and_slides_follow_each_other_to_the_left(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_page("present?lang=ar")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("body")).to_have_attribute("data-slide", "2")
    page.keyboard.press("ArrowRight")
    expect(page.locator("body")).to_have_attribute("data-slide", "1")
    page.keyboard.press("PageDown")
    expect(page.locator("body")).to_have_attribute("data-slide", "2")
