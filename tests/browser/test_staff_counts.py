"""The next count, as somebody of the staff prepares and publishes it: the sum as it is typed, members, one press."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import wait_ready
from tests.browser.staff_area import faults, sign_in, until_true


def begin(page: Page, address: str, year: str) -> None:
    sign_in(page, address, there="/staff/counts")
    for label, text in (("Title", f"Partnerships counted by SCI, {year}"), ("Counted by", "SCI"), ("Year of", year)):
        page.get_by_label(label).focus()
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(f"Partnerships counted by SCI, {year}")


def test_a_count_is_typed_ticked_and_published_by_keyboard(page: Page, staff_address: str) -> None:
    begin(page, staff_address, "2025")
    line = page.locator("[data-sum-line]")
    page.get_by_label("Total as published").focus()
    page.keyboard.type("5")
    expect(line).to_contain_text("5 fewer than the total")
    page.get_by_label("Afghanistan").focus()
    page.keyboard.type("12")
    expect(line).to_contain_text("7 more than the total")
    page.keyboard.press("Backspace")
    page.get_by_label("Kazakhstan").focus()
    page.keyboard.type("4")
    expect(line).to_contain_text("The sum is the total.")
    page.locator("#field-source").focus()
    page.keyboard.type("s001")
    page.get_by_role("button", name="Save and tick members").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Members")
    answer = page.get_by_label("Was Council Bluffs, IA–Herat counted?")
    answer.focus()
    page.keyboard.type("yes")
    expect(page.locator("[data-members]").first.locator("[data-ticked]")).to_have_text("1")
    page.keyboard.press("Tab")
    page.keyboard.type("start year")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("1 ticked of 5 counted; 4 become rows")
    button = page.get_by_role("button", name="Publish SCI’s 5")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".staff-message.done")).to_contain_text("SCI’s 5 is published.")
    # what says "SCI's 94" has the new one beside it
    until_true(lambda: is_offered(page, staff_address))
    page.goto(staff_address)
    wait_ready(page)
    choice = page.locator("#filter-basis")
    expect(choice).to_contain_text("SCI’s 94")
    expect(choice).to_contain_text("SCI’s 5")
    choice.get_by_text("SCI’s 5", exact=True).click()
    expect(page.locator("#kpi-partnerships")).to_have_attribute("data-value", "5")
    wait_ready(page)


def is_offered(page: Page, address: str) -> bool:
    """Whether the server knows the new basis."""
    return ",4," in page.request.get(f"{address}/export/board.csv?basis=sci-2025").text().split("KAZ", 1)[-1][:40]


def test_its_pages_have_no_faults(page: Page, staff_address: str) -> None:
    begin(page, staff_address, "1990")
    page.get_by_label("Afghanistan").fill("3")
    page.get_by_label("Total as published").fill("4")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".staff-message.done")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Egypt").fill("several")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".staff-errors")).to_contain_text("Egypt: not a whole number.")
    assert faults(page) == []
    page.get_by_role("link", name="Tick members").click()
    expect(page.locator("[data-members]")).to_have_count(1)
    assert faults(page) == []
    page.goto(f"{staff_address}/staff/counts")
    assert faults(page) == []
