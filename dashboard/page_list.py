"""Which pages there are: at which paths, with which charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import dash

from dashboard.addresses import whole_address
from dashboard.context import AppContext
from dashboard.current import keep_language
from dashboard.pages import PAGES
from dashboard.payload import Contents


class PageList:
    """The registered pages, for what is no page itself: files, unknown paths. `root` is what browsers ask for before
    each path, "/" or "/ipi/"."""

    def __init__(self, root: str = "/") -> None:
        self.root = root

    def charts(self, page: str, key: str) -> Sequence[str]:
        """The charts of a page, by its id; `key` is what its path says behind its own: of a page whose path goes on
        (`CONTENTS_OF_ONE`) the charts there. () where there is no such page."""
        contents = contents_of(module_of(page), key)
        return tuple(contents.charts) if contents else ()

    def path(self, chart: str) -> str:
        """The path of the first page that has a chart."""
        for page in PAGES:
            both = (getattr(page, name, None) for name in ("CONTENTS", "CONTENTS_OF_ONE"))
            if any(chart in contents.charts for contents in both if contents):
                return _path(page.PAGE)
        return "/"

    def address(self, path: str) -> str:
        """The whole address of a path, as others can ask for it, in the language that the request says."""
        return whole_address(keep_language(path))

    def has(self, context: AppContext, path: str) -> bool:
        """Whether there is a page at a path."""
        found = find_page(path)
        if found is None:
            return False
        page, key = found
        return not key or bool(key_of(context, page, key))


def contents_of(module: ModuleType | None, key: str = "") -> Contents | None:
    """What the page of a module shows; with a `key`, what its path goes on to. None where it does not say."""
    found: Contents | None = getattr(module, "CONTENTS_OF_ONE" if key else "CONTENTS", None)
    return found or getattr(module, "CONTENTS", None)


def find_page(path: str) -> tuple[Mapping[str, Any], str] | None:
    """The page at a path ("/states/TX"), as Dash has it registered, and what the path says behind the page's own
    ("TX"); None where there is none."""
    for page in dash.page_registry.values():
        before, mark, _ = (page["path_template"] or "").partition("<")
        if not mark and path == page["path"]:
            return page, ""
        key = path.removeprefix(before)
        if mark and path.startswith(before) and key and "/" not in key:
            return page, key
    return None


def key_of(context: AppContext, page: Mapping[str, Any], text: str) -> str:
    """What the end of a path names ("TX" of /states/texas), by the `find_key` that a page whose path goes on registers;
    "" where it names nothing."""
    find_key = page.get("find_key")
    return (find_key(context, text) if find_key and text else text) or ""


def registered_contents(page: Mapping[str, Any]) -> Contents:
    """What a page shows, as far as that is known without its key."""
    return page.get("contents") or contents_of(module_of(page["id"])) or Contents()


def module_of(page: str) -> ModuleType | None:
    """The module of a page, by its id; None for one that belongs to another page ("state") or to a chart alone."""
    return next((each for each in PAGES if page == each.PAGE), None)


def _path(page: str) -> str:
    """The path of a page without what may follow it: "/states" of "/states/<key>"."""
    return next((each["path"].partition("/<")[0] for each in dash.page_registry.values() if each["id"] == page), "/")
