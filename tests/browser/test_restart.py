"""An open page while the server behind it is restarted, for real."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import wait_number, wait_ready
from tests.browser.test_connection import watched_toast
from tests.faults.conftest import until
from tests.serving import free_port, is_healthy, start


@dataclass
class Restarted:
    """A server on one port that can be ended and begun again."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        self.process = start(self.port)
        until(lambda: is_healthy(self.port) or self.has_ended(), within=60)
        assert not self.has_ended()

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.communicate(timeout=30)
        until(lambda: not is_healthy(self.port))


@pytest.fixture(scope="module")
def server() -> Iterator[Restarted]:
    made = Restarted()
    made.begin()
    yield made
    made.end()


def test_an_open_page_outlives_the_server_and_says_so(page: Page, server: Restarted) -> None:
    """Twice: a server that is told to stop, and one that is killed."""
    page.goto(f"http://127.0.0.1:{server.port}/")
    wait_ready(page)
    said = watched_toast(page)
    for how, region, partnerships in ((signal.SIGTERM, "Central Asia", 9), (signal.SIGKILL, "Western Asia", 35)):
        server.end(how)
        page.check(f"#filter-region input[value='{region}']")
        expect(page.locator("#notices .notice")).to_contain_text("asked again by itself")
        server.begin()
        wait_number(page, partnerships)
        assert said() == ["The server answers again"]
        expect(page.locator("#notices .notice")).to_have_count(0)
        # the next word about it is a new one
        page.evaluate("() => { window.saidInPassing.length = 0 }")


def test_a_graceful_restart_is_not_seen(page: Page, server: Restarted) -> None:
    """Workers are exchanged while the page asks: every view comes, and no word about it."""
    page.goto(f"http://127.0.0.1:{server.port}/")
    wait_ready(page)
    assert server.process is not None
    for times in range(6):
        if times % 2 == 0:
            server.process.send_signal(signal.SIGHUP)
        before = page.url
        page.locator("#filter-region input").nth(times % 3).click()
        page.wait_for_function(f"location.href !== {before!r}")
        wait_ready(page)
        assert page.locator("#notices .notice").count() == 0
    assert server.process.poll() is None
