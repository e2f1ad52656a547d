"""The pages of text as a person has them: examples, open questions, and the header of all pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, query, wait_ready

# where its parts are: how many rows, and whether all are on the screen with room between
HEADER = """() => {
  const boxes = ['.brand', '.nav', '.search', '.acts'].map(part => document.querySelector('.top ' + part).getBoundingClientRect());
  const apart = (one, other) => one.right < other.left || other.right < one.left || one.bottom <= other.top || other.bottom <= one.top;
  return { rows: boxes[1].top < boxes[0].bottom ? 1 : 2, beside: boxes[3].top < boxes[0].bottom,
    whole: boxes.every((one, at) => one.left >= 0 && one.right <= innerWidth && boxes.every((other, next) => at === next || apart(one, other))) }; }"""


def test_examples_are_picked_and_found(open_page: Open) -> None:
    page = open_page("programs")
    count, shown = page.locator("[data-count-of=menu]"), page.locator("#menu [data-words]:visible")
    expect(count).to_have_text("116 shown")
    # of each sector a row of a desk, and all for who asks
    assert shown.count() < 50
    page.locator("[data-group='Arts and culture'] [data-all-of]").click()
    expect(page.locator("[data-group='Arts and culture'] [data-words]:visible")).to_have_count(20)
    assert page.evaluate(
        "document.activeElement.matches('[data-group=\"Arts and culture\"] .cardlets li:nth-child(5)')"
    )
    page.locator("[data-pick='tag:youth']").click()
    expect(count).to_have_text("25 of 116 shown")
    page.locator("[data-pick='sector:Education']").click()
    expect(page.locator("#menu [data-group]:visible")).to_have_count(1)
    for pick in ("sector:Education", "tag:youth"):
        page.locator(f"[data-pick='{pick}']").press("Enter")
    expect(count).to_have_text("116 shown")
    page.fill("#find-menu", "rania  CHOIR")
    expect(count).to_have_text("1 of 116 shown")
    expect(shown).to_contain_text(["Choir tour to Rania"])


def test_what_is_picked_stays_when_a_filter_changes(open_page: Open) -> None:
    page = open_page("programs")
    page.locator("[data-pick='tag:youth']").click()
    page.fill("#find-menu", "school")
    page.locator("#filter-region label", has_text="Western Asia").click()
    page.wait_for_url("**region=Western+Asia*")
    expect(page.locator("#headline-menu")).not_to_contain_text("116")
    expect(page.locator("[data-pick='tag:youth']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#find-menu")).to_have_value("school")
    expect(page.locator("[data-count-of=menu]")).to_contain_text(" of ")
    expect(page.locator("#headline-stories")).to_be_visible()


def test_open_questions_are_found_sorted_and_kept_in_the_address(open_page: Open) -> None:
    page = open_page("research")
    rows = page.locator("#questions tbody tr")
    before = rows.count()
    page.locator("#find-questions").press_sequentially("senegal", delay=10)
    page.wait_for_url("**find-questions=senegal*")
    expect(page.locator("#count-questions")).to_contain_text(f" of {before}")
    assert 0 < rows.count() < before
    # the keyboard stays in the box
    assert page.evaluate("document.activeElement.id") == "find-questions"
    page.locator("#board thead button", has_text="Dated").click()
    page.wait_for_url("**sort-board=dated*")
    expect(page.locator("#board th[aria-sort=ascending]")).to_have_text("Dated")
    assert "Dated" in page.evaluate("document.activeElement.textContent")
    page.reload()
    wait_ready(page)
    expect(page.locator("#find-questions")).to_have_value("senegal")
    assert query(page) == {"find-questions": ["senegal"], "sort-board": ["dated"]}


def test_the_board_leads_to_the_partnerships_of_a_country(open_page: Open) -> None:
    page = open_page("research?region=Western+Asia")
    expect(page.locator("#board tbody tr a").first).to_have_text("Türkiye")
    page.locator("#board tbody tr a").first.click()
    page.wait_for_url("**/partnerships?*country=TUR*")
    assert query(page)["region"] == ["Western Asia"]


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_the_header_has_one_row_or_its_pages_below(open_page: Open, language: str) -> None:
    """The languages with the longest words, at the widths at which more is said."""
    page = open_page(f"about?lang={language}")
    for width, rows in ((768, 2), (1024, 2), (1359, 2), (1360, 1), (1440, 1), (1520, 1), (1600, 1), (1920, 1)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("new Promise(requestAnimationFrame)")
        assert page.evaluate(HEADER) == {"rows": rows, "beside": True, "whole": True}, width
        assert page.evaluate("document.querySelector('.top').clientHeight") <= (48 if rows == 1 else 92), width
