"""The page as HTML text: Dash's renderer takes seconds over thousands of components, a browser none over their text.

Every text and value is escaped here. What Dash itself holds, because a callback listens to it, is written as it will
look, and collected as islands that Dash takes over when it is there (dashboard/components/island.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import Any

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

# properties whose attribute is called otherwise
NAMES = {"className": "class", "htmlFor": "for"}
WITHOUT_END = {"input", "br"}
# properties of dbc's own that are no attributes
NO_ATTRIBUTES = {"children", "debounce", "options", "inline"}
TEXT, SHOW, ATTRIBUTES = "data-text", "data-show", "data-attributes"


@dataclass(frozen=True)
class Writer:
    """How a page is written. `value` says what a path of the frames is at the year of the page, for elements that show
    one (dashboard/components/bind.py); None leaves them to the browser. `live` are the ids of what Dash holds, with the
    properties they have on this page; each that is found is put into `islands`."""

    value: Callable[[str], object] | None = None
    live: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    islands: list[Component] = field(default_factory=list)

    def write(self, piece: Any) -> str:
        """A piece of the page (component, text, number, several, None) as HTML."""
        if piece is None:
            return ""
        if isinstance(piece, list | tuple):
            return "".join(map(self.write, piece))
        if not isinstance(piece, Component):
            return escape(str(piece))
        if (name := getattr(piece, "id", None)) not in self.live:
            return self._element(piece)
        for prop, value in self.live[str(name)].items():
            setattr(piece, prop, value)
        self.islands.append(piece)
        return f'<div class="island" id="{island_id(str(name))}">{self._element(piece)}</div>'

    def _element(self, piece: Component) -> str:
        props = {name: getattr(piece, name) for name in piece.to_plotly_json()["props"]}
        if control := _CONTROLS.get(type(piece)):
            return control(self, props)
        shown = self._shown(props, self.value) if self.value is not None else None
        inside = self.write(props.get("children")) if shown is None else shown
        return _tag(type(piece).__name__.lower(), props, inside)

    def _shown(self, props: dict[str, Any], value: Callable[[str], object]) -> str | None:
        """What `show` of assets/js/20-frames.js makes of an element: its text (None: it has none of its own), and the
        attributes that follow."""
        if SHOW in props:
            path, mark, wanted = props[SHOW].partition("=")
            found = _text(value(path))
            props["hidden"] = found not in wanted.split("|") if mark else not found
        for pair in filter(None, props.get(ATTRIBUTES, "").split(";")):
            name, _, path = pair.partition("=")
            props[name] = _text(value(path))
        return escape(_text(value(props[TEXT]))) if TEXT in props else None


def as_html(piece: Any) -> str:
    """A piece of the page, without the values of frames."""
    return Writer().write(piece)


def island_id(name: str) -> str:
    """The id of the element into which Dash puts the component of this id."""
    return f"at-{name}"


def _text(value: object) -> str:
    """A value as JavaScript's String() says it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


def _tag(name: str, props: Mapping[str, Any], inside: str = "") -> str:
    attributes = "".join(_attribute(key, value) for key, value in props.items() if key not in NO_ATTRIBUTES)
    return f"<{name}{attributes}>" + ("" if name in WITHOUT_END else f"{inside}</{name}>")


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if isinstance(value, Mapping):
        value = ";".join(f"{key}:{each}" for key, each in value.items())
    return f' {NAMES.get(name, name)}="{escape(str(value))}"'


# ---- dbc's controls as the elements that they become (tests/browser/test_first_paint.py compares)


def _input(_writer: Writer, props: Mapping[str, Any]) -> str:
    return _tag("input", {**props, "className": _classes("form-control", props)})


def _select(_writer: Writer, props: Mapping[str, Any]) -> str:
    # the first is dbc's own, for a value that is none of them
    options = '<option value="" disabled hidden></option>' + "".join(
        _tag("option", {"value": each["value"], "selected": each["value"] == props["value"]}, escape(each["label"]))
        for each in props["options"]
    )
    rest = {name: value for name, value in props.items() if name != "value"}
    return _tag("select", {**rest, "className": _classes("form-select", props)}, options)


def _boxes(kind: str, library: str, writer: Writer, props: Mapping[str, Any]) -> str:
    chosen = props["value"] if isinstance(props["value"], list) else [props["value"]]
    made = []
    for each in props["options"]:
        name = f"_dbcprivate_{library}_{props['id']}_input_{each['value']}"
        looks = {"id": name, "className": "form-check-input", "type": kind, "value": each["value"]}
        group = {"name": props["id"]} if kind == "radio" else {}
        box = _tag("input", {**looks, **group, "checked": each["value"] in chosen})
        label = _tag("label", {"className": "form-check-label", "htmlFor": name}, writer.write(each["label"]))
        made.append(f'<div class="form-check form-check-inline">{box}{label}</div>')
    return _tag("div", {"id": props["id"], "className": props["className"]}, "".join(made))


def _classes(own: str, props: Mapping[str, Any]) -> str:
    return " ".join(filter(None, [own, props.get("className")]))


_CONTROLS: Mapping[type, Callable[[Writer, Mapping[str, Any]], str]] = MappingProxyType(
    {
        dbc.Input: _input,
        dbc.Select: _select,
        dbc.RadioItems: lambda writer, props: _boxes("radio", "radioitems", writer, props),
        dbc.Checklist: lambda writer, props: _boxes("checkbox", "checklist", writer, props),
    }
)
