"""The ranked list of countries: one square is one partnership. Drawn as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from dashboard.charts.chart import Chart, Ranked, View, never_sample, year_table
from dashboard.charts.map_countries import number_text
from dashboard.charts.track import Track
from dashboard.metrics.partnerships import KEPT, WHOLE, countries_table
from dashboard.metrics.sources import ids_under
from dashboard.metrics.table import ByYear, YearTable, name_ranks, order_of_part, ranking
from dashboard.strings import Words

# a letter of the marks -> its class in the style sheet: filled, hatched, outlined, dashed
MOST_SQUARES = 60
MARKS = {"d": "dated", "n": "named", "o": "open", "m": "maybe"}


def table(view: View) -> ByYear:
    """`countries_table` of the selection."""
    return countries_table(view.dataset, view.selection)


@lru_cache(maxsize=WHOLE + KEPT)
def order(rows: YearTable) -> np.ndarray:
    """Positions of the rows in each year, largest first; ties by what may be, then by name."""
    if rows.part_of:
        return order_of_part(order(rows.part_of[0]), rows.part_of[1])
    by_name = name_ranks([str(name) for name in rows.keys["country"]])
    return ranking(-rows.values["partnerships"], -rows.values["upper"], by_name)


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


@lru_cache(maxsize=KEPT)
def unit_of_squares(rows: YearTable) -> int:
    """The unit of the list, the same in all years."""
    return unit_of(int(rows.values["upper"].max(initial=0)), MOST_SQUARES)


@lru_cache(maxsize=WHOLE)
def squares(rows: YearTable, unit: int) -> Track:
    """The marks of each row."""
    counted = (rows.values[name] for name in ("dated", "named", "unidentified", "maybe"))
    return Track.of(*counted, tell=lambda *each: marks(*each, unit))


@lru_cache(maxsize=WHOLE)
def numbers(rows: YearTable, words: Words) -> Track:
    """9 or "0–3" for each row."""

    def tell(lower: int, upper: int) -> int | str:
        return lower if lower == upper else number_text(words, lower, upper)

    return Track.of(rows.values["partnerships"], rows.values["upper"], tell=tell)


def headline(rows: ByYear, view: View, year: int) -> str:
    """How many have a single partnership, or for how many nothing is certain."""
    table, words, at = year_table(rows), view.words, rows.years.index(year)
    if not table.keys["country"]:
        return words("countries.headline.nothing")
    counted, possible = table.filled["partnerships"][at], table.filled["upper"]
    if table.sums["upper"][at] > table.sums["partnerships"][at]:
        # what is certain is possible, so the rest is what nothing shows
        silent, total = possible[at] - counted, possible[-1]
        if not silent:
            return words("countries.headline.all_on_record", count=total, year=year)
        return words("countries.headline.silent", count=silent, total=total, year=year)
    if view.state_name:
        return words("countries.headline.state", state=view.state_name, count=counted)
    single, whole = _single_and_whole(table)
    if view.basis.snapshot is None:
        return words("countries.headline.documented", count=single[at], total=counted)
    return words("countries.headline.counted", count=single[at], total=counted, whole=whole[at])


@lru_cache(maxsize=KEPT)
def _single_and_whole(table: YearTable) -> tuple[list[int], list[int]]:
    """By year, how many have a single partnership, and of how many all are identified."""
    lower = table.values["partnerships"]
    is_whole = (lower > 0) & (table.values["unidentified"] == 0)
    return (lower == 1).sum(axis=1).tolist(), is_whole.sum(axis=1).tolist()


def description(rows: ByYear, view: View, year: int) -> str:
    """What the list is and how it is ordered."""
    table = year_table(rows)
    counted = table.filled["partnerships"][rows.years.index(year)]
    return view.words("countries.description", year=year, count=len(table.keys["country"]), counted=counted)


def note(rows: ByYear, view: View, _year: int) -> str:
    """What a square is."""
    unit = unit_of_squares(year_table(rows))
    return view.words("countries.note") if unit == 1 else view.words("countries.note_unit", unit=unit)


def sources(view: View) -> Sequence[str]:
    """Ids of the sources under the partnerships of the selection."""
    return ids_under(view.basis, view.selection)


def face(rows: ByYear, _view: View, _year: int) -> str:
    """ "chart", or "empty" where no row is left."""
    return "chart" if year_table(rows).keys["country"] else "empty"


CHART = Chart(
    id="countries",
    table=table,
    shown=Ranked(order),
    columns=("country", "region", "partnerships", "dated", "named", "unidentified", "upper"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    face=face,
    is_sample=never_sample,
    draw=None,
)
