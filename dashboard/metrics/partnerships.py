"""The tables about partnerships: tiles, map, growth, countries. Columns are said at each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from dashboard.dataset.model import Basis, Dataset
from dashboard.metrics.counting import Counts, count, selected_rows
from dashboard.metrics.pairings import pairings
from dashboard.metrics.summary import (
    begun_by_year,
    counts_of,
    distinct_of,
    earliest_of,
    tally_of,
    totals_of,
)
from dashboard.metrics.table import WithContext, YearTable
from dashboard.selection import Selection

# A view asks for its tables several times: for figure, words and table tab. They are kept for as long as that takes,
# and only read.
KEPT = 3
# Tables of all countries, of which those of single regions are parts, are kept longer.
WHOLE = 6
RECENT_YEARS = 10
HOME_COUNTRY = "USA"


@lru_cache(maxsize=KEPT)
def tiles_table(dataset: Dataset, selection: Selection) -> YearTable:
    """name, value: the figures of the tiles. "…_upper" is the most it can have been.

    identified, dated and total are the state of the research on all that counts in the basis's last year, so
    they are the same at every year.
    """
    basis = dataset.bases[selection.basis]
    years = basis.years
    total = totals_of(basis, selection)
    identified = totals_of(basis, selection, is_identified=True)
    countries, countries_upper = distinct_of(basis, selection, "country_iso3")
    communities, communities_upper = distinct_of(basis, selection, "community")
    states, states_upper = distinct_of(basis, selection, "us_state", is_identified=True)
    since = dataset.about.initiative_first_year
    values = {
        "partnerships": total.lower,
        "partnerships_upper": total.upper,
        "countries": countries,
        "countries_upper": countries_upper,
        "us_communities": communities,
        "us_communities_upper": communities_upper,
        "us_states": states,
        "us_states_upper": states_upper,
        f"new_since_{since}": begun_by_year(basis, selection, [since] * len(years)),
        f"new_in_{RECENT_YEARS}_years": begun_by_year(basis, selection, [year - RECENT_YEARS + 1 for year in years]),
        "identified": np.full(len(years), identified.lower[-1]),
        "dated": np.full(len(years), total.dated[-1]),
        "total": np.full(len(years), total.lower[-1]),
    }
    return YearTable(years, {"name": list(values)}, {"value": np.stack(list(values.values()), axis=1)})


def map_tables(dataset: Dataset, selection: Selection) -> WithContext:
    """`map_table` of the selection and, as its context, of the same without region and country (by states:
    without the state), which the map dims but shows."""
    if selection.map == "states":
        wider = replace(selection, state=None)
    elif selection.map == "links":
        wider = selection
    else:
        wider = replace(selection, regions=(), country=None)
    return WithContext(map_table(dataset, selection), map_table(dataset, wider))


@lru_cache(maxsize=KEPT)
def map_table(dataset: Dataset, selection: Selection) -> YearTable:
    """What the map draws, in its three modes; columns partnerships, dated, undated, upper in each, and:

    countries: country_iso3, country, region, first_year (of the earliest dated one so far, 0 where none), for
    every country in scope. states: country_iso3 ("USA"), us_state ("" for not known), state. links:
    country_iso3, id, pairing (its name), for every pairing whose cities are named.
    """
    if selection.map == "states":
        return _by_state(dataset, selection)
    if selection.map == "links":
        return _by_link(dataset, selection)
    whole = _by_country(dataset, dataset.bases[selection.basis], selection.state)
    if not selection.regions and selection.country is None:
        return whole
    return whole.part(
        [
            at
            for at, (code, region) in enumerate(zip(whole.keys["country_iso3"], whole.keys["region"], strict=True))
            if (not selection.regions or region in selection.regions) and selection.country in (None, code)
        ]
    )


@lru_cache(maxsize=WHOLE)
def _by_country(dataset: Dataset, basis: Basis, state: str | None) -> YearTable:
    """Of all countries: how many one has does not depend on which others are looked at."""
    selection = Selection(basis.id, state=state)
    keys = _keys(_countries(dataset))
    codes = keys["country_iso3"]
    counts = counts_of(basis, selection, "country_iso3", codes)
    first_years = earliest_of(basis, selection)
    first = np.array([first_years.get(code, 0) for code in codes], dtype=int)
    # the year of the earliest start on record; 0 while none is dated
    return YearTable(basis.years, keys, {**_columns(counts), "first_year": np.where(counts.dated > 0, first, 0)})


def _by_state(dataset: Dataset, selection: Selection) -> YearTable:
    basis = dataset.bases[selection.basis]
    states = dataset.tables["us_states"]
    codes, names = [*states["state"], ""], [*states["name"], ""]
    if selection.state is not None:
        at = codes.index(selection.state)
        codes, names = [codes[at]], [names[at]]
    counts = counts_of(basis, selection, "us_state", codes)
    keys = {"country_iso3": [HOME_COUNTRY] * len(codes), "us_state": codes, "state": names}
    return YearTable(basis.years, keys, _columns(counts))


def _by_link(dataset: Dataset, selection: Selection) -> YearTable:
    basis = dataset.bases[selection.basis]
    items = pairings(dataset, selection)
    rows = selected_rows(basis, selection)
    rows = rows[rows["is_identified"]][: len(items)]
    counts = count(rows, np.arange(len(items)), len(items), basis.years)
    keys = {
        "country_iso3": [item.country_iso3 for item in items],
        "id": [item.id for item in items],
        "pairing": [f"{item.us_name} – {item.partner_community}" for item in items],
    }
    return YearTable(basis.years, keys, _columns(counts))


def growth_table(dataset: Dataset, selection: Selection, *, regions: Sequence[str]) -> YearTable:
    """region, dated, undated, upper by year, for those of `regions` that have a partnership in the basis's
    last year or may have had one before, in the order given."""
    basis = dataset.bases[selection.basis]
    counts = counts_of(basis, selection, "region", regions)
    table = YearTable(basis.years, {"region": list(regions)}, _columns(counts))
    return table.pick([at for at in range(len(regions)) if counts.upper[:, at].any()])


@lru_cache(maxsize=KEPT)
def countries_table(dataset: Dataset, selection: Selection) -> YearTable:
    """country_iso3, country, region; dated, named (year not recorded), unidentified, maybe, partnerships, upper.

    For countries with a partnership now or at any time of the basis.
    """
    basis = dataset.bases[selection.basis]
    counted = tally_of(basis, selection, "country_iso3")
    whole = _squares(dataset, basis, selection.state)
    return whole.part([at for at, code in enumerate(whole.keys["country_iso3"]) if code in counted])


@lru_cache(maxsize=WHOLE)
def _squares(dataset: Dataset, basis: Basis, state: str | None) -> YearTable:
    """`countries_table` of all countries that have any."""
    selection = Selection(basis.id, state=state)
    counted = tally_of(basis, selection, "country_iso3")
    keys = _keys([country for country in _countries(dataset) if country[0] in counted])
    codes = keys["country_iso3"]
    counts = counts_of(basis, selection, "country_iso3", codes)
    named = counts_of(basis, selection, "country_iso3", codes, is_identified=True).undated
    values = {
        "dated": counts.dated,
        "named": named,
        "unidentified": counts.undated - named,
        "maybe": counts.maybe,
        "partnerships": counts.lower,
        "upper": counts.upper,
    }
    return YearTable(basis.years, keys, values)


@lru_cache(maxsize=4)
def _countries(dataset: Dataset) -> list[tuple[str, str, str]]:
    """(code, name, region) of every country in scope."""
    countries = dataset.countries
    return list(zip(countries["iso3"], countries["name"], countries["region"], strict=True))


def _keys(countries: Sequence[tuple[str, str, str]]) -> dict[str, list[str]]:
    codes, names, regions = zip(*countries, strict=True) if countries else ((), (), ())
    return {"country_iso3": list(codes), "country": list(names), "region": list(regions)}


def _columns(counts: Counts) -> dict[str, np.ndarray]:
    return {
        "partnerships": counts.lower,
        "dated": counts.dated,
        "undated": counts.undated,
        "upper": counts.upper,
    }
