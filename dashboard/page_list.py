"""Which pages there are: at which paths, with which charts."""

from __future__ import annotations

from collections.abc import Sequence

import dash
from flask import request

from dashboard.components.header import NAVIGATION
from dashboard.context import AppContext
from dashboard.pages import PAGES


class PageList:
    """The registered pages, for what is no page itself: files, unknown paths. `root` is what browsers ask for before
    each path, "/" or "/ipi/"."""

    def __init__(self, root: str = "/") -> None:
        self.root = root

    def charts(self, page: str, key: str) -> Sequence[str]:
        """The charts of a page, by its id; `key` is what its path says behind its own: of a page whose path goes on
        (`CONTENTS_OF_ONE`) the charts there. () where there is no such page."""
        module = next((each for each in PAGES if page == each.PAGE), None)
        contents = getattr(module, "CONTENTS_OF_ONE" if key else "CONTENTS", None) or getattr(module, "CONTENTS", None)
        return tuple(contents.charts) if contents else ()

    def path(self, chart: str) -> str:
        """The path of the first page that has a chart."""
        for page in PAGES:
            both = (getattr(page, name, None) for name in ("CONTENTS", "CONTENTS_OF_ONE"))
            if any(chart in contents.charts for contents in both if contents):
                return next((_path(each) for each in _registered(page.PAGE)), "/")
        return "/"

    def address(self, path: str) -> str:
        """The whole address of a path, as others can ask for it."""
        return request.host_url.rstrip("/") + self.root.rstrip("/") + path

    def found(self) -> list[tuple[str, str]]:
        """(id, path) of the pages that a search finds: those of the navigation."""
        paths = {each["id"]: each["path"] for each in _registered() if not each["path_template"]}
        return [(page, paths[page]) for page in NAVIGATION]

    def has(self, context: AppContext, path: str) -> bool:
        """Whether there is a page at a path."""
        for page in dash.page_registry.values():
            before, mark, _ = (page["path_template"] or "").partition("<")
            if not mark and path == page["path"]:
                return True
            if mark and path.startswith(before) and path != before:
                # such a page registers `find_key`, which gives what the end of the path names, or None
                find_key = page.get("find_key")
                if find_key is None or find_key(context, path.removeprefix(before)) is not None:
                    return True
        return False


def _registered(page: str = "") -> list[dict[str, str]]:
    """Pages as Dash lists them, of one id or all."""
    return [each for each in dash.page_registry.values() if "id" in each and page in ("", each["id"])]


def _path(page: dict[str, str]) -> str:
    """The path of a page without what may follow it: "/states" of "/states/<key>"."""
    return (page["path_template"] or page["path"]).partition("/<")[0] or "/"
