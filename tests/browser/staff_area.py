"""The staff area in a browser: a server with an editor and a contributor, signing in, what axe finds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from dashboard.settings import SHIPPED_DATA
from tests.browser.axe import of_colours, violations
from tests.serving import serving
from tests.staff.conftest import EDITOR_EMAIL, PASSWORD, add_staff
from tests.stored import opened


@contextmanager
def serving_staff(folder: Path) -> Iterator[str]:
    """The address of a server on a database of its own, with both accounts of the tests."""
    url = f"sqlite:///{folder}/staff.sqlite"
    add_staff(opened(url, SHIPPED_DATA))
    with serving(DASHBOARD_WORKERS="1", DATABASE_URL=url) as address:
        yield address


def sign_in(page: Page, address: str, email: str = EDITOR_EMAIL, *, there: str = "/staff") -> None:
    """Signs in by the keyboard, on the way to a page."""
    page.goto(f"{address}{there}")
    page.get_by_label("Email address").focus()
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}{there}")


def faults(page: Page) -> list[str]:
    """What axe finds: all rules in the light theme, those about colours in the dark one. And whether anything is cut
    off at the side of a page that cannot be moved sideways. The page is loaded again."""
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    page.reload()
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    found += of_colours(page)
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    page.emulate_media(color_scheme="light")
    return found if wide[0] <= wide[1] else [*found, f"{wide[0]} wide of {wide[1]}"]


def until_true(is_so: Callable[[], bool]) -> None:
    """Waits until something holds outside the page."""
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)
