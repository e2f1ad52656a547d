"""The callbacks: each parses, calls, returns. What the browser does alone is named by its function in assets/js."""

from __future__ import annotations

from typing import Any

import orjson
from dash import ClientsideFunction, Input, Output, set_props
from dash.development.base_component import Component
from flask import Response, g

from dashboard.components.markup import as_html
from dashboard.components.sources import source_list
from dashboard.frames import answer
from dashboard.index import Site
from dashboard.pages import find


def shown(app: Site, address: str) -> tuple[dict[str, str], str]:
    """What a change of anything but the year is answered with: parts of the page as HTML (assets/js/58-view.js), and
    the frames of all years. An address without a page is answered as the overview's would be."""
    page, asked = find(app.house, address) or app.first_page(address)
    parts = {name: as_html(pieces) for name, pieces in page.parts(asked).items()}
    return parts, answer(app.house, asked.query, page.contents, key=asked.key)


def question(address: str) -> dict[str, Any]:
    """The body of a request that asks for the view of an address."""
    outputs, value = {"id": "frames", "property": "data"}, {"id": "view", "property": "data", "value": address}
    return {"output": "frames.data", "outputs": outputs, "inputs": [value], "changedPropIds": ["view.data"]}


def answer_views(app: Site) -> None:
    """Answers a change of view as Dash would, before it comes to Dash: the answer is JSON already, and Dash's way to it
    takes as long as making it. Has to be registered after what refuses requests."""

    @app.server.before_request
    def answer_view() -> Response | None:
        if "callback" not in g or g.callback[0] != "frames.data":
            return None
        [address] = g.callback[1]
        parts, frames = shown(app, address)
        pieces = {name: {"markup": markup} for name, markup in parts.items()}
        response = {"frames": {"data": orjson.Fragment(frames)}}
        reply = {"multi": True, "response": response, **({"sideUpdate": pieces} if pieces else {})}
        return Response(orjson.dumps(reply), content_type="application/json")


def register(app: Site) -> None:
    """Wires all pages to one app."""

    @app.callback(Output("frames", "data"), Input("view", "data"), prevent_initial_call=True)
    def show(address: str) -> object:
        """What `answer_views` does, as Dash's table of callbacks has it."""
        parts, frames = shown(app, address)
        for name, markup in parts.items():
            set_props(name, {"markup": markup})
        return orjson.loads(frames)

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
