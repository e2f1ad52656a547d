"""The pages, each a module that registers itself. Adding one is adding a line."""

from __future__ import annotations

from dashboard.pages import (
    about,
    barriers,
    embed,
    opportunities,
    overview,
    partnerships,
    present,
    programs,
    report,
    research,
    sources,
    states,
)

# in the order of the navigation
PAGES = (
    overview,
    barriers,
    partnerships,
    opportunities,
    programs,
    states,
    research,
    sources,
    about,
    report,
    present,
    embed,
)
