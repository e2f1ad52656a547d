"""No internet: every outside host is refused, and everything is there."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, wait_number, wait_ready

ROOT = Path(__file__).parents[2]


def test_the_map_draws_and_nothing_outside_is_asked_for(open_page: Open, outside: list[str]) -> None:
    page = open_page()
    assert page.locator("#chart-map .choroplethlayer path").count() > 100
    for press in ("U.S. states", "Links", "Countries"):
        button = page.locator(f"#card-map button:has-text('{press}')")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        wait_ready(page)
    page.click("text=Show with a sample survey")
    page.wait_for_selector("#chart-barriers .js-plotly-plot")
    page.click("#filter-basis label:has-text('All documented')")
    wait_number(page, 215)
    page.click("#card-map [data-sources]")
    expect(page.locator("#sources li").first).to_be_visible()
    # fonts are shipped
    faces = page.evaluate("""async () => { const all = await Promise.all([['600 17px "Source Serif"', 'Türkiye ş'], ['13px Plex', 'Şanlıurfa ə']]
      .map(([font, text]) => document.fonts.load(font, text))); return all.map(found => found.map(face => face.status)); }""")
    assert faces == [["loaded", "loaded"], ["loaded", "loaded"]]
    assert outside == []


def test_no_file_that_a_page_loads_names_an_outside_address() -> None:
    """Links of sources are data and lead out on purpose; nothing is loaded from outside."""
    files = [
        *ROOT.glob("assets/css/*.css"),
        *ROOT.glob("assets/js/*.js"),
        *ROOT.glob("dashboard/templates/*.html"),
        *ROOT.glob("dashboard/**/*.py"),
    ]
    assert len(files) > 40
    for path in files:
        # names of XML vocabularies are not addresses, example.org is nobody's, and an error of the settings says what the
        # address of an organisation's sign-in looks like
        named = "accounts.google.com|login.microsoftonline.com" if path.name == "settings.py" else "-"
        found = re.findall(
            rf"https?://(?!www\.w3\.org/|127\.0\.0\.1|(?:\w+\.)?example\.org|schemas\.openxmlformats\.org|{named})[\w.-]+\.\w+",
            path.read_text(encoding="utf-8"),
        )
        assert found == [], path


def test_an_outside_address_would_be_noticed_and_is_not_found(page: Page, address: str, outside: list[str]) -> None:
    page.goto(f"{address}/health")
    for asked in ("http://www.example.org/", "http://192.0.2.1/"):
        found = page.evaluate("url => fetch(url, { mode: 'no-cors' }).then(() => 'found', () => 'not found')", asked)
        assert found == "not found"
    assert outside == ["http://www.example.org/", "http://192.0.2.1/"]
