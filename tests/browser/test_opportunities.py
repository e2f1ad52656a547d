"""The page of opportunities as a person has it: openings, matches, weights, a shortlist, a target."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.axe import in_both_themes, violations
from tests.browser.conftest import Open, errors_of, query, wait_query, wait_ready

DRAWN = "document.querySelectorAll('#openings .choroplethlayer path').length > 50"
OMAHA, DOHA, GAZA = 5074472, 290030, 281133
FORBIDDEN = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
)


@pytest.fixture
def open_opportunities(open_page: Open) -> Open:
    """Opens the page of opportunities: open_opportunities("?partner=…")."""
    return lambda search="": open_page(f"opportunities{search}")


@pytest.fixture
def questions(page: Page) -> list[str]:
    """The queries that the server was asked for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        body = json.loads(request.post_data or "{}") if "_dash-update-component" in request.url else {}
        asked.extend(each["value"]["query"] for each in body.get("inputs", []) if "choice" in json.dumps(each["id"]))

    page.on("request", note)
    return asked


def test_the_task_force_leaves_with_a_list(open_opportunities: Open, tmp_path: Path) -> None:
    """A region, a city of an opening, two matches saved, both files."""
    page = open_opportunities()
    page.locator("#filter-region label", has_text="Western Asia").click()
    wait_query(page, "?region=Western+Asia")
    wait_ready(page)
    expect(page.locator("#headline-openings")).to_contain_text("In Western Asia, 7 countries in scope")
    expect(page.locator(".openings > li")).to_have_count(7)
    page.evaluate("() => { window.isSameDocument = true }")
    page.get_by_role("link", name="Doha").click()
    page.wait_for_url("**/opportunities?region=Western+Asia&partner=*#card-match")
    expect(page.locator(".match-headline")).to_contain_text("Doha, Qatar")
    expect(page.locator("#card-match")).to_be_in_viewport(ratio=0.3)
    expect(page.locator("#ask-partner")).to_have_value("Doha, Qatar")
    assert page.evaluate("window.isSameDocument")
    page.locator("[data-keep]").nth(0).click()
    page.locator("[data-keep]").nth(1).click()
    expect(page.locator("#headline-shortlist")).to_have_text("Possible partnerships on your shortlist: 2")
    with page.expect_download() as saved:
        page.locator("[data-shortlist-csv]").click()
    rows = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert saved.value.suggested_filename == "shortlist.csv"
    assert [row for row in rows if "Doha, Qatar" in row and "people here" in row] == rows[1:3]
    assert "GeoNames (CC BY 4.0)" in rows[-1]
    with page.expect_download() as saved:
        page.locator("[data-shortlist-xlsx]").click()
    assert saved.value.suggested_filename == "ipi-shortlist_sci.xlsx"
    assert load_workbook(saved.value.path().open("rb"))["Data"].max_row == 3
    page.go_back()
    expect(page.locator(".match-headline")).to_contain_text("suit best")
    expect(page.locator("#ask-partner")).to_have_value("")
    assert query(page) == {"region": ["Western Asia"]}


def test_weights_are_set_by_the_keyboard_and_a_match_is_kept(open_opportunities: Open, questions: list[str]) -> None:
    page = open_opportunities(f"?community={OMAHA}")
    expect(page.locator(".match-headline")).to_contain_text("Omaha, NE")
    first = page.locator(".matches > li").first
    expect(first.locator(".reasons li")).to_have_count(5)
    expect(first).to_contain_text("Size: 486,051 people here")
    page.evaluate("() => { window.drawn = document.querySelector('#openings .choroplethlayer path') }")
    page.focus("#weight-size")
    page.keyboard.press("Home")
    expect(page.locator(".weight").first).to_have_text("0")
    page.wait_for_url("**weights=0-2-2-1-2*")
    wait_ready(page)
    expect(first.locator(".reasons li")).to_have_count(4)
    expect(page.locator("#weight-size")).to_be_focused()
    # that presses after each other are one question is tried where time stands still; the map stays as it is
    assert questions == [f"?community={OMAHA}&weights=0-2-2-1-2"]
    assert page.evaluate("document.contains(window.drawn)")
    name = page.locator(".matches > li b").first.inner_text()
    keep = page.locator("[data-keep]").first
    keep.click()
    expect(keep).to_have_attribute("aria-pressed", "true")
    page.reload()
    wait_ready(page)
    expect(keep).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#shortlist li")).to_contain_text(f"Omaha, NE – {name}")
    page.locator("[data-unkeep]").click()
    expect(page.locator("#headline-shortlist")).to_have_text("Your shortlist is empty")
    expect(page.locator("[data-shortlist-csv]")).to_be_hidden()
    expect(keep).to_have_attribute("aria-pressed", "false")


def test_a_target_is_in_the_address(open_opportunities: Open, questions: list[str]) -> None:
    page = open_opportunities()
    page.fill("#ask-by", "1066")
    page.keyboard.press("Tab")
    page.fill("#ask-target", "200")
    page.keyboard.press("Tab")
    page.wait_for_url("**target=200*")
    assert "1066" not in page.url
    expect(page.locator("#headline-pace")).to_contain_text("from 94 in 2007 to 200 by 2030")
    expect(page.locator("#pace .annotation-text", has_text="200 by 2030")).to_be_visible()
    expect(page.locator("#ask-by")).to_have_value("2030")
    assert questions == ["?target=200"]
    page.go_back()
    expect(page.locator("#headline-pace")).to_contain_text("to 150 by 2030")
    expect(page.locator("#ask-target")).to_have_value("150")
    # of another count another target is usual
    page.get_by_text("All documented").click()
    wait_query(page, "?basis=documented")
    page.wait_for_function("document.querySelector('#ask-target').value !== '150'")
    assert int(page.get_attribute("#ask-by", "min") or "0") > 2008


def test_level_4_is_shown_when_asked_for(open_opportunities: Open) -> None:
    page = open_opportunities("?community=5419384")
    expect(page.locator("#match-part")).to_contain_text("are left out (U.S. State Department, as of 7 October 2026)")
    page.select_option("#ask-travel", "all")
    page.wait_for_url("**travel=all*")
    expect(page.locator("#match-part")).to_contain_text("Cities at level 4 (do not travel) are among these")
    page.select_option("#ask-travel", "1-3")
    expect(page.locator("#match-part")).to_contain_text("are left out")


def test_an_example_is_one_click_away_from_all(open_opportunities: Open) -> None:
    page = open_opportunities()
    expect(page.locator(".matches > li")).to_have_count(3)
    page.get_by_role("link", name="See all for Phoenix, AZ").click()
    page.wait_for_url("**?community=*#card-match")
    expect(page.locator(".matches > li")).not_to_have_count(3)
    expect(page.locator("#ask-community")).to_have_value("Phoenix, AZ")
    expect(page.locator("#card-match")).to_be_focused()


def test_a_city_is_found_by_its_name(open_opportunities: Open) -> None:
    page = open_opportunities()
    page.fill("#ask-community", "omah")
    expect(page.locator(".ask-city .found li").first).to_contain_text("Omaha")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**community={OMAHA}")
    expect(page.locator(".match-headline")).to_contain_text("Omaha, NE")
    expect(page.locator("#ask-community")).to_have_value("Omaha, NE")
    page.fill("#ask-community", "")
    page.wait_for_function("location.search === ''")
    expect(page.locator("#match-part")).to_contain_text("An example")


def test_a_link_leads_to_the_place_that_it_names(open_opportunities: Open) -> None:
    page = open_opportunities(f"?partner={GAZA}#card-match")
    expect(page.locator("#card-match")).to_be_in_viewport(ratio=0.3)
    expect(page.locator("#match-part")).to_contain_text("Gaza: level 4, do not travel, 26 August 2026")


def test_a_year_of_another_page_is_kept_and_does_not_count_here(open_opportunities: Open) -> None:
    page = open_opportunities("?year=2000")
    expect(page.locator("#headline-openings")).to_contain_text("31 countries")
    page.select_option("#ask-travel", "all")
    page.wait_for_url("**travel=all*")
    assert query(page) == {"year": ["2000"], "travel": ["all"]}


def test_where_nothing_is_stored_the_list_lasts_and_says_so(open_opportunities: Open, page: Page) -> None:
    page.add_init_script(FORBIDDEN)
    open_opportunities()
    page.locator("[data-keep]").first.click()
    expect(page.locator("#toast")).to_contain_text("This browser stores nothing")
    expect(page.locator("#shortlist .subline")).to_contain_text("gone when you leave this page")
    expect(page.locator("#shortlist li")).to_have_count(1)
    page.select_option("#ask-travel", "all")
    page.wait_for_url("**travel=all*")
    expect(page.locator("#shortlist li")).to_have_count(1)
    with page.expect_download():
        page.locator("[data-shortlist-csv]").click()


def test_the_table_of_a_card(open_opportunities: Open) -> None:
    page = open_opportunities("?region=Western+Asia")
    card = page.locator("#card-openings")
    card.get_by_role("button", name="Table").click()
    expect(card.locator("tbody tr")).to_have_count(7)


def test_axe_finds_nothing_in_a_match(open_opportunities: Open) -> None:
    """Of the page as it opens, tests/browser/test_policy.py asks."""
    assert in_both_themes(open_opportunities(f"?community={OMAHA}&partner={GAZA}")) == []


def test_a_phone_has_it_all_below_each_other(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, bypass_csp=True
    )
    page = context.new_page()
    errors = errors_of(page)
    page.goto(f"{address}/opportunities?community={OMAHA}")
    expect(page.locator("#headline-openings")).to_be_visible()
    page.touchscreen.tap(300, 250)
    page.wait_for_function(DRAWN)
    wait_ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#openings text").count() == 0
    assert violations(page) == []
    assert errors == []
    context.close()
