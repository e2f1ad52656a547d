"""The header of every page: brand, the pages, the search box, what can be done with this page."""

from __future__ import annotations

from dataclasses import dataclass

import dash

from dashboard.context import AppContext
from dashboard.filters import with_language
from dashboard.strings import language_of
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


@dataclass(frozen=True)
class LanguageLink:
    """A language of the switch, by its own name; `query` leads to the same view in it."""

    code: str
    name: str
    query: str
    is_here: bool


def header(context: AppContext, page: str, *, query: str, has_figures: bool = True) -> str:
    """`query` is that of the view, without its language; `has_figures`: whether this page can become slides."""
    t = context.t
    links = [(path, t(f"page.{each}.name"), each == page) for each, path in navigation()]
    return render(
        "header",
        t,
        links=links,
        page_id=page,
        has_figures=has_figures,
        on_slide=ON_SLIDE,
        languages=language_links(context, query),
    )


def language_links(context: AppContext, query: str) -> list[LanguageLink]:
    """The same view in each language, for the switch; none where there is one."""
    if len(context.languages) < 2:
        return []
    here = context.t.language
    return [
        LanguageLink(code, language_of(code).name, with_language(query, code), code == here)
        for code in context.languages
    ]


def navigation() -> list[tuple[str, str]]:
    """(id, path) of the pages that every page names, and that a search finds."""
    paths = {each["id"]: each["path"] for each in dash.page_registry.values() if not each["path_template"]}
    return [(page, paths[page]) for page in NAVIGATION]
