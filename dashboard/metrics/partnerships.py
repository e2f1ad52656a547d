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
    by_year,
    count_by_year,
    distinct_by_year,
    repeat_each_year,
    selected_events,
    selected_rows,
    total_by_year,
)
from dashboard.dataset.model import Basis, Dataset
from dashboard.filters import COUNTRIES, Filters, Selection, apply_filters
from dashboard.metrics.pairings import pairings

RECENT_YEARS = 10
HOME_COUNTRY = "USA"
# columns of counts, in the order in which files have them
COUNTED = ["partnerships", "dated", "undated", "upper"]


def tiles_table(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """year, name, value (int): the figures of the tiles. "…_upper" is the most it can have been.

    identified, dated and total are the state of the research on all that counts in the basis's last year, so
    they are the same at every year.
    """
    basis = dataset.bases[selection.basis]
    years, events = basis.years, selected_events(basis, selection.filters)
    identified = events[events["is_identified"]]
    total = total_by_year(events, years)
    countries = distinct_by_year(events, years, "country_iso3")
    communities = distinct_by_year(events, years, "community")
    states = distinct_by_year(identified, years, "us_state")
    since = dataset.about.initiative_first_year
    figures = {
        "partnerships": total["partnerships"],
        "partnerships_upper": total["upper"],
        "countries": countries["known"],
        "countries_upper": countries["possible"],
        "us_communities": communities["known"],
        "us_communities_upper": communities["possible"],
        "us_states": states["known"],
        "us_states_upper": states["possible"],
        f"new_since_{since}": begun_by_year(events, years, [since] * len(years)),
        f"new_in_{RECENT_YEARS}_years": begun_by_year(events, years, [year - RECENT_YEARS + 1 for year in years]),
        "identified": np.full(len(years), total_by_year(identified, years)["partnerships"].iloc[-1]),
        "dated": np.full(len(years), total["dated"].iloc[-1]),
        "total": np.full(len(years), total["partnerships"].iloc[-1]),
    }
    values = np.stack([np.asarray(numbers) for numbers in figures.values()], axis=1)
    return pd.DataFrame(
        {
            "year": np.repeat(np.array(years), len(figures)),
            "name": repeat_each_year(list(figures), years),
            "value": values.ravel(),
        }
    )


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
    inside = apply_filters(dataset.countries, selection.filters, COUNTRIES)
    return context if len(inside) == len(dataset.countries) else context[context["country_iso3"].isin(inside["iso3"])]


@lru_cache(maxsize=KEPT_VIEWS)  # regions are pressed most, and change nothing of what the map shows beside them
def _by_country(dataset: Dataset, basis_id: str, filters: Filters) -> pd.DataFrame:
    basis = dataset.bases[basis_id]
    years, events = basis.years, selected_events(basis, filters)
    countries = dataset.countries
    counts = count_by_year(events, years, "country_iso3", list(countries["iso3"]))
    first_by_country = first_years(events)
    earliest = np.array([first_by_country.get(code, 0) for code in countries["iso3"]])
    first = np.where(by_year(counts, years, "dated") > 0, earliest, 0)
    named = _with_country_names(counts, countries, years)
    return named[["year", "country_iso3", "country", "region", *COUNTED]].assign(first_year=first.ravel())


def first_years(events: pd.DataFrame) -> dict[str, int]:
    """By country, the first year on record of its dated partnerships; countries without one are left out."""
    dated = events[events["measure"] == "dated"].sort_values("start_year")
    return dict(zip(reversed(dated["country_iso3"].tolist()), reversed(dated["start_year"].tolist()), strict=True))


def _with_country_names(counts: pd.DataFrame, countries: pd.DataFrame, years: range) -> pd.DataFrame:
    names, regions = (repeat_each_year(countries[column].tolist(), years) for column in ("name", "region"))
    return counts.assign(country=names, region=regions)


@lru_cache(maxsize=KEPT_VIEWS)
def _by_state(dataset: Dataset, basis_id: str, filters: Filters) -> pd.DataFrame:
    basis = dataset.bases[basis_id]
    states = dataset.tables["us_states"]
    names = {**dict(zip(states["state"], states["name"], strict=True)), "": ""}
    codes = list(names)
    counts = count_by_year(selected_events(basis, filters), basis.years, "us_state", codes)
    state_names = repeat_each_year([names[code] for code in codes], basis.years)
    counts = counts.assign(country_iso3=HOME_COUNTRY, state=state_names)
    return counts[["year", "country_iso3", "us_state", "state", *COUNTED]]


def _by_link(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    basis = dataset.bases[selection.basis]
    items = pairings(dataset, selection)
    rows = selected_rows(basis, selection.filters)
    # links are few, so their events are made one by one, each with its id
    rows = rows[rows["is_identified"]].head(len(items))
    events = build_events(rows.assign(pairing_id=rows["id"]), first_year=basis.first_year)
    counts = count_by_year(events, basis.years, "pairing_id", [item.id for item in items])
    names = [f"{item.us_name} – {item.partner_community}" for item in items]
    counts = counts.assign(
        id=counts["pairing_id"],
        country_iso3=repeat_each_year([item.country_iso3 for item in items], basis.years),
        pairing=repeat_each_year(names, basis.years),
    )
    return counts[["year", "country_iso3", "id", "pairing", *COUNTED]]


def growth_table(dataset: Dataset, selection: Selection, *, regions: Sequence[str]) -> pd.DataFrame:
    """year, region, partnerships, dated, undated, upper, for those of `regions` that have a partnership in any year or
    may have had one, in the order given."""
    basis = dataset.bases[selection.basis]
    events = selected_events(basis, selection.filters)
    there = set(events["region"])
    counts = count_by_year(events, basis.years, "region", [region for region in regions if region in there])
    return counts[["year", "region", *COUNTED]]


def countries_table(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """year, country_iso3, country, region; dated, named (year not recorded), unidentified, maybe, partnerships, upper.

    For countries with a partnership now or at any time of the basis.
    """
    basis = dataset.bases[selection.basis]
    years, events = basis.years, selected_events(basis, selection.filters)
    countries = dataset.countries[dataset.countries["iso3"].isin(events["country_iso3"])]
    codes = list(countries["iso3"])
    counts = count_by_year(events, years, "country_iso3", codes)
    named = count_by_year(events[events["is_identified"]], years, "country_iso3", codes)["undated"]
    counts = _with_country_names(counts, countries, years)
    counts = counts.assign(named=named, unidentified=counts["undated"] - named)
    keys, numbers = ["year", "country_iso3", "country", "region"], ["dated", "named", "unidentified", "maybe"]
    return counts[[*keys, *numbers, "partnerships", "upper"]]


def usual_and_largest_place(bases: Sequence[Basis]) -> tuple[int, int]:
    """How many partnerships a country or U.S. state with any may have had at its most, on any basis: the median, and
    the largest; (1, 1) without any."""
    numbers = [1]
    for basis in bases:
        events = selected_events(basis, Selection(basis.id).filters)
        for column in ("country_iso3", "us_state"):
            places = [value for value in events[column].cat.categories if value]
            counts = count_by_year(events, basis.years, column, places)
            numbers += by_year(counts, basis.years, "upper").max(axis=0, initial=0).tolist()
    there = [number for number in numbers if number]
    return int(np.median(there)), max(there)
