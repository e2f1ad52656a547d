"""The pages of text on stock Dash as a person has them: in a real browser, on a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import errors_of, query, until

READY = "document.body.dataset.ready === 'true'"
Open = Callable[..., Page]


@pytest.fixture
def open_page(page: Page, address: str, outside: list[str]) -> Iterator[Open]:
    """Opens a page and waits until it shows what its address says. Afterwards nothing may have been asked for outside,
    and no script may have failed."""
    errors = errors_of(page)

    def visit(path: str) -> Page:
        page.goto(f"{address}/{path}")
        until(page, READY)
        return page

    yield visit
    assert outside == []
    assert errors == []


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
    until(page, READY)
    expect(page.locator("#find-questions")).to_have_value("senegal")
    assert query(page) == {"find-questions": ["senegal"], "sort-board": ["dated"]}


def test_the_board_leads_to_the_partnerships_of_a_country(open_page: Open) -> None:
    page = open_page("research?region=Western+Asia")
    expect(page.locator("#board tbody tr a").first).to_have_text("Türkiye")
    page.locator("#board tbody tr a").first.click()
    page.wait_for_url("**/partnerships?*country=TUR*")
    assert query(page)["region"] == ["Western Asia"]


def test_sources_follow_the_filters_and_open_in_their_dialog(open_page: Open) -> None:
    page = open_page("sources")
    expect(page.locator("#headline-coverage")).to_contain_text("68 of the 94 are identified, 60 dated")
    expect(page.locator("#card-coverage tbody tr")).to_have_count(31)
    expect(page.locator("#card-sources tbody tr")).to_have_count(409)
    page.locator("#filter-region label", has_text="Western Asia").click()
    page.wait_for_url("**region=Western+Asia*")
    expect(page.locator("#headline-coverage")).not_to_contain_text("94")
    assert 0 < page.locator("#card-coverage tbody tr").count() < 31
    page.click("#card-coverage .source button")
    expect(page.locator("#sources-list li").first).to_be_visible()


def test_a_card_alone(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 440})
    open_page("embed/countries?country=TUR&year=2000")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator("header.top, footer.foot")).to_have_count(0)
    expect(page.locator("#headline-countries")).to_have_text("Türkiye")
    assert "SCI’s 94, 2000" in page.inner_text(".embed-foot")
    # what it leads to opens beside the page that it stands in
    with page.expect_popup() as opened:
        page.click("#card-countries .about")
    assert opened.value.url.endswith("/sources?country=TUR&year=2000#counted-countries")
    opened.value.close()
    page.click("[data-clear=country]")
    expect(page.locator(".ranks button").first).to_be_visible()


@pytest.mark.parametrize("path", ["programs", "research", "sources", "about", "embed/growth", "embed/conflicts"])
def test_everybody_can_use_it(open_page: Open, page: Page, path: str) -> None:
    open_page(path)
    assert violations(page) == []
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        until(page, f"document.documentElement.scrollWidth <= {width}")
