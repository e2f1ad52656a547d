"""Addresses where the dashboard stands below a path of its host, and of files whose content may change.

Templates and figures name every address from the root, as "/partnerships" and "/assets/map/world.json".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any

from flask import current_app, has_app_context, request
from markupsafe import escape

ROOT = "DASHBOARD_PATH"
STATIC = "static"
ASSETS = "/assets/"
# of links and forms, to what is here; those to the same page in another language say one already
LINKS = re.compile(r'(<(?:a|form)\b(?![^>]*\shreflang=)[^>]*\s(?:href|action)=")(/(?!/)[^"]*)')


def root() -> str:
    """What browsers ask for before each path: "/", or "/ipi/"."""
    return str(current_app.config.get(ROOT, "/")) if has_app_context() else "/"


def whole_address(path: str) -> str:
    """The address of a path ("/states/TX?year=2000") with the host that was asked, as others can ask for it."""
    return request.host_url.rstrip("/") + root().rstrip("/") + path


def with_root(markup: str) -> str:
    """HTML whose addresses begin with the root; those that do already are left."""
    before = root()
    return markup if before == "/" else _addresses(before).sub(rf"\1{before}", markup)


@cache
def _addresses(before: str) -> re.Pattern[str]:
    return re.compile(rf'(\s(?:href|src|action|data-[a-z-]+)=")/(?!/|{re.escape(before[1:])})')


def with_query(markup: str, change: Callable[[str], str]) -> str:
    """HTML whose links and forms lead to other addresses of ours: `change` gives them, from what they are."""

    def changed(match: re.Match[str]) -> str:
        return match[1] + str(escape(change(unescape(match[2]))))

    return LINKS.sub(changed, markup)


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
