"""The map, in three modes: partner countries, U.S. states, links between cities. Its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.charts.base import Chart, Ranked, View, each_year, never_sample, once_a_view
from dashboard.charts.map.places import shown_in
from dashboard.charts.map.slide import SLIDE
from dashboard.charts.ranking import name_ranks, part_in_words, ranking, top_contributors
from dashboard.counting import by_year, first_rows
from dashboard.filters import PARTNERSHIPS
from dashboard.metrics.pairings import pairings
from dashboard.metrics.partnerships import map_context, shown_on_map
from dashboard.metrics.sources import ids_under
from dashboard.strings import Catalog

# sentences that are kept: many years, and many choices of regions, have the same
SENTENCES = 1000
NAMES = {"countries": "country", "states": "state", "links": "pairing"}


@once_a_view
def table(view: View) -> pd.DataFrame:
    """`shown_on_map` of the selection, in its mode, as a part of its context, which the figure needs too."""
    return shown_on_map(view.dataset, view.selection, view.compute(map_context))


def order(table: pd.DataFrame, view: View) -> np.ndarray:
    """The rows of the table tab: the largest first, then by name; what has no state last. Links, which are one each, by
    name alone."""
    lower, upper = (by_year(table, view.basis.years, name) for name in ("partnerships", "upper"))
    column = next(name for name in ("pairing", "country", "state") if name in table)
    names = first_rows(table, view.basis.years, column)
    by_name = np.broadcast_to(name_ranks(names, view.dataset.naming.sort_key), lower.shape)
    if column == "pairing":
        return ranking(by_name)
    is_nowhere = np.array([not name for name in names], dtype=bool)
    return ranking(is_nowhere, -lower, -upper, by_name)


@dataclass(frozen=True)
class Figures:
    """What sentences about the map need, by year: `lower` and `upper` of everything drawn; how many areas have any
    (`filled`) or may have (`possible`); `numbers` of each area and `names` of the areas; `leading`: positions of those
    that lead."""

    lower: list[int]
    upper: list[int]
    filled: list[int]
    possible: list[int]
    numbers: np.ndarray
    names: list[str]
    leading: list[list[int]]


@once_a_view
def figures(view: View) -> Figures:
    """Those of a view."""
    rows, years = table(view), view.basis.years
    lower, upper = (by_year(rows, years, name) for name in ("partnerships", "upper"))
    names = first_rows(rows, years, NAMES[view.selection.map])
    return Figures(
        lower=lower.sum(axis=1).tolist(),
        upper=upper.sum(axis=1).tolist(),
        filled=(lower > 0).sum(axis=1).tolist(),
        possible=(upper > 0).sum(axis=1).tolist(),
        numbers=lower,
        names=names,
        leading=top_contributors(lower, names, view.dataset.naming.sort_key),
    )


def headline(_table: pd.DataFrame, view: View, year: int) -> str:
    """One sentence that says what the map says."""
    t, counts, at = view.t, figures(view), view.basis.years.index(year)
    lower, upper = counts.lower[at], counts.upper[at]
    if upper == 0:
        return t("map.headline.nothing", year=year)
    if view.selection.map == "links":
        links = t("map.headline.links", count=lower, year=year)
        of = t.beside((view.country_name, view.state_name))
        return t("map.headline.links_of", of=of, links=links) if of else links
    if view.selection.map == "states" and view.state_name:
        return t("map.headline.state", state=view.state_name, count=lower, year=year)
    if view.selection.country is not None and view.selection.map == "countries":
        return _country(view, year, lower, upper)
    if lower == 0:
        return t("map.headline.perhaps", year=year, upper=upper)
    if view.selection.map == "countries" and upper > lower:
        return t(
            "map.headline.at_least",
            year=year,
            lower=counts.filled[at],
            total=view.countries_ever,
            upper=counts.possible[at],
        )
    return _leaders(counts, view, year)


def _leaders(counts: Figures, view: View, year: int) -> str:
    """ "Nigeria, Türkiye, Iraq and Senegal hold a third of the 94 partnerships"; by state, of those known."""
    t, at = view.t, view.basis.years.index(year)
    kind = "leaders" if view.selection.map == "countries" else "leading_states"
    # partnerships whose place nobody knows stand in a row without a name, which is no place that could lead
    numbers = [number if name else 0 for number, name in zip(counts.numbers[at].tolist(), counts.names, strict=True)]
    total, places, chosen = sum(numbers), sum(number > 0 for number in numbers), counts.leading[at]
    if not total:
        return t("map.headline.states_unknown", year=year)
    if not chosen:
        return t(f"map.headline.{kind}_even", count=total, places=places)
    part = part_in_words(sum(numbers[row] for row in chosen) / total, t)
    names = t.listing([counts.names[row] for row in chosen])
    if places == 1:
        return t(f"map.headline.{kind}_alone", name=names, total=total, year=year)
    return t(f"map.headline.{kind}", count=len(chosen), names=names, part=part, total=total, year=year)


def _country(view: View, year: int, lower: int, upper: int) -> str:
    t, snapshot = view.t, view.basis.snapshot
    named = view.identified
    if not lower:
        return t("map.headline.country_perhaps", country=view.country_name, year=year, upper=upper)
    if lower < upper:
        return t("map.headline.country_range", country=view.country_name, year=year, lower=lower, upper=upper)
    if view.state_name:
        return t("map.headline.country_state", country=view.country_name, state=view.state_name, count=lower)
    if snapshot is None:
        return t("map.headline.country_documented", country=view.country_name, year=year, count=lower)
    if not named:
        return t("map.headline.country_unnamed", country=view.country_name, count=lower, year=snapshot.year)
    if named == lower:
        return t("map.headline.country_whole", country=view.country_name, count=lower, year=snapshot.year)
    return t("map.headline.country", country=view.country_name, count=lower, year=snapshot.year, named=named)


def description(_table: pd.DataFrame, view: View, year: int) -> str:
    """What a screen reader says instead of the picture: mode, sums, the largest."""
    t, counts, at = view.t, figures(view), view.basis.years.index(year)
    text = t(f"map.description.{view.selection.map}", year=year, lower=counts.lower[at], upper=counts.upper[at])
    largest = _largest(view)[at]
    if not largest or view.selection.map == "links":
        return text
    return t.sentences(text, _in_words(largest, t))


@once_a_view
def _largest(view: View) -> list[tuple[tuple[int, str], ...]]:
    """For each year, numbers and names of the five largest, without those that are none or have no name."""
    counts = figures(view)
    order = ranking(-counts.numbers)[:, :5]
    numbers = np.take_along_axis(counts.numbers, order, axis=1)
    return [
        tuple((number, counts.names[at]) for number, at in zip(*of_year, strict=True) if number and counts.names[at])
        for of_year in zip(numbers.tolist(), order.tolist(), strict=True)
    ]


@lru_cache(maxsize=SENTENCES)
def _in_words(largest: tuple[tuple[int, str], ...], t: Catalog) -> str:
    items = [_item(name, number, t) for number, name in largest]
    return t("map.description.largest", names=t.listing(items))


@lru_cache(maxsize=SENTENCES)
def _item(name: str, number: int, t: Catalog) -> str:
    return t("map.description.item", name=name, number=number)


def note(_table: pd.DataFrame, view: View, year: int) -> str:
    """What the picture cannot show."""
    if view.selection.map == "countries":
        return view.t("map.note.countries")
    at = view.basis.years.index(year)
    if view.selection.map == "states":
        lower, upper = _without_state(view)[at]
        if not upper:
            return view.t("map.note.states_all")
        return view.t("map.note.states" if lower == upper else "map.note.states_upto", count=upper)
    missing = view.totals["partnerships"][at] - _links_drawn(view)[at]
    return view.t("map.note.links", count=missing) if missing else view.t("map.note.links_all")


@once_a_view
def _without_state(view: View) -> list[list[int]]:
    """By year, how many partnerships have no known state: (at least, at most)."""
    rows, years = table(view), view.basis.years
    nowhere = rows[rows["us_state"] == ""]
    counts = [by_year(nowhere, years, name).sum(axis=1) for name in ("partnerships", "upper")]
    return [list(pair) for pair in zip(*(count.tolist() for count in counts), strict=True)]


@once_a_view
def _links_drawn(view: View) -> list[int]:
    """By year, how many pairings that count for certain have a line."""
    located = [item for item in view.compute(pairings) if item.us_place and item.partner_place]
    spans = [(item.first, item.ended) for item in located]
    return [int(number) for number in shown_in(spans, view.basis.years).sum(axis=1)]


def sources(view: View) -> Sequence[str]:
    """Ids of the sources of the partnerships, of the scope, of coordinates and of boundaries."""
    about = view.dataset.about.sources
    boundaries = "us_states" if view.selection.map == "states" else "boundaries"
    cited = ids_under(view.basis, view.selection)
    return (*cited, *about.get("scope", ()), *about.get("coordinates", ()), *about.get(boundaries, ()))


def display_state(_table: pd.DataFrame, _view: View, _year: int) -> str:
    """Always "chart": a map without partnerships still shows where there could be some."""
    return "chart"


CHART = Chart(
    id="map",
    counts=PARTNERSHIPS,
    table=table,
    shown=Ranked(order),
    moment=each_year,
    columns=("country", "state", "pairing", "partnerships", "dated", "undated", "upper"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    display_state=display_state,
    is_sample=never_sample,
    slide=SLIDE,
)
