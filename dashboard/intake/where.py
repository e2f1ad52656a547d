"""Columns that say where a respondent is: partner country, sub-region, U.S. state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from dashboard.dataset.spelling import folded
from dashboard.intake.grid import Column, Grid
from dashboard.intake.layouts import Field
from dashboard.intake.places import Places

COUNTRY, REGION, STATE = "country", "region", "state"
ENOUGH, ENOUGH_WHEN_NAMED = 0.6, 0.15
NAMES = {COUNTRY: ("country", "nation"), REGION: ("region",), STATE: ("state",)}
MOST_VALUES = 20_000


def where(
    grid: Grid, fields: Sequence[Field], places: Places, told: Mapping[str, str]
) -> tuple[np.ndarray, np.ndarray, list[tuple[Field, str]], Counter[str]]:
    """(region by row, state by row, columns used as (field, what), texts that name no known place)."""
    found: dict[str, tuple[float, Field]] = {}
    for field in fields:
        if field.heading in told:
            if told[field.heading] in NAMES:
                found[told[field.heading]] = (2.0, field)
            continue
        kind, fit = _kind(grid.columns[field.at], field, places)
        if kind and fit > found.get(kind, (0.0, field))[0]:
            found[kind] = (fit, field)
    unknown: Counter[str] = Counter()
    regions = np.full(grid.rows, "", dtype=object)
    states = np.full(grid.rows, "", dtype=object)
    for kind, target in ((REGION, regions), (COUNTRY, regions), (STATE, states)):
        if kind in found:
            column = grid.columns[found[kind][1].at]
            resolve = _resolver(kind, places)
            resolved = np.array([resolve(value) if value else "" for value in column.values], dtype=object)
            for value, many, code in zip(column.values, column.counts(), resolved, strict=True):
                if many and value and not code:
                    unknown[value] += int(many)
            by_row = resolved[column.codes]
            target[by_row != ""] = by_row[by_row != ""]
    return regions, states, [(field, kind) for kind, (_, field) in found.items()], unknown


def _resolver(kind: str, places: Places) -> Callable[[str], str]:
    if kind == STATE:
        return places.state
    if kind == REGION:
        return places.region
    return lambda text: region_in(text, places)


def region_in(text: str, places: Places) -> str:
    """The sub-region of the countries that a text names; "" where they are of several, or none is known."""
    whole = places.countries.get(folded(text))
    if whole:
        return places.region_of[whole]
    parts = re.split(r"[;,/|&\n]|\band\b", text)
    known = {places.region_of[code] for part in parts if (code := places.country(part))}
    if not known and (code := places.country(text)):
        known = {places.region_of[code]}
    return known.pop() if len(known) == 1 else ""


def _kind(column: Column, field: Field, places: Places) -> tuple[str, float]:
    """What a column says and how surely: the share of its cells that name a known place."""
    if not column.is_kept or len(column.values) > MOST_VALUES:
        return "", 0.0
    counts = column.counts()
    counts[0] = 0
    if not counts.sum():
        return "", 0.0
    best, surest = "", 0.0
    heading = folded(field.heading)
    for kind, names in NAMES.items():
        resolve = _resolver(kind, places)
        known = sum(int(many) for value, many in zip(column.values, counts, strict=True) if many and resolve(value))
        share = known / int(counts.sum())
        is_named = any(name in heading for name in names)
        if share >= (ENOUGH_WHEN_NAMED if is_named else ENOUGH) and share + 0.1 * is_named > surest:
            best, surest = kind, share + 0.1 * is_named
    return best, surest
