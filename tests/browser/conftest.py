"""A real browser on a real server, with every address outside this machine blocked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.serving import serving
from tools.browser import on_path

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
# drawn, and the address written
READY = "document.body?.dataset.ready === 'true' && (window.ipi?.address?.isWritten ?? true)"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser on the PATH; without one, Playwright's own."""
    path = on_path()
    chosen = {"executable_path": path} if path else {}
    return {**browser_type_launch_args, **chosen, "args": [*QUIET, "--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    # what a test waits for is evaluated in the page, which the security policy forbids; tests/browser/test_policy.py
    # has a browser of its own under it
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "bypass_csp": True}


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serving() as found:
        yield found


@pytest.fixture
def outside(context: BrowserContext) -> list[str]:
    """Addresses outside this machine that were asked for; each is refused."""
    return block_outside(context)


def block_outside(context: BrowserContext) -> list[str]:
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith(("http://127.0.0.1", "data:", "blob:")), refuse)
    return asked


Open = Callable[..., Page]


@pytest.fixture
def open_page(page: Page, address: str, outside: list[str]) -> Iterator[Open]:
    """Opens the dashboard and waits until every chart shows the selection: open_page("?year=2000").

    Afterwards nothing may have been asked for outside, and no script may have failed.
    """
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    def visit(query: str = "") -> Page:
        page.goto(f"{address}/{query}")
        page.wait_for_function(READY)
        return page

    yield visit
    assert outside == []
    assert errors == []


@pytest.fixture
def second_context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    yield context
    context.close()


def wait_ready(page: Page) -> None:
    page.wait_for_function(READY)


def number(page: Page, tile: str) -> int:
    """The plain number of a tile: number(page, "partnerships")."""
    return int(page.get_attribute(f"#kpi-{tile}", "data-value") or "-1")


def query(page: Page) -> dict[str, list[str]]:
    """What the address chooses: {"region": ["Western Asia"]}."""
    return parse_qs(urlsplit(page.url).query)
