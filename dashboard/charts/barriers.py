"""What stands in the way: shares with their intervals, where there are any."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from dashboard.charts import template
from dashboard.charts.chart import Drawing, Moving, View, once_a_view
from dashboard.charts.growth_overlay import strong
from dashboard.charts.template import SIZE_SMALL, colour, font
from dashboard.dataset.model import Wave
from dashboard.dataset.records import records
from dashboard.metrics.survey import shown_wave

Row = dict[str, Any]

MARGIN = {"l": 196, "r": 92, "t": 2, "b": 20}
TICKS = (0, 0.25, 0.5, 0.75, 1)
STAMP_SIZE = 46


def draw(table: pd.DataFrame, view: View) -> Drawing:
    """`table` is `barriers_table` or `others_table`. Invented answers are grey, never teal, and stamped."""
    ink = "sample-soft" if view.selection.is_sample else "c3"
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [],
        "y": [],
        "width": 0.62,
        "marker": {"color": colour(ink)},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [],
            "arrayminus": [],
            "thickness": 1.5,
            "width": 3,
            "color": colour("ink"),
        },
        "hoverinfo": "skip",
    }
    grid = [
        {
            "type": "line",
            "x0": tick,
            "x1": tick,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "line": {"color": colour("line"), "width": 1},
        }
        for tick in TICKS[1:]
    ]
    layout = template.layout(
        margin=MARGIN,
        shapes=grid,
        meta={"narrow": {"layout.margin.l": 184, "layout.margin.r": 76, "layout.xaxis.tickvals": [0, 0.5, 1]}},
        xaxis={
            "range": [0, 1],
            "tickvals": list(TICKS),
            "tickformat": ".0%",
            "tickfont": font(SIZE_SMALL),
            "fixedrange": True,
            "showgrid": False,
            "zeroline": True,
            "zerolinecolor": colour("ink-3"),
        },
        yaxis={
            "autorange": False,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "tickfont": font(SIZE_SMALL, ink="ink"),
            "ticks": "outside",
            "ticklen": 6,
            "tickcolor": template.CLEAR,
        },
    )

    if view.selection.is_sample:
        layout["annotations"] = [template.stamp(view.words("sample.stamp"), x=0.86, y=0.42, size=STAMP_SIZE)]
    return Drawing({"data": [bars], "layout": layout}, moving_by_wave(table, view, _bars))


def rows_by_wave(table: pd.DataFrame) -> dict[str, list[Row]]:
    """The rows of each wave."""
    by_wave: dict[str, list[Row]] = {}
    for row in records(table):
        by_wave.setdefault(row["wave"], []).append(row)
    return by_wave


def rows_of_year(table: Callable[[View], pd.DataFrame]) -> Callable[[View, int], list[Row]]:
    """The function that gives the rows of `table` for the wave that a year shows; none before the first."""

    @once_a_view
    def by_wave(view: View) -> dict[str, list[Row]]:
        return rows_by_wave(table(view))

    def rows(view: View, year: int) -> list[Row]:
        wave = shown_wave(view.dataset, view.selection, year)
        return by_wave(view).get(wave.id, []) if wave else []

    return rows


def moving_by_wave(
    table: pd.DataFrame, view: View, build: Callable[[list[Row], View], Moving]
) -> Callable[[int], Moving]:
    """The `moving` of a figure that `build` makes of the rows of one wave: once for each wave."""
    by_wave = rows_by_wave(table)

    @cache
    def of_wave(wave: Wave | None) -> Moving:
        return build(by_wave.get(wave.id, []) if wave else [], view)

    return lambda year: of_wave(shown_wave(view.dataset, view.selection, year))


def _bars(rows: list[Row], view: View) -> Moving:
    """Options from the bottom up, so that the largest stands on top; of several questions each under its title."""
    lines = list(reversed(_lines(rows, view)))
    at, bars = [height for height, (_, row) in enumerate(lines) if row], [row for _, row in lines if row]
    values = [[height, strong(_value_text(row, view))] for height, row in zip(at, bars, strict=True)]
    return {
        "data.0.x": [row["share"] for row in bars],
        "data.0.y": at,
        "data.0.error_x.array": [row["high"] - row["share"] for row in bars],
        "data.0.error_x.arrayminus": [row["share"] - row["low"] for row in bars],
        "layout.yaxis.tickvals": list(range(len(lines))),
        "layout.yaxis.ticktext": [label for label, _ in lines],
        "layout.yaxis.range": [-0.6, max(len(lines), 1) - 0.4],
        # texts of Plotly's own would be measured again at each year
        "overlay": [{"look": "values", "beside": values}],
    }


def _value_text(row: Row, view: View) -> str:
    percent = round(100 * row["share"])
    return view.words("barriers.bar", percent=percent, count=row["count"], base=row["base"])


def _lines(rows: list[Row], view: View) -> list[tuple[str, Row | None]]:
    """(label, row) of what has a share, from the top down; the titles of several questions are lines without a row."""
    rows = [row for row in rows if row["shown"] == "yes"]
    questions = list(dict.fromkeys(row["question"] for row in rows))
    if len(questions) < 2:
        return [(row["label"], row) for row in rows]
    titles = {row["question"]: row["title"] for row in records(view.dataset.tables["questions"])}
    lines: list[tuple[str, Row | None]] = []
    for question in questions:
        lines.append((f"<b>{titles[question]}</b>", None))
        lines += [(row["label"], row) for row in rows if row["question"] == question]
    return lines
