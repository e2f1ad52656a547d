"""The public's form and the queue, walked as their people would: by keyboard, in both themes, on a desk and a phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from dashboard.store.changes import current_row
from dashboard.store.database import Database
from dashboard.store.proposals import list_proposals
from tests.browser.conftest import until
from tests.browser.staff_area import faults, sign_in, until_true

HOUSTON = "houston-tx--baku-aze"
# as long as the form wants somebody to look at it, and a little
LOOKED_AT = "performance.now() - performance.getEntriesByType('navigation')[0].responseStart > 3_200"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_what_somebody_tells_is_accepted_and_stands_on_the_page(
    under_policy: Page, staff_address: str, staff_database: Database
) -> None:
    page, address, database, year = under_policy, staff_address, staff_database, "1975"
    page.goto(f"{address}/partnerships/{HOUSTON}")
    page.locator("#card-tell .tell-link").press("Enter")
    page.wait_for_url(f"**/tell/partnership/{HOUSTON}")
    assert faults(page) == []
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
    until(page, LOOKED_AT)
    press(page, "Tab", "Tab", "Tab", "Tab", "Enter")
    expect(page.locator("#error-value")).to_be_visible()
    expect(page.locator(".tell-errors")).to_be_focused()
    assert faults(page) == []
    expect(page.locator("#field-source")).to_have_value(f"Houston Chronicle of {year}")
    page.locator(".tell-errors a").press("Enter")
    expect(page.locator("#field-value")).to_be_focused()
    page.locator("#field-value").fill(year)
    page.locator("#field-email").fill("ann@example.org")
    press(page, "Enter")
    page.wait_for_url("**/thanks")
    assert faults(page) == []
    (told,) = list_proposals(database, states=["open"], subject=f"partnership:{HOUSTON}")

    sign_in(page, address, there="/staff/proposals")
    assert faults(page) == []
    page.locator(f"th a[href$='/{told.id}']").press("Enter")
    page.wait_for_url(f"**/proposals/{told.id}")
    expect(page.locator(".proposal-facts")).to_contain_text("ann@example.org")
    page.locator("summary", has_text="Ask back").press("Enter")
    assert faults(page) == []
    page.locator(".button.primary").press("Enter")
    page.wait_for_url("**/accept")
    assert faults(page) == []
    # fields of a new source are there only where a new one is chosen
    page.locator("#field-source").select_option("s011")
    expect(page.locator("#field-source_title")).to_be_hidden()
    page.locator("#field-source").select_option("new")
    expect(page.locator("#field-source_title")).to_have_value(f"Houston Chronicle of {year}")
    page.locator("#field-reason").fill("read it")
    page.locator("button.primary").press("Enter")
    expect(page.locator("main")).to_contain_text("An address was left")
    assert faults(page) == []
    assert (current_row(database, "partnerships", (HOUSTON,)) or {})["start_year"] == year
    page.goto(f"{address}/staff/proposals?state=decided")
    assert faults(page) == []
    until_true(lambda: database.version() in page.request.get(f"{address}/health").text())
    page.goto(f"{address}/partnerships/{HOUSTON}")
    expect(page.locator("#card-partnership-sources")).to_contain_text(f"Houston Chronicle of {year}")


def test_the_panel_of_a_country_leads_to_its_form(under_policy: Page, staff_address: str) -> None:
    page = under_policy
    page.goto(f"{staff_address}/?country=TUR")
    with page.context.expect_page() as opened_page:
        page.locator(".tell-line a").press("Enter")
    form = opened_page.value
    form.wait_for_url("**/tell/country/TUR")
    expect(form.locator("#field-about")).to_contain_text("Long Beach, CA")
    assert faults(form) == []
