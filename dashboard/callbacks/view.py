"""The callbacks: each parses, calls, returns. What the browser does alone is named by its function in assets/js."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output
from dash.development.base_component import Component

from dashboard.components.panel import country_panel
from dashboard.components.sources import source_list
from dashboard.frames import House, answer
from dashboard.metrics import panel as panel_metric
from dashboard.selection import parse


def register(app: Dash, house: House) -> None:
    """Wires the overview of one house to one app."""

    @app.callback(
        Output("frames", "data"),
        Output("panel", "children"),
        Input("view", "data"),
        prevent_initial_call=True,
    )
    def show(query: str) -> tuple[str, list[Component]]:
        """A change of anything but the year: one request, answered with all years."""
        return answer(house, query), panel_of(house, query)

    @app.callback(Output("sources-list", "children"), Input("sources-of", "data"), prevent_initial_call=True)
    def sources(asked: dict[str, str]) -> list[Component]:
        """The sources of a card, or of all, when their dialog is opened: {"chart": …, "query": …}."""
        selection = parse(asked["query"], house.choices).selection
        return source_list(house.view(selection), asked["chart"])

    app.clientside_callback(
        ClientsideFunction("page", "arrive"),
        Output("arrived", "data"),
        Input("frames", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("page", "choose"),
        Output("chosen-by-control", "data"),
        Input("filter-basis", "value"),
        Input("filter-region", "value"),
        Input("filter-state", "value"),
        Input("filter-wave", "value"),
        prevent_initial_call=True,
    )


def panel_of(house: House, query: str) -> list[Component]:
    """The panel of the country an address names; [] where it names none."""
    selection = parse(query, house.choices).selection
    if selection.country is None:
        return []
    found = panel_metric.country_panel(house.dataset, selection, basis_label=house.basis_label(selection.basis))
    return country_panel(found, house.words)
