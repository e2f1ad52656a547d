"""Which pages there are: at which paths, with which charts."""

from __future__ import annotations

from collections.abc import Sequence

import dash
from flask import request

from dashboard.components.header import NAVIGATION
from dashboard.context import House
from dashboard.pages import PAGES


class PageList:
    """The registered pages, for what is no page itself: files, unknown paths. `root` is what browsers ask for before
    each path, "/" or "/ipi/"."""

    def __init__(self, root: str = "/") -> None:
        self.root = root

    def charts(self, page: str, key: str) -> Sequence[str]:
        """The charts of a page, by its id; `key` is what its path says behind its own. A page whose path goes on has
        its charts only there. () where there is no such page."""
        module = next((each for each in PAGES if page == each.PAGE), None)
        contents = getattr(module, "CONTENTS", None)
        if contents is None or (not key and any(each["path_template"] for each in _registered(page))):
            return ()
        return tuple(contents.charts)

    def path(self, chart: str) -> str:
        """The path of the first page that has a chart."""
        for page in PAGES:
            if hasattr(page, "CONTENTS") and chart in page.CONTENTS.charts:
                return next((_path(each) for each in _registered(page.PAGE)), "/")
        return "/"

    def address(self, path: str) -> str:
        """The whole address of a path, as others can ask for it."""
        return request.host_url.rstrip("/") + self.root.rstrip("/") + path

    def found(self) -> list[tuple[str, str]]:
        """(id, path) of the pages that a search finds: those of the navigation."""
        paths = {each["id"]: each["path"] for each in _registered() if not each["path_template"]}
        return [(page, paths[page]) for page in NAVIGATION]

    def has(self, house: House, path: str) -> bool:
        """Whether there is a page at a path."""
        for page in _registered():
            before, mark, _ = (page["path_template"] or "").partition("<")
            if not mark and path == page["path"]:
                return True
            if mark and path.startswith(before):
                module = next((each for each in PAGES if page["id"] == each.PAGE), None)
                has_key = getattr(module, "has_key", None)
                if has_key is None or has_key(house, path.removeprefix(before)):
                    return True
        return False


def _registered(page: str = "") -> list[dict[str, str]]:
    """Pages as Dash lists them, of one id or all."""
    return [each for each in dash.page_registry.values() if "id" in each and page in ("", each["id"])]


def _path(page: dict[str, str]) -> str:
    """The path of a page without what may follow it: "/states" of "/states/<key>"."""
    return (page["path_template"] or page["path"]).partition("/<")[0] or "/"
