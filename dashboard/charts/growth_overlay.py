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
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np

from dashboard.charts.growth_scale import HALF, Scale, Total
from dashboard.charts.labels import spread
from dashboard.charts.series import Nested, Series
from dashboard.strings import Words

LINE_PIXELS = 14.0
# a number of two or three digits over a diamond, with some air
NUMBER_PIXELS = 26.0
LEADER = (3, 17)
TEXTS = 1000
Item = dict[str, Any] | None


def steps(years: Sequence[int], numbers: Sequence[int]) -> tuple[list[float], list[int]]:
    """(x, y) of a line that holds each number for its whole year."""
    x = [edge for year in years for edge in (year - HALF, year + HALF)]
    return x, [int(number) for number in numbers for _ in range(2)]


@dataclass(frozen=True)
class Overlay:
    """Everything over the bars. `regions`: (name, colour) from the bottom of the stack up; `lower` and `upper`
    the sums by year; `parts` by year the numbers of the labels: of each region, undated, maybe; `totals` what was
    published, of which `is_own` says whether it is on the basis shown."""

    years: Sequence[int]
    regions: Sequence[tuple[str, str]]
    lower: np.ndarray
    upper: np.ndarray
    parts: Sequence[tuple[int, ...]]
    totals: Sequence[Total]
    is_own: bool
    scale: Scale
    words: Words

    def items(self) -> Nested:
        """The items, in all years."""
        right_of = Series([year + HALF for year in self.years])
        high = round(float(self.lower.max(initial=0)) * 1.01, 1)
        end = self.years[-1] + HALF + 0.06
        x, y = steps(self.years, self.lower.tolist())
        tops = Series([round(top, 1) for top in (self.upper + self.scale.tall(8)).tolist()])
        return Nested(
            [
                # the bars of later years are covered, what was known then is drawn as an outline
                {"look": "cover", "x": [right_of, end, end, right_of], "y": [0, 0, high, high]},
                {"look": "ghost", "x": x, "y": y, "after": right_of},
                {"look": "year", "x": [right_of, right_of], "y": [0, tops]},
                *self._labels(),
                *self._diamonds(),
            ]
        )

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

    def _labels(self) -> list[Item]:
        """For each part of the stack, and for totals at the end, a leader line and a label: none overlap."""
        scale, near, far = self.scale, *(self.scale.wide(pixels) for pixels in LEADER)
        feet = Series([round(year + HALF + near, 2) for year in self.years])
        stops = Series([round(stop + far, 2) for stop in self._stops()])
        late = [total for total in self.totals if total.when >= self.years[-1]]
        known = {numbers: [*self._rows(numbers), *[None] * len(late)] for numbers in set(self.parts)}
        rows = [known[numbers] for numbers in self.parts]
        if self.years[-1] == scale.last:
            rows[-1] = self._rows(self.parts[-1], late)
        by_label = [Series(list(row)) for row in zip(*rows, strict=True)]
        size = len(by_label) - len(late)
        items: list[Item] = [{"look": "labels", "x": [feet, stops], "rows": by_label[:size]}]
        for total, row in zip(late, by_label[size:], strict=True):
            items.append({"look": "labels", "x": [round(total.when + near, 2), stops], "rows": [row]})
        return items

    def _stops(self) -> list[float]:
        """By year, where the lines of labels begin to be level: beside the year or, where labels would cover a
        published total, to the right of everything."""
        scale, stops = self.scale, []
        wide, outside = scale.wide(scale.screen.labels), scale.data_end - 0.3
        for year in self.years:
            reach = year + HALF + wide
            has_room = reach < scale.last - 1 and not any(year < total.when < reach + 1 for total in self.totals)
            stops.append(year + HALF if has_room else outside)
        return stops

    def _rows(self, numbers: tuple[int, ...], late: Sequence[Total] = ()) -> list[Any]:
        """The label of each part of the stack, None where it has nothing, and of these totals."""
        wished = [top - number / 2 for top, number in zip(accumulate(numbers), numbers, strict=True)]
        wished += [float(total.number) for total in late]
        shown = [at for at, wish in enumerate(wished) if at >= len(numbers) or numbers[at]]
        shown.sort(key=wished.__getitem__)
        gap = min(self.scale.tall(LINE_PIXELS), self.scale.y_end * 0.9 / max(len(shown), 1))
        low, high = self.scale.tall(7), self.scale.y_end * 0.97
        rows: list[Any] = [None] * len(wished)
        for at, height in zip(shown, spread([wished[at] for at in shown], gap=gap, low=low, high=high), strict=True):
            if at < len(numbers):
                ink, text = self._part(at, numbers[at])
            else:
                total = late[at - len(numbers)]
                number = self.words("growth.end.total", number=total.number, year=int(total.when))
                ink, text = "ink", strong(number)
            rows[at] = [ink, round(wished[at], 1), round(height, 1), text]
        return rows

    def _part(self, at: int, number: int) -> tuple[str, list[list[Any]]]:
        """Colour and text of a part of the stack."""
        if at < len(self.regions):
            name, ink = self.regions[at]
            return ink, [[f"{name} ", False], [str(number), True]]
        return "ink-3", _never_dated(
            ("growth.end.undated", "growth.end.maybe")[at - len(self.regions)], number, self.words
        )


@lru_cache(maxsize=TEXTS)
def _never_dated(key: str, number: int, words: Words) -> list[list[Any]]:
    return strong(words(key, number=number))


def strong(text: str) -> list[list[Any]]:
    """ "<b>38</b> year not recorded" as parts, the number strong."""
    before, _, rest = text.partition("<b>")
    inside, _, after = rest.partition("</b>")
    return [[part, is_strong] for part, is_strong in ((before, False), (inside, True), (after, False)) if part]
