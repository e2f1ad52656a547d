"""The axes of the growth chart, and distances in pixels on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dashboard.charts.viewport import Viewport
from dashboard.strings import Catalog

HALF = 0.5
MOST_TICKS = 4.2
TICK_STEPS = (1, 2, 3, 5, *(step * 10**power for power in range(1, 9) for step in (1, 2, 2.5, 5)))


@dataclass(frozen=True)
class Total:
    """A total somebody published: a date as a year with its fraction, a number, who."""

    when: float
    number: int
    who: str


@dataclass(frozen=True)
class Scale:
    """The axes of one figure: years first..last of the data, values 0..`y_end`. Bars and published totals end at
    `data_end`, the labels to their right at `x_end`. `viewport`: the pixels that distances are meant for; they scale
    with the card."""

    first: int
    last: int
    data_end: float
    y_end: float
    viewport: Viewport

    @property
    def x_start(self) -> float:
        """The left end, half a bar before the first year."""
        return self.first - 0.6

    @cached_property
    def x_end(self) -> float:
        """The right end, behind the labels."""
        return self.end_at(self.viewport.growth[0])

    def end_at(self, width: float) -> float:
        """The right end where the plot has this width in pixels."""
        return self.x_start + (self.data_end - self.x_start) * width / (width - self.viewport.labels)

    def wide(self, pixels: float) -> float:
        """A distance in pixels along x, in years."""
        return (self.x_end - self.x_start) * pixels / self.viewport.growth[0]

    def tall(self, pixels: float) -> float:
        """A distance in pixels along y, in partnerships."""
        return self.y_end * pixels / self.viewport.growth[1]


def tick_values(most: int) -> list[int]:
    """Where the axis of numbers has its lines, from 0 to about the greatest number."""
    step = int(next(step for step in TICK_STEPS if most / step <= MOST_TICKS))
    return list(range(0, most + step // 2 + 1, step))


def tick_text(number: int, t: Catalog) -> str:
    """A number of an axis, in four letters."""
    if number >= 1_000_000:
        return t("growth.tick_millions", number=t.shortened(number / 1_000_000))
    if number >= 10_000:
        return t("growth.tick_thousands", number=t.shortened(number / 1_000))
    return t.number(number)
