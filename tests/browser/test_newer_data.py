"""A page that was open while the data changed offers to load it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from dashboard.store.database import Database
from tests.browser.conftest import number, wait_ready
from tests.browser.staff_area import until_true
from tests.loaded import run
from tests.unit.intake.test_survey_files import FILES

# one that no other test asks
WAVE = "2031"


def test_an_open_page_offers_the_newer_data(page: Page, staff_address: str, staff_database: Database) -> None:
    page.goto(f"{staff_address}/?year=2000")
    wait_ready(page)
    reload = page.locator("button[data-reload]")
    url = staff_database.url.render_as_string(hide_password=False)
    done = run("import-survey", str(FILES / "long.csv"), "--wave", WAVE, "--yes", database=url)
    assert done.returncode == 0, done.stderr
    until_true(lambda: staff_database.version() in page.request.get(f"{staff_address}/health").text())
    expect(reload).to_be_hidden()
    page.click("label:has-text('Western Asia')")
    expect(reload).to_be_visible()
    page.click("[data-add-story=map]")
    page.evaluate("() => { window.isOld = true }")
    reload.click()
    page.wait_for_function("!window.isOld")
    wait_ready(page)
    expect(reload).to_be_hidden()
    expect(page.locator(f"#filter-wave option[value='{WAVE}']")).to_have_count(1)
    # nothing is lost: the choice, the year, the story
    assert "region=Western+Asia" in page.url and "year=2000" in page.url
    assert page.inner_text("#story-open").endswith("1")
    assert number(page, "partnerships") > 0
    assert run("undo", database=url).returncode == 0
