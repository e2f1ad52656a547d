"""Numbers that slides put into their sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.counting import count_by_year, selected_events, yearly_table
from dashboard.dataset.model import Dataset
from dashboard.filters import COUNTRIES, Selection, apply_filters
from dashboard.metrics.pairings import Pairing, pairings
from dashboard.metrics.partnerships import tile_figures
from dashboard.metrics.programs import program_rows


def story_table(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """year, name, value (int), a row for every year and every fact: those of `tiles_table`, and named (without a year),
    open (not identified), undated, of all that count; majority (Muslim-majority countries and territories that pass the
    filters) and majority_none (those of them where not even an undated partnership may be); programs and sectors on
    record, which do not follow the year."""
    basis, filters = dataset.bases[selection.basis], selection.filters
    years = basis.years
    values = tile_figures(dataset, selection)
    countries = apply_filters(dataset.countries, filters, COUNTRIES)
    majority = countries.loc[countries["muslim_majority_2010"] == "yes", "iso3"].tolist()
    upper = count_by_year(selected_events(basis, filters), years, "country_iso3", majority).upper
    sectors = program_rows(dataset, filters)["sector"]
    values |= {
        "named": values["identified"] - values["dated"],
        "open": values["total"] - values["identified"],
        "undated": values["total"] - values["dated"],
        "majority_none": (upper == 0).sum(axis=1),
        "majority": np.full(len(years), len(majority)),
        "programs": np.full(len(years), len(sectors)),
        "sectors": np.full(len(years), sectors[sectors != ""].nunique()),
    }
    return yearly_table(years, {"name": list(values)}, {"value": np.stack(list(values.values()), axis=1)})


def pairs_of(dataset: Dataset, selection: Selection, community: str) -> Sequence[Pairing]:
    """The named pairings of one U.S. community, the earliest first, those without a year last."""
    of_community = [item for item in pairings(dataset, selection) if item.us_community == community]
    return sorted(of_community, key=lambda item: (not item.is_dated, item.first, item.partner_community))
