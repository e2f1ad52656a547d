"""Where next: openings on the map and as a list, matches for a city, pace and target, the shortlist."""

from __future__ import annotations

from dashboard.components.advisories import full_line
from dashboard.dataset.records import records
from dashboard.filters import Selection
from dashboard.frames import House
from dashboard.metrics.advisories import advisories
from dashboard.metrics.cities import largest_cities
from dashboard.metrics.openings import openings_table
from dashboard.second.components.matches import find_matches, in_groups
from dashboard.second.templating import render


def openings_markup(house: House, selection: Selection) -> str:
    """The countries without a partnership, by region, with their advisories and largest cities."""
    table = openings_table(house.dataset, selection.without_year())
    return render(
        "opening_list",
        house.words,
        groups=[(region, list(records(rows))) for region, rows in table.groupby("region", sort=False)],
        advisories=advisories(house.dataset),
        cities=largest_cities(house.dataset),
        basis=house.basis_label(selection.basis),
        in_groups=in_groups,
    )


def match_markup(house: House, selection: Selection) -> str:
    """The matches of the cities that the address names, or an example."""
    return render(
        "match",
        house.words,
        found=find_matches(house, selection),
        basis=house.basis_label(selection.basis),
        full_line=full_line,
    )
