"""Openings, pace and pairs: headlines say what the numbers say, also at the edges."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from dashboard.charts import CHARTS, View
from dashboard.charts.figures import FIGURES
from dashboard.charts.look import Look
from dashboard.charts.openings.text import OPEN, OUTSIDE, PARTNER
from dashboard.charts.pace import text as pace
from dashboard.charts.pair import text as pair
from dashboard.context import AppContext
from dashboard.filters import parse
from dashboard.payload import Contents, build_payload

ViewOf = Callable[[str], View]


def headline(view: View, chart: str) -> str:
    rows = CHARTS[chart].table(view)
    return CHARTS[chart].headline(rows, view, view.basis.last_year)


@pytest.mark.parametrize(
    ("chart", "query", "sentence"),
    [
        (
            "openings",
            "",
            "31 countries in scope have no partnership on this basis; research has found pairings in 13 of them",
        ),
        (
            "openings",
            "?region=Western+Asia",
            "In Western Asia, 7 countries in scope have no partnership on this basis; "
            "research has found pairings in 1 of them",
        ),
        ("openings", "?region=Central+Asia", "Every country in scope has a partnership on this basis"),
        (
            "pace",
            "?target=142&by=2017",
            "To go from 94 in 2007 to 142 by 2017 takes 4.8 new partnerships a year, 1.2 times the 4.0 on record for 2002–2007",
        ),
        (
            "pace",
            "?target=132&by=2017",
            "To go from 94 in 2007 to 132 by 2017 takes 3.8 new partnerships a year, about the 4.0 on record for 2002–2007",
        ),
        (
            "pace",
            "?target=100&by=2017",
            "To go from 94 in 2007 to 100 by 2017 takes 0.6 new partnerships a year, fewer than the 4.0 on record for 2002–2007",
        ),
        ("pace", "?target=50", "50 partnerships are reached: 94 were on record in 2007"),
        (
            "pace",
            "?country=IRN&target=10&by=2017",
            "To go from 1 in 2007 to 10 by 2017 takes 0.9 new partnerships a year; no start is on record since 2002",
        ),
    ],
)
def test_headlines(view_of: ViewOf, chart: str, query: str, sentence: str) -> None:
    assert headline(view_of(query), chart) == sentence


@pytest.mark.parametrize("query", ["?by=1066", "?by=99999", "?target=0", "?target=-3", "?target=many", "?by=٢٠٣٠"])
def test_a_target_that_is_none_gives_the_nearest_or_the_usual(view_of: ViewOf, query: str) -> None:
    now, aim = pace.pace_and_goal(view_of(query))
    assert now.counted_in < aim.year <= now.counted_in + 100
    assert 1 <= aim.target <= 9999


def test_the_way_to_the_target_ends_at_it_and_the_band_holds_the_pace(view_of: ViewOf) -> None:
    rows = pace.table(view_of("?target=200&by=2030"))
    last = dict(zip(rows["year"], rows["needed"], strict=True))
    assert last[2030] == 200
    assert pd.isna(last[2006])
    for low, middle, high in zip(rows["pace_low"], rows["pace"], rows["pace_high"], strict=True):
        assert pd.isna(middle) or low <= middle <= high
    # what is recorded ends where the projection begins
    assert rows.loc[rows["recorded"].notna(), "year"].max() == 2007


def test_the_map_of_openings_colours_each_country_once(view_of: ViewOf) -> None:
    view = view_of("?region=Western+Asia")
    drawn = FIGURES["openings"](view, Look()).figure["data"][1]
    kinds = dict(zip(drawn["locations"], drawn["z"], strict=True))
    assert len(kinds) == len(drawn["locations"]) == len(view.dataset.countries)
    assert kinds["SAU"] == OPEN
    assert kinds["TUR"] == PARTNER
    assert kinds["NGA"] == OUTSIDE
    assert list(kinds.values()).count(OPEN) == 7


def test_a_pair_is_that_of_the_key(app_context: AppContext) -> None:
    selection = parse("", app_context.choices).selection
    one = app_context.view(selection, "houston-tx--baku-aze")
    assert pair.table(one)["partner_community"].tolist() == ["Baku"]
    assert headline(one, "pair") == "The two cities"
    texas = app_context.view(selection, "TX")
    assert headline(texas, "pair") == "5 of 5 named partnerships on the map"
    assert pair.display_state(pair.table(app_context.view(selection, "")), texas, 2007) == "empty"


@pytest.mark.parametrize(
    ("key", "query", "why", "can_reset"),
    [
        # no filter is chosen that could be taken off
        ("WY", "", "Wyoming has no partnership known by name on this basis", ""),
        ("not-yet-identified-tur-1", "", "0 of 0 named partnerships on the map", ""),
        (
            "TX",
            "?region=Northern+Africa",
            "No partnership matches these filters. Take one off, or choose a later year.",
            "1",
        ),
    ],
)
def test_an_empty_map_of_a_place_says_why(
    app_context: AppContext, key: str, query: str, why: str, can_reset: str
) -> None:
    selection = parse(query, app_context.choices).selection
    texts = build_payload(app_context, selection, Look(), Contents(charts=("pair",)), key).texts
    assert texts["pair.face"] == "empty"
    assert texts["pair.message"] == why
    assert texts["pair.can_reset"] == can_reset
    assert texts["pair.description"] == "0 of 0 named partnerships on the map"
