"""Shares and what may be shown of them, against scipy."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from dashboard.charts import View
from dashboard.dataset import Dataset
from dashboard.dataset.answers import count_answers
from dashboard.metrics.survey import Thresholds, barriers_table, share, wave_at, wilson

ViewOf = Callable[[str], View]


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
    cells = share(min(2, base), base, Thresholds())
    assert cells[-1] == shown
    assert (cells[0] is not None, cells[2] is not None) == (has_count, has_share)


def test_another_base_shows_no_more() -> None:
    assert share(2, 40, Thresholds(), answered=4)[-1] == "hidden"
    assert share(2, 40, Thresholds(), answered=9) == (2, 40, None, None, None, "count")
    assert share(2, 40, Thresholds(), answered=10)[2] == 2 / 40


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
        wave = wave_at(dataset.sample, year)
        return wave.id if wave else None

    assert [found(year) for year in (2002, 2003, 2009, 2010, 2026)] == [None, "2003", "2006", "2010", "2024"]


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
    table = barriers_table(dataset, view.selection).at(2007)
    found = next(row for row in table.rows() if row["option"] == "visas")
    assert (found["count"], found["base"]) == (len(ticked), len(answered))
    assert found["share"] == pytest.approx(len(ticked) / len(answered))


def test_shares_come_largest_first(dataset: Dataset, view_of: ViewOf) -> None:
    shares = list(barriers_table(dataset, view_of("?sample=1").selection).at(2007)["share"])
    assert shares == sorted(shares, reverse=True)


def test_a_country_shows_its_region_because_answers_are_kept_by_region(dataset: Dataset, view_of: ViewOf) -> None:
    country = barriers_table(dataset, view_of("?sample=1&country=TUR").selection).at(2007)
    region = barriers_table(dataset, view_of("?sample=1&region=Western+Asia").selection).at(2007)
    assert list(country.rows()) == list(region.rows())


def test_themes_have_no_numbers(dataset: Dataset, view_of: ViewOf) -> None:
    table = barriers_table(dataset, view_of("").selection).at(2007)
    assert set(table["shown"]) == {"cited"}
    assert set(table["count"]) == set(table["share"]) == {None}
