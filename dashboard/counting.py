"""Counting partnerships at every year: what is known, and the most there can have been.

A partnership is a few *events*, +1 or -1 in a year; every count on the dashboard is a cumulative sum of the events of
the rows that pass the filters (docs/data.md, "How it is counted"). At a year a partnership is *dated* if it began by
then and has not ended; *undated* if it has no start year and is known by then; *maybe* if it has no start year and is
known only later, for it may have begun before. partnerships = dated + undated; upper = partnerships + maybe.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.dataset.model import Basis
from dashboard.filters import Filters, apply_filters

MEASURES = ("dated", "undated", "maybe")
COUNTS = (*MEASURES, "partnerships", "upper")
# columns of Basis.rows that are left out: those that differ in every row, so that nothing could be added up, and those
# that events have in a form of their own
NOT_IN_EVENTS = ("id", "position", "source_ids", "known_by", "end_year")
NOT_IN_GROUPS = ("id", "position", "start_year", "known_by", "end_year")
# a view asks for its events several times: for tiles, map, growth and the list of countries
KEPT_VIEWS = 8


def build_events(rows: pd.DataFrame, *, first_year: int) -> pd.DataFrame:
    """The events of partnerships, each row (columns as Basis.rows) as +1 where it begins to count and -1 where it ends.

    Gives the columns of `rows` but `NOT_IN_EVENTS`, and measure (category: dated, undated, maybe), year, change (int).
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
    return added[added["change"] != 0].astype({"year": int}).reset_index(drop=True)


@lru_cache(maxsize=KEPT_VIEWS)
def selected_events(basis: Basis, filters: Filters) -> pd.DataFrame:
    """The events of a basis that pass the filters (columns as `build_events`)."""
    return apply_filters(events_of(basis), filters)


@lru_cache(maxsize=KEPT_VIEWS)
def events_of(basis: Basis) -> pd.DataFrame:
    """The events of all partnerships of a basis (columns as `build_events`), added up once."""
    return build_events(basis.rows, first_year=basis.first_year)


@lru_cache(maxsize=KEPT_VIEWS)
def groups_of(basis: Basis) -> pd.DataFrame:
    """Partnerships that are alike but for their id and years, as one row with their number: the columns of Basis.rows
    but these, and rows (int). A million partnerships are a few thousand of them."""
    alike = [name for name in basis.rows.columns if name not in NOT_IN_GROUPS]
    return basis.rows.groupby(alike, observed=True, sort=False).size().rename("rows").reset_index()


@lru_cache(maxsize=KEPT_VIEWS)
def selected_groups(basis: Basis, filters: Filters) -> pd.DataFrame:
    """Those that pass the filters (columns as `groups_of`)."""
    return apply_filters(groups_of(basis), filters)


# few are kept: with a million rows each is a copy of most of them
@lru_cache(maxsize=2)
def selected_rows(basis: Basis, filters: Filters) -> pd.DataFrame:
    """The partnerships of a basis that pass the filters (columns as Basis.rows)."""
    return apply_filters(basis.rows, filters)


def count_by_year(events: pd.DataFrame, years: range, by: str, groups: Sequence[str]) -> pd.DataFrame:
    """year, `by` (category), dated, undated, maybe, partnerships, upper (int): a row for every year and every one of
    `groups`, years in their order, in each the groups in theirs. What began before the first year counts from it."""
    dated, undated, maybe = _counts(events, years, _positions(events[by], groups), len(groups)).reshape(-1, 3).T
    return pd.DataFrame(
        {
            "year": np.repeat(np.array(years), len(groups)),
            by: repeat_each_year(groups, years),
            "dated": dated,
            "undated": undated,
            "maybe": maybe,
            "partnerships": dated + undated,
            "upper": dated + undated + maybe,
        }
    )


def total_by_year(events: pd.DataFrame, years: range) -> pd.DataFrame:
    """year, dated, undated, maybe, partnerships, upper (int) of all events together, a row a year."""
    dated, undated, maybe = _counts(events, years, np.zeros(len(events), dtype=int), 1)[:, 0].T
    partnerships = dated + undated
    counts = {"dated": dated, "undated": undated, "maybe": maybe, "partnerships": partnerships}
    return pd.DataFrame({"year": np.array(years), **counts, "upper": partnerships + maybe})


def distinct_by_year(events: pd.DataFrame, years: range, of: str) -> pd.DataFrame:
    """year, known, possible (int): how many different values of `of` ("" is none) have a partnership for certain, and
    how many may have one, a row a year."""
    values = events[of].cat
    categories = values.categories.tolist()
    codes = np.array([-1 if value == "" else code for code, value in enumerate(categories)])[values.codes]
    counts = _counts(events, years, codes, len(categories))
    known, upper = counts[:, :, 0] + counts[:, :, 1], counts.sum(axis=2)
    return pd.DataFrame(
        {"year": np.array(years), "known": (known > 0).sum(axis=1), "possible": (upper > 0).sum(axis=1)}
    )


def _counts(events: pd.DataFrame, years: range, codes: npt.NDArray[np.int_], groups: int) -> npt.NDArray[np.int_]:
    """Array of shape (years, groups, measures). `codes`: the group of each event, -1 for none."""
    shape = (len(years) + 1, groups, len(MEASURES))
    is_counted = codes >= 0
    at_year = np.clip(events["year"].to_numpy()[is_counted] - years.start, 0, len(years))
    measure = events["measure"].cat.codes.to_numpy()[is_counted]
    cells = (at_year * groups + codes[is_counted]) * len(MEASURES) + measure
    changes = np.bincount(cells, weights=events["change"].to_numpy()[is_counted], minlength=int(np.prod(shape)))
    return np.asarray(changes.reshape(shape)[:-1].cumsum(axis=0).astype(int))


def repeat_each_year(texts: Sequence[str], years: range) -> pd.Categorical[Any]:
    """The same texts in every year, for a column of a table that has the same rows in every year."""
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    codes = np.tile(np.array([places[text] for text in texts], dtype=np.int32), len(years))
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(places), dtype=str), validate=False)


def begun_by_year(events: pd.DataFrame, years: range, since: Sequence[int]) -> npt.NDArray[np.int_]:
    """For each year, how many of its dated partnerships began in the year `since` of that year, or later."""
    dated = events[events["measure"] == "dated"]
    begun = np.clip(dated["start_year"].to_numpy(dtype=int) - years.start, 0, len(years))
    at_year = np.clip(dated["year"].to_numpy() - years.start, 0, len(years))
    shape = (len(years) + 1, len(years) + 1)
    cells = np.ravel_multi_index((begun, at_year), shape)
    changes = np.bincount(cells, weights=dated["change"].to_numpy(), minlength=shape[0] * shape[1]).reshape(shape)
    # counted[start, year]: of those that began in `start` or later, how many are there at `year`
    counted = changes.cumsum(axis=1)[::-1].cumsum(axis=0)[::-1].astype(int)
    first = np.clip(np.array(since) - years.start, 0, len(years))
    return np.asarray(counted[first, np.arange(len(years))])


def by_year(table: pd.DataFrame, years: range, column: str) -> npt.NDArray[np.int_]:
    """A column of a table that has the same rows in every year, as an array of shape (years, rows)."""
    return table[column].to_numpy().reshape(len(years), -1)


def rows_at(table: pd.DataFrame, year: int) -> pd.DataFrame:
    """The rows of one year of a table with a column `year`, without that column."""
    return table[table["year"] == year].drop(columns="year").reset_index(drop=True)


def _positions(values: pd.Series, groups: Sequence[str]) -> npt.NDArray[np.int_]:
    """For each value its position among the groups, -1 where it is none of them."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return np.append(pd.Index(groups).get_indexer(values.cat.categories), -1)[values.cat.codes]
    return pd.Index(groups).get_indexer(pd.Index(values))
