"""The survey's own page: themes as they were published, the invented answers said to be so, private groups hidden."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Open, wait_ready, wait_year


def shown(page: Page, name: str) -> bool:
    return page.locator(f"#card-{name}").is_visible()


def test_what_was_published_and_what_would_be_there(open_page: Open) -> None:
    page = open_page("barriers")
    assert page.locator("#card-barriers .themes li:visible").count() == 8
    assert not any(shown(page, name) for name in ("regions", "waves", "others"))
    assert page.locator(".waiting").is_visible()
    page.click(".waiting button")
    page.wait_for_selector("#chart-regions .js-plotly-plot")
    wait_ready(page)
    assert all(shown(page, name) for name in ("regions", "waves", "others"))
    for name in ("barriers", "regions", "waves", "others"):
        assert page.inner_text(f"#headline-{name}").startswith("SAMPLE")
        assert page.inner_text(f"#card-{name} .source").startswith("SAMPLE")
    # what shares are of, by keyboard, in the address, for all figures
    assert page.locator(".base-switch [data-set='base=answered']").get_attribute("aria-pressed") == "true"
    page.focus(".base-switch [data-set='base=asked']")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('base=asked')")
    wait_ready(page)
    for name in ("barriers", "regions", "others"):
        assert "all who were asked" in page.inner_text(f"#card-{name} .subline")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("!location.search.includes('base=')")
    wait_ready(page)
    assert "all who were asked" not in page.inner_text("#card-barriers .subline")


def test_the_year_takes_away_later_surveys_without_a_request(open_page: Open) -> None:
    page = open_page("barriers?sample=1&basis=documented")
    asked: list[str] = []
    # a letter that no year had yet may need its font
    page.on("request", lambda request: asked.append(request.url) if "/fonts/" not in request.url else None)
    page.focus("#filter-year")
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    wait_year(page, 2014)
    assert "2010" in page.inner_text("#card-regions .subline")
    assert asked == []
    page.keyboard.press("Home")
    wait_year(page, 1972)
    assert not shown(page, "regions")


def test_a_state_hides_the_regions_and_says_why(open_page: Open) -> None:
    page = open_page("barriers?sample=1&basis=documented&state=TX")
    assert "would not stay private" in page.inner_text("#card-regions")


def test_pages_are_linked_with_the_view(open_page: Open) -> None:
    page = open_page("barriers?region=Western+Asia&sample=1")
    page.click("nav a:has-text('Overview')")
    page.wait_for_function("document.body?.dataset.ready === 'true' && location.pathname === '/'")
    assert "region=Western+Asia" in page.url
    page.go_back()
    page.wait_for_function("document.body?.dataset.ready === 'true' && location.pathname === '/barriers'")
    assert page.locator("#filter-region input[value='Western Asia']").is_checked()
