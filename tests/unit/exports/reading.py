"""Files read back by libraries that did not write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import openpyxl
from pptx import Presentation

from dashboard.charts import CHARTS, View
from dashboard.context import AppContext
from dashboard.exports import Bundle, bundle_of
from dashboard.exports.as_xlsx import xlsx_file

ViewOf = Callable[[str], View]
# one of everything: plain, filtered, early, another basis, other maps, sample with shares, counts and hidden groups
VIEWS = [
    "",
    "?year=2000",
    "?region=Western+Asia&year=2005",
    "?basis=documented",
    "?country=TUR",
    "?state=TX",
    "?map=states",
    "?map=links",
    "?sample=1",
    "?sample=1&state=TX",
    "?sample=1&region=Central+Asia&basis=documented",
    "?country=MDV",
]


def year_of(view: View) -> int:
    return view.selection.year if view.selection.year is not None else view.basis.last_year


def bundle(app_context: AppContext, view_of: ViewOf, name: str, query: str) -> Bundle:
    """Made once for all tests of a house: a bundle cannot be changed."""
    return _bundle(app_context, view_of, name, query)


@cache
def _bundle(app_context: AppContext, view_of: ViewOf, name: str, query: str) -> Bundle:
    view = view_of(query)
    return bundle_of(app_context, CHARTS[name], view, year_of(view))


@cache
def workbook(app_context: AppContext, view_of: ViewOf, name: str, query: str) -> Mapping[str, Sequence[Sequence[Any]]]:
    """The sheets of the workbook of a chart, written and read back once for all tests."""
    return sheets(xlsx_file(bundle(app_context, view_of, name, query)))


def csv_rows(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def sheets(file: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet as rows of cells."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def slides(file: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(file)).slides)


def charts_of(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def series(chart: Any) -> dict[str, list[float]]:
    """Name -> numbers of every series of a native chart."""
    return {each.name: list(each.values) for each in chart.plots[0].series}


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
