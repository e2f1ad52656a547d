"""What moves with the year on the growth chart: the line of the year, what lies after it, labels at its right.

These are drawn over the bars by the browser itself (`assets/js/35-overlay.js`), so that a step to another year
redraws no bar. Every year has the same items in the same order; one that is not there is None. An item is

    {"look": its class in the style sheet, "x": [...], "y": [...]}            a line through data points; with "after",
                                                                             only those to the right of that x
    {"look": ..., "x": [foot, stop], "rows": [[ink, from, to, parts], ...]}  leader lines and their labels; parts are
                                                                             [text, is it strong]
    {"look": ..., "x": x, "y": y, "is_filled": ..., "above": text}           a diamond, its number above it or ""
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np

from dashboard.charts.growth_scale import HALF, Scale, Total
from dashboard.charts.labels import spread
from dashboard.strings import Words

LINE_PIXELS = 14.0
# a number of two or three digits over a diamond, with some air
NUMBER_PIXELS = 26.0
LEADER = (3, 17)
Item = dict[str, Any] | None


def steps(years: Sequence[int], numbers: Sequence[int]) -> tuple[list[float], list[int]]:
    """(x, y) of a line that holds each number for its whole year."""
    x = [edge for year in years for edge in (year - HALF, year + HALF)]
    return x, [int(number) for number in numbers for _ in range(2)]


@dataclass(frozen=True)
class Overlay:
    """Everything over the bars. `regions`: (name, colour) from the bottom of the stack up; `lower` and `upper`
    the sums by year; `totals` what was published, of which `is_own` says whether it is on the basis shown."""

    years: Sequence[int]
    regions: Sequence[tuple[str, str]]
    lower: np.ndarray
    upper: np.ndarray
    totals: Sequence[Total]
    is_own: bool
    scale: Scale
    words: Words
    _known: dict[tuple[tuple[int, ...], bool], list[Any]] = field(default_factory=dict, init=False)

    def items(self, year: int, dated: Sequence[int], undated: int, maybe: int) -> list[Item]:
        """The items of one year; `dated` by region in the order of `regions`."""
        top = float(self.upper[year - self.years[0]]) + self.scale.tall(8)
        line: Item = {"look": "year", "x": [year + HALF] * 2, "y": [0, round(top, 1)]}
        return [*self._future(year), line, *self._labels(year, (*dated, undated, maybe)), *self._diamonds]

    def _future(self, year: int) -> list[Item]:
        """Covers the bars of later years and draws what was known then as an outline."""
        left, right = year + HALF, self.years[-1] + HALF + 0.06
        high, (x, y) = self._ghost
        return [
            {"look": "cover", "x": [left, right, right, left], "y": [0, 0, high, high]},
            {"look": "ghost", "x": x, "y": y, "after": left},
        ]

    @cached_property
    def _ghost(self) -> tuple[float, tuple[list[float], list[int]]]:
        """How high the cover is, and the outline."""
        return round(float(self.lower.max(initial=0)) * 1.01, 1), steps(self.years, self.lower.tolist())

    @cached_property
    def _diamonds(self) -> list[Item]:
        """Diamonds; those with later years to their right carry their number on top. Where two stand so close that
        their numbers would cover each other, the later one carries both."""
        last, items, waiting = self.years[-1], list[Item](), list[str]()
        for at, total in enumerate(self.totals):
            following = self.totals[at + 1].when if at + 1 < len(self.totals) else float("inf")
            waiting.append(str(total.number))
            is_close = following < last and following - total.when < self.scale.wide(NUMBER_PIXELS)
            items.append(
                {
                    "look": "total",
                    "x": round(total.when, 2),
                    "y": total.number,
                    "is_filled": self.is_own and total.when <= last,
                    "above": " · ".join(waiting) if total.when < last and not is_close else "",
                }
            )
            waiting = waiting if is_close else []
        return items

    @cached_property
    def _late(self) -> list[Total]:
        """The totals at the end, which have labels."""
        return [total for total in self.totals if total.when >= self.years[-1]]

    def _labels(self, year: int, numbers: tuple[int, ...]) -> list[Item]:
        """For each part of the stack, and for totals at the end, a leader line and a label: none overlap. `numbers`:
        those of the regions, undated, maybe."""
        scale = self.scale
        # where they would cover a published total, labels stand to the right of everything
        reach = year + HALF + scale.wide(scale.screen.labels)
        has_room = reach < scale.last - 1 and not any(year < total.when < reach + 1 for total in self.totals)
        stop = round((year + HALF if has_room else scale.data_end - 0.3) + scale.wide(LEADER[1]), 2)
        foot = round(year + HALF + scale.wide(LEADER[0]), 2)
        rows = self._rows(numbers, year == scale.last)
        items: list[Item] = [{"look": "labels", "x": [foot, stop], "rows": rows[: len(numbers)]}]
        for total, row in zip(self._late, rows[len(numbers) :], strict=True):
            items.append({"look": "labels", "x": [round(total.when + scale.wide(LEADER[0]), 2), stop], "rows": [row]})
        return items

    def _rows(self, numbers: tuple[int, ...], is_last: bool) -> list[Any]:
        """The labels of a year with these numbers; many years have the same."""
        if (numbers, is_last) not in self._known:
            self._known[numbers, is_last] = self._rows_anew(numbers, is_last)
        return self._known[numbers, is_last]

    def _rows_anew(self, numbers: tuple[int, ...], is_last: bool) -> list[Any]:
        words, late = self.words, self._late
        *dated, undated, maybe = numbers
        wished = [top - number / 2 for top, number in zip(accumulate(numbers), numbers, strict=True)]
        wished += [float(total.number) for total in late]
        is_shown = [number > 0 for number in numbers] + [is_last] * len(late)
        parts = [
            [[f"{region} ", False], [str(number), True]]
            for (region, _), number in zip(self.regions, dated, strict=True)
        ]
        parts.append(strong(words("growth.end.undated", number=undated)) if undated else [])
        parts.append(strong(words("growth.end.maybe", number=maybe)) if maybe else [])
        if is_last:
            parts += [strong(words("growth.end.total", number=total.number, year=int(total.when))) for total in late]
        else:
            parts += [[]] * len(late)
        inks = [ink for _, ink in self.regions] + ["ink-3"] * 2 + ["ink"] * len(late)
        heights = self._heights(wished, is_shown)
        return [
            [ink, round(wish, 1), height, text] if shown else None
            for text, ink, wish, height, shown in zip(parts, inks, wished, heights, is_shown, strict=True)
        ]

    def _heights(self, wished: Sequence[float], is_shown: Sequence[bool]) -> list[float]:
        """Heights at which no two visible labels overlap; 0 for the others."""
        order = sorted((at for at, shown in enumerate(is_shown) if shown), key=lambda at: wished[at])
        gap = min(self.scale.tall(LINE_PIXELS), self.scale.y_end * 0.9 / max(len(order), 1))
        placed = spread([wished[at] for at in order], gap=gap, low=self.scale.tall(7), high=self.scale.y_end * 0.97)
        heights = [0.0] * len(wished)
        for at, height in zip(order, placed, strict=True):
            heights[at] = round(height, 1)
        return heights


def strong(text: str) -> list[list[Any]]:
    """ "<b>38</b> year not recorded" as parts, the number strong."""
    before, _, rest = text.partition("<b>")
    inside, _, after = rest.partition("</b>")
    return [[part, is_strong] for part, is_strong in ((before, False), (inside, True), (after, False)) if part]
