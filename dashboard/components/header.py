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
    paths = {each["id"]: each["path"] for each in registered_pages() if each["path_template"] is None}
    links = [(paths[each], t(f"page.{each}.name"), each == page) for each in NAVIGATION]
    return render(
        "header",
        t,
        links=links,
        page_id=page,
        has_figures=has_figures,
        on_slide=ON_SLIDE,
    )


def registered_pages() -> list[dict[str, object]]:
    """The pages as Dash lists them, with the `id` that each is registered with."""
    return [each for each in dash.page_registry.values() if "id" in each]
