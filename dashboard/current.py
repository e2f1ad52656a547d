"""What a request works on: the data that is shown at that moment, and how its browser shows it."""

from __future__ import annotations

from flask import current_app, g, request

from dashboard.charts.look import DARK, LIGHT, NARROW, Look, look_of
from dashboard.context import AppContext

__all__ = ["Look", "current_context", "look_of", "look_of_request"]

# written by assets/js/early.js before anything is asked: "dark", "light-narrow"
LOOK_COOKIE = "look"


def current_context() -> AppContext:
    """The data that the request began with, so that one answer is of one version of it."""
    if "context" not in g:
        g.context = current_app.extensions["data"].current
    context: AppContext = g.context
    return context


def look_of_request() -> Look:
    """How the browser that asks shows the page, as it said in a cookie."""
    said = request.cookies.get(LOOK_COOKIE, "").split("-")
    return Look(DARK if DARK in said else LIGHT, NARROW in said)
