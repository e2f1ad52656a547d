"""Answers by region, by wave and of other questions: the cells of the plain table, put side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import View
from dashboard.metrics.breakdown import newcombe, others_table, regions_table, waves_table
from dashboard.metrics.findings import published_surveys
from dashboard.metrics.survey import barriers_table

ViewOf = Callable[[str], View]
SAMPLE = "?sample=1&basis=documented"


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
    rows = list(
        regions_table(view.dataset, view.selection, regions=view.regions, thresholds=view.thresholds).at(2026).rows()
    )
    assert {row["region"] for row in rows} == set(view.regions)
    for region in view.regions:
        alone = view_of(f"{SAMPLE}&region={region.replace(' ', '+')}")
        same = barriers_table(alone.dataset, alone.selection, thresholds=view.thresholds).at(2026)
        mine = [
            {name: cell for name, cell in row.items() if name != "region"} for row in rows if row["region"] == region
        ]
        assert mine == list(same.rows())


def test_a_state_shows_no_regions(view_of: ViewOf) -> None:
    view = view_of(f"{SAMPLE}&state=TX")
    assert not len(
        regions_table(view.dataset, view.selection, regions=view.regions, thresholds=view.thresholds).at(2026)
    )


def test_waves_come_one_by_one_and_differ_from_the_first(view_of: ViewOf) -> None:
    view = view_of(SAMPLE)
    table = waves_table(view.dataset, view.selection, thresholds=view.thresholds)
    assert [len({row["wave"] for row in table.at(year).rows()}) for year in (2002, 2003, 2009, 2026)] == [0, 1, 2, 5]
    rows = list(table.at(2026).rows())
    first = {row["option"]: row for row in rows if row["year"] == 2003}
    for row in rows:
        if row["year"] == 2003:
            assert row["change"] is None
        elif row["shown"] == "yes":
            assert row["change"] == pytest.approx(row["share"] - first[row["option"]]["share"])
            assert row["change_low"] <= row["change"] <= row["change_high"]


def test_other_questions_are_all_but_the_barriers(view_of: ViewOf) -> None:
    view = view_of(SAMPLE)
    rows = list(others_table(view.dataset, view.selection, thresholds=view.thresholds).at(2026).rows())
    assert {row["question"] for row in rows} == {"wishes"}
    real = view_of("")
    assert not len(others_table(real.dataset, real.selection, thresholds=real.thresholds).at(2007))


def test_published_findings_are_all_there_as_they_were_written(view_of: ViewOf) -> None:
    dataset = view_of("").dataset
    surveys = published_surveys(dataset)
    told = [(each.title, one.question, one.option, one.value) for each in surveys for one in each.findings]
    table = dataset.tables["findings"]
    assert sorted(told) == sorted(zip(table["survey"], table["question"], table["option"], table["value"], strict=True))
    assert all(each.sources for each in surveys)
