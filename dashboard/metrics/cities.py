"""Cities that partners are looked for among, and which of them have one already."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records
from dashboard.dataset.spelling import folded

# partnerships that are kept one by one; of a larger collection they are made when they are asked for
MOST_KEPT = 20_000
# coordinates of both come from GeoNames: the same city has the same, to rounding
SAME_PLACE_DEGREES = 0.03


@dataclass(frozen=True)
class UsCity:
    """A U.S. city of `places/us_cities.csv`. `place` is (lon, lat)."""

    id: str
    name: str
    state: str
    state_name: str
    population: int
    place: tuple[float, float]

    @property
    def told(self) -> str:
        """For a list of several."""
        return f"{self.name} ({self.state})"

    @property
    def full_name(self) -> str:
        """With its state."""
        return f"{self.name}, {self.state}"


@dataclass(frozen=True)
class PartnerCity:
    """A city of `places/partner_cities.csv`, with what is said of its country."""

    id: str
    name: str
    country_iso3: str
    country: str
    region: str
    population: int
    place: tuple[float, float]
    also_called: str

    @property
    def told(self) -> str:
        """For a list of several."""
        return f"{self.name} ({self.country})"

    @property
    def full_name(self) -> str:
        """With its country."""
        return f"{self.name}, {self.country}"


@lru_cache(maxsize=4)
def us_cities(dataset: Dataset) -> dict[str, UsCity]:
    """By id, the largest first."""
    states = dict(zip(dataset.tables["us_states"]["state"], dataset.tables["us_states"]["name"], strict=True))
    return {
        row["id"]: UsCity(
            row["id"],
            row["name"],
            row["us_state"],
            states[row["us_state"]],
            row["population"],
            (row["lon"], row["lat"]),
        )
        for row in records(dataset.tables["us_cities"])
    }


@lru_cache(maxsize=4)
def partner_cities(dataset: Dataset) -> dict[str, PartnerCity]:
    """By id; countries by their code, in each the largest first."""
    countries = {row["iso3"]: row for row in records(dataset.countries)}
    return {
        row["id"]: PartnerCity(
            id=row["id"],
            name=row["name"],
            country_iso3=row["country_iso3"],
            country=countries[row["country_iso3"]]["name"],
            region=countries[row["country_iso3"]]["region"],
            population=row["population"],
            place=(row["lon"], row["lat"]),
            also_called=row["also_called"],
        )
        for row in records(dataset.tables["partner_cities"])
    }


def largest_cities(dataset: Dataset, country_iso3: str, *, most: int = 3) -> list[PartnerCity]:
    """The largest cities of a country, the largest first."""
    found = [city for city in partner_cities(dataset).values() if city.country_iso3 == country_iso3]
    return sorted(found, key=lambda city: -city.population)[:most]


@lru_cache(maxsize=16)
def partnered_us(dataset: Dataset, basis: Basis) -> dict[str, tuple[str, ...]]:
    """U.S. cities with a named partnership that counts: id of the city -> ids of its partnerships.

    A partnership belongs to a city of its state with the same name or at the same place.
    """
    by_state: dict[str, list[UsCity]] = {}
    for city in us_cities(dataset).values():
        by_state.setdefault(city.state, []).append(city)
    found: dict[str, list[str]] = {}
    for row in named_rows(dataset, basis):
        for city in by_state.get(row["us_state"], ()):
            if _is_same(city.name, "", city.place, row["us_community"], row["us_lon"], row["us_lat"]):
                found.setdefault(city.id, []).append(row["id"])
                break
    return {city: tuple(ids) for city, ids in found.items()}


@lru_cache(maxsize=16)
def partnered_abroad(dataset: Dataset, basis: Basis) -> dict[str, tuple[str, ...]]:
    """The same for cities abroad: id of the city -> ids of its partnerships."""
    by_country: dict[str, list[PartnerCity]] = {}
    for city in partner_cities(dataset).values():
        by_country.setdefault(city.country_iso3, []).append(city)
    found: dict[str, list[str]] = {}
    for row in named_rows(dataset, basis):
        for city in by_country.get(row["country_iso3"], ()):
            names = (row["partner_community"], row["partner_lon"], row["partner_lat"])
            if _is_same(city.name, city.also_called, city.place, *names):
                found.setdefault(city.id, []).append(row["id"])
                break
    return {city: tuple(ids) for city, ids in found.items()}


def named_rows(dataset: Dataset, basis: Basis) -> list[dict[str, Any]]:
    """The partnerships of a basis whose two cities are known, as rows of the table."""
    rows = dataset.partnerships.iloc[basis.rows.loc[basis.rows["is_identified"], "at"].to_numpy()]
    if len(rows) > MOST_KEPT:
        # of a large collection one partnership of each pair of ends stands for all
        rows = rows.drop_duplicates(["us_community", "us_state", "country_iso3"])
    return records(rows)


def _is_same(
    name: str,
    also_called: str,
    place: tuple[float, float],
    other_name: object,
    lon: object,
    lat: object,
) -> bool:
    spelled = folded(str(other_name))
    if spelled == folded(name) or spelled in map(folded, filter(None, also_called.split(";"))):
        return True
    if not isinstance(lon, float) or not isinstance(lat, float):
        return False
    return abs(place[0] - lon) < SAME_PLACE_DEGREES and abs(place[1] - lat) < SAME_PLACE_DEGREES
