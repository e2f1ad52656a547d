"""One U.S. state: what it has, and which of its communities have no partner yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.metrics.cities import UsCity, partnered_us, us_cities
from dashboard.metrics.registry import DATED, Entry, entries, made
from dashboard.selection import Selection

LEAST_POPULATION = 100_000
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

    @property
    def dated(self) -> int:
        """Of how many the year of the start is recorded."""
        return sum(each.recorded == DATED for each in self.partnerships)


def state_page(dataset: Dataset, selection: Selection, state: str, *, least: int = LEAST_POPULATION) -> StatePage:
    """What is known of a state on the selection's basis, in the regions chosen. Raises KeyError for another
    code."""
    names = dict(zip(dataset.tables["us_states"]["state"], dataset.tables["us_states"]["name"], strict=True))
    basis = dataset.bases[selection.basis]
    regions = selection.regions or tuple(dataset.countries["region"].unique())
    inside = set(dataset.countries.loc[dataset.countries["region"].isin(regions), "iso3"])
    counted = entries(dataset, Selection(selection.basis, regions=selection.regions, state=state))
    known = {each.id for each in counted}
    of_state = np.flatnonzero((dataset.partnerships["us_state"] == state).to_numpy())
    others = [each for each in made(dataset, of_state) if each.id not in known]
    others = [each for each in others if each.country_iso3 in inside and not each.is_left_out]
    programs = [
        row for row in records(dataset.tables["programs"]) if row["us_state"] == state and row["country_iso3"] in inside
    ]
    sized = [city for city in us_cities(dataset).values() if city.state == state and city.population >= least]
    partnered = partnered_us(dataset, basis)
    return StatePage(
        state=state,
        name=names[state],
        partnerships=counted,
        others=others,
        programs=sorted(programs, key=lambda row: (row["sector"], -(row["year"] or 0), row["title"])),
        without=[city for city in sized if city.id not in partnered],
        cities=len(sized),
        least=least,
    )


def state_names(dataset: Dataset) -> dict[str, str]:
    """Code and name of every state, by name."""
    rows = records(dataset.tables["us_states"].sort_values("name"))
    return {row["state"]: row["name"] for row in rows}
