"""The same question wave by wave: a small chart for each option, all on one scale."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from dashboard.charts import template
from dashboard.charts.barriers import Row
from dashboard.charts.cells import points
from dashboard.charts.chart import Drawing, Moving, View
from dashboard.charts.template import SIZE_LABEL, SIZE_SMALL, colour, font
from dashboard.dataset.model import Wave
from dashboard.dataset.records import records
from dashboard.metrics.survey import BARRIERS, newest_wave, question_options, survey_of

COLUMNS = 6
# parts of a cell, which is 1 × 1: where its chart begins and ends, and how high 100 % is
LEFT, RIGHT, FULL = 0.03, 0.78, 0.5
NAME_AT, CHANGE_AT, YEARS_AT = 0.74, 0.61, -0.1
MARGIN = {"l": 14, "r": 6, "t": 2, "b": 6}
STAMP_SIZE = 64


def draw(table: pd.DataFrame, view: View) -> Drawing:
    """`table` is `waves_table`. A ring before a name: respondents of a survey of themes named it, without numbers."""
    options = _options(view)
    waves = [wave.year for wave in survey_of(view.dataset, view.selection).waves if wave.kind == "answers"]
    first, last = (waves[0], waves[-1]) if waves else (0, 1)
    ink = colour("sample" if view.selection.is_sample else "c3")
    lines = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [],
        "y": [],
        "line": {"color": ink, "width": 1.6},
        "marker": {"size": 6, "color": ink},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [],
            "arrayminus": [],
            "thickness": 1.1,
            "width": 0,
            "color": ink,
        },
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    corners = [_corner(at) for at in range(len(options))]
    names = template.texts(font(SIZE_LABEL, ink="ink", weight=600))
    names |= {"x": [x for x, _ in corners], "y": [y + NAME_AT for _, y in corners]}
    names["text"] = [name for _, name in options]
    ends = template.texts(font(SIZE_SMALL, ink="ink-3"))
    ends |= {
        "x": [x + at for x, _ in corners for at in (LEFT - 0.03, RIGHT - 0.06)],
        "y": [y + YEARS_AT for _, y in corners for _ in range(2)],
        "text": [str(year) for _ in corners for year in (first, last)] if waves else [],
    }
    rows = -(-len(options) // COLUMNS)
    plain = {"showgrid": False, "zeroline": False, "showticklabels": False, "fixedrange": True}
    layout = template.layout(
        margin=MARGIN,
        shapes=_lines(corners),
        annotations=[template.stamp(view.words("sample.stamp"), x=0.5, y=0.5, size=STAMP_SIZE)]
        if view.selection.is_sample
        else [],
        xaxis={**plain, "range": [0, COLUMNS]},
        yaxis={**plain, "range": [-rows + 0.82, 0.86]},
    )
    data = [
        lines,
        template.texts(font(SIZE_LABEL, ink="ink", weight=600)),
        template.texts(font(SIZE_SMALL, ink="ink-2")),
        names,
        ends,
    ]

    def cells(rows: list[Row], view: View) -> Moving:
        return _cells(rows, [option for option, _ in options], (first, last), view)

    return Drawing({"data": data, "layout": layout}, moving_until_wave(table, view, cells))


def newest(view: View, year: int) -> Wave | None:
    """The newest wave up to a year, whatever wave is chosen: up to it waves are compared."""
    return newest_wave(survey_of(view.dataset, view.selection), year)


def moving_until_wave(
    table: pd.DataFrame, view: View, build: Callable[[list[Row], View], Moving]
) -> Callable[[int], Moving]:
    """The `moving` of a figure that `build` makes of the rows of all waves up to one: once for each wave."""
    rows = records(table)

    @cache
    def until(wave: Wave | None) -> Moving:
        return build([row for row in rows if wave and row["year"] <= wave.year], view)

    return lambda year: until(newest(view, year))


def cited(view: View) -> set[str]:
    """Options that respondents named in a survey that published themes only."""
    themes = view.dataset.survey.themes
    return set(themes.loc[themes["question"] == BARRIERS, "option"])


def _options(view: View) -> list[tuple[str, str]]:
    """(option, its name on the chart) in the codebook's order."""
    named = cited(view)
    return [
        (option, view.words("waves.cited" if option in named else "waves.name", label=label))
        for option, label in question_options(view.dataset, BARRIERS)
    ]


def _corner(at: int) -> tuple[float, float]:
    """Left end and baseline of the cell at a position."""
    return at % COLUMNS, -(at // COLUMNS)


def _lines(corners: list[tuple[float, float]]) -> list[dict[str, Any]]:
    """In each cell the lines of 0, 50 and 100 %."""
    inks = {0.0: "ink-3", 0.5: "line", 1.0: "line"}
    return [
        {
            "type": "line",
            "layer": "below",
            "x0": x,
            "x1": x + RIGHT + LEFT,
            "y0": y + FULL * part,
            "y1": y + FULL * part,
            "line": {"color": colour(ink), "width": 1},
        }
        for x, y in corners
        for part, ink in inks.items()
    ]


def _cells(rows: list[Row], options: list[str], span: tuple[int, int], view: View) -> Moving:
    by_option: dict[str, list[Row]] = {option: [] for option in options}
    for row in rows:
        by_option[row["option"]].append(row)
    x: list[float | None] = []
    y: list[float | None] = []
    up: list[float | None] = []
    down: list[float | None] = []
    latest: list[tuple[float, float, str]] = []
    changes: list[tuple[float, float, str]] = []
    for at, option in enumerate(options):
        left, bottom = _corner(at)
        for row in by_option[option]:
            is_shown = row["shown"] == "yes"
            x.append(left + LEFT + (RIGHT - LEFT) * (row["year"] - span[0]) / max(span[1] - span[0], 1))
            y.append(bottom + FULL * row["share"] if is_shown else None)
            up.append(FULL * (row["high"] - row["share"]) if is_shown else None)
            down.append(FULL * (row["share"] - row["low"]) if is_shown else None)
        shown = [row for row in by_option[option] if row["shown"] == "yes"]
        if shown:
            last = shown[-1]
            place = left + LEFT + (RIGHT - LEFT) * (last["year"] - span[0]) / max(span[1] - span[0], 1)
            latest.append((place + 0.02, bottom + FULL * last["share"], f"{round(100 * last['share'])}%"))
            changes.append((left, bottom + CHANGE_AT, change_text(last, view)))
        for series in (x, y, up, down):
            series.append(None)
    return {
        "data.0.x": x,
        "data.0.y": y,
        "data.0.error_y.array": up,
        "data.0.error_y.arrayminus": down,
        **_placed(1, latest),
        **_placed(2, changes),
    }


def _placed(trace: int, texts: list[tuple[float, float, str]]) -> dict[str, list[Any]]:
    columns = [list(column) for column in zip(*texts, strict=True)] if texts else [[], [], []]
    return {f"data.{trace}.{name}": column for name, column in zip(("x", "y", "text"), columns, strict=True)}


def change_text(row: Row, view: View) -> str:
    """ "−23 points (−40 to −4)", or that there is nothing to compare with."""
    if row["change"] is None:
        return view.words("waves.first")
    change, low, high = (points(row[name]) for name in ("change", "change_low", "change_high"))
    return view.words("waves.change", change=change, change_low=low, change_high=high)
