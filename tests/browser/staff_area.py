"""The staff area in a browser: signing in, and what axe finds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.axe import of_all_else, of_colours
from tests.browser.conftest import until
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


WIDE, NARROW = (1440,), (390,)
# what can be pressed or filled in; a grid draws the columns that are in sight
CONTROLS = """() => [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary)")]
  .filter(each => !each.closest(".ag-root") && each.checkVisibility({ visibilityProperty: true }))
  .map(each => `${each.localName} ${each.id || each.name || each.textContent.trim()}`)"""


def faults(page: Page, widths: Sequence[int] = WIDE + NARROW) -> list[str]:
    """What axe finds on a desk and on a phone: all rules in the light theme, those about colours in the dark one too.
    And whether anything is cut off at the side of a page that cannot be moved sideways, or of what can be pressed on a
    desk is not there on a phone."""
    size = page.viewport_size
    assert size
    found: list[str] = []
    there: dict[int, list[str]] = {}
    for width in widths:
        page.set_viewport_size({**size, "width": width})
        until(page, f"innerWidth === {width}")
        said = of_all_else(page) + of_colours(page, again=width != widths[0])
        show_theme(page, "dark")
        said += of_colours(page, again=True)
        there[width] = page.evaluate(CONTROLS)
        if (takes := page.evaluate("document.documentElement.scrollWidth")) > width:
            said.append(f"{takes} wide")
        show_theme(page, "light")
        found += [f"at {width}: {each}" for each in said]
    page.set_viewport_size(size)
    until(page, f"innerWidth === {size['width']}")
    return found + [f"at {widths[0]} alone: {each}" for each in there[widths[0]] if each not in there[widths[-1]]]


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
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)
