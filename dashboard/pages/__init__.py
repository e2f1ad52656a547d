"""The pages, and which of them an address names. Adding one is adding a line."""

from __future__ import annotations

from dashboard.frames import House
from dashboard.pages import (
    about,
    barriers,
    opportunities,
    overview,
    partnerships,
    present,
    programs,
    research,
    sources,
    states,
)
from dashboard.pages.embed import EMBEDS
from dashboard.pages.page import Asked, Page

# in the order of the navigation
PAGES: tuple[Page, ...] = (
    overview.PAGE,
    barriers.PAGE,
    partnerships.PAGE,
    opportunities.PAGE,
    programs.PAGE,
    states.PAGE,
    research.PAGE,
    sources.PAGE,
    about.PAGE,
    present.PAGE,
    *EMBEDS,
)

__all__ = ["PAGES", "Asked", "Page", "find"]


def find(house: House, address: str) -> tuple[Page, Asked] | None:
    """The page at an address ("/states/TX?year=2000") and what is asked of it; None where there is none."""
    path, mark, query = address.partition("?")
    for page in PAGES:
        if path == page.path:
            return page, Asked(house, "", mark + query)
        if page.has_key is not None and path.startswith(page.path + "/"):
            key = path.removeprefix(page.path + "/")
            if page.has_key(house, key):
                return page, Asked(house, key, mark + query)
    return None
