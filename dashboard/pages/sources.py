"""What everything rests on: how far the count is known, which sources disagree, how figures are counted, whose work
is used, and every source with what rests on it."""

from __future__ import annotations

from dash import html

from dashboard.components import shell
from dashboard.components.card import table_card
from dashboard.components.sources import counted_list, credits
from dashboard.frames import Contents
from dashboard.pages.bar import filter_bar
from dashboard.pages.figures import CARDS
from dashboard.pages.page import Asked, Page, Pieces

CHARTS_HERE = ("coverage", "conflicts", "sources")


def body(asked: Asked) -> Pieces:
    """Three tables that the frames fill, and what is the same for every selection."""
    words = asked.house.words
    cards = [
        table_card(words, "coverage"),
        table_card(words, "conflicts"),
        counted_list([*CARDS, *CHARTS_HERE], words),
        credits(words),
        table_card(words, "sources"),
    ]
    return [
        filter_bar(asked),
        shell.notices(words),
        shell.paper_line(words),
        html.Div(cards, className="stack", id="figures", tabIndex="-1"),
    ]


PAGE = Page(id="sources", path="/sources", contents=Contents(charts=CHARTS_HERE), body=body)
