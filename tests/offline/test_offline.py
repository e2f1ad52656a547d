"""No internet: every outside host is refused, and everything is there."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Open

ROOT = Path(__file__).parents[2]


def test_the_map_draws_and_nothing_outside_is_asked_for(open_page: Open, outside: list[str]) -> None:
    page = open_page()
    assert page.locator("#chart-map .choroplethlayer path").count() > 100
    for press in ("U.S. states", "Links", "Countries"):
        page.click(f"#card-map button:has-text('{press}')")
        page.wait_for_timeout(400)
    page.click("text=Show with a sample survey")
    page.wait_for_selector("#chart-barriers .js-plotly-plot")
    page.click("#filter-basis label:has-text('All documented')")
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '215'")
    page.click("#card-map [data-sources]")
    assert outside == []


def test_fonts_are_shipped(open_page: Open) -> None:
    page = open_page("?country=TUR")
    faces = page.evaluate("""async () => { const all = await Promise.all([['600 17px "Source Serif"', 'Türkiye ş'], ['13px Plex', 'Şanlıurfa ə']]
      .map(([font, text]) => document.fonts.load(font, text))); return all.map(found => found.map(face => face.status)); }""")
    assert faces == [["loaded", "loaded"], ["loaded", "loaded"]]


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
    page.goto(address)
    for asked in ("http://www.example.org/", "http://192.0.2.1/"):
        found = page.evaluate("url => fetch(url, { mode: 'no-cors' }).then(() => 'found', () => 'not found')", asked)
        assert found == "not found"
    assert outside == ["http://www.example.org/", "http://192.0.2.1/"]
