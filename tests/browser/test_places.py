"""The paths of the task force and of a city, the registry, the search box; and axe on each of these pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.axe import in_the_dark, of_colours, violations
from tests.browser.conftest import Open, wait_ready
from tests.browser.test_access import no_fault_on_a_phone

# the pages themselves are visited by tests/browser/test_policy.py, where the same is checked
ABOUT_ONE = [
    "opportunities?community=5074472",
    "partnerships/houston-tx--baku-aze",
    "partnerships/not-yet-identified-tur-1",
    "states/TX",
]


def test_the_task_force_leaves_with_a_list(open_page: Open, page: Page, tmp_path: Path) -> None:
    """Open, filter Western Asia, opportunities, shortlist, take it away."""
    open_page()
    page.locator("#filter-region input[value='Western Asia']").check(force=True)
    wait_ready(page)
    page.get_by_role("link", name="Opportunities").click()
    page.wait_for_url("**/opportunities?region=Western+Asia")
    wait_ready(page)
    expect(page.locator("#headline-openings")).to_contain_text("In Western Asia, 7 countries in scope")
    expect(page.locator(".openings > li")).to_have_count(7)
    page.get_by_role("link", name="Doha").click()
    page.wait_for_url("**/opportunities?region=Western+Asia&partner=*#card-match")
    wait_ready(page)
    expect(page.locator("#card-match")).to_be_in_viewport(ratio=0.3)
    expect(page.locator(".match-headline")).to_contain_text("Doha, Qatar")
    page.locator("[data-keep]").nth(0).click()
    page.locator("[data-keep]").nth(1).click()
    expect(page.locator("#headline-shortlist")).to_have_text("Possible partnerships on your shortlist: 2")
    with page.expect_download() as saved:
        page.locator("[data-shortlist-csv]").click()
    rows = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert saved.value.suggested_filename == "shortlist.csv"
    with page.expect_download() as saved:
        page.locator("[data-shortlist-xlsx]").click()
    assert saved.value.suggested_filename == "ipi-shortlist_sci.xlsx"
    assert load_workbook(saved.value.path().open("rb"))["Data"].max_row == 3
    assert [row for row in rows if "Doha, Qatar" in row and "people here" in row] == rows[1:3]
    assert "GeoNames (CC BY 4.0)" in rows[-1]


def test_a_city_finds_a_match_and_sees_why(open_page: Open, page: Page) -> None:
    """Search, match, reasons, another weight, save; it is still there after a reload."""
    open_page()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("Omaha")
    page.locator(".found li", has_text="U.S. city").click()
    page.wait_for_url("**/opportunities?community=*")
    wait_ready(page)
    first = page.locator(".matches > li").first
    expect(page.locator(".match-headline")).to_contain_text("Omaha, NE")
    expect(first.locator(".reasons li")).to_have_count(5)
    expect(first).to_contain_text("Size: 486,051 people here")
    before = page.locator(".match-headline").inner_text()
    page.locator("#weight-size").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url("**weights=0-2-2-1-2*")
    wait_ready(page)
    expect(page.locator(".match-headline")).not_to_have_text(before)
    expect(page.locator(".matches > li").first.locator(".reasons li")).to_have_count(4)
    name = page.locator(".matches > li b").first.inner_text()
    keep = page.locator("[data-keep]").first
    keep.click()
    expect(keep).to_have_attribute("aria-pressed", "true")
    page.reload()
    wait_ready(page)
    expect(page.locator("#shortlist li")).to_contain_text(f"Omaha, NE – {name}")
    page.locator("[data-unkeep]").click()
    expect(page.locator("#headline-shortlist")).to_have_text("Your shortlist is empty")


def test_the_registry_is_searched_sorted_filtered_and_saved(open_page: Open, page: Page) -> None:
    open_page("partnerships")
    rows = page.locator("#registry tbody tr:visible")
    expect(rows).to_have_count(94)
    page.fill("#find-registry", "constantinople")
    expect(rows).to_have_count(1)
    expect(page.locator("[data-count-of=registry]")).to_have_text("1 of 94 shown")
    page.fill("#find-registry", "")
    page.get_by_role("button", name="Since").click()
    expect(page.locator("#registry th[aria-sort=ascending]")).to_have_text("Since")
    expect(rows.first).to_contain_text("1972")
    page.get_by_role("button", name="Since").click()
    expect(rows.first).to_contain_text("2007")
    page.locator("#filter-region input[value='Central Asia']").check(force=True)
    expect(rows).to_have_count(9)
    wait_ready(page)
    with page.expect_download() as saved:
        page.locator("[data-csv=registry]").click()
    text = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    with page.expect_download() as saved:
        page.locator("#card-registry .sheet-acts a").first.click()
    assert saved.value.suggested_filename == "ipi-registry_sci_central-asia.xlsx"
    assert load_workbook(saved.value.path().open("rb"))["Data"].max_row == 10
    assert len([line for line in text if line.count(",") >= 6]) == 10
    page.locator("#registry a").first.click()
    wait_ready(page)
    expect(page.locator("#card-partnership")).to_be_visible()
    page.get_by_role("link", name="All partnerships").click()
    wait_ready(page)
    expect(rows).to_have_count(9)


FINDS = [
    ("Turkey", "Türkiye"),
    ("cote d'ivoire", "Côte d’Ivoire"),
    ("Constantinople", "Istanbul"),
    ("adapazari", "Adapazarı"),
    ("istanbl", "Istanbul"),
    ("texas", "Texas"),
    ("research", "Research"),
]


def test_search_finds_without_the_server(open_page: Open) -> None:
    page = open_page("about")
    asked: list[str] = []
    page.focus("#search")
    page.wait_for_function("ipi.search.find('Baku').length > 0")
    page.on("request", lambda request: asked.append(request.url))
    for text, found in FINDS:
        page.fill("#search", text)
        expect(page.locator(".found li b").first).to_have_text(found)
        page.keyboard.press("ArrowDown")
        expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "found-0-0")
        page.keyboard.press("Escape")
        expect(page.locator(".found")).to_be_hidden()
    # a letter may need its font
    assert [url for url in asked if "/fonts/" not in url] == []


def test_programs_are_picked_by_tag_and_sector(open_page: Open, page: Page) -> None:
    open_page("programs")
    page.locator("[data-pick='tag:youth']").click()
    expect(page.locator("[data-count-of=menu]")).to_have_text("25 of 116 shown")
    page.locator("[data-pick='sector:Education']").click()
    shown = page.locator("#menu [data-words]:visible")
    assert 0 < shown.count() < 25
    expect(page.locator("#menu [data-group]:visible")).to_have_count(1)


def test_the_map_of_states_leads_to_the_page_of_one(open_page: Open, page: Page) -> None:
    open_page("?map=states&state=TX")
    page.locator(".state-link").click()
    page.wait_for_url("**/states/TX*")
    wait_ready(page)
    expect(page.locator("#headline-state")).to_contain_text("Texas: 5 partnerships")
    page.select_option("#ask-least", "500000")
    page.wait_for_url("**least=500000*")
    wait_ready(page)
    expect(page.locator("#cities-part")).to_contain_text("500,000 people or more")


def test_a_target_is_in_the_address(open_page: Open, page: Page) -> None:
    open_page("opportunities")
    page.fill("#ask-by", "1066")
    page.keyboard.press("Tab")
    page.fill("#ask-target", "200")
    page.keyboard.press("Tab")
    page.wait_for_url("**target=200*")
    assert "1066" not in page.url
    wait_ready(page)
    expect(page.locator("#headline-pace")).to_contain_text("from 94 in 2007 to 200 by 2030")


def test_a_year_of_another_page_is_kept_and_does_not_count_here(open_page: Open, page: Page) -> None:
    open_page("opportunities?year=2000")
    expect(page.locator("#headline-openings")).to_contain_text("31 countries")
    assert "year=2000" in page.url


@pytest.mark.parametrize("path", ABOUT_ONE)
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(open_page: Open, path: str) -> None:
    page = open_page(path)
    assert violations(page) == []
    no_fault_on_a_phone(page)
    in_the_dark(page)
    assert of_colours(page) == []


def test_a_file_of_a_page_about_one_thing_is_of_that_thing(open_page: Open, page: Page) -> None:
    open_page("states/TX")
    page.locator("#card-pair .menu summary").click()
    with page.expect_download() as saved:
        page.locator("#card-pair .menu a[href*='pair.csv']").click()
    text = saved.value.path().read_text(encoding="utf-8-sig")
    assert "Houston, TX" in text
    assert len(text.splitlines()) == 6
