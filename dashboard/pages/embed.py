"""One card alone, for a frame on another site: /embed/<chart>. Which sites may is a setting (serving/headers.py)."""

from __future__ import annotations

from dash import html

from dashboard.components import shell
from dashboard.frames import Contents
from dashboard.pages.figures import CARDS, country_parts
from dashboard.pages.page import Asked, Page, Pieces, no_parts

PATH = "/embed/"


def _page(chart: str) -> Page:
    def body(asked: Asked) -> Pieces:
        """The card, what it shows in words, and the way to the dashboard."""
        words = asked.house.words
        whole = html.A(words("embed.whole"), href="/", target="_blank", rel="noopener", **{"data-keeps-view": ""})
        foot = html.Footer([shell.paper_line(words), whole], className="embed-foot")
        return [shell.notices(words), CARDS[chart](asked), foot]

    return Page(
        id=f"embed-{chart}",
        path=PATH + chart,
        contents=Contents(charts=(chart,)),
        body=body,
        parts=country_parts if chart == "countries" else no_parts,
        is_bare=True,
        is_in_navigation=False,
    )


EMBEDS = tuple(_page(chart) for chart in CARDS)
