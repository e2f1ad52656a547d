"""Pace and target: what is recorded, and drawn apart from it, what a target asks for. It does not follow the year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts import template
from dashboard.charts.chart import Chart, Drawing, View, at_year, never_sample, still
from dashboard.charts.template import SIZE_SMALL, colour, font
from dashboard.metrics.pace import Goal, Pace, goal, pace, recorded
from dashboard.metrics.sources import ids_under
from dashboard.metrics.table import ByYear, Cell, SteppedTable, Table

MARGIN = {"l": 40, "r": 16, "t": 8, "b": 24}
STEP, STEPS_ABOVE, YEARS_AHEAD = 50, 2, 4
MOST_TARGET, MOST_YEARS = 9999, 100
# how many times the recorded pace still is "about the same"
ALIKE = 1.15


def asked(view: View) -> tuple[Pace, Goal]:
    """The pace of a view and its target: what the address asks for, else two steps of `STEP` above what counts."""
    now = pace(view.dataset, view.selection.without_year())
    first, last = years_to_choose(now)
    target = _number(view.selection.ask("target"), 1, MOST_TARGET) or (now.counted // STEP + STEPS_ABOVE) * STEP
    usual = max(now.counted_in, view.dataset.about.collection_year) + YEARS_AHEAD
    return now, goal(now, target=target, year=_number(view.selection.ask("by"), first, last) or usual)


def years_to_choose(now: Pace) -> tuple[int, int]:
    """The first and the last year a target can be for."""
    return now.counted_in + 1, now.counted_in + MOST_YEARS


def _number(text: str, least: int, most: int) -> int:
    return min(max(int(text), least), most) if text.isascii() and text.isdigit() else 0


def table(view: View) -> ByYear:
    """year, recorded (at least, by the end of the year), starts, needed, pace_low, pace, pace_high: partnerships;
    None where a column does not reach. The same at every year of the basis."""
    now, aim = asked(view)
    past = recorded(view.dataset, view.selection.without_year())
    years = range(now.first, max(aim.year, now.counted_in) + 1)
    ahead = [max(year - now.counted_in, 0) if year >= now.counted_in else None for year in years]
    columns: dict[str, Sequence[Cell]] = {
        "year": list(years),
        "recorded": [past[year][0] if year in past else None for year in years],
        "starts": [past[year][1] if year in past else None for year in years],
        "needed": [None if at is None else round(now.counted + at * aim.needed, 1) for at in ahead],
    }
    for name, rate in (("pace_low", now.low), ("pace", now.rate), ("pace_high", now.high)):
        columns[name] = [None if at is None else round(now.counted + at * rate, 1) for at in ahead]
    basis = view.basis.years
    return SteppedTable(basis, [(basis.start, Table(columns))])


def draw(rows: ByYear, view: View) -> Drawing:
    """Recorded as a line; the pace as a dashed line in a band; the way to the target dashed in the accent."""
    now, aim = asked(view)
    table_ = rows.at(rows.years[-1])
    years = list(table_["year"])
    words = view.words
    ahead = [at for at, value in enumerate(table_["pace"]) if value is not None]
    later = [years[at] for at in ahead]
    low, high = ([table_[name][at] for at in ahead] for name in ("pace_low", "pace_high"))
    top = max(aim.target, *high, now.counted) * 1.12
    past = [(year, value) for year, value in zip(years, table_["recorded"], strict=True) if value is not None]
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
            "y": [table_["pace"][at] for at in ahead],
            "mode": "lines",
            "line": {"color": colour("ink-3"), "width": 1.6, "dash": "3px,3px"},
            "hovertemplate": words("pace.hover_pace") + "<extra></extra>",
        },
        {
            "type": "scatter",
            "x": later,
            "y": [table_["needed"][at] for at in ahead],
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
                "y": table_["pace"][-1],
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


def headline(_rows: ByYear, view: View, _year: int) -> str:
    """What the target asks for a year, beside what is recorded."""
    now, aim = asked(view)
    words = view.words
    if not aim.missing:
        return words("pace.headline_there", target=aim.target, count=now.counted, year=now.counted_in)
    asks: dict[str, Any] = {
        "count": now.counted,
        "since": now.counted_in,
        "target": aim.target,
        "year": aim.year,
        "needed": _rate(aim.needed),
    }
    if aim.times is None:
        return words("pace.headline_no_pace", **asks)
    rate: dict[str, Any] = {"rate": _rate(now.rate), "first": now.first, "last": now.last}
    if aim.times > ALIKE:
        return words("pace.headline_more", **asks, **rate, times=_rate(aim.times))
    return words("pace.headline_less" if aim.times < 1 / ALIKE else "pace.headline_same", **asks, **rate)


def _rate(value: float) -> str:
    return f"{value:.1f}"


def description(_rows: ByYear, view: View, _year: int) -> str:
    """The figures the chart is made of."""
    now, aim = asked(view)
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


def note(_rows: ByYear, view: View, _year: int) -> str:
    """What the pace is of, its interval, and why it is a lower bound."""
    now, aim = asked(view)
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


def face(_rows: ByYear, view: View, _year: int) -> str:
    """ "chart", or "empty" where the selection has no partnership."""
    return "chart" if len(view.rows) else "empty"


CHART = Chart(
    id="pace",
    table=table,
    shown=at_year,
    columns=("year", "recorded", "starts", "needed", "pace_low", "pace", "pace_high"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    face=face,
    draw=draw,
    is_sample=never_sample,
)
