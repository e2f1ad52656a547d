"""What stands in the way: shares with their intervals, of the wave of the survey that each year shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import CHARTS, View
from dashboard.charts.answers import in_lines, stamp, text_trace
from dashboard.charts.barriers import text as barriers
from dashboard.charts.barriers.data import Row, RowsOfYear
from dashboard.charts.base import of_each_year
from dashboard.charts.frames import LAYOUT, DrawnFigure, Frames, frames_of
from dashboard.charts.look import Look
from dashboard.charts.mirror import mirrored
from dashboard.charts.others import text as others
from dashboard.charts.palette import Palette, palette
from dashboard.charts.template import CLEAR, SIZE_SMALL, font, to_parts
from dashboard.dataset.records import records
from dashboard.strings import Catalog

MARGIN, NARROW_MARGIN = {"l": 196, "r": 92, "t": 2, "b": 20}, {"l": 136, "r": 76, "t": 2, "b": 20}
# letters of a line of a label on a phone, where a longer one takes two lines
NARROW_LINE = 21
TICKS, NARROW_TICKS = (0, 0.25, 0.5, 0.75, 1), (0, 0.5, 1)
STAMP_SIZE, NARROW_STAMP_SIZE = 46, 30
BARS, VALUES = "0", "1"


@mirrored
def build_barriers(view: View, look: Look) -> DrawnFigure:
    """Bars, values and axis of every year's wave."""
    return _build(barriers.shown_rows, view, look)


@mirrored
def build_others(view: View, look: Look) -> DrawnFigure:
    """What else the survey asked: the same figure, of the other questions."""
    return _build(others.shown_rows, view, look)


def _build(rows: RowsOfYear, view: View, look: Look) -> DrawnFigure:
    is_sample = view.selection.is_sample
    # a choice of regions changes the shares alone
    shape = f"{is_sample} {look.theme} {look.is_narrow} {view.t.language}"
    frames = build_barriers_frames(rows, view, is_narrow=look.is_narrow)
    return DrawnFigure(_figure_of(view.t, look, is_sample=is_sample), frames, shape)


@lru_cache(maxsize=8)
def _figure_of(t: Catalog, look: Look, *, is_sample: bool) -> dict[str, Any]:
    figure = build_barriers_figure(
        t, palette(look.theme), theme=look.theme, is_sample=is_sample, is_narrow=look.is_narrow
    )
    parts: dict[str, Any] = to_parts(figure, look.theme)
    return parts


def build_barriers_figure(
    t: Catalog, colours: Palette, *, theme: str, is_sample: bool, is_narrow: bool = False
) -> go.Figure:
    """Bars and the values beside them, without shares: those come with the year. Invented answers are grey, never
    teal, and stamped."""
    bars = {
        "type": "bar",
        "orientation": "h",
        "width": 0.62,
        "marker": {"color": colours["sample-soft" if is_sample else "c3"]},
        "error_x": {"type": "data", "symmetric": False, "thickness": 1.5, "width": 3, "color": colours["ink"]},
        "hoverinfo": "skip",
    }
    values = text_trace(font(colours, ink="ink"))
    size = NARROW_STAMP_SIZE if is_narrow else STAMP_SIZE
    ticks = NARROW_TICKS if is_narrow else TICKS
    layout = {
        "margin": NARROW_MARGIN if is_narrow else MARGIN,
        "shapes": [_grid_line(tick, colours) for tick in TICKS[1:]],
        "xaxis": {
            "range": [0, 1],
            "tickvals": ticks,
            "ticktext": [t.percent(tick) for tick in ticks],
            "zeroline": True,
            "zerolinecolor": colours["ink-3"],
        },
        "yaxis": {
            "autorange": False,
            "tickfont": font(colours, SIZE_SMALL, ink="ink"),
            "ticks": "outside",
            "ticklen": 6,
            "tickcolor": CLEAR,
        },
        "annotations": [stamp(t("sample.stamp"), colours, x=0.86, y=0.42, size=size)] if is_sample else [],
    }
    return go.Figure(data=[bars, values], layout=layout)


def _grid_line(at: float, colours: Palette) -> dict[str, Any]:
    line = {"color": colours["line"], "width": 1}
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": line,
    }


def build_barriers_frames(rows: RowsOfYear, view: View, *, is_narrow: bool) -> Frames:
    """Shares and intervals of the wave that each year shows."""
    return frames_of(of_each_year(CHARTS["barriers"], view, lambda year: _of_wave(rows(view, year), view, is_narrow)))


def _of_wave(rows: Sequence[Row], view: View, is_narrow: bool) -> Mapping[str, Mapping[str, Any]]:
    """Options from the bottom up, so that the largest stands on top; of several questions each under its title."""
    lines = list(reversed(_lines(rows, view)))
    heights, bars = [at for at, (_, row) in enumerate(lines) if row], [row for _, row in lines if row]
    return {
        BARS: {
            "x": [row["share"] for row in bars],
            "y": heights,
            "error_x.array": [row["high"] - row["share"] for row in bars],
            "error_x.arrayminus": [row["share"] - row["low"] for row in bars],
        },
        VALUES: {"x": [1] * len(bars), "y": heights, "text": [_value(row, view) for row in bars]},
        LAYOUT: {
            "yaxis.tickvals": list(range(len(lines))),
            "yaxis.ticktext": [in_lines(label, NARROW_LINE) if is_narrow else label for label, _ in lines],
            "yaxis.range": [-0.6, max(len(lines), 1) - 0.4],
        },
    }


def _value(row: Row, view: View) -> str:
    percent = round(100 * row["share"])
    return view.t("barriers.bar", percent=percent, count=row["count"], base=row["base"])


def _lines(rows: Sequence[Row], view: View) -> list[tuple[str, Row | None]]:
    """(label, row) of what has a share, from the top down; the titles of several questions are lines without a row."""
    shown = [row for row in rows if row["shown"] == "yes"]
    questions = list(dict.fromkeys(row["question"] for row in shown))
    if len(questions) < 2:
        return [(row["label"], row) for row in shown]
    titles = {row["question"]: row["title"] for row in records(view.dataset.tables["questions"])}
    lines: list[tuple[str, Row | None]] = []
    for question in questions:
        lines.append((f"<b>{titles[question]}</b>", None))
        lines += [(row["label"], row) for row in shown if row["question"] == question]
    return lines
