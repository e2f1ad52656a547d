"""Something that depends on the year, in as few words as it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FROM, IS, EACH, OF = "from", "is", "each", "of"


def steps(values: Sequence[Any]) -> Any:
    """One value a year, packed: the value itself where it never changes; {"each": [...]} for lists of one length and
    {"of": {...}} for dicts with the same keys, packed by element; else {"from": positions at which it changes,
    "is": the values from there on}.

    A dict that never changes must not have these names; figures and texts have none.
    """
    first = values[0]
    starts, kept = [0], [first]
    for at, value in enumerate(values):
        if value != kept[-1]:
            starts.append(at)
            kept.append(value)
    if len(kept) == 1:
        return first
    if (
        isinstance(first, list)
        and len(kept) > 2
        and all(isinstance(each, list) and len(each) == len(first) for each in kept)
    ):
        return {EACH: [steps(column) for column in zip(*values, strict=True)]}
    if isinstance(first, dict) and all(isinstance(each, dict) and each.keys() == first.keys() for each in kept):
        return {OF: {key: steps([value[key] for value in values]) for key in first}}
    return {FROM: starts, IS: kept}


def value_at(packed: Any, position: int) -> Any:
    """The value at a position: what `assets/js/20-frames.js` does with it."""
    if not isinstance(packed, dict):
        return packed
    if EACH in packed:
        return [value_at(each, position) for each in packed[EACH]]
    if OF in packed:
        return {key: value_at(each, position) for key, each in packed[OF].items()}
    if FROM in packed:
        return next(
            kept for start, kept in zip(reversed(packed[FROM]), reversed(packed[IS]), strict=True) if start <= position
        )
    return packed
