"""What every page does the same way: a year, a choice by a control, the table of a card, the sources of a figure; and
the callback of a page, which each registers for itself.

The first two run in the browser; the next two ask for what somebody opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, no_update, set_props

from dashboard.charts import CHARTS, View
from dashboard.choice import CONTROL_IDS
from dashboard.components.tables import table_markup
from dashboard.current import current_context
from dashboard.filters import parse
from dashboard.metrics.sources import sources
from dashboard.page_request import CHOICE, choice_id
from dashboard.payload import Contents
from dashboard.templating import render

ANY_CHOICE = {"type": CHOICE, "page": ALL}


def in_words(key: str) -> Callable[..., str]:
    """The title or the sentence of a page as Dash Pages takes it: a text in the language of each request."""

    def text(_key: str = "") -> str:
        return current_context().t(key)

    return text


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
    app.callback(Output("table-shown", "data"), Input("opened", "data"), prevent_initial_call=True)(open_tables)
    app.callback(Output("sources-list", "markup"), Input("sources-of", "data"), prevent_initial_call=True)(list_sources)


def add_choice_callback(
    app: Dash,
    page: str,
    contents: Contents,
    select: Callable[[object], dict[str, Any]],
    *,
    parts: Sequence[str] = (),
) -> None:
    """The one server callback of a page: `select` answers the data of its choice by `answer`. `parts` are the ids of
    `RawHtml` whose markup it makes anew. Pages share components of the same id, so each output is one of several."""
    app.callback(
        output={
            "figures": {name: Output(name, "figure", allow_duplicate=True) for name in contents.graphs},
            "frames": Output("frames", "data", allow_duplicate=True),
            "parts": {part: Output(part, "markup", allow_duplicate=True) for part in parts},
        },
        inputs=[Input(choice_id(page), "data")],
        prevent_initial_call=True,
    )(select)


def add_clicks(app: Dash, graph: str, page: str) -> None:
    """A click on a point of a graph of a page chooses what its trace says (`meta.set`, `customdata`)."""
    choice = choice_id(page)
    app.clientside_callback(
        ClientsideFunction("choice", "pickPoint"),
        Output(choice, "data", allow_duplicate=True),
        Input(graph, "clickData"),
        State(graph, "id"),
        State(choice, "data"),
        prevent_initial_call=True,
    )


def open_tables(opened: object) -> Any:
    """Puts the tables of the cards whose tabs are open in their places: {cards, query, year, key}."""
    if not isinstance(opened, dict) or not (names := _charts_of(opened)):
        return no_update
    context, view = current_context(), _view_of(opened)
    year, years = opened.get("year"), view.basis.years
    shown_year = year if isinstance(year, int) and year in years else years[-1]
    for name in names:
        set_props(f"table-{name}", {"markup": table_markup(context, CHARTS[name], view, shown_year)})
    return names


def list_sources(asked: object) -> Any:
    """The sources of cards, when their dialog is opened: {cards, query, key}."""
    if not isinstance(asked, dict) or not isinstance(asked.get("cards"), list):
        return no_update
    context, view = current_context(), _view_of(asked)
    cited = sources(context.dataset, [source for name in _charts_of(asked) for source in CHARTS[name].sources(view)])
    return render("sources", context.t, sources=cited)


def _charts_of(data: dict[str, Any]) -> list[str]:
    """The charts among the cards that a store of the page names."""
    cards = data.get("cards")
    return [name for name in dict.fromkeys(map(str, cards)) if name in CHARTS] if isinstance(cards, list) else []


def _view_of(data: dict[str, Any]) -> View:
    """The view that a store of the page says."""
    context, key = current_context(), data.get("key")
    selection = parse(str(data.get("query", "")), context.choices).selection
    return context.view(selection.without_year(), key if isinstance(key, str) else "")
