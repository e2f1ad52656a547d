"""Pace and target: what is recorded, and drawn apart from it, what a target asks for. It does not follow the year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.charts import template
from dashboard.charts.chart import (
    Chart,
    Drawing,
    View,
    every_row,
    never_changing,
    never_sample,
    once_a_view,
    still,
)
from dashboard.charts.template import SIZE_SMALL, colour, font
from dashboard.filters import PARTNERSHIPS
from dashboard.metrics.pace import Goal, Pace, goal, pace, recorded_by_year
from dashboard.metrics.sources import ids_under

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


def draw(rows: pd.DataFrame, view: View) -> Drawing:
    """Recorded as a line; the pace as a dashed line in a band; the way to the target dashed in the accent."""
    now, aim = pace_and_goal(view)
    years = rows["year"].tolist()
    words = view.words
    ahead = rows[rows["year"] >= now.counted_in]
    later, low, high = (ahead[name].tolist() for name in ("year", "pace_low", "pace_high"))
    rate, needed = ahead["pace"].tolist(), ahead["needed"].tolist()
    top = max(aim.target, *high, now.counted) * 1.12
    recorded = rows[rows["recorded"].notna()]
    past = list(zip(recorded["year"].tolist(), recorded["recorded"].tolist(), strict=True))
    # the last step is what the count adds, with or without a start year: no year's growth, so it is dotted
    before = past[-2][1] if len(past) > 1 else now.counted
    steps = [*past[:-1], (now.counted_in, before)]
    # names stand off the two lines, and that of the count where most of the years are
    is_short = aim.needed < now.rate
    has_room = now.counted_in - years[0] > (years[-1] - years[0]) / 2
    traces = [
        {
            "type": "scatter",
            "x": later + later[::-1],
            "y": high + low[::-1],
            "fill": "toself",
            "fillcolor": colour("sunk"),
            "mode": "lines",
            "line": {"width": 0},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "x": later,
            "y": rate,
            "mode": "lines",
            "line": {"color": colour("ink-3"), "width": 1.6, "dash": "3px,3px"},
            "hovertemplate": words("pace.hover_pace") + "<extra></extra>",
        },
        {
            "type": "scatter",
            "x": later,
            "y": needed,
            "mode": "lines",
            "line": {"color": colour("accent"), "width": 2, "dash": "6px,4px"},
            "hovertemplate": words("pace.hover_needed") + "<extra></extra>",
        },
        {
            "type": "scatter",
            "x": [year for year, _ in steps],
            "y": [value for _, value in steps],
            "mode": "lines",
            "line": {"color": colour("count"), "width": 2.4, "shape": "hv"},
            "hovertemplate": words("pace.hover_recorded") + "<extra></extra>",
        },
        {
            "type": "scatter",
            "x": [now.counted_in, now.counted_in],
            "y": [before, now.counted],
            "mode": "lines",
            "line": {"color": colour("count"), "width": 1.8, "dash": "2px,2px"},
            "hovertemplate": words("pace.hover_recorded") + "<extra></extra>",
        },
        {
            "type": "scatter",
            "x": [aim.year],
            "y": [aim.target],
            "mode": "markers",
            "marker": {"size": 9, "color": colour("card"), "line": {"color": colour("accent"), "width": 2}},
            "hoverinfo": "skip",
            "cliponaxis": False,
        },
    ]
    axis = {"showgrid": False, "zeroline": False, "tickfont": font(SIZE_SMALL, ink="ink-3"), "fixedrange": True}
    line = {"type": "line", "xref": "x", "yref": "paper", "y0": 0, "y1": 1}
    layout = template.layout(
        margin=MARGIN,
        hovermode="closest",
        xaxis={**axis, "range": [years[0] - 0.5, years[-1] + 0.8], "tickformat": "d", "nticks": 8},
        yaxis={**axis, "range": [0, top], "showgrid": True, "gridcolor": colour("line"), "nticks": 5},
        shapes=[
            {
                **line,
                "x0": now.counted_in,
                "x1": now.counted_in,
                "line": {"color": colour("line-2"), "width": 1, "dash": "dot"},
            }
        ],
        annotations=[
            {
                "x": later[-1] if has_room else now.counted_in,
                "y": 0 if has_room else 1,
                "yref": "paper",
                "xanchor": "right" if has_room else "left",
                "yanchor": "bottom" if has_room else "top",
                "showarrow": False,
                "text": words("pace.label_ahead"),
                "font": font(SIZE_SMALL, ink="ink-3"),
            },
            {
                "x": later[-1],
                "y": rate[-1],
                "xanchor": "right",
                "yanchor": "bottom" if is_short else "top",
                "yshift": 10 if is_short else -16,
                "showarrow": False,
                "text": words("pace.label_pace"),
                "font": font(SIZE_SMALL, ink="ink-2"),
            },
            {
                "x": aim.year,
                "y": aim.target,
                "xanchor": "right",
                "yanchor": "top" if is_short else "bottom",
                "yshift": -16 if is_short else 4,
                "showarrow": False,
                "text": words("pace.label_target", target=aim.target, year=aim.year),
                "font": font(12, ink="accent", weight=600),
            },
            {
                "x": now.counted_in,
                "y": now.counted,
                "xanchor": "right" if has_room else "left",
                "yanchor": "bottom" if has_room else "top",
                "xshift": -3 if has_room else 3,
                "yshift": 3 if has_room else -3,
                "showarrow": False,
                "text": words("pace.label_counted", count=now.counted, year=now.counted_in),
                "font": font(SIZE_SMALL, ink="ink-2"),
            },
        ],
    )

    return Drawing({"data": traces, "layout": layout}, still)


def headline(_rows: pd.DataFrame, view: View, _year: int) -> str:
    """What the target asks for a year, beside what is recorded."""
    now, aim = pace_and_goal(view)
    words = view.words
    if not aim.missing:
        return words("pace.headline_there", target=aim.target, count=now.counted, year=now.counted_in)
    aims: dict[str, Any] = {
        "count": now.counted,
        "since": now.counted_in,
        "target": aim.target,
        "year": aim.year,
        "needed": _rate(aim.needed),
    }
    if aim.times is None:
        return words("pace.headline_no_pace", **aims)
    rate: dict[str, Any] = {"rate": _rate(now.rate), "first": now.first, "last": now.last}
    if aim.times > ALIKE:
        return words("pace.headline_more", **aims, **rate, times=_rate(aim.times))
    return words("pace.headline_less" if aim.times < 1 / ALIKE else "pace.headline_same", **aims, **rate)


def _rate(value: float) -> str:
    return f"{value:.1f}"


def description(_rows: pd.DataFrame, view: View, _year: int) -> str:
    """The figures the chart is made of."""
    now, aim = pace_and_goal(view)
    return view.words(
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
    text = view.words(
        "pace.note",
        starts=now.starts,
        years=now.years,
        rate=_rate(now.rate),
        low=_rate(now.low),
        high=_rate(now.high),
        undated=now.undated,
    )
    reached = view.words("pace.reached", year=aim.reached) if aim.missing and aim.reached is not None else ""
    return text + reached


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
    draw=draw,
    is_sample=never_sample,
)
