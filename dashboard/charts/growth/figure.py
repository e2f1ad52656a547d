"""How it grew: dated partnerships by region as stacked steps, undated ones hatched on top.

Plotly draws areas and axes; nothing in them depends on the year. Everything over and under them (the line of the year,
the upper bound, published totals, milestones, labels at the right) is the overlay, which the script draws in percent
of the plot: that costs a browser a tenth of Plotly's shapes and annotations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.charts import CHARTS, View
from dashboard.charts.base import once_a_view
from dashboard.charts.frames import LAYOUT, DrawnFigure, in_every_year
from dashboard.charts.growth.data import published_totals
from dashboard.charts.growth.scale import HALF, Scale, Total, tick_text, tick_values
from dashboard.charts.labels import stack
from dashboard.charts.look import Look
from dashboard.charts.milestones import CIRCLE_PIXELS, Mark, mark_height, milestone_levels
from dashboard.charts.palette import palette
from dashboard.charts.template import template_parts
from dashboard.charts.viewport import Viewport
from dashboard.counting import by_year, first_rows
from dashboard.dataset.labels import labels_of
from dashboard.strings import Catalog

MARGIN = {"l": 36, "r": 6, "t": 4, "b": 22}
# a label of a year on the axis, a line of words, a number over a diamond, in pixels
TICK_PIXELS, LINE_PIXELS, NUMBER_PIXELS = 32.0, 16.0, 26.0
# the line to a label begins, and turns level, so many pixels right of the year
LEADER = (3, 17)
# the part of a narrow plot that is not for labels: in a window of 320 pixels the longest one of any language fits
NARROW_PART = 0.47
PATTERN_SIZE, PATTERN_SOLIDITY = 5.5, 0.26

# who published each total, said by points that are not seen where the overlay draws the diamonds
HOVERS_OF_TOTALS = {
    "type": "scatter",
    "mode": "markers",
    "hoverinfo": "text",
    "marker": {"symbol": "diamond", "size": 11, "opacity": 0},
    "cliponaxis": False,
}

Counts = npt.NDArray[np.int_]


@dataclass(frozen=True)
class Growth:
    """What the figure and its overlay are made of. `dated`: array of shape (years, regions); the others by year."""

    years: Sequence[int]
    regions: Sequence[str]
    dated: Counts
    undated: Counts
    lower: Counts
    upper: Counts
    totals: Sequence[Total]
    marks: Sequence[Mark]
    scale: Scale
    end: float

    @property
    def last(self) -> int:
        """The last year."""
        return self.years[-1]

    def x(self, value: float) -> float:
        """A year in percent of the plot's width."""
        return round(100 * (value - self.scale.x_start) / (self.end - self.scale.x_start), 2)

    @cached_property
    def edges(self) -> list[float]:
        """Where each year begins, and where the last one ends, in percent of the plot's width."""
        return [self.x(year - HALF) for year in (*self.years, self.last + 1)]

    def y(self, value: float) -> float:
        """A number in percent of the plot's height, from the top."""
        return round(100 * (1 - value / self.scale.y_end), 2)


def build_growth(view: View, look: Look) -> DrawnFigure:
    """The areas and axes. Nothing in them follows the year, but other filters change only their numbers: these are what
    the browser gets, and the areas that are drawn take them."""
    growth = read_growth(view, is_narrow=look.is_narrow)
    years = growth.years
    frames = {
        target: {name: in_every_year(value, years) for name, value in attributes.items()}
        for target, attributes in _numbers(growth, view, look).items()
    }
    shape = f"{view.basis.id} {look.theme} {look.is_narrow} {view.viewport.growth} {view.t.language}"
    return DrawnFigure(_figure_of(view.basis.years, view.regions, view.t, look), frames, shape)


def build_overlay(view: View, look: Look) -> dict[str, Any]:
    """What the script draws over and under the figure, for every year (`over` in assets/README.md)."""
    return build_growth_overlay(read_growth(view, is_narrow=look.is_narrow), view, is_narrow=look.is_narrow)


def read_growth(view: View, *, is_narrow: bool = False) -> Growth:
    """What both are made of: on a phone without milestones, and with half of the width for labels."""
    growth = _read(view)
    if not is_narrow:
        return growth
    scale = growth.scale
    return replace(growth, marks=[], end=round(scale.x_start + (scale.data_end - scale.x_start) / NARROW_PART, 2))


@once_a_view
def _read(view: View) -> Growth:
    table, years = CHARTS["growth"].table(view), view.basis.years
    totals = published_totals(view)
    viewport = view.viewport
    marks = milestone_levels(view.dataset, years, viewport) if viewport.has_milestones else []
    dated = by_year(table, years, "dated")
    undated, lower, upper = (by_year(table, years, name).sum(axis=1) for name in ("undated", "partnerships", "upper"))
    levels = max((mark.level for mark in marks), default=-1) + 1
    scale = _scale(years, totals, int(upper.max(initial=1)), levels=levels, viewport=viewport)
    return Growth(
        years=list(years),
        regions=first_rows(table, years, "region"),
        dated=dated,
        undated=undated,
        lower=lower,
        upper=upper,
        totals=totals,
        marks=marks,
        scale=scale,
        end=scale.x_end,
    )


def _scale(years: range, totals: Sequence[Total], most: int, *, levels: int, viewport: Viewport) -> Scale:
    newest = max([float(years[-1]), *(total.when for total in totals)])
    top = max([most, *(total.number for total in totals)])
    room = CIRCLE_PIXELS * levels + 14
    return Scale(years[0], years[-1], newest + 0.8, top / (1 - room / viewport.growth[1]), viewport)


@lru_cache(maxsize=8)
def _figure_of(years: range, regions: tuple[str, ...], t: Catalog, look: Look) -> dict[str, Any]:
    """The areas of all regions and the axes without their numbers, in plain parts: see the map."""
    colours = palette(look.theme)
    areas = [
        _area(years, name=region, hover=t("growth.hover.region", region=label))
        | {"fillcolor": colours[region_ink(regions, region)]}
        for region, label in zip(regions, labels_of(t, "region", regions), strict=True)
    ]
    pattern = {
        "shape": "/",
        "fgcolor": colours["ink-3"],
        "bgcolor": colours["sunk"],
        "size": PATTERN_SIZE,
        "solidity": PATTERN_SOLIDITY,
    }
    undated = _area(years, name="undated", hover=t("growth.hover.undated"))
    undated |= {"fillcolor": colours["card"], "fillpattern": pattern}
    layout = {
        "margin": MARGIN,
        "hovermode": "closest",
        "separators": t.separators,
        "xaxis": {"tickformat": "d", "ticks": "outside", "ticklen": 4, "tickcolor": colours["line-2"]},
        "yaxis": {},
        "template": template_parts(look.theme),
    }
    return {"data": [*areas, undated, HOVERS_OF_TOTALS], "layout": layout}


def _numbers(growth: Growth, view: View, look: Look) -> dict[str, dict[str, Any]]:
    """By trace of `_figure_of` and of its layout, what filters change. A region that is not shown has no area."""
    known = dict(zip(growth.regions, growth.dated.T, strict=True))
    areas = [known.get(region) for region in view.regions]
    totals, ticks = growth.totals, tick_values(int(growth.upper.max(initial=1)))
    parts: list[dict[str, Any]] = [
        *({"visible": counts is not None, "y": [] if counts is None else _steps(counts)} for counts in areas),
        {"y": _steps(growth.undated)},
        {
            "visible": bool(totals),
            "x": [total.when for total in totals],
            "y": [total.number for total in totals],
            "text": [view.t("growth.hover.total", number=total.number, scope=total.who) for total in totals],
        },
    ]
    layout = {
        "xaxis.range": [growth.scale.x_start, growth.end],
        "xaxis.tickvals": [growth.years[0], 1990, growth.last] if look.is_narrow else _x_ticks(growth),
        "yaxis.range": [0, growth.scale.y_end],
        "yaxis.tickvals": ticks,
        "yaxis.ticktext": [tick_text(tick, view.t) for tick in ticks],
    }
    return {**{str(at): part for at, part in enumerate(parts)}, LAYOUT: layout}


def region_ink(regions: Sequence[str], region: str) -> str:
    """The name of a region's colour among all `regions`."""
    return f"r{regions.index(region) + 1}"


def _area(years: Sequence[int], *, name: str, hover: str) -> dict[str, Any]:
    """One area in steps, a path a region instead of one a year and region."""
    return {
        "type": "scatter",
        "mode": "lines",
        "stackgroup": "regions",
        "x": [years[0] - HALF, *years, years[-1] + HALF],
        "name": name,
        "line": {"shape": "hvh", "width": 0},
        "hoveron": "points",
        "hovertemplate": hover + "<extra></extra>",
    }


def _steps(counts: Counts) -> list[int]:
    """The heights of an area: its first and last steps reach to the edges of their years."""
    numbers: list[int] = counts.tolist()
    return [numbers[0], *numbers, numbers[-1]]


def _x_ticks(growth: Growth) -> list[int]:
    years, repel = growth.years, growth.scale.wide(TICK_PIXELS)
    rounds = [year for year in years if year % 10 == 0 and year - years[0] > repel and years[-1] - year > repel]
    return [years[0], *rounds, years[-1]]


# ---- over and under it
def build_growth_overlay(growth: Growth, view: View, *, is_narrow: bool = False) -> dict[str, Any]:
    """What the script draws over the plot and under it, in percent of it. In every year the same: `lines` [colour, x1,
    y1, x2, y2] of grid and milestones; `outline` of the upper bound and `ghost` of the lower one, as points of a
    polyline; `circles` [x, y, text] of milestones; `notes` [x, y, text]; `gaps` between years; `high`, the top of the
    areas; `totals` [x, y, is filled, text above]. One a year: `edges`, where the year ends; `tops` of its line;
    `stops`, where labels stand; `rows`, the labels, [name of a colour, foot, from, to, [[text, is strong], …]]."""
    x, y, years, ends = growth.x, growth.y, growth.years, growth.edges[1:]
    lows = growth.lower.tolist()
    later = [*lows[1:], 0]
    stops = _stops(growth)
    at_bound = growth.upper[min(len(years) - 1, len(years) // 2)]
    never_dated = int(growth.undated[-1])
    key = "growth.upper_bound" if view.viewport.has_milestones else "growth.upper_bound_lines"
    bound = view.t(key, count=never_dated)
    return {
        "lines": _lines(growth),
        "outline": _polyline(growth, growth.upper.tolist()),
        "ghost": _polyline(growth, lows),
        "gaps": "".join(f"M{end},{y(max(low, after))}V100" for end, low, after in zip(ends, lows, later, strict=True)),
        "circles": [[x(mark.year), y(mark_height(mark, growth.scale)), str(mark.number)] for mark in growth.marks],
        "notes": [[x(growth.scale.first), y(float(at_bound)), bound]] if never_dated and not is_narrow else [],
        "high": y(float(max(lows, default=0)) * 1.01),
        "end": x(growth.last + HALF + 0.06),
        "edges": ends,
        "tops": [y(top) for top in (growth.upper + growth.scale.tall(8)).tolist()],
        "stops": [x(stop + growth.scale.wide(LEADER[1])) for stop in stops],
        "rows": _labels(growth, view),
        "totals": _diamonds(growth, view.t, is_own=view.basis.snapshot is not None),
    }


def _polyline(growth: Growth, numbers: Sequence[int]) -> str:
    heights = [growth.y(number) for number in numbers]
    return " ".join(
        f"{start},{height} {end},{height}" for (start, end), height in zip(pairwise(growth.edges), heights, strict=True)
    )


def _lines(growth: Growth) -> list[list[Any]]:
    x, y, scale = growth.x, growth.y, growth.scale
    start, end = x(scale.x_start), x(growth.last + HALF)
    levels = [(tick, "line") for tick in tick_values(int(growth.upper.max(initial=1)))[1:]] + [(0, "ink-3")]
    across: list[list[Any]] = [[_css(ink), start, y(tick), end, y(tick)] for tick, ink in levels]
    stems: list[list[Any]] = [
        [
            _css("line-2"),
            x(mark.year),
            y(float(growth.upper[min(max(mark.year - growth.years[0], 0), len(growth.years) - 1)]) + scale.tall(6)),
            x(mark.year),
            y(mark_height(mark, scale) - scale.tall(8)),
        ]
        for mark in growth.marks
    ]
    return [*across, *stems]


def _css(name: str) -> str:
    """A colour that the style sheet resolves, in whatever theme is shown."""
    return f"var(--{name})"


def _diamonds(growth: Growth, t: Catalog, *, is_own: bool) -> list[list[Any]]:
    """Published totals. Those with later years to their right carry their number on top; where two stand so close that
    their numbers would cover each other, the later one carries both."""
    found: list[list[Any]] = []
    waiting: list[str] = []
    followers = [total.when for total in growth.totals[1:]] + [float("inf")]
    for total, following in zip(growth.totals, followers, strict=False):
        waiting.append(t.number(total.number))
        is_close = following < growth.last and following - total.when < growth.scale.wide(NUMBER_PIXELS)
        above = t.beside(waiting) if total.when < growth.last and not is_close else ""
        is_filled = is_own and total.when <= growth.last
        found.append([growth.x(round(total.when, 2)), growth.y(total.number), is_filled, above])
        waiting = waiting if is_close else []
    return found


def _stops(growth: Growth) -> list[float]:
    """By year, where the lines of labels begin to be level: beside the year or, where labels would cover a published
    total, to the right of everything."""
    scale = growth.scale
    wide, outside, stops = scale.wide(scale.viewport.labels), scale.data_end - 0.3, []
    for year in growth.years:
        reach = year + HALF + wide
        has_room = reach < scale.last - 1 and not any(year < total.when < reach + 1 for total in growth.totals)
        stops.append(year + HALF if has_room else outside)
    return stops


def _labels(growth: Growth, view: View) -> list[list[list[Any]]]:
    """By year the labels of the parts of the stack, and in the last year of the totals published since."""
    parts = np.column_stack([growth.dated, growth.undated, growth.upper - growth.lower]).tolist()
    late = [total for total in growth.totals if total.when >= growth.last]
    known: dict[tuple[int, ...], list[tuple[float, list[Any]]]] = {}
    rows = []
    for year, numbers in zip(growth.years, parts, strict=True):
        key = tuple(numbers)
        if year == growth.last:
            labels = _labels_of(numbers, late, growth, view)
        else:
            labels = known.get(key) or known.setdefault(key, _labels_of(numbers, [], growth, view))
        foot = growth.x(year + HALF + growth.scale.wide(LEADER[0]))
        rows.append([[ink, growth.x(own) if own else foot, *rest] for own, (ink, *rest) in labels])
    return rows


def _labels_of(
    numbers: Sequence[int], late: Sequence[Total], growth: Growth, view: View
) -> list[tuple[float, list[Any]]]:
    """(where its line begins if not at the year, [colour, from, to, parts of its text]) of each label: none overlap."""
    scale = growth.scale
    wished = [top - number / 2 for top, number in zip(accumulate(numbers), numbers, strict=True)]
    wished += [float(total.number) for total in late]
    shown = [at for at in range(len(wished)) if at >= len(numbers) or numbers[at]]
    shown.sort(key=wished.__getitem__)
    # beside the circles of milestones there is room above the axis
    low, high = scale.tall(7), scale.y_end * (1.1 if view.viewport.has_milestones else 0.97)
    gap = min(scale.tall(LINE_PIXELS), (high - low) / max(len(shown) - 1, 1))
    heights = stack([wished[at] for at in shown], gap=gap, low=low, high=high)
    labels = labels_of(view.t, "region", growth.regions)
    placed: list[tuple[float, list[Any]]] = []
    for at, height in sorted(zip(shown, heights, strict=True)):
        own = 0.0
        if at < len(growth.regions):
            ink = region_ink(view.regions, growth.regions[at])
            text = [[f"{labels[at]} ", False], [view.t.number(numbers[at]), True]]
        elif at < len(numbers):
            key = ("growth.end.undated", "growth.end.maybe")[at - len(growth.regions)]
            ink, text = "ink-3", strong(view.t(key, number=numbers[at]))
        else:
            total = late[at - len(numbers)]
            ink, own = "ink", total.when + scale.wide(LEADER[0])
            text = strong(view.t("growth.end.total", number=total.number, year=int(total.when)))
        placed.append((own, [ink, growth.y(wished[at]), growth.y(height), text]))
    return placed


def strong(text: str) -> list[list[Any]]:
    """ "<b>38</b> year not recorded" as parts, the number strong."""
    before, _, rest = text.partition("<b>")
    inside, _, after = rest.partition("</b>")
    return [[part, is_strong] for part, is_strong in ((before, False), (inside, True), (after, False)) if part]
