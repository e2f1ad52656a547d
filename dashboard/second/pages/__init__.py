"""The pages, each a module that registers itself. Adding one is adding a line."""

from __future__ import annotations

from dashboard.second.pages import about, embed, overview, partnerships, programs, research, sources, states

# in the order of the navigation
PAGES = (overview, partnerships, programs, states, research, sources, about, embed)
