"""Counting partnerships at every year: what is known, and the most it can have been.

At year Y a row is *dated* if its start year is Y or earlier and it has not ended by Y; *undated* if it has no
start year but is documented by Y; *maybe* if it has no start year and is documented only later, for it may have
begun before. lower = dated + undated; upper = lower + maybe. (docs/data.md, "How it is counted")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.dataset.bases import NEVER
from dashboard.dataset.model import Basis
from dashboard.selection import Selection

Numbers = npt.NDArray[np.int_]


@dataclass(frozen=True)
class Counts:
    """Arrays of shape (years, groups)."""

    dated: Numbers
    undated: Numbers
    maybe: Numbers

    @property
    def lower(self) -> Numbers:
        """What is known: dated and undated."""
        return self.dated + self.undated

    @property
    def upper(self) -> Numbers:
        """The most it can have been."""
        return self.dated + self.undated + self.maybe


def selected_rows(basis: Basis, selection: Selection) -> pd.DataFrame:
    """The basis's rows in the regions, the country and the state chosen (columns as Basis.rows)."""
    return _filtered(basis, selection.regions, selection.country, selection.state)


@lru_cache(maxsize=8)
def _filtered(basis: Basis, regions: tuple[str, ...], country: str | None, state: str | None) -> pd.DataFrame:
    rows = basis.rows
    if regions:
        rows = rows[rows["region"].isin(regions)]
    if country is not None:
        rows = rows[rows["country_iso3"] == country]
    if state is not None:
        rows = rows[rows["us_state"] == state]
    return rows


def count_by(rows: pd.DataFrame, column: str, groups: Sequence[str], years: range) -> Counts:
    """Counts of `rows` (columns as Basis.rows) at every year for each of `groups`, the values of `column`.

    Rows whose value is not among the groups are not counted.
    """
    codes = codes_of(rows[column], groups)
    kept = np.flatnonzero(codes >= 0)
    dated_from, known_from, ended = _year_columns(rows)
    return _count(dated_from[kept], known_from[kept], ended[kept], codes[kept], len(groups), years)


def codes_of(values: pd.Series, groups: Sequence[str]) -> np.ndarray:
    """For each value its position among the groups, -1 where it is none of them."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return np.append(pd.Index(groups).get_indexer(values.cat.categories), -1)[values.cat.codes]
    return pd.Index(groups).get_indexer(pd.Index(values))


def count(rows: pd.DataFrame, codes: np.ndarray, groups: int, years: range) -> Counts:
    """Counts at every year, `codes` saying for each row which of the `groups` it belongs to."""
    return _count(*_year_columns(rows), codes, groups, years)


def _year_columns(rows: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    dated, known, ended = (rows[name].to_numpy(dtype=int) for name in ("first_dated", "first_documented", "ended"))
    return dated, known, ended


def _count(
    dated_from: Numbers, known_from: Numbers, ended: Numbers, codes: np.ndarray, groups: int, years: range
) -> Counts:
    is_dated = dated_from < NEVER

    def since(first_years: np.ndarray, which: np.ndarray) -> np.ndarray:
        """Rows of `which` whose year is reached, by year and group."""
        at = np.clip(first_years[which] - years.start, 0, len(years))
        size = (len(years) + 1) * groups
        steps = np.bincount(at * groups + codes[which], minlength=size).reshape(len(years) + 1, groups)
        return steps[:-1].cumsum(axis=0)

    dated = since(dated_from, is_dated) - since(np.maximum(dated_from, ended), is_dated)
    undated = since(known_from, ~is_dated) - since(np.maximum(known_from, ended), ~is_dated)
    always = np.full(len(dated_from), years.start)
    maybe = since(always, ~is_dated) - since(np.minimum(known_from, ended), ~is_dated)
    return Counts(dated, undated, maybe)
