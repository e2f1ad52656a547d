"""The log of conversations, as somebody of the staff keeps it: by keyboard, wide and narrow, light and dark."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import wait_ready
from tests.browser.staff_area import WIDE, faults, sign_in, until_true


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def contacted(page: Page, address: str) -> dict[str, int]:
    """How many partnerships of each country somebody was spoken with, as the board has it."""
    board = csv.DictReader(io.StringIO(page.request.get(f"{address}/export/board.csv").text().lstrip("\ufeff")))
    return {row["country_iso3"]: int(row["contacted"] or 0) for row in board}


def test_a_conversation_is_logged_by_keyboard_and_the_board_counts_it(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/conversations")
    before = contacted(page, staff_address)
    page.get_by_label("Partnership").focus()
    page.keyboard.type("bamyan")
    press(page, "Enter")
    link = page.locator(".staff-found a")
    expect(link).to_have_text("Gering and Scottsbluff, NE–Bamyan")
    link.focus()
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("Bamyan")
    # the day and who of us speaks are there already; a name and a next step without what it is
    page.get_by_label("With whom").focus()
    page.keyboard.type("Zarghuna Waltherson")
    press(page, "Tab")
    page.keyboard.type("Reached")
    press(page, "Tab")
    page.keyboard.type("She has the letter.")
    page.get_by_label("When").focus()
    page.get_by_label("When").fill("2020-01-01")
    press(page, "Enter")
    expect(page.locator(".staff-errors")).to_be_focused()
    expect(page.locator("#error-next_date")).to_contain_text("before the conversation")
    expect(page.get_by_label("Note")).to_have_value("She has the letter.")
    assert faults(page, WIDE) == []
    page.go_back()
    # the tab is closed and opened again: what was typed is there
    page.goto(page.url)
    expect(page.get_by_label("Note")).to_have_value("She has the letter.")
    expect(page.get_by_text("What you typed before is here again.")).to_be_visible()
    page.get_by_label("When").fill("2099-01-01")
    page.get_by_label("Next step").focus()
    page.keyboard.type("Ask for a copy")
    press(page, "Enter")
    expect(page.locator(".staff-message.done")).to_have_text("The conversation is written down.")
    expect(page.locator(".staff-entry")).to_have_count(1)
    expect(page.get_by_label("Note")).to_have_value("")
    # the server notices within a second that the data is another one
    until_true(lambda: contacted(page, staff_address)["AFG"] == before["AFG"] + 1)
    page.goto(f"{staff_address}/research")
    wait_ready(page)
    expect(page.locator("#note-board")).to_contain_text(
        f"contacted: {sum(before.values()) + 1} of 94; surveyed: nobody yet"
    )
    page.goto(f"{staff_address}/staff/conversations?due=on")
    page.get_by_role("button", name="Done Ask for a copy").focus()
    press(page, "Enter")
    expect(page.locator("main")).not_to_contain_text("Ask for a copy")


def test_its_pages_have_no_faults(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/conversations/of/council-bluffs-ia--herat-afg")
    for step, day in (("Call again", "2026-03-01"), ("", "")):
        page.get_by_label("Day").fill("2026-02-20")
        page.get_by_label("With whom").fill("Somebody of the committee of the city")
        page.get_by_label("Note").fill("A longer note, of which each word is of a length that people write. " * 4)
        page.get_by_label("Next step").fill(step)
        page.get_by_label("When").fill(day)
        written = page.locator(".staff-entry")
        before = written.count()
        page.get_by_role("button", name="Write it down").click()
        # the second time, that it was written down is said already
        expect(written).to_have_count(before + 1)
        expect(page.locator(".staff-message.done")).to_be_visible()
    assert faults(page) == []
    for path in ("/staff/conversations?find=herat", "/staff/conversations"):
        page.goto(staff_address + path)
        assert faults(page) == [], path
    page.goto(f"{staff_address}/staff/conversations/person")
    page.get_by_label("Name").fill("committee of the city")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    assert faults(page) == []


def test_names_are_erased_by_keyboard(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/conversations/of/hayward-ca--ghazni-afg")
    page.get_by_label("With whom").fill("Quillfeather")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("link", name="Mend").focus()
    press(page, "Enter")
    expect(page.get_by_label("With whom")).to_have_value("Quillfeather")
    summary = page.locator("summary", has_text="Erase names and notes")
    summary.focus()
    press(page, "Enter", "Tab")
    expect(page.get_by_role("button", name="Erase names and notes")).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".staff-message.done")).to_contain_text("of 1 conversation were erased")
    expect(page.locator(".staff-entry")).to_contain_text("names and notes were erased")
    expect(page.locator("main")).not_to_contain_text("Quillfeather")


def test_the_day_is_that_of_who_writes_it_down(browser: Browser, staff_address: str) -> None:
    now = datetime.now(UTC)
    # at any hour one of these two has another day than UTC
    zone, hours = ("Etc/GMT+12", -12) if now.hour < 12 else ("Etc/GMT-14", 14)
    there = "/staff/conversations/of/council-bluffs-ia--herat-afg"
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    sign_in(page, staff_address, there=there)
    day = (now + timedelta(hours=hours)).date().isoformat()
    assert day != now.date().isoformat()
    expect(page.locator("#field-on_date")).to_have_value(day)
    context.close()
