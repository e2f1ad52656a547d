"""A browser context that many tests use one after another, each as if it were new.

A new context costs a process that reads and compiles all scripts again, half of what opening a page costs. Here one
process stays, because one page of it does, and what a visitor leaves behind is removed after each test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route


@dataclass(frozen=True)
class Warm:
    """A context, and the page that keeps its process alive, on the smallest address of the server."""

    context: BrowserContext
    keeper: Page
    devtools: CDPSession
    address: str

    def open(self) -> Page:
        """A new page, opened by the one that stays: so it begins in its process, not in another that it leaves at its
        first address, which is a sixth of a visit."""
        with self.context.expect_page() as opened:
            self.keeper.evaluate("() => { open('about:blank').opener = null; }")
        return opened.value

    def clean(self) -> None:
        """Takes away pages, routes, permissions, cookies, storage, caches of scripts, and service workers."""
        visited = {"/".join(page.url.split("/")[:3]) for page in self.context.pages if page.url.startswith("http")}
        for page in self.context.pages:
            if page != self.keeper:
                page.close()
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.clear_permissions()
        self.context.clear_cookies()
        for origin in visited:
            self.devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})


@contextmanager
def kept_warm(
    browser: Browser, address: str, *, answer: Callable[[Route], None] | None = None, **arguments: Any
) -> Iterator[Warm]:
    """A context for pages of `address`, made with the arguments of Browser.new_context. Where there is no server,
    `answer` is one for the page that keeps it warm."""
    context = browser.new_context(**arguments)
    keeper = context.new_page()
    if answer:
        keeper.route("**/*", answer)
    keeper.goto(f"{address}/health")
    yield Warm(context, keeper, context.new_cdp_session(keeper), address)
    context.close()
