"""What countries and states say under the pointer, in every year.

With a million partnerships thousands of these texts differ, but only in their numbers: so each pattern is written once,
and the browser fills in the numbers of the year that it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from dashboard.charts.frames import ByPlace, Filled
from dashboard.strings import GROUPED_FROM, Catalog

Counts = npt.NDArray[np.int_]
# the plural categories that there are, and numbers that are nothing
KINDS_OF_A_NUMBER = 16


class Gap(int):
    """A number that a sentence is worded for, but whose place in it stays open: it is written as its gap."""

    gap: int

    def __new__(cls, gap: int, number: int = 0) -> Gap:
        """`number` is one that the sentence has to fit."""
        made = super().__new__(cls, number)
        made.gap = gap
        return made

    @property
    def quantity(self) -> int:
        """What a noun beside it is declined by."""
        return int(self)

    def __str__(self) -> str:
        return f"{{{self.gap}}}"


def country_hover(
    t: Catalog, country: str | Gap, state: str, lower: int, upper: int, dated: int, first_year: int
) -> str:
    """Country, count, how many dated, since when; `state` is the U.S. state chosen, or ""."""
    if upper == 0 and state:
        return t("map.hover.none_with_state", country=country, state=state)
    if upper == 0:
        return t("map.hover.none", country=country)
    exact = t("map.hover.exact", count=lower)
    number = exact if lower == upper else t("map.hover.range", lower=lower, upper=upper)
    since = t("map.hover.dated", count=dated, first_year=first_year) if dated else t("map.hover.undated")
    return t("map.hover.country", country=country, number=number, since=since)


def state_hover(t: Catalog, state: str | Gap, lower: int, upper: int, dated: int) -> str:
    """State, count, how many dated."""
    if upper == 0:
        return t("map.hover.none_in_state", state=state)
    exact = t("map.hover.exact", count=lower)
    number = exact if upper == lower else t("map.hover.range", lower=lower, upper=upper)
    return t("map.hover.state", state=state, number=number, dated=dated)


def build_hovers(numbers: Counts, names: Sequence[str], t: Catalog, describe: Callable[..., str]) -> ByPlace:
    """What `describe` (name, *numbers) says of each place in each year; `numbers` has the shape (years, places,
    numbers), lower and upper first. It is asked once for all whose sentences differ in nothing but name and numbers."""
    is_new = np.ones(numbers.shape[:2], dtype=np.bool_)
    is_new[1:] = (numbers[1:] != numbers[:-1]).any(axis=2)
    cells = numbers[is_new]
    _, examples, kinds = np.unique(_kinds(cells, t), return_index=True, return_inverse=True)
    patterns = [
        describe(Gap(0), *(Gap(gap, number) for gap, number in enumerate(cells[example].tolist(), start=1)))
        for example in examples.tolist()
    ]
    written = cells.astype(object)
    for row, column in np.argwhere(cells >= GROUPED_FROM).tolist():
        written[row, column] = t.number(int(cells[row, column]))
    names = [t.isolate(name) for name in names]
    places = np.nonzero(is_new)[1].tolist()
    filled = [
        [kind, names[place], *of_place]
        for kind, place, of_place in zip(kinds.tolist(), places, written.tolist(), strict=True)
    ]
    # by year and place, which of the texts was the last
    codes = np.zeros(is_new.shape, dtype=int)
    codes[is_new] = np.arange(len(filled))
    return ByPlace(Filled(patterns, filled), np.maximum.accumulate(codes).tolist())


def _kinds(cells: Counts, t: Catalog) -> Counts:
    """What the wording depends on, as one number: of each number its plural category and whether it is nothing, and
    whether lower and upper are the same. `cells`: (cells, numbers)."""
    distinct, at = np.unique(cells, return_inverse=True)
    categories: dict[str, int] = {}
    of_distinct = [categories.setdefault(t.plural(number), len(categories)) for number in distinct.tolist()]
    of_numbers = (2 * np.array(of_distinct, dtype=int) + (distinct == 0))[at.reshape(cells.shape)]
    kinds: Counts = (cells[:, 0] == cells[:, 1]).astype(int)
    for of_number in of_numbers.T:
        kinds *= KINDS_OF_A_NUMBER
        kinds += of_number
    return kinds
