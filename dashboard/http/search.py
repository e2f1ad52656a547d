"""What the search box searches, at `/search-index.json`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, request

from dashboard.context import AppContext
from dashboard.search_index import search_index


def search_routes(
    current_context: Callable[[], AppContext], paths: Callable[[], Sequence[tuple[str, str]]]
) -> Blueprint:
    """`paths` gives (id, path) of the pages that can be found. The index is the same until the data changes, so
    browsers may keep it and ask whether it did."""
    routes = Blueprint("search", __name__)

    @routes.get("/search-index.json")
    def index() -> Any:
        context = current_context()
        names = tuple((path, context.t(f"page.{page}.name")) for page, path in paths())
        reply = Response(search_index(context, names), mimetype="application/json")
        reply.cache_control.no_cache = True
        reply.add_etag()
        return reply.make_conditional(request)

    return routes
