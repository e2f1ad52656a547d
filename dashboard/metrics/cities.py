"""Cities that partners are looked for among, and which of them have one already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records
from dashboard.dataset.spelling import normalize
from dashboard.strings import Catalog

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
    also_called: str = ""

    @property
    def short_name(self) -> str:
        """For a list of several."""
        return f"{self.name} ({self.state})"

    @property
    def full_name(self) -> str:
        """With its state."""
        return f"{self.name}, {self.state}"

    def called(self, _t: Catalog) -> str:
        """The same in every language."""
        return self.full_name


@dataclass(frozen=True)
class PartnerCity:
    """A city of `places/partner_cities.csv`, with its country. `also_called`: other names, joined by ";"."""

    id: str
    name: str
    country_iso3: str
    country: str
    region: str
    population: int
    place: tuple[float, float]
    also_called: str

    @property
    def short_name(self) -> str:
        """For a list of several."""
        return f"{self.name} ({self.country})"

    @property
    def full_name(self) -> str:
        """With its country."""
        return f"{self.name}, {self.country}"

    def called(self, t: Catalog) -> str:
        """With its country, as a language writes two names."""
        return t.names((self.name, self.country))


# one for each language
@lru_cache(maxsize=8)
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


@lru_cache(maxsize=8)
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


def largest_cities(dataset: Dataset, *, most: int = 3) -> dict[str, list[PartnerCity]]:
    """The largest cities of each country, the largest first."""
    by_country: dict[str, list[PartnerCity]] = {}
    for city in sorted(partner_cities(dataset).values(), key=lambda city: -city.population):
        of_country = by_country.setdefault(city.country_iso3, [])
        if len(of_country) < most:
            of_country.append(city)
    return by_country


@lru_cache(maxsize=16)
def partnered_us(dataset: Dataset, basis: Basis) -> dict[str, tuple[str, ...]]:
    """U.S. cities with a named partnership that counts: id of the city -> ids of its partnerships.

    A partnership belongs to a city of its state with the same name or at the same place.
    """
    by_state: dict[str, list[UsCity]] = {}
    for city in us_cities(dataset).values():
        by_state.setdefault(city.state, []).append(city)
    return _partnered(named_rows(dataset, basis), by_state, "us_state", "us")


@lru_cache(maxsize=16)
def partnered_abroad(dataset: Dataset, basis: Basis) -> dict[str, tuple[str, ...]]:
    """The same for cities abroad: id of the city -> ids of its partnerships."""
    by_country: dict[str, list[PartnerCity]] = {}
    for city in partner_cities(dataset).values():
        by_country.setdefault(city.country_iso3, []).append(city)
    return _partnered(named_rows(dataset, basis), by_country, "country_iso3", "partner")


def _partnered(
    rows: Sequence[Mapping[str, Any]], cities: Mapping[str, Sequence[UsCity | PartnerCity]], column: str, end: str
) -> dict[str, tuple[str, ...]]:
    """`cities` by the values of `column`; `end` is that of the partnership, "us" or "partner"."""
    ids: dict[str, list[str]] = {}
    for row in rows:
        name, lon, lat = normalize(row[f"{end}_community"]), row[f"{end}_lon"], row[f"{end}_lat"]
        for city in cities.get(row[column], ()):
            if _is_called(city, name) or _is_at(city, lon, lat):
                ids.setdefault(city.id, []).append(row["id"])
                break
    return {city: tuple(of_city) for city, of_city in ids.items()}


def named_rows(dataset: Dataset, basis: Basis) -> list[dict[str, Any]]:
    """The partnerships of a basis whose two cities are known, as rows of the table."""
    rows = dataset.partnerships.iloc[basis.rows.loc[basis.rows["is_identified"], "position"].to_numpy()]
    if len(rows) > MOST_KEPT:
        # of a large collection one partnership of each pair of ends stands for all
        rows = rows.drop_duplicates(["us_community", "us_state", "country_iso3"])
    return records(rows)


def _is_called(city: UsCity | PartnerCity, name: str) -> bool:
    return name == normalize(city.name) or name in map(normalize, filter(None, city.also_called.split(";")))


def _is_at(city: UsCity | PartnerCity, lon: float | None, lat: float | None) -> bool:
    if lon is None or lat is None:
        return False
    return abs(city.place[0] - lon) < SAME_PLACE_DEGREES and abs(city.place[1] - lat) < SAME_PLACE_DEGREES
