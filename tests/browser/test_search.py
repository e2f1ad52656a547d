"""The search box of the header: by keyboard and pointer, without the server, on every page and every screen."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.axe import violations_with_open
from tests.browser.conftest import Open, wait_ready
from tests.browser.test_access import resized

FINDS = [
    ("Turkey", "Türkiye"),
    ("cote d'ivoire", "Côte d’Ivoire"),
    ("Constantinople", "Istanbul"),
    ("adapazari", "Adapazarı"),
    ("istanbl", "Istanbul"),
    ("Istanbol", "Istanbul"),
    ("Baku", "Baku"),
    ("texas", "Texas"),
    ("research", "Research"),
]


def test_search_finds_without_the_server(open_page: Open) -> None:
    page = open_page("about")
    asked: list[str] = []
    with page.expect_response("**/search-index.json*"):
        page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.on("request", lambda request: asked.append(request.url))
    first = page.locator(".found li").first
    for text, found in FINDS:
        page.fill("#search", text)
        expect(first.locator("b")).to_have_text(found)
        page.keyboard.press("ArrowDown")
        expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "found-search-0")
        expect(first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Escape")
        expect(page.locator(".found")).to_be_hidden()
    page.fill("#search", "Deutschl")
    expect(first).to_have_text("Nothing found")
    # a letter may need its font
    assert [url for url in asked if "/fonts/" not in url] == []


def test_enter_goes_to_what_was_found(open_page: Open) -> None:
    """From one page to the next: each has the search."""
    page = open_page("about")
    for typed, found, target in (
        ("Turkey", "Türkiye", "**/?*country=TUR"),
        ("Baku", "Baku", "**/opportunities?partner=*"),
        ("texas", "Texas", "**/states/TX"),
        ("opport", "Opportunities", "**/opportunities"),
    ):
        page.keyboard.press("/")
        page.keyboard.type(typed)
        # what was found for all that was typed, not for its first letters
        expect(page.locator(".found li").first.locator("b")).to_have_text(found)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(target)
        wait_ready(page)


def test_the_list_is_closed_by_escape_and_nothing_else_is(open_page: Open) -> None:
    page = open_page("?country=TUR")
    page.fill("#search", "istan")
    found = page.locator(".found")
    expect(found).to_be_visible()
    expect(page.locator("#search")).to_have_attribute("aria-expanded", "true")
    assert violations_with_open(page, ".found") == []
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()
    assert "country=TUR" in page.url
    page.fill("#search", "kazakh")
    expect(found).to_be_visible()
    page.locator(".found li", has_text="Country").first.click()
    page.wait_for_url("**country=KAZ**")


def test_finds_stay_on_the_screen_of_a_phone(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    open_page()
    for width in (320, 390, 768):
        resized(page, width, 844)
        page.fill("#search", "istan")
        expect(page.locator(".found li").first).to_be_visible()
        box = page.locator(".found").bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Escape")
