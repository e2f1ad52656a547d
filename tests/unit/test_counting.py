"""Counting at every year, against counting one row at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.counting import (
    begun_by_year,
    build_events,
    count_by_year,
    distinct_by_year,
    first_years,
    total_by_year,
    yearly_table,
)
from dashboard.dataset.records import Coded

COUNTS = ("dated", "undated", "maybe", "partnerships", "upper")
YEARS = range(1990, 2001)
YEAR = st.integers(1985, 2005)
COUNTRIES = ["AAA", "BBB", "CCC"]
TEXTS = {"country_iso3": COUNTRIES, "community": ["x|TX", "y|NY", ""]}


@st.composite
def a_row(draw: st.DrawFn) -> dict[str, Any]:
    is_dated = draw(st.booleans())
    begins = draw(YEAR)
    return {
        **{name: draw(st.sampled_from(values)) for name, values in TEXTS.items()},
        "start_year": begins if is_dated else None,
        "known_by": None if is_dated else begins,
        "end_year": draw(st.none() | st.integers(1985, 2005)),
    }


ROWS = st.lists(a_row(), max_size=25)


def events_of(rows: list[dict[str, Any]]) -> Coded:
    """The events of rows as a basis has them."""
    table = pd.DataFrame(rows, columns=[*TEXTS, "start_year", "known_by", "end_year"])
    table = table.astype(dict.fromkeys(("start_year", "known_by", "end_year"), "Int16"))
    for name, values in TEXTS.items():
        table[name] = pd.Categorical(table[name], categories=values)
    table = table.assign(id=[str(at) for at in range(len(rows))], position=range(len(rows)), source_ids="")
    return build_events(table, first_year=YEARS[0])


def has_not_ended(row: dict[str, Any], year: int) -> bool:
    return row["end_year"] is None or year < row["end_year"]


def dated(row: dict[str, Any], year: int) -> bool:
    return row["start_year"] is not None and row["start_year"] <= year and has_not_ended(row, year)


def undated(row: dict[str, Any], year: int) -> bool:
    return row["start_year"] is None and row["known_by"] <= year and has_not_ended(row, year)


def maybe(row: dict[str, Any], year: int) -> bool:
    return row["start_year"] is None and row["known_by"] > year and has_not_ended(row, year)


@settings(max_examples=150)
@given(rows=ROWS, since=st.lists(YEAR, min_size=len(YEARS), max_size=len(YEARS)))
def test_counting_at_every_year_is_counting_row_by_row(rows: list[dict[str, Any]], since: list[int]) -> None:
    """All ways to count, of the same rows: to draw them and to make events of them is most of the time."""
    events = events_of(rows)
    counts_are_those_of_counting_row_by_row(rows, events)
    upper_is_never_less_and_nothing_is_counted_twice(rows, events)
    communities_are_counted_once(rows, events)
    the_parts_add_up_to_the_whole(events)
    begun_since_is_counting_row_by_row(rows, events, since)
    first_years_are_those_of_dated_ones(rows, events)


def counts_are_those_of_counting_row_by_row(rows: list[dict[str, Any]], events: Coded) -> None:
    counts = count_by_year(events, YEARS, "country_iso3", ["AAA", "BBB"]).named(COUNTS)
    for count in yearly_table(YEARS, {"country_iso3": ["AAA", "BBB"]}, counts).to_dict("records"):
        of_code = [row for row in rows if row["country_iso3"] == count["country_iso3"]]
        for measure, is_counted in (("dated", dated), ("undated", undated), ("maybe", maybe)):
            assert count[measure] == sum(is_counted(row, count["year"]) for row in of_code)


def upper_is_never_less_and_nothing_is_counted_twice(rows: list[dict[str, Any]], events: Coded) -> None:
    counts = count_by_year(events, YEARS, "country_iso3", COUNTRIES)
    assert (counts.upper >= counts.partnerships).all()
    assert (counts.upper.sum(axis=1) <= len(rows)).all()


def communities_are_counted_once(rows: list[dict[str, Any]], events: Coded) -> None:
    for year, *counted in zip(YEARS, *distinct_by_year(events, YEARS, "community"), strict=True):
        named = [row for row in rows if row["community"]]
        known = {row["community"] for row in named if dated(row, year) or undated(row, year)}
        possible = {row["community"] for row in named if maybe(row, year)}
        assert counted == [len(known), len(known | possible)]


def the_parts_add_up_to_the_whole(events: Coded) -> None:
    """Splitting by country and counting is counting."""
    split, whole = count_by_year(events, YEARS, "country_iso3", COUNTRIES), total_by_year(events, YEARS)
    for name in ("partnerships", "upper"):
        assert np.array_equal(getattr(split, name).sum(axis=1), getattr(whole, name))


def begun_since_is_counting_row_by_row(rows: list[dict[str, Any]], events: Coded, since: list[int]) -> None:
    begun = begun_by_year(events, YEARS, since)
    for number, year, first in zip(begun.tolist(), YEARS, since, strict=True):
        # what began before the first year that is shown is counted from it
        starts = [max(row["start_year"], YEARS[0]) for row in rows if dated(row, year)]
        assert number == sum(start >= max(first, YEARS[0]) for start in starts)


def first_years_are_those_of_dated_ones(rows: list[dict[str, Any]], events: Coded) -> None:
    # one that ended in the year it began leaves no event
    there = [
        row for row in rows if row["start_year"] and not (row["end_year"] and row["end_year"] <= row["start_year"])
    ]
    found = first_years(events)
    for country, year in found.items():
        assert year == min(row["start_year"] for row in there if row["country_iso3"] == country)
    assert set(found) == {row["country_iso3"] for row in there}


def test_a_partnership_that_ends_in_the_year_it_began_never_counts() -> None:
    row = {"country_iso3": "AAA", "community": "", "start_year": 1995, "known_by": None, "end_year": 1995}
    assert count_by_year(events_of([row]), YEARS, "country_iso3", ["AAA"]).partnerships.sum() == 0


def test_events_that_are_alike_are_one() -> None:
    row = {"country_iso3": "AAA", "community": "", "start_year": 1995, "known_by": None, "end_year": None}
    assert events_of([row] * 1000).columns["change"].tolist() == [1000]
