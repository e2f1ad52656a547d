"""The map of countries in scope without a partnership. It does not follow the year."""

from __future__ import annotations

from collections.abc import Mapping
from math import pi
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import CHARTS, View
from dashboard.charts.frames import DrawnFigure
from dashboard.charts.labels import Label, Obstacle, Placed, place_labels
from dashboard.charts.look import Look
from dashboard.charts.map import areas as map_areas
from dashboard.charts.map.figure import NARROW_LON, label_trace, world_layout
from dashboard.charts.map.places import CIRCLE, small_circles, small_countries
from dashboard.charts.openings.text import (
    CANVAS,
    COLOURS,
    EDGES,
    MOST_LABELS,
    MOST_STAGE_LABELS,
    NAME_ROOM,
    OPEN,
    OUTSIDE,
    PARTNER,
)
from dashboard.charts.palette import Palette, palette
from dashboard.charts.projection import EARTH_KM, Canvas
from dashboard.charts.template import SIZE_LABEL, to_parts
from dashboard.charts.viewport import STAGE
from dashboard.dataset.records import records
from dashboard.filters import Selection, to_query
from dashboard.metrics.cities import largest_cities
from dashboard.metrics.openings import compared_countries

Trace = dict[str, Any]
# what the catalogue calls each kind of country
KINDS = {OPEN: "open", PARTNER: "partner", OUTSIDE: "outside"}
# a phone's map is higher for its width
NARROW_LAT = [-35, 56]


def build_openings(view: View, look: Look) -> DrawnFigure:
    """Openings outlined in the accent, partner countries in teal, those outside the chosen regions pale."""
    colours, is_stage = palette(look.theme), view.viewport == STAGE
    canvas = Canvas(size=STAGE.map) if is_stage else CANVAS
    kinds = _kinds(view)
    # on a phone names would cover what they name
    most = 0 if look.is_narrow else MOST_STAGE_LABELS if is_stage else MOST_LABELS
    traces = [
        _land(colours),
        _areas(view, kinds, colours),
        _circles(view, kinds, canvas, colours),
        *(label_trace(placed, colours, canvas) for placed in _labels(view, canvas, most)),
    ]
    lon, lat = (NARROW_LON, NARROW_LAT) if look.is_narrow else (canvas.lon_range, canvas.lat_range)
    figure = go.Figure(data=traces, layout=world_layout(lon, lat, "openings"))
    return DrawnFigure(to_parts(figure, look.theme), shape=_shape(view, look))


def _shape(view: View, look: Look) -> str:
    """What the map depends on: a target, a city or weights leave it as it is drawn."""
    chosen = to_query(Selection(view.selection.basis, view.selection.filters), view.choices)
    return f"{chosen} {view.viewport.map} {look.theme} {look.is_narrow}"


def _kinds(view: View) -> dict[str, int]:
    """By code of a country in scope: whether it has no partnership, has one, or is outside the chosen regions."""
    opened = set(CHARTS["openings"].table(view)["country_iso3"])
    inside = set(compared_countries(view.dataset, view.selection.filters)["iso3"])
    return {
        code: OPEN if code in opened else PARTNER if code in inside else OUTSIDE
        for code in view.dataset.countries["iso3"]
    }


def _hover(view: View, kinds: Mapping[str, int]) -> dict[str, str]:
    names = zip(view.dataset.countries["iso3"], view.dataset.countries["name"], strict=True)
    return {code: view.t(f"openings.hover.{KINDS[kinds[code]]}", country=name) for code, name in names}


def _land(colours: Palette) -> Trace:
    """Everything out of scope, one flat shape."""
    line = {"color": colours["land-edge"], "width": 0.5}
    return map_areas.choropleth("world.json", ["LAND"], [colours["land"]] * 2, marker={"line": line})


def _areas(view: View, kinds: Mapping[str, int], colours: Palette) -> Trace:
    line = {
        "color": [colours[EDGES[kind]] for kind in kinds.values()],
        "width": [1.1 if kind == OPEN else 0.7 for kind in kinds.values()],
    }
    return map_areas.choropleth(
        "world.json",
        list(kinds),
        [colours[name] for name in COLOURS],
        z=list(kinds.values()),
        marker={"line": line},
        hoverinfo="text",
        text=list(_hover(view, kinds).values()),
    )


def _circles(view: View, kinds: Mapping[str, int], canvas: Canvas, colours: Palette) -> Trace:
    """Countries that are too small to be seen."""
    hover, small = _hover(view, kinds), [code for code in kinds if code in small_countries(view.dataset)]
    lons, lats = small_circles(view.dataset, tuple(small), canvas)
    edges = [colours["accent" if kinds[code] == OPEN else "zero-edge"] for code in small]
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": lons,
        "lat": lats,
        "marker": {
            "size": CIRCLE,
            "color": [colours[COLOURS[kinds[code]]] for code in small],
            "line": {"width": 1.3, "color": edges},
        },
        "hoverinfo": "text",
        "text": [hover[code] for code in small],
    }


def _labels(view: View, canvas: Canvas, most: int) -> list[Placed]:
    """Names of the openings with the largest cities: on the countries that are large enough, else off all that are in
    scope."""
    countries, rows = view.dataset.countries, CHARTS["openings"].table(view)
    cities = largest_cities(view.dataset)
    by_size = sorted(
        zip(rows["country_iso3"], rows["country"], strict=True),
        key=lambda one: -sum(city.population for city in cities.get(one[0], ())[:1]),
    )
    pixels_a_km = canvas.pixels_a_radius / EARTH_KM
    spots = {
        row["country_iso3"]: (*canvas.pixel(row["lon"], row["lat"]), (row["area_km2"] / pi) ** 0.5 * pixels_a_km)
        for row in records(view.dataset.tables["map_points"])
    }
    labels = [
        Label(name, x, y, room=2 * radius * NAME_ROOM)
        for code, name in by_size[:most]
        for x, y, radius in (spots[code],)
    ]
    obstacles = [Obstacle(x, y, max(radius, CIRCLE / 2)) for x, y, radius in map(spots.__getitem__, countries["iso3"])]
    return place_labels(labels, obstacles, canvas=canvas.size, size=SIZE_LABEL)
