"""Shares and what may be shown of them, against scipy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from dashboard.charts import View
from dashboard.dataset import Dataset
from dashboard.dataset.answers import count_answers
from dashboard.dataset.records import records
from dashboard.filters import ANSWERS, COUNTRIES, FILTERS, Filter, Filters, Selection, apply_filters
from dashboard.metrics.survey import (
    Thresholds,
    barriers_table,
    newest_wave,
    selected_places,
    shown_wave,
    suppress,
    wilson,
)

ViewOf = Callable[[str], View]


def rows_of(view: View, wave: str) -> list[dict[str, Any]]:
    table = barriers_table(view.dataset, view.selection, thresholds=Thresholds())
    return records(table[table["wave"] == wave])


@given(base=st.integers(1, 5000), part=st.floats(0, 1))
def test_wilson_is_scipys(base: int, part: float) -> None:
    count = round(base * part)
    theirs = binomtest(count, base).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson(count, base) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(base=st.integers(1, 5000), part=st.floats(0, 1))
def test_the_share_lies_in_its_interval(base: int, part: float) -> None:
    count = round(base * part)
    low, high = wilson(count, base)
    assert 0 <= low <= count / base <= high <= 1


@pytest.mark.parametrize(("count", "base"), [(1, 0), (-1, 5), (6, 5)])
def test_there_is_no_share_of_nothing(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(count, base)


@pytest.mark.parametrize(
    ("base", "shown", "has_count", "has_share"),
    [
        (0, "hidden", False, False),
        (4, "hidden", False, False),
        (5, "count", True, False),
        (9, "count", True, False),
        (10, "yes", True, True),
    ],
)
def test_small_groups_are_held_back(base: int, shown: str, has_count: bool, has_share: bool) -> None:
    cells = suppress(min(2, base), base, Thresholds(), answered=base)
    assert cells[-1] == shown
    assert (cells[0] is not None, cells[2] is not None) == (has_count, has_share)


def test_another_base_shows_no_more() -> None:
    assert suppress(2, 40, Thresholds(), answered=4)[-1] == "hidden"
    assert suppress(2, 40, Thresholds(), answered=9) == (2, 40, None, None, None, "count")
    assert suppress(2, 40, Thresholds(), answered=10)[2] == 2 / 40


def test_the_base_is_those_who_answered() -> None:
    answers = pd.DataFrame(
        [
            ("a", "x", "yes"),
            ("a", "y", "no"),
            ("b", "x", "no"),
            ("b", "y", "no"),
            ("c", "x", ""),
            ("c", "y", ""),
        ],
        columns=["respondent", "option", "answer"],
    )
    counts = count_answers(answers.assign(wave="1", question="q", region="", us_state=""))["1"]
    ticked = {option: int(table.sum()) for (_, option), table in counts.ticked.items() if table.any()}
    assert (counts.answered["q"].sum(), ticked) == (2, {"x": 1})


def test_the_newest_wave_at_or_before_the_year(dataset: Dataset) -> None:
    def found(year: int) -> str | None:
        wave = newest_wave(dataset.sample, year)
        return wave.id if wave else None

    assert [found(year) for year in (2002, 2003, 2009, 2010, 2026)] == [None, "2003", "2006", "2010", "2024"]


def test_a_year_shows_the_wave_chosen_or_else_the_newest(dataset: Dataset) -> None:
    def shown(wave: str | None, year: int) -> str | None:
        found = shown_wave(dataset, Selection("documented", wave=wave, is_sample=True), year)
        return found.id if found else None

    assert [shown(None, year) for year in (2002, 2003, 2026)] == [None, "2003", "2024"]
    assert [shown("2010", year) for year in (2002, 2003, 2026)] == ["2010"] * 3
    assert shown("1999", 2026) is None


def test_the_sample_is_counted_from_its_rows(dataset: Dataset, view_of: ViewOf) -> None:
    """An independent count in plain Python of one region and wave."""
    view = view_of("?sample=1&region=Western+Asia&wave=2018")
    rows = [
        row
        for row in dataset.sample.answers.to_dict("records")
        if row["wave"] == "2018" and row["region"] == "Western Asia" and row["question"] == "barriers"
    ]
    answered = {row["respondent"] for row in rows if row["answer"]}
    ticked = {row["respondent"] for row in rows if row["option"] == "visas" and row["answer"] == "yes"}
    found = next(row for row in rows_of(view, "2018") if row["option"] == "visas")
    assert (found["count"], found["base"]) == (len(ticked), len(answered))
    assert found["share"] == pytest.approx(len(ticked) / len(answered))


@pytest.mark.parametrize("each", FILTERS, ids=lambda each: each.name)
def test_answers_obey_every_filter_that_looks_at_them(dataset: Dataset, each: Filter) -> None:
    """What is shown under a filter is what is counted in the rows that pass it alone; a filter that answers cannot
    obey changes nothing."""
    answers = dataset.sample.answers
    answers = answers[answers["question"] == "barriers"]
    compared = 0
    for option in each.list_options(dataset):
        values = [option.value]
        if each.name == "country":
            countries = apply_filters(dataset.countries, Filters.of(country=values), COUNTRIES)
            values = countries["region"].tolist()
        passing = answers[each.mask(answers, values, ANSWERS)] if ANSWERS in each.columns else answers
        bases = passing[passing["answer"] != ""].groupby("wave")["respondent"].nunique()
        counts = passing[passing["answer"] == "yes"].groupby(["wave", "option"]).size()
        selection = Selection("documented", Filters.of(**{each.name: option.value}), is_sample=True)
        rows = records(barriers_table(dataset, selection, thresholds=Thresholds()))
        for row in rows:
            if row["shown"] in {"yes", "count", "nobody"}:
                assert row["base"] == bases.get(row["wave"], 0)
            if row["shown"] in {"yes", "count"}:
                assert row["count"] == counts.get((row["wave"], row["option"]), 0)
                compared += 1
    assert compared


def test_filters_take_in_the_places_that_pass_all_of_them(dataset: Dataset) -> None:
    assert selected_places(dataset, Filters()).regions is None
    places = selected_places(dataset, Filters.of(region="Western Asia", state="TX"))
    assert (places.regions, places.states) == (frozenset({"Western Asia"}), frozenset({"TX"}))
    assert selected_places(dataset, Filters.of(region="nowhere", state="TX")).regions == frozenset()


def test_shares_come_largest_first(view_of: ViewOf) -> None:
    shares = [row["share"] for row in rows_of(view_of("?sample=1"), "2006")]
    assert shares == sorted(shares, reverse=True)


def test_a_country_shows_its_region_because_answers_are_kept_by_region(view_of: ViewOf) -> None:
    country, region = view_of("?sample=1&country=TUR"), view_of("?sample=1&region=Western+Asia")
    assert rows_of(country, "2006") == rows_of(region, "2006") != []


def test_themes_have_no_numbers(view_of: ViewOf) -> None:
    rows = rows_of(view_of(""), "2006")
    assert {row["shown"] for row in rows} == {"cited"}
    assert {row["count"] for row in rows} == {row["share"] for row in rows} == {None}


def test_cells_have_the_types_that_are_promised(view_of: ViewOf) -> None:
    for query in ("", "?sample=1", "?sample=1&state=TX"):
        view = view_of(query)
        types = barriers_table(view.dataset, view.selection, thresholds=view.thresholds).dtypes.astype(str).to_dict()
        assert {types[name] for name in ("wave", "question", "option", "label", "shown")} == {"str"}
        assert {types[name] for name in ("count", "base")} == {"Int64"}
        assert {types[name] for name in ("share", "low", "high")} == {"float64"}
