"""The callbacks: each parses, calls, returns. What the browser does alone is named by its function in assets/js."""

from __future__ import annotations

from dash import ClientsideFunction, Input, Output, set_props
from dash.development.base_component import Component

from dashboard.components.markup import as_html
from dashboard.components.sources import source_list
from dashboard.frames import answer
from dashboard.index import Site
from dashboard.pages import find


def register(app: Site) -> None:
    """Wires all pages to one app."""

    @app.callback(Output("frames", "data"), Input("view", "data"), prevent_initial_call=True)
    def show(address: str) -> str:
        """A change of anything but the year: one request, answered with all years. An address without a page is
        answered as the overview's would be. Parts of the page that follow come as HTML (assets/js/58-view.js)."""
        page, asked = find(app.house, address) or app.first_page(address)
        for name, pieces in page.parts(asked).items():
            set_props(name, {"markup": as_html(pieces)})
        return answer(app.house, asked.query, page.contents, key=asked.key)

    @app.callback(Output("sources-list", "children"), Input("sources-of", "data"), prevent_initial_call=True)
    def sources(asked: dict[str, str]) -> list[Component]:
        """The sources of a card, or of all, when their dialog is opened: {"chart": …, "address": …}."""
        address = str(asked["address"])
        _, where = find(app.house, address) or app.first_page(address)
        return source_list(app.house.view(where.selection, where.key), asked["chart"])

    app.clientside_callback(
        ClientsideFunction("page", "choose"),
        Output("chosen-by-control", "data"),
        Input("filter-basis", "value", allow_optional=True),
        Input("filter-region", "value", allow_optional=True),
        Input("filter-state", "value", allow_optional=True),
        Input("filter-wave", "value", allow_optional=True),
        prevent_initial_call=True,
    )
