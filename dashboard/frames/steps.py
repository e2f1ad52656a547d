"""Something that depends on the year, in as few words as it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from operator import ne
from typing import Any

import numpy as np

from dashboard.charts.series import OF
from dashboard.charts.track import EACH

NUMBERS = (int, float)
FROM, IS, ALL, SAY = "from", "is", "all", "say"


def steps(values: Sequence[Any] | np.ndarray, *, names: Sequence[Any] = ()) -> Any:
    """One value a year, packed: the value itself where it never changes; {"each": [...]} for lists of one length and
    {"of": {...}} for dicts with the same keys, packed by element; else {"from": positions at which it changes,
    "is": the values from there on}, or {"all": one value a year} where that is shorter.

    A dict that never changes must not have these names; figures and texts have none. An array is packed as its rows
    would be, those of two dimensions as lists; with `names`, each different, its numbers are positions in them.
    """
    if isinstance(values, np.ndarray):
        told = np.array(names, dtype=object) if names else None
        return _steps_of_rows(values, told) if values.ndim > 1 else _steps_of_numbers(values, told)
    first = values[0]
    if values.count(first) == len(values):
        return first
    starts = [0, *compress(range(1, len(values)), map(ne, values, values[1:]))]
    kept = [values[at] for at in starts]
    if (
        isinstance(first, list)
        and len(kept) > 2
        and all(isinstance(each, list) and len(each) == len(first) for each in kept)
    ):
        return {EACH: [steps(column) for column in zip(*values, strict=True)]}
    if isinstance(first, dict) and all(isinstance(each, dict) and each.keys() == first.keys() for each in kept):
        return {OF: {key: steps([value[key] for value in values]) for key in first}}
    return _changing(starts, kept, len(values))


def _changing(starts: list[int], kept: list[Any], years: int) -> dict[str, list[Any]]:
    """Values and when they begin, or one a year where that is shorter: where each is another, and of numbers, which are
    as short as a position, where half are."""
    if len(kept) == years:
        return {ALL: kept}
    if 2 * len(kept) > years and all(type(each) in NUMBERS for each in kept):
        ends = [*starts[1:], years]
        return {ALL: [value for value, start, end in zip(kept, starts, ends, strict=True) for _ in range(start, end)]}
    return {FROM: starts, IS: kept}


def _steps_of_numbers(array: np.ndarray, told: np.ndarray | None) -> Any:
    starts = _starts(array[1:] != array[:-1])
    values = _told(array[starts], told)
    return values[0] if len(starts) == 1 else _changing(starts, values, len(array))


def _steps_of_rows(array: np.ndarray, told: np.ndarray | None) -> Any:
    is_other = array[1:] != array[:-1]
    starts = _starts(is_other.any(axis=1))
    if len(starts) == 1:
        return _told(array[0], told)
    if len(starts) == 2:
        return _changing(starts, _told(array[starts], told), len(array))
    return {EACH: _elements(array, told)}


def _elements(array: np.ndarray, told: np.ndarray | None) -> list[Any]:
    """Each column, packed."""
    is_other = array[1:] != array[:-1]
    each = _told(array[0], told)
    columns, places = np.nonzero(is_other.T)
    moving, firsts = np.unique(columns, return_index=True)
    values = _told(array.T[columns, places + 1], told)
    ends = np.append(firsts, len(columns))[1:].tolist()
    later: list[int] = (places + 1).tolist()
    for column, begin, end in zip(moving.tolist(), firsts.tolist(), ends, strict=True):
        each[column] = _changing([0, *later[begin:end]], [each[column], *values[begin:end]], len(array))
    return each


def _told(array: np.ndarray, told: np.ndarray | None) -> list[Any]:
    found: list[Any] = (array if told is None else told[array]).tolist()
    return found


def _starts(is_other: np.ndarray) -> list[int]:
    """The first position, and those at which something is other than before."""
    return [0, *(np.flatnonzero(is_other) + 1).tolist()]


def value_at(packed: Any, position: int, *, written: Callable[[int], str] = str) -> Any:
    """The value at a position (`written`: how numbers in sentences are): what `assets/js/20-frames.js` does with it."""
    if not isinstance(packed, dict):
        return packed
    if SAY in packed:
        return _sentences(packed, position, written)
    if EACH in packed:
        return [value_at(each, position) for each in packed[EACH]]
    if OF in packed:
        return {key: value_at(each, position) for key, each in packed[OF].items()}
    if ALL in packed:
        return packed[ALL][position]
    if FROM in packed:
        return next(
            kept for start, kept in zip(reversed(packed[FROM]), reversed(packed[IS]), strict=True) if start <= position
        )
    return packed


def _sentences(packed: dict[str, Any], position: int, written: Callable[[int], str]) -> list[str]:
    """Sentences packed by `dashboard/charts/said.py`."""
    kinds, numbers = value_at(packed["kinds"], position), [value_at(each, position) for each in packed["numbers"]]
    return [
        packed["say"][kind].format(name, *map(written, values))
        for kind, name, *values in zip(kinds, packed["names"], *numbers, strict=True)
    ]
