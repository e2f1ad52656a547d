"""Where there is no partnership yet: countries in scope without one on the chosen basis."""

from __future__ import annotations

import pandas as pd

from dashboard.counting import count_by_year, events_of
from dashboard.dataset.model import DOCUMENTED, Dataset
from dashboard.filters import COMPARED, Filters, Selection, apply_filters
from dashboard.metrics.cities import largest_cities

COLUMNS = ["country_iso3", "country", "region", "is_pew", "is_oic", "documented", "maybe", "cities"]


def compared_countries(dataset: Dataset, filters: Filters) -> pd.DataFrame:
    """The countries in scope among which a partner is looked for (columns as `countries.csv`)."""
    return apply_filters(dataset.countries, filters, COMPARED)


def openings_table(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """`COLUMNS`, a row a country: Pew's Muslim-majority countries and members of the OIC among those compared for which
    the basis counts no partnership in the year. By region, in each by the size of the largest city.

    is_pew, is_oic ("yes" or "no"): one of Pew's 49 Muslim-majority countries of 2010; a member of the OIC. documented
    (int): pairings that research has found and the basis does not count; maybe (int): those that may have begun by that
    year; cities: the names of the largest joined by "; ". All others are str.
    """
    basis = dataset.bases[selection.basis]
    table = compared_countries(dataset, selection.filters).rename(
        columns={
            "iso3": "country_iso3",
            "name": "country",
            "muslim_majority_2010": "is_pew",
            "oic_member": "is_oic",
        }
    )
    codes = table["country_iso3"]
    counts = count_by_year(events_of(basis), basis.years, "country_iso3", codes.tolist())
    at = basis.years.index(basis.last_year if selection.year is None else selection.year)
    documented = dataset.bases[DOCUMENTED].rows
    others = documented.loc[~documented["position"].isin(basis.rows["position"]), "country_iso3"].value_counts()
    cities = largest_cities(dataset)
    table = table.assign(
        documented=codes.map(others).fillna(0).astype(int),
        maybe=counts.maybe[at],
        cities=["; ".join(city.name for city in cities.get(code, ())) for code in codes],
        largest=[sum(city.population for city in cities.get(code, ())[:1]) for code in codes],
    )
    is_listed = (table["is_pew"] == "yes") | (table["is_oic"] == "yes")
    is_without = pd.Series(counts.partnerships[at] == 0, index=table.index)
    table = table[is_listed & is_without]
    naming = dataset.naming
    table = table.assign(label=table["region"].map(naming.region))
    by = ["label", "largest", "country"]
    table = table.sort_values(by, ascending=[True, False, True], ignore_index=True, key=naming.sort_column)
    return table[COLUMNS]
