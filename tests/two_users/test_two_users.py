"""Two people at once: what one chooses the other never sees."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Open, number, wait_number, wait_ready


def test_two_browsers_two_selections(open_page: Open, second_context: BrowserContext, address: str) -> None:
    one = open_page()
    other = second_context.new_page()
    other.goto(f"{address}/?basis=documented")
    wait_ready(other)
    one.click("#filter-region label:has-text('Western Asia')")
    other.click("#filter-region label:has-text('Central Asia')")
    wait_number(one, 26)
    wait_number(other, 13)
    one.click("text=Show with a sample survey")
    one.wait_for_selector("#chart-barriers .js-plotly-plot")
    expect(other.locator("#chart-barriers .js-plotly-plot:visible")).to_have_count(0)
    assert "sample" not in other.url
    other.reload()
    wait_ready(other)
    assert (number(one, "partnerships"), number(other, "partnerships")) == (26, 13)


def test_a_third_who_comes_later_finds_the_default(
    open_page: Open, second_context: BrowserContext, address: str
) -> None:
    open_page("?country=TUR&sample=1&year=1999")
    page = second_context.new_page()
    page.goto(address)
    wait_ready(page)
    assert number(page, "partnerships") == 94
    assert page.locator("#chosen .chip").count() == 0
