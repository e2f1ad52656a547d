"""Every page works under the security policy: nothing it does is refused by the browser."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from dashboard.pages import PAGES

WATCH = """document.addEventListener("securitypolicyviolation",
  event => (window.refused ??= []).push(`${event.violatedDirective}: ${event.blockedURI}`));"""


@pytest.fixture
def under_policy(browser: Browser) -> Iterator[Page]:
    """A page whose violations are in window.refused."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    yield page
    context.close()


def _until(page: Page, expression: str) -> Any:
    """Playwright's own waiting is evaluated in the page, which the policy forbids."""
    until = time.monotonic() + 20
    while not (found := page.evaluate(expression)):
        assert time.monotonic() < until, expression
        time.sleep(0.05)
    return found


@pytest.mark.parametrize("path", [page.path for page in PAGES])
@pytest.mark.parametrize("query", ["", "?country=TUR&sample=1", "?map=states", "?map=links"])
def test_a_page_breaks_no_rule_of_its_policy(under_policy: Page, address: str, path: str, query: str) -> None:
    page = under_policy
    reply = page.goto(f"{address}{path}{query}")
    assert reply is not None
    assert "script-src 'self';" in reply.headers["content-security-policy"]
    _until(page, "document.body?.dataset.ready === 'true' || !document.querySelector('[data-plot]')")
    pressed = 0
    for button in page.locator("button:visible").all()[:40]:
        # an earlier one may have taken it away a moment ago
        with contextlib.suppress(Error):
            if button.is_visible() and button.is_enabled(timeout=1000):
                button.click(timeout=3000, no_wait_after=True, force=True)
                pressed += 1
            page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert pressed or not page.locator("button:visible").count()
    assert page.evaluate("window.refused") is None


def test_a_violation_would_be_seen(under_policy: Page, address: str) -> None:
    page = under_policy
    page.goto(address)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    _until(page, "window.refused")
    assert page.evaluate("window.ran") is None
