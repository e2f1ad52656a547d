"""Answers by region, by wave and of other questions: the cells of the plain table, put side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import View
from dashboard.charts.base import at_wave, until_year
from dashboard.dataset.records import records
from dashboard.metrics.breakdown import newcombe, others_table, regions_table, waves_table
from dashboard.metrics.findings import published_surveys
from dashboard.metrics.survey import barriers_table

ViewOf = Callable[[str], View]
SAMPLE = "?sample=1&basis=documented"


def regions_of(view: View) -> list[dict[str, Any]]:
    table = regions_table(view.dataset, view.selection, regions=view.regions, thresholds=view.thresholds)
    return records(at_wave(table, view, 2026))


def barriers_of(view: View) -> pd.DataFrame:
    return barriers_table(view.dataset, view.selection, thresholds=view.thresholds)


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        # R. G. Newcombe (1998), table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 20), 0.6791, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_the_published_one(
    cells: tuple[int, int, int, int], low: float, high: float
) -> None:
    assert newcombe(*cells) == pytest.approx((low, high), abs=6e-5)


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_the_difference_lies_in_its_interval(base: int, before_base: int, data: st.DataObject) -> None:
    count, before = data.draw(st.integers(0, base)), data.draw(st.integers(0, before_base))
    low, high = newcombe(count, base, before, before_base)
    assert -1 - 1e-9 <= low <= count / base - before / before_base <= high <= 1 + 1e-9
    assert newcombe(before, before_base, count, base) == pytest.approx((-high, -low))


def test_each_region_says_what_its_own_filter_says(view_of: ViewOf) -> None:
    view = view_of(SAMPLE)
    rows = regions_of(view)
    assert {row["region"] for row in rows} == set(view.regions)
    for region in view.regions:
        alone = view_of(f"{SAMPLE}&region={region.replace(' ', '+')}")
        same = records(at_wave(barriers_of(alone), alone, 2026))
        mine = [
            {name: cell for name, cell in row.items() if name != "region"} for row in rows if row["region"] == region
        ]
        assert mine == same


def test_a_state_shows_no_regions(view_of: ViewOf) -> None:
    assert regions_of(view_of(f"{SAMPLE}&state=TX")) == []


def test_waves_come_one_by_one_and_differ_from_the_first(view_of: ViewOf) -> None:
    view = view_of(SAMPLE)
    table = waves_table(view.dataset, view.selection, thresholds=view.thresholds)
    shown = [until_year(table, view, year) for year in (2002, 2003, 2009, 2026)]
    assert [each["wave"].nunique() for each in shown] == [0, 1, 2, 5]
    rows = records(table)
    first = {row["option"]: row for row in rows if row["year"] == 2003}
    for row in rows:
        if row["year"] == 2003:
            assert row["change"] is None
        elif row["shown"] == "yes":
            assert row["change"] == pytest.approx(row["share"] - first[row["option"]]["share"])
            assert row["change_low"] <= row["change"] <= row["change_high"]


def test_other_questions_are_all_but_the_barriers(view_of: ViewOf) -> None:
    view = view_of(SAMPLE)
    table = others_table(view.dataset, view.selection, thresholds=view.thresholds)
    assert set(at_wave(table, view, 2026)["question"]) == {"wishes"}
    real = view_of("")
    assert others_table(real.dataset, real.selection, thresholds=real.thresholds).empty


def test_published_findings_are_all_there_as_they_were_written(view_of: ViewOf) -> None:
    dataset = view_of("").dataset
    surveys = published_surveys(dataset)
    published = [(each.title, one.question, one.option, one.value) for each in surveys for one in each.findings]
    table = dataset.tables["findings"]
    assert sorted(published) == sorted(
        zip(table["survey"], table["question"], table["option"], table["value"], strict=True)
    )
    assert all(each.sources for each in surveys)
