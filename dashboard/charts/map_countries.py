"""The map of partner countries: classes, hatching, circles for small countries, labels, links of a choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dashboard.charts import map_base
from dashboard.charts.labels import apart
from dashboard.charts.projection import Canvas
from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.metrics.pairings import Pairing
from dashboard.strings import Words

CIRCLE = 8.5
MOST_CITY_LABELS = 8
FARTHEST_NAME = 41.0
PIXELS_A_KM = 0.0276
COUNTED_WEIGHT, IN_SCOPE_WEIGHT, CITY_WEIGHT = 1.2, 0.5, 4.0
WIDEST_NUMBER = " 00–00"


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
    places = [canvas.place(*spot) for spot in apart(spots, gap=CIRCLE + 2)]
    return [round(lon, 2) for lon, _ in places], [round(lat, 2) for _, lat in places]


def number_text(words: Words, lower: int, upper: int) -> str:
    """ "10", or "4–8" where it is not certain."""
    return words.number(lower) if lower == upper else f"{words.number(lower)}–{words.number(upper)}"


def located_ends(items: Sequence[Pairing]) -> dict[map_base.City, list[Pairing]]:
    """The located cities at either end with their pairings, those with most first, partner cities before U.S. ones."""
    found: dict[map_base.City, list[Pairing]] = {}
    for item in items:
        if item.partner_place:
            found.setdefault((item.partner_community, item.partner_place), []).append(item)
    for item in items:
        if item.us_place:
            found.setdefault((item.us_community, item.us_place), []).append(item)
    return dict(sorted(found.items(), key=lambda end: -len(end[1])))
