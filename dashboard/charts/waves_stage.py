"""The same question wave by wave for the back row: a row for each barrier, where it stood first and where it stands,
and in figures what changed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import template
from dashboard.charts.barriers import Row
from dashboard.charts.cells import points
from dashboard.charts.chart import Drawing, Moving, View
from dashboard.charts.template import SIZE_SMALL, colour, font
from dashboard.charts.waves import moving_until_wave

MARGIN = {"l": 190, "r": 138, "t": 18, "b": 4}
STAMP_SIZE = 64
# above the rows, as a part of the plot: what the marks and figures are
KEY = 1.0


def draw(table: pd.DataFrame, view: View) -> Drawing:
    """`table` is `waves_table`: a ring for the first wave, a dot with its interval for the last, a line between."""
    ink = colour("sample" if view.selection.is_sample else "c3")
    mark = {"type": "scatter", "mode": "markers", "x": [], "y": [], "hoverinfo": "skip", "cliponaxis": False}
    way = {**mark, "mode": "lines", "line": {"color": ink, "width": 2}, "connectgaps": False}
    first = {**mark, "marker": {"size": 9, "color": colour("page"), "line": {"color": ink, "width": 1.6}}}
    interval = {"type": "data", "symmetric": False, "array": [], "arrayminus": [], "thickness": 1.2, "width": 0}
    last = {**mark, "marker": {"size": 9, "color": ink}, "error_x": {**interval, "color": ink}}
    plain = {"showgrid": False, "zeroline": False, "fixedrange": True}
    layout = template.layout(
        margin=MARGIN,
        xaxis={**plain, "range": [0, 1], "showticklabels": False},
        yaxis={**plain, "tickfont": font(SIZE_SMALL, ink="ink"), "ticklen": 6, "tickcolor": template.CLEAR},
    )
    return Drawing({"data": [way, first, last], "layout": layout}, moving_until_wave(table, view, _lines))


def _lines(of_waves: list[Row], view: View) -> Moving:
    by_option: dict[str, list[Row]] = {}
    for row in of_waves:
        if row["shown"] == "yes":
            by_option.setdefault(row["option"], []).append(row)
    series = sorted(by_option.values(), key=lambda rows: rows[-1]["share"])
    compared = [rows if len(rows) > 1 else None for rows in series]
    way: dict[str, list[float | None]] = {"x": [], "y": []}
    for at, rows in enumerate(series):
        way["x"] += [rows[0]["share"], rows[-1]["share"], None]
        way["y"] += [at, at, None]
    return {
        "data.0.x": way["x"],
        "data.0.y": way["y"],
        "data.1.x": [rows[0]["share"] for rows in compared if rows],
        "data.1.y": [at for at, rows in enumerate(compared) if rows],
        "data.2.x": [rows[-1]["share"] for rows in series],
        "data.2.y": list(range(len(series))),
        "data.2.error_x.array": [rows[-1]["high"] - rows[-1]["share"] for rows in series],
        "data.2.error_x.arrayminus": [rows[-1]["share"] - rows[-1]["low"] for rows in series],
        "layout.yaxis.tickvals": list(range(len(series))),
        "layout.yaxis.ticktext": [rows[-1]["label"] for rows in series],
        "layout.yaxis.range": [-0.6, max(len(series), 1) - 0.4],
        "layout.shapes": [_rule(at) for at in range(len(series))],
        "layout.annotations": [*_figures(series, view), *_key(series, view)],
    }


def _rule(at: int) -> dict[str, Any]:
    line = {"color": colour("line"), "width": 1}
    return {"type": "line", "layer": "below", "xref": "paper", "x0": 0, "x1": 1, "y0": at, "y1": at, "line": line}


def _figures(series: list[list[Row]], view: View) -> list[dict[str, Any]]:
    """The last share and its change with the interval, bold where that leaves out zero."""
    return [
        {
            "xref": "paper",
            "x": 1,
            "xshift": 8,
            "xanchor": "left",
            "y": at,
            "showarrow": False,
            "font": font(SIZE_SMALL, ink="ink"),
            "text": share_and_change(rows[-1], view),
        }
        for at, rows in enumerate(series)
    ]


def share_and_change(row: Row, view: View) -> str:
    """ "37% −23 (−40 to −4)", the change bold where its interval leaves out zero; only the share where there is nothing
    to compare with."""
    share = view.words("waves.share", percent=round(100 * row["share"]))
    if row["change"] is None:
        return share
    by, low, high = (points(row[name]) for name in ("change", "change_low", "change_high"))
    text = view.words("waves.change_short", change=by, change_low=low, change_high=high)
    return f"{share}  <b>{text}</b>" if row["change_low"] > 0 or row["change_high"] < 0 else f"{share}  {text}"


def _key(series: list[list[Row]], view: View) -> list[dict[str, Any]]:
    """What ring and dot are, what the figures are, and the stamp of invented answers."""
    if not series:
        return []
    years = sorted({row["year"] for rows in series for row in rows})
    look = {"xref": "paper", "yref": "paper", "y": KEY, "yanchor": "bottom", "showarrow": False}
    word = {**look, "font": font(SIZE_SMALL, ink="ink-2")}
    ends = view.words("waves.ends" if len(years) > 1 else "waves.end", first=years[0], last=years[-1])
    notes = [{**word, "x": 0, "xanchor": "left", "text": ends}]
    if len(years) > 1:
        notes.append({**word, "x": 1, "xanchor": "left", "xshift": 8, "text": view.words("waves.points")})
    if view.selection.is_sample:
        notes.append(template.stamp(view.words("sample.stamp"), x=0.5, y=0.4, size=STAMP_SIZE))
    return notes
