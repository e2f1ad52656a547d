"""The pace against what an interval means, and by hand."""

from __future__ import annotations

import pytest

from dashboard.dataset import DOCUMENTED, Dataset
from dashboard.filters import Selection
from dashboard.metrics.pace import goal, pace, poisson_interval, recorded_by_year

SCI = Selection("sci-2007")


@pytest.mark.parametrize("count", [0, 1, 2, 5, 23, 69, 250, 1000, 400_000])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_the_ends_of_the_interval_are_the_means_that_just_allow_the_count(count: int, confidence: float) -> None:
    # whichever test is run, the files of all are imported, and this takes a second
    from scipy.stats import poisson

    tail = (1 - confidence) / 2
    low, high = poisson_interval(count, confidence=confidence)
    assert low == 0.0 if count == 0 else poisson.sf(count - 1, low) == pytest.approx(tail, rel=1e-9)
    assert poisson.cdf(count, high) == pytest.approx(tail, rel=1e-9)


def test_the_interval_is_that_of_published_tables() -> None:
    """Garwood (1936), table V: 95 %."""
    assert poisson_interval(0) == pytest.approx((0, 3.69), abs=0.005)
    assert poisson_interval(5) == pytest.approx((1.62, 11.67), abs=0.005)
    assert poisson_interval(30) == pytest.approx((20.24, 42.83), abs=0.005)


def test_the_pace_counts_recorded_starts_only(dataset: Dataset) -> None:
    now = pace(dataset, SCI)
    members = dataset.snapshots[0].members
    ids = members.loc[members["is_member"] == "yes", "partnership_id"]
    years = dataset.partnerships.loc[dataset.partnerships["id"].isin(ids), "start_year"].dropna()
    assert now.starts == int(years.between(2002, 2007).sum())
    assert (now.first, now.last, now.years) == (2002, 2007, 6)
    assert now.rate == now.starts / 6
    assert now.low < now.rate < now.high
    assert (now.counted, now.undated) == (94, 34)


def test_the_year_of_collection_is_not_over(dataset: Dataset) -> None:
    now = pace(dataset, Selection(DOCUMENTED))
    assert now.last == dataset.about.collected.year - 1
    assert now.counted_in == dataset.bases[DOCUMENTED].last_year


def test_recorded_starts_are_those_of_the_pace(dataset: Dataset) -> None:
    now, table = pace(dataset, SCI), recorded_by_year(dataset, SCI)
    assert table["year"].tolist() == list(range(now.first, now.counted_in + 1))
    assert table["starts"].sum() == now.starts
    assert table["recorded"].iloc[-1] == now.counted


def test_a_region_without_a_start_has_no_rate(dataset: Dataset) -> None:
    now = pace(dataset, SCI.having(country="IRN"))
    assert (now.starts, now.rate, now.low) == (0, 0, 0)
    assert now.high > 0
    asked = goal(now, target=10, year=2017)
    assert (asked.missing, asked.needed, asked.times, asked.reached) == (9, 0.9, None, None)


def test_a_goal(dataset: Dataset) -> None:
    now = pace(dataset, SCI)
    asked = goal(now, target=124, year=2017)
    assert (asked.missing, asked.years, asked.needed) == (30, 10, 3.0)
    assert asked.times == pytest.approx(3 / now.rate)
    # 30 at 24/6 a year: within the eighth year
    assert asked.reached == 2015
    assert goal(now, target=50, year=2010).missing == 0
    with pytest.raises(ValueError, match="2007 is not after 2007"):
        goal(now, target=100, year=2007)
