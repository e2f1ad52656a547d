"""A Dash component that holds HTML of our own templates: one component, whatever is in it.

Dash's renderer takes seconds over thousands of components, and a browser none over their text.
"""

from __future__ import annotations

from typing import Any, ClassVar

from dash.development.base_component import Component


class RawHtml(Component):
    """`markup` (of a template, which escapes what it is given; never a visitor's) inside one element `tag` with
    `attributes`. The browser's half is in `assets/js/`."""

    _namespace = "ipi_components"
    _type = "RawHtml"
    _prop_names: ClassVar[list[str]] = ["id", "markup", "className", "tag", "attributes"]
    _base_nodes: ClassVar[list[str]] = []
    _children_props: ClassVar[list[str]] = []
    _valid_wildcard_attributes: ClassVar[list[str]] = []

    def __init__(self, markup: str = "", **props: Any) -> None:
        super().__init__(markup=markup, **props)
