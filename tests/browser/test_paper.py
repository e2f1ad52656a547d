"""What comes out of a printer, of A4 and of Letter, upright and across: sources, no controls, and the page as it was."""

from __future__ import annotations

import io
import json
import re

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, wait_ready
from tests.browser.sheets import texts_of

Paper = tuple[str, bool]


@pytest.mark.parametrize(
    ("query", "papers", "texts"),
    [
        (
            "?year=2000",
            [("A4", False), ("Letter", True)],
            ["SCI’s 94, 2000", "By 2000, at least 20 of the 31 countries", "Sources: IPI deck, 2007"],
        ),
        (
            "?country=IRQ&sample=1",
            [("Letter", False), ("A4", True)],
            ["SAMPLE", "Iraq", "Denver region (DRCOG), CO – Baghdad", "Published counts differ"],
        ),
    ],
)
def test_paper(open_page: Open, query: str, papers: list[Paper], texts: list[str]) -> None:
    """And a dated square or a full dot of confidence without its background would look like its opposite: both are drawn
    whatever the print dialog says."""
    page = open_page(query)
    cited = page.request.get(page.url.replace("/?", "/export/overview.sources.json?")).json()
    assert len(cited) > 5
    for size, landscape in papers:
        pdf = pypdf.PdfReader(io.BytesIO(page.pdf(format=size, landscape=landscape, print_background=True)))
        shapes = filled_shapes(pdf)
        texts_of_sheets = texts_of(pdf)
        text = "\n".join(texts_of_sheets)
        assert 1 < len(pdf.pages) <= (6 if landscape else 4)
        for wanted in texts:
            assert wanted in text
        for control in ("Copy link", "All regions", "Full screen", "Export", "Picture (PNG)", "My story", "Search  /"):
            assert control not in text
        assert f"{len(pdf.pages)} / {len(pdf.pages)}" in texts_of_sheets[-1]
        squeezed = re.sub(r"\s", "", text)
        assert [each["title"] for each in cited if re.sub(r"\s", "", each["title"])[:24] not in squeezed] == []
        if not landscape:
            without = pypdf.PdfReader(io.BytesIO(page.pdf(format=size, print_background=False)))
            assert shapes > 100
            # the sheets themselves may stay as they are
            assert filled_shapes(without) >= shapes - 4
    expect(page.locator("html[data-print]")).to_have_count(0)
    assert page.locator("#paper-sources li").count() == 0
    assert page.locator(".marks > i:not(.run)").count() == 0


def filled_shapes(pdf: pypdf.PdfReader) -> int:
    """How many shapes a print fills with a colour."""
    drawn = [sheet.get_contents() for sheet in pdf.pages]
    return sum(len(re.findall(rb"\bf\*?\s", each.get_data())) for each in drawn if each is not None)


def test_paper_is_light_from_a_dark_page_which_comes_back(open_page: Open, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    open_page("?year=2000")
    fills = (
        "[...document.querySelectorAll('#map .choroplethlayer path')].map(path => getComputedStyle(path).fill).join()"
    )
    dark, width = page.evaluate(fills), page.evaluate("document.querySelector('#map .js-plotly-plot').clientWidth")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    light = page.evaluate(fills)
    assert page.get_attribute("html", "data-theme") == "light"
    assert page.evaluate("document.querySelector('#map .main-svg').getBoundingClientRect().width") < 700
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(f"document.querySelector('#map .main-svg').getBoundingClientRect().width === {width}")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.evaluate(fills) == dark != light
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{fills} !== {json.dumps(dark)}")
    wait_ready(page)
    assert page.evaluate(fills) == light, "paper has the colours of the light page"
    # a year is still shown after all that
    page.focus("#filter-year")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#headline-map")).to_contain_text("1999")
