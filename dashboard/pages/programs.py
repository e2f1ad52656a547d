"""The menu of program models, success stories, milestones."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html

from dashboard.components import programs as pieces
from dashboard.components import shell
from dashboard.components.bind import stacked
from dashboard.dataset.records import records
from dashboard.frames import Contents
from dashboard.metrics.programs import by_sector, by_tag, by_year, programs, success_stories
from dashboard.metrics.sources import Source, sources, split_ids
from dashboard.pages.bar import filter_bar
from dashboard.pages.page import Asked, Page, Pieces
from dashboard.selection import Selection

MENU_PART = "menu-part"
SPANS = ("2016", "2015", "2007", "unknown")
MOST_TAGS = 12


def body(asked: Asked) -> Pieces:
    """The menu; below it stories and timeline, which no filter changes."""
    house = asked.house
    words = house.words
    everything = programs(house.dataset, Selection(house.choices.default_basis))
    below = [
        stacked(pieces.stories(words, success_stories(house.dataset, everything))),
        stacked(pieces.timeline(words, _milestones(asked))),
    ]
    menu = html.Div(parts(asked)[MENU_PART], id=MENU_PART, **{"data-part": ""})
    return [
        filter_bar(asked, has_year=False),
        shell.notices(words),
        shell.paper_line(words),
        html.Div([menu, *below], className="pages-column", id="figures", tabIndex="-1"),
    ]


def parts(asked: Asked) -> Mapping[str, Pieces]:
    """The examples of the regions, the country and the state chosen."""
    house = asked.house
    words = house.words
    found = programs(house.dataset, asked.selection)
    numbers: dict[str, int] = {}
    for year, number in by_year(found).items():
        span = pieces.span_of(year)
        numbers[span] = numbers.get(span, 0) + number
    years = [(span, words(f"programs.span.{span}"), numbers[span]) for span in SPANS if span in numbers]
    tags = dict(list(by_tag(found).items())[:MOST_TAGS])
    return {MENU_PART: [stacked(*pieces.menu(words, found, sectors=by_sector(found), tags=tags, years=years))]}


def _milestones(asked: Asked) -> list[tuple[str, str, str, list[Source], bool]]:
    dataset = asked.house.dataset
    return [
        (
            row["date"],
            row["title"],
            row["detail"],
            sources(dataset, split_ids(row["source_ids"])),
            bool(row["deck_words"]),
        )
        for row in records(dataset.tables["milestones"].sort_values("date"))
    ]


PAGE = Page(id="programs", path="/programs", contents=Contents(), body=body, parts=parts)
