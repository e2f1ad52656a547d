"""The map of one thing: both ends of a partnership, or of all of a U.S. state, and a curve between them. It does not
follow the year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import View
from dashboard.charts.frames import DrawnFigure
from dashboard.charts.labels import Label, Obstacle, place_labels
from dashboard.charts.look import Look
from dashboard.charts.map import areas as map_areas
from dashboard.charts.map.figure import curves, label_trace, land, points, world_layout
from dashboard.charts.pair.text import MOST_LABELS, MOST_NARROW_LABELS, entries_of_key
from dashboard.charts.palette import Palette, palette
from dashboard.charts.projection import LON_RANGE, Canvas
from dashboard.charts.template import SIZE_LABEL, to_parts
from dashboard.charts.viewport import HALF
from dashboard.metrics.pairings import Place
from dashboard.metrics.registry import Entry

Trace = dict[str, Any]
CANVAS = Canvas(size=HALF.map)
# latitudes shown: what fits the proportions that assets/css/70-pages.css gives the figure
LAT_RANGE, NARROW_LAT_RANGE = [-35, 75], [-58, 84]
# pixels around a city that names stay away from, and how much it weighs when a name has no free place
CITY_RADIUS, CITY_WEIGHT = 4, 4.0


def build_pair(view: View, look: Look) -> DrawnFigure:
    """Both ends of each partnership with their names; the curve is dashed where no start year is recorded."""
    colours, found = palette(look.theme), entries_of_key(view)
    codes, ends = sorted({each.country_iso3 for each in found}), _ends(found)
    dot = {"size": 7, "color": colours["card"], "line": {"color": colours["accent"], "width": 2}}
    cities = points([lon for _, (lon, _) in ends], [lat for _, (_, lat) in ends], dot, text=[name for name, _ in ends])
    # on a phone there is room for the names of one pair
    has_names = not look.is_narrow or len(ends) <= MOST_NARROW_LABELS
    traces = [
        land(colours),
        _scope(view, codes, colours),
        _partners(codes, colours),
        *_links(found, colours),
        cities,
        *(_names(ends, colours) if has_names else []),
    ]
    lat = NARROW_LAT_RANGE if look.is_narrow else LAT_RANGE
    layout = world_layout(LON_RANGE, lat, view.key)
    return DrawnFigure(to_parts(go.Figure(data=traces, layout=layout), look.theme))


def _scope(view: View, without: Sequence[str], colours: Palette) -> Trace:
    """The other countries in scope, which are land here as everything else is."""
    codes = [code for code in view.dataset.countries["iso3"] if code not in without]
    line = {"color": colours["land-edge"], "width": 0.5}
    return map_areas.choropleth("world.json", codes, [colours["land"]] * 2, marker={"line": line})


def _partners(codes: Sequence[str], colours: Palette) -> Trace:
    line = {"color": colours["accent"], "width": 0.8}
    return map_areas.choropleth("world.json", codes, [colours["accent-soft"]] * 2, marker={"line": line})


def _links(found: Sequence[Entry], colours: Palette) -> list[Trace]:
    """A trace of those with a start year and one of those without, where there are any."""
    traces = []
    for is_dated, dash in ((True, "solid"), (False, "4px,3px")):
        ends = [
            (each.us_place, each.partner_place)
            for each in found
            if each.us_place and each.partner_place and (each.start_year is not None) is is_dated
        ]
        if ends:
            lons, lats = curves(ends)
            line = {"color": colours["accent"], "width": 1.8, "dash": dash}
            traces.append(
                {"type": "scattergeo", "mode": "lines", "lon": lons, "lat": lats, "hoverinfo": "skip", "line": line}
            )
    return traces


def _ends(found: Sequence[Entry]) -> list[tuple[str, Place]]:
    """Each city that is located, once."""
    ends: dict[tuple[str, Place], None] = {}
    for each in found:
        if each.us_place:
            ends[each.us_community, each.us_place] = None
        if each.partner_place:
            ends[each.partner_community, each.partner_place] = None
    return list(ends)


def _names(ends: Sequence[tuple[str, Place]], colours: Palette) -> list[Trace]:
    labels = [Label(name, *CANVAS.pixel(*place)) for name, place in ends]
    obstacles = [Obstacle(label.x, label.y, CITY_RADIUS, CITY_WEIGHT) for label in labels]
    placed = place_labels(labels[:MOST_LABELS], obstacles, canvas=HALF.map, size=SIZE_LABEL)
    return [label_trace(item, colours, CANVAS) for item in placed]
