"""The tables about partnerships: tiles, map, growth, countries. Counts are int; a row for every year and every key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.counting import (
    KEPT_VIEWS,
    begun_by_year,
    build_events,
    count_by_year,
    distinct_by_year,
    first_years,
    selected_events,
    selected_rows,
    total_by_year,
    yearly_table,
)
from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import Coded, Numbers, coded
from dashboard.filters import COUNTRIES, Filters, Selection, find_passing
from dashboard.metrics.pairings import pairings

RECENT_YEARS = 10
HOME_COUNTRY = "USA"
# columns of counts, in the order in which files have them
COUNTED = ["partnerships", "dated", "undated", "upper"]


def tile_figures(dataset: Dataset, selection: Selection) -> dict[str, Numbers]:
    """The figures of the tiles by name, each by year. "…_upper" is the most it can have been.

    identified, dated and total are the state of the research on all that counts in the basis's last year, so
    they are the same at every year.
    """
    basis = dataset.bases[selection.basis]
    years, events = basis.years, selected_events(basis, selection.filters)
    identified = events.where(events.flags("is_identified"))
    total = total_by_year(events, years)
    since = dataset.about.initiative_first_year
    figures = {"partnerships": total.partnerships, "partnerships_upper": total.upper}
    for name, column, of in (
        ("countries", "country_iso3", events),
        ("us_communities", "community", events),
        ("us_states", "us_state", identified),
    ):
        figures[name], figures[f"{name}_upper"] = distinct_by_year(of, years, column)
    return figures | {
        f"new_since_{since}": begun_by_year(events, years, [since] * len(years)),
        f"new_in_{RECENT_YEARS}_years": begun_by_year(events, years, [year - RECENT_YEARS + 1 for year in years]),
        "identified": np.full(len(years), total_by_year(identified, years).partnerships[-1]),
        "dated": np.full(len(years), total.dated[-1]),
        "total": np.full(len(years), total.partnerships[-1]),
    }


def tiles_table(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """year, name, value (int): `tile_figures`."""
    figures = tile_figures(dataset, selection)
    values = np.stack(list(figures.values()), axis=1)
    return yearly_table(dataset.bases[selection.basis].years, {"name": list(figures)}, {"value": values})


def map_context(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """What the map draws, in its three modes: year; columns that name the row; partnerships, dated, undated, upper. The
    filters that it only dims (region and country, by states the state) leave nothing out.

    countries: country_iso3, country, region, and last first_year (of the earliest dated one so far, 0 where none).
    states: country_iso3 ("USA"), us_state ("" for not known), state. links: country_iso3, id, pairing (its name), for
    every pairing whose cities are named.
    """
    if selection.map == "links":
        return _by_link(dataset, selection)
    if selection.map == "states":
        return _by_state(dataset, selection.basis, selection.filters.without("state"))
    return _by_country(dataset, selection.basis, selection.filters.without("region", "country"))


def shown_on_map(dataset: Dataset, selection: Selection, context: pd.DataFrame) -> pd.DataFrame:
    """The part of `map_context` that passes the filters: how many one area has does not depend on which others are
    looked at."""
    if selection.map == "links":
        return context
    if selection.map == "states":
        return context if selection.state is None else context[context["us_state"] == selection.state]
    is_inside = find_passing(_coded_countries(dataset), selection.filters, COUNTRIES)
    if is_inside.all():
        return context
    return context[np.tile(is_inside, len(dataset.bases[selection.basis].years))]


@lru_cache(maxsize=4)
def _coded_countries(dataset: Dataset) -> Coded:
    return coded(dataset.countries[["iso3", "region"]])


@lru_cache(maxsize=KEPT_VIEWS)  # regions are pressed most, and change nothing of what the map shows beside them
def _by_country(dataset: Dataset, basis_id: str, filters: Filters) -> pd.DataFrame:
    basis = dataset.bases[basis_id]
    years, events = basis.years, selected_events(basis, filters)
    keys = _country_keys(dataset.countries)
    counts = count_by_year(events, years, "country_iso3", keys["country_iso3"])
    earliest = first_years(events)
    first = np.array([earliest.get(code, 0) for code in keys["country_iso3"]])
    numbers = counts.named(COUNTED) | {"first_year": np.where(counts.dated > 0, first, 0)}
    return yearly_table(years, keys, numbers)


def _country_keys(countries: pd.DataFrame) -> dict[str, list[str]]:
    names = {"country_iso3": "iso3", "country": "name", "region": "region"}
    return {name: countries[column].tolist() for name, column in names.items()}


@lru_cache(maxsize=KEPT_VIEWS)
def _by_state(dataset: Dataset, basis_id: str, filters: Filters) -> pd.DataFrame:
    basis = dataset.bases[basis_id]
    states = dataset.tables["us_states"]
    names = {**dict(zip(states["state"], states["name"], strict=True)), "": ""}
    counts = count_by_year(selected_events(basis, filters), basis.years, "us_state", list(names))
    keys = {"country_iso3": [HOME_COUNTRY] * len(names), "us_state": list(names), "state": list(names.values())}
    return yearly_table(basis.years, keys, counts.named(COUNTED))


def _by_link(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    basis = dataset.bases[selection.basis]
    items = pairings(dataset, selection)
    rows = selected_rows(basis, selection.filters)
    # links are few, so their events are made one by one, each with its id
    rows = rows[rows["is_identified"]].head(len(items))
    events = build_events(rows.assign(pairing_id=rows["id"]), first_year=basis.first_year)
    keys = {
        "country_iso3": [item.country_iso3 for item in items],
        "id": [item.id for item in items],
        "pairing": [f"{item.us_name} – {item.partner_community}" for item in items],
    }
    counts = count_by_year(events, basis.years, "pairing_id", keys["id"])
    return yearly_table(basis.years, keys, counts.named(COUNTED))


def growth_table(dataset: Dataset, selection: Selection, *, regions: Sequence[str]) -> pd.DataFrame:
    """year, region, partnerships, dated, undated, upper, for those of `regions` that have a partnership in any year or
    may have had one, in the order given."""
    basis = dataset.bases[selection.basis]
    events = selected_events(basis, selection.filters)
    there = events.texts("region")
    shown = [region for region in regions if region in there]
    return yearly_table(
        basis.years, {"region": shown}, count_by_year(events, basis.years, "region", shown).named(COUNTED)
    )


def countries_table(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """year, country_iso3, country, region; dated, named (year not recorded), unidentified, maybe, partnerships, upper.

    For countries with a partnership now or at any time of the basis.
    """
    basis = dataset.bases[selection.basis]
    years, events = basis.years, selected_events(basis, selection.filters)
    there = events.texts("country_iso3")
    rows = zip(*_country_keys(dataset.countries).values(), strict=True)
    countries = list(zip(*(row for row in rows if row[0] in there), strict=True)) or [()] * 3
    keys = dict(zip(("country_iso3", "country", "region"), countries, strict=True))
    counts = count_by_year(events, years, "country_iso3", keys["country_iso3"])
    identified = events.where(events.flags("is_identified"))
    named = count_by_year(identified, years, "country_iso3", keys["country_iso3"]).undated
    numbers = counts.named(COUNTED) | {"named": named, "unidentified": counts.undated - named, "maybe": counts.maybe}
    order = ("dated", "named", "unidentified", "maybe", "partnerships", "upper")
    return yearly_table(years, keys, {name: numbers[name] for name in order})


def usual_and_largest_place(bases: Sequence[Basis]) -> tuple[int, int]:
    """How many partnerships a country or U.S. state with any may have had at its most, on any basis: the median, and
    the largest; (1, 1) without any."""
    numbers = [1]
    for basis in bases:
        events = selected_events(basis, Selection(basis.id).filters)
        for column in ("country_iso3", "us_state"):
            places = [value for value in events.values[column] if value]
            counts = count_by_year(events, basis.years, column, places)
            numbers += counts.upper.max(axis=0, initial=0).tolist()
    there = [number for number in numbers if number]
    return int(np.median(there)), max(there)
