"""What a visitor sees when the server, or a file of the page, does not arrive."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import number, wait_number, wait_ready


def watched_toast(page: Page) -> Callable[[], list[str]]:
    """What is said in passing from now on: after four seconds it is gone again."""
    page.evaluate(
        """() => { const said = window.saidInPassing = [], toast = document.getElementById("toast");
          new MutationObserver(() => toast.textContent && said.push(toast.textContent)).observe(toast, { childList: true, characterData: true, subtree: true }); }"""
    )
    return lambda: page.evaluate("window.saidInPassing")


def test_when_the_server_cannot_be_reached_the_last_view_stays_and_it_is_said(page: Page, address: str) -> None:
    page.goto(address)
    wait_ready(page)
    # it is away until somebody presses: the page, which asks again by itself, would be first otherwise
    page.evaluate(
        "() => addEventListener('click', ({ target }) => { window.isPressed ||= target.matches('[data-retry]'); }, true)"
    )
    page.route(
        "**/_dash-update-component*",
        lambda route: route.continue_() if page.evaluate("window.isPressed") else route.abort(),
    )
    page.check("#filter-region input[value='Central Asia']")
    notice = page.locator("#notices .notice")
    expect(notice).to_contain_text("What you see is the last choice that worked. The server does not answer")
    assert number(page, "partnerships") == 94
    notice.get_by_role("button", name="Try again").click()
    wait_number(page, 9)
    expect(notice).to_have_count(0)


def test_when_the_server_comes_back_the_page_goes_on_by_itself_and_says_so(page: Page, address: str) -> None:
    page.goto(address)
    wait_ready(page)
    said = watched_toast(page)
    asked: list[str] = []
    is_back = False

    def away(route: Route) -> None:
        asked.append(route.request.url)
        if is_back:
            route.continue_()
        elif len(asked) == 1:
            route.abort()
        else:
            route.fulfill(status=503)

    page.route("**/_dash-update-component*", away)
    page.check("#filter-region input[value='Central Asia']")
    expect(page.locator("#notices .notice")).to_contain_text("asked again by itself")
    before, is_back = len(asked), True
    assert before > 1
    wait_number(page, 9)
    assert said() == ["The server answers again"]
    expect(page.locator("#notices .notice")).to_have_count(0)
    assert len(asked) == before + 1


@pytest.mark.parametrize("lost", ["dash_renderer", "site.*[.]js", "site.*[.]css", "plotly-cut"])
def test_a_file_that_does_not_arrive_is_asked_for_again(page: Page, address: str, lost: str) -> None:
    asked: list[str] = []

    def once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.continue_()

    page.route(re.compile(lost), once)
    page.goto(address)
    # a page without a style may be ready before its sheet is asked for again
    end = time.monotonic() + 20
    while len(asked) < 2:
        assert time.monotonic() < end
        page.wait_for_timeout(50)
    wait_ready(page)
    assert number(page, "partnerships") == 94


def test_going_back_before_the_answer_came_is_not_lost(page: Page, address: str) -> None:
    page.goto(address)
    wait_ready(page)
    page.evaluate(
        """() => { const box = document.querySelector("#filter-region input[value='Western Asia']"); box.click(); box.click(); }"""
    )
    page.wait_for_timeout(300)
    wait_ready(page)
    assert page.evaluate("location.search") == ""
    assert number(page, "partnerships") == 94


def test_an_answer_that_never_comes_looks_old_and_is_asked_for_again(page: Page, address: str) -> None:
    page.goto(address)
    wait_ready(page)
    held: list[Route] = []
    page.route("**/_dash-update-component*", lambda route: held.append(route))
    page.check("#filter-region input[value='Central Asia']")
    waiting = page.locator("[data-waits].is-pending").first
    expect(waiting).to_have_attribute("aria-busy", "true")
    assert page.get_attribute("body", "data-ready") == "false"
    assert number(page, "partnerships") == 94
    # ten seconds without a word, then the question is given up, asked again, and that is said
    expect(page.locator("#notices .connection")).to_be_visible()
    assert number(page, "partnerships") == 94
    page.unroute("**/_dash-update-component*")
    wait_number(page, 9)
    expect(page.locator("#notices .connection")).to_have_count(0)
    expect(page.locator("[data-waits].is-pending")).to_have_count(0)
