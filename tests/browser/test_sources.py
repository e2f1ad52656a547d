"""The page of sources: reachable by one click from any figure, whole, and usable by everyone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, wait_ready
from tests.browser.test_access import resized

CHARTS = ("map", "growth", "barriers", "countries")


def test_one_click_from_every_figure(open_page: Open) -> None:
    page = open_page("?region=Western+Asia")
    links = {chart: page.locator(f"#card-{chart} .about").evaluate("each => each.href") for chart in CHARTS}
    page.click("#card-growth .about")
    page.wait_for_url(links["growth"])
    wait_ready(page)
    place = "/sources?region=Western+Asia#counted-"
    assert {chart: link.partition(place)[2] for chart, link in links.items()} == {chart: chart for chart in CHARTS}
    for chart in ("growth", *CHARTS):
        # a link within the page, from where the one before led to
        page.evaluate("link => { location.href = link; }", links[chart])
        expect(page.locator(f"#counted-{chart}")).to_be_in_viewport()
    for _ in CHARTS:
        page.go_back()
    page.wait_for_url(links["growth"])
    page.go_back()
    page.wait_for_url("**/?region=Western+Asia")
    wait_ready(page)


def test_what_it_shows(open_page: Open) -> None:
    """What axe says of it, in both themes, is in tests/browser/test_policy.py."""
    page = open_page("sources")
    expect(page.locator("#card-conflicts")).to_contain_text("Omaha–Kabul")
    for name in ("GeoNames", "Natural Earth", "Wikipedia"):
        expect(page.locator("#card-credits")).to_contain_text(name)
    link = page.locator("#card-sources tbody a").first
    assert (link.get_attribute("href") or "").startswith("http") and link.get_attribute("rel") == "noopener noreferrer"


def test_sources_follow_the_filters_and_open_in_their_dialog(open_page: Open) -> None:
    page = open_page("sources")
    expect(page.locator("#headline-coverage")).to_contain_text("68 of the 94 are identified, 60 dated")
    expect(page.locator("#card-coverage tbody tr")).to_have_count(31)
    expect(page.locator("#card-sources tbody tr")).to_have_count(409)
    page.locator("#filter-region label", has_text="Western Asia").click()
    page.wait_for_url("**region=Western+Asia*")
    expect(page.locator("#headline-coverage")).not_to_contain_text("94")
    expect(page.locator("#card-coverage tbody tr")).not_to_have_count(31)
    assert 0 < page.locator("#card-coverage tbody tr").count() < 31
    page.click("#card-coverage .source button")
    expect(page.locator("#sources-list li").first).to_be_visible()


def test_it_fits_narrow_screens(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    open_page("sources")
    for width in (320, 390, 1024):
        resized(page, width, 844)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
