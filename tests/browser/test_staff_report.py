"""The words of the report, as an editor writes, looks at and approves them by the keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.staff_area import WIDE, faults, sign_in


def test_words_are_written_seen_saved_and_approved_by_keyboard(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/report")
    page.get_by_role("link", name="Write Conclusions").press("Enter")
    page.get_by_label("Words").press_sequentially("Of {partnership}.")
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.locator("#error-text")).to_contain_text("Line 1: there is no number of the name {partnership}.")
    page.get_by_label("Words").press("End")
    page.get_by_label("Words").press("ArrowLeft")
    page.get_by_label("Words").press("ArrowLeft")
    page.get_by_label("Words").press_sequentially("s")
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.locator(".staff-preview .staff-rendered")).to_have_text("Of 94.")
    assert faults(page, WIDE) == []
    page.goto(f"{staff_address}/staff/report/conclusions")
    # what was typed is kept in the browser until it is taken
    page.get_by_label("Words").fill("Of {partnerships}.")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.locator(".staff-message.done")).to_contain_text("until somebody approves it")
    page.get_by_role("button", name="Approve", exact=True).press("Enter")
    expect(page.locator(".staff-approval")).to_contain_text("Approved by Edith")
    assert faults(page) == []
    page.get_by_role("link", name="See this report").press("Enter")
    expect(page.locator(".report-approved")).to_contain_text("Approved by Edith")
    expect(page.locator(".report-draft")).to_have_count(0)


# a hand that is faster than the rest of the page: it is at the words as soon as they are there
HASTY = """new MutationObserver((_, watching) => {
  const field = document.getElementById("field-text");
  if (!field) return;
  watching.disconnect();
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  document.execCommand("insertText", false, "More");
}).observe(document, { childList: true, subtree: true })"""


def test_who_types_before_the_page_is_whole_loses_neither_that_nor_the_draft(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/report/conclusions")
    words = page.get_by_label("Words")
    words.fill("Of {partnership}.")
    page.add_init_script(HASTY)
    page.goto(f"{staff_address}/staff/report/conclusions")
    expect(words).to_have_value("Of {partnership}.More")
    # nor is who types on led away to the list of mistakes
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.locator("#error-text")).to_be_visible()
    expect(words).to_have_value("Of {partnership}.MoreMore")
    expect(words).to_be_focused()
    # all of it is the draft
    page.goto(f"{staff_address}/staff/report/conclusions")
    expect(words).to_have_value("Of {partnership}.MoreMoreMore")
