"""The menu of programs: stories, examples to pick from, the timeline of milestones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dashboard.components.lists import nothing, searched
from dashboard.components.sheet import sheet
from dashboard.components.sources import source_link
from dashboard.metrics.programs import Program, Story
from dashboard.metrics.sources import Source
from dashboard.strings import Words

MENU = "menu"
# of each sector, until all are asked for: one row of a desk
MOST_AT_FIRST = 4


def menu(
    words: Words,
    examples: Sequence[Program],
    *,
    sectors: Mapping[str, int],
    tags: Mapping[str, int],
    years: Sequence[tuple[str, str, int]],
) -> list[Component]:
    """The card of examples. `years` are spans: (value, label, number)."""
    if not examples:
        return [sheet(MENU, words("programs.none"), [nothing(words("card.empty_filters"))])]
    first = next(iter(sectors))
    picks = [
        _picks(words("programs.sector"), [(f"sector:{name}", name, count) for name, count in sectors.items()]),
        _picks(words("programs.tag"), [(f"tag:{name}", name, count) for name, count in tags.items()]),
        _picks(words("programs.year"), [(f"year:{value}", label, count) for value, label, count in years]),
    ]
    groups = [_sector(words, sector, list(of)) for sector, of in groupby(examples, key=lambda each: each.sector)]
    return [
        sheet(
            MENU,
            words("programs.headline", count=len(examples), sectors=len(sectors), first=first, most=sectors[first]),
            [
                searched(words, MENU, label=words("programs.find")),
                *picks,
                html.Div(groups, id=MENU, className="models"),
            ],
            note=words("programs.note"),
        )
    ]


def _sector(words: Words, name: str, of: Sequence[Program]) -> html.Section:
    """The examples of one sector. The first few are seen until all are asked for, or the list is narrowed."""
    more = html.Button(
        words("programs.all", count=len(of)), type="button", className="quiet-link", **{"data-all-of": name}
    )
    return html.Section(
        [
            html.H3([name, html.Small(f" {len(of)}")]),
            html.Ul([_program(words, each) for each in of], className="cardlets"),
            more,
        ],
        **{"data-group": name, "data-most": f"{MOST_AT_FIRST}"},
    )


def _picks(label: str, options: Sequence[tuple[str, str, int]]) -> html.Div:
    buttons = [
        html.Button(
            [name, html.Em(f"{count}")],
            type="button",
            className="chip",
            **{"data-pick": value, "data-of": MENU, "aria-pressed": "false"},
        )
        for value, name, count in options
    ]
    return html.Div([html.B(label), *buttons], className="picks", role="group", **{"aria-label": label})


def _program(words: Words, each: Program) -> html.Li:
    pair: Component | str = each.pair
    if each.partnership:
        pair = html.A(each.pair, href=f"/partnerships/{each.partnership}", **{"data-keeps-view": ""})
    when = f"{each.year}" if each.year else words("registry.unknown")
    values = [f"sector:{each.sector}", *(f"tag:{tag}" for tag in each.tags), f"year:{span_of(each.year)}"]
    return html.Li(
        [
            html.B(each.title),
            html.P(each.summary),
            html.Small([pair, f" · {each.country} · {when}"]),
            html.Small([part for source in each.sources for part in source_link(source, source.name, words)]),
        ],
        **{"data-words": each.spellings, "data-values": "|".join(values)},
    )


def span_of(year: int | None) -> str:
    """The span of years an example is picked by."""
    if year is None:
        return "unknown"
    return "2007" if year <= 2007 else "2015" if year <= 2015 else "2016"


def stories(words: Words, listed: Sequence[Story], *, is_filtered: bool, most: int = 9) -> html.Section:
    """Partnerships with their examples, those of the deck first. `is_filtered`: not all are looked at."""
    items = []
    for story in listed[:most]:
        each = story.entry
        name = html.A(
            f"{each.us_community}–{each.partner_community}", href=f"/partnerships/{each.id}", **{"data-keeps-view": ""}
        )
        since = words("programs.since", year=each.start_year) if each.start_year else words("registry.unknown")
        tag = [html.Span(words("programs.in_deck"), className="mark")] if story.is_in_deck else []
        lines = [html.Li([html.B(one.title), " ", one.summary]) for one in story.programs[:3]]
        body = [html.Ul(lines)] if lines else [html.P(words("programs.no_example"), className="subline")]
        items.append(html.Li([html.H3([name, *tag]), html.Small(since), *body]))
    if not items:
        return sheet("stories", words("programs.stories_none"), [nothing(words("card.empty_filters"))])
    headline = words("programs.stories_filtered" if is_filtered else "programs.stories")
    return sheet("stories", headline, [html.Ul(items, className="cardlets")])


def timeline(words: Words, rows: Sequence[tuple[str, str, str, Sequence[Source], bool]]) -> html.Section:
    """Milestones: (date, title, detail, sources, whether the deck names it), oldest first."""
    items = [
        html.Li(
            [
                html.Time(date, dateTime=date),
                html.Div(
                    [
                        html.B(title),
                        *([html.Span(words("programs.in_deck"), className="mark")] if is_in_deck else []),
                        html.P(detail),
                        html.Small([part for source in cited for part in source_link(source, source.name, words)]),
                    ]
                ),
            ]
        )
        for date, title, detail, cited, is_in_deck in rows
    ]
    return sheet(
        "timeline",
        words("programs.timeline", count=len(items), first=rows[0][0][:4], last=rows[-1][0][:4]),
        [html.Ol(items, className="timeline")],
    )
