"""Where there is no partnership yet: countries in scope without one on the chosen basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.dataset.bases import is_left_out
from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.metrics.cities import PartnerCity, largest_cities
from dashboard.metrics.summary import counts_of
from dashboard.metrics.table import Table
from dashboard.selection import Selection

COLUMNS = ("country_iso3", "country", "region", "is_pew", "is_oic", "documented", "maybe", "cities")


@dataclass(frozen=True)
class Opening:
    """One country in scope without a partnership in the chosen year of the basis.

    `is_pew`: one of Pew's 49 Muslim-majority countries of 2010; `is_oic`: a member of the OIC. `documented` are
    pairings that research has found and the basis does not count; `maybe` those that may have begun by that year.
    """

    country_iso3: str
    country: str
    deck_label: str
    region: str
    is_pew: bool
    is_oic: bool
    documented: int
    maybe: int
    cities: Sequence[PartnerCity]


def openings(dataset: Dataset, selection: Selection) -> list[Opening]:
    """Pew's Muslim-majority countries and members of the OIC, within the regions chosen, for which the basis counts
    no partnership in the year.

    By region in its alphabetical order, in each by the size of the largest city.
    """
    basis = dataset.bases[selection.basis]
    year = basis.last_year if selection.year is None else selection.year
    countries = records(dataset.countries)
    codes = [row["iso3"] for row in countries]
    counts, at_year = counts_of(basis, Selection(basis.id), "country_iso3", codes), basis.years.index(year)
    named = dataset.partnerships[dataset.partnerships["us_community"] != ""]
    named = named[~is_left_out(named["status"], named["confidence"])]
    found_by_research = named[~named["id"].isin(basis.rows["id"])].groupby("country_iso3").size()
    is_listed = [row["muslim_majority_2010"] == "yes" or row["oic_member"] == "yes" for row in countries]
    found = [
        Opening(
            country_iso3=row["iso3"],
            country=row["name"],
            deck_label=row["deck_label"],
            region=row["region"],
            is_pew=row["muslim_majority_2010"] == "yes",
            is_oic=row["oic_member"] == "yes",
            documented=int(found_by_research.get(row["iso3"], 0)),
            maybe=int(counts.maybe[at_year, at]),
            cities=largest_cities(dataset, row["iso3"]),
        )
        for at, row in enumerate(countries)
        if is_listed[at]
        and not counts.lower[at_year, at]
        and (not selection.regions or row["region"] in selection.regions)
    ]
    return sorted(
        found, key=lambda each: (each.region, -sum(city.population for city in each.cities[:1]), each.country)
    )


def openings_table(found: Sequence[Opening]) -> Table:
    """`COLUMNS`, a row a country; `cities` are names joined by "; "."""
    return Table(
        {
            "country_iso3": [each.country_iso3 for each in found],
            "country": [each.country for each in found],
            "region": [each.region for each in found],
            "is_pew": ["yes" if each.is_pew else "no" for each in found],
            "is_oic": ["yes" if each.is_oic else "no" for each in found],
            "documented": [each.documented for each in found],
            "maybe": [each.maybe for each in found],
            "cities": ["; ".join(city.name for city in each.cities) for each in found],
        }
    )
