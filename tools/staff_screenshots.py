"""Takes the pictures docs/images/staff-*.png: every step of the staff's work, on the shipped data with what is made up
here for the pictures (people of example.org, a survey file of sixty answers).

python tools/staff_screenshots.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dashboard.settings import SHIPPED_DATA  # noqa: E402  (the path above makes it importable)
from dashboard.store.proposals import add_proposal  # noqa: E402
from tests.serving import serving  # noqa: E402
from tests.staff.conftest import EDITOR_EMAIL, PASSWORD, add_staff  # noqa: E402
from tests.stored import opened  # noqa: E402
from tools.browser import chromium, write_small  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# of a long page no more than this
LONGEST = 2600
QUESTION = "Which of these stand in the way of your partnership?"
TELLING = {
    "field": "start_year",
    "value": "1994",
    "source": "https://example.org/minutes-1994",
    "note": "The minutes of the council say so.",
}

CONCLUSIONS = """Of the **{partnerships}** partnerships counted by {year}, {dated} carry a start year.

- {majority_none} countries in scope have none.
- What stands in the way: {barriers}.
"""


def main() -> None:
    """Walks the work of an editor, a picture a step."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/dashboard.sqlite"
        database = opened(url, SHIPPED_DATA)
        add_staff(database)
        add_proposal(database, author="", subject="partnership:houston-tx--baku-aze", texts=TELLING)
        answers = Path(folder) / "answers.csv"
        rows = [
            f'{row},"{"Terrorism;Time" if row % 2 else "Visa rules"}",{"Turkey" if row % 3 else "Egypt"}'
            for row in range(60)
        ]
        answers.write_text("\n".join([f"Id,{QUESTION},Partner country", *rows]), encoding="utf-8")
        with serving(DASHBOARD_WORKERS="1", DATABASE_URL=url) as address, chromium() as browser:
            page = browser.new_context(viewport=DESK).new_page()  # type: ignore[arg-type]
            page.set_default_timeout(60_000)
            walk(page, address, answers)


def walk(page: Page, address: str, answers: Path) -> None:
    """The steps, in the order in which one meets them."""

    def picture(name: str, path: str = "") -> None:
        if path:
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
        take(page, name)

    picture("tell", "/tell/partnership/houston-tx--baku-aze")
    picture("sign-in", "/staff/sign-in")
    page.locator("#field-email").fill(EDITOR_EMAIL)
    page.locator("#field-password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/staff")
    picture("home")
    picture("registry", "/staff/registry")
    picture("partnership", "/staff/registry/houston-tx--baku-aze")
    picture("identify", "/staff/registry/not-yet-identified-tur-1")
    picture("sources", "/staff/sources")
    picture("proposals", "/staff/proposals")
    picture("proposal", "/staff/proposals/1")
    picture("proposal-accept", "/staff/proposals/1/accept")
    page.goto(f"{address}/staff/import")
    page.locator("input[type=file]").set_input_files(answers)
    page.locator("input[name=wave]").fill("2026")
    picture("import")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/found")
    picture("import-found")
    number = page.url.split("/")[-2]
    picture("import-columns", f"/staff/import/{number}/columns")
    picture("import-preview", f"/staff/import/{number}/preview")
    picture("conversations", "/staff/conversations")
    picture("conversation", "/staff/conversations/of/houston-tx--baku-aze")
    picture("counts", "/staff/counts")
    page.goto(f"{address}/staff/report/conclusions")
    page.locator("#field-text").fill(CONCLUSIONS)
    page.locator("#field-by").fill("The task force")
    page.locator("button[value=preview]").click()
    picture("report-write")
    page.locator("button[value=save]").click()
    page.locator(".staff-approval button.primary").click()
    picture("report")
    picture("translations", "/staff/translations")
    picture("history", "/staff/history")
    picture("accounts", "/staff/accounts")
    page.emulate_media(color_scheme="dark")
    picture("registry-dark", "/staff/registry")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    picture("partnership-phone", "/staff/registry/houston-tx--baku-aze")


def take(page: Page, name: str) -> None:
    """One picture, as long as the page is, up to `LONGEST`."""
    page.wait_for_timeout(600)
    file = IMAGES / f"staff-{name}.png"
    size = page.viewport_size or DESK
    tall = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
    clip = {"x": 0, "y": 0, "width": size["width"], "height": tall}
    write_small(page.screenshot(full_page=True, clip=clip), file)  # type: ignore[arg-type]
    print(file.name)


if __name__ == "__main__":
    main()
