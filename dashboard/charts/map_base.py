"""What the maps share: the frame, curved arcs, points of communities, labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from dashboard.metrics.pairings import Pairing, Place, Years
from dashboard.strings import Words

Trace = dict[str, Any]

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
def city_hover(words: Words, name: str, partners: frozenset[str]) -> str:
    """What a city says under the pointer: its name and its partners, in the order of the alphabet."""
    return words("map.hover.community", community=name, partners=words.listing(sorted(partners)))


def shown_in(spans: Sequence[Years], years: range) -> np.ndarray:
    """Opacity of each point in each year, shape (years, points)."""
    after = years[-1] + 1
    first = np.array([begin for begin, _ in spans], dtype=int)
    ended = np.array([after if end is None else end for _, end in spans], dtype=int)
    now = np.array(years)[:, np.newaxis]
    return ((first <= now) & (now < ended)).astype(int)
