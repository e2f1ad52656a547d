"""Pace and target: what is recorded, and drawn apart from it, what a target asks for. It does not follow the year."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import CHARTS, View
from dashboard.charts.frames import DrawnFigure
from dashboard.charts.look import Look
from dashboard.charts.pace.text import MARGIN, pace_and_goal
from dashboard.charts.palette import Palette, palette
from dashboard.charts.template import SIZE_SMALL, font, to_parts
from dashboard.filters import Selection, to_query
from dashboard.metrics.pace import Goal, Pace
from dashboard.strings import Catalog

Part = dict[str, Any]


def build_pace(view: View, look: Look) -> DrawnFigure:
    """Recorded as a line; the pace as a dashed line in a band; the way to the target dashed in the accent. The same on
    a phone and on the stage, which magnifies it as a whole."""
    colours, t = palette(look.theme), view.t
    now, aim = pace_and_goal(view)
    rows = CHARTS["pace"].table(view)
    years = rows["year"].tolist()
    ahead = rows[rows["year"] >= now.counted_in]
    top = max(aim.target, *ahead["pace_high"], now.counted) * 1.12
    axis = {"tickfont": font(colours, SIZE_SMALL, ink="ink-3")}
    counted = {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": now.counted_in,
        "x1": now.counted_in,
    }
    layout = {
        "margin": MARGIN,
        "hovermode": "closest",
        "separators": t.separators,
        "xaxis": {**axis, "range": [years[0] - 0.5, years[-1] + 0.8], "tickformat": "d", "nticks": 8},
        "yaxis": {**axis, "range": [0, top], "showgrid": True, "gridcolor": colours["line"], "nticks": 5},
        "shapes": [{**counted, "line": {"color": colours["line-2"], "width": 1, "dash": "dot"}}],
        "annotations": _notes(t, now, aim, years, float(ahead["pace"].iloc[-1]), colours),
    }
    traces = [*_outlook(t, ahead, colours), *_record(t, rows, now, colours), _target(aim, colours)]
    figure = go.Figure(data=traces, layout=layout)
    chosen = to_query(Selection(view.selection.basis, view.selection.filters), view.choices)
    shape = f"{chosen} {aim.target} {aim.year} {look.theme}"
    return DrawnFigure(to_parts(figure, look.theme), shape=shape)


def _outlook(t: Catalog, ahead: pd.DataFrame, colours: Palette) -> list[Part]:
    """The interval of the pace as a band, the pace, and what the target asks for."""
    years, low, high = (ahead[name].tolist() for name in ("year", "pace_low", "pace_high"))
    band = {
        "type": "scatter",
        "x": years + years[::-1],
        "y": high + low[::-1],
        "fill": "toself",
        "fillcolor": colours["sunk"],
        "mode": "lines",
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    return [
        band,
        _line(years, ahead["pace"].tolist(), t("pace.hover_pace"), color=colours["ink-3"], width=1.6, dash="3px,3px"),
        _line(
            years,
            ahead["needed"].tolist(),
            t("pace.hover_needed"),
            color=colours["accent"],
            width=2,
            dash="6px,4px",
        ),
    ]


def _record(t: Catalog, rows: pd.DataFrame, now: Pace, colours: Palette) -> list[Part]:
    """What is on record, in steps. The last step also has what the count adds without a start year; that is no
    growth of one year, so it is dotted."""
    recorded = rows[rows["recorded"].notna()]
    years, numbers = recorded["year"].tolist(), recorded["recorded"].tolist()
    before = numbers[-2] if len(numbers) > 1 else now.counted
    said, ink = t("pace.hover_recorded"), colours["count"]
    return [
        _line([*years[:-1], now.counted_in], [*numbers[:-1], before], said, color=ink, width=2.4, shape="hv"),
        _line([now.counted_in] * 2, [before, now.counted], said, color=ink, width=1.8, dash="2px,2px"),
    ]


def _line(x: list[int], y: list[float], hover: str, **line: Any) -> Part:
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines",
        "line": line,
        "hovertemplate": hover + "<extra></extra>",
    }


def _target(aim: Goal, colours: Palette) -> Part:
    marker = {"size": 9, "color": colours["card"], "line": {"color": colours["accent"], "width": 2}}
    point = {"type": "scatter", "x": [aim.year], "y": [aim.target], "mode": "markers", "marker": marker}
    return {**point, "hoverinfo": "skip", "cliponaxis": False}


def _notes(t: Catalog, now: Pace, aim: Goal, years: list[int], rate: float, colours: Palette) -> list[Part]:
    """Names stand off the two lines, and that of the count where most of the years are. `rate` is where the line of the
    pace ends."""
    is_short = aim.needed < now.rate
    has_room = now.counted_in - years[0] > (years[-1] - years[0]) / 2
    small = {ink: font(colours, SIZE_SMALL, ink=ink) for ink in ("ink-2", "ink-3")}
    ahead = {
        "x": years[-1] if has_room else now.counted_in,
        "y": 0 if has_room else 1,
        "yref": "paper",
        "xanchor": "right" if has_room else "left",
        "yanchor": "bottom" if has_room else "top",
        "text": t("pace.label_ahead"),
        "font": small["ink-3"],
    }
    pace = {
        "x": years[-1],
        "y": rate,
        "xanchor": "right",
        "yanchor": "bottom" if is_short else "top",
        "yshift": 10 if is_short else -16,
        "text": t("pace.label_pace"),
        "font": small["ink-2"],
    }
    target = {
        "x": aim.year,
        "y": aim.target,
        "xanchor": "right",
        "yanchor": "top" if is_short else "bottom",
        "yshift": -16 if is_short else 4,
        "text": t("pace.label_target", target=aim.target, year=aim.year),
        "font": font(colours, 12, ink="accent", weight=600),
    }
    counted = {
        "x": now.counted_in,
        "y": now.counted,
        "xanchor": "right" if has_room else "left",
        "yanchor": "bottom" if has_room else "top",
        "xshift": -3 if has_room else 3,
        "yshift": 3 if has_room else -3,
        "text": t("pace.label_counted", count=now.counted, year=now.counted_in),
        "font": small["ink-2"],
    }
    return [{**note, "showarrow": False} for note in (ahead, pace, target, counted)]
