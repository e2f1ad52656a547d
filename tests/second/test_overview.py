"""The overview on stock Dash as a person has it: in a real browser, on a real server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.axe import in_both_themes, violations
from tests.browser.conftest import errors_of, number, query, until

READY = "document.body.dataset.ready === 'true'"
DRAWN = "document.querySelectorAll('#map .choroplethlayer path').length > 50"
Open = Callable[..., Page]


@pytest.fixture
def open_page(page: Page, address: str, outside: list[str]) -> Iterator[Open]:
    """Opens the overview and waits until every figure is drawn. Afterwards nothing may have been asked for outside, and no
    script may have failed."""
    errors = errors_of(page)

    def visit(search: str = "") -> Page:
        page.goto(f"{address}/{search}")
        until(page, READY)
        until(page, DRAWN if "map=links" not in search else READY)
        return page

    yield visit
    assert outside == []
    assert errors == []


@pytest.fixture
def questions(page: Page) -> list[str]:
    """The callbacks that were asked of the server."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "_dash-update-component" in request.url:
            asked.append(json.loads(request.post_data or "{}")["output"])

    page.on("request", note)
    return asked


def test_it_opens_with_all_figures_and_without_the_text_that_stood_in_for_them(
    open_page: Open, questions: list[str]
) -> None:
    page = open_page()
    expect(page.locator("#first")).to_have_count(0)
    assert number(page, "partnerships") == 94
    expect(page.locator("#headline-map")).to_contain_text("Nigeria")
    expect(page.locator(".ranks button")).to_have_count(31)
    expect(page.locator(".ranks .name").first).to_have_text("Nigeria")
    until(page, "document.querySelectorAll('#growth .scatterlayer path.js-fill').length >= 8")
    # the page itself is one question, and nothing is asked before something is chosen
    assert len(questions) == 1


def test_years_by_the_keyboard_ask_nothing(open_page: Open, questions: list[str]) -> None:
    page = open_page()
    before = len(questions)
    page.focus("#filter-year")
    for _ in range(7):
        page.keyboard.press("ArrowLeft")
    until(page, READY)
    expect(page.locator(".year output")).to_have_text("2000")
    until(page, "location.search === '?year=2000'")
    assert number(page, "partnerships") < 94
    expect(page.locator("#headline-map")).to_contain_text("2000")
    assert len(questions) == before


def test_a_region_is_one_question_and_keeps_the_map(open_page: Open, questions: list[str]) -> None:
    page = open_page()
    page.evaluate("() => { window.drawnMap = document.querySelector('#map .choroplethlayer path') }")
    before = len(questions)
    page.locator("#filter-region label", has_text="Western Asia").click()
    until(page, "location.search === '?region=Western+Asia'")
    until(page, READY)
    assert number(page, "partnerships") == 26
    assert len(questions) == before + 1
    assert page.evaluate("() => document.contains(window.drawnMap)")
    expect(page.locator("[data-clear=region]")).to_have_attribute("aria-pressed", "false")


def test_a_country_opens_its_panel_and_escape_closes_it(open_page: Open) -> None:
    page = open_page()
    page.locator(".ranks button", has_text="Türkiye").click()
    until(page, "location.search.includes('country=TUR')")
    expect(page.locator("#headline-countries")).to_have_text("Türkiye")
    expect(page.locator("#panel .pairs")).to_be_visible()
    expect(page.locator(".ranks")).to_be_hidden()
    page.keyboard.press("Escape")
    until(page, "!location.search.includes('country')")
    expect(page.locator(".ranks")).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()


def test_back_and_forward_show_what_was(open_page: Open) -> None:
    page = open_page()
    page.locator("#filter-region label", has_text="Central Asia").click()
    until(page, "location.search === '?region=Central+Asia'")
    page.get_by_text("All documented").click()
    until(page, "location.search.startsWith('?basis=documented')")
    until(page, READY)
    last = number(page, "partnerships")
    page.go_back()
    until(page, "location.search === '?region=Central+Asia'")
    until(page, f"document.querySelector('#kpi-partnerships').dataset.value !== '{last}'")
    assert number(page, "partnerships") == 9
    page.go_back()
    until(page, "document.querySelector('#kpi-partnerships').dataset.value === '94'")
    assert query(page) == {}
    expect(page.locator("#filter-region input:checked")).to_have_count(0)
    page.go_forward()
    until(page, "document.querySelector('#kpi-partnerships').dataset.value === '9'")


def test_an_address_is_one_view(open_page: Open) -> None:
    page = open_page("?basis=documented&region=Northern+Africa&year=1999&map=states&status=active")
    expect(page.locator("#filter-basis input:checked")).to_have_value("documented")
    expect(page.locator("#filter-region input:checked")).to_have_value("Northern Africa")
    expect(page.locator("#filter-year")).to_have_value("1999")
    expect(page.locator("[data-set='map=states']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#chosen button")).to_have_text([re.compile("active", re.I)])
    assert "year=1999" in page.url


def test_what_is_not_understood_is_said(open_page: Open) -> None:
    page = open_page("?region=Atlantis")
    expect(page.locator("#notices")).to_contain_text("Atlantis")
    assert number(page, "partnerships") == 94


def test_the_theme_changes_and_is_kept(open_page: Open) -> None:
    page = open_page()
    fill = "getComputedStyle(document.querySelectorAll('#map .choroplethlayer path')[60]).fill"
    light = page.evaluate(fill)
    page.locator("[data-theme-switch]").click()
    until(page, "document.documentElement.dataset.theme === 'dark'")
    until(page, f"document.querySelectorAll('#map .choroplethlayer path').length > 60 && {fill} !== '{light}'")
    page.reload()
    until(page, READY)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_table_takes_the_place_of_its_chart(open_page: Open) -> None:
    page = open_page()
    card = page.locator("#card-growth")
    card.get_by_role("button", name="Table").click()
    expect(card.locator("table")).to_be_visible()
    expect(card.locator(".plot")).to_be_hidden()
    card.get_by_role("button", name="Chart").click()
    expect(card.locator(".plot")).to_be_visible()


def test_sources_open(open_page: Open) -> None:
    page = open_page()
    page.locator("#card-map [data-sources]").click()
    expect(page.locator("#sources li").first).to_be_visible()
    page.locator("#sources [data-close]").click()
    expect(page.locator("#sources")).to_be_hidden()


@pytest.mark.parametrize("search", ["", "?country=TUR", "?sample=1"])
def test_axe_finds_nothing(open_page: Open, search: str) -> None:
    assert in_both_themes(open_page(search)) == []


def test_a_phone_has_it_all_below_each_other(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, bypass_csp=True
    )
    page = context.new_page()
    errors = errors_of(page)
    page.goto(f"{address}/")
    expect(page.locator("#headline-growth")).to_be_visible()
    page.touchscreen.tap(200, 400)
    until(page, DRAWN)
    until(page, READY)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
    assert errors == []
    context.close()


def test_without_script_the_document_says_what_matters(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/?region=Central+Asia")
    expect(page.locator("h2").first).to_be_visible()
    expect(page.locator(".tile .number").first).to_have_text("9")
    context.close()


def test_under_the_policy_all_of_it_runs(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    errors = errors_of(page)
    page.goto(f"{address}/")
    until(page, READY)
    until(page, DRAWN)
    assert errors == []
    context.close()
