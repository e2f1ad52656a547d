"""The header of every page: brand, the pages, the search box, what can be done with this page."""

from __future__ import annotations

import dash

from dashboard.context import AppContext
from dashboard.templating import render

# the graph that goes onto a slide as the browser draws it: PowerPoint has no such maps
ON_SLIDE = "map"
# the pages, in their order
NAVIGATION = (
    "overview",
    "barriers",
    "partnerships",
    "opportunities",
    "programs",
    "states",
    "research",
    "sources",
    "about",
)


def header(context: AppContext, page: str, *, has_figures: bool = True) -> str:
    """`has_figures`: whether this page can become slides."""
    t = context.t
    links = [(path, t(f"page.{each}.name"), each == page) for each, path in navigation()]
    return render(
        "header",
        t,
        links=links,
        page_id=page,
        has_figures=has_figures,
        on_slide=ON_SLIDE,
    )


def navigation() -> list[tuple[str, str]]:
    """(id, path) of the pages that every page names, and that a search finds."""
    paths = {each["id"]: each["path"] for each in dash.page_registry.values() if not each["path_template"]}
    return [(page, paths[page]) for page in NAVIGATION]
