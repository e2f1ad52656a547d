"""How an element says which value of the frames it shows, and what it does when pressed.

The attributes are read by `assets/js`; this is all that Python and the browser agree on (docs/page.md).
"""

from __future__ import annotations

from typing import Any

from dash import html


def text(path: str) -> dict[str, str]:
    """The element's text is the frames' value at this path."""
    return {"data-text": path}


def attributes(**paths: str) -> dict[str, str]:
    """Attributes of the element that follow values: attributes(data_value="tiles.new.value")."""
    return {"data-attributes": ";".join(f"{name.replace('_', '-')}={path}" for name, path in paths.items())}


def show(path: str, *values: str) -> dict[str, str]:
    """The element is there only while the value is one of these; without any, while it is not empty."""
    return {"data-show": f"{path}={'|'.join(values)}" if values else path}


def choose(name: str, value: str) -> dict[str, str]:
    """Pressing it puts name=value into the address, or takes it out where it is there."""
    return {"data-set": f"{name}={value}"}


def stacked(*pieces: Any) -> html.Div:
    """Pieces below each other, each as wide as their place."""
    return html.Div(list(pieces), className="pieces")


def icon(name: str, **more: Any) -> html.I:
    """A shape of the style sheet, said by nobody."""
    return html.I(className=f"icon icon-{name}", **{"aria-hidden": "true", **more})


def icon_button(name: str, label: str, *, class_name: str = "icon-only", **more: Any) -> html.Button:
    """A button that is only an icon; the label is for its tip and for screen readers."""
    return html.Button(icon(name), type="button", className=class_name, title=label, **{"aria-label": label, **more})
