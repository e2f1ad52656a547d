"""Areas of a map: their classes, land, stripes over what is uncertain, what moves of them with the year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.metrics.partnerships import usual_and_largest_place
from dashboard.strings import Catalog

Trace = dict[str, Any]
Edges = tuple[int, ...]

FOLDER = "/assets/map/"
# the smallest number of each class, without the class of 0: 1 · 2 · 3–4 · 5–9 · 10+
CLASS_FROM = (1, 2, 3, 5, 10)
# where a place has more than this, the classes grow by a factor instead
MOST_OF_FEW = 50
# colours of the classes, none first; then the same outside the filter
SHADES = ("zero-fill", "c1", "c2", "c3", "c4", "c5", "d0", "d1", "d2", "d3", "d4", "d5")
# classes dark enough (bright enough in the dark theme) to need the other hatch
STRONG_CLASS = 3


def class_edges(usual: int, largest: int) -> Edges:
    """The smallest number of each class, for a collection whose places have usually and at most so many: one scale for
    all its maps, whatever is filtered, so that a colour keeps its meaning."""
    if largest <= MOST_OF_FEW:
        return CLASS_FROM
    edges = [1]
    for step in range(1, len(CLASS_FROM)):
        aim = usual * (largest / usual) ** (step / len(CLASS_FROM))
        tens = 10 ** int(math.log10(aim))
        nearest = min((tens, 2 * tens, 5 * tens, 10 * tens), key=lambda nice: abs(math.log(nice / aim)))
        edges.append(max(nearest, edges[-1] + 1))
    return tuple(edges)


@lru_cache(maxsize=4)
def edges_of(dataset: Dataset) -> Edges:
    """The classes of a dataset."""
    return class_edges(*usual_and_largest_place(tuple(dataset.bases.values())))


def class_labels(edges: Edges, t: Catalog) -> list[str]:
    """What the legend writes under each class: "1", "2", "3–4", "5–9", "10+"."""
    spans = [t.span(edge, after - 1) for edge, after in pairwise(edges)]
    return [*spans, t("grammar.or_more", number=edges[-1])]


def choropleth(file: str, ids: Sequence[str], colours: Sequence[str], **more: Any) -> Trace:
    """A choropleth trace whose z is the number of a colour."""
    scale = [[edge / len(colours), each] for at, each in enumerate(colours) for edge in (at, at + 1)]
    return {
        "type": "choropleth",
        "geojson": FOLDER + file,
        "featureidkey": "id",
        "locations": list(ids),
        "z": [0] * len(ids),
        "zmin": -0.5,
        "zmax": len(colours) - 0.5,
        "colorscale": scale,
        "showscale": False,
        "hoverinfo": "skip",
        **more,
    }


def shades(numbers: np.ndarray, is_dimmed: np.ndarray, edges: Edges = CLASS_FROM) -> np.ndarray:
    """For each number the place of its colour in SHADES. Arrays of shape (years, areas), `is_dimmed` (areas,)."""
    return np.asarray(np.digitize(numbers, edges) + (len(edges) + 1) * is_dimmed)


def hatch_kinds(lower: np.ndarray, upper: np.ndarray, is_dimmed: np.ndarray, edges: Edges = CLASS_FROM) -> np.ndarray:
    """0: nothing uncertain; 1: stripes for a light area; 2: for a strong one; 3: for one outside the filter."""
    of_chosen = np.where(lower >= edges[STRONG_CLASS - 1], 2, 1)
    return np.where(upper > lower, np.where(is_dimmed, 3, of_chosen), 0)
