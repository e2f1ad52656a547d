"""What the three maps share: classes, the frame, land, curved arcs, points of communities."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from dashboard.charts import template
from dashboard.charts.chart import Figure, View
from dashboard.charts.labels import Placed
from dashboard.charts.projection import LAT_RANGE, LON_RANGE, MIDDLE_LON, Canvas
from dashboard.charts.template import colour, font
from dashboard.charts.track import Track
from dashboard.dataset.model import Dataset
from dashboard.metrics.pairings import Pairing, Place, Years, years_of
from dashboard.metrics.summary import usual_and_largest_place
from dashboard.strings import Words

Trace = dict[str, Any]
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
SIDES = {
    "right": "middle right",
    "left": "middle left",
    "top": "top center",
    "bottom": "bottom center",
    "middle": "middle center",
}
# cities whose sentences are kept: most have the same partners whatever is chosen
CITIES = 1000
# how a label is not seen
UNSEEN = {"textfont.color": template.CLEAR, "textfont.shadow": "none", "line.width": 0}
HALO = ", ".join(f"{x}px {y}px 1px var(--card)" for x, y in ((1, 1), (-1, 1), (1, -1), (-1, -1), (0, 2), (0, -2)))


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


def edges_of(dataset: Dataset) -> Edges:
    """The classes of a dataset."""
    return class_edges(*usual_and_largest_place(dataset))


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


def geo(**more: Any) -> Figure:
    """The geo part of a layout: the frame of the world, with `more` added or replaced."""
    return {
        "visible": False,
        "bgcolor": template.CLEAR,
        "fitbounds": False,
        "projection": {
            "type": "natural earth",
            "rotation": {"lon": MIDDLE_LON},
            "minscale": 0.7,
            "maxscale": 12,
        },
        "lonaxis": {"range": list(LON_RANGE)},
        "lataxis": {"range": list(LAT_RANGE)},
        **more,
    }


def figure(traces: list[Trace], geo_layout: Figure) -> Figure:
    """Traces over a geo layout, to be moved with the hand."""
    # a point is meant only by who is on it: beside it lies a country or a state
    return {"data": traces, "layout": template.layout(geo=geo_layout, dragmode="pan", hoverdistance=5)}


def points(lons: Sequence[float], lats: Sequence[float], marker: Mapping[str, Any], **more: Any) -> Trace:
    """Points that say something only where their text is not blank."""
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": list(lons),
        "lat": list(lats),
        "marker": dict(marker),
        "hoverinfo": "text",
        **more,
    }


def us_points(items: Sequence[Pairing], view: View, *, ink: str, size: float) -> tuple[Trace, list[Years]]:
    """A trace of U.S. communities, which choose their state, and for each the years in which it is counted."""
    marker = {"size": size, "color": colour(ink), "line": {"color": colour("card"), "width": 0.8}}
    groups = _grouped((item.us_name, item.us_place, item) for item in items)
    trace, spans = _city_points(groups, marker, view, other=lambda item: item.partner_community)
    picks = {"meta": {"set": "state"}, "customdata": [items[0].us_state for items in groups.values()]}
    return trace | picks, spans


def partner_points(items: Sequence[Pairing], view: View, *, marker: Mapping[str, Any]) -> tuple[Trace, list[Years]]:
    """A trace of partner cities, which choose their country, and for each the years in which it is counted."""
    groups = _grouped((item.partner_community, item.partner_place, item) for item in items)
    trace, spans = _city_points(groups, marker, view, other=lambda item: item.us_name)
    picks = {"meta": {"set": "country"}, "customdata": [items[0].country_iso3 for items in groups.values()]}
    return trace | picks, spans


City = tuple[str, Place]


def _grouped(cities: Iterable[tuple[str, Place | None, Pairing]]) -> dict[City, list[Pairing]]:
    """Pairings by city, of the cities that are located."""
    groups: dict[City, list[Pairing]] = {}
    for name, place, item in cities:
        if place is not None:
            groups.setdefault((name, place), []).append(item)
    return groups


def _city_points(
    groups: Mapping[City, list[Pairing]],
    marker: Mapping[str, Any],
    view: View,
    *,
    other: Callable[[Pairing], str],
) -> tuple[Trace, list[Years]]:
    hover = [_city_hover(view.words, name, frozenset(map(other, items))) for (name, _), items in groups.items()]
    lons, lats = [place[0] for _, place in groups], [place[1] for _, place in groups]
    return points(lons, lats, marker, hovertext=hover), [years_of(items) for items in groups.values()]


@lru_cache(maxsize=CITIES)
def _city_hover(words: Words, name: str, partners: frozenset[str]) -> str:
    return words("map.hover.community", community=name, partners=words.listing(sorted(partners)))


def shown_in(spans: Sequence[Years], years: range) -> np.ndarray:
    """Opacity of each point in each year, shape (years, points)."""
    first, ended = np.array(spans, dtype=int).reshape(-1, 2).T
    now = np.array(years)[:, np.newaxis]
    return ((first <= now) & (now < ended)).astype(int)


def arcs(items: Sequence[Pairing], *, ink: str, width: float, opacity: float) -> tuple[list[Trace], list[Years]]:
    """Traces of curved links, one for all that are counted over the same years and are equally sure, and those
    years. Dashed: the start year is not recorded. Pairings with a city that is not located are left out.

    A trace names the two ends of each link, [lon, lat, lon, lat], in `meta`; the browser draws the curves between
    them (`assets/js/40-plots.js`), which would be ten times as much to send.
    """
    groups: dict[tuple[int, int, bool], list[list[float]]] = {}
    for item in items:
        if item.us_place is not None and item.partner_place is not None:
            ends = [*item.us_place, *item.partner_place]
            groups.setdefault((item.first, item.ended, item.is_dated), []).append(ends)
    traces: list[Trace] = [
        {
            "type": "scattergeo",
            "mode": "lines",
            "lon": [],
            "lat": [],
            "meta": {"curves": curves},
            "hoverinfo": "skip",
            "opacity": opacity,
            "line": {"color": colour(ink), "width": width, "dash": "solid" if is_dated else "4px,3px"},
        }
        for (_, _, is_dated), curves in sorted(groups.items())
    ]
    return traces, [(first, ended) for first, ended, _ in sorted(groups)]


@lru_cache(maxsize=2000)
def label(placed: Placed, canvas: Canvas) -> Trace:
    """A label with its leader line, as one trace, so that it comes and goes as one; a halo makes it read on any
    ground. Only to be read."""
    lon, lat = canvas.place(placed.x, placed.y)
    anchor_lon, anchor_lat = canvas.place(placed.label.x, placed.label.y)
    return {
        "type": "scattergeo",
        "mode": "lines+text" if placed.has_leader else "text",
        "lon": [round(lon, 2), round(anchor_lon, 2)],
        "lat": [round(lat, 2), round(anchor_lat, 2)],
        "text": [placed.label.text, ""],
        "textposition": SIDES[placed.side],
        "textfont": {**font(12, ink="ink", weight=500), "shadow": HALO},
        "line": {"color": colour("ink"), "width": 0.9},
        "hoverinfo": "skip",
    }


def unseen_names(figure: Figure) -> dict[str, Any]:
    """What hides every label of a figure, by path: for phones, where names would cover what they name."""
    names = [at for at, trace in enumerate(figure["data"]) if "text" in trace]
    return {f"data.{at}.{path}": value for at in names for path, value in UNSEEN.items()}
