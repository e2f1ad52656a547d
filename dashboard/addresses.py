"""Addresses where the dashboard stands below a path of its host, and of files whose content may change.

Templates and figures name every address from the root, as "/partnerships" and "/assets/map/world.json".
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from flask import current_app, has_app_context

ROOT = "DASHBOARD_PATH"
STATIC = "static"
ASSETS = "/assets/"


def root() -> str:
    """What browsers ask for before each path: "/", or "/ipi/"."""
    return str(current_app.config.get(ROOT, "/")) if has_app_context() else "/"


def with_root(markup: str) -> str:
    """HTML whose addresses begin with the root; those that do already are left."""
    before = root()
    return markup if before == "/" else _addresses(before).sub(rf"\1{before}", markup)


@cache
def _addresses(before: str) -> re.Pattern[str]:
    return re.compile(rf'(\s(?:href|src|action|data-[a-z-]+)=")/(?!/|{re.escape(before[1:])})')


def asset_address(address: str) -> str:
    """The address of a file of the assets with the root before and its version behind it."""
    static = current_app.extensions.get(STATIC) if has_app_context() else None
    found: str = address if static is None else static.address(address.removeprefix(ASSETS))
    return found


def with_asset_addresses(figure: dict[str, Any]) -> dict[str, Any]:
    """A figure whose boundaries are named by such addresses; it is changed."""
    for trace in figure["data"]:
        if isinstance(trace.get("geojson"), str):
            trace["geojson"] = asset_address(trace["geojson"])
    return figure
