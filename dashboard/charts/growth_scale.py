"""The axes of the growth chart, and distances in pixels on them."""

from __future__ import annotations

from dataclasses import dataclass

# size of the plot that distances in pixels are meant for; it scales with the card
PLOT = (632.0, 190.0)
HALF = 0.5


@dataclass(frozen=True)
class Total:
    """A total somebody published: a date as a year with its fraction, a number, who."""

    when: float
    number: int
    who: str


@dataclass(frozen=True)
class Scale:
    """The axes of one figure: years first..last of the data, to the right end `x_end`, values 0..`y_end`."""

    first: int
    last: int
    x_end: float
    y_end: float

    @property
    def x_start(self) -> float:
        return self.first - 0.6

    def tall(self, pixels: float) -> float:
        """A distance in pixels along y, in partnerships."""
        return self.y_end * pixels / PLOT[1]
