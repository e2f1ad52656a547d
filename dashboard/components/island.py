"""The two components of our own that Dash holds (assets/js/15-islands.js): a place in a page that is already there, and
a wire between a callback and the browser's scripts."""

from __future__ import annotations

from typing import ClassVar

from dash.development.base_component import Component


class Island(Component):
    """Its child is shown in the element with the id `into`, in place of what stands there."""

    _namespace = "ipi_islands"
    _type = "Island"
    _prop_names: ClassVar[list[str]] = ["children", "into"]
    _base_nodes: ClassVar[list[str]] = ["children"]
    _children_props: ClassVar[list[str]] = []
    _valid_wildcard_attributes: ClassVar[list[str]] = []

    def __init__(self, child: Component, *, into: str) -> None:
        super().__init__(children=child, into=into)


class Wire(Component):
    """A value that callbacks listen to or give, and nobody sees: all that we would need dcc's 470 kB of script for."""

    _namespace = "ipi_islands"
    _type = "Wire"
    _prop_names: ClassVar[list[str]] = ["id", "data"]
    _base_nodes: ClassVar[list[str]] = []
    _children_props: ClassVar[list[str]] = []
    _valid_wildcard_attributes: ClassVar[list[str]] = []

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
