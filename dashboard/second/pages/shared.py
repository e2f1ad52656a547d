"""What every page does the same way: a year, a choice by a control, the table of a card, the sources of a figure.

The first two run in the browser; the last two ask for what somebody opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, no_update, set_props

from dashboard.charts import CHARTS, Chart, View
from dashboard.charts.cells import cell_text, cells_of
from dashboard.filters import parse
from dashboard.frames import House
from dashboard.frames.build import source_line
from dashboard.metrics.sources import sources
from dashboard.second.context import current_house
from dashboard.second.page_request import CHOICE
from dashboard.second.payload import CONTROL_IDS
from dashboard.second.templating import render

ANY_CHOICE = {"type": CHOICE, "page": ALL}


def add_callbacks(app: Dash) -> None:
    """Adds them to an app, once for all of its pages."""
    app.clientside_callback(
        ClientsideFunction("page", "showYear"),
        Output("shown", "data"),
        Input("frames", "data"),
        Input("filter-year", "value", allow_optional=True),
    )
    app.clientside_callback(
        ClientsideFunction("choice", "readControls"),
        Output(ANY_CHOICE, "data", allow_duplicate=True),
        *(Input(control, "value", allow_optional=True) for control in CONTROL_IDS),
        State(ANY_CHOICE, "data"),
        prevent_initial_call=True,
    )
    app.callback(Output("table-shown", "data"), Input("opened", "data"), prevent_initial_call=True)(open_table)
    app.callback(Output("sources-list", "markup"), Input("sources-of", "data"), prevent_initial_call=True)(list_sources)


def add_clicks(app: Dash, graph: str, page: str) -> None:
    """A click on a point of a graph of a page chooses what its trace says (`meta.set`, `customdata`)."""
    choice = {"type": CHOICE, "page": page}
    app.clientside_callback(
        ClientsideFunction("choice", "pickPoint"),
        Output(choice, "data", allow_duplicate=True),
        Input(graph, "clickData"),
        State(graph, "id"),
        State(choice, "data"),
        prevent_initial_call=True,
    )


def open_table(opened: object) -> Any:
    """Puts the table of the card whose tab was opened in its place: {card, query, year, key}."""
    if not isinstance(opened, dict) or opened.get("card") not in CHARTS:
        return no_update
    house, name, year, key = current_house(), opened["card"], opened.get("year"), opened.get("key")
    selection = parse(str(opened.get("query", "")), house.choices).selection
    view = house.view(selection.without_year(), key if isinstance(key, str) else "")
    years = view.basis.years
    shown_year = year if isinstance(year, int) and year in years else years[-1]
    set_props(f"table-{name}", {"markup": table_markup(house, CHARTS[name], view, shown_year)})
    return name


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


def list_sources(asked: object) -> Any:
    """The sources of cards, when their dialog is opened: {cards, query, key}."""
    if not isinstance(asked, dict) or not isinstance(asked.get("cards"), list):
        return no_update
    house, key = current_house(), asked.get("key")
    selection = parse(str(asked.get("query", "")), house.choices).selection
    view = house.view(selection.without_year(), key if isinstance(key, str) else "")
    names = [name for name in dict.fromkeys(map(str, asked["cards"])) if name in CHARTS]
    cited = sources(house.dataset, [source for name in names for source in CHARTS[name].sources(view)])
    return render("sources", house.words, sources=cited)
