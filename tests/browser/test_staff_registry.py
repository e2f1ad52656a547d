"""The registry as its editors work in it: in the grid by keyboard, in the forms wide and narrow, light and dark."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import errors_of
from tests.browser.staff_area import WIDE, faults, sign_in

ROW = "houston-tx--karachi-pak"


def open_grid(page: Page, staff_address: str) -> None:
    page.goto(f"{staff_address}/staff/registry")
    wait_for_grid(page)


def wait_for_grid(page: Page) -> None:
    page.wait_for_function("document.body.dataset.grid === 'ready'")
    expect(page.locator(".ag-row").first).to_be_visible()


def cell(page: Page, row: str, column: str):  # type: ignore[no-untyped-def]
    return page.locator(f'.ag-row[row-id="{row}"] [col-id="{column}"]')


def type_into(page: Page, row: str, column: str, text: str) -> None:
    """As somebody without a mouse does: on the cell Enter, the new text, Enter."""
    cell(page, row, column).focus()
    page.keyboard.press("Enter")
    # the field is there a moment later
    field = page.locator(":is(.ag-cell-inline-editing, .ag-popup-editor) :is(input, textarea)")
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    expect(field).to_have_count(0)


def find(page: Page, text: str) -> None:
    """The one row with a text: until the grid has taken the others away, its cells are drawn anew."""
    page.get_by_label("Find in the grid").focus()
    page.get_by_label("Find in the grid").fill(text)
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(1)


def test_cells_are_edited_checked_kept_and_saved(page: Page, staff_address: str) -> None:
    errors = errors_of(page)
    sign_in(page, staff_address, there="/staff/registry")
    wait_for_grid(page)
    find(page, "karachi")
    type_into(page, ROW, "start_year", "20o8")
    # what is wrong stands at the cell, for eyes and ears, and in the list
    expect(cell(page, ROW, "start_year")).to_have_class(re.compile("is-wrong"))
    expect(cell(page, ROW, "start_year")).to_contain_text("this is not a year from 1900 to 2100")
    expect(page.locator(f"#unsaved-{ROW}")).to_contain_text("this is not a year")
    assert faults(page, WIDE) == []
    # the page is loaded again: it is there still
    open_grid(page, staff_address)
    find(page, "karachi")
    expect(cell(page, ROW, "start_year")).to_contain_text("20o8")
    type_into(page, ROW, "start_year", "2008")
    expect(page.locator(f"#unsaved-{ROW}")).to_contain_text("2009 → 2008")
    expect(page.locator(f"#unsaved-{ROW} .is-wrong")).to_have_count(0)
    # without a source nothing is saved, and nothing is lost
    page.get_by_label("Reason").fill("The memorandum says so")
    page.get_by_role("button", name="Save these changes").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".staff-errors")).to_contain_text("Choose a source")
    wait_for_grid(page)
    find(page, "karachi")
    expect(cell(page, ROW, "start_year")).to_contain_text("2008")
    expect(page.get_by_label("Reason")).to_have_value("The memorandum says so")
    page.get_by_label("Source", exact=True).fill("s315")
    page.get_by_role("button", name="Save these changes").click()
    expect(page.locator(".staff-message.done")).to_contain_text("Corrected Houston, TX–Karachi, Pakistan: Start year")
    wait_for_grid(page)
    expect(page.locator(".staff-unsaved")).to_be_hidden()
    find(page, "karachi")
    expect(cell(page, ROW, "start_year")).to_have_text("2008")
    expect(cell(page, ROW, "start_year")).not_to_have_class(re.compile("is-typed"))
    # the browser says of the answer 400 that it was one; dash-ag-grid counts rows once more when its grid has gone
    assert [each for each in errors if "400" not in each and "forEachLeafNode" not in each] == []


def test_a_change_is_taken_back_before_it_is_saved(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/registry")
    wait_for_grid(page)
    row = "gering-and-scottsbluff-ne--bamyan-afg"
    before = cell(page, row, "start_year").inner_text()
    assert before != "2015"
    type_into(page, row, "start_year", "2015")
    page.get_by_role("button", name="Take back Gering").click()
    expect(cell(page, row, "start_year")).to_have_text(before)
    expect(page.locator(".staff-unsaved")).to_be_hidden()
    open_grid(page, staff_address)
    expect(cell(page, row, "start_year")).to_have_text(before)


def test_cells_of_a_spreadsheet_are_pasted_where_they_belong(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/registry")
    open_grid(page, staff_address)
    # the last year first: rows stand in another order than in the data
    heading = page.get_by_role("columnheader", name="Start year")
    for _ in range(2):
        heading.locator(".ag-header-cell-label").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    rows = [page.locator(f'.ag-center-cols-container .ag-row[row-index="{at}"]') for at in range(2)]
    one, two = (str(row.get_attribute("row-id")) for row in rows)

    def paste(text: str) -> None:
        page.evaluate(
            """text => { const data = new DataTransfer(); data.setData("text/plain", text);
              document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
            text,
        )

    cell(page, one, "start_year").click()
    paste("2001\t2003\r\n20o2\t2004\r\n")
    for row, column, value in (
        (one, "start_year", "2001"),
        (one, "known_by", "2003"),
        (two, "start_year", "20o2"),
        (two, "known_by", "2004"),
    ):
        expect(cell(page, row, column)).to_contain_text(value)
    expect(page.locator(f"#unsaved-{one}")).to_contain_text("→ 2001")
    expect(page.locator(f"#unsaved-{two}")).to_contain_text("this is not a year")
    expect(page.locator("#not-pasted")).to_be_empty()
    # while a cell is edited too: nothing of it is glued together in one cell, and what has no place is said
    cell(page, one, "end_year").click()
    page.keyboard.press("Enter")
    paste("2005\tnone of ours")
    expect(cell(page, one, "end_year")).to_have_text("2005")
    expect(page.locator("#not-pasted")).to_have_text(re.compile("Not pasted.*: none of ours"))
    page.get_by_role("button", name="Take back all of it").click()
    expect(page.locator(".staff-unsaved")).to_be_hidden()


def test_what_is_taken_back_is_what_others_made_of_it_meanwhile(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/registry")
    open_grid(page, staff_address)
    row = "honolulu-hi--baku-aze"
    find(page, "honolulu baku")
    type_into(page, row, "known_by", "2011")
    expect(page.locator(f"#unsaved-{row}")).to_contain_text("→ 2011")
    # somebody else saves another year before this person comes back
    form = page.context.new_page()
    form.goto(f"{staff_address}/staff/registry/{row}")
    form.locator("#field-known_by").fill("2012")
    form.get_by_label("Source", exact=True).fill("s315")
    form.get_by_label("Reason").fill("read there")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".staff-message.done")).to_be_visible()
    form.close()
    open_grid(page, staff_address)
    find(page, "honolulu baku")
    expect(cell(page, row, "known_by")).to_have_text("2011")
    page.get_by_role("button", name="Take back all of it").click()
    expect(cell(page, row, "known_by")).to_have_text("2012")


def test_two_people_in_the_grid(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/registry")
    wait_for_grid(page)
    row = "council-bluffs-ia--herat-afg"
    type_into(page, row, "start_year", "2014")
    other = page.context.new_page()
    other.goto(f"{staff_address}/staff/registry/{row}")
    other.get_by_label("Start year").fill("2013")
    other.get_by_label("Source", exact=True).fill("s001")
    other.get_by_label("Reason").fill("another page")
    other.get_by_role("button", name="Save").click()
    expect(other.locator(".staff-message.done")).to_be_visible()
    other.close()
    page.get_by_label("Source", exact=True).fill("s001")
    page.get_by_label("Reason").fill("my page")
    page.get_by_role("button", name="Save these changes").click()
    expect(page.locator("#clashes")).to_contain_text("wrote “2013” here")
    expect(page.locator("#clashes")).to_contain_text("you typed “2014”")
    wait_for_grid(page)
    expect(cell(page, row, "start_year")).to_contain_text("2014")
    page.get_by_role("button", name="Save these changes").click()
    expect(page.locator(".staff-message.done")).to_be_visible()
    wait_for_grid(page)
    expect(cell(page, row, "start_year")).to_have_text("2014")


def test_a_row_is_identified_by_keyboard(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/registry/list?lack=cities")
    page.get_by_role("link", name="Not yet identified: Afghanistan, no. 1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Afghanistan")
    page.get_by_label("Reason").fill("Their clerk wrote")
    page.get_by_label("U.S. community").focus()
    page.keyboard.type("Fargo, ND")
    page.keyboard.press("Enter")
    expect(page.locator(".staff-errors")).to_be_focused()
    page.get_by_label("Partner community").fill("Kunduz")
    page.get_by_text("It is not in the list: add it").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Title", exact=True).fill("A letter of the city of Fargo, 2026")
    page.get_by_role("button", name="Save as identified").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".staff-message.done")).to_contain_text("as Fargo, ND–Kunduz, Afghanistan")
    expect(page.locator("h1")).to_have_text("Fargo, ND–Kunduz, Afghanistan")


def test_its_pages_have_no_faults(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/registry")
    wait_for_grid(page)
    assert faults(page) == []
    for path in (
        *("registry/list?q=karachi", "registry/new", f"registry/{ROW}", f"registry/{ROW}/end"),
        *("registry/not-yet-identified-pak-1", "registry/merge"),
        f"registry/merge?a={ROW}&b=not-yet-identified-pak-1",
        *("sources?q=karachi", "sources/new", "sources/s001"),
    ):
        page.goto(f"{staff_address}/staff/{path}")
        assert faults(page) == [], path


def test_what_is_too_long_for_a_cell_is_said_and_not_cut(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/registry")
    wait_for_grid(page)
    find(page, "karachi")
    page.evaluate("window.dash_ag_grid.getApi('registry-grid').ensureColumnVisible('note')")
    type_into(page, ROW, "note", "a" * 5_000)
    expect(page.locator(f"#unsaved-{ROW} .is-wrong")).to_contain_text("2000")
    assert len(page.locator("[name=edits]").input_value()) > 5_000


def test_cells_that_are_typed_without_a_network_are_kept(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/registry")
    wait_for_grid(page)
    find(page, "herat")
    row = "council-bluffs-ia--herat-afg"
    page.context.set_offline(True)
    try:
        type_into(page, row, "known_by", "2015")
        expect(page.locator(".unsaved")).to_contain_text("The server does not answer")
    finally:
        page.context.set_offline(False)
    open_grid(page, staff_address)
    expect(page.locator(f"#unsaved-{row}")).to_contain_text("2015")
    page.get_by_role("button", name="Take back all").click()
