"""Files of a language that is written from right to left begin at the right, as what was written reads back."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from dashboard.charts import CHARTS
from dashboard.context import AppContext
from dashboard.exports import bundle_of
from dashboard.exports.as_pptx import pptx_file
from dashboard.exports.as_xlsx import xlsx_file
from dashboard.filters import parse
from dashboard.report.as_docx import docx_file
from dashboard.report.contents import build_report
from dashboard.report.drawing import runs_of


@pytest.fixture
def arabic(app_context: AppContext) -> AppContext:
    return app_context.in_language("ar")


@cache
def deck_of(context: AppContext) -> Presentation:
    view = context.view(parse("?sample=1", context.choices).selection)
    made = [bundle_of(context, CHARTS[name], view, 2007) for name in ("growth", "barriers", "regions")]
    return Presentation(io.BytesIO(pptx_file(made)))


def test_paragraphs_and_tables_of_slides_begin_at_the_right(arabic: AppContext) -> None:
    slides = deck_of(arabic).slides
    paragraphs = [each for slide in slides for each in slide._element.xpath(".//a:p[a:r]")]
    assert paragraphs and all(
        each.pPr.get("rtl") == "1" and each.pPr.get("algn") in ("r", "ctr") for each in paragraphs
    )
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    assert tables and all(table._tbl.tblPr.get("rtl") == "1" for table in tables)


def test_bars_of_slides_grow_to_the_left_and_years_run_to_the_right(arabic: AppContext) -> None:
    growth, barriers = (
        shape.chart for slide in list(deck_of(arabic).slides)[:2] for shape in slide.shapes if shape.has_chart
    )
    assert barriers.value_axis.reverse_order
    assert not growth.category_axis.reverse_order and not growth.value_axis.reverse_order


def test_the_first_column_of_a_sheet_is_at_the_right(arabic: AppContext) -> None:
    view = arabic.view(parse("", arabic.choices).selection)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(bundle_of(arabic, CHARTS["growth"], view, 2007))))
    assert [sheet.sheet_view.rightToLeft for sheet in book] == [True] * 3


def test_a_report_for_word_begins_at_the_right(arabic: AppContext) -> None:
    report = build_report(arabic, parse("?state=WY", arabic.choices).selection)
    document = Document(io.BytesIO(docx_file(report, arabic.t)))
    assert document.styles["Normal"].element.xpath("./w:pPr/w:bidi")
    assert all(table._tbl.tblPr.xpath("./w:bidiVisual") for table in document.tables)
    heading = next(each for each in document.paragraphs if each.style.name == "Heading 1")
    assert heading.runs[0].font.rtl
    style = document.styles["Heading 1"].element
    assert style.xpath("./w:rPr/w:szCs/@w:val") == style.xpath("./w:rPr/w:sz/@w:val") != []


def test_other_languages_stay_as_they_are(app_context: AppContext) -> None:
    assert not deck_of(app_context).slides[0]._element.xpath(".//a:pPr[@rtl]")


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Nigeria 10", ["Nigeria 10"]),
        ("Çeşme ş", ["Çe", "ş", "me ", "ş"]),
        ("نيجيريا 10", ["10", " ", "نيجيريا"]),
        ("في Austin, TX (24)", ["(", "24", ")", " ", "Austin, TX", " ", "في"]),
        ("\u200e−5 نقاط", ["نقاط", " ", "−5"]),
        ("Россия 9", ["Россия", " 9"]),
    ],
)
def test_a_text_of_a_picture_is_drawn_from_left_to_right(text: str, drawn: list[str]) -> None:
    assert [part for part, _ in runs_of(text)] == drawn
