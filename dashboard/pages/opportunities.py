"""Where next: openings on the map and as a list, matches for a city, pace and target, the shortlist."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboard.charts import pace
from dashboard.components import opportunities as pieces
from dashboard.components import shell
from dashboard.components.bind import stacked
from dashboard.components.card import card, plot
from dashboard.components.sheet import sheet
from dashboard.frames import Contents
from dashboard.metrics.advisories import advisories, advisory_for, last_read
from dashboard.metrics.cities import PartnerCity, UsCity, largest_cities, partner_cities, us_cities
from dashboard.metrics.match import (
    DEFAULT_WEIGHTS,
    LEAST_WEIGHT,
    MOST_WEIGHT,
    count_level_4,
    find_example,
    for_community,
    for_partner,
)
from dashboard.metrics.openings import openings_table
from dashboard.pages.bar import filter_bar
from dashboard.pages.page import Asked, Page, Pieces
from dashboard.strings import Words

OPENINGS, MATCH = "openings-part", "match-part"
# how many weights addresses had before travel was a reason
WEIGHTS_BEFORE = 4
# matches of the example that is there before a city is chosen
EXAMPLES = 3


def body(asked: Asked) -> Pieces:
    """The map beside its list, the match over the whole width, then the pace beside the shortlist."""
    words = asked.house.words
    lists = parts(asked)
    us, abroad = _city(asked)
    weights = weights_of(asked.selection.page_param("weights"))
    read = last_read(asked.house.dataset)
    note = [words("match.note"), *([words("advisory.note", as_of=words.date(read.isoformat()))] if read else [])]
    now, aim = pace.pace_and_goal(asked.house.view(asked.selection))
    match = sheet(
        "match",
        words("match.title"),
        [
            html.Div(
                [
                    html.Div(
                        [
                            _city_boxes(words, us, abroad),
                            pieces.weights(words, weights),
                            pieces.level_select(words, has_level_4=_has_level_4(asked)),
                        ]
                    ),
                    html.Div(lists[MATCH], id=MATCH, **{"data-part": "", "aria-live": "polite"}),
                ],
                className="asked",
            )
        ],
        note=" ".join(note),
        source=[html.Span(words("match.source"))],
    )
    listed = sheet(
        "opening-list",
        words("openings.list_title"),
        [html.Div(lists[OPENINGS], id=OPENINGS, **{"data-part": ""})],
        note=words("openings.list_note"),
    )
    goal = pieces.goal_inputs(
        words, target=aim.target, by=aim.year, most=pace.MOST_TARGET, years=pace.years_to_choose(now)
    )
    return [
        filter_bar(asked, has_year=False, has_state=False),
        shell.notices(words),
        shell.paper_line(words),
        html.Div(
            [
                card(words, "openings", [plot("openings"), pieces.openings_legend(words)]),
                listed,
                match,
                card(words, "pace", [goal, plot("pace")]),
                pieces.shortlist(words),
            ],
            className="grid openings-grid",
            id="figures",
            tabIndex="-1",
        ),
    ]


def _city_boxes(words: Words, us: UsCity | None, abroad: PartnerCity | None) -> html.Div:
    """Two boxes: for which U.S. community, or for which city abroad."""
    boxes = [
        pieces.city_box(words, name=name, label=label, kind=kind, value=city.full_name if city else "")
        for name, label, kind, city in (
            ("community", words("match.community"), "us_city", us),
            ("partner", words("match.partner"), "city", abroad),
        )
    ]
    return html.Div(boxes, className="ask-row")


def parts(asked: Asked) -> Mapping[str, Pieces]:
    """The list of openings, and the matches of the city that the address names."""
    house, selection = asked.house, asked.selection.without_year()
    table = openings_table(house.dataset, selection)
    label = house.basis_label(selection.basis)
    listed = pieces.opening_list(
        house.words, table, largest_cities(house.dataset), advisories(house.dataset), basis_label=label
    )
    return {
        OPENINGS: [stacked(*listed)],
        MATCH: [stacked(*_matches(asked, label))],
    }


def weights_of(text: str) -> dict[str, int]:
    """Weights from an address ("3-2-2-1-2"), in the order of the reasons; the usual ones where it says nothing else.
    One of four is from before there was the last reason, which then has its usual weight."""
    given = text.split("-")
    if len(given) == WEIGHTS_BEFORE:
        given.append(str(DEFAULT_WEIGHTS["travel"]))
    if len(given) != len(DEFAULT_WEIGHTS) or not all(part.isascii() and part.isdigit() for part in given):
        return dict(DEFAULT_WEIGHTS)
    return {
        name: min(max(int(part), LEAST_WEIGHT), MOST_WEIGHT) for name, part in zip(DEFAULT_WEIGHTS, given, strict=True)
    }


def _has_level_4(asked: Asked) -> bool:
    return asked.selection.page_param("travel") == "all"


def _city(asked: Asked) -> tuple[UsCity | None, PartnerCity | None]:
    dataset, selection = asked.house.dataset, asked.selection
    return (
        us_cities(dataset).get(selection.page_param("community")),
        partner_cities(dataset).get(selection.page_param("partner")),
    )


def _left_out(asked: Asked, city: UsCity) -> list[Component]:
    """How many cities are no match of a U.S. city for their level."""
    house, selection = asked.house, asked.selection
    read = last_read(house.dataset)
    if read is None:
        return []
    count = count_level_4(house.dataset, house.dataset.bases[selection.basis], city, filters=selection.filters)
    return pieces.left_out(house.words, count, as_of=read.isoformat(), has_level_4=_has_level_4(asked))


def _matches(asked: Asked, label: str) -> list[Component]:
    house, selection = asked.house, asked.selection
    dataset, words = house.dataset, house.words
    basis, weights = dataset.bases[selection.basis], weights_of(selection.page_param("weights"))
    us, abroad = _city(asked)
    filters, is_there = selection.filters, _has_level_4(asked)
    if not (us or abroad):
        is_unknown = selection.page_param("community") or selection.page_param("partner")
        said = html.P(words("match.unknown" if is_unknown else "match.start"), className="prose")
        city = find_example(dataset, basis)
        if city is None:
            return [said]
        matches = for_community(
            dataset, basis, city, weights=weights, filters=filters, has_level_4=is_there, most=EXAMPLES
        )
        return [said, *pieces.match_example(words, matches, city, basis_label=label, asides=_left_out(asked, city))]
    children: list[Component] = []
    if us:
        matches = for_community(dataset, basis, us, weights=weights, filters=filters, has_level_4=is_there)
        children += pieces.match_list(words, matches, us, basis_label=label, asides=_left_out(asked, us))
    if abroad:
        matches = for_partner(dataset, basis, abroad, weights=weights)
        advisory = advisory_for(dataset, abroad)
        asides = pieces.advisory_of(words, advisory, abroad) if advisory else []
        children += pieces.match_list(words, matches, abroad, basis_label=label, asides=asides)
    return children


PAGE = Page(
    id="opportunities",
    path="/opportunities",
    contents=Contents(charts=("openings", "pace")),
    body=body,
    parts=parts,
)
