"""Ranks are what the stated reasons and weights make them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.dataset import DOCUMENTED, Dataset
from dashboard.filters import Filters
from dashboard.metrics.advisories import advisory_for
from dashboard.metrics.cities import partner_cities, us_cities
from dashboard.metrics.match import (
    DEFAULT_WEIGHTS,
    MOST_OF_ONE,
    Candidate,
    count_level_4,
    for_community,
    for_partner,
)

REASONS = tuple(DEFAULT_WEIGHTS)
ONLY = {name: {each: int(each == name) for each in REASONS} for name in REASONS}


def houston(dataset: Dataset, basis: str = "sci-2007", **more: object) -> list[Candidate]:
    city = next(city for city in us_cities(dataset).values() if city.name == "Houston")
    return for_community(dataset, dataset.bases[basis], city, **more)  # type: ignore[arg-type]


def test_by_size_alone_the_nearest_in_population_comes_first(dataset: Dataset) -> None:
    found = houston(dataset, weights=ONLY["size"], has_level_4=True)
    best = found[0]
    ratios = [
        min(best.us.population, city.population) / max(best.us.population, city.population)
        for city in partner_cities(dataset).values()
        # its partners are left out
        if city.name not in {"Baku", "Istanbul", "Abu Dhabi"}
    ]
    assert best.reasons[0].value == max(ratios)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_the_country_without_a_partner_is_one_by_the_basis(dataset: Dataset) -> None:
    counted = set(dataset.bases["sci-2007"].rows["country_iso3"])
    for each in houston(dataset, weights=ONLY["opening"], most=200):
        assert each.reasons[1].value == float(each.abroad.country_iso3 not in counted)


def test_the_state_to_learn_from_names_its_partnerships(dataset: Dataset) -> None:
    found = houston(dataset, weights=ONLY["state"], most=60)
    learned = {each.abroad.country_iso3: each.reasons[2] for each in found}
    assert learned["TUR"].value == 1
    assert "Houston–Istanbul" in learned["TUR"].names
    in_region = next(reason for reason in learned.values() if reason.value == 0.5)
    assert in_region.names


def test_shared_sectors_are_of_recorded_programs(dataset: Dataset) -> None:
    programs = dataset.tables["programs"]
    own = set(programs.loc[programs["us_state"] == "TX", "sector"])
    for each in houston(dataset, weights=ONLY["sectors"], most=20):
        theirs = set(programs.loc[programs["country_iso3"] == each.abroad.country_iso3, "sector"])
        reason = each.reasons[3]
        assert set(reason.names) == own & theirs
        assert reason.value == len(own & theirs) / len(own)


def test_travel_is_by_the_level_and_not_knowing_is_neither_good_nor_bad(dataset: Dataset) -> None:
    values = {1: 1, 2: 2 / 3, 3: 1 / 3, 4: 0}
    for each in houston(dataset, most=500, has_level_4=True):
        travel = each.reasons[4]
        if travel.advisory is None:
            assert travel.value is None
            others = replace(each, reasons=each.reasons[:4])
            assert each.score == others.score
        else:
            assert travel.advisory.level is not None
            assert travel.value == pytest.approx(values[travel.advisory.level])
    unknown = {each.abroad.country_iso3 for each in houston(dataset, most=500) if each.reasons[4].value is None}
    assert {"ESH", "MYT"} <= unknown <= {"ESH", "MYT", "PSE"}


def test_level_4_is_left_out_and_counted_unless_asked_for(dataset: Dataset) -> None:
    city = next(city for city in us_cities(dataset).values() if city.name == "Houston")
    basis = dataset.bases["sci-2007"]
    level_4 = [
        other
        for other in partner_cities(dataset).values()
        if (advisory := advisory_for(dataset, other)) is not None and advisory.level == 4
    ]
    assert count_level_4(dataset, basis, city) == len(level_4) > 100
    assert {"AFG", "SYR", "YEM", "IRQ"} <= {each.country_iso3 for each in level_4}
    assert not {each.abroad.id for each in houston(dataset, most=500)} & {each.id for each in level_4}
    assert "SYR" in {each.abroad.country_iso3 for each in houston(dataset, most=500, has_level_4=True)}
    only = Filters.of(region="Western Asia")
    assert 0 < count_level_4(dataset, basis, city, filters=only) < len(level_4)


def test_palestine_has_the_levels_of_its_parts_as_published(dataset: Dataset) -> None:
    cities = {city.name: city for city in partner_cities(dataset).values() if city.country_iso3 == "PSE"}
    found = {name: advisory_for(dataset, city) for name, city in cities.items()}
    levels = {name: advisory.level if advisory else None for name, advisory in found.items()}
    assert (levels["Gaza"], levels["Nablus"], levels["East Jerusalem"]) == (4, 3, None)


def test_partners_it_has_are_left_out_and_no_country_fills_the_list(dataset: Dataset) -> None:
    found = houston(dataset, weights=ONLY["state"], most=500)
    assert not {"Istanbul", "Baku", "Abu Dhabi"} & {each.abroad.name for each in found}
    countries = [each.abroad.country_iso3 for each in found]
    assert max(map(countries.count, countries)) == MOST_OF_ONE


def test_regions_narrow_the_list(dataset: Dataset) -> None:
    assert {each.abroad.region for each in houston(dataset, filters=Filters.of(region="Western Asia"))} == {
        "Western Asia"
    }


def test_from_abroad_only_communities_without_a_partnership(dataset: Dataset) -> None:
    basis = dataset.bases[DOCUMENTED]
    doha = next(city for city in partner_cities(dataset).values() if city.name == "Doha")
    found = for_partner(dataset, basis, doha)
    communities = set(basis.rows["community"])
    assert found
    assert not {f"{each.us.name}|{each.us.state}" for each in found} & communities
    states = [each.us.state for each in found]
    assert max(map(states.count, states)) <= MOST_OF_ONE


def test_without_any_weight_the_score_is_nothing(dataset: Dataset) -> None:
    assert {each.score for each in houston(dataset, weights=dict.fromkeys(REASONS, 0))} == {0.0}


@pytest.fixture(scope="module")
def one(dataset: Dataset) -> Candidate:
    return houston(dataset)[0]


@settings(max_examples=100)
@given(
    values=st.lists(st.none() | st.floats(0, 1), min_size=len(REASONS), max_size=len(REASONS)),
    weights=st.lists(st.integers(0, 5), min_size=len(REASONS), max_size=len(REASONS)),
)
def test_a_score_stays_between_0_and_100_and_rises_with_each_reason(
    one: Candidate, values: list[float | None], weights: list[int]
) -> None:
    reasons = tuple(
        replace(reason, value=value, weight=weight)
        for reason, value, weight in zip(one.reasons, values, weights, strict=True)
    )
    score = replace(one, reasons=reasons).score
    assert 0 <= score <= 100 + 1e-9
    better = tuple(replace(reason, value=1.0 if reason.value is not None else None) for reason in reasons)
    assert replace(one, reasons=better).score >= score - 1e-9


def test_the_usual_weights_are_of_the_reasons(one: Candidate) -> None:
    assert [reason.name for reason in one.reasons] == list(DEFAULT_WEIGHTS)
    assert [reason.weight for reason in one.reasons] == list(DEFAULT_WEIGHTS.values())
