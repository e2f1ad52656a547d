"""The table of a chart as text: its table tab, and cards whose figure it is."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from dashboard.charts import Chart, View
from dashboard.charts.cells import cell_text, cells_of
from dashboard.frames import House
from dashboard.frames.build import source_line
from dashboard.second.templating import render


def table_markup(house: House, chart: Chart, view: View, year: int) -> str:
    """The table tab of a chart in a year."""
    table = chart.table(view)
    rows = chart.shown(table, view, year)
    columns = [column for column in chart.columns if column in rows]
    cells = {column: cells_of(rows[column]) for column in columns}
    head = [(house.words(f"column.{column}"), _are_numbers(cells[column])) for column in columns]
    texts = zip(*([cell_text(column, cell, house.words) for cell in cells[column]] for column in columns), strict=True)
    sample = f"{source_line(chart, view)} " if chart.is_sample(view) else ""
    caption = sample + chart.headline(table, view, year)
    return render("table", house.words, caption=caption, head=head, rows=list(texts), host_of=_host_of)


def _are_numbers(cells: Sequence[object]) -> bool:
    """Whether a column is set as one of numbers; some of them may be missing."""
    there = [cell for cell in cells if cell is not None]
    return bool(there) and all(isinstance(cell, int | float) for cell in there)


def _host_of(address: str) -> str:
    """The site of an address, as its link is called where there is no room for all of it."""
    return (urlsplit(address).hostname or address).removeprefix("www.")
