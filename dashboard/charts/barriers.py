"""What stands in the way: shares with their intervals, where there are any."""

from __future__ import annotations

from typing import Any

from dashboard.charts import template
from dashboard.charts.chart import Drawing, Moving, View
from dashboard.charts.growth_overlay import strong
from dashboard.charts.template import SIZE_SMALL, colour, font
from dashboard.dataset.records import records
from dashboard.metrics.table import ByYear, Table

MARGIN = {"l": 196, "r": 92, "t": 2, "b": 20}
TICKS = (0, 0.25, 0.5, 0.75, 1)
STAMP_SIZE = 46


def draw(table: ByYear, view: View) -> Drawing:
    """`table` is `barriers_table`. Invented answers are grey, never teal, and stamped."""
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

    known: dict[Table, Moving] = {}

    def moving(year: int) -> Moving:
        now = table.at(year)
        if now not in known:
            known[now] = _bars(now, view)
        return known[now]

    return Drawing({"data": [bars], "layout": layout}, moving)


def _bars(table: Table, view: View) -> Moving:
    """Options from the bottom up, so that the largest stands on top; of several questions each under its title."""
    lines = list(reversed(_lines(table, view)))
    at, rows = [height for height, (_, row) in enumerate(lines) if row], [row for _, row in lines if row]

    def said(row: dict[str, Any]) -> str:
        percent = round(100 * row["share"])
        return view.words("barriers.bar", percent=percent, count=row["count"], base=row["base"])

    values = [[height, strong(said(row))] for height, row in zip(at, rows, strict=True)]
    return {
        "data.0.x": [row["share"] for row in rows],
        "data.0.y": at,
        "data.0.error_x.array": [row["high"] - row["share"] for row in rows],
        "data.0.error_x.arrayminus": [row["share"] - row["low"] for row in rows],
        "layout.yaxis.tickvals": list(range(len(lines))),
        "layout.yaxis.ticktext": [label for label, _ in lines],
        "layout.yaxis.range": [-0.6, max(len(lines), 1) - 0.4],
        # texts of Plotly's own would be measured again at each year
        "overlay": [{"look": "values", "beside": values}],
    }


def _lines(table: Table, view: View) -> list[tuple[str, dict[str, Any] | None]]:
    """(label, row) of what has a share, from the top down; the titles of several questions are lines without a row."""
    rows = [row for row in table.rows() if row["shown"] == "yes"]
    questions = list(dict.fromkeys(row["question"] for row in rows))
    if len(questions) < 2:
        return [(row["label"], row) for row in rows]
    titles = {row["question"]: row["title"] for row in records(view.dataset.tables["questions"])}
    lines: list[tuple[str, dict[str, Any] | None]] = []
    for question in questions:
        lines.append((f"<b>{titles[question]}</b>", None))
        lines += [(row["label"], row) for row in rows if row["question"] == question]
    return lines
