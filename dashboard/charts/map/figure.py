"""The map, in three modes: partner countries, U.S. states, links between cities.

In the mode of countries a choice of regions only changes how areas, circles, points and labels look. So one figure
serves all of them (`keeps_map`), and the browser keeps the map with its zoom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import hypot
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.charts import CHARTS, View
from dashboard.charts.base import once_a_view
from dashboard.charts.frames import ByPlace, ByYear, DrawnFigure, build_by_place
from dashboard.charts.labels import Label, LabelPlacer, Obstacle, Placed, place_labels
from dashboard.charts.look import Look
from dashboard.charts.map import areas as map_areas
from dashboard.charts.map.hovers import build_hovers, country_hover, state_hover
from dashboard.charts.map.places import (
    CIRCLE,
    CITY_WEIGHT,
    COUNTED_WEIGHT,
    FARTHEST_NAME,
    IN_SCOPE_WEIGHT,
    MOST_CITY_LABELS,
    PIXELS_A_KM,
    WIDEST_NUMBER,
    City,
    by_city,
    city_hover,
    located_ends,
    number_text,
    small_circles,
    small_countries,
)
from dashboard.charts.palette import Palette, palette
from dashboard.charts.projection import DEGREE, LAT_RANGE, LON_RANGE, MIDDLE_LON, MOST_LAT, MOST_LON, NARROWING, Canvas
from dashboard.charts.ranking import top_contributors
from dashboard.charts.template import CLEAR, SIZE_LABEL, font, template_parts
from dashboard.charts.viewport import DESK, Viewport
from dashboard.counting import by_year, first_rows
from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records
from dashboard.filters import COUNTRIES, Selection, apply_filters, to_query
from dashboard.metrics.pairings import Pairing, Place, Years, pairings, years_of
from dashboard.metrics.partnerships import map_context

Trace = dict[str, Any]
# attribute -> its value in every year
Attributes = dict[str, ByYear]
Counts = npt.NDArray[np.int_]
Flags = npt.NDArray[np.bool_]

LAND, AREAS, HATCH, CIRCLES, MARKS, COMMUNITIES, FIRST_MORE = range(7)
LEAST_ZOOM, MOST_ZOOM = 0.7, 12
NARROW_LON, NARROW_LAT = [-20, 146], [-20, 64]
# in large print the map is less wide for its height
LARGE_PRINT_LAT = [-22, 69]
SIDES = {"right": "middle right", "left": "middle left", "top": "top center", "bottom": "bottom center"}
SIDES["middle"] = "middle center"
HALO = ((1, 1), (-1, 1), (1, -1), (-1, -1), (0, 2), (0, -2))
# the curve of a link: how many points, how far to the north of a straight line, and where that ends
CURVE_POINTS, BOW, NORTHERNMOST = 24, 0.12, 74
# how strong a link is: one among all, one that was chosen, one that was not
PLAIN, CHOSEN, DIMMED = ("count", 1.2, 0.55), ("accent", 1.8, 1.0), ("d4", 1.0, 0.5)


@lru_cache(maxsize=8)
def _canvas(viewport: Viewport) -> Canvas:
    return Canvas(size=viewport.map)


def keeps_map(selection: Selection) -> bool:
    """Whether regions change only looks: links and names of a chosen place are traces of their own."""
    return selection.map == "countries" and not (selection.state or selection.country)


def figure_view(view: View) -> View:
    """The view whose figure the map has: that of all regions where regions only change looks and no label is its own;
    else the view itself, of which all is computed once."""
    if not keeps_map(view.selection) or not set(labels_of(view)) <= set(_labels_of_each_region(view)):
        return view
    return replace(view, selection=view.selection.without("region"))


def drawn_selection(view: View) -> Selection:
    """What the figure of a view as `figure_view` gives it depends on, beside its look."""
    selection = view.selection
    return Selection(selection.basis, selection.filters, map=selection.map, is_large_print=selection.is_large_print)


def build_map(view: View, look: Look) -> DrawnFigure:
    """The map of a view, in the mode of its selection."""
    of = figure_view(view)
    selection = drawn_selection(of)
    shape = f"{to_query(selection, view.choices)} {look.theme} {look.is_narrow} {view.viewport.map}"
    figure = _figure_of(_Drawn(view.dataset, selection, look, view.viewport, of))
    return DrawnFigure(figure, build_map_frames(view, palette(look.theme), is_narrow=look.is_narrow), shape)


@dataclass(frozen=True)
class _Drawn:
    """What a figure of the map depends on, and the view to make it of, in which more may be computed already."""

    dataset: Dataset
    selection: Selection
    look: Look
    viewport: Viewport
    view: View = field(compare=False)


# few are kept, for each keeps all that was computed of its view
@lru_cache(maxsize=4)
def _figure_of(drawn: _Drawn) -> dict[str, Any]:
    """The map of a view as `figure_view` gives it, in the mode of its selection."""
    view, is_narrow, colours = drawn.view, drawn.look.is_narrow, palette(drawn.look.theme)
    build = {"countries": _country_traces, "states": _state_traces, "links": _link_traces}[view.selection.map]
    mode = view.selection.map
    layout = map_layout(_united_states(is_narrow), mode) if mode == "states" else _world(is_narrow, view)
    # in plain parts from the beginning: Plotly would check and copy some twenty traces for each state that is chosen, a
    # fifth of the whole answer; tests let it check them
    return {"data": build(view, colours, is_narrow), "layout": {**layout, "template": template_parts(drawn.look.theme)}}


def build_map_frames(view: View, colours: Palette, *, is_narrow: bool = False) -> dict[str, Attributes]:
    """What the year changes in the map of a view, and where `keeps_map`, what its regions change."""
    build = {"countries": _country_frames, "states": _state_frames, "links": _link_frames}[view.selection.map]
    return build(view, colours, is_narrow)


def map_layout(geo: dict[str, Any], uirevision: str) -> dict[str, Any]:
    """The layout of a map that can be moved; it stays where it was moved to while `uirevision` is the same."""
    # a small radius, so that a point does not take the hover from the area around it
    return {"geo": {**geo, "uirevision": uirevision}, "dragmode": "pan", "hoverdistance": 5}


def world_layout(lon: Sequence[float], lat: Sequence[float], uirevision: str) -> dict[str, Any]:
    """The layout of a map of the world that shows these ranges, and, as its `meta` says, more in a place of another
    shape (`assets/js/map_zoom.js`)."""
    geo = {
        "projection": {
            "type": "natural earth",
            "rotation": {"lon": MIDDLE_LON},
            "minscale": LEAST_ZOOM,
            "maxscale": MOST_ZOOM,
        },
        "lonaxis": {"range": list(lon)},
        "lataxis": {"range": list(lat)},
    }
    world = {
        "lon": list(lon),
        "lat": list(lat),
        "most_lon": list(MOST_LON),
        "most_lat": list(MOST_LAT),
        "degree": DEGREE,
        "narrowing": NARROWING,
    }
    return {**map_layout(geo, uirevision), "meta": {"world": world}}


def _world(is_narrow: bool, view: View) -> dict[str, Any]:
    """The layout of the world; on a phone the United States would leave no room for the others, except for links to
    them."""
    is_near = is_narrow and view.selection.map == "countries" and not _has_choice(view)
    if is_near:
        return world_layout(NARROW_LON, NARROW_LAT, view.selection.map)
    lat = LARGE_PRINT_LAT if view.selection.is_large_print else LAT_RANGE
    return world_layout(LON_RANGE, lat, view.selection.map)


def _united_states(is_narrow: bool) -> dict[str, Any]:
    """The legend stands to the left, where there is room."""
    domain = {"x": [0, 1] if is_narrow else [0.12, 1], "y": [0, 1]}
    projection = {"type": "albers usa", "minscale": LEAST_ZOOM, "maxscale": MOST_ZOOM}
    return {"scope": "usa", "domain": domain, "projection": projection}


# ---- partner countries
def _country_traces(view: View, colours: Palette, is_narrow: bool) -> list[Trace]:
    context, years = view.compute(map_context), view.basis.years
    codes = first_rows(context, years, "country_iso3")
    lower, upper = (by_year(context, years, name) for name in ("partnerships", "upper"))
    small_codes = [codes[at] for at in _small(view, codes)]
    lons, lats = small_circles(view.dataset, tuple(small_codes), _canvas(view.viewport))
    has_choice = _has_choice(view)
    ink, size = ("accent", 7.0) if has_choice else ("ink-2", 4.6)
    communities, _ = _us_points(view.compute(pairings), view, colours, ink=ink, size=size)
    more = _choice_traces(view, colours, is_narrow) if has_choice else _label_traces(view, colours)
    return [
        land(colours),
        _areas("world.json", codes, colours, sets="country"),
        _hatching("hatch.json", codes, colours, is_seen=bool((upper > lower).any())),
        points(lons, lats, {"size": CIRCLE, "line": {"width": 1.2}}, customdata=small_codes, meta=_setting("country")),
        points(lons, lats, _line_mark(colours), hoverinfo="skip"),
        communities,
        *more,
    ]


def _country_frames(view: View, colours: Palette, is_narrow: bool) -> dict[str, Attributes]:
    years, context = view.basis.years, view.compute(map_context)
    codes, names = (first_rows(context, years, name) for name in ("country_iso3", "country"))
    lower, upper = (by_year(context, years, name) for name in ("partnerships", "upper"))
    inside = set(first_rows(CHARTS["map"].table(view), years, "country_iso3"))
    is_dimmed = np.array([code not in inside for code in codes], dtype=bool)
    small, edges = _small(view, codes), map_areas.edges_of(view.dataset)
    hovers, shades = _country_hovers(context, names, view), map_areas.shades(lower, is_dimmed, edges)
    fills, outlines = [colours[name] for name in map_areas.SHADES], _edge_frames(lower, is_dimmed, colours)
    frames: dict[str, Attributes] = {
        str(AREAS): {"z": shades.tolist(), **outlines, "text": hovers},
        str(CIRCLES): {
            "marker.color": build_by_place(fills, shades[:, small]),
            "marker.line.color": outlines["marker.line.color"].of_places(small),
            "text": hovers.of_places(small),
        },
        str(MARKS): {"marker.opacity": (upper > lower)[:, small].astype(int).tolist()},
        str(COMMUNITIES): {"marker.opacity": _opacities(_community_years(view), years)},
    }
    if (upper > lower).any():
        frames[str(HATCH)] = {"z": map_areas.hatch_kinds(lower, upper, is_dimmed, edges).tolist()}
    return frames | (_choice_frames(view, is_narrow) if _has_choice(view) else _label_frames(view))


def _has_choice(view: View) -> bool:
    return bool(view.selection.country or view.selection.state)


def _small(view: View, codes: Sequence[str]) -> list[int]:
    """Which of the countries are marked by a circle."""
    return [at for at, code in enumerate(codes) if code in small_countries(view.dataset)]


def _community_years(view: View) -> list[Years]:
    """By community of the figure, the years in which it is counted in this view."""
    drawn = _drawn_cities(view.dataset, drawn_selection(figure_view(view)))
    counted = _us_cities(view.compute(pairings))
    never = (view.basis.last_year + 1, None)
    return [years_of(counted[city]) if city in counted else never for city in drawn]


@lru_cache(maxsize=32)
def _drawn_cities(dataset: Dataset, selection: Selection) -> tuple[City, ...]:
    return tuple(_us_cities(pairings(dataset, selection)))


def _us_cities(items: Sequence[Pairing]) -> dict[City, list[Pairing]]:
    return by_city((item.us_name, item.us_place, item) for item in items)


def _opacities(spans: Sequence[Years], years: range) -> list[list[int]]:
    """Whether each point is counted in each year."""
    first = np.array([begin for begin, _ in spans], dtype=int)
    ended = np.array([years[-1] + 1 if end is None else end for _, end in spans], dtype=int)
    now = np.array(years)[:, np.newaxis]
    opacities: list[list[int]] = ((first <= now) & (now < ended)).astype(int).tolist()
    return opacities


def _country_hovers(context: pd.DataFrame, names: Sequence[str], view: View) -> ByPlace:
    columns = ("partnerships", "upper", "dated", "first_year")
    numbers = np.stack([by_year(context, view.basis.years, name) for name in columns], axis=2)
    return build_hovers(numbers, names, view.t, lambda name, *cell: country_hover(view.t, name, view.state_name, *cell))


# ---- labels of the countries that lead, in each year other ones
def _labels_of_figure(view: View) -> list[Placed]:
    """Those that any choice of one region, or of none, has, and its own, each once."""
    return list(_labels_of_each_region(view) | dict.fromkeys(labels_of(view)))


def _label_traces(view: View, colours: Palette) -> list[Trace]:
    return [label_trace(placed, colours, _canvas(view.viewport)) for placed in _labels_of_figure(view)]


def _label_frames(view: View) -> dict[str, Attributes]:
    """Seen are those of this choice, in the years in which their country leads."""
    table, years = CHARTS["map"].table(view), view.basis.years
    lower, upper = (by_year(table, years, name) for name in ("partnerships", "upper"))
    names, own = first_rows(table, years, "country"), set(labels_of(view))
    leading = top_contributors(lower, names, view.dataset.naming.sort_key)
    frames: dict[str, Attributes] = {}
    for number, placed in enumerate(_labels_of_figure(view), start=FIRST_MORE):
        name = placed.label.text.removesuffix(WIDEST_NUMBER)
        if placed not in own:
            frames[str(number)] = {"text": [[name, ""]] * len(years), "opacity": [0] * len(years)}
            continue
        at = names.index(name)
        spans = zip(lower[:, at].tolist(), upper[:, at].tolist(), strict=True)
        frames[str(number)] = {
            # the name and number of a country stand at one end of the line to it, and nothing at the other
            "text": [[f"{name} {number_text(view.t, *span)}", ""] for span in spans],
            "opacity": [int(at in chosen) for chosen in leading],
        }
    return frames


def labels_of(view: View) -> tuple[Placed, ...]:
    """Where the names of the countries stand that lead in any year."""
    everywhere = Selection(view.selection.basis, view.selection.filters.without("region"))
    return _places(view.dataset, everywhere, view.selection.regions, view.viewport)


def _labels_of_each_region(view: View) -> dict[Placed, None]:
    """Those of every choice of one region, and of none, each once."""
    everywhere = Selection(view.selection.basis, view.selection.filters.without("region"))
    choices = [(), *((region,) for region in view.regions)]
    return {placed: None for regions in choices for placed in _places(view.dataset, everywhere, regions, view.viewport)}


@lru_cache(maxsize=512)
def _places(
    dataset: Dataset, everywhere: Selection, regions: tuple[str, ...], viewport: Viewport
) -> tuple[Placed, ...]:
    names, codes, of_regions, lower, most = _numbers(dataset, everywhere)
    at = [place for place, region in enumerate(of_regions) if not regions or region in regions]
    sort_key = dataset.naming.sort_key
    by_year_chosen = top_contributors(lower[:, at], [names[each] for each in at], sort_key)
    leading = {at[place] for chosen in by_year_chosen for place in chosen}
    pixels = _pixels(dataset.original, viewport)
    ordered = sorted(leading, key=lambda each: (-most[each], sort_key(names[each])))
    labels = [Label(f"{names[each]}{WIDEST_NUMBER}", *pixels[codes[each]][:2]) for each in ordered]
    return tuple(_ground(dataset.original, dataset.bases[everywhere.basis], viewport).place(labels))


@lru_cache(maxsize=8)
def _numbers(dataset: Dataset, everywhere: Selection) -> tuple[list[str], list[str], list[str], Counts, list[int]]:
    """Names, codes and regions of all countries in scope, their numbers by year, and the most there can have been."""
    context, years = map_context(dataset, everywhere), dataset.bases[everywhere.basis].years
    names, codes, regions = (first_rows(context, years, name) for name in ("country", "country_iso3", "region"))
    lower, upper = (by_year(context, years, name) for name in ("partnerships", "upper"))
    return names, codes, regions, lower, upper[-1].tolist()


@lru_cache(maxsize=16)
def _ground(dataset: Dataset, basis: Basis, viewport: Viewport) -> LabelPlacer:
    """Names of countries stand off the countries in scope, above all off those that are counted."""
    counted = set(basis.rows["country_iso3"])
    obstacles = [
        Obstacle(x, y, radius, COUNTED_WEIGHT if code in counted else IN_SCOPE_WEIGHT)
        for code, (x, y, radius) in _pixels(dataset, viewport).items()
    ]
    return LabelPlacer(obstacles, viewport.map, SIZE_LABEL)


@lru_cache(maxsize=8)
def _pixels(dataset: Dataset, viewport: Viewport) -> dict[str, tuple[float, float, float]]:
    """Where the point of each country is drawn, and the radius of a circle as large as the country."""
    canvas, a_km = _canvas(viewport), PIXELS_A_KM * viewport.map[0] / DESK.map[0]
    return {
        row["country_iso3"]: (
            *canvas.pixel(row["lon"], row["lat"]),
            (row["area_km2"] / np.pi) ** 0.5 * a_km,
        )
        for row in records(dataset.tables["map_points"])
    }


# ---- what belongs to a chosen country or U.S. state
def _choice_traces(view: View, colours: Palette, is_narrow: bool) -> list[Trace]:
    """Links, cities and their names. On a phone names would cover what they name."""
    items = view.compute(pairings)
    dot = {"size": 7, "color": colours["card"], "line": {"color": colours["accent"], "width": 2}}
    cities, _ = _partner_points(items, view, dot)
    names = [] if is_narrow else _city_names(view, colours)[0]
    return [*_arcs(items, colours, CHOSEN)[0], cities, *names]


def _choice_frames(view: View, is_narrow: bool) -> dict[str, Attributes]:
    """The years of links, of the cities, of names."""
    years, items = view.basis.years, view.compute(pairings)
    links = [of_years for of_years, _, _ in _arc_groups(items)]
    cities = [years_of(of) for of in _partner_cities(items).values()]
    names = [] if is_narrow else [of_years for _, of_years in _city_places(view)]
    cities_at = FIRST_MORE + len(links)
    frames = _seen(links, years, FIRST_MORE) | _seen(names, years, cities_at + 1)
    return frames | {str(cities_at): {"marker.opacity": _opacities(cities, years)}}


def _seen(spans: Sequence[Years], years: range, first: int, strength: float = 1) -> dict[str, Attributes]:
    """Traces from number `first` on, each seen in its years."""
    by_trace = zip(*_opacities(spans, years), strict=True)
    return {
        str(number): {"opacity": [strength * is_seen for is_seen in of_years]}
        for number, of_years in enumerate(by_trace, start=first)
    }


@once_a_view
def _city_places(view: View) -> list[tuple[Placed, Years]]:
    """Where the names of the cities stand that have most pairings at either end, none that would cover another or stand
    far from its city; and the years in which each is counted."""
    items = view.compute(pairings)
    ends = located_ends(_located(items) if view.selection.map == "links" else items)
    canvas = _canvas(view.viewport)
    labels = {Label(name, *canvas.pixel(*place)): years_of(of) for (name, place), of in ends.items()}
    obstacles = [Obstacle(label.x, label.y, 4, CITY_WEIGHT) for label in labels]
    placed = place_labels(list(labels)[:MOST_CITY_LABELS], obstacles, canvas=view.viewport.map, size=SIZE_LABEL)
    near = [each for each in placed if hypot(each.x - each.label.x, each.y - each.label.y) <= FARTHEST_NAME]
    return [(each, labels[each.label]) for each in near]


def _city_names(view: View, colours: Palette) -> tuple[list[Trace], list[Years]]:
    places = _city_places(view)
    names = [label_trace(each, colours, _canvas(view.viewport)) for each, _ in places]
    return names, [years for _, years in places]


# ---- U.S. states
def _state_context(view: View) -> pd.DataFrame:
    context = view.compute(map_context)
    return context[context["us_state"] != ""]


def _state_traces(view: View, colours: Palette, _is_narrow: bool) -> list[Trace]:
    context, years = _state_context(view), view.basis.years
    codes = first_rows(context, years, "us_state")
    lower, upper = (by_year(context, years, name) for name in ("partnerships", "upper"))
    communities, _ = _us_points(view.compute(pairings), view, colours, ink="ink", size=5)
    return [
        _areas("us-states.json", codes, colours, sets="state"),
        _hatching("us-hatch.json", codes, colours, is_seen=bool((upper > lower).any())),
        communities,
    ]


def _state_frames(view: View, colours: Palette, _is_narrow: bool) -> dict[str, Attributes]:
    context, years = _state_context(view), view.basis.years
    codes, names = (first_rows(context, years, name) for name in ("us_state", "state"))
    selected, edges = set(first_rows(CHARTS["map"].table(view), years, "us_state")), map_areas.edges_of(view.dataset)
    is_dimmed = np.array([code not in selected for code in codes], dtype=bool)
    lower, upper, dated = (by_year(context, years, name) for name in ("partnerships", "upper", "dated"))
    numbers = np.stack([lower, upper, dated], axis=2)
    hovers = build_hovers(numbers, names, view.t, lambda name, *cell: state_hover(view.t, name, *cell))
    spans = [years_of(items) for items in _us_cities(view.compute(pairings)).values()]
    frames: dict[str, Attributes] = {
        "0": {
            "z": map_areas.shades(lower, is_dimmed, edges).tolist(),
            **_edge_frames(lower, is_dimmed, colours),
            "text": hovers,
        },
        "2": {"marker.opacity": _opacities(spans, years)},
    }
    if (upper > lower).any():
        frames["1"] = {"z": map_areas.hatch_kinds(lower, upper, is_dimmed, edges).tolist()}
    return frames


# ---- links
def _link_traces(view: View, colours: Palette, is_narrow: bool) -> list[Trace]:
    return _links(view, colours, is_narrow)[0]


def _link_frames(view: View, colours: Palette, is_narrow: bool) -> dict[str, Attributes]:
    return _links(view, colours, is_narrow)[1]


def _links(view: View, colours: Palette, is_narrow: bool) -> tuple[list[Trace], dict[str, Attributes]]:
    """Every pairing with two located cities as a curve; what is not chosen stays, pale."""
    selection, years, has_choice = view.selection, view.basis.years, _has_choice(view)
    items = _located(view.compute(pairings))
    chosen = {item.id for item in items}
    everything = pairings(view.dataset, selection.unfiltered()) if selection.filters else []
    others = _located([item for item in everything if item.id not in chosen])
    traces: list[Trace] = [land(colours), _scope(items, view, colours)]
    frames: dict[str, Attributes] = {}
    for look, of in ((DIMMED, others), (CHOSEN if has_choice else PLAIN, items)):
        arcs, spans = _arcs(of, colours, look)
        frames |= _seen(spans, years, len(traces), look[2])
        traces += arcs
    ink, dot_ink = ("accent", "accent") if has_choice else ("ink", "count")
    size = 6 if has_choice else 5
    communities, us_spans = _us_points(items, view, colours, ink=ink, size=size)
    dot = {"size": size, "color": colours[dot_ink], "line": {"color": colours["card"], "width": 0.8}}
    cities, city_spans = _partner_points(items, view, dot)
    frames[str(len(traces))] = {"marker.opacity": _opacities(us_spans, years)}
    frames[str(len(traces) + 1)] = {"marker.opacity": _opacities(city_spans, years)}
    traces += [communities, cities]
    if has_choice and not is_narrow:
        names, name_spans = _city_names(view, colours)
        frames |= _seen(name_spans, years, len(traces))
        traces += names
    return traces, frames


def _located(items: Sequence[Pairing]) -> list[Pairing]:
    return [item for item in items if item.us_place and item.partner_place]


def _scope(items: Sequence[Pairing], view: View, colours: Palette) -> Trace:
    """The countries in scope: those chosen, or that the chosen links lead to, stand out."""
    selection, countries = view.selection, view.dataset.countries
    codes = list(countries["iso3"])
    inside = set(apply_filters(countries, selection.filters, COUNTRIES)["iso3"])
    linked = {item.country_iso3 for item in items} | {selection.country}
    has_choice = bool(selection.country or selection.state)
    picked = {code for code in codes if has_choice and code in linked}
    kinds = [2 if code in picked else int(has_choice or code not in inside) for code in codes]
    fills = [colours[name] for name in ("count-soft", "zero-fill", "accent-soft")]
    edges = [colours[name] for name in ("zero-edge", "line-2", "accent")]
    marker = {"line": {"color": [edges[kind] for kind in kinds], "width": 0.7}}
    names = list(countries["name"])
    hover = {"text": names, "hoverinfo": "text", "customdata": codes, "meta": _setting("country")}
    return map_areas.choropleth("world.json", codes, fills, z=kinds, marker=marker, **hover)


def _arcs(
    items: Sequence[Pairing], colours: Palette, look: tuple[str, float, float]
) -> tuple[list[Trace], list[Years]]:
    """Curved links, one trace for all that are counted over the same years and are equally sure, and those years.
    Dashed: the start year is not recorded. Pairings with a city that is not located are left out."""
    ink, width, opacity = look
    groups, traces = _arc_groups(items), []
    for _, is_dated, ends in groups:
        lons, lats = curves(ends)
        line = {"color": colours[ink], "width": width, "dash": "solid" if is_dated else "4px,3px"}
        traces.append(
            {"type": "scattergeo", "mode": "lines", "lon": lons, "lat": lats, "hoverinfo": "skip", "line": line}
            | {"opacity": opacity}
        )
    return traces, [years for years, _, _ in groups]


def _arc_groups(items: Sequence[Pairing]) -> list[tuple[Years, bool, list[tuple[Place, Place]]]]:
    """The ends of pairings that are counted over the same years and are equally sure, by the first year, those that
    have ended before those that go on."""
    groups: dict[tuple[int, int | None, bool], list[tuple[Place, Place]]] = {}
    for item in items:
        if item.us_place is not None and item.partner_place is not None:
            key = (item.first, item.ended, item.is_dated)
            groups.setdefault(key, []).append((item.us_place, item.partner_place))
    ordered = sorted(groups.items(), key=lambda one: (one[0][0], one[0][1] is None, one[0][1] or 0, one[0][2]))
    return [((first, ended), is_dated, ends) for (first, ended, is_dated), ends in ordered]


def curves(ends: Sequence[tuple[Place, Place]]) -> tuple[list[float | None], list[float | None]]:
    """Curves between places, bowed to the north, all in one line with gaps."""
    lons: list[float | None] = []
    lats: list[float | None] = []
    steps = np.linspace(0, 1, CURVE_POINTS)
    a, b, c = (1 - steps) ** 2, 2 * (1 - steps) * steps, steps**2
    for (x0, y0), (x1, y1) in ends:
        x, y = (x0 + x1) / 2, min(NORTHERNMOST, (y0 + y1) / 2 + BOW * abs(x1 - x0))
        lons += [*np.round(a * x0 + b * x + c * x1, 1).tolist(), None]
        lats += [*np.round(a * y0 + b * y + c * y1, 1).tolist(), None]
    return lons, lats


# ---- traces
def land(colours: Palette) -> Trace:
    """Everything out of scope, one flat shape."""
    line = {"color": colours["land-edge"], "width": 0.5}
    return map_areas.choropleth("world.json", ["LAND"], [colours["land"]] * 2, marker={"line": line})


def _setting(name: str) -> dict[str, str]:
    """The `meta` of a trace: a click on a point puts its customdata into the address under this name."""
    return {"set": name}


def _areas(file: str, ids: Sequence[str], colours: Palette, *, sets: str) -> Trace:
    """`sets`: what a click on an area chooses."""
    fills = [colours[name] for name in map_areas.SHADES]
    return map_areas.choropleth(file, ids, fills, hoverinfo="text", customdata=list(ids), meta=_setting(sets))


def _hatching(file: str, ids: Sequence[str], colours: Palette, *, is_seen: bool) -> Trace:
    """Stripes over areas where more may have begun than is recorded. Where that is so nowhere and never, a trace of
    nothing: its boundaries would be loaded and projected to be drawn in no colour."""
    if not is_seen:
        return {"type": "choropleth", "visible": False}
    fills = [CLEAR, *(colours[name] for name in ("hatch-weak", "hatch-strong", "hatch-dim"))]
    return map_areas.choropleth(file, ids, fills, marker={"line": {"width": 0}})


def _line_mark(colours: Palette) -> dict[str, Any]:
    return {"size": CIRCLE - 2, "symbol": "line-ne", "line": {"color": colours["hatch-weak"], "width": 1.1}}


def points(lons: Sequence[float], lats: Sequence[float], marker: Mapping[str, Any], **more: Any) -> Trace:
    """Points that say something only where their text is not blank."""
    trace = {"type": "scattergeo", "mode": "markers", "lon": list(lons), "lat": list(lats), "marker": dict(marker)}
    return {**trace, "hoverinfo": "text", **more}


def _us_points(
    items: Sequence[Pairing], view: View, colours: Palette, *, ink: str, size: float
) -> tuple[Trace, list[Years]]:
    """U.S. communities, which choose their state, and for each the years in which it is counted."""
    marker = {"size": size, "color": colours[ink], "line": {"color": colours["card"], "width": 0.8}}
    partner, pick = (lambda item: item.partner_community), (lambda item: item.us_state)
    return _city_points(_us_cities(items), marker, view, partner=partner, sets="state", pick=pick)


def _partner_points(items: Sequence[Pairing], view: View, marker: Mapping[str, Any]) -> tuple[Trace, list[Years]]:
    """Partner cities, which choose their country, and for each the years in which it is counted."""
    partner, pick = (lambda item: item.us_name), (lambda item: item.country_iso3)
    return _city_points(_partner_cities(items), marker, view, partner=partner, sets="country", pick=pick)


def _partner_cities(items: Sequence[Pairing]) -> dict[City, list[Pairing]]:
    return by_city((item.partner_community, item.partner_place, item) for item in items)


def _city_points(
    groups: Mapping[City, Sequence[Pairing]],
    marker: Mapping[str, Any],
    view: View,
    *,
    partner: Callable[[Pairing], str],
    sets: str,
    pick: Callable[[Pairing], str],
) -> tuple[Trace, list[Years]]:
    """`pick` gives the value that a click on a city chooses of `sets`."""
    texts = [city_hover(view.t, name, frozenset(map(partner, items))) for (name, _), items in groups.items()]
    lons, lats = [place[0] for _, place in groups], [place[1] for _, place in groups]
    picks = [pick(items[0]) for items in groups.values()]
    trace = points(lons, lats, marker, text=texts, customdata=picks, meta=_setting(sets))
    return trace, [years_of(items) for items in groups.values()]


def label_trace(placed: Placed, colours: Palette, canvas: Canvas) -> Trace:
    """A label with its leader line, as one trace, so that it comes and goes as one; a halo makes it read on any
    ground."""
    lon, lat = canvas.place(placed.x, placed.y)
    anchor_lon, anchor_lat = canvas.place(placed.label.x, placed.label.y)
    halo = ", ".join(f"{x}px {y}px 1px {colours['card']}" for x, y in HALO)
    return {
        "type": "scattergeo",
        "mode": "lines+text" if placed.has_leader else "text",
        "lon": [round(lon, 2), round(anchor_lon, 2)],
        "lat": [round(lat, 2), round(anchor_lat, 2)],
        "text": [placed.label.text, ""],
        "textposition": SIDES[placed.side],
        "textfont": {**font(colours, 12, ink="ink", weight=500), "shadow": halo},
        "line": {"color": colours["ink"], "width": 0.9},
        "hoverinfo": "skip",
    }


# ---- what moves of areas
def _edge_frames(lower: Counts, is_dimmed: Flags, colours: Palette) -> dict[str, ByPlace]:
    """Colour and width of the edges of areas."""
    kinds = np.where(lower > 0, 0, 1 + is_dimmed)
    return {
        "marker.line.color": build_by_place([colours[name] for name in ("card", "zero-edge", "line-2")], kinds),
        "marker.line.width": build_by_place((0.7, 0.9, 0.9), kinds),
    }
