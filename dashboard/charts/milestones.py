"""Milestones on the growth chart: numbers in circles above their years, on as many levels as they need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard.charts.growth.scale import Scale
from dashboard.charts.viewport import Viewport
from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records

CIRCLE_PIXELS = 17.0
BETWEEN_CIRCLES = 15.5


@dataclass(frozen=True)
class Mark:
    """A milestone on the chart: its number in the list, its year, and on which level its circle stands."""

    number: int
    year: int
    level: int


def milestones(dataset: Dataset, years: range) -> list[dict[str, Any]]:
    """The deck's own milestones within the years, in the order of their dates."""
    return [row for row in _of_the_deck(dataset) if int(row["date"][:4]) in years]


@lru_cache(maxsize=8)
def _of_the_deck(dataset: Dataset) -> list[dict[str, Any]]:
    rows = [row for row in records(dataset.tables["milestones"]) if row["deck_words"]]
    return sorted(rows, key=lambda row: row["date"][:4])


@lru_cache(maxsize=16)
def milestone_levels(dataset: Dataset, years: range, viewport: Viewport) -> list[Mark]:
    """Each milestone on the lowest level where its circle touches no other."""
    wide = BETWEEN_CIRCLES * (len(years) + 3) / (viewport.growth[0] - viewport.labels)
    taken: list[list[int]] = []
    marks = []
    for number, row in enumerate(milestones(dataset, years), start=1):
        year = int(row["date"][:4])
        level = next(
            (at for at, used in enumerate(taken) if all(abs(year - other) >= wide for other in used)),
            len(taken),
        )
        if level == len(taken):
            taken.append([])
        taken[level].append(year)
        marks.append(Mark(number, year, level))
    return marks


def mark_height(mark: Mark, scale: Scale) -> float:
    """The height of a milestone's circle."""
    return scale.y_end - scale.tall(9 + CIRCLE_PIXELS * mark.level)
