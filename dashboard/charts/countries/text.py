"""The ranked list of countries: one square is one partnership. Drawn as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.charts.base import Chart, Ranked, View, each_year, never_sample, once_a_view
from dashboard.charts.countries.slide import SLIDE
from dashboard.charts.ranking import name_ranks, ranking
from dashboard.counting import by_year, first_rows
from dashboard.filters import PARTNERSHIPS
from dashboard.metrics.partnerships import countries_table
from dashboard.metrics.sources import ids_under

# a letter of the marks -> its class in the style sheet: filled, hatched, outlined, dashed
MOST_SQUARES = 60


@once_a_view
def table(view: View) -> pd.DataFrame:
    """`countries_table` of the selection."""
    return countries_table(view.dataset, view.selection)


def order(table: pd.DataFrame, view: View) -> np.ndarray:
    """Positions of the rows in each year, largest first; ties by what may be, then by name."""
    years = view.basis.years
    lower, upper = (by_year(table, years, name) for name in ("partnerships", "upper"))
    return ranking(-lower, -upper, name_ranks(names_of(table, years), view.dataset.naming.sort_key))


def names_of(table: pd.DataFrame, years: range) -> list[str]:
    """The names of the countries, in the order of the rows of a year."""
    return first_rows(table, years, "country")


@lru_cache(maxsize=4000)
def marks(dated: int, named: int, unidentified: int, maybe: int, unit: int = 1) -> str:
    """One letter for each `unit` partnerships, the last of a kind for what is left of them."""
    numbers = {"d": dated, "n": named, "o": unidentified, "m": maybe}
    return "".join(letter * -(-number // unit) for letter, number in numbers.items())


def unit_of(largest: int, most: int) -> int:
    """How many one mark has to stand for, 1, 10, 100 …, so that the largest has at most `most` marks."""
    unit = 1
    while largest > unit * most:
        unit *= 10
    return unit


@once_a_view
def unit_of_squares(view: View) -> int:
    """The unit of the list, the same in all years."""
    rows = table(view)
    return unit_of(int(rows["upper"].max()) if len(rows) else 0, MOST_SQUARES)


@once_a_view
def _numbers_of_countries(view: View) -> dict[str, list[int]]:
    """By year: how many countries have a partnership, may have one, have a single one, and of how many all are
    identified."""
    rows, years = table(view), view.basis.years
    lower, upper, unidentified = (by_year(rows, years, name) for name in ("partnerships", "upper", "unidentified"))
    numbers = {
        "counted": lower > 0,
        "possible": upper > 0,
        "single": lower == 1,
        "whole": (lower > 0) & (unidentified == 0),
    }
    return {name: is_so.sum(axis=1).tolist() for name, is_so in numbers.items()}


def headline(table: pd.DataFrame, view: View, year: int) -> str:
    """How many have a single partnership, or for how many nothing is certain."""
    t, position = view.t, view.basis.years.index(year)
    if table.empty:
        return t("countries.headline.nothing")
    numbers = _numbers_of_countries(view)
    counted, possible = numbers["counted"][position], numbers["possible"]
    if view.totals["upper"][position] > view.totals["partnerships"][position]:
        # `possible` includes the countries with a certain partnership: the difference are those that may have one
        silent, total = possible[position] - counted, possible[-1]
        if not silent:
            return t("countries.headline.all_on_record", count=total, year=year)
        return t("countries.headline.silent", count=silent, total=total, year=year)
    if view.state_name:
        return t("countries.headline.state", state=view.state_name, count=counted)
    single, whole = numbers["single"][position], numbers["whole"][position]
    if view.basis.snapshot is None:
        return t("countries.headline.documented", count=single, total=counted)
    return t("countries.headline.counted", count=single, total=counted, whole=whole)


def description(table: pd.DataFrame, view: View, year: int) -> str:
    """What the list is and how it is ordered."""
    years = view.basis.years
    counted = _numbers_of_countries(view)["counted"][years.index(year)]
    return view.t("countries.description", year=year, count=len(table) // len(years), counted=counted)


def note(_table: pd.DataFrame, view: View, _year: int) -> str:
    """What a square is."""
    unit = unit_of_squares(view)
    return view.t("countries.note") if unit == 1 else view.t("countries.note_unit", unit=unit)


def sources(view: View) -> Sequence[str]:
    """Ids of the sources under the partnerships of the selection."""
    return ids_under(view.basis, view.selection)


def display_state(table: pd.DataFrame, _view: View, _year: int) -> str:
    """ "chart", or "empty" where no row is left."""
    return "empty" if table.empty else "chart"


CHART = Chart(
    id="countries",
    counts=PARTNERSHIPS,
    table=table,
    shown=Ranked(order),
    moment=each_year,
    columns=("country", "region", "partnerships", "dated", "named", "unidentified", "upper"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    display_state=display_state,
    is_sample=never_sample,
    slide=SLIDE,
)
