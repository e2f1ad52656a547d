"""How fast partnerships began, as far as is recorded, and what a target asks for."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.metrics.counting import count, selected_rows
from dashboard.selection import Selection

CONFIDENCE = 0.95
# intervals that are kept: a page asks for that of its selection several times
INTERVALS = 256
# standard deviations from the mean within which terms are summed: those beyond add up to less than a float can tell
FAR = 14


@dataclass(frozen=True)
class Pace:
    """Recorded starts from `first` to `last`, both whole years: `starts`, and a year `rate` with its interval.

    `counted` partnerships are known in `counted_in`, the last year of the basis; `undated` of them have no recorded
    start, so the rate is at least this, and may be more.
    """

    first: int
    last: int
    starts: int
    rate: float
    low: float
    high: float
    counted: int
    undated: int
    counted_in: int

    @property
    def years(self) -> int:
        """How many years the rate is of."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Goal:
    """What a target asks for: partnerships `missing`, `needed` a year until `year`, `times` the recorded rate (None
    without any). `reached` is the year in which the recorded rate alone would reach it, None if never."""

    target: int
    year: int
    missing: int
    years: int
    needed: float
    times: float | None
    reached: int | None


@lru_cache(maxsize=INTERVALS)
def poisson_interval(count: int, *, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The exact interval of the mean of a Poisson count (F. Garwood, Biometrika 28, 1936).

    low solves P(X >= count | low) = (1 - confidence) / 2, high P(X <= count | high) = (1 - confidence) / 2; low is
    0 for a count of 0. By halving; equal to chi-square quantiles with 2 count and 2 count + 2 degrees, halved.
    """
    tail = (1 - confidence) / 2
    top = count + 20 + 12 * math.sqrt(count + 1)
    low = 0.0 if count == 0 else _root(lambda mean: 1 - _at_most(count - 1, mean) < tail, top)
    return low, _root(lambda mean: _at_most(count, mean) > tail, top)


def pace(dataset: Dataset, selection: Selection) -> Pace:
    """The pace of a selection from the initiative's first year to the last whole year of its basis.

    The year of collection is not over, so it is left out.
    """
    basis = dataset.bases[selection.basis]
    rows = selected_rows(basis, selection)
    first = dataset.about.initiative_first_year
    last = min(basis.last_year, dataset.about.collected.year - 1)
    starts = int(((rows["first_dated"] >= first) & (rows["first_dated"] <= last)).sum())
    years = max(last - first + 1, 1)
    low, high = poisson_interval(starts)
    counts = count(rows, np.zeros(len(rows), dtype=int), 1, range(basis.last_year, basis.last_year + 1))
    return Pace(
        first=first,
        last=last,
        starts=starts,
        rate=starts / years,
        low=low / years,
        high=high / years,
        counted=int(counts.lower.sum()),
        undated=int(counts.undated.sum()),
        counted_in=basis.last_year,
    )


def recorded(dataset: Dataset, selection: Selection) -> dict[int, tuple[int, int]]:
    """From the initiative's first year to the last of the basis: (partnerships at least, starts recorded in it)."""
    basis = dataset.bases[selection.basis]
    rows = selected_rows(basis, selection)
    years = range(dataset.about.initiative_first_year, basis.last_year + 1)
    known = count(rows, np.zeros(len(rows), dtype=int), 1, years).lower[:, 0].tolist()
    starts = rows["first_dated"]
    return {year: (known[at], int((starts == year).sum())) for at, year in enumerate(years)}


def goal(now: Pace, *, target: int, year: int) -> Goal:
    """What reaching `target` partnerships by the end of `year` asks for. Raises ValueError for a year that is over."""
    years = year - now.counted_in
    if years < 1:
        raise ValueError(f"{year} is not after {now.counted_in}")
    missing = max(target - now.counted, 0)
    needed = missing / years
    if not missing:
        reached: int | None = now.counted_in
    else:
        reached = now.counted_in + math.ceil(missing / now.rate) if now.rate else None
    return Goal(target, year, missing, years, needed, needed / now.rate if now.rate else None, reached)


def _at_most(count: int, mean: float) -> float:
    """P(X <= count) of a Poisson variable."""
    if mean == 0:
        return 1.0
    reach = FAR * (math.sqrt(mean) + 1)
    around = range(max(0, math.floor(mean - reach)), min(count, math.ceil(mean + reach)) + 1)
    return math.fsum(math.exp(at * math.log(mean) - mean - math.lgamma(at + 1)) for at in around)


def _root(is_below: Callable[[float], bool], top: float) -> float:
    """Where `is_below` turns false between 0 and `top`."""
    low, high = 0.0, top
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return middle
