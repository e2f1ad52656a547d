"""What forms of the staff area do with what was typed, whatever happens between typing and saving."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from dashboard.store import accounts, conversations
from dashboard.store.changes import Edit, commit, current_row
from dashboard.store.database import Database
from dashboard.store.proposals import add_proposal
from tests.browser.staff_area import SIGNED_IN, sign_in, until_true
from tests.staff.conftest import EDITOR_EMAIL, PASSWORD

HOUSTON = "houston-tx--karachi-pak"
NOTE = "Renewed at a dinner of both mayors"


def end_session(database: Database, address: str) -> None:
    """Twelve hours without a page, or a sign-out in another window."""
    found = accounts.find_account(database, EDITOR_EMAIL)
    assert found
    accounts.sign_out_everywhere(database, found[0].id)
    del SIGNED_IN[address, EDITOR_EMAIL]


def sign_in_here(page: Page) -> None:
    page.get_by_label("Email address").fill(EDITOR_EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_session_that_ends_loses_neither_what_was_typed_nor_what_another_wrote(
    page: Page, staff_address: str, staff_database: Database
) -> None:
    form = f"{staff_address}/staff/registry/{HOUSTON}"
    sign_in(page, staff_address, there=f"/staff/registry/{HOUSTON}")
    page.locator("#field-note").fill(NOTE)
    page.get_by_label("Source", exact=True).fill("s315")
    page.get_by_label("Reason").fill("The minutes say so")
    end_session(staff_database, staff_address)
    edit = Edit("partnerships", (HOUSTON,), {"note": "Written by another", "confidence": "low"})
    commit(staff_database, [edit], who="other@example.org", way="staff registry", what="x")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".staff-message.wrong")).to_contain_text("signed out")
    sign_in_here(page)
    expect(page).to_have_url(form)
    expect(page.locator("#field-note")).to_have_value(NOTE)
    expect(page.get_by_label("Reason")).to_have_value("The minutes say so")
    # what this person did not touch is as the other made it, and what both did is said
    expect(page.locator("#field-confidence")).to_have_value("low")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".staff-errors")).to_contain_text("wrote “Written by another” here")
    expect(page.locator("#field-note")).to_have_value(NOTE)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".staff-message.done")).to_be_visible()
    row = current_row(staff_database, "partnerships", (HOUSTON,)) or {}
    assert (row["note"], row["confidence"]) == (NOTE, "low")


def test_the_long_form_of_a_proposal_is_kept_as_well(page: Page, staff_address: str, staff_database: Database) -> None:
    texts = {"field": "start_year", "value": "1975", "source": "Houston Chronicle of 1975"}
    told = add_proposal(staff_database, author="", subject=f"partnership:{HOUSTON}", texts=texts)
    sign_in(page, staff_address, there=f"/staff/proposals/{told.id}/accept")
    page.get_by_label("Why (stands in the history)").fill("Read on microfilm")
    end_session(staff_database, staff_address)
    page.get_by_role("button", name="Accept and change the data").click()
    sign_in_here(page)
    expect(page.get_by_label("Why (stands in the history)")).to_have_value("Read on microfilm")


def test_what_another_page_did_is_no_sign_that_a_form_was_taken(page: Page, staff_address: str) -> None:
    path = f"{staff_address}/staff/registry/houston-tx--baku-aze"
    sign_in(page, staff_address, there="/staff/registry/houston-tx--baku-aze")
    page.locator("#field-note").fill(NOTE)
    page.get_by_label("Reason").fill("The minutes say so")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".staff-errors")).to_contain_text("Choose a source")
    page.goto(f"{staff_address}/staff/account")
    page.locator("#field-name").fill("Edith Editor")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".staff-message.done")).to_be_visible()
    page.goto(path)
    expect(page.locator("#field-note")).to_have_value(NOTE)


def test_a_button_that_is_pressed_twice_saves_once(page: Page, staff_address: str, staff_database: Database) -> None:
    sign_in(page, staff_address, there=f"/staff/conversations/of/{HOUSTON}")
    form = page.locator("form[data-draft]")

    def log() -> list[conversations.Conversation]:
        return conversations.list_conversations(staff_database, partnership_ids=[HOUSTON])

    form.get_by_label("With whom").fill("Ms Khan")
    # the page stays, so that the second press comes while no answer is there, however fast the server is
    page.evaluate(
        """async form => {
          document.body.insertAdjacentHTML('beforeend', '<iframe name="answer"></iframe>');
          form.target = 'answer';
          for (const _ of 'ab') {
            form.querySelector('button[type=submit]').click();
            await new Promise(resolve => setTimeout(resolve, 600));
          } }""",
        form.element_handle(),
    )
    until_true(lambda: bool(log()))
    assert [each.with_whom for each in log()] == ["Ms Khan"]


def test_words_of_one_report_are_no_draft_of_another(page: Page, staff_address: str) -> None:
    sign_in(page, staff_address, there="/staff/report/foreword")
    page.goto(f"{staff_address}/staff/report/foreword?of=%3Fstate%3DTX")
    page.get_by_label("Words").fill("Of Texas alone.")
    page.goto(f"{staff_address}/staff/report/foreword")
    expect(page.get_by_label("Words")).to_have_value("")
    page.goto(f"{staff_address}/staff/report/foreword?of=%3Fstate%3DTX")
    expect(page.get_by_label("Words")).to_have_value("Of Texas alone.")
