"""The address is the state: links, reload, Back and Forward, nonsense."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, number, query, wait_number, wait_query, wait_ready, wait_year


def shows_all_of_it(page: Page) -> None:
    expect(page.locator("#filter-basis input:checked")).to_have_value("documented")
    expect(page.locator("#filter-region input:checked")).to_have_value("Northern Africa")
    expect(page.locator("#filter-year")).to_have_value("1999")
    expect(page.locator("[data-set='map=states']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#chosen button")).to_have_text([re.compile("active", re.I)])


@pytest.mark.parametrize(
    ("link", "tile"),
    [
        ("?region=Western+Asia&year=2000", 6),
        ("?state=TX", 5),
        ("?basis=documented&region=Northern+Africa&year=1999&map=states&status=active", None),
        ("?sample=1&country=TUR&wave=2010&map=links", 9),
    ],
)
def test_a_pasted_link_and_a_reload_give_the_same_view(open_page: Open, link: str, tile: int | None) -> None:
    page = open_page(link)
    if "basis" in link:
        shows_all_of_it(page)
    first = page.inner_text("main")
    assert query(page) == parse_qs(link[1:])
    if tile is not None:
        assert number(page, "partnerships") == tile
    page.reload()
    wait_ready(page)
    assert page.inner_text("main") == first


def test_back_and_forward_show_what_was(open_page: Open) -> None:
    page = open_page()
    page.click("#filter-region label:has-text('Central Asia')")
    wait_number(page, 9)
    page.focus("#filter-year")
    page.keyboard.press("ArrowLeft")
    wait_year(page, 2006)
    page.click("#filter-basis label:has-text('All documented')")
    wait_number(page, 6)
    assert query(page) == {"basis": ["documented"], "region": ["Central Asia"], "year": ["2006"]}
    page.go_back()
    wait_query(page, "?region=Central+Asia&year=2006")
    assert page.get_attribute("#filter-year", "aria-valuemax") == "2007"
    page.go_back()
    wait_query(page, "?region=Central+Asia")
    wait_year(page, 2007)
    assert number(page, "partnerships") == 9
    page.go_back()
    wait_number(page, 94)
    assert query(page) == {}
    expect(page.locator("#filter-region input:checked")).to_have_count(0)
    page.go_forward()
    wait_number(page, 9)
    expect(page.locator("#filter-region input:checked")).to_have_count(1)


def test_what_one_hand_does_to_the_year_is_one_step_in_the_history(open_page: Open) -> None:
    page = open_page()
    before = page.evaluate("history.length")
    box = page.locator("#filter-year").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 9, y)
    page.mouse.down()
    for part in range(9, 1, -1):
        page.mouse.move(box["x"] + box["width"] * part / 10, y)
    page.mouse.up()
    page.wait_for_function("location.search === `?year=${document.querySelector('#filter-year').value}`")
    # the keyboard goes on where the mouse was
    year = int(page.input_value("#filter-year"))
    assert 1972 < year < 2000
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    wait_query(page, f"?year={year - 2}")
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    wait_query(page, "")
    wait_year(page, 2007)


@pytest.mark.parametrize(
    "link",
    [
        "?country=TUR&year=99999&colour=red",
        "?" + "x" * 10_000,
        "?country=%3Cscript%3Ealert(1)%3C/script%3E&region=Atlantis&year=%00&state=%F0%9F%92%A9",
    ],
)
def test_nonsense_shows_the_nearest_view_and_a_notice_that_goes_away(open_page: Open, link: str) -> None:
    page = open_page(link)
    assert number(page, "partnerships") == (9 if "TUR" in link else 94)
    notice = page.locator("#notices .notice")
    expect(notice).to_be_visible()
    assert page.locator("#notices script").count() == 0
    notice.get_by_role("button", name=re.compile("Dismiss")).click()
    expect(notice).to_have_count(0)


def test_a_region_chosen_beside_a_country_of_another_leaves_the_country(open_page: Open) -> None:
    page = open_page("?country=NGA")
    expect(page.locator("#panel")).to_contain_text("Asheville–Osogbo")
    page.click("#filter-region label:has-text('Northern Africa')")
    wait_query(page, "?region=Northern+Africa")
    expect(page.locator("#filter-region input:checked")).to_have_value("Northern Africa")
    expect(page.locator("#notices .notice")).to_have_count(0)
    counted = page.inner_text("main")
    page.reload()
    wait_ready(page)
    assert page.inner_text("main") == counted
    page.go_back()
    wait_query(page, "?country=NGA")
    expect(page.locator("#panel")).to_contain_text("Asheville–Osogbo")


def test_pages_are_linked_with_the_view(open_page: Open) -> None:
    page = open_page("barriers?region=Western+Asia&sample=1")
    page.click("nav a:has-text('Overview')")
    page.wait_for_url("**/?region=*")
    wait_ready(page)
    assert "region=Western+Asia" in page.url
    page.go_back()
    page.wait_for_url("**/barriers?region=*")
    wait_ready(page)
    assert page.locator("#filter-region input[value='Western Asia']").is_checked()


def test_where_there_is_no_page_it_is_said(page: Page, address: str) -> None:
    reply = page.goto(f"{address}/nowhere")
    assert reply is not None and reply.status == 404
    expect(page.locator("h1")).to_have_text("No such page")
    page.click("text=Go to the overview")
    wait_ready(page)
