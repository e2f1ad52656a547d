"""How fast partnerships began, as far as is recorded, and what a target asks for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.counting import selected_events, selected_rows, total_by_year
from dashboard.dataset.model import Dataset
from dashboard.filters import Selection

CONFIDENCE = 0.95


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


def poisson_interval(count: int, *, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The exact interval of the mean of a Poisson count (F. Garwood, Biometrika 28, 1936).

    low solves P(X >= count | low) = (1 - confidence) / 2, high P(X <= count | high) = (1 - confidence) / 2; low is
    0 for a count of 0. They are quantiles of gamma distributions of the shapes count and count + 1.
    """
    # scipy.special is a quarter of the memory and time of scipy.stats, and loaded where it is used
    from scipy.special import gammaincinv

    tail = (1 - confidence) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


def pace(dataset: Dataset, selection: Selection) -> Pace:
    """The pace of a selection from the initiative's first year to the last whole year of its basis.

    The year of collection is not over, so it is left out.
    """
    basis = dataset.bases[selection.basis]
    first = dataset.about.initiative_first_year
    last = min(basis.last_year, dataset.about.collected.year - 1)
    starts = int(selected_rows(basis, selection.filters)["start_year"].between(first, last).sum())
    years = max(last - first + 1, 1)
    low, high = poisson_interval(starts)
    now = total_by_year(selected_events(basis, selection.filters), basis.years)
    return Pace(
        first=first,
        last=last,
        starts=starts,
        rate=starts / years,
        low=low / years,
        high=high / years,
        counted=int(now.partnerships[-1]),
        undated=int(now.undated[-1]),
        counted_in=basis.last_year,
    )


def recorded_by_year(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """year, recorded (partnerships at least), starts (recorded in that year) (int), from the initiative's first year to
    the last of the basis."""
    basis = dataset.bases[selection.basis]
    years = range(dataset.about.initiative_first_year, basis.last_year + 1)
    recorded = total_by_year(selected_events(basis, selection.filters), years).partnerships
    starts = selected_rows(basis, selection.filters)["start_year"].value_counts().reindex(years, fill_value=0)
    return pd.DataFrame({"year": np.array(years), "recorded": recorded, "starts": starts.to_numpy(dtype=int)})


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
