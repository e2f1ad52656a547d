"""An import walked as its people do it: by keyboard, in both themes, on a desk and a phone, with the script and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.staff_area import faults, sign_in
from tests.staff.conftest import CONTRIBUTOR_EMAIL, EDITOR_EMAIL

QUESTION = "Which of these stand in the way of your partnership?"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    rows = [f'{at},"{"Terrorism;Zeitdruck" if at % 2 else "Visa rules"}",Turkey' for at in range(20)]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join([f"Id,{QUESTION},Partner country", *rows]))
    return path


def test_answers_from_file_to_wave(under_policy: Page, staff_address: str, answers: Path) -> None:
    page = under_policy
    sign_in(page, staff_address, EDITOR_EMAIL, there="/staff/import")
    assert faults(page) == []
    page.locator("#field-files").set_input_files(answers)
    page.locator("#field-wave").focus()
    page.keyboard.type("2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/found")
    expect(page.locator("#content")).to_contain_text(QUESTION)
    assert faults(page) == []
    page.locator("#reading-form .button.primary").press("Enter")
    page.wait_for_url("**/columns")
    assert faults(page) == []
    page.get_by_label("What “Zeitdruck” means").focus()
    page.keyboard.type("Lack of staff")
    page.locator(".import-mapping .button.primary").press("Enter")
    page.wait_for_url("**/preview")
    expect(page.locator("#content")).to_contain_text("20 respondents for wave 2026")
    expect(page.locator(".import-question")).not_to_contain_text("Zeitdruck")
    assert faults(page) == []
    page.locator(".import-accept .button.primary").press("Enter")
    page.wait_for_url("**/done")
    expect(page.locator("#content")).to_contain_text("The answers of 20 people are in the data")
    assert faults(page) == []
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator("#content")).to_contain_text("It was undone by")


def test_a_list_with_a_row_that_is_alike(under_policy: Page, staff_address: str, tmp_path: Path) -> None:
    page, path = under_policy, tmp_path / "list.csv"
    rows = ["Newtown,Ohio,Neustadt,Turkey,2020", "Denver Region,Colorado,Baghdad,Iraq,2001", "Nowhere,,,,"]
    path.write_text("\n".join(["us_community,us_state,partner_community,country_iso3,start_year", *rows]))
    sign_in(page, staff_address, CONTRIBUTOR_EMAIL, there="/staff/import")
    page.get_by_label("A list of partnerships").focus()
    page.keyboard.press("Space")
    expect(page.locator("#field-wave")).to_be_hidden()
    page.locator("#field-files").set_input_files(path)
    page.locator(".button.primary").press("Enter")
    page.wait_for_url("**/found")
    assert faults(page) == []
    page.locator("#reading-form .button.primary").press("Enter")
    page.wait_for_url("**/preview")
    assert faults(page) == []
    page.get_by_label("it is a new one").focus()
    page.keyboard.press("Space")
    page.locator(".import-mapping .button.primary").press("Enter")
    page.wait_for_url("**/reading**")
    page.wait_for_url("**/preview")
    page.locator(".import-kinds a", has_text="New").press("Enter")
    page.wait_for_url("**kind=new")
    expect(page.locator("tbody")).to_contain_text("Denver Region")
    assert faults(page) == []
    page.get_by_role("button", name="Ask an editor").press("Enter")
    expect(page.locator(".import-accept")).to_contain_text("It waits for an editor.")


def test_what_is_too_large_is_said_before_it_is_sent(under_policy: Page, staff_address: str, tmp_path: Path) -> None:
    page, path = under_policy, tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(51_000_000)
    sign_in(page, staff_address, CONTRIBUTOR_EMAIL, there="/staff/import")
    page.locator("#field-files").set_input_files(path)
    expect(page.locator("#error-files")).to_contain_text("more than 50 MB")
    assert faults(page) == []
    page.locator("#field-files").set_input_files([])
    expect(page.locator("#error-files")).to_be_hidden()


def test_without_the_script(browser: Browser, staff_address: str, answers: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, staff_address, EDITOR_EMAIL, there="/staff/import")
    page.locator("#field-files").set_input_files(answers)
    page.locator("#field-wave").fill("2027")
    page.locator("main form .button.primary").click()
    # the page asks for itself until it is read
    page.wait_for_url("**/found")
    page.locator(".import-steps a").last.click()
    expect(page.locator("#content")).to_contain_text("20 respondents for wave 2027")
    context.close()
