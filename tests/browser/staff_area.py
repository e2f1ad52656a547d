"""The staff area in a browser: signing in, and what axe finds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.axe import of_colours, violations
from tests.staff.conftest import EDITOR_EMAIL, PASSWORD

# what a browser is given when somebody signs in, by server and account
SIGNED_IN: dict[tuple[str, str], list[Any]] = {}


def sign_in(page: Page, address: str, email: str = EDITOR_EMAIL, *, there: str = "/staff") -> None:
    """Signs in by the keyboard, on the way to a page; who did so before is signed in still."""
    kept = SIGNED_IN.get((address, email))
    if kept:
        page.context.add_cookies(kept)
    page.goto(f"{address}{there}")
    if not kept:
        page.get_by_label("Email address").focus()
        page.keyboard.type(email)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}{there}")
    # the address is there before the page
    page.wait_for_load_state()
    SIGNED_IN[address, email] = page.context.cookies()


def faults(page: Page) -> list[str]:
    """What axe finds: all rules in the light theme, those about colours in the dark one. And whether anything is cut
    off at the side of a page that cannot be moved sideways."""
    found = violations(page)
    show_theme(page, "dark")
    found += of_colours(page)
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    show_theme(page, "light")
    return found if wide[0] <= wide[1] else [*found, f"{wide[0]} wide of {wide[1]}"]


def show_theme(page: Page, theme: str) -> None:
    """What a page of the staff does while it loads (assets/js/early.js), on the open page: to load it again takes
    longer, and is another page where a form was sent."""
    page.evaluate(
        """theme => { document.documentElement.dataset.theme = theme;
          // what goes on for ever, as a bar of progress, is left to itself: nobody could wait for its end
          for (const each of document.getAnimations())
            if (Number.isFinite(each.effect.getComputedTiming().endTime)) each.finish(); }""",
        theme,
    )


def until_true(is_so: Callable[[], bool]) -> None:
    """Waits until something holds outside the page."""
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)
