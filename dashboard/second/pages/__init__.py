"""The pages, each a module that registers itself. Adding one is adding a line."""

from __future__ import annotations

from dashboard.second.pages import barriers, overview, present

# in the order of the navigation
PAGES = (overview, barriers, present)
