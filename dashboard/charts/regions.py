"""The same question region by region: one column of bars each, all on one scale; what may not be shown is a panel that
says why."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import pandas as pd

from dashboard.charts import template
from dashboard.charts.barriers import Row, moving_by_wave
from dashboard.charts.chart import Drawing, Moving, View
from dashboard.charts.template import SIZE_LABEL, SIZE_SMALL, colour, font

MARGIN = {"l": 190, "r": 4, "t": 6, "b": 6}
# a column is 1 wide; of that a share of 100 % takes
FULL = 0.8
# heights of a row, which is 1: half a bar, and how far its middle stands above that of the row, the numbers below it
HALF_BAR, ABOVE, BELOW = 0.17, 0.16, 0.26
# room above the rows for the names of the regions
HEAD = 1.35
# between the zero of a column and a number beside it
BESIDE = 0.03
WIDEST_NAME = 15
STAMP_SIZE = 64


def bars(view: View) -> dict[str, Any]:
    """The trace of the bars; invented answers are grey."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": [],
        "y": [],
        "base": [],
        "width": 2 * HALF_BAR,
        "marker": {"color": colour("sample-soft" if view.selection.is_sample else "c3")},
        "hoverinfo": "skip",
    }


def whiskers() -> dict[str, Any]:
    """The trace of the intervals."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [],
        "y": [],
        "marker": {"size": 1, "color": template.CLEAR},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [],
            "arrayminus": [],
            "thickness": 1.4,
            "width": 3,
            "color": colour("ink"),
        },
        "hoverinfo": "skip",
    }


def draw(table: pd.DataFrame, view: View) -> Drawing:
    """`table` is `regions_table`. Invented answers are grey and stamped; a small base has a dashed outline only."""
    numbers = template.texts(font(SIZE_SMALL, ink="ink-2"), "middle right")
    heads = template.texts(font(SIZE_LABEL, ink="ink"), "top right")
    plain = {"showgrid": False, "zeroline": False, "fixedrange": True}
    layout = template.layout(
        margin=MARGIN,
        xaxis={**plain, "showticklabels": False},
        yaxis={**plain, "tickfont": font(SIZE_SMALL, ink="ink"), "ticklen": 6, "tickcolor": template.CLEAR},
    )
    data = [bars(view), whiskers(), numbers, heads]
    return Drawing({"data": data, "layout": layout}, moving_by_wave(table, view, _columns))


def options(rows: list[Row]) -> list[tuple[str, str]]:
    """(option, label) of a wave, those ticked most in all regions together first."""
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row["option"], row["label"])
        counts[key] = counts.get(key, 0) + (row["count"] or 0)
    return sorted(counts, key=lambda key: -counts[key])


def regions_of(rows: list[Row], *kinds: str) -> list[str]:
    """The regions of a wave of which this is `shown`: numbers ("yes", "count"), "hidden", or "nobody"."""
    return list(dict.fromkeys(row["region"] for row in rows if row["shown"] in kinds))


def _columns(of_wave: list[Row], view: View) -> Moving:
    order = options(of_wave)
    height = {option: len(order) - 1 - at for at, (option, _) in enumerate(order)}
    shown, hidden = regions_of(of_wave, "yes", "count"), regions_of(of_wave, "hidden")
    place = {region: float(at) for at, region in enumerate(shown)}
    rows = [row for row in of_wave if row["region"] in place]
    shares = [row for row in rows if row["shown"] == "yes"]
    full = [row for row in shares if row["base"] >= view.thresholds.small_below]
    bases = {row["region"]: row["base"] for row in rows}
    wide = max(len(shown) + (1 if hidden else 0), 1)
    return {
        "data.0.x": [FULL * row["share"] for row in full],
        "data.0.base": [place[row["region"]] for row in full],
        "data.0.y": [height[row["option"]] + ABOVE for row in full],
        "data.1.x": [place[row["region"]] + FULL * row["share"] for row in shares],
        "data.1.y": [height[row["option"]] + ABOVE for row in shares],
        "data.1.error_x.array": [FULL * (row["high"] - row["share"]) for row in shares],
        "data.1.error_x.arrayminus": [FULL * (row["share"] - row["low"]) for row in shares],
        "data.2.x": [place[row["region"]] + (0 if row["shown"] == "yes" else BESIDE) for row in rows],
        "data.2.y": [height[row["option"]] - (BELOW if row["shown"] == "yes" else 0) for row in rows],
        "data.2.text": [view.words("regions.cell", count=row["count"], base=row["base"]) for row in rows],
        "data.3.x": [*place.values(), *([len(shown)] if hidden else [])],
        "data.3.y": [len(order) - 0.5] * (len(place) + (1 if hidden else 0)),
        "data.3.text": [
            *(_head(region, _base(bases[region], view)) for region in shown),
            *([_head(view.words("regions.hidden_head", count=len(hidden)), "")] if hidden else []),
        ],
        "layout.xaxis.range": [-0.02, wide],
        "layout.yaxis.range": [-0.7, max(len(order), 1) - 0.5 + HEAD],
        "layout.yaxis.tickvals": [height[option] for option, _ in order],
        "layout.yaxis.ticktext": ["<br>".join(wrap(label, 26)) for _, label in order],
        "layout.shapes": _shapes(shares, place, height, len(order), len(shown) if hidden else None, view),
        "layout.annotations": _notes(hidden, len(shown), len(order), view),
    }


def _head(name: str, base: str) -> str:
    """A region's name in at most two lines, and its base."""
    lines = wrap(name, WIDEST_NAME)[:3]
    return "<br>".join([*(f"<b>{line}</b>" for line in lines), base or " "])


def _base(base: int, view: View) -> str:
    if base < view.thresholds.counts_below:
        return view.words("regions.base_counts", base=base)
    return view.words("regions.base_small" if base < view.thresholds.small_below else "regions.base", base=base)


def _shapes(
    shares: list[Row],
    place: dict[str, float],
    height: dict[str, int],
    rows: int,
    hidden_at: int | None,
    view: View,
) -> list[dict[str, Any]]:
    """Lines between rows, the zero of each column, dashed outlines of small bases, the panel of hidden regions."""
    line = {"type": "line", "layer": "below", "line": {"color": colour("line"), "width": 1}}
    rules = [{**line, "xref": "paper", "x0": 0, "x1": 1, "y0": at + 0.5, "y1": at + 0.5} for at in range(rows)]
    zero = {"type": "line", "line": {"color": colour("ink-3"), "width": 1}}
    zeros = [
        {**zero, "x0": at, "x1": at, "y0": row - 0.04, "y1": row + 0.36} for at in place.values() for row in range(rows)
    ]
    dashed = outlines(shares, place, height, view, half=HALF_BAR, above=ABOVE, full=FULL)
    if hidden_at is None:
        return [*rules, *zeros, *dashed]
    panel = {
        "type": "rect",
        "x0": hidden_at,
        "x1": hidden_at + 0.98,
        "y0": -0.6,
        "y1": rows - 0.6,
        "fillcolor": colour("hidden"),
        "line": {"width": 0},
    }
    return [*rules, *zeros, *dashed, panel]


def outlines(
    rows: list[Row],
    place: dict[str, float],
    height: dict[str, int],
    view: View,
    *,
    half: float,
    above: float,
    full: float,
) -> list[dict[str, Any]]:
    """Bars of small bases: dashed, not filled. `full` is how wide 100 % is, `above` how far the bar's middle stands
    above that of its row, `half` is half its height."""
    ink = colour("sample" if view.selection.is_sample else "c3")
    return [
        {
            "type": "rect",
            "x0": place[row["region"]],
            "x1": place[row["region"]] + full * row["share"],
            "y0": height[row["option"]] + above - half,
            "y1": height[row["option"]] + above + half,
            "line": {"color": ink, "width": 1, "dash": "3px,2px"},
        }
        for row in rows
        if row["base"] < view.thresholds.small_below and row["share"]
    ]


def _notes(hidden: list[str], at: int, rows: int, view: View) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = []
    if hidden:
        why = view.words("regions.hidden", least=view.thresholds.hide_below, regions=view.words.listing(hidden))
        notes.append(
            {
                "x": at + 0.05,
                "y": rows - 0.75,
                "xanchor": "left",
                "yanchor": "top",
                "align": "left",
                "showarrow": False,
                "text": "<br>".join(wrap(why, 17)),
                "font": font(SIZE_SMALL, ink="ink"),
            }
        )
    if view.selection.is_sample and rows:
        notes.append(template.stamp(view.words("sample.stamp"), x=0.45, y=0.45, size=STAMP_SIZE))
    return notes
