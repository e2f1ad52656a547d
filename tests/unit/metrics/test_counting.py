"""Counting at every year, against counting one row at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.dataset.bases import NEVER
from dashboard.dataset.model import Basis
from dashboard.metrics.counting import count_by
from dashboard.metrics.summary import begun_by_year, distinct_of
from dashboard.selection import Selection

YEARS = range(1990, 2001)
YEAR = st.integers(1985, 2005)


def basis_of(rows: pd.DataFrame) -> Basis:
    """A basis over `YEARS` with these rows, spread over two regions."""
    regions = pd.Categorical([("East", "West")[at % 2] for at in range(len(rows))], categories=["East", "West"])
    communities = rows["community"] if "community" in rows else pd.Series("", index=rows.index)
    return Basis("x", YEARS[0], YEARS[-1], rows.assign(region=regions, community=communities.astype("category")), None)


@st.composite
def a_row(draw: st.DrawFn) -> dict[str, Any]:
    is_dated = draw(st.booleans())
    begins = draw(YEAR)
    return {
        "country_iso3": draw(st.sampled_from(["AAA", "BBB", "CCC"])),
        "community": draw(st.sampled_from(["x|TX", "y|NY", ""])),
        "first_dated": begins if is_dated else NEVER,
        "first_documented": NEVER if is_dated else begins,
        "ended": draw(st.one_of(st.just(NEVER), st.integers(1985, 2005))),
    }


ROWS = st.lists(a_row(), max_size=25)
COLUMNS = ["country_iso3", "community", "first_dated", "first_documented", "ended"]


def dated(row: dict[str, Any], year: int) -> bool:
    return bool(row["first_dated"] <= year < row["ended"])


def undated(row: dict[str, Any], year: int) -> bool:
    return bool(row["first_dated"] == NEVER and row["first_documented"] <= year < row["ended"])


def maybe(row: dict[str, Any], year: int) -> bool:
    return bool(row["first_dated"] == NEVER and row["first_documented"] > year and row["ended"] > year)


@settings(deadline=None)
@given(rows=ROWS)
def test_counts_are_those_of_counting_row_by_row(rows: list[dict[str, Any]]) -> None:
    counts = count_by(pd.DataFrame(rows, columns=COLUMNS), "country_iso3", ["AAA", "BBB"], YEARS)
    for at, year in enumerate(YEARS):
        for group, code in enumerate(["AAA", "BBB"]):
            of_code = [row for row in rows if row["country_iso3"] == code]
            assert counts.dated[at, group] == sum(dated(row, year) for row in of_code)
            assert counts.undated[at, group] == sum(undated(row, year) for row in of_code)
            assert counts.maybe[at, group] == sum(maybe(row, year) for row in of_code)


@settings(deadline=None)
@given(rows=ROWS)
def test_upper_is_never_less_and_nothing_is_counted_twice(rows: list[dict[str, Any]]) -> None:
    table = pd.DataFrame(rows, columns=COLUMNS)
    counts = count_by(table, "country_iso3", ["AAA", "BBB", "CCC"], YEARS)
    assert (counts.upper >= counts.lower).all()
    assert (counts.upper.sum(axis=1) <= len(rows)).all()


@settings(deadline=None)
@given(rows=ROWS)
def test_distinct_communities(rows: list[dict[str, Any]]) -> None:
    lower, upper = distinct_of(basis_of(pd.DataFrame(rows, columns=COLUMNS)), Selection("x"), "community")
    for at, year in enumerate(YEARS):
        known = {row["community"] for row in rows if row["community"] and (dated(row, year) or undated(row, year))}
        possible = {row["community"] for row in rows if row["community"] and maybe(row, year)}
        assert lower[at] == len(known)
        assert upper[at] == len(known | possible)


@settings(deadline=None)
@given(rows=ROWS)
def test_the_parts_add_up_to_the_whole(rows: list[dict[str, Any]]) -> None:
    """Splitting by country and counting is counting."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    split = count_by(table, "country_iso3", ["AAA", "BBB", "CCC"], YEARS)
    whole = count_by(table.assign(all="all"), "all", ["all"], YEARS)
    assert np.array_equal(split.lower.sum(axis=1), whole.lower[:, 0])
    assert np.array_equal(split.upper.sum(axis=1), whole.upper[:, 0])


def test_a_partnership_that_ends_in_the_year_it_began_never_counts() -> None:
    row = pd.DataFrame([{"country_iso3": "AAA", "first_dated": 1995, "first_documented": NEVER, "ended": 1995}])
    assert count_by(row, "country_iso3", ["AAA"], YEARS).lower.sum() == 0


def test_begun_is_a_part_of_the_dated() -> None:
    rows = pd.DataFrame({"first_dated": [1992, 1995, NEVER], "ended": [1994, NEVER, NEVER]})
    begun = begun_by_year(basis_of(rows), Selection("x"), [1992] * len(YEARS))
    assert begun.tolist() == [0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1]
