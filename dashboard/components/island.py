"""A place in a page that is already there, into which Dash puts one of its components (assets/js/15-islands.js)."""

from __future__ import annotations

from dash.development.base_component import Component


class Island(Component):
    """Its child is shown in the element with the id `into`, in place of what stands there."""

    _namespace = "ipi_islands"
    _type = "Island"
    _children_props: list[str] = []
    _base_nodes = ["children"]
    _prop_names = ["children", "into"]
    _valid_wildcard_attributes: list[str] = []
    available_properties = ["children", "into"]
    available_wildcard_properties: list[str] = []

    def __init__(self, child: Component, *, into: str) -> None:
        super().__init__(children=child, into=into)
