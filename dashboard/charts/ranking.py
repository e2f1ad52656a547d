"""Who comes first: orders of the rows of each year, the fewest that together hold a third, and words for a part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from dashboard.dataset.records import Numbers
from dashboard.strings import Catalog

PART = 1 / 3
MOST_NAMED = 6
NEAR = 0.015
FRACTIONS = (
    (1 / 4, "quarter"),
    (1 / 3, "third"),
    (1 / 2, "half"),
    (2 / 3, "two_thirds"),
    (3 / 4, "three_quarters"),
)
SortKey = Callable[[str], Any]


def name_ranks(names: Sequence[str], sort_key: SortKey) -> Numbers:
    """The place of each name in their alphabetical order, for sorting arrays."""
    ranks = {name: rank for rank, name in enumerate(sorted(set(names), key=sort_key))}
    return np.array([ranks[name] for name in names], dtype=int)


def ranking(*keys: Numbers) -> Numbers:
    """Positions of the rows of each year, sorted by the first key, ties by the next. Keys have the shape (years, rows)
    or (rows,)."""
    return np.lexsort(np.broadcast_arrays(*reversed(keys)), axis=-1)


def top_contributors(numbers: Numbers, names: Sequence[str], sort_key: SortKey = str) -> list[list[int]]:
    """For each year, positions of the largest, adding one after another until a third of the sum is reached. `numbers`:
    array of shape (years, names); what has no name is left out.

    Never some of several equals: naming them and not the others would say something the numbers do not. So it
    ends earlier where it would have to choose, and is empty where all that lead are equal, or nothing is counted.
    """
    numbers = numbers * np.array([bool(name) for name in names], dtype=bool)
    order = ranking(-numbers, name_ranks(names, sort_key))
    largest_first = np.take_along_axis(numbers, order, axis=1)
    before = largest_first.cumsum(axis=1) - largest_first
    is_needed = (largest_first > 0) & (before < numbers.sum(axis=1, keepdims=True) * PART)
    needed = is_needed[:, :MOST_NAMED].sum(axis=1).tolist()
    leading = []
    for first, sizes, chosen in zip(
        order[:, :MOST_NAMED].tolist(), largest_first[:, : MOST_NAMED + 1].tolist(), needed, strict=True
    ):
        while 0 < chosen < len(sizes) and sizes[chosen] == sizes[chosen - 1]:
            chosen -= 1
        leading.append(first[:chosen])
    return leading


def part_in_words(part: float, t: Catalog) -> str:
    """ "a third" within 1.5 points of one, "all" for everything, else a percentage."""
    if part == 1:
        return t("grammar.fraction.all")
    for value, name in FRACTIONS:
        if abs(part - value) <= NEAR:
            return t(f"grammar.fraction.{name}")
    return t.percent(part)
