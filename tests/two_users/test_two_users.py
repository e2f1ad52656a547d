"""Two people at once: what one chooses the other never sees."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Open, number, wait_number, wait_ready


def test_two_browsers_two_selections(open_page: Open, second_context: BrowserContext, address: str) -> None:
    one = open_page("?country=TUR&sample=1&year=1999")
    other = second_context.new_page()
    # who comes later finds the default
    other.goto(address)
    wait_ready(other)
    assert number(other, "partnerships") == 94
    assert other.locator("#chosen .chip").count() == 0
    one.click("#reset")
    wait_number(one, 94)
    other.click("#filter-basis label:has-text('All documented')")
    wait_number(other, 215)
    one.click("#filter-region label:has-text('Western Asia')")
    other.click("#filter-region label:has-text('Central Asia')")
    wait_number(one, 26)
    wait_number(other, 13)
    one.click("text=Show with a sample survey")
    expect(one.locator("#chart-barriers .js-plotly-plot")).to_be_visible()
    wait_ready(one)
    expect(other.locator("#chart-barriers .js-plotly-plot:visible")).to_have_count(0)
    assert "sample" not in other.url
    other.reload()
    wait_ready(other)
    assert (number(one, "partnerships"), number(other, "partnerships")) == (26, 13)
