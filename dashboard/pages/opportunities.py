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
from dashboard.metrics.cities import PartnerCity, UsCity, partner_cities, us_cities
from dashboard.metrics.match import DEFAULT_WEIGHTS, LEAST_WEIGHT, MOST_WEIGHT, for_community, for_partner
from dashboard.metrics.openings import openings
from dashboard.pages.bar import filter_bar
from dashboard.pages.page import Asked, Page, Pieces
from dashboard.strings import Words

OPENINGS, MATCH = "openings-part", "match-part"


def body(asked: Asked) -> Pieces:
    """The map beside its list, the match over the whole width, then the pace beside the shortlist."""
    words = asked.house.words
    made = parts(asked)
    us, abroad = _city(asked)
    weights = weights_of(asked.selection.ask("weights"))
    now, aim = pace.asked(asked.house.view(asked.selection))
    match = sheet(
        "match",
        words("match.title"),
        [
            html.Div(
                [
                    html.Div([_cities_asked(words, us, abroad), pieces.weights(words, weights)]),
                    html.Div(made[MATCH], id=MATCH, **{"data-part": "", "aria-live": "polite"}),
                ],
                className="asked",
            )
        ],
        note=words("match.note"),
        source=[html.Span(words("match.source"))],
    )
    listed = sheet(
        "opening-list",
        words("openings.list_title"),
        [html.Div(made[OPENINGS], id=OPENINGS, **{"data-part": ""})],
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


def _cities_asked(words: Words, us: UsCity | None, abroad: PartnerCity | None) -> html.Div:
    """Two boxes: for which U.S. community, or for which city abroad."""
    boxes = [
        pieces.asked_city(words, name=name, label=label, kind=kind, shown=city.full_name if city else "")
        for name, label, kind, city in (
            ("community", words("match.community"), "us_city", us),
            ("partner", words("match.partner"), "city", abroad),
        )
    ]
    return html.Div(boxes, className="ask-row")


def parts(asked: Asked) -> Mapping[str, Pieces]:
    """The list of openings, and the matches of the city that the address names."""
    house, selection = asked.house, asked.selection.without_year()
    found = openings(house.dataset, selection)
    label = house.basis_label(selection.basis)
    return {
        OPENINGS: [stacked(*pieces.opening_list(house.words, found, basis_label=label))],
        MATCH: [stacked(*_matches(asked, label))],
    }


def weights_of(text: str) -> dict[str, int]:
    """Weights from an address ("3-2-2-1"), in the order of the reasons; the usual ones where it says nothing else."""
    given = text.split("-")
    if len(given) != len(DEFAULT_WEIGHTS) or not all(part.isascii() and part.isdigit() for part in given):
        return dict(DEFAULT_WEIGHTS)
    return {
        name: min(max(int(part), LEAST_WEIGHT), MOST_WEIGHT) for name, part in zip(DEFAULT_WEIGHTS, given, strict=True)
    }


def _city(asked: Asked) -> tuple[UsCity | None, PartnerCity | None]:
    dataset, selection = asked.house.dataset, asked.selection
    return (
        us_cities(dataset).get(selection.ask("community")),
        partner_cities(dataset).get(selection.ask("partner")),
    )


def _matches(asked: Asked, label: str) -> list[Component]:
    house, selection = asked.house, asked.selection
    dataset, words = house.dataset, house.words
    basis, weights = dataset.bases[selection.basis], weights_of(selection.ask("weights"))
    us, abroad = _city(asked)
    if not (us or abroad):
        text = "match.unknown" if selection.ask("community") or selection.ask("partner") else "match.start"
        return [html.P(words(text), className="prose")]
    made: list[Component] = []
    if us:
        found = for_community(dataset, basis, us, weights=weights, regions=selection.regions)
        made += pieces.match_list(
            words, found, headline=pieces.match_headline(words, found, us), is_outward=True, basis_label=label
        )
    if abroad:
        found = for_partner(dataset, basis, abroad, weights=weights)
        made += pieces.match_list(
            words, found, headline=pieces.match_headline(words, found, abroad), is_outward=False, basis_label=label
        )
    return made


PAGE = Page(
    id="opportunities",
    path="/opportunities",
    contents=Contents(charts=("openings", "pace")),
    body=body,
    parts=parts,
)
