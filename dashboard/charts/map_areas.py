"""Areas of a map: their classes, land, stripes over what is uncertain, what moves of them with the year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from dashboard.charts import template
from dashboard.charts.map_base import Trace
from dashboard.charts.template import colour
from dashboard.charts.track import Track
from dashboard.dataset.model import Dataset
from dashboard.metrics.partnerships import usual_and_largest_place
from dashboard.strings import Words

Tracks = dict[str, Track]
Edges = tuple[int, ...]

FOLDER = "/assets/map/"
# smallest number of each class but none: 1 · 2 · 3–4 · 5–9 · 10+
CLASS_FROM = (1, 2, 3, 5, 10)
# a collection with more in one place has classes that grow by a factor
MOST_OF_FEW = 50
# colours of the classes, none first; then the same outside the filter
SHADES = ("zero-fill", "c1", "c2", "c3", "c4", "c5", "d0", "d1", "d2", "d3", "d4", "d5")
# classes dark enough (bright enough in the dark theme) to need the other hatch
STRONG_CLASS = 3


def classes(numbers: Sequence[int], edges: Edges = CLASS_FROM) -> list[int]:
    """The class of each number: 0 for none, then 1 to 5."""
    return np.digitize(numbers, edges).tolist()


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


def class_labels(edges: Edges, words: Words) -> list[str]:
    """What the legend writes under each class: "1", "2", "3–4", "5–9", "10+"."""
    numbers = [words.number(edge) for edge in edges]
    ends = [words.number(after - 1) for after in edges[1:]]
    spans = [low if low == high else f"{low}–{high}" for low, high in zip(numbers, ends, strict=False)]
    return [*spans, f"{numbers[-1]}+"]


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


def land() -> Trace:
    """Everything out of scope, one flat shape."""
    line = {"color": colour("land-edge"), "width": 0.5}
    return choropleth("world.json", ["LAND"], [colour("land")], marker={"line": line})


def counted(file: str, ids: Sequence[str], **more: Any) -> Trace:
    """Areas coloured by class; none is card-coloured with an outline. z (`shades`) and lines move with the year."""
    return choropleth(
        file, ids, [colour(name) for name in SHADES], marker={"line": {}}, **{"hoverinfo": "text", **more}
    )


def shades(numbers: np.ndarray, is_dimmed: np.ndarray, edges: Edges = CLASS_FROM) -> np.ndarray:
    """For each number the place of its colour in SHADES. Arrays of shape (years, areas), `is_dimmed` (areas,)."""
    return np.asarray(np.digitize(numbers, edges) + (len(edges) + 1) * is_dimmed)


def hatched(file: str, ids: Sequence[str], *, lower: np.ndarray, upper: np.ndarray) -> Trace:
    """Stripes over areas where more may have begun than is recorded: z 0 is none (`hatch_kinds`). Where that is so
    nowhere and never, a trace of nothing: its boundaries would be loaded and projected to be drawn in no colour."""
    if not is_uncertain(lower, upper):
        return {"type": "choropleth", "visible": False}
    colours = [template.CLEAR, colour("hatch-weak"), colour("hatch-strong"), colour("hatch-dim")]
    return choropleth(file, ids, colours, marker={"line": {"width": 0}})


def is_uncertain(lower: np.ndarray, upper: np.ndarray) -> bool:
    """Whether anything is, in any year. Arrays of one shape."""
    return bool((upper > lower).any())


def hatch_kinds(lower: np.ndarray, upper: np.ndarray, is_dimmed: np.ndarray, edges: Edges = CLASS_FROM) -> np.ndarray:
    """0: nothing uncertain; 1: stripes for a light area; 2: for a strong one; 3: for one outside the filter."""
    of_chosen = np.where(lower >= edges[STRONG_CLASS - 1], 2, 1)
    return np.where(upper > lower, np.where(is_dimmed, 3, of_chosen), 0)


def outlines(lower: np.ndarray, is_dimmed: np.ndarray) -> tuple[Track, Track]:
    """Colour and width of the edges of areas."""
    kinds = np.where(lower > 0, 0, 1 + is_dimmed)
    inks = [colour(name) for name in ("card", "zero-edge", "line-2")]
    return Track(kinds, inks), Track(kinds, (0.7, 0.9, 0.9))


def areas(
    trace: int, hatch: int, *, lower: np.ndarray, upper: np.ndarray, is_dimmed: np.ndarray, edges: Edges
) -> Tracks:
    """What moves of counted areas and of the stripes over them, if there are any, by path. Arrays of shape (years,
    areas)."""
    ink, width = outlines(lower, is_dimmed)
    tracks = {
        f"data.{trace}.z": Track(shades(lower, is_dimmed, edges)),
        f"data.{trace}.marker.line.color": ink,
        f"data.{trace}.marker.line.width": width,
    }
    if is_uncertain(lower, upper):
        tracks[f"data.{hatch}.z"] = Track(hatch_kinds(lower, upper, is_dimmed, edges))
    return tracks
