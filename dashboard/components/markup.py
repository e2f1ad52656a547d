"""Long lists as HTML text: Dash's renderer takes seconds over thousands of components, a browser none over their text.

Every text and value is escaped here; the browser puts the result into its place (assets/js/15-markup.js). Only for what
no callback listens to.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component

# properties whose attribute is called otherwise
NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "dateTime": "datetime"}
WITHOUT_END = {"input", "br"}
# properties of dbc's own that are no attributes
NO_ATTRIBUTES = {"children", "debounce"}


def marked_up(*pieces: Any) -> html.Div:
    """An element that the browser fills with these pieces."""
    return html.Div(**{"data-markup": as_html(list(pieces))})


def as_html(piece: Any) -> str:
    """A piece of the page (component, text, number, several, None) as HTML."""
    if piece is None:
        return ""
    if isinstance(piece, list | tuple):
        return "".join(map(as_html, piece))
    if not isinstance(piece, Component):
        return escape(str(piece))
    tag = type(piece).__name__.lower()
    props = {name: getattr(piece, name) for name in piece.to_plotly_json()["props"]}
    attributes = "".join(_attribute(name, value) for name, value in props.items() if name not in NO_ATTRIBUTES)
    end = "" if tag in WITHOUT_END else f"{as_html(props.get('children'))}</{tag}>"
    return f"<{tag}{attributes}>{end}"


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if isinstance(value, Mapping):
        value = ";".join(f"{key}:{each}" for key, each in value.items())
    return f' {NAMES.get(name, name)}="{escape(str(value))}"'
