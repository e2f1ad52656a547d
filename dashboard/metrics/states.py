"""The U.S. states: what each has, and which of its communities have no partner yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.counting import selected_rows
from dashboard.dataset.bases import is_left_out
from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records
from dashboard.filters import Selection, apply_filters
from dashboard.metrics.cities import UsCity, partnered_us, us_cities
from dashboard.metrics.programs import program_rows
from dashboard.metrics.registry import Entry, build_entries, entries, with_region

LEAST_POPULATION = 100_000
# on the list of states, and none: they are counted apart
NO_STATES = ("DC", "PR")
SIZES = (25_000, 50_000, 100_000, 250_000, 500_000)


@dataclass(frozen=True)
class StatePage:
    """A state on a basis. `partnerships` count, `others` are documented and do not; `programs` has the columns of
    programs.csv. `without`: its cities of at least `least` people without a partnership on the basis, the largest
    first; `cities` is how many it has of that size."""

    state: str
    name: str
    partnerships: Sequence[Entry]
    others: Sequence[Entry]
    programs: Sequence[Mapping[str, Any]]
    without: Sequence[UsCity]
    cities: int
    least: int

    @property
    def countries(self) -> int:
        """How many countries its partnerships are with."""
        return len({each.country_iso3 for each in self.partnerships})


def state_page(dataset: Dataset, selection: Selection, state: str, *, least: int = LEAST_POPULATION) -> StatePage:
    """What is known of a state on the selection's basis, under its other filters. Raises KeyError for another code."""
    name = state_names(dataset)[state]
    selection = selection.having(state=state).without_year()
    counted = entries(dataset, selection)
    rows = dataset.partnerships
    rows = with_region(dataset, rows.assign(position=range(len(rows)))[rows["us_state"] == state])
    rows = rows[~is_left_out(rows["status"], rows["confidence"])]
    others = apply_filters(rows[~rows["id"].isin([each.id for each in counted])], selection.filters)
    programs = records(program_rows(dataset, selection.filters))
    partnered = partnered_us(dataset.original, dataset.bases[selection.basis])
    cities = [city for city in us_cities(dataset).values() if city.state == state and city.population >= least]
    return StatePage(
        state=state,
        name=name,
        partnerships=counted,
        others=build_entries(dataset, others["position"].to_numpy()),
        programs=sorted(programs, key=lambda row: (row["sector"], -(row["year"] or 0), row["title"])),
        without=[city for city in cities if city.id not in partnered],
        cities=len(cities),
        least=least,
    )


def states_table(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """state, name (str), partnerships, dated, countries, programs (int): what every state has that passes the filters,
    by name of the state. It does not follow the year."""
    rows = selected_rows(dataset.bases[selection.basis], selection.filters)
    dated = rows[rows["is_identified"] & rows["start_year"].notna()]
    numbers = {
        "partnerships": rows["us_state"].value_counts(),
        "dated": dated["us_state"].value_counts(),
        "countries": rows.groupby("us_state", observed=True)["country_iso3"].nunique(),
        "programs": program_rows(dataset, selection.filters)["us_state"].value_counts(),
    }
    names = state_names(dataset)
    table = pd.DataFrame({"state": list(names), "name": list(names.values())})
    return table.assign(**{name: table["state"].map(of).fillna(0).astype(int) for name, of in numbers.items()})


def cities_table(dataset: Dataset, basis: Basis, *, least: int = LEAST_POPULATION) -> pd.DataFrame:
    """state, name, cities (of at least `least` people), without (of these, those without any partnership on the basis,
    which no filter changes) (int, but for the first two): a row for every state, by name."""
    partnered = partnered_us(dataset.original, basis)
    large = [city for city in us_cities(dataset).values() if city.population >= least]
    cities = Counter(city.state for city in large)
    without = Counter(city.state for city in large if city.id not in partnered)
    return pd.DataFrame(
        [(state, name, cities[state], without[state]) for state, name in state_names(dataset).items()],
        columns=["state", "name", "cities", "without"],
    )


def state_names(dataset: Dataset) -> dict[str, str]:
    """Code and name of every state, by name."""
    states = dataset.tables["us_states"].sort_values("name", key=dataset.naming.sort_column)
    return dict(zip(states["state"], states["name"], strict=True))
