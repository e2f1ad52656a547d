"""The table of a chart, and cards whose figure is their table: what the numbers rest on."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from dash import html

from dashboard.charts import CHARTS, Chart, View
from dashboard.charts.cells import cell_text, cells_of
from dashboard.charts.source_line import source_line
from dashboard.components.cards import card_attributes
from dashboard.components.raw_html import RawHtml
from dashboard.context import AppContext
from dashboard.page_request import PageRequest
from dashboard.templating import render

# columns of texts of the data
IN_ENGLISH = {"title", "statement", "cited", "label_of_count"}
# charts that nothing draws but their table
TABLES = ("coverage", "conflicts", "sources")


def table_markup(context: AppContext, chart: Chart, view: View, year: int) -> str:
    """The table tab of a chart in a year."""
    table = chart.table(view)
    rows = chart.shown(table, view, year)
    columns = [column for column in chart.columns if column in rows]
    cells = {column: cells_of(rows[column]) for column in columns}
    head = [(context.t(f"column.{column}"), _are_numbers(cells[column])) for column in columns]
    texts = zip(*([cell_text(column, cell, context.t) for cell in cells[column]] for column in columns), strict=True)
    sample = source_line(chart, view) if chart.is_sample(view) else ""
    caption = context.t.sentences(sample, chart.headline(table, view, year))
    in_english = [at for at, column in enumerate(columns) if column in IN_ENGLISH]
    return render(
        "table", context.t, caption=caption, head=head, rows=list(texts), in_english=in_english, host_of=_host_of
    )


def _are_numbers(cells: Sequence[object]) -> bool:
    """Whether a column is set as one of numbers; some of them may be missing."""
    there = [cell for cell in cells if cell is not None]
    return bool(there) and all(isinstance(cell, int | float) for cell in there)


def _host_of(address: str) -> str:
    """The site of an address, as its link is called where there is no room for all of it."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def table_id(name: str) -> str:
    """The id of the table of a card."""
    return f"table-{name}"


def table_card(name: str, request: PageRequest) -> html.Section:
    """The card of a chart that is a table: headline and tools, what it says in words, all of its rows."""
    page = request.page
    table = RawHtml(
        chart_table(name, request),
        id=table_id(name),
        className="rows",
        attributes={
            "data-table": name,
            "tabIndex": 0,
            "role": "group",
            "aria-labelledby": f"headline-{name}",
        },
    )
    description = page.tag(f"{name}.description", "p", id=f"description-{name}", class_="subline")
    return html.Section(
        [
            RawHtml(page.render("table_head", name=name), tag="header"),
            RawHtml(description, className="contents"),
            table,
            RawHtml(page.render("card_source", name=name, has_note=True), className="source"),
        ],
        id=f"card-{name}",
        className=f"card card-table card-{name}",
        **card_attributes(name, page),
    )


def chart_table(name: str, request: PageRequest) -> str:
    """The rows of such a chart for a request: the same in every year."""
    view = request.context.view(request.selection.without_year(), request.key)
    return table_markup(request.context, CHARTS[name], view, view.basis.last_year)
