"""The same question wave by wave: a small chart for each option, all on one scale. Where room is scarce or letters are
large (a phone, paper, the stage) a row for each option: where it stood first, where it stands, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    stamp,
    text_trace,
)
from dashboard.charts.base import once_a_view
from dashboard.charts.cells import points
from dashboard.charts.frames import LAYOUT, DrawnFigure
from dashboard.charts.look import Look
from dashboard.charts.mirror import mirrored
from dashboard.charts.palette import Palette, palette
from dashboard.charts.template import CLEAR, SIZE_LABEL, SIZE_SMALL, font, to_parts
from dashboard.charts.viewport import STAGE
from dashboard.charts.waves.data import change_text, cited, newest
from dashboard.dataset.model import Wave
from dashboard.dataset.records import records
from dashboard.metrics.survey import BARRIERS, question_options, survey_of

STAMP_SIZE = 64

TICKS = (0, 0.5, 1)

# ---- small charts
COLUMNS = 6
# parts of a cell, which is 1 × 1: where its chart begins and ends, and how high 100 % is
LEFT, RIGHT, FULL = 0.03, 0.78, 0.5
NAME_AT, CHANGE_AT, YEARS_AT = 0.68, 0.61, -0.1
CELL_MARGIN = {"l": 14, "r": 6, "t": 2, "b": 6}
LONGEST_NAME = 24
# traces, from the lowest up
HALVES, ZEROS, LINES, LATEST, CHANGES, NAMES, YEARS = map(str, range(7))

# ---- rows
RULES, WAY, FIRST, LAST, FIGURES, KEY_LEFT, KEY_RIGHT = map(str, range(7))


@dataclass(frozen=True)
class Form:
    """The room around rows, how many letters a label may have in a line, and whether the figures stand in two lines."""

    margin: dict[str, int]
    label: int
    is_in_two_lines: bool = False
    has_axis: bool = True


STAGE_FORM = Form({"l": 190, "r": 138, "t": 18, "b": 4}, label=60, has_axis=False)
PAPER_FORM = Form({"l": 206, "r": 140, "t": 18, "b": 20}, label=60)
NARROW_FORM = Form({"l": 130, "r": 104, "t": 18, "b": 20}, label=21, is_in_two_lines=True)


def build_waves(view: View, look: Look) -> DrawnFigure:
    """Of `waves_table`: small charts, or rows where there is no room for them."""
    if view.viewport == STAGE:
        return _build_rows(view, look, STAGE_FORM)
    if look.is_narrow:
        return _build_rows(view, look, NARROW_FORM)
    return _build_rows(view, look, STAGE_FORM) if view.selection.is_large_print else _build_cells(view, look)


def build_waves_on_paper(view: View, look: Look) -> DrawnFigure:
    """The same as rows, for six small charts side by side are wider than a sheet. Its colours are those of the theme,
    as in every figure: what prints puts those of paper in their place."""
    return _build_rows(view, Look(look.theme), PAPER_FORM)


def _layout(view: View, look: Look, colours: Palette, *, y: float, **more: Any) -> dict[str, Any]:
    t = view.t
    stamps = [stamp(t("sample.stamp"), colours, x=0.5, y=y, size=STAMP_SIZE)] if view.selection.is_sample else []
    return {"annotations": stamps, **more}


def _shape(kind: str, view: View, look: Look) -> str:
    return f"{kind} {look.theme} {look.is_narrow} {view.selection.is_sample}"


@once_a_view
def _rows(view: View) -> list[Row]:
    return records(CHARTS["waves"].table(view))


def _until(wave: Wave | None, view: View) -> list[Row]:
    """The rows of all waves up to one."""
    return [row for row in _rows(view) if wave and row["year"] <= wave.year]


# ---- small charts
def _build_cells(view: View, look: Look) -> DrawnFigure:
    """A ring before a name: respondents of a survey of themes named it, without numbers."""
    colours = palette(look.theme)
    ink = colours["sample" if view.selection.is_sample else "c3"]
    options = _options(view)
    is_leftwards = view.t.is_from_right
    corners = [_corner(at, is_leftwards=is_leftwards) for at in range(len(options))]
    waves = [wave.year for wave in survey_of(view.dataset, view.selection).waves if wave.kind == "answers"]
    span = (waves[0], waves[-1]) if waves else (0, 1)
    interval = {"type": "data", "symmetric": False, "thickness": 1.1, "width": 0, "color": ink}
    lines = {**line_trace(ink, width=1.6), "mode": "lines+markers", "marker": {"size": 6, "color": ink}}
    # names stand on their line and grow upwards
    names = [
        (x + is_leftwards * (LEFT + RIGHT), y + NAME_AT, in_lines(name, LONGEST_NAME))
        for (x, y), (_, name) in zip(corners, options, strict=True)
    ]
    years = [
        (x + at, y + YEARS_AT, str(year))
        for x, y in corners
        for at, year in zip((LEFT - 0.03, RIGHT - 0.06), span, strict=True)
        if waves
    ]
    label, side = font(colours, SIZE_LABEL, ink="ink", weight=600), "left" if is_leftwards else "right"
    data = [
        {**line_trace(colours["line"]), **_levels(corners, 0.5, 1)},
        {**line_trace(colours["ink-3"]), **_levels(corners, 0)},
        {**lines, "error_y": interval},
        text_trace(label),
        text_trace(font(colours, SIZE_SMALL, ink="ink-2"), f"middle {side}"),
        {**text_trace(label, f"top {side}"), **as_texts(names)},
        {**text_trace(font(colours, SIZE_SMALL, ink="ink-3")), **as_texts(years)},
    ]
    rows = -(-len(options) // COLUMNS)
    layout = _layout(
        view,
        look,
        colours,
        y=0.5,
        margin=CELL_MARGIN,
        xaxis={"range": [0, COLUMNS], "showticklabels": False},
        yaxis={"range": [-rows + 0.82, 0.9], "showticklabels": False},
    )

    def of_wave(wave: Any) -> Parts:
        return _cells(_until(wave, view), [option for option, _ in options], span, view)

    figure = to_parts(go.Figure(data=data, layout=layout), look.theme)
    return DrawnFigure(figure, frames_by_moment(view, newest, of_wave), shape=_shape("cells", view, look))


def _options(view: View) -> list[tuple[str, str]]:
    """(option, its name on the chart) in the codebook's order."""
    named = cited(view)
    return [
        (option, view.t("waves.cited" if option in named else "waves.name", label=label))
        for option, label in question_options(view.dataset, BARRIERS)
    ]


def _corner(at: int, *, is_leftwards: bool) -> tuple[float, float]:
    """Left end and baseline of the cell at a position, the first at the left or, where one reads from right to left, at
    the right. In each time runs from left to right."""
    row, column = divmod(at, COLUMNS)
    return COLUMNS - 1 - column if is_leftwards else column, -row


def _levels(corners: Sequence[tuple[float, float]], *parts: float) -> dict[str, list[Any]]:
    """In each cell a line at these shares."""
    return as_lines([[(x, y + FULL * part), (x + RIGHT + LEFT, y + FULL * part)] for x, y in corners for part in parts])


def _cells(rows: Sequence[Row], options: Sequence[str], span: tuple[int, int], view: View) -> Parts:
    by_option: dict[str, list[Row]] = {option: [] for option in options}
    is_leftwards = view.t.is_from_right
    for row in rows:
        by_option[row["option"]].append(row)
    x: list[float | None] = []
    y: list[float | None] = []
    up: list[float | None] = []
    down: list[float | None] = []
    latest: list[tuple[float, float, str]] = []
    changes: list[tuple[float, float, str]] = []

    def place_of(row: Row) -> float:
        return LEFT + (RIGHT - LEFT) * float(row["year"] - span[0]) / max(span[1] - span[0], 1)

    for at, option in enumerate(options):
        left, bottom = _corner(at, is_leftwards=is_leftwards)
        for row in by_option[option]:
            is_shown = row["shown"] == "yes"
            x.append(left + place_of(row))
            y.append(bottom + FULL * row["share"] if is_shown else None)
            up.append(FULL * (row["high"] - row["share"]) if is_shown else None)
            down.append(FULL * (row["share"] - row["low"]) if is_shown else None)
        shown = [row for row in by_option[option] if row["shown"] == "yes"]
        if shown:
            last = shown[-1]
            percent = view.t.percent(last["share"])
            latest.append((left + place_of(last) + 0.02, bottom + FULL * last["share"], percent))
            changes.append((left + is_leftwards * (LEFT + RIGHT), bottom + CHANGE_AT, change_text(last, view)))
        for series in (x, y, up, down):
            series.append(None)
    return {
        LINES: {"x": x, "y": y, "error_y.array": up, "error_y.arrayminus": down},
        LATEST: as_texts(latest),
        CHANGES: as_texts(changes),
    }


# ---- rows
@mirrored
def _build_rows(view: View, look: Look, form: Form) -> DrawnFigure:
    """A ring for the first wave, a dot with its interval for the last, a line between."""
    colours = palette(look.theme)
    ink = colours["sample" if view.selection.is_sample else "c3"]
    mark = {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "cliponaxis": False}
    interval = {"type": "data", "symmetric": False, "thickness": 1.2, "width": 0, "color": ink}
    hollow = {"size": 9, "color": colours["page"], "line": {"color": ink, "width": 1.6}}
    key = font(colours, SIZE_SMALL, ink="ink-2")
    data = [
        line_trace(colours["line"]),
        line_trace(ink, width=2),
        {**mark, "marker": hollow},
        {**mark, "marker": {"size": 9, "color": ink}, "error_x": interval},
        text_trace(font(colours, SIZE_SMALL, ink="ink")),
        text_trace(key, "top right"),
        text_trace(key, "top right"),
    ]
    ticks = {"tickvals": TICKS, "ticktext": [view.t.percent(tick) for tick in TICKS], "showticklabels": form.has_axis}
    labels = {"tickfont": font(colours, SIZE_SMALL, ink="ink"), "ticks": "outside", "ticklen": 6, "tickcolor": CLEAR}
    layout = _layout(
        view,
        look,
        colours,
        y=0.4,
        margin=form.margin,
        xaxis={"range": [0, 1], **ticks},
        yaxis={"autorange": False, **labels},
    )

    def of_wave(wave: Any) -> Parts:
        return _row_parts(_until(wave, view), view, form)

    figure = to_parts(go.Figure(data=data, layout=layout), look.theme)
    return DrawnFigure(figure, frames_by_moment(view, newest, of_wave), shape=_shape(f"rows {form.label}", view, look))


def _row_parts(of_waves: Sequence[Row], view: View, form: Form) -> Parts:
    by_option: dict[str, list[Row]] = {}
    for row in of_waves:
        if row["shown"] == "yes":
            by_option.setdefault(row["option"], []).append(row)
    series = sorted(by_option.values(), key=lambda rows: rows[-1]["share"])
    compared = [(at, rows) for at, rows in enumerate(series) if len(rows) > 1]
    top = max(len(series), 1) - 0.4
    figures = [(1, at, _figures(rows[-1], view, form)) for at, rows in enumerate(series)]
    years = sorted({row["year"] for rows in series for row in rows})
    left, right = _key(years, view)
    return {
        RULES: as_lines([[(0, at), (1, at)] for at in range(len(series))]),
        WAY: as_lines([[(rows[0]["share"], at), (rows[-1]["share"], at)] for at, rows in enumerate(series)]),
        FIRST: {"x": [rows[0]["share"] for _, rows in compared], "y": [at for at, _ in compared]},
        LAST: {
            "x": [rows[-1]["share"] for rows in series],
            "y": list(range(len(series))),
            "error_x.array": [rows[-1]["high"] - rows[-1]["share"] for rows in series],
            "error_x.arrayminus": [rows[-1]["share"] - rows[-1]["low"] for rows in series],
        },
        FIGURES: as_texts(figures),
        KEY_LEFT: as_texts([(0, top, left)] if left else []),
        KEY_RIGHT: as_texts([(1, top, right)] if right else []),
        LAYOUT: {
            "yaxis.tickvals": list(range(len(series))),
            "yaxis.ticktext": [in_lines(rows[-1]["label"], form.label) for rows in series],
            "yaxis.range": [-0.6, top],
        },
    }


def _figures(row: Row, view: View, form: Form) -> str:
    """ "37%  −23 (−40 to −4)", the change bold where its interval leaves out zero; only the share where there is
    nothing to compare with. On a phone in two lines."""
    t = view.t
    share = t.percent(row["share"])
    if row["change"] is None:
        return share
    by, low, high = (points(row[name], t) for name in ("change", "change_low", "change_high"))
    change = t("waves.change_short", change=by, change_low=low, change_high=high)
    is_more_than_chance = row["change_low"] > 0 or row["change_high"] < 0
    gap = "<br>" if form.is_in_two_lines else "  "
    return f"{share}{gap}<b>{change}</b>" if is_more_than_chance else f"{share}{gap}{change}"


def _key(years: Sequence[int], view: View) -> tuple[str, str]:
    """What ring and dot are, and what the figures are."""
    if not years:
        return "", ""
    if len(years) == 1:
        return view.t("waves.end", first=years[0], last=years[0]), ""
    return view.t("waves.ends", first=years[0], last=years[-1]), view.t("waves.points")
