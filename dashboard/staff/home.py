"""The first page of the staff area: what there is to do."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from dashboard.staff.area import ANYONE, CONTRIBUTOR, Fields, StaffArea, allow

ASSETS = Path(__file__).resolve().parents[2] / "assets" / "staff"


def routes(area: StaffArea) -> Blueprint:
    """Its addresses, and the style sheet and scripts of the area."""
    pages = Blueprint("staff_home", __name__)

    @pages.get("")
    @allow(CONTRIBUTOR)
    def show_home() -> Response:
        waiting = {page.path: page.waiting(area) for page in area.pages if page.waiting}
        return area.render("home", waiting=Fields(waiting))

    @pages.get("/static/<path:name>")
    @allow(ANYONE)
    def send_static(name: str) -> Response:
        return send_from_directory(ASSETS, name)

    return pages
