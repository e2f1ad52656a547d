"""Something that depends on the year, in as few words as it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FROM, IS, EACH = "from", "is", "each"


def steps(values: Sequence[Any]) -> Any:
    """One value a year, packed: the value itself where it never changes; {"each": [...]} for lists of one length,
    packed by element; else {"from": positions at which it changes, "is": the values from there on}.

    A value that is a dict of its own must not have these names; figures and texts have none.
    """
    first = values[0]
    starts, kept = [0], [first]
    for at, value in enumerate(values):
        if value != kept[-1]:
            starts.append(at)
            kept.append(value)
    if len(kept) == 1:
        return first
    if len(kept) > 2 and isinstance(first, list) and all(len(value) == len(first) for value in kept):
        return {EACH: [steps(column) for column in zip(*values, strict=True)]}
    return {FROM: starts, IS: kept}


def value_at(packed: Any, position: int) -> Any:
    """The value at a position: what `assets/js/frames.js` does with it."""
    if isinstance(packed, dict) and EACH in packed:
        return [value_at(each, position) for each in packed[EACH]]
    if isinstance(packed, dict) and FROM in packed:
        return next(kept for start, kept in zip(reversed(packed[FROM]), reversed(packed[IS]), strict=True) if start <= position)
    return packed
