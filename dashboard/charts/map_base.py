"""What the maps share: the frame, curved arcs, points of communities, labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from dashboard.charts import template
from dashboard.charts.chart import Figure, View
from dashboard.charts.labels import Placed
from dashboard.charts.projection import LAT_RANGE, LON_RANGE, MIDDLE_LON, Canvas
from dashboard.charts.template import colour, font
from dashboard.metrics.pairings import Pairing, Place, Years, years_of
from dashboard.strings import Words

Trace = dict[str, Any]

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
    groups = by_city((item.us_name, item.us_place, item) for item in items)
    trace, spans = _city_points(groups, marker, view, other=lambda item: item.partner_community)
    picks = {"meta": {"set": "state"}, "customdata": [items[0].us_state for items in groups.values()]}
    return trace | picks, spans


def partner_points(items: Sequence[Pairing], view: View, *, marker: Mapping[str, Any]) -> tuple[Trace, list[Years]]:
    """A trace of partner cities, which choose their country, and for each the years in which it is counted."""
    groups = by_city((item.partner_community, item.partner_place, item) for item in items)
    trace, spans = _city_points(groups, marker, view, other=lambda item: item.us_name)
    picks = {"meta": {"set": "country"}, "customdata": [items[0].country_iso3 for items in groups.values()]}
    return trace | picks, spans


City = tuple[str, Place]


def by_city(cities: Iterable[tuple[str, Place | None, Pairing]]) -> dict[City, list[Pairing]]:
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
    hover = [city_hover(view.words, name, frozenset(map(other, items))) for (name, _), items in groups.items()]
    lons, lats = [place[0] for _, place in groups], [place[1] for _, place in groups]
    return points(lons, lats, marker, hovertext=hover), [years_of(items) for items in groups.values()]


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


def arcs(items: Sequence[Pairing], *, ink: str, width: float, opacity: float) -> tuple[list[Trace], list[Years]]:
    """Traces of curved links, one for all that are counted over the same years and are equally sure, and those
    years. Dashed: the start year is not recorded. Pairings with a city that is not located are left out.

    A trace names the two ends of each link, [lon, lat, lon, lat], in `meta`; the browser draws the curves between
    them (`assets/js/40-plots.js`), which would be ten times as much to send.
    """
    groups: dict[tuple[int, int | None, bool], list[list[float]]] = {}
    for item in items:
        if item.us_place is not None and item.partner_place is not None:
            ends = [*item.us_place, *item.partner_place]
            groups.setdefault((item.first, item.ended, item.is_dated), []).append(ends)
    # by the first year, those that have ended before those that go on
    groups_in_order = sorted(
        groups.items(), key=lambda item: (item[0][0], item[0][1] is None, item[0][1] or 0, item[0][2])
    )
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
        for (_, _, is_dated), curves in groups_in_order
    ]
    return traces, [(first, ended) for (first, ended, _), _ in groups_in_order]


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
