"""Signing in by the accounts of the organisation, where these are set up (`dashboard/staff/openid.py`)."""

from __future__ import annotations

from flask import Blueprint

from dashboard.staff.area import StaffArea


def routes(area: StaffArea) -> Blueprint:
    """Its addresses; where nothing is set up there are none."""
    if not area.settings.oidc_issuer:
        return Blueprint("staff_organisation", __name__)
    # its libraries take a tenth of the memory of a worker, and most have no use for them
    from dashboard.staff.openid import openid_routes

    return openid_routes(area)
