"""The public's form and the queue, walked as their people would: by keyboard, in both themes, on a desk and a phone."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.settings import SHIPPED_DATA
from dashboard.store.changes import current_row
from dashboard.store.database import Database
from dashboard.store.proposals import list_proposals
from tests.browser.axe import violations
from tests.browser.staff_area import faults
from tests.serving import serving
from tests.staff.conftest import EDITOR_EMAIL, PASSWORD, add_staff
from tests.stored import opened

HOUSTON = "houston-tx--baku-aze"
# as long as the form wants somebody to look at it, in milliseconds
LOOKED_AT = 3_200


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Database]]:
    """A server with accounts, and its database."""
    url = f"sqlite:///{tmp_path_factory.mktemp('proposals')}/dashboard.sqlite"
    database = opened(url, Path(SHIPPED_DATA))
    add_staff(database)
    with serving(DASHBOARD_WORKERS="1", DATABASE_URL=url) as address:
        yield address, database


@pytest.fixture(params=[1440, 390])
def page_of(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page under the security policy, of a desk and of a phone."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def look(page: Page) -> None:
    """Nothing is wrong with the page in either theme, and nothing stands out of it."""
    assert faults(page) == []


def wait_until_shown(address: str, version: str) -> None:
    """The server shows this version of the data."""
    end = time.monotonic() + 20
    while version not in urllib.request.urlopen(f"{address}/health").read().decode():
        assert time.monotonic() < end, version
        time.sleep(0.1)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_what_somebody_tells_is_accepted_and_stands_on_the_page(page_of: Page, staffed: tuple[str, Database]) -> None:
    (address, database), page = staffed, page_of
    # each size of window has its own
    year = "1975" if page.evaluate("innerWidth") > 1000 else "1974"
    page.goto(f"{address}/partnerships/{HOUSTON}")
    page.locator("#card-tell .tell-link").press("Enter")
    page.wait_for_url(f"**/tell/partnership/{HOUSTON}")
    look(page)
    # by keyboard alone: what it is, the value, the source, then Send; the first time with a mistake
    page.locator("#field-start_year").focus()
    expect(page.locator(".tell-hint.of-start-year")).to_be_hidden()
    press(page, "Space")
    expect(page.locator(".tell-hint.of-start-year")).to_be_visible()
    expect(page.locator(".tell-hint.of-ended")).to_be_hidden()
    press(page, "Tab")
    page.keyboard.type("about 75")
    press(page, "Tab")
    page.keyboard.type(f"Houston Chronicle of {year}")
    page.wait_for_timeout(LOOKED_AT)
    press(page, "Tab", "Tab", "Tab", "Tab", "Enter")
    expect(page.locator("#error-value")).to_be_visible()
    expect(page.locator(".tell-errors")).to_be_focused()
    assert violations(page) == []
    expect(page.locator("#field-source")).to_have_value(f"Houston Chronicle of {year}")
    page.locator(".tell-errors a").press("Enter")
    expect(page.locator("#field-value")).to_be_focused()
    page.locator("#field-value").fill(year)
    page.locator("#field-email").fill("ann@example.org")
    press(page, "Enter")
    page.wait_for_url("**/thanks")
    look(page)
    (told,) = list_proposals(database, states=["open"])

    page.goto(f"{address}/staff/proposals")
    page.locator("#field-email").fill(EDITOR_EMAIL)
    page.locator("#field-password").fill(PASSWORD)
    press(page, "Enter")
    page.wait_for_url(f"{address}/staff/proposals")
    look(page)
    page.locator("th a").press("Enter")
    page.wait_for_url(f"**/proposals/{told.id}")
    expect(page.locator(".proposal-facts")).to_contain_text("ann@example.org")
    page.locator("summary", has_text="Ask back").press("Enter")
    assert violations(page) == []
    look(page)
    page.locator(".button.primary").press("Enter")
    page.wait_for_url("**/accept")
    look(page)
    # fields of a new source are there only where a new one is chosen
    page.locator("#field-source").select_option("s011")
    expect(page.locator("#field-source_title")).to_be_hidden()
    page.locator("#field-source").select_option("new")
    expect(page.locator("#field-source_title")).to_have_value(f"Houston Chronicle of {year}")
    page.locator("#field-reason").fill("read it")
    page.locator("button.primary").press("Enter")
    expect(page.locator("main")).to_contain_text("An address was left")
    assert violations(page) == []
    assert (current_row(database, "partnerships", (HOUSTON,)) or {})["start_year"] == year
    page.goto(f"{address}/staff/proposals?state=decided")
    look(page)
    wait_until_shown(address, database.version())
    page.goto(f"{address}/partnerships/{HOUSTON}")
    expect(page.locator("#card-partnership-sources")).to_contain_text(f"Houston Chronicle of {year}")


def test_the_panel_of_a_country_leads_to_its_form(page_of: Page, staffed: tuple[str, Database]) -> None:
    (address, _), page = staffed, page_of
    page.goto(f"{address}/?country=TUR")
    with page.context.expect_page() as opened_page:
        page.locator(".tell-line a").press("Enter")
    form = opened_page.value
    form.wait_for_url("**/tell/country/TUR")
    expect(form.locator("#field-about")).to_contain_text("Long Beach, CA")
    look(form)
