"""The menu of program models, success stories, milestones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from dash import Dash, html, register_page
from markupsafe import Markup

from dashboard.components.filter_bar import filter_bar
from dashboard.components.frame import notices, page_frame, paper_line
from dashboard.components.raw_html import RawHtml
from dashboard.context import AppContext
from dashboard.dataset.labels import label_of, labels_of
from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.dataset.spelling import normalize
from dashboard.filters import Selection
from dashboard.metrics.programs import Program, by_sector, by_tag, programs, success_stories
from dashboard.metrics.sources import Source, sources, split_ids
from dashboard.page_request import PageRequest, answer, read_address, read_choice
from dashboard.pages.shared import add_choice_callback, in_words
from dashboard.payload import Contents
from dashboard.strings import Catalog
from dashboard.templating import render

PAGE = "programs"
PATH = "/programs"
CONTENTS = Contents(follows_year=False)
MENU, STORIES = "menu-part", "stories-part"
# spans of years that examples are picked by, the first year of each, the newest first
SPANS = {"2016": 2016, "2015": 2008, "2007": 0}
UNKNOWN = "unknown"
MOST_TAGS, MOST_STORIES = 12, 9
# examples of each sector that are seen before "all" is pressed: one row on a wide screen
MOST_AT_FIRST = 4


@dataclass(frozen=True)
class Milestone:
    """One day of the initiative's history. `date` as recorded ("2007-10"), `is_in_deck`: the deck names it."""

    date: str
    title: str
    detail: str
    sources: Sequence[Source]
    is_in_deck: bool


def register(app: Dash) -> None:
    """Registers the page with Dash, and its callback with an app."""
    register_page(
        __name__,
        path=PATH,
        id=PAGE,
        title=in_words("page.programs.title"),
        description=in_words("app.description"),
        layout=layout,
        headline=headline,
    )
    add_choice_callback(app, PAGE, CONTENTS, select, parts=[MENU, STORIES])


def layout(**query: str | list[str]) -> html.Div:
    """The menu; below it the stories, and the timeline, which no filter changes."""
    request = read_address(query, CONTENTS)
    filtered = [RawHtml(markup, id=part, className="pieces") for part, markup in _parts(request).items()]
    timeline = RawHtml(render_timeline(request.context), className="pieces")
    children = [
        filter_bar(request, has_year=False),
        notices(request),
        paper_line(request),
        html.Div([*filtered, timeline], id="figures", className="pages-column", tabIndex="-1", **{"data-waits": ""}),
    ]
    return page_frame(PAGE, request, children, title=request.context.t("page.programs.title"))


def select(choice: object) -> dict[str, Any]:
    """The examples and stories of a choice."""
    request = read_choice(choice, CONTENTS)
    return answer(request, _parts(request))


def headline(request: PageRequest) -> str:
    """What the page says first: the headline of the menu."""
    context = request.context
    return menu_headline(context.t, programs(context.dataset, request.selection))


def _parts(request: PageRequest) -> dict[str, str]:
    context, selection = request.context, request.selection
    return {MENU: render_menu(context, selection), STORIES: render_stories(context, selection)}


def render_menu(context: AppContext, selection: Selection) -> Markup:
    """The examples that pass the filters, by sector, and what they can be picked by."""
    t, examples = context.t, programs(context.dataset, selection)
    sectors = by_sector(examples)
    by_span = Counter(span_of(each.year) for each in examples)
    picks = [
        (
            "sector",
            t("programs.sector"),
            [(name, label_of(t, "sector", name), count) for name, count in sectors.items()],
        ),
        (
            "tag",
            t("programs.tag"),
            [(name, label_of(t, "tag", name), count) for name, count in islice(by_tag(examples).items(), MOST_TAGS)],
        ),
        (
            "year",
            t("programs.year"),
            [(span, t(f"programs.span.{span}"), by_span[span]) for span in (*SPANS, UNKNOWN) if by_span[span]],
        ),
    ]

    def words_of(each: Program) -> str:
        """What an example is found by: with what its sector and tags are called in the language."""
        words = (each.sector, *each.tags)
        labels = (*labels_of(t, "sector", words[:1]), *labels_of(t, "tag", words[1:]))
        named = [normalize(name) for name, word in zip(labels, words, strict=True) if name != word]
        return " ".join((each.spellings, *named))

    return render(
        "program_menu",
        t,
        headline=menu_headline(t, examples),
        picks=picks,
        groups=[(sector, list(of)) for sector, of in groupby(examples, key=lambda each: each.sector)],
        span_of=span_of,
        words_of=words_of,
        label_of=label_of,
        most_at_first=MOST_AT_FIRST,
    )


def menu_headline(t: Catalog, examples: Sequence[Program]) -> str:
    """How many examples, and of what most are."""
    if not examples:
        return t("programs.none")
    sectors = by_sector(examples)
    first = next(iter(sectors))
    return t(
        "programs.headline",
        count=len(examples),
        sectors=len(sectors),
        first=label_of(t, "sector", first),
        most=sectors[first],
    )


def render_stories(context: AppContext, selection: Selection) -> Markup:
    """The stories of the partnerships that pass the filters."""
    stories = success_stories(context.dataset, selection)
    return render("program_stories", context.t, stories=stories[:MOST_STORIES], is_filtered=bool(selection.filters))


def render_timeline(context: AppContext) -> Markup:
    """The milestones, which no filter changes."""
    return render(
        "timeline",
        context.t,
        milestones=list_milestones(context.dataset),
        untranslated=context.dataset.naming.untranslated,
    )


def list_milestones(dataset: Dataset) -> list[Milestone]:
    """The milestones, oldest first."""
    return [
        Milestone(
            row["date"],
            row["title"],
            row["detail"],
            sources(dataset, split_ids(row["source_ids"])),
            bool(row["deck_words"]),
        )
        for row in records(dataset.tables["milestones"].sort_values("date"))
    ]


def span_of(year: int | None) -> str:
    """The span of years an example is picked by."""
    if year is None:
        return UNKNOWN
    return next(span for span, first in SPANS.items() if year >= first)
