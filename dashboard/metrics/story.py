"""Numbers that slides put into their sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.metrics.pairings import Pairing, pairings
from dashboard.metrics.partnerships import tiles_table
from dashboard.metrics.summary import counts_of
from dashboard.metrics.table import YearTable
from dashboard.selection import Selection


def story_table(dataset: Dataset, selection: Selection) -> YearTable:
    """name, value: those of `tiles_table`, and named (without a year), open (not identified), undated, of all that
    count; majority (Muslim-majority countries and territories of the selection) and majority_none (those of them
    where not even an undated partnership may be); programs and sectors on record, which do not follow the year."""
    basis = dataset.bases[selection.basis]
    tiles = tiles_table(dataset, selection)
    names = [str(name) for name in tiles.keys["name"]]
    column = {name: tiles.values["value"][:, at] for at, name in enumerate(names)}
    majority = _codes(dataset, selection, majority=True)
    counts = counts_of(basis, selection, "country_iso3", majority)
    programs = [row for row in records(dataset.tables["programs"]) if row["country_iso3"] in _codes(dataset, selection)]
    fixed = {
        "majority": len(majority),
        "programs": len(programs),
        "sectors": len({row["sector"] for row in programs if row["sector"]}),
    }
    more = {
        "named": column["identified"] - column["dated"],
        "open": column["total"] - column["identified"],
        "undated": column["total"] - column["dated"],
        "majority_none": (counts.upper == 0).sum(axis=1),
        **{name: np.full(len(basis.years), number) for name, number in fixed.items()},
    }
    values = np.concatenate([tiles.values["value"], np.stack(list(more.values()), axis=1)], axis=1)
    return YearTable(basis.years, {"name": [*names, *more]}, {"value": values})


def _codes(dataset: Dataset, selection: Selection, *, majority: bool = False) -> list[str]:
    """Countries in scope within the regions and the country chosen; with `majority` the Muslim-majority ones."""
    countries = dataset.countries
    if majority:
        countries = countries[countries["muslim_majority_2010"] == "yes"]
    if selection.regions:
        countries = countries[countries["region"].isin(selection.regions)]
    if selection.country is not None:
        countries = countries[countries["iso3"] == selection.country]
    return [str(code) for code in countries["iso3"]]


def pairs_of(dataset: Dataset, selection: Selection, community: str) -> Sequence[Pairing]:
    """The named pairings of one U.S. community, the earliest first, those without a year last."""
    found = [item for item in pairings(dataset, selection) if item.us_community == community]
    return sorted(found, key=lambda item: (not item.is_dated, item.first, item.partner_community))
