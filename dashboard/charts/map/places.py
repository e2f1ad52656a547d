"""Places on the maps: countries too small to see, cities and what they say under the pointer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from dashboard.charts.labels import repel
from dashboard.charts.projection import Canvas
from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.metrics.pairings import Pairing, Place, Years
from dashboard.strings import Catalog

CIRCLE = 8.5
MOST_CITY_LABELS = 8
FARTHEST_NAME = 41.0
PIXELS_A_KM = 0.0276
COUNTED_WEIGHT, IN_SCOPE_WEIGHT, CITY_WEIGHT = 1.2, 0.5, 4.0
WIDEST_NUMBER = " 00–00"


# cities whose sentences are kept: most have the same partners whatever is chosen
CITIES = 1000


City = tuple[str, Place]


def by_city(cities: Iterable[tuple[str, Place | None, Pairing]]) -> dict[City, list[Pairing]]:
    """Pairings by city, of the cities that are located."""
    groups: dict[City, list[Pairing]] = {}
    for name, place, item in cities:
        if place is not None:
            groups.setdefault((name, place), []).append(item)
    return groups


@lru_cache(maxsize=CITIES)
def city_hover(t: Catalog, name: str, partners: frozenset[str]) -> str:
    """What a city says under the pointer: its name and its partners, in the order of the alphabet."""
    return t("map.hover.community", community=name, partners=t.listing(sorted(partners)))


@lru_cache(maxsize=4)
def small_countries(dataset: Dataset) -> frozenset[str]:
    """Those that are marked by a circle."""
    points = dataset.tables["map_points"]
    return frozenset(points.loc[points["is_small"] == "yes", "country_iso3"])


@lru_cache(maxsize=64)
def small_circles(dataset: Dataset, codes: tuple[str, ...], canvas: Canvas) -> tuple[list[float], list[float]]:
    """(lons, lats) of the circles of small countries, moved apart where they would cover each other."""
    points = {row["country_iso3"]: (row["lon"], row["lat"]) for row in records(dataset.tables["map_points"])}
    spots = [canvas.pixel(*points[code]) for code in codes]
    places = [canvas.place(*spot) for spot in repel(spots, gap=CIRCLE + 2)]
    return [round(lon, 2) for lon, _ in places], [round(lat, 2) for _, lat in places]


def shown_in(spans: Sequence[Years], years: range) -> np.ndarray:
    """Opacity of each point in each year, shape (years, points)."""
    after = years[-1] + 1
    first = np.array([begin for begin, _ in spans], dtype=int)
    ended = np.array([after if end is None else end for _, end in spans], dtype=int)
    now = np.array(years)[:, np.newaxis]
    return ((first <= now) & (now < ended)).astype(int)


def number_text(t: Catalog, lower: int, upper: int) -> str:
    """ "10", or "4–8" where it is not certain."""
    return t.span(lower, upper)


def located_ends(items: Sequence[Pairing]) -> dict[City, list[Pairing]]:
    """The located cities at either end with their pairings, those with most first, partner cities before U.S. ones."""
    found: dict[City, list[Pairing]] = {}
    for item in items:
        if item.partner_place:
            found.setdefault((item.partner_community, item.partner_place), []).append(item)
    for item in items:
        if item.us_place:
            found.setdefault((item.us_community, item.us_place), []).append(item)
    return dict(sorted(found.items(), key=lambda end: -len(end[1])))
