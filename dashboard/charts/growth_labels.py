"""What moves with the year on the growth chart: the line of the year, what lies after it, labels at its right.

Every label has its shape (a leader line) and its annotation in every year; where it says nothing it is not visible.
So a step to another year changes a few numbers and redraws no bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.charts.chart import Moving
from dashboard.charts.growth_scale import HALF, LABELS, Scale, Total
from dashboard.charts.labels import spread
from dashboard.charts.template import CLEAR, SIZE_LABEL, colour, font
from dashboard.strings import Words

LINE_PIXELS = 14.0
LEADER = (3, 17)
TEXT_SHIFT = 3


def line_shape(x0: float, x1: float, y0: float, y1: float, ink: str, width: float, **more: Any) -> dict[str, Any]:
    line = {"color": colour(ink), "width": width}
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line, **more}


def steps(years: Sequence[int], numbers: Sequence[int]) -> tuple[list[float], list[int]]:
    """(x, y) of a line that holds each number for its whole year."""
    x = [edge for year in years for edge in (year - HALF, year + HALF)]
    return x, [int(number) for number in numbers for _ in range(2)]


def cover(last: int, lower: np.ndarray) -> dict[str, Any]:
    """Hides the bars of later years."""
    return {
        "type": "rect", "x0": last, "x1": last + HALF + 0.06, "y0": 0, "y1": float(lower.max(initial=0)) * 1.01,
        "fillcolor": colour("card"), "line": {"width": 0}, "visible": False,
    }


def ghost() -> dict[str, Any]:
    """What was known in later years, as an outline."""
    line = {"color": colour("line-2"), "width": 1.2}
    return {"type": "path", "path": "M0,0", "fillcolor": CLEAR, "line": line, "visible": False}


def year_line() -> dict[str, Any]:
    return line_shape(0, 0, 0, 0, "accent", 1.8)


def future(year: int, years: Sequence[int], lower: np.ndarray, *, first_shape: int) -> Moving:
    """Where the cover begins and the outline runs."""
    later = list(years)[list(years).index(year) + 1 :]
    corners = [f"{x},{y}" for x, y in zip(*steps(later, lower[len(years) - len(later) :].tolist()), strict=True)]
    return {
        f"layout.shapes.{first_shape}.x0": year + HALF,
        f"layout.shapes.{first_shape}.visible": bool(later),
        f"layout.shapes.{first_shape + 1}.path": "M" + "L".join(corners) if later else "M0,0",
        f"layout.shapes.{first_shape + 1}.visible": bool(later),
    }


@dataclass(frozen=True)
class EndLabels:
    """Labels at the right of the chosen year's bar: one a region (name, colour), undated, maybe, then the totals.

    `first_shape` is the place of their first leader line among the layout's shapes; their annotations come first.
    """

    regions: Sequence[tuple[str, str]]
    totals: Sequence[Total]
    scale: Scale
    words: Words
    first_shape: int

    def _inks(self) -> list[str]:
        return [ink for _, ink in self.regions] + [colour("ink-3")] * 2 + [colour("ink")] * len(self.totals)

    def shapes(self) -> list[dict[str, Any]]:
        return [
            {
                "type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 0,
                "line": {"color": ink, "width": 1.3}, "visible": False,
            }
            for ink in self._inks()
        ]

    def annotations(self) -> list[dict[str, Any]]:
        return [
            {
                "x": 0, "y": 0, "xanchor": "left", "yanchor": "middle", "xshift": TEXT_SHIFT, "text": "", "showarrow": False,
                "font": font(SIZE_LABEL, ink="ink"), "align": "left", "visible": False,
            }
            for _ in self._inks()
        ]

    def moving(self, year: int, dated: Sequence[int], undated: int, maybe: int) -> Moving:
        """Texts and places of one year; `dated` by region in the order of `regions`."""
        words = self.words
        texts = [
            words("growth.end.region", region=region, number=number)
            for (region, _), number in zip(self.regions, dated, strict=True)
        ]
        texts += [words("growth.end.undated", number=undated), words("growth.end.maybe", number=maybe)]
        numbers = [*dated, undated, maybe]
        tops = np.cumsum(numbers).tolist()
        wished = [top - number / 2 for top, number in zip(tops, numbers, strict=True)]
        is_shown = [number > 0 for number in numbers]
        is_last = year == self.scale.last
        texts += [words("growth.end.total", number=total.number, year=int(total.when)) for total in self.totals]
        wished += [float(total.number) for total in self.totals]
        is_shown += [is_last] * len(self.totals)
        heights = self._heights(wished, is_shown)
        foots = [year + HALF] * len(numbers) + [total.when for total in self.totals]
        # where they would cover later years' totals, labels stand to the right of everything
        has_room = not is_last and year + HALF + self.scale.wide(LABELS) < self.scale.last - 1
        stop = (year + HALF if has_room else self.scale.data_end - 0.3) + self.scale.wide(LEADER[1])
        stop = round(stop, 2)
        changes: dict[str, Any] = {}
        for at, (text, wish, height, foot) in enumerate(zip(texts, wished, heights, foots, strict=True)):
            note, shape = f"layout.annotations.{at}", f"layout.shapes.{self.first_shape + at}"
            changes |= {f"{note}.visible": is_shown[at], f"{shape}.visible": is_shown[at]}
            # a label that is not visible keeps still, so that it need not be drawn again
            changes |= {
                f"{note}.text": text if is_shown[at] else "",
                f"{note}.x": stop if is_shown[at] else 0,
                f"{note}.y": height,
                f"{shape}.x0": round(foot + self.scale.wide(LEADER[0]), 2) if is_shown[at] else 0,
                f"{shape}.x1": stop if is_shown[at] else 0,
                f"{shape}.y0": round(wish, 2) if is_shown[at] else 0,
                f"{shape}.y1": height,
            }
        return changes

    def _heights(self, wished: Sequence[float], is_shown: Sequence[bool]) -> list[float]:
        """Heights at which no two visible labels overlap; 0 for the others."""
        order = sorted((at for at, shown in enumerate(is_shown) if shown), key=lambda at: wished[at])
        gap = min(self.scale.tall(LINE_PIXELS), self.scale.y_end * 0.9 / max(len(order), 1))
        placed = spread([wished[at] for at in order], gap=gap, low=self.scale.tall(7), high=self.scale.y_end * 0.97)
        heights = [0.0] * len(wished)
        for at, height in zip(order, placed, strict=True):
            heights[at] = round(height, 2)
        return heights
