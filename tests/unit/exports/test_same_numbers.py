"""Chart, table tab, CSV, XLSX and slide of one selection have the same numbers: all come from one table."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dashboard.charts import CHARTS, View
from dashboard.charts.cells import Cell, cell_text, cells_of, safe
from dashboard.charts.figures import FIGURES
from dashboard.charts.look import Look
from dashboard.components.tables import table_markup
from dashboard.context import AppContext
from dashboard.dataset.records import records
from dashboard.exports.as_csv import csv_file
from dashboard.exports.as_pptx import pptx_file
from tests.markup import texts_of_rows
from tests.unit.exports.reading import (
    VIEWS,
    ViewOf,
    bundle,
    charts_of,
    csv_rows,
    series,
    slides,
    workbook,
    year_of,
)

EACH = pytest.mark.parametrize("name", list(CHARTS))
LINK = re.compile(r'<a href="([^"]*)"[^>]*>.*?</a>')
OVER = pytest.mark.parametrize("query", VIEWS)


def written(cell: Cell) -> str:
    return "" if cell is None else str(safe(cell))


@OVER
@EACH
def test_csv(app_context: AppContext, view_of: ViewOf, name: str, query: str) -> None:
    made = bundle(app_context, view_of, name, query)
    rows = csv_rows(csv_file(made))
    wanted = [{column: written(cell) for column, cell in row.items()} for row in records(made.table)]
    assert [{name: row[name] for name in made.table.columns} for row in rows] == wanted
    assert all(row["basis"] == made.basis and row["source"] == made.source_line for row in rows)


@OVER
@EACH
def test_xlsx(app_context: AppContext, view_of: ViewOf, name: str, query: str) -> None:
    made = bundle(app_context, view_of, name, query)
    data = workbook(app_context, view_of, name, query)["Data"]
    if made.is_sample:
        assert "SAMPLE" in data[0][0]
        data = data[1:]
    assert data[0] == [column.title for column in made.columns]
    for at, column in enumerate(made.columns):
        for row, cell in zip(data[1:], cells_of(made.table[column.name]), strict=True):
            if isinstance(cell, float):
                assert row[at] == pytest.approx(cell)
            elif cell is None or isinstance(cell, int):
                assert row[at] == cell
            else:
                assert row[at] == cell_text(column.name, cell, made.t)


@OVER
@EACH
def test_table_tab(app_context: AppContext, view_of: ViewOf, name: str, query: str) -> None:
    made = bundle(app_context, view_of, name, query)
    view = view_of(query)
    # as text: of markup, what is put into it would be escaped once more
    markup = str(table_markup(app_context, CHARTS[name], view, year_of(view)))
    # an address is a link that is called by its site
    head, *rows = texts_of_rows(LINK.sub(r"\1", markup))
    assert head == [column.title for column in made.columns]
    cells = ([cell_text(each.name, cell, made.t) for cell in cells_of(made.table[each.name])] for each in made.columns)
    assert rows == [[" ".join(cell.split()) for cell in row] for row in zip(*cells, strict=True)]


def figure(view: View, name: str) -> dict[str, Any]:
    return FIGURES[name](view, Look()).at(view.basis.years.index(year_of(view)))


@OVER
def test_growth_is_drawn_with_them(app_context: AppContext, view_of: ViewOf, query: str) -> None:
    made = bundle(app_context, view_of, "growth", query)
    slide = slides(pptx_file([made]))[0]
    if made.display_state != "chart":
        assert charts_of(slide) == []
        return
    years = list(dict.fromkeys(made.table["year"]))
    rows = list(records(made.table))
    by_name: dict[str, list[int]] = {}
    for region in dict.fromkeys(made.table["region"]):
        by_name[region] = [row["dated"] for row in rows if row["region"] == region]
    undated = [sum(row["undated"] for row in rows if row["year"] == year) for year in years]
    maybe = [sum(row["upper"] - row["partnerships"] for row in rows if row["year"] == year) for year in years]
    # areas go on for half a year at both ends; years to come are covered
    areas = [
        trace
        for trace in figure(view_of(query), "growth")["data"]
        if "stackgroup" in trace and trace.get("visible", True)
    ]
    drawn = {area["name"]: area["y"][1:][: len(years)] for area in areas}
    assert drawn == {**by_name, "undated": undated}
    (native,) = charts_of(slide)
    assert list(native.plots[0].categories) == [str(year) for year in years]
    assert series(native) == {**by_name, "Year not recorded": undated, "May have begun": maybe}


@OVER
def test_barriers_are_drawn_with_them(app_context: AppContext, view_of: ViewOf, query: str) -> None:
    made = bundle(app_context, view_of, "barriers", query)
    slide = slides(pptx_file([made]))[0]
    if made.display_state != "chart":
        assert charts_of(slide) == []
        return
    shares = list(made.table["share"])
    assert figure(view_of(query), "barriers")["data"][0]["x"] == shares[::-1]
    (native,) = charts_of(slide)
    assert list(native.plots[0].categories) == made.table["label"].tolist()
    assert series(native)["Share"] == pytest.approx(shares)
    ends = native._chartSpace.xpath(".//c:errBars/c:plus//c:v")
    assert [float(end.text) for end in ends] == pytest.approx(
        [high - share for high, share in zip(made.table["high"], shares, strict=True)]
    )


@OVER
@pytest.mark.parametrize("name", ["map", "countries"])
def test_places_are_drawn_with_them(app_context: AppContext, view_of: ViewOf, name: str, query: str) -> None:
    made = bundle(app_context, view_of, name, query)
    found: dict[str, list[float]] = {}
    for native in charts_of(slides(pptx_file([made]))[0]):
        parts = series(native)
        for at, label in enumerate(native.plots[0].categories):
            found[label] = [parts[part][at] for part in parts]
    key = made.columns[0].name
    wanted = {cell_text(key, row[key], made.t): row for row in records(made.table) if row["upper"]}
    assert (found.keys() == wanted.keys()) or (len(found) == 64 and found.keys() < wanted.keys())
    for label, numbers in found.items():
        row = wanted[label]
        assert sum(numbers) == row["upper"]
        assert sum(numbers[:-1]) == row["partnerships"]
        assert numbers[0] == row["dated"]
