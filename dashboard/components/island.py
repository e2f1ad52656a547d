"""A place in a page that is already there, into which Dash puts one of its components (assets/js/15-islands.js)."""

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
