"""The map, in three modes: partner countries, U.S. states, links between cities. Its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from dashboard.charts import map_countries, map_links, map_states
from dashboard.charts.chart import Chart, Drawing, Ranked, View, never_sample, year_table
from dashboard.charts.leaders import leaders_of, part_in_words
from dashboard.metrics.pairings import pairings
from dashboard.metrics.partnerships import KEPT, WHOLE, map_tables
from dashboard.metrics.sources import ids_under
from dashboard.metrics.summary import identified_of, totals_of
from dashboard.metrics.table import ByYear, YearTable, name_ranks, order_of_part, ranking
from dashboard.strings import Words

DRAW = {"countries": map_countries.draw, "states": map_states.draw, "links": map_links.draw}
# many years, and many choices of regions, have the same
SENTENCES = 1000
NAMES = {"countries": "country", "states": "state", "links": "pairing"}


def table(view: View) -> ByYear:
    """`map_tables` of the selection, in its mode."""
    return map_tables(view.dataset, view.selection)


def draw(rows: ByYear, view: View) -> Drawing:
    """The figure of the selection's mode."""
    return DRAW[view.selection.map](rows, view)  # type: ignore[arg-type]


@lru_cache(maxsize=WHOLE + KEPT)
def order(rows: YearTable) -> np.ndarray:
    """The rows of the table tab: the largest first, then by name; what has no state last. Links, which are one each, by
    name alone."""
    if rows.part_of:
        return order_of_part(order(rows.part_of[0]), rows.part_of[1])
    lower, upper = rows.values["partnerships"], rows.values["upper"]
    column = next(name for name in ("pairing", "country", "state") if name in rows.keys)
    names = [str(name) for name in rows.keys[column]]
    by_name = np.broadcast_to(name_ranks(names), lower.shape)
    if column == "pairing":
        return ranking(by_name)
    is_nowhere = np.array([not name for name in names], dtype=bool)
    return ranking(is_nowhere, -lower, -upper, by_name)


def headline(rows: ByYear, view: View, year: int) -> str:
    """One sentence that says what the map says."""
    words, counted, at = view.words, year_table(rows), rows.years.index(year)
    lower, upper = counted.sums["partnerships"][at], counted.sums["upper"][at]
    if upper == 0:
        return words("map.headline.nothing", year=year)
    if view.selection.map == "links":
        links = words("map.headline.links", count=lower, year=year)
        of = " · ".join(filter(None, (view.country_name, view.state_name)))
        return words("map.headline.links_of", of=of, links=links) if of else links
    if view.selection.map == "states" and view.state_name:
        return words("map.headline.state", state=view.state_name, count=lower, year=year)
    if view.selection.country is not None and view.selection.map == "countries":
        return _country(view, year, lower, upper)
    if lower == 0:
        return words("map.headline.perhaps", year=year, upper=upper)
    if view.selection.map == "countries" and upper > lower:
        return words(
            "map.headline.at_least",
            year=year,
            lower=counted.filled["partnerships"][at],
            total=view.countries_ever,
            upper=counted.filled["upper"][at],
        )
    return _leaders(counted, view, year)


def _leaders(counted: YearTable, view: View, year: int) -> str:
    """ "Nigeria, Türkiye, Iraq and Senegal hold a third of the 94 partnerships"; by state, of those known."""
    words = view.words
    kind, name_column = (
        ("leaders" if view.selection.map == "countries" else "leading_states"),
        NAMES[view.selection.map],
    )
    at = counted.years.index(year)
    # what has no name has no place
    named = [bool(name) for name in counted.keys[name_column]]
    numbers = (counted.values["partnerships"][at] * np.array(named, dtype=bool)).tolist()
    total, places, chosen = sum(numbers), sum(number > 0 for number in numbers), leaders_of(counted, name_column)[at]
    if not total:
        return words("map.headline.states_unknown", year=year)
    if not chosen:
        return words(f"map.headline.{kind}_even", count=total, places=places)
    part = part_in_words(sum(numbers[row] for row in chosen) / total, words)
    names = words.listing([str(counted.keys[name_column][row]) for row in chosen])
    if places == 1:
        return words(f"map.headline.{kind}_alone", name=names, total=total, year=year)
    return words(f"map.headline.{kind}", count=len(chosen), names=names, part=part, total=total, year=year)


def _country(view: View, year: int, lower: int, upper: int) -> str:
    words, snapshot = view.words, view.basis.snapshot
    named = identified_of(view.basis, view.selection)
    if not lower:
        return words("map.headline.country_perhaps", country=view.country_name, year=year, upper=upper)
    if lower < upper:
        return words("map.headline.country_range", country=view.country_name, year=year, lower=lower, upper=upper)
    if view.state_name:
        return words("map.headline.country_state", country=view.country_name, state=view.state_name, count=lower)
    if snapshot is None:
        return words("map.headline.country_documented", country=view.country_name, year=year, count=lower)
    if not named:
        return words("map.headline.country_unnamed", country=view.country_name, count=lower, year=snapshot.year)
    if named == lower:
        return words("map.headline.country_whole", country=view.country_name, count=lower, year=snapshot.year)
    return words("map.headline.country", country=view.country_name, count=lower, year=snapshot.year, named=named)


def description(rows: ByYear, view: View, year: int) -> str:
    """What a screen reader says instead of the picture: mode, sums, the largest."""
    words, counted, at = view.words, year_table(rows), rows.years.index(year)
    text = words(
        f"map.description.{view.selection.map}",
        year=year,
        lower=counted.sums["partnerships"][at],
        upper=counted.sums["upper"][at],
    )
    largest = _largest(counted, NAMES[view.selection.map])[at]
    if not largest or view.selection.map == "links":
        return text
    return f"{text} {_in_words(largest, words)}"


@lru_cache(maxsize=KEPT)
def _largest(counted: YearTable, name_column: str) -> list[tuple[tuple[int, str], ...]]:
    """For each year, numbers and names of the five largest, without those that are none or have no name."""
    lower, names = counted.values["partnerships"], [str(name) for name in counted.keys[name_column]]
    order = ranking(-lower)[:, :5]
    numbers = np.take_along_axis(lower, order, axis=1)
    return [
        tuple((number, names[at]) for number, at in zip(*of_year, strict=True) if number and names[at])
        for of_year in zip(numbers.tolist(), order.tolist(), strict=True)
    ]


@lru_cache(maxsize=SENTENCES)
def _in_words(largest: tuple[tuple[int, str], ...], words: Words) -> str:
    items = [_item(name, number, words) for number, name in largest]
    return words("map.description.largest", names=words.listing(items))


@lru_cache(maxsize=SENTENCES)
def _item(name: str, number: int, words: Words) -> str:
    return words("map.description.item", name=name, number=number)


def note(rows: ByYear, view: View, year: int) -> str:
    """What the picture cannot show."""
    if view.selection.map == "countries":
        return view.words("map.note.countries")
    now = rows.at(year)
    if view.selection.map == "states":
        nowhere = [at for at, state in enumerate(now["us_state"]) if not state]
        lower, upper = (sum(now[name][at] for at in nowhere) for name in ("partnerships", "upper"))
        if not upper:
            return view.words("map.note.states_all")
        return view.words("map.note.states" if lower == upper else "map.note.states_upto", count=upper)
    missing = _not_drawn(view, year)
    return view.words("map.note.links", count=missing) if missing else view.words("map.note.links_all")


def _not_drawn(view: View, year: int) -> int:
    """How many that count for certain in a year have no line."""
    counted = int(totals_of(view.basis, view.selection).lower[view.basis.years.index(year)])
    located = [item for item in pairings(view.dataset, view.selection) if item.us_place and item.partner_place]
    return counted - sum(item.first <= year < item.ended for item in located)


def sources(view: View) -> Sequence[str]:
    """Ids of the sources of the partnerships, of the scope, of coordinates and of boundaries."""
    about = view.dataset.about.sources
    boundaries = "us_states" if view.selection.map == "states" else "boundaries"
    cited = ids_under(view.basis, view.selection)
    return (*cited, *about.get("scope", ()), *about.get("coordinates", ()), *about.get(boundaries, ()))


def face(_rows: ByYear, _view: View, _year: int) -> str:
    """Always "chart": a map without partnerships still shows where there could be some."""
    return "chart"


CHART = Chart(
    id="map",
    table=table,
    shown=Ranked(order),
    columns=("country", "state", "pairing", "partnerships", "dated", "undated", "upper"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    face=face,
    is_sample=never_sample,
    draw=draw,
)
