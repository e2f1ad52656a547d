"""The registry as those edit it who keep it: all of it in a grid, each partnership as a form, to correct, identify,
end, add and merge. Nothing is changed without a source and a reason.

`rules` says what may stand in a cell, `edits` which rows change by what a person does, `saving` tries it and puts what
goes wrong into words; `grid`, `pages` and `merging` are the addresses.
"""

from __future__ import annotations

from flask import Blueprint

from dashboard.staff.area import PREFIX, Page, StaffArea
from dashboard.staff.registry import grid, merging, pages


def waiting_text(area: StaffArea) -> str:
    """How many partnerships are still to be identified."""
    rows = area.data.current.dataset.partnerships
    count = int(((rows["us_community"] == "") | (rows["partner_community"] == "")).sum())
    return area.t("staff.home.registry", count=count) if count else ""


PAGES = (Page(f"{PREFIX}/registry", "staff.registry.title", "staff.registry.title_what", waiting=waiting_text),)


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    blueprint = Blueprint("staff_registry", __name__)
    grid.add_routes(blueprint, area)
    merging.add_routes(blueprint, area)
    pages.add_routes(blueprint, area)
    return blueprint
