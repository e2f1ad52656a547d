"""Rows that are the same response twice: in one file, or in two exports that overlap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from dashboard.dataset.spelling import normalize
from dashboard.intake.grid import Grid, plain

# what tools call the number of a response
RESPONSE_IDS = {
    "respondentid", "responseid", "uuid", "metainstanceid", "instanceid", "key", "id", "submissionid", "recordid",
    "uniqueid",
}  # fmt: skip
MOMENT = re.compile(r"\d{1,2}:\d{2}")
Part = tuple[Grid, tuple[np.ndarray, dict[str, int]]]


def without_repeated(parts: Sequence[Part]) -> list[tuple[Grid, dict[str, int]]]:
    """Each file without the rows that are no people, and without responses that come twice. Two rows are one response
    only where the whole row is the same, in a file with a response's own number that no two different rows share, or in
    another file; and only where something in it, such as the moment, tells people apart."""
    found = []
    seen: Counter[tuple[str, ...]] = Counter()
    for grid, (keep, skipped) in parts:
        keep = keep.copy()
        once = _repeated_inside(grid, keep)
        keep &= ~once
        skipped = {**skipped, "twice": int(once.sum())}
        if len(parts) > 1:
            again = _seen_before(grid, keep, seen)
            keep &= ~again
            skipped["other_file"] = int(again.sum())
        found.append((grid.rows_where(keep), {reason: many for reason, many in skipped.items() if many}))
    return found


def _repeated_inside(grid: Grid, keep: np.ndarray) -> np.ndarray:
    """Rows that repeat an earlier one wholly, by the number of the response."""
    again = np.zeros(grid.rows, bool)
    heads = [[normalize(plain(str(cell))) for cell in row] for row in grid.head[:5]]
    for at, column in enumerate(grid.columns):
        if not column.is_kept or not any(at < len(row) and row[at] in RESPONSE_IDS for row in heads):
            continue
        rows = np.flatnonzero(keep & (column.codes > 0))
        _, first, which = np.unique(column.codes[rows], return_index=True, return_inverse=True)
        originals = rows[first[which]]
        repeated, originals = rows[originals != rows], originals[originals != rows]
        # a number that different rows share is no number of a response: an organisation's, or of two forms put together
        is_same = all((other.codes[repeated] == other.codes[originals]).all() for other in grid.columns)
        again[repeated] = is_same and _tells_people_apart(grid, repeated)
        break
    return again


def _tells_people_apart(grid: Grid, rows: np.ndarray) -> bool:
    """Whether these rows hold a moment or a long random number: else two people may well have answered the same."""
    for column in grid.columns:
        if column.is_kept and all(_is_telling(column.values[code]) for code in set(column.codes[rows].tolist())):
            return True
    return False


def _is_telling(value: str) -> bool:
    return bool(MOMENT.search(value)) or bool(
        re.fullmatch(r"(?:uuid:)?[0-9A-Za-z_-]{9,}", value) and re.search(r"\d", value)
    )


def _seen_before(grid: Grid, keep: np.ndarray, seen: Counter[tuple[str, ...]]) -> np.ndarray:
    """Rows that an earlier file had already, as often as it had them."""
    again = np.zeros(grid.rows, bool)
    own: Counter[tuple[str, ...]] = Counter()
    left = Counter(seen)
    columns = [(column.codes, column.values) for column in grid.columns]
    for row in np.flatnonzero(keep):
        key = tuple(values[codes[row]] for codes, values in columns)
        own[key] += 1
        if left[key] > 0 and any(map(_is_telling, key)):
            left[key] -= 1
            again[row] = True
    for key, many in own.items():
        seen[key] = max(seen[key], many)
    return again
