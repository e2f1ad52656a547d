"""What the rows of a selection come to, without walking through them at each question.

Regions are the filter that is pressed most and may be chosen in any combination, so everything is counted once for each
region of a basis, and a choice of regions is a sum. A choice of a country or a state is counted from its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from dashboard.dataset.bases import NEVER
from dashboard.dataset.model import Basis, Dataset
from dashboard.metrics.counting import Counts, Numbers, codes_of, count, selected_rows
from dashboard.selection import Selection

# columns of a basis, with and without those not identified, of a few bases
KEPT = 48
# columns of which the tiles count the different values, and whether only of those identified
DISTINCT = (("country_iso3", False), ("community", False), ("us_state", True))


@dataclass(frozen=True, eq=False)
class Cube:
    """Counts of one column's values: `parts` has the shape (kinds of Counts, years, regions, values)."""

    regions: tuple[str, ...]
    values: tuple[str, ...]
    parts: np.ndarray

    def of(self, regions: Sequence[str], groups: Sequence[str]) -> Counts:
        """The counts of some regions (none: all) for each of `groups`; 0 for a group that is no value."""
        summed = self.summed(regions)
        with_none = np.concatenate([summed, np.zeros((*summed.shape[:2], 1), dtype=int)], axis=2)
        dated, undated, maybe = with_none[:, :, [self._places.get(group, -1) for group in groups]]
        return Counts(dated, undated, maybe)

    def distinct(self, regions: Sequence[str]) -> tuple[Numbers, Numbers]:
        """How many values but "" have a row in some regions (none: all) at each year: (at least, at most)."""
        known, possible = self.there[:, self._chosen(regions)].any(axis=1).sum(axis=2)
        return known, possible

    @cached_property
    def there(self) -> np.ndarray:
        """Whether values but "" have a row for certain, and whether they may have one: bool, shape (2, regions, years,
        values)."""
        known = self.parts[0] + self.parts[1]
        there = np.stack([known > 0, known + self.parts[2] > 0])
        return there.swapaxes(1, 2)[..., [at for at, value in enumerate(self.values) if value]]

    def summed(self, regions: Sequence[str]) -> np.ndarray:
        """The counts of all values in some regions (none: all), shape (kinds, years, values)."""
        return np.asarray(self.parts[:, :, self._chosen(regions)].sum(axis=2, dtype=int))

    def _chosen(self, regions: Sequence[str]) -> list[int]:
        return [at for at, region in enumerate(self.regions) if not regions or region in regions]

    @cached_property
    def _places(self) -> dict[str, int]:
        """The position of each value."""
        return {value: at for at, value in enumerate(self.values)}


def counts_of(
    basis: Basis, selection: Selection, column: str, groups: Sequence[str], *, is_identified: bool = False
) -> Counts:
    """Counts of the selection at every year for each of `groups`, values of `column` (country_iso3, region, us_state,
    community); `is_identified`: only of those whose two cities are known."""
    if _is_of_regions(selection):
        return _cube(basis, column, is_identified).of(selection.regions, groups)
    rows = selected_rows(basis, selection)
    rows = rows[rows["is_identified"]] if is_identified else rows
    codes = codes_of(rows[column], groups)
    return count(rows[codes >= 0], codes[codes >= 0], len(groups), basis.years)


def totals_of(basis: Basis, selection: Selection, *, is_identified: bool = False) -> Counts:
    """The same of all together, arrays of shape (years,)."""
    if _is_of_regions(selection):
        return Counts(*_cube(basis, "region", is_identified).summed(selection.regions).sum(axis=2))
    counts = counts_of(basis, selection, "region", regions_of(basis), is_identified=is_identified)
    return Counts(counts.dated.sum(axis=1), counts.undated.sum(axis=1), counts.maybe.sum(axis=1))


def distinct_of(
    basis: Basis, selection: Selection, column: str, *, is_identified: bool = False
) -> tuple[Numbers, Numbers]:
    """How many different values of `column` ("" left out) have a row at each year: (at least, at most)."""
    if _is_of_regions(selection):
        return _cube(basis, column, is_identified).distinct(selection.regions)
    groups = [value for value in basis.rows[column].cat.categories if value]
    counts = counts_of(basis, selection, column, groups, is_identified=is_identified)
    return (counts.lower > 0).sum(axis=1), (counts.upper > 0).sum(axis=1)


def begun_by_year(basis: Basis, selection: Selection, since: Sequence[int]) -> Numbers:
    """How many of the dated rows of each year began in the year `since` of that year, or later; a part of `dated`."""
    years, before = basis.years, _begun_before(basis, selection)
    at = np.arange(len(years))
    first = np.clip(np.array(since) - years.start, 0, at + 1)
    return np.asarray(before[at + 1, at] - before[first, at])


@lru_cache(maxsize=2)
def _begun_before(basis: Basis, selection: Selection) -> np.ndarray:
    """Of those that began before a year, how many are there in each, shape (years + 1, years)."""
    starts = starts_of(basis, selection)
    alive = starts[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:].cumsum(axis=0)
    return np.concatenate([np.zeros((1, len(basis.years)), dtype=int), alive])


def starts_of(basis: Basis, selection: Selection) -> np.ndarray:
    """Dated rows by the year they began and that in which they ended, shape (years, years + 1); the last place of the
    second is for those that have not ended by the last year."""
    if _is_of_regions(selection):
        known = _starts(basis)
        return np.asarray(known[_chosen(basis, selection)].sum(axis=0, dtype=int))
    rows = selected_rows(basis, selection)
    return np.asarray(_by_start(basis, rows, np.zeros(len(rows), dtype=int), 1)[0])


def tally_of(basis: Basis, selection: Selection, column: str) -> dict[str, int]:
    """How many rows of the selection, at any time, have each value of `column`, in the order of the table."""
    values = _values(basis, column)
    if _is_of_regions(selection):
        numbers = _tally(basis, column)[_chosen(basis, selection)].sum(axis=0)
    else:
        numbers = np.bincount(selected_rows(basis, selection)[column].cat.codes, minlength=len(values))
    there = np.flatnonzero(numbers)
    return {values[at]: number for at, number in zip(there.tolist(), numbers[there].tolist(), strict=True)}


def identified_of(basis: Basis, selection: Selection) -> int:
    """How many rows of the selection, at any time, have both cities known."""
    if _is_of_regions(selection):
        known = _identified(basis)
        return sum(number for region, number in known.items() if not selection.regions or region in selection.regions)
    return int(selected_rows(basis, selection)["is_identified"].sum())


def earliest_of(basis: Basis, selection: Selection) -> dict[str, int]:
    """The first year on record of each country, NEVER where none is."""
    if selection.state is None:
        return _earliest(basis)
    return _first_years(selected_rows(basis, selection))


@lru_cache(maxsize=8)
def _earliest(basis: Basis) -> dict[str, int]:
    return _first_years(basis.rows)


def _first_years(rows: pd.DataFrame) -> dict[str, int]:
    countries = rows["country_iso3"].cat
    found = np.full(len(countries.categories), NEVER)
    np.minimum.at(found, countries.codes.to_numpy(), rows["first_dated"].to_numpy(dtype=int))
    return dict(zip(countries.categories, found.tolist(), strict=True))


@lru_cache(maxsize=4)
def usual_and_largest_place(dataset: Dataset) -> tuple[int, int]:
    """How many partnerships a country or U.S. state with any may have had at its most, on any basis: the median, and
    the largest; (1, 1) without any."""
    numbers = [1]
    for basis in dataset.bases.values():
        for column in ("country_iso3", "us_state"):
            places = [value for value in basis.rows[column].cat.categories if value]
            numbers += counts_of(basis, Selection(basis.id), column, places).upper.max(axis=0, initial=0).tolist()
    there = [number for number in numbers if number]
    return int(np.median(there)), max(there)


def regions_of(basis: Basis) -> tuple[str, ...]:
    """The regions that have a row, in the order of the table."""
    return _values(basis, "region")


@lru_cache(maxsize=KEPT)
def _values(basis: Basis, column: str) -> tuple[str, ...]:
    return tuple(map(str, basis.rows[column].cat.categories))


def warm(basis: Basis) -> None:
    """Counts everything now, so that processes that start from here share it and no visitor waits for it."""
    for column in ("country_iso3", "region", "us_state", "community"):
        _cube(basis, column, False)
    for column in ("country_iso3", "region", "us_state"):
        _cube(basis, column, True)
    for column, is_identified in DISTINCT:
        _ = _cube(basis, column, is_identified).there
    for column in ("country_iso3", "source_ids"):
        _tally(basis, column)
    _starts(basis)
    _identified(basis)
    _earliest(basis)


def _chosen(basis: Basis, selection: Selection) -> list[int]:
    return [at for at, region in enumerate(regions_of(basis)) if not selection.regions or region in selection.regions]


def _is_of_regions(selection: Selection) -> bool:
    return selection.country is None and selection.state is None


@lru_cache(maxsize=KEPT)
def _cube(basis: Basis, column: str, is_identified: bool) -> Cube:
    rows = basis.rows[basis.rows["is_identified"]] if is_identified else basis.rows
    regions, values = regions_of(basis), tuple(rows[column].cat.categories)
    codes = rows["region"].cat.codes.to_numpy(dtype=np.int32) * len(values) + rows[column].cat.codes.to_numpy()
    counts = count(rows, codes, len(regions) * len(values), basis.years)
    parts = np.stack([counts.dated, counts.undated, counts.maybe]).astype(np.int32)
    return Cube(regions, values, parts.reshape(3, len(basis.years), len(regions), len(values)))


@lru_cache(maxsize=8)
def _starts(basis: Basis) -> np.ndarray:
    rows = basis.rows
    codes = rows["region"].cat.codes.to_numpy(dtype=int)
    return _by_start(basis, rows, codes, len(regions_of(basis)))


def _by_start(basis: Basis, rows: pd.DataFrame, codes: np.ndarray, groups: int) -> np.ndarray:
    years = basis.years
    begun, ended = rows["first_dated"].to_numpy(dtype=int), rows["ended"].to_numpy(dtype=int)
    is_dated = (begun <= years[-1]) & (begun >= years.start)
    first = begun[is_dated] - years.start
    last = np.clip(ended[is_dated] - years.start, 0, len(years))
    shape = (groups, len(years), len(years) + 1)
    places = np.ravel_multi_index((codes[is_dated], first, last), shape)
    return np.bincount(places, minlength=int(np.prod(shape))).reshape(shape)


@lru_cache(maxsize=KEPT)
def _tally(basis: Basis, column: str) -> np.ndarray:
    rows, values = basis.rows, len(basis.rows[column].cat.categories)
    codes = rows["region"].cat.codes.to_numpy(dtype=int) * values + rows[column].cat.codes.to_numpy()
    return np.bincount(codes, minlength=len(regions_of(basis)) * values).reshape(-1, values)


@lru_cache(maxsize=8)
def _identified(basis: Basis) -> dict[str, int]:
    rows = basis.rows
    numbers = np.bincount(rows.loc[rows["is_identified"], "region"].cat.codes, minlength=len(regions_of(basis)))
    return dict(zip(regions_of(basis), numbers.tolist(), strict=True))
