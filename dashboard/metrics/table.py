"""The one kind of answer a metric gives: a small tidy table for every year of a basis.

A chart, its words, its table tab, its file and its slide all read the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol, TypeVar

import numpy as np
import pandas as pd

Cell = str | int | float | None
Told = TypeVar("Told")


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of equal length. `None` is a value that is not there (not published, or hidden)."""

    columns: Mapping[str, Sequence[Cell]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, column: str) -> Sequence[Any]:
        return self.columns[column]

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict by column."""
        names = list(self.columns)
        return (dict(zip(names, cells, strict=True)) for cells in zip(*self.columns.values(), strict=True))

    def take(self, order: Sequence[int]) -> Table:
        """The rows at these positions, in this order."""
        return Table({name: [cells[at] for at in order] for name, cells in self.columns.items()})

    def frame(self) -> pd.DataFrame:
        """The same as a DataFrame; whole numbers stay whole beside missing ones (Int64)."""
        return pd.DataFrame({name: _series(cells) for name, cells in self.columns.items()})


def _series(cells: Sequence[Cell]) -> pd.Series:
    there = [cell for cell in cells if cell is not None]
    is_whole = bool(there) and all(isinstance(cell, int) for cell in there)
    return pd.Series(cells, dtype="Int64" if is_whole else None)


def name_ranks(names: Sequence[str]) -> np.ndarray:
    """The place of each name in their alphabetical order, for sorting arrays."""
    ranks = {name: at for at, name in enumerate(sorted(set(names)))}
    return np.array([ranks[name] for name in names], dtype=int)


def ranking(*keys: np.ndarray) -> np.ndarray:
    """Positions of the rows of each year, sorted by the first key, ties by the next. Keys have the shape (years, rows)
    or (rows,)."""
    return np.lexsort(np.broadcast_arrays(*reversed(keys)), axis=-1)


def order_of_part(order: np.ndarray, positions: Sequence[int]) -> np.ndarray:
    """The order of some rows, as positions among them, from that of all: arrays of shape (years, rows)."""
    places = np.full(order.shape[1], -1)
    places[list(positions)] = range(len(positions))
    found = places[order]
    return np.asarray(found[found >= 0].reshape(len(order), len(positions)))


class ByYear(Protocol):
    """A table that depends on the year and on nothing else."""

    @property
    def years(self) -> range:
        """The years it can be asked for."""

    def at(self, year: int) -> Table:
        """The rows of one year. Raises ValueError for a year outside."""


@dataclass(frozen=True, eq=False)
class YearTable:
    """Rows that are the same in every year, with numbers that are not.

    `keys`: columns that name the rows. `values`: columns of whole numbers, arrays of shape (years, rows). `part_of`: of
    some rows of a table that is kept, that one and their positions in it: what was found out about its rows holds for
    them.
    """

    years: range
    keys: Mapping[str, Sequence[Cell]]
    values: Mapping[str, np.ndarray]
    part_of: tuple[YearTable, Sequence[int]] | None = None

    def at(self, year: int) -> Table:
        """The rows of one year. Raises ValueError for a year outside."""
        return self._tables[self.years.index(year)]

    @cached_property
    def _tables(self) -> list[Table]:
        """The rows of each year; figure, words and table tab all ask for them. Years with the same numbers share one
        table, so that what is found out about it can be kept."""
        is_other = np.zeros(len(self.years), dtype=bool)
        for array in self.values.values():
            is_other[1:] |= (array[1:] != array[:-1]).any(axis=1)
        columns = {name: array.tolist() for name, array in self.values.items()}
        tables: list[Table] = []
        for at in range(len(self.years)):
            is_new = not tables or is_other[at]
            of_year = {name: years[at] for name, years in columns.items()}
            tables.append(Table({**self.keys, **of_year}) if is_new else tables[-1])
        return tables

    @cached_property
    def sums(self) -> Mapping[str, list[int]]:
        """Of each column of numbers the sum over all rows, by year."""
        return dict(zip(self.values, self._stacked.sum(axis=2).tolist(), strict=True))

    @cached_property
    def filled(self) -> Mapping[str, list[int]]:
        """Of each column of numbers in how many rows there are any, by year."""
        return dict(zip(self.values, (self._stacked > 0).sum(axis=2).tolist(), strict=True))

    @property
    def _stacked(self) -> np.ndarray:
        """All numbers, shape (columns, years, rows): one look at all is faster than one at each."""
        return np.stack(list(self.values.values()))

    def through(self, year: int) -> Table:
        """The rows of all years up to this one, with a first column `year`."""
        count = self.years.index(year) + 1
        rows = len(next(iter(self.keys.values()), ()))
        columns: dict[str, Sequence[Cell]] = {"year": np.repeat(list(self.years)[:count], rows).tolist()}
        columns |= {name: list(cells) * count for name, cells in self.keys.items()}
        columns |= {name: array[:count].ravel().tolist() for name, array in self.values.items()}
        return Table(columns)

    def pick(self, positions: Sequence[int]) -> YearTable:
        """The rows at these positions, in this order, in all years."""
        keys = {name: [cells[at] for at in positions] for name, cells in self.keys.items()}
        return YearTable(self.years, keys, {name: array[:, list(positions)] for name, array in self.values.items()})

    def part(self, positions: Sequence[int]) -> YearTable:
        """The same of a table that is kept (`part_of`)."""
        return replace(self.pick(positions), part_of=(self, positions))


@dataclass(frozen=True)
class SteppedTable:
    """A table that changes in few years only: `steps` are pairs (first year of validity, table). What is said of a year
    is said of its step, so it does not name the year."""

    years: range
    steps: Sequence[tuple[int, Table]]

    def at(self, year: int) -> Table:
        """The rows of one year. Raises ValueError for a year outside."""
        return self._tables[self.years.index(year)]

    @cached_property
    def _tables(self) -> list[Table]:
        """The rows of each year."""
        return [[table for first, table in self.steps if first <= year][-1] for year in self.years]


@dataclass(frozen=True)
class WithContext:
    """A table, and the same without the filters that only dim: what a map shows beside the selection."""

    selected: YearTable
    context: YearTable

    @property
    def years(self) -> range:
        """The years it can be asked for."""
        return self.selected.years

    def at(self, year: int) -> Table:
        """The rows of one year. Raises ValueError for a year outside."""
        return self.selected.at(year)


def of_each_year(rows: ByYear, tell: Callable[[int], Told]) -> list[Told]:
    """What `tell` says of each year of a table; of one that changes in few years, asked once a step."""
    if not isinstance(rows, SteppedTable):
        return [tell(year) for year in rows.years]
    tables = [rows.at(year) for year in rows.years]
    known = {table: tell(year) for table, year in dict(zip(tables, rows.years, strict=True)).items()}
    return [known[table] for table in tables]
