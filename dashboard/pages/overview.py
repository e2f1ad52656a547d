"""The overview: five tiles, map, growth, barriers, countries."""

from __future__ import annotations

from dash import html

from dashboard.components import shell, tiles
from dashboard.frames import OVERVIEW
from dashboard.pages.bar import filter_bar
from dashboard.pages.figures import CARDS, country_parts
from dashboard.pages.page import Asked, Page, Pieces


def body(asked: Asked) -> Pieces:
    """The page without any number: the frames fill it."""
    words = asked.house.words
    left, right = (
        html.Div([CARDS[name](asked) for name in names], className="column")
        for names in (("map", "growth"), ("barriers", "countries"))
    )
    return [
        filter_bar(asked),
        shell.notices(words),
        shell.paper_line(words),
        tiles.strip(words),
        html.Div([left, right], className="grid", id="figures", tabIndex="-1"),
    ]


PAGE = Page(id="overview", path="/", contents=OVERVIEW, body=body, parts=country_parts)
