"""A page that was open while the data changed offers to load it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from dashboard.__main__ import main
from dashboard.live import version_of
from tests.serving import serving
from tests.unit.intake.test_survey_files import FILES
from tests.unit.test_live import within_five_seconds


def test_an_open_page_offers_the_newer_data(page: Page, folder: Path) -> None:
    with serving(DASHBOARD_DATA=str(folder), DASHBOARD_WORKERS="1") as address:
        page.goto(address)
        expect(page.locator("body")).to_have_attribute("data-ready", "true", timeout=30_000)
        region = page.locator("#filter-region input[value='Western Asia']")
        for _ in range(2):
            with page.expect_response("**/_dash-update-component"):
                region.click(force=True)
            expect(page.locator("body")).to_have_attribute("data-ready", "true")
        assert main(["import-survey", str(FILES / "long.csv"), "--wave", "2026", "--yes", "--data", str(folder)]) == 0
        within_five_seconds(address, lambda answer: answer["version"] == version_of(folder))
        expect(page.locator("button[data-reload]")).to_have_count(0)
        page.locator("#filter-basis input[value=documented]").check(force=True)
        expect(page.locator("button[data-reload]")).to_have_count(1, timeout=15_000)
        # what the page remembered of the older data is forgotten
        page.locator("#filter-basis input[value=sci-2007]").check(force=True)
        expect(page.locator("body")).to_have_attribute("data-ready", "true")
        with page.expect_response("**/_dash-update-component"):
            region.click(force=True)
        page.locator("button[data-reload]").click()
        expect(page.locator("body")).to_have_attribute("data-ready", "true", timeout=30_000)
        expect(page.locator("button[data-reload]")).to_have_count(0)
        expect(page.locator("#filter-wave option[value='2026']")).to_have_count(1)
