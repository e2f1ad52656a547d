"""The axes of the growth chart, and distances in pixels on them."""

from __future__ import annotations

from dataclasses import dataclass

# size of the plot that distances in pixels are meant for; it scales with the card
PLOT = (790.0, 186.0)
# room for the labels, to the right of the last year
LABELS = 160.0
HALF = 0.5


@dataclass(frozen=True)
class Total:
    """A total somebody published: a date as a year with its fraction, a number, who."""

    when: float
    number: int
    who: str


@dataclass(frozen=True)
class Scale:
    """The axes of one figure: years first..last of the data, values 0..`y_end`. Bars and published totals end at
    `data_end`, the labels to their right at `x_end`."""

    first: int
    last: int
    data_end: float
    y_end: float

    @property
    def x_start(self) -> float:
        """The left end, half a bar before the first year."""
        return self.first - 0.6

    @property
    def x_end(self) -> float:
        """The right end, behind the labels."""
        return self.x_start + (self.data_end - self.x_start) * PLOT[0] / (PLOT[0] - LABELS)

    def wide(self, pixels: float) -> float:
        """A distance in pixels along x, in years."""
        return (self.x_end - self.x_start) * pixels / PLOT[0]

    def tall(self, pixels: float) -> float:
        """A distance in pixels along y, in partnerships."""
        return self.y_end * pixels / PLOT[1]
