"""The same question region by region: one column of bars each, all on one scale; what may not be shown is a panel that
says why. On the stage few regions and the barriers ticked most, and a panel that names every region that is no column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import CHARTS, View
from dashboard.charts.answers import (
    Parts,
    Row,
    as_lines,
    as_texts,
    frames_by_moment,
    in_lines,
    line_trace,
    rectangle,
    stamp,
    text_trace,
)
from dashboard.charts.barriers.data import rows_by_wave
from dashboard.charts.base import each_wave
from dashboard.charts.frames import LAYOUT, DrawnFigure
from dashboard.charts.look import Look
from dashboard.charts.mirror import mirrored
from dashboard.charts.palette import Palette, palette
from dashboard.charts.regions.data import in_words, options, regions_of
from dashboard.charts.template import CLEAR, SIZE_LABEL, SIZE_SMALL, font, to_parts
from dashboard.charts.viewport import STAGE

# traces, from the lowest up
RULES, ZEROS, BARS, OUTLINES, WHISKERS, NUMBERS, HEADS = map(str, range(7))
STAMP_SIZE = 64


@dataclass(frozen=True)
class Form:
    """The geometry of the figure. A column is 1 wide, of which a share of 100 % takes `full`; a row is 1 high, in which
    a bar's middle stands `above` that of the row and half a bar is `half_bar`."""

    margin: dict[str, int]
    full: float
    half_bar: float
    above: float
    heads: float
    ink: str


DESK_FORM = Form({"l": 164, "r": 4, "t": 6, "b": 6}, full=0.8, half_bar=0.17, above=0.16, heads=SIZE_LABEL, ink="ink-2")
STAGE_FORM = Form({"l": 138, "r": 126, "t": 2, "b": 8}, full=0.54, half_bar=0.3, above=0, heads=SIZE_SMALL, ink="ink")

# ---- of the page
# how far numbers stand below the middle of their row, and right of the zero line in a column that has no bars
BELOW, BESIDE = 0.26, 0.03
# the least size of the plot inside its axes: beside other cards, and on paper
WIDTH, HEIGHT = 516, 490
# in pixels: width of the panel of hidden regions; of a letter in a column's head, and in the panel; height of a line
PANEL, LETTER, SMALL_LETTER, LINE = 100, 6.3, 5.3, 14.5
LONGEST_LABEL = 26

# ---- of the stage
# the most columns and rows; the panel says what is left out
MOST_REGIONS, MOST_OPTIONS = 3, 7
STAGE_NUMBERS, STAGE_HEAD = 0.93, 2.3
STAGE_LABEL, STAGE_NAME, STAGE_WHY = 23, 13, 19


@mirrored
def build_regions(view: View, look: Look) -> DrawnFigure:
    """Of `regions_table`. Invented answers are grey and stamped; a bar of a small base is a dashed outline only."""
    colours, is_stage = palette(look.theme), view.viewport == STAGE
    table = CHARTS["regions"].table(view)
    by_wave = rows_by_wave(in_words(table, view.t))

    def of_wave(wave: Any) -> Parts:
        rows = by_wave.get(wave.id, []) if wave else []
        if is_stage:
            return _stage_columns(rows, view, colours)
        return _columns(rows, view, colours)

    figure = _figure(STAGE_FORM if is_stage else DESK_FORM, view, look, colours)
    return DrawnFigure(
        to_parts(figure, look.theme), frames_by_moment(view, each_wave, of_wave), shape=_shape(view, look)
    )


def _shape(view: View, look: Look) -> str:
    return f"{look.theme} {view.viewport == STAGE} {view.selection.is_sample}"


def _figure(form: Form, view: View, look: Look, colours: Palette) -> go.Figure:
    is_sample = view.selection.is_sample
    bars = {
        "type": "bar",
        "orientation": "h",
        "width": 2 * form.half_bar,
        "marker": {"color": colours["sample-soft" if is_sample else "c3"]},
        "hoverinfo": "skip",
    }
    whiskers = {
        "type": "scatter",
        "mode": "markers",
        "marker": {"size": 1, "color": CLEAR},
        "error_x": {"type": "data", "symmetric": False, "thickness": 1.4, "width": 3, "color": colours["ink"]},
        "hoverinfo": "skip",
    }
    data = [
        line_trace(colours["line"]),
        line_trace(colours["ink-3"]),
        bars,
        line_trace(colours["sample" if is_sample else "c3"], dash="3px,2px"),
        whiskers,
        text_trace(
            font(colours, SIZE_SMALL, ink=form.ink), "middle left" if view.viewport == STAGE else "middle right"
        ),
        text_trace(font(colours, form.heads, ink="ink"), "top right"),
    ]
    labels = {"tickfont": font(colours, SIZE_SMALL, ink="ink"), "ticks": "outside", "ticklen": 6, "tickcolor": CLEAR}
    layout = {
        "margin": form.margin,
        "xaxis": {"showticklabels": False},
        "yaxis": {"autorange": False, **labels},
    }
    return go.Figure(data=data, layout=layout)


def _bars(rows: Sequence[Row], place: dict[str, float], height: dict[str, int], view: View, form: Form) -> Parts:
    """Bars, dashed outlines and intervals of rows with shares; `height` by option, `place` by region."""
    full = [row for row in rows if row["base"] >= view.thresholds.small_below]
    small = [row for row in rows if row["base"] < view.thresholds.small_below and row["share"]]
    outlines = [
        rectangle(left, middle - form.half_bar, left + form.full * row["share"], middle + form.half_bar)
        for row in small
        for left, middle in [(place[row["region"]], height[row["option"]] + form.above)]
    ]
    return {
        BARS: {
            "x": [form.full * row["share"] for row in full],
            "base": [place[row["region"]] for row in full],
            "y": [height[row["option"]] + form.above for row in full],
        },
        OUTLINES: as_lines(outlines),
        WHISKERS: {
            "x": [place[row["region"]] + form.full * row["share"] for row in rows],
            "y": [height[row["option"]] + form.above for row in rows],
            "error_x.array": [form.full * (row["high"] - row["share"]) for row in rows],
            "error_x.arrayminus": [form.full * (row["share"] - row["low"]) for row in rows],
        },
    }


# ---- on the page
def _columns(of_wave: Sequence[Row], view: View, colours: Palette) -> Parts:
    order = options(list(of_wave))
    height = {option: len(order) - 1 - at for at, (option, _) in enumerate(order)}
    shown, hidden = (regions_of(list(of_wave), *kinds) for kinds in (("yes", "count"), ("hidden",)))
    # the panel takes of the width what its sentence needs, and regions share the rest
    room = (WIDTH - (PANEL if hidden else 0)) / max(len(shown), 1)
    wide = max(len(shown), 1) + (PANEL / room if hidden else 0)
    place = {region: float(at) for at, region in enumerate(shown)}
    rows = [row for row in of_wave if row["region"] in place]
    bases = {row["region"]: row["base"] for row in rows}
    heads = [(place[region], _head(region, _base(bases[region], view), room)) for region in shown]
    if hidden:
        heads.append((float(len(shown)), _head(view.t("regions.hidden_head", count=len(hidden)), "", PANEL)))
    head = _height_of_heads([text for _, text in heads], len(order))
    numbers = [
        (
            place[row["region"]] + (0 if has_bar else BESIDE),
            height[row["option"]] - (BELOW if has_bar else 0),
            view.t("regions.cell", count=row["count"], base=row["base"]),
        )
        for row in rows
        for has_bar in [row["shown"] == "yes"]
    ]
    zeros = [[(x, row - 0.04), (x, row + 0.36)] for x in place.values() for row in range(len(order))]
    return {
        RULES: as_lines([[(-0.02, at + 0.5), (wide, at + 0.5)] for at in range(len(order))]),
        ZEROS: as_lines(zeros),
        **_bars([row for row in rows if row["shown"] == "yes"], place, height, view, DESK_FORM),
        NUMBERS: as_texts(numbers),
        HEADS: as_texts([(x, len(order) - 0.5, text) for x, text in heads]),
        LAYOUT: {
            "xaxis.range": [-0.02, wide],
            "yaxis.range": [-0.7, max(len(order), 1) - 0.5 + head],
            "yaxis.tickvals": [height[option] for option, _ in order],
            "yaxis.ticktext": [in_lines(label, LONGEST_LABEL) for _, label in order],
            "shapes": [_panel(len(shown), wide, len(order), colours)] if hidden else [],
            "annotations": _notes(hidden, len(shown), len(order), view, colours),
        },
    }


def _head(name: str, base: str, room: float) -> str:
    """A region's name and its base, in lines that leave the next column its room in pixels."""
    lines = [f"<b>{line}</b>" for line in wrap(name, max(int(room / LETTER), 8))]
    return "<br>".join([*lines, *wrap(base, max(int(room / SMALL_LETTER), 8))] if base else [*lines, " "])


def _height_of_heads(heads: Sequence[str], rows: int) -> float:
    """How high the longest head is, in rows, where the plot is as low as it may be."""
    high = LINE * max((head.count("<br>") + 1 for head in heads), default=1)
    return high * (rows + 0.2) / max(HEIGHT - high, 1)


def _base(base: int, view: View) -> str:
    if base < view.thresholds.counts_below:
        return view.t("regions.base_counts", base=base)
    return view.t("regions.base_small" if base < view.thresholds.small_below else "regions.base", base=base)


def _panel(at: int, wide: float, rows: int, colours: Palette) -> dict[str, Any]:
    """Where hidden regions would stand: a look of its own, unlike a zero and unlike nothing."""
    return {
        "type": "rect",
        "x0": at,
        "x1": wide - 0.02,
        "y0": -0.6,
        "y1": rows - 0.6,
        "fillcolor": colours["hidden"],
        "line": {"width": 0},
    }


def _notes(hidden: Sequence[str], at: int, rows: int, view: View, colours: Palette) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = []
    if hidden:
        why = view.t("regions.hidden", least=view.thresholds.hide_below, regions=view.t.listing(list(hidden)))
        notes.append(
            {
                "x": at,
                "xshift": 6,
                "y": rows - 0.6,
                "yshift": -4,
                "xanchor": "left",
                "yanchor": "top",
                "align": "left",
                "showarrow": False,
                "text": in_lines(why, int((PANEL - 12) / SMALL_LETTER)),
                "font": font(colours, SIZE_SMALL, ink="ink"),
            }
        )
    if view.selection.is_sample and rows:
        notes.append(stamp(view.t("sample.stamp"), colours, x=0.45, y=0.45, size=STAMP_SIZE))
    return notes


# ---- on the stage
def _stage_columns(of_wave: Sequence[Row], view: View, colours: Palette) -> Parts:
    every = options(list(of_wave))
    order = every[:MOST_OPTIONS]
    height = {option: len(order) - 1 - at for at, (option, _) in enumerate(order)}
    shares = [row for row in of_wave if row["shown"] == "yes"]
    bases = {row["region"]: row["base"] for row in shares}
    shown = sorted(bases, key=lambda region: -bases[region])[:MOST_REGIONS]
    place = {region: float(at) for at, region in enumerate(shown)}
    rows = [row for row in shares if row["region"] in place and row["option"] in height]
    tall, end = len(order) - 0.5, len(place) - 0.02
    numbers = [
        (
            place[row["region"]] + STAGE_NUMBERS,
            height[row["option"]],
            view.t("regions.cell_short", count=row["count"], base=row["base"]),
        )
        for row in rows
    ]
    more = [label for _, label in every[MOST_OPTIONS:]]
    return {
        RULES: as_lines([[(0, at - 0.5), (end, at - 0.5)] for at in height.values()]),
        ZEROS: as_lines([[(at, -0.45), (at, tall)] for at in place.values()]),
        **_bars(rows, place, height, view, STAGE_FORM),
        NUMBERS: as_texts(numbers),
        HEADS: as_texts([(place[region], tall, _stage_head(region, bases[region], view)) for region in shown]),
        LAYOUT: {
            "xaxis.range": [-0.02, max(len(shown), 1)],
            "yaxis.range": [-0.5, max(len(order), 1) - 0.5 + STAGE_HEAD],
            "yaxis.tickvals": [height[option] for option, _ in order],
            "yaxis.ticktext": [in_lines(label, STAGE_LABEL) for _, label in order],
            "annotations": _stage_notes(of_wave, shown, more, tall + STAGE_HEAD, view, colours),
        },
    }


def _stage_head(name: str, base: int, view: View) -> str:
    """A region's name in two lines, its base, and whether that is small."""
    small = [view.t("regions.small_base")] if base < view.thresholds.small_below else []
    names = [f"<b>{line}</b>" for line in wrap(name, STAGE_NAME, break_long_words=False)[:2]]
    return "<br>".join([*names, view.t("regions.base", base=base), *small])


def _stage_notes(
    rows: Sequence[Row], shown: Sequence[str], more: Sequence[str], top: float, view: View, colours: Palette
) -> list[dict[str, Any]]:
    """What is not drawn, and why: counts only, hidden, further regions and barriers."""
    t, listed = view.t, list(rows)
    kinds = {
        "regions.stage_more": [region for region in regions_of(listed, "yes") if region not in shown],
        "regions.stage_counts": regions_of(listed, "count"),
        "regions.stage_hidden": regions_of(listed, "hidden"),
        "regions.stage_nobody": regions_of(listed, "nobody"),
    }
    sentences = [t(key, regions=t.listing(names)) for key, names in kinds.items() if names]
    if more:
        sentences.append(t("regions.stage_options", count=len(more)))
    panel = {
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 6,
        "y": top,
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "text": "<br>".join(in_lines(text, STAGE_WHY) for text in sentences),
        "font": font(colours, SIZE_SMALL, ink="ink"),
    }
    stamped = view.selection.is_sample and bool(rows)
    marks = [stamp(t("sample.stamp"), colours, x=0.4, y=0.3, size=STAMP_SIZE)] if stamped else []
    return [panel, *marks]
