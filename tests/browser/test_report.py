"""The report in a real browser: for everyone, on every screen, and what comes out of a printer."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import cast

import pypdf
import pytest
from playwright.sync_api import Page, expect

from dashboard.__main__ import main
from dashboard.context import AppContext
from dashboard.filters import parse
from dashboard.report.contents import build_report
from dashboard.report.model import Report, TableBlock
from tests.browser.axe import in_both_themes
from tests.browser.conftest import Open, wait_query, wait_ready
from tools.pdf_tags import elements_of, faults_of


@pytest.mark.parametrize(("query", "width"), [("?sample=1", 1440), ("?state=TX", 390)])
def test_axe_finds_nothing(open_page: Open, page: Page, query: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert in_both_themes(open_page(f"report{query}")) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_is_found_in_the_menu_with_what_is_chosen_and_follows_the_filters(open_page: Open) -> None:
    page = open_page("?year=2000&region=Western+Asia")
    page.click(".acts details.menu > summary")
    page.get_by_role("link", name="Report", exact=True).click()
    expect(page.locator(".report-of")).to_have_text("Western Asia, 2000")
    wait_ready(page)
    page.locator("#filter-region").get_by_text("Northern Africa").click()
    expect(page.locator(".report-of")).to_have_text("Western Asia and Northern Africa, 2000")
    wait_query(page, "?region=Western+Asia&region=Northern+Africa&year=2000")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Word", exact=True).click()
    assert saved.value.suggested_filename == "ipi-report_sci_western-asia+northern-africa_2000.docx"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def rows_are_whole(sheets: list[str], report: Report) -> None:
    """Each row of the register stands on one sheet, below its head."""
    register = report.section("partnerships")
    assert register is not None
    table = next(block for block in register.blocks if isinstance(block, TableBlock))
    heads = [squeezed(text) for text in sheets if "U.S. community" in text and "Partner" in text]
    assert len(heads) > 2
    for row in table.rows.itertuples(index=False):
        cells = "".join(squeezed(str(cell)) for cell in row[1:] if cell)
        assert any(cells in head for head in heads), row


def test_paper_has_a_cover_contents_running_heads_and_whole_rows(open_page: Open, app_context: AppContext) -> None:
    """Of A4; of Letter, what the command prints is looked at below."""
    page = open_page("report")
    body = page.pdf(format="A4", print_background=True, tagged=True, outline=True)
    pdf = pypdf.PdfReader(io.BytesIO(body))
    sheets = [sheet.extract_text() for sheet in pdf.pages]
    report = build_report(app_context, parse("", app_context.choices).selection)
    assert squeezed(report.title) in squeezed(sheets[0]) and "Draft" in sheets[0]
    assert sheets[1].lstrip().startswith(report.running_head) and "Contents" in sheets[1]
    for number, text in enumerate(sheets[1:], 2):
        assert text.startswith(report.running_head), number
        assert f"{number} / {len(sheets)}" in text and "Draft" in text
        # none is blank but for its head and number
        assert len(text) > 300, number
    for control in ("Copy link", "All regions", "Print or PDF"):
        assert not any(control in sheet for sheet in sheets[1:])
    whole = "".join(map(squeezed, sheets))
    assert all(squeezed(each.title)[:24] in whole for each in report.sources)
    rows_are_whole(sheets, report)
    root = cast(pypdf.generic.DictionaryObject, pdf.trailer["/Root"])
    assert (
        str(root["/Lang"]) == "en"
        and "/StructTreeRoot" in root
        and pdf.metadata
        and "Report" in str(pdf.metadata.title)
    )
    assert len(pdf.outline) > 8


def test_no_figure_and_no_row_is_cut_on_paper(open_page: Open) -> None:
    """What the style sheet of paper says of everything that must stay whole."""
    page = open_page("report?sample=1")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    cut = page.evaluate(
        "[...document.querySelectorAll('.report :is(figure, tr, .findings li)')]"
        ".filter(each => getComputedStyle(each).breakInside !== 'avoid').length"
    )
    heads = page.evaluate("[...document.querySelectorAll('.report thead')].map(each => getComputedStyle(each).display)")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert cut == 0
    assert heads and set(heads) == {"table-header-group"}


def test_paper_of_a_sample_says_so_on_every_sheet(open_page: Open) -> None:
    page = open_page("report?sample=1&state=TX")
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(format="Letter", print_background=True)))
    assert all("SAMPLE" in sheet.extract_text() for sheet in pdf.pages)


# ---- from the command line
def printed(into: Path, *arguments: str) -> pypdf.PdfReader:
    assert main(["report", str(into), *arguments]) == 0
    return pypdf.PdfReader(into)


def test_the_command_prints_contents_with_their_pages(tmp_path: Path, app_context: AppContext) -> None:
    pdf = printed(tmp_path / "report.pdf")
    sheets = [sheet.extract_text() for sheet in pdf.pages]
    report = build_report(app_context, parse("", app_context.choices).selection)
    names = [*((each.number, each.title) for each in report.sections), ("", app_context.t("report.section.sources"))]
    for section, title in names:
        found = re.search(rf"{section} ?{re.escape(title)} (\d+)$", sheets[1], re.MULTILINE)
        assert found, title
        assert re.search(rf"^{section} *{re.escape(title)}", sheets[int(found[1]) - 1], re.MULTILINE), title
    for number, text in enumerate(sheets[1:], 2):
        assert text.startswith(report.running_head), number
        assert f"{number} / {len(sheets)}" in text and "Draft" in text
        assert len(text) > 300, number
    rows_are_whole(sheets, report)
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in pdf.pages} == {(612, 792)}


def test_a_state_with_many_has_two_pages_too(tmp_path: Path) -> None:
    assert len(printed(tmp_path / "report.pdf", "--url", "?state=CA&basis=documented").pages) == 2


def test_the_command_prints_the_two_pages_of_a_state_for_everyone(tmp_path: Path, app_context: AppContext) -> None:
    """What screen readers need: language, title, headings in their order, tables with heads, a text for each figure."""
    pdf = printed(tmp_path / "report.pdf", "--url", "?state=TX", "--paper", "a4")
    assert len(pdf.pages) == 2 and [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]
    assert faults_of(pdf) == []
    kinds = [each.kind for each in elements_of(pdf)]
    assert kinds.count("Figure") == 1 and kinds.count("H1") == 1 and "TH" in kinds
