"""Who holds a part worth naming: the fewest that together reach a third, and words for a part."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.strings import Words

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


def leaders(numbers: Sequence[int], names: Sequence[str]) -> list[int]:
    """Positions of the largest, adding one after another until a third of the sum is reached.

    Never some of several equals: naming them and not the others would say something the numbers do not. So it
    ends earlier where it would have to choose, and is empty where all that lead are equal, or nothing is counted.
    """
    total = sum(numbers)
    order = sorted((at for at, number in enumerate(numbers) if number), key=lambda at: (-numbers[at], names[at]))
    reached, chosen = 0, 0
    while chosen < min(len(order), MOST_NAMED) and reached < total * PART:
        reached += numbers[order[chosen]]
        chosen += 1
    while 0 < chosen < len(order) and numbers[order[chosen]] == numbers[order[chosen - 1]]:
        chosen -= 1
    return order[:chosen]


def part_in_words(part: float, words: Words) -> str:
    """ "a third" within 1.5 points of one, "all" for everything, else a percentage."""
    if part == 1:
        return words("grammar.fraction.all")
    for value, name in FRACTIONS:
        if abs(part - value) <= NEAR:
            return words(f"grammar.fraction.{name}")
    return words("grammar.percent", percent=round(100 * part))
