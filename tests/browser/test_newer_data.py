"""A page that was open while the data changed offers to load it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from dashboard.store.database import database_of
from tests.browser.conftest import READY, number, wait_ready
from tests.loaded import run
from tests.serving import serving
from tests.unit.intake.test_survey_files import FILES
from tests.unit.test_live import within_five_seconds


def test_an_open_page_offers_the_newer_data(context: BrowserContext, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/own.sqlite"
    page = context.new_page()
    with serving(DATABASE_URL=url, DASHBOARD_WORKERS="1") as address:
        page.goto(f"{address}/?year=2000")
        wait_ready(page)
        reload = page.locator("button[data-reload]")
        done = run("import-survey", str(FILES / "long.csv"), "--wave", "2026", "--yes", database=url)
        assert done.returncode == 0, done.stderr
        within_five_seconds(address, url, lambda answer: answer["version"] == database_of(url).version())
        expect(reload).to_be_hidden()
        page.click("label:has-text('Western Asia')")
        expect(reload).to_be_visible(timeout=15_000)
        page.click("[data-add-story=map]")
        reload.click()
        page.wait_for_function(f"{READY} && !document.querySelector('#first')")
        expect(reload).to_be_hidden()
        expect(page.locator("#filter-wave option[value='2026']")).to_have_count(1)
        # nothing is lost: the choice, the year, the story
        assert "region=Western+Asia" in page.url and "year=2000" in page.url
        assert page.inner_text("#story-open").endswith("1")
        assert number(page, "partnerships") > 0
