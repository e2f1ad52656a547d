"""Counting partnerships at every year: what is known, and the most there can have been.

A partnership is a few *events*, +1 or -1 in a year; every count on the dashboard is a cumulative sum of the events of
the rows that pass the filters (docs/data.md, "How it is counted"). At a year a partnership is *dated* if it began by
then and has not ended; *undated* if it has no start year and is known by then; *maybe* if it has no start year and is
known only later, for it may have begun before. partnerships = dated + undated; upper = partnerships + maybe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.dataset.model import Basis
from dashboard.dataset.records import Coded, Numbers, coded
from dashboard.filters import Filters, apply_filters, find_passing

MEASURES = ("dated", "undated", "maybe")
# columns of Basis.rows that are left out: those that differ in every row, so that nothing could be added up, and those
# that events have in a form of their own
NOT_IN_EVENTS = ("id", "position", "source_ids", "known_by", "end_year")
NOT_IN_GROUPS = ("id", "position", "start_year", "known_by", "end_year")
# a view asks for its events several times: for tiles, map, growth and the list of countries
KEPT_VIEWS = 8
# columns that are the same in every year, which many tables share: countries, their regions, names of figures
KEPT_COLUMNS = 64


@dataclass(frozen=True, eq=False)
class Counts:
    """Partnerships at every year: arrays of shape (years, groups) or, of all together, (years,)."""

    dated: Numbers
    undated: Numbers
    maybe: Numbers
    partnerships: Numbers
    upper: Numbers

    def named(self, names: Sequence[str]) -> dict[str, Numbers]:
        """Those with these names, in their order."""
        return {name: getattr(self, name) for name in names}


def build_events(rows: pd.DataFrame, *, first_year: int) -> Coded:
    """The events of partnerships, each row (columns as Basis.rows) as +1 where it begins to count and -1 where it ends.

    Gives the columns of `rows` but `NOT_IN_EVENTS`, and measure (dated, undated, maybe), year, change (int).
    Events that are alike are added up, so a million rows are a few thousand events.
    """
    is_dated = rows["start_year"].notna()
    dated, undated = rows[is_dated], rows[~is_dated]
    known_by, end_year = undated["known_by"], undated["end_year"]
    spells = pd.concat(
        [
            dated.assign(measure="dated", begins=dated["start_year"], ends=dated["end_year"]),
            undated.assign(measure="undated", begins=known_by, ends=end_year),
            undated.assign(
                measure="maybe", begins=first_year, ends=known_by.where(end_year.isna(), end_year).clip(upper=known_by)
            ),
        ]
    )
    spells["measure"] = pd.Categorical(spells["measure"], categories=MEASURES)
    begins = spells.assign(year=spells["begins"], change=1)
    ends = spells[spells["ends"].notna()]
    ends = ends.assign(year=ends["ends"].clip(lower=ends["begins"]), change=-1)
    events = pd.concat([begins, ends]).drop(columns=["begins", "ends", *NOT_IN_EVENTS])
    alike = [column for column in events.columns if column != "change"]
    added = events.groupby(alike, observed=True, dropna=False, sort=False)["change"].sum().reset_index()
    return coded(added[added["change"] != 0])


@lru_cache(maxsize=KEPT_VIEWS)
def selected_events(basis: Basis, filters: Filters) -> Coded:
    """The events of a basis that pass the filters (columns as `build_events`)."""
    return _selected(events_of(basis), filters)


@lru_cache(maxsize=KEPT_VIEWS)
def events_of(basis: Basis) -> Coded:
    """The events of all partnerships of a basis (columns as `build_events`), added up once."""
    return build_events(basis.rows, first_year=basis.first_year)


@lru_cache(maxsize=KEPT_VIEWS)
def groups_of(basis: Basis) -> Coded:
    """Partnerships that are alike but for their id and years, as one row with their number: the columns of Basis.rows
    but these, and rows (int). A million partnerships are a few thousand of them."""
    alike = [name for name in basis.rows.columns if name not in NOT_IN_GROUPS]
    return coded(basis.rows.groupby(alike, observed=True, sort=False).size().rename("rows").reset_index())


@lru_cache(maxsize=KEPT_VIEWS)
def selected_groups(basis: Basis, filters: Filters) -> Coded:
    """Those that pass the filters (columns as `groups_of`)."""
    return _selected(groups_of(basis), filters)


def _selected(rows: Coded, filters: Filters) -> Coded:
    return rows.where(find_passing(rows, filters)) if filters else rows


# few are kept: with a million rows each is a copy of most of them
@lru_cache(maxsize=2)
def selected_rows(basis: Basis, filters: Filters) -> pd.DataFrame:
    """The partnerships of a basis that pass the filters (columns as Basis.rows)."""
    return apply_filters(basis.rows, filters)


def count_by_year(events: Coded, years: range, by: str, groups: Sequence[str]) -> Counts:
    """Counts of every one of `groups`, which are texts of the column `by`. What began before the first year counts from
    it."""
    return _counts(events, years, events.places(by, groups), len(groups))


def total_by_year(events: Coded, years: range) -> Counts:
    """Counts of all events together."""
    together = _counts(events, years, np.zeros(len(events), dtype=np.int_), 1)
    return Counts(**{name: of_one[:, 0] for name, of_one in vars(together).items()})


def distinct_by_year(events: Coded, years: range, of: str) -> tuple[Numbers, Numbers]:
    """(known, possible), each by year: how many different values of `of` ("" is none) have a partnership for certain,
    and how many may have one."""
    texts = [text for text in events.values[of] if text]
    counts = count_by_year(events, years, of, texts)
    return (counts.partnerships > 0).sum(axis=1), (counts.upper > 0).sum(axis=1)


def _counts(events: Coded, years: range, places: Numbers, groups: int) -> Counts:
    """`places`: the group of each event, -1 for none."""
    shape = (len(MEASURES), len(years) + 1, groups)
    is_counted = places >= 0
    at_year = np.clip(events.columns["year"] - years.start, 0, len(years))
    cells = (events.columns["measure"] * shape[1] + at_year) * groups + places
    changes = np.bincount(
        cells[is_counted], weights=events.columns["change"][is_counted], minlength=int(np.prod(shape))
    )
    dated, undated, maybe = changes.reshape(shape)[:, :-1].cumsum(axis=1).astype(np.int_)
    return Counts(dated, undated, maybe, dated + undated, dated + undated + maybe)


def begun_by_year(events: Coded, years: range, since: Sequence[int]) -> Numbers:
    """For each year, how many of its dated partnerships began in the year `since` of that year, or later."""
    dated = events.where(events.columns["measure"] == MEASURES.index("dated"))
    begun, at_year = (np.clip(dated.columns[name] - years.start, 0, len(years)) for name in ("start_year", "year"))
    shape = (len(years) + 1, len(years) + 1)
    cells = np.ravel_multi_index((begun, at_year), shape)
    changes = np.bincount(cells, weights=dated.columns["change"], minlength=shape[0] * shape[1]).reshape(shape)
    # counted[start, year]: of those that began in `start` or later, how many are there at `year`
    counted = changes.cumsum(axis=1)[::-1].cumsum(axis=0)[::-1].astype(np.int_)
    first = np.clip(np.array(since) - years.start, 0, len(years))
    return np.asarray(counted[first, np.arange(len(years))])


def first_years(events: Coded) -> dict[str, int]:
    """By country, the first year on record of its dated partnerships; countries without one are left out."""
    dated = events.where(events.columns["measure"] == MEASURES.index("dated"))
    codes, starts = dated.columns["country_iso3"], dated.columns["start_year"]
    first = np.full(len(dated.values["country_iso3"]), np.iinfo(np.int_).max)
    np.minimum.at(first, codes, starts)
    there = sorted(set(codes.tolist()))
    return {dated.values["country_iso3"][code]: int(first[code]) for code in there}


# ---- tables that have the same rows in every year
def yearly_table(years: range, keys: Mapping[str, Sequence[str]], numbers: Mapping[str, Numbers]) -> pd.DataFrame:
    """year, keys (category), numbers (int): a row for every year and every one of the keys, years in their order, in
    each the keys in theirs. `numbers` are arrays of shape (years, keys)."""
    size = len(next(iter(keys.values())))
    return pd.DataFrame(
        {
            "year": np.repeat(np.array(years), size),
            **{name: _repeated(tuple(texts), years) for name, texts in keys.items()},
            **{name: of_years.ravel() for name, of_years in numbers.items()},
        }
    )


@lru_cache(maxsize=KEPT_COLUMNS)
def _repeated(texts: tuple[str, ...], years: range) -> pd.Categorical[Any]:
    """The same texts in every year."""
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    codes = np.tile(np.array([places[text] for text in texts], dtype=np.int32), len(years))
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(places), dtype=str), validate=False)


def by_year(table: pd.DataFrame, years: range, column: str) -> Numbers:
    """A column of a table that has the same rows in every year, as an array of shape (years, rows)."""
    return table[column].to_numpy().reshape(len(years), -1)


def first_rows(table: pd.DataFrame, years: range, column: str) -> list[str]:
    """A column of texts (category) of the rows of one year, of a table that has the same rows in every year."""
    column_of_all = table[column].array
    texts = column_of_all.categories.tolist()
    return [texts[code] for code in column_of_all.codes[: len(table) // len(years)].tolist()]


def rows_at(table: pd.DataFrame, year: int) -> pd.DataFrame:
    """The rows of one year of a table with a column `year`, without that column."""
    return table[table["year"] == year].drop(columns="year").reset_index(drop=True)
