"""Where next: countries without a partnership, matches with their reasons, the shortlist."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.components.advisories import advisory_line, advisory_marks, advisory_text, official_page
from dashboard.components.lists import nothing
from dashboard.components.sheet import sheet
from dashboard.dataset.problems import shorten
from dashboard.dataset.records import records
from dashboard.metrics.advisories import Advisory
from dashboard.metrics.cities import PartnerCity, UsCity
from dashboard.metrics.match import LEAST_WEIGHT, MOST_WEIGHT, Candidate, Reason
from dashboard.strings import Words

if TYPE_CHECKING:
    import pandas as pd

MOST_NAMES = 3
# letters of the areas of another level that a reason names; the panel of the country has all
LONGEST_AREAS = 120


def opening_list(
    words: Words,
    table: pd.DataFrame,
    cities: Mapping[str, Sequence[PartnerCity]],
    advisories: Mapping[str, Sequence[Advisory]],
    *,
    basis_label: str,
) -> list[Component]:
    """The countries of `openings_table`, by region, with their largest cities and advisories (both by country)."""
    if table.empty:
        return [nothing(words("openings.none"))]
    groups = [
        html.Section(
            [
                html.H3([region, html.Small(f" {len(rows)}")]),
                html.Ul(
                    [
                        _opening(words, row, cities.get(code, ()), advisories.get(code, ()))
                        for row in records(rows)
                        for code in (row["country_iso3"],)
                    ],
                    className="openings",
                ),
            ]
        )
        for region, rows in table.groupby("region", sort=False)
    ]
    return [
        html.Div(
            groups,
            className="opening-groups",
            tabIndex="0",
            role="group",
            **{"aria-label": words("openings.list", basis=basis_label)},
        )
    ]


def _opening(
    words: Words, row: Mapping[str, Any], cities: Sequence[PartnerCity], advisories: Sequence[Advisory]
) -> html.Li:
    marks = [html.Span(words("openings.pew"), className="mark")] if row["is_pew"] == "yes" else []
    marks += [html.Span(words("openings.oic"), className="mark")] if row["is_oic"] == "yes" else []
    if row["documented"]:
        marks.append(html.Span(words("openings.documented", count=row["documented"]), className="mark strong"))
    marks += advisory_marks(words, advisories, row["country"])
    links = [
        html.A(
            [city.name, html.Small(f" {city.population:,}")],
            href=f"/opportunities?partner={city.id}#card-match",
            title=words("openings.find_us", city=city.name),
            **{"data-keeps-view": f"partner={city.id}&community="},
        )
        for city in cities
    ]
    return html.Li([html.B(row["country"]), *marks, html.Div(links, className="cities")])


def city_box(words: Words, *, name: str, label: str, kind: str, value: str) -> html.Div:
    """A box that searches the cities of one kind in the search index and puts the chosen one's id into the address."""
    return html.Div(
        [
            html.Label(label, htmlFor=f"ask-{name}"),
            dbc.Input(id=f"ask-{name}", type="text", autocomplete="off", placeholder=words("match.type"), value=value),
        ],
        className="ask-city",
        **{"data-search": kind, "data-puts": name},
    )


def weights(words: Words, now: Mapping[str, int]) -> html.Fieldset:
    """A slider for each reason, from `LEAST_WEIGHT` to `MOST_WEIGHT`."""
    sliders = [
        html.Div(
            [
                html.Label(words(f"match.reason.{name}"), htmlFor=f"weight-{name}"),
                dbc.Input(
                    id=f"weight-{name}",
                    type="range",
                    min=LEAST_WEIGHT,
                    max=MOST_WEIGHT,
                    step=1,
                    value=value,
                    debounce=True,
                ),
                html.Span(f"{value}", className="weight", **{"aria-hidden": "true"}),
            ],
            className="weight-row",
        )
        for name, value in now.items()
    ]
    return html.Fieldset(
        [html.Legend(words("match.weights")), *sliders], className="weights", **{"data-ask-list": "weights"}
    )


def level_select(words: Words, *, has_level_4: bool) -> html.Div:
    """Whether cities at level 4 are among the matches; it goes into the address."""
    options = [
        {"value": "1-3", "label": words("match.levels_out")},
        {"value": "all", "label": words("match.levels_in")},
    ]
    return html.Div(
        [
            html.Label(words("match.levels"), htmlFor="ask-travel"),
            dbc.Select(id="ask-travel", options=options, value="all" if has_level_4 else "1-3"),
        ],
        className="select",
        **{"data-ask": "travel"},
    )


def left_out(words: Words, count: int, *, as_of: str, has_level_4: bool) -> list[Component]:
    """How many cities are left out for their level, or that they are there."""
    if not count:
        return []
    said = (
        words("match.levels_in_now") if has_level_4 else words("match.left_out", count=count, as_of=words.date(as_of))
    )
    return [html.P(said, className="subline")]


def advisory_of(words: Words, advisory: Advisory, city: PartnerCity) -> list[Component]:
    """The advisory for a city abroad that somebody chose, above its matches."""
    return advisory_text(words, [advisory], city.country)


def match_list(
    words: Words,
    matches: Sequence[Candidate],
    city: UsCity | PartnerCity,
    *,
    basis_label: str,
    asides: Sequence[Component] = (),
) -> list[Component]:
    """The ranked candidates for a city, each with its reasons in words. `asides` stand before the list."""
    is_outward = isinstance(city, UsCity)
    items = [_candidate(words, each, rank, is_outward=is_outward) for rank, each in enumerate(matches, start=1)]
    return [
        html.H3(_match_headline(words, matches, city), className="match-headline"),
        html.P(words("match.how", basis=basis_label), className="subline"),
        *asides,
        html.Ol(items, className="matches") if items else nothing(words("match.nothing")),
    ]


def match_example(
    words: Words, matches: Sequence[Candidate], city: UsCity, *, basis_label: str, asides: Sequence[Component] = ()
) -> list[Component]:
    """What a match looks like before a city is chosen: the first for one city, and the way to all of them."""
    link = html.A(
        words("match.example_link", city=city.full_name),
        href=f"/opportunities?community={city.id}#card-match",
        className="link",
        **{"data-keeps-view": f"community={city.id}&partner="},
    )
    example = html.P([html.B(words("match.example")), " ", link], className="prose")
    return [example, *match_list(words, matches, city, basis_label=basis_label, asides=asides)]


def _candidate(words: Words, each: Candidate, rank: int, *, is_outward: bool) -> html.Li:
    name = each.abroad.full_name if is_outward else each.us.full_name
    people = each.abroad.population if is_outward else each.us.population
    reasons = [reason for reason in each.reasons if reason.weight]
    lines = [html.Li(_reason(words, each, reason)) for reason in reasons]
    kept = {
        "us": each.us.full_name,
        "abroad": each.abroad.full_name,
        "score": round(each.score),
        "why": "; ".join(_words_of(words, each, reason) for reason in reasons),
    }
    has = [html.Span(words("match.has", count=len(each.partnerships)), className="mark")] if each.partnerships else []
    save = html.Button(
        words("match.save"),
        type="button",
        className="button",
        **{"data-keep": json.dumps(kept, ensure_ascii=False), "aria-label": words("match.save_of", name=name)},
    )
    head = html.Div(
        [
            html.Span(f"{rank}", className="rank"),
            html.B(name),
            html.Small(words("match.people", people=f"{people:,}")),
            *has,
            html.Span(words("match.score", score=round(each.score)), className="score"),
            save,
        ],
        className="match-head",
    )
    return html.Li([head, html.Ul(lines, className="reasons")])


def _reason(words: Words, each: Candidate, reason: Reason) -> list[Component]:
    if reason.value is None:
        return [
            html.I(className="bar", style={"--part": "0"}, **{"aria-hidden": "true"}),
            html.Span(_words_of(words, each, reason)),
            html.Small(words("match.unknown_value")),
        ]
    sign = words("match.value", value=f"{reason.value:.2f}", weight=reason.weight)
    return [
        html.I(className="bar", style={"--part": f"{reason.value:.3f}"}, **{"aria-hidden": "true"}),
        html.Span([_words_of(words, each, reason), *_page_of(words, each, reason)]),
        html.Small(sign),
    ]


def _page_of(words: Words, each: Candidate, reason: Reason) -> list[Component | str]:
    """The official page of the advisory that a reason rests on."""
    if reason.advisory is None or not reason.advisory.address:
        return []
    tip = words("advisory.page_of", place=reason.advisory.place or each.abroad.country)
    return [" ", official_page(words("advisory.page"), reason.advisory, tip=tip)]


def _words_of(words: Words, each: Candidate, reason: Reason) -> str:
    """A reason as a sentence."""
    if reason.name == "size":
        return words("match.size", us=f"{each.us.population:,}", abroad=f"{each.abroad.population:,}")
    if reason.name == "opening":
        return words("match.open" if reason.value else "match.not_open", country=each.abroad.country)
    if reason.name == "state":
        place = each.abroad.country if reason.value == 1 else each.abroad.region
        if not reason.names:
            return words("match.state_none", state=each.us.state_name, region=each.abroad.region)
        return words("match.state", state=each.us.state_name, place=place, names=_some(words, reason.names))
    if reason.name == "travel":
        if reason.advisory is None:
            return words("match.travel_unknown", name=each.abroad.name)
        line, areas = advisory_line(words, reason.advisory), reason.advisory.areas
        if not areas:
            return words("match.travel", line=line)
        return words("match.travel_areas", line=line, areas=shorten(areas, LONGEST_AREAS))
    if not reason.names:
        return words("match.sectors_none", state=each.us.state_name, country=each.abroad.country)
    return words(
        "match.sectors", names=words.listing(reason.names), state=each.us.state_name, country=each.abroad.country
    )


def _some(words: Words, names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMES:
        return words.listing(names)
    return words("match.and_more", names=words.listing(names[:MOST_NAMES]), count=len(names) - MOST_NAMES)


def _match_headline(words: Words, matches: Sequence[Candidate], city: UsCity | PartnerCity) -> str:
    """A sentence that names the best."""
    if not matches:
        return words("match.headline_none", city=city.full_name)
    best = [(each.abroad if isinstance(city, UsCity) else each.us).short_name for each in matches[:3]]
    return words("match.headline", city=city.full_name, names=words.listing(best))


def shortlist(words: Words) -> html.Section:
    """What was saved in this browser; the script fills it."""
    columns = ("us", "abroad", "score", "why")
    box = html.Div(
        id="shortlist",
        **{
            "data-shortlist": "",
            "data-columns": json.dumps([[name, words(f"shortlist.{name}")] for name in columns]),
            "data-empty": words("shortlist.empty"),
            "data-remove": words("filter.remove", name="{name}"),
            "data-saved": words("shortlist.saved"),
            "data-headline": words("shortlist.headline", number="{number}"),
            "data-none": words("shortlist.none"),
            "data-source": words("shortlist.source"),
        },
    )
    save = html.Button(words("list.csv"), type="button", className="button", **{"data-shortlist-csv": "shortlist.csv"})
    book = html.Button(
        words("list.xlsx"),
        type="button",
        className="button",
        **{"data-shortlist-xlsx": "/export/shortlist.xlsx", "data-failed": words("take.file_failed")},
    )
    return sheet("shortlist", words("shortlist.none"), [box], acts=[save, book], note=words("shortlist.note"))


def goal_inputs(words: Words, *, target: int, by: int, most: int, years: tuple[int, int]) -> html.Div:
    """Target and year, which go into the address; a target up to `most`, a year from the first to the last of
    `years`."""
    return html.Div(
        [
            html.Div(
                [
                    html.Label(words(f"pace.{name}"), htmlFor=f"ask-{name}"),
                    dbc.Input(id=f"ask-{name}", type="number", min=low, max=high, step=1, value=value, debounce=True),
                ],
                **{"data-ask": name},
            )
            for name, value, (low, high) in (("target", target, (1, most)), ("by", by, years))
        ],
        className="goal",
    )


def openings_legend(words: Words) -> html.Div:
    """What the colours of the map of openings mean."""
    items = [
        html.Span([html.I(className=look), words(f"openings.legend.{name}")], className="item")
        for look, name in (("open", "open"), ("partner", "partner"), ("land", "outside"))
    ]
    return html.Div(items, className="legend")
