"""How it grew: bars of dated partnerships by region, a hatched bar of undated ones, the upper bound as an outline,
published totals as diamonds, milestones as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from dashboard.charts import template
from dashboard.charts.chart import Drawing, View, still
from dashboard.charts.growth_overlay import Overlay, steps
from dashboard.charts.growth_scale import HALF, Scale, Total, tick_text, tick_values
from dashboard.charts.milestones import CIRCLE_PIXELS, circles, mark_height, milestone_levels
from dashboard.charts.screen import Screen
from dashboard.charts.template import SIZE_LABEL, SIZE_SMALL, colour, font
from dashboard.counting import by_year
from dashboard.dataset.records import records
from dashboard.strings import Words

MARGIN = {"l": 36, "r": 6, "t": 4, "b": 22}
# a year at the axis, in pixels
APART = 32.0


def draw(table: pd.DataFrame, view: View) -> Drawing:
    """`table` is `growth_table`."""
    basis_years = view.basis.years
    years = list(basis_years)
    totals = published_totals(view)
    marks = milestone_levels(view.dataset, basis_years, view.screen) if view.screen.has_milestones else []
    upper, lower, undated = (
        by_year(table, basis_years, name).sum(axis=1) for name in ("upper", "partnerships", "undated")
    )
    dated = by_year(table, basis_years, "dated")
    scale = _scale(
        basis_years,
        totals,
        int(upper.max(initial=1)),
        levels=max((mark.level for mark in marks), default=-1) + 1,
        screen=view.screen,
    )
    colours = {region: f"r{at}" for at, region in enumerate(view.regions, start=1)}
    regions = table["region"].head(len(table) // len(years)).tolist()
    bars: list[dict[str, Any]] = []
    for at, region in enumerate(regions):
        bars.append(
            {
                "type": "bar",
                "x": years,
                "y": dated[:, at].tolist(),
                "name": region,
                "meta": {"set": "region"},
                "customdata": [region] * len(years),
                "marker": {"color": colour(colours[region]), "line": {"width": 0}},
                "hovertemplate": view.words("growth.hover.region", region=region) + "<extra></extra>",
            }
        )
    pattern = {
        "shape": "/",
        "fgcolor": colour("ink-3"),
        "bgcolor": colour("sunk"),
        "size": 5.5,
        "solidity": 0.26,
    }
    bars.append(
        {
            "type": "bar",
            "x": years,
            "y": undated.tolist(),
            "name": "undated",
            "marker": {"color": colour("card"), "line": {"width": 0}, "pattern": pattern},
            "hovertemplate": view.words("growth.hover.undated") + "<extra></extra>",
        }
    )
    traces = [*bars, _outline(years, upper), *_diamonds(totals, view), *circles(marks, scale)]
    layout = template.layout(
        barmode="stack",
        bargap=0.1,
        margin=MARGIN,
        meta={"scrub": "year"},
        xaxis=_x_axis(scale, basis_years),
        yaxis=_y_axis(scale, int(upper.max(initial=1)), view.words),
    )
    ticks = layout["yaxis"]["tickvals"][1:]
    end = years[-1] + HALF
    grid = [_line(scale.x_start, end, tick, tick, "line", layer="below") for tick in ticks]
    stems = [
        _line(
            mark.year,
            mark.year,
            float(upper[_at(years, mark.year)]) + scale.tall(6),
            mark_height(mark, scale) - scale.tall(8),
            "line-2",
            layer="below",
        )
        for mark in marks
    ]
    layout["shapes"] = [*grid, *stems, _line(scale.x_start, end, 0, 0, "ink-3")]
    layout["annotations"] = [_bound_note(int(undated[-1]), upper, scale, view)]
    never_dated = np.stack([undated, upper - lower], axis=1)
    overlay = Overlay(
        years=years,
        regions=[(region, colours[region]) for region in regions],
        lower=lower,
        upper=upper,
        parts=[(*of_regions, *rest) for of_regions, rest in zip(dated.tolist(), never_dated.tolist(), strict=True)],
        totals=totals,
        is_own=view.basis.snapshot is not None,
        scale=scale,
        words=view.words,
    )

    # on a phone labels need nearly half of the width, and the numbers of milestones would cover each other
    layout["meta"]["narrow"] = {
        "layout.xaxis.range": [
            scale.x_start,
            round(scale.x_start + (scale.data_end - scale.x_start) / 0.55, 2),
        ],
        "layout.xaxis.tickvals": [years[0], 1990, years[-1]],
        "layout.shapes": [*grid, layout["shapes"][-1]],
        "layout.annotations": [],
        **({f"data.{len(traces) - 1}.visible": False} if marks else {}),
    }

    if view.screen.narrow_growth:
        layout["meta"]["square"] = {"layout.xaxis.range": [scale.x_start, scale.end_at(view.screen.narrow_growth)]}

    return Drawing({"data": traces, "layout": layout}, still, {"overlay": overlay.items()}, basis_years)


def published_totals(view: View) -> list[Total]:
    """Totals somebody published: for the whole initiative, or for the country chosen by the snapshot shown. With
    another filter none is comparable, so none is shown."""
    snapshot, selection = view.basis.snapshot, view.selection
    others = selection.filters.without("region", "country")
    if selection.country is not None and snapshot is not None and not others:
        counts = snapshot.counts
        numbers = counts.loc[counts["country_iso3"] == selection.country, "partnerships"]
        return [Total(float(snapshot.year), int(number), snapshot.title) for number in numbers]
    if selection.filters:
        return []
    rows = records(view.dataset.tables["totals"])
    return [Total(year_of(row["date"]), int(row["partnerships"]), row["scope"]) for row in rows]


def year_of(text: str) -> float:
    """ "2009-03-03" as 2009.17, "2007" as 2007: a date on an axis of years."""
    year, *rest = text.split("-")
    if not rest:
        return float(year)
    day = date(int(year), int(rest[0]), int(rest[1]) if len(rest) > 1 else 15)
    return int(year) + (day.timetuple().tm_yday - 1) / 365


def _scale(years: range, totals: Sequence[Total], most: int, *, levels: int, screen: Screen) -> Scale:
    newest = max([float(years[-1]), *(total.when for total in totals)])
    top = max([most, *(total.number for total in totals)])
    room = CIRCLE_PIXELS * levels + 14
    return Scale(years[0], years[-1], newest + 0.8, top / (1 - room / screen.growth[1]), screen)


def _x_axis(scale: Scale, years: range) -> dict[str, Any]:
    # names of years beside each other need room, also on the narrowest canvas
    apart = scale.wide(APART) * scale.screen.growth[0] / (scale.screen.narrow_growth or scale.screen.growth[0])
    rounds = [year for year in years if year % 10 == 0 and year - years[0] > apart and years[-1] - year > apart]
    return {
        "range": [scale.x_start, scale.x_end],
        "fixedrange": True,
        "tickvals": [years[0], *rounds, years[-1]],
        "tickformat": "d",
        "tickfont": font(SIZE_SMALL),
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": colour("line-2"),
        "showgrid": False,
        "zeroline": False,
        "showline": False,
    }


def _y_axis(scale: Scale, most: int, words: Words) -> dict[str, Any]:
    ticks = tick_values(most)
    return {
        "range": [0, scale.y_end],
        "fixedrange": True,
        "tickvals": ticks,
        "ticktext": [tick_text(tick, words) for tick in ticks],
        "tickfont": font(SIZE_SMALL),
        "showgrid": False,
        "zeroline": False,
    }


def _outline(years: Sequence[int], upper: np.ndarray) -> dict[str, Any]:
    x, y = steps(years, upper.tolist())
    line = {"color": colour("ink-3"), "width": 1.4, "dash": "2px,3px"}
    return {"type": "scatter", "x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip"}


def _diamonds(totals: Sequence[Total], view: View) -> list[dict[str, Any]]:
    """What one hovers where the shapes are."""
    if not totals:
        return []
    marker = {"symbol": "diamond", "size": 11, "opacity": 0}
    texts = [view.words("growth.hover.total", number=total.number, scope=total.who) for total in totals]
    return [
        {
            "type": "scatter",
            "x": [total.when for total in totals],
            "y": [total.number for total in totals],
            "mode": "markers",
            "marker": marker,
            "cliponaxis": False,
            "hoverinfo": "text",
            "hovertext": texts,
        }
    ]


def _bound_note(never_dated: int, upper: np.ndarray, scale: Scale, view: View) -> dict[str, Any]:
    """What the dotted line means, written along it."""
    at = min(len(upper) - 1, int(len(upper) * 0.5))
    return {
        "x": scale.first,
        "y": float(upper[at]),
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "text": view.words(
            "growth.upper_bound" if view.screen.has_milestones else "growth.upper_bound_lines", count=never_dated
        ),
        "align": "left",
        "font": font(SIZE_LABEL, ink="ink-3"),
        "visible": bool(never_dated),
    }


def _line(x0: float, x1: float, y0: float, y1: float, ink: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "line": {"color": colour(ink), "width": 1},
        **more,
    }


def _at(years: Sequence[int], year: int) -> int:
    return min(max(year - years[0], 0), len(years) - 1)
