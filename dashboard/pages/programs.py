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

MENU_PART, STORIES_PART = "menu-part", "stories-part"
SPANS = ("2016", "2015", "2007", "unknown")
MOST_TAGS = 12


def body(asked: Asked) -> Pieces:
    """The menu; below it the stories, and the timeline, which no filter changes."""
    words = asked.house.words
    filtered = [html.Div(piece, id=name, **{"data-part": ""}) for name, piece in parts(asked).items()]
    timeline = stacked(pieces.timeline(words, _milestones(asked)))
    return [
        filter_bar(asked, has_year=False),
        shell.notices(words),
        shell.paper_line(words),
        html.Div([*filtered, timeline], className="pages-column", id="figures", tabIndex="-1"),
    ]


def parts(asked: Asked) -> Mapping[str, Pieces]:
    """The examples that pass the filters, and the stories of the partnerships that do."""
    house, selection = asked.house, asked.selection
    words = house.words
    examples = programs(house.dataset, selection)
    stories = pieces.stories(words, success_stories(house.dataset, selection), is_filtered=bool(selection.filters))
    numbers: dict[str, int] = {}
    for year, number in by_year(examples).items():
        span = pieces.span_of(year)
        numbers[span] = numbers.get(span, 0) + number
    years = [(span, words(f"programs.span.{span}"), numbers[span]) for span in SPANS if span in numbers]
    tags = dict(list(by_tag(examples).items())[:MOST_TAGS])
    menu = pieces.menu(words, examples, sectors=by_sector(examples), tags=tags, years=years)
    return {MENU_PART: [stacked(*menu)], STORIES_PART: [stacked(stories)]}


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
