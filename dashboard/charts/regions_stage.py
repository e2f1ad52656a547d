"""The same question region by region for the back row: few regions side by side, the barriers ticked most, and one
panel that names every region which is not a column, and why."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import pandas as pd

from dashboard.charts import regions, template
from dashboard.charts.barriers import Row, moving_by_wave
from dashboard.charts.chart import Drawing, Moving, View
from dashboard.charts.template import SIZE_SMALL, colour, font

# on the right is the panel
MARGIN = {"l": 138, "r": 126, "t": 2, "b": 8}
# columns, rows; what is left out is said on the panel
MOST_REGIONS, MOST_OPTIONS = 3, 7
# a column is 1 wide: of that a share of 100 % takes FULL, its numbers stand at NUMBERS
FULL, NUMBERS = 0.54, 0.93
HALF_BAR, HEAD = 0.3, 2.3
LABEL, NAME, WHY = 23, 13, 19


def draw(table: pd.DataFrame, view: View) -> Drawing:
    """`table` is `regions_table`; grey and stamped where answers are invented, dashed where a base is small."""
    bars = regions.bars(view) | {"width": 2 * HALF_BAR}
    numbers = template.texts(font(SIZE_SMALL, ink="ink"), "middle left")
    heads = template.texts(font(SIZE_SMALL, ink="ink"), "top right")
    plain = {"showgrid": False, "zeroline": False, "fixedrange": True}
    layout = template.layout(
        margin=MARGIN,
        xaxis={**plain, "showticklabels": False},
        yaxis={
            **plain,
            "tickfont": font(SIZE_SMALL, ink="ink"),
            "ticklen": 6,
            "tickcolor": template.CLEAR,
        },
    )
    data = [bars, regions.whiskers(), numbers, heads]
    return Drawing({"data": data, "layout": layout}, moving_by_wave(table, view, _columns))


def _columns(of_wave: list[Row], view: View) -> Moving:
    every = regions.options(of_wave)
    order = every[:MOST_OPTIONS]
    height = {option: len(order) - 1 - at for at, (option, _) in enumerate(order)}
    shares = [row for row in of_wave if row["shown"] == "yes"]
    bases = {row["region"]: row["base"] for row in shares}
    shown = sorted(bases, key=lambda region: -bases[region])[:MOST_REGIONS]
    place = {region: float(at) for at, region in enumerate(shown)}
    rows = [row for row in shares if row["region"] in place and row["option"] in height]
    full = [row for row in rows if row["base"] >= view.thresholds.small_below]
    tall = len(order) - 0.5
    return {
        "data.0.x": [FULL * row["share"] for row in full],
        "data.0.base": [place[row["region"]] for row in full],
        "data.0.y": [height[row["option"]] for row in full],
        "data.1.x": [place[row["region"]] + FULL * row["share"] for row in rows],
        "data.1.y": [height[row["option"]] for row in rows],
        "data.1.error_x.array": [FULL * (row["high"] - row["share"]) for row in rows],
        "data.1.error_x.arrayminus": [FULL * (row["share"] - row["low"]) for row in rows],
        "data.2.x": [place[row["region"]] + NUMBERS for row in rows],
        "data.2.y": [height[row["option"]] for row in rows],
        "data.2.text": [view.words("regions.cell_short", count=row["count"], base=row["base"]) for row in rows],
        "data.3.x": list(place.values()),
        "data.3.y": [tall] * len(place),
        "data.3.text": [_head(region, bases[region], view) for region in shown],
        "layout.xaxis.range": [-0.02, max(len(shown), 1)],
        "layout.yaxis.range": [-0.5, max(len(order), 1) - 0.5 + HEAD],
        "layout.yaxis.tickvals": [height[option] for option, _ in order],
        "layout.yaxis.ticktext": ["<br>".join(wrap(label, LABEL)) for _, label in order],
        "layout.shapes": _shapes(rows, place, height, view),
        "layout.annotations": _notes(of_wave, shown, [label for _, label in every[MOST_OPTIONS:]], tall + HEAD, view),
    }


def _head(name: str, base: int, view: View) -> str:
    """A region's name in two lines, its base, and whether that is small."""
    is_small = base < view.thresholds.small_below
    small = view.words("regions.small_base") if is_small else " "
    names = [f"<b>{line}</b>" for line in wrap(name, NAME, break_long_words=False)[:2]]
    return "<br>".join([*names, view.words("regions.base", base=base), *([small] if is_small else [])])


def _shapes(rows: list[Row], place: dict[str, float], height: dict[str, int], view: View) -> list[dict[str, Any]]:
    line = {"type": "line", "layer": "below", "line": {"color": colour("line"), "width": 1}}
    end = len(place) - 0.02
    rules = [{**line, "x0": 0, "x1": end, "y0": at - 0.5, "y1": at - 0.5} for at in height.values()]
    zero = {"type": "line", "line": {"color": colour("ink-3"), "width": 1}}
    zeros = [{**zero, "x0": at, "x1": at, "y0": -0.45, "y1": len(height) - 0.5} for at in place.values()]
    return [*rules, *zeros, *regions.outlines(rows, place, height, view, half=HALF_BAR, above=0, full=FULL)]


def _notes(rows: list[Row], shown: list[str], more: list[str], top: float, view: View) -> list[dict[str, Any]]:
    """What is not drawn, and why: counts only, hidden, further regions and barriers."""
    words = view.words
    kinds = {
        "regions.stage_more": [region for region in regions.regions_of(rows, "yes") if region not in shown],
        "regions.stage_counts": regions.regions_of(rows, "count"),
        "regions.stage_hidden": regions.regions_of(rows, "hidden"),
        "regions.stage_nobody": regions.regions_of(rows, "nobody"),
    }
    sentences = [words(key, regions=words.listing(names)) for key, names in kinds.items() if names]
    if more:
        sentences.append(words("regions.stage_options", count=len(more)))
    notes = [
        {
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 6,
            "y": top,
            "yanchor": "top",
            "align": "left",
            "showarrow": False,
            "text": "<br>".join(line for text in sentences for line in wrap(text, WHY)),
            "font": font(SIZE_SMALL, ink="ink"),
        }
    ]
    if view.selection.is_sample and more:
        notes.append(template.stamp(words("sample.stamp"), x=0.4, y=0.3, size=regions.STAMP_SIZE))
    return notes
