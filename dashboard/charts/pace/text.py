"""Pace and target: what is recorded, and drawn apart from it, what a target asks for. It does not follow the year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.charts.base import (
    Chart,
    View,
    every_row,
    never_changing,
    never_sample,
    once_a_view,
)
from dashboard.charts.slide_tables import TABLE
from dashboard.filters import PARTNERSHIPS
from dashboard.metrics.pace import Goal, Pace, goal, pace, recorded_by_year
from dashboard.metrics.sources import ids_under
from dashboard.strings import Catalog

MARGIN = {"l": 40, "r": 16, "t": 8, "b": 24}
STEP, STEPS_ABOVE, YEARS_AHEAD = 50, 2, 4
MOST_TARGET, MOST_YEARS = 9999, 100
# how many times the recorded pace still is "about the same"
ALIKE = 1.15


@once_a_view
def pace_and_goal(view: View) -> tuple[Pace, Goal]:
    """The pace of a view and its target: that of the address, else two steps of `STEP` above what counts."""
    now = pace(view.dataset, view.selection)
    first, last = years_to_choose(now)
    target = _number(view.selection.page_param("target"), 1, MOST_TARGET)
    year = _number(view.selection.page_param("by"), first, last)
    usual_year = max(now.counted_in, view.dataset.about.collection_year) + YEARS_AHEAD
    usual_target = (now.counted // STEP + STEPS_ABOVE) * STEP
    return now, goal(now, target=target or usual_target, year=year or usual_year)


def years_to_choose(now: Pace) -> tuple[int, int]:
    """The first and the last year a target can be for."""
    return now.counted_in + 1, now.counted_in + MOST_YEARS


def _number(text: str, least: int, most: int) -> int:
    return min(max(int(text), least), most) if text.isascii() and text.isdigit() else 0


def table(view: View) -> pd.DataFrame:
    """year (int), recorded (at least, by the end of the year), starts (Int64), needed, pace_low, pace, pace_high
    (float): partnerships; missing where a column does not reach."""
    now, aim = pace_and_goal(view)
    past = view.compute(recorded_by_year).set_index("year").astype("Int64")
    years = range(now.first, max(aim.year, now.counted_in) + 1)
    columns = past.reindex(years).rename_axis("year").reset_index()
    rates = {"needed": aim.needed, "pace_low": now.low, "pace": now.rate, "pace_high": now.high}
    for name, rate in rates.items():
        ahead = [year - now.counted_in for year in years]
        columns[name] = [round(now.counted + at * rate, 1) if at >= 0 else math.nan for at in ahead]
    return columns


def headline(_rows: pd.DataFrame, view: View, _year: int) -> str:
    """What the target asks for a year, beside what is recorded."""
    now, aim = pace_and_goal(view)
    t = view.t
    if not aim.missing:
        return t("pace.headline_there", target=aim.target, count=now.counted, year=now.counted_in)
    aims: dict[str, Any] = {
        "count": now.counted,
        "since": now.counted_in,
        "target": aim.target,
        "year": aim.year,
        "needed": _rate(aim.needed, view.t),
    }
    if aim.times is None:
        return t("pace.headline_no_pace", **aims)
    rate: dict[str, Any] = {"rate": _rate(now.rate, view.t), "first": now.first, "last": now.last}
    if aim.times > ALIKE:
        return t("pace.headline_more", **aims, **rate, times=_rate(aim.times, view.t))
    return t("pace.headline_less" if aim.times < 1 / ALIKE else "pace.headline_same", **aims, **rate)


def _rate(value: float, t: Catalog) -> str:
    return t.decimal(value, 1)


def description(_rows: pd.DataFrame, view: View, _year: int) -> str:
    """The figures the chart is made of."""
    now, aim = pace_and_goal(view)
    return view.t(
        "pace.description",
        counted=now.counted,
        year=now.counted_in,
        starts=now.starts,
        first=now.first,
        last=now.last,
        target=aim.target,
        by=aim.year,
    )


def note(_rows: pd.DataFrame, view: View, _year: int) -> str:
    """What the pace is of, its interval, and why it is a lower bound."""
    now, aim = pace_and_goal(view)
    text = view.t(
        "pace.note",
        starts=now.starts,
        years=now.years,
        rate=_rate(now.rate, view.t),
        low=_rate(now.low, view.t),
        high=_rate(now.high, view.t),
        undated=now.undated,
    )
    reached = view.t("pace.reached", year=aim.reached) if aim.missing and aim.reached is not None else ""
    return view.t.sentences(text, reached)


def sources(view: View) -> Sequence[str]:
    """Those of the partnerships that count."""
    return ids_under(view.basis, view.selection)


def display_state(_rows: pd.DataFrame, view: View, _year: int) -> str:
    """ "chart", or "empty" where the selection has no partnership."""
    return "chart" if len(view.groups) else "empty"


CHART = Chart(
    id="pace",
    counts=PARTNERSHIPS,
    table=table,
    shown=every_row,
    moment=never_changing,
    columns=("year", "recorded", "starts", "needed", "pace_low", "pace", "pace_high"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    display_state=display_state,
    is_sample=never_sample,
    slide=TABLE,
)
