"""States and the registry as a person has them: lists by hand and keyboard, files, one state, one partnership."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.axe import in_the_dark, of_colours, violations
from tests.browser.conftest import Open, wait_query, wait_ready
from tests.browser.test_access import no_fault_on_a_phone

ROWS = "#registry tbody tr"


def test_the_registry_is_searched_as_one_types(open_page: Open) -> None:
    page = open_page("partnerships?region=Western+Asia")
    wait_query(page, "?region=Western+Asia")
    before = page.evaluate("history.length")
    page.click("#find-registry")
    page.keyboard.type("const", delay=60)
    wait_query(page, "?region=Western+Asia&find=const")
    page.keyboard.type("antinople", delay=60)
    wait_query(page, "?region=Western+Asia&find=constantinople")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator("#count-registry")).to_have_text("1 of 26 shown")
    expect(page.locator("#find-registry")).to_be_focused()
    # letters by one hand are one step back
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page.locator("#count-registry")).to_have_text("26 shown")
    expect(page.locator("#find-registry")).to_have_value("")
    page.go_forward()
    expect(page.locator(ROWS)).to_have_count(1)
    page.reload()
    expect(page.locator("#find-registry")).to_have_value("constantinople")
    page.fill("#find-registry", "nobody of this name")
    expect(page.locator(".listed .empty")).to_contain_text("No partnership has all of these words")
    expect(page.locator("#count-registry")).to_have_text("0 of 26 shown")


def test_headings_sort_by_the_keyboard_and_files_are_of_what_is_seen(open_page: Open) -> None:
    page = open_page("partnerships")
    page.get_by_role("button", name="Since").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#registry th[aria-sort=ascending]")).to_have_text("Since")
    expect(page.locator(ROWS).first).to_contain_text("1972")
    page.keyboard.press("Enter")
    expect(page.locator("#registry th[aria-sort=descending]")).to_have_text("Since")
    expect(page.locator(ROWS).first).to_contain_text("2007")
    expect(page.get_by_role("button", name="Since")).to_be_focused()
    # what is not recorded stands last, whichever way it goes
    expect(page.locator(ROWS).last).to_contain_text("not recorded")
    page.locator("#filter-region label", has_text="Central Asia").click()
    expect(page.locator(ROWS)).to_have_count(9)
    page.fill("#find-registry", "uzbekistan")
    expect(page.locator(ROWS)).to_have_count(3)
    page.wait_for_function("location.search.includes('find=uzbekistan')")
    with page.expect_download() as saved:
        page.locator("#card-registry .sheet-acts a").nth(0).click()
    text = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(text) == 4 and all("Uzbekistan" in line for line in text[1:])
    with page.expect_download() as saved:
        page.locator("#card-registry .sheet-acts a").nth(1).click()
    assert saved.value.suggested_filename == "ipi-registry_sci_central-asia.xlsx"
    assert load_workbook(saved.value.path().open("rb"))["Data"].max_row == 10
    page.locator("#registry a").first.click()
    expect(page.locator("#card-partnership")).to_be_visible()
    page.get_by_role("link", name="All partnerships").click()
    wait_ready(page)
    expect(page.locator(ROWS)).to_have_count(3)
    expect(page.locator("#registry th[aria-sort=descending]")).to_have_text("Since")


def test_the_list_of_states_has_a_search_of_its_own(open_page: Open) -> None:
    page = open_page("states?find=baku")
    rows = page.locator("#states tbody tr")
    expect(rows).to_have_count(52)
    page.fill("#find-states", "new")
    expect(rows).to_have_count(4)
    page.wait_for_function("location.search.includes('find-states=new')")
    # two presses before an answer comes are both meant
    page.locator("[data-focus=sort-partnerships]").click()
    page.locator("[data-focus=sort-partnerships]").click()
    expect(rows.first).to_contain_text("New Mexico")
    rows.first.locator("a").click()
    expect(page.locator("#headline-state")).to_contain_text("New Mexico: ")
    page.get_by_role("link", name="All states").click()
    expect(page.locator("#find-states")).to_have_value("new")
    expect(rows).to_have_count(4)


def test_a_state_follows_filters_and_the_size_of_cities(open_page: Open) -> None:
    page = open_page("states/tx?year=2000")
    expect(page.locator("#headline-state")).to_have_text("Texas: 5 partnerships known by name, with 5 countries")
    assert page.title() == "Texas: partnerships, programs, communities without one"
    expect(page.locator("h1")).to_have_text(page.title())
    page.focus("#ask-least")
    page.select_option("#ask-least", "500000")
    expect(page.locator("#cities-part")).to_contain_text("500,000 people or more")
    expect(page.locator("#ask-least")).to_be_focused()
    page.get_by_text("All documented").click()
    expect(page.locator("#headline-state")).to_have_text("Texas: 12 partnerships known by name, with 8 countries")
    expect(page.locator("#headline-pair")).to_have_text("11 of 12 named partnerships on the map")
    # the year is for pages that show one
    wait_query(page, "?basis=documented&least=500000&year=2000")
    page.locator("#card-pair [data-tab=table]").click()
    expect(page.locator("#table-pair")).to_contain_text("Houston, TX")


def test_a_map_takes_the_colours_of_the_other_theme(open_page: Open) -> None:
    page = open_page("partnerships/houston-tx--baku-aze")
    colour = "document.querySelector('#pair .js-plotly-plot')?.data?.at(2).colorscale[0][1]"
    light = page.wait_for_function(colour).json_value()
    page.locator("[data-theme-switch]").click()
    page.wait_for_function(f"{colour} !== '{light}'")


def test_one_that_is_not_identified_lists_candidates_and_has_no_map(open_page: Open) -> None:
    page = open_page("partnerships/not-yet-identified-tur-1")
    expect(page.locator("#headline-candidates")).to_contain_text("may be this one")
    expect(page.locator("#card-pair")).to_have_count(0)
    expect(page.locator("#card-tell a")).to_have_attribute("href", "mailto:joliver@sister-cities.org")
    page.locator("[data-theme-switch]").click()
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    wait_ready(page)


def test_the_map_of_states_leads_to_the_page_of_one_and_its_files(open_page: Open) -> None:
    page = open_page("?map=states&state=TX")
    page.click(".state-link")
    page.wait_for_url("**/states/TX*")
    wait_ready(page)
    expect(page.locator("#headline-state")).to_contain_text("Texas: 5 partnerships")
    page.click("#card-pair .menu summary")
    with page.expect_download() as saved:
        page.click("#card-pair .menu a[href*='pair.csv']")
    text = saved.value.path().read_text(encoding="utf-8-sig")
    assert "Houston, TX" in text
    assert len(text.splitlines()) == 6


# the lists themselves are visited by tests/browser/test_policy.py, where the same is checked
@pytest.mark.parametrize(
    "path",
    [
        "states/TX",
        "partnerships/houston-tx--baku-aze",
        "partnerships/not-yet-identified-tur-1",
        "partnerships?find=zzz",
    ],
)
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(open_page: Open, path: str) -> None:
    page = open_page(path)
    assert violations(page) == []
    no_fault_on_a_phone(page)
    in_the_dark(page)
    assert of_colours(page) == []
