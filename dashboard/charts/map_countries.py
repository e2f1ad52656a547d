"""The map of partner countries: classes, hatching, circles for small countries, labels, links of a choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import hypot, pi
from typing import Any

import numpy as np
import pandas as pd

from dashboard.charts import map_areas, map_base
from dashboard.charts.chart import Drawing, View, still
from dashboard.charts.labels import Ground, Label, Obstacle, apart, place_labels
from dashboard.charts.map_areas import SHADES
from dashboard.charts.projection import Canvas
from dashboard.charts.ranking import top_contributors
from dashboard.charts.said import Said, said
from dashboard.charts.screen import DESK, Screen
from dashboard.charts.template import SIZE_LABEL, colour
from dashboard.charts.track import Track
from dashboard.counting import by_year
from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records
from dashboard.metrics.pairings import Pairing, Years, pairings, years_of
from dashboard.metrics.partnerships import map_context
from dashboard.strings import Words

AREAS, HATCH, CIRCLES, MARKS, COMMUNITIES, FIRST_MORE = range(1, 7)
# what moves of the areas, and circles repeat
FILLS, EDGES = f"data.{AREAS}.z", f"data.{AREAS}.marker.line.color"
CIRCLE = 8.5
# on a phone the United States have their own map; here they would leave no room for the others
NARROW = {"layout.geo.lonaxis.range": [-20, 146], "layout.geo.lataxis.range": [-12, 56]}
MOST_CITY_LABELS = 8
FARTHEST_NAME = 41.0
PIXELS_A_KM = 0.0276
COUNTED_WEIGHT, IN_SCOPE_WEIGHT, CITY_WEIGHT = 1.2, 0.5, 4.0
WIDEST_NUMBER = " 00–00"


def draw(table: pd.DataFrame, view: View) -> Drawing:
    """`table` is `map_table` in the mode "countries"."""
    years, everything = view.basis.years, view.compute(map_context)
    codes = everything["country_iso3"].head(len(everything) // len(years)).tolist()
    lower, upper = (by_year(everything, years, name) for name in ("partnerships", "upper"))
    selected = set(table["country_iso3"])
    small = [at for at, code in enumerate(codes) if code in small_countries(view.dataset)]
    small_codes = [codes[at] for at in small]
    items = view.compute(pairings)
    has_choice = view.selection.country is not None or view.selection.state is not None
    ink, size = ("accent", 7.0) if has_choice else ("ink-2", 4.6)
    communities, spans = map_base.us_points(items, view, ink=ink, size=size)
    lons, lats = small_circles(view.dataset, tuple(small_codes), Canvas(size=view.screen.map))
    pick = {"meta": {"set": "country"}}
    line_mark = {
        "size": CIRCLE - 2,
        "symbol": "line-ne",
        "line": {"color": colour("hatch-weak"), "width": 1.1},
    }
    traces = [
        map_areas.land(),
        map_areas.counted("world.json", codes, customdata=codes, **pick),
        map_areas.hatched("hatch.json", codes, lower=lower, upper=upper),
        map_base.points(lons, lats, {"size": CIRCLE, "line": {"width": 1.2}}, customdata=small_codes, **pick),
        map_base.points(lons, lats, line_mark, hoverinfo="skip"),
        communities,
    ]
    more, move_more = _choice(items, view) if has_choice else _country_labels(table, view)

    is_dimmed = np.array([code not in selected for code in codes], dtype=bool)
    edges = map_areas.edges_of(view.dataset)
    areas = map_areas.areas(AREAS, HATCH, lower=lower, upper=upper, is_dimmed=is_dimmed, edges=edges)
    circles = {
        f"data.{CIRCLES}.marker.color": Track(areas[FILLS].codes, [colour(name) for name in SHADES]),
        f"data.{CIRCLES}.marker.line.color": areas[EDGES],
        f"data.{MARKS}.marker.opacity": Track((upper > lower).astype(int)),
    }
    circles = {path: track.pick(small) for path, track in circles.items()}
    opacities = {f"data.{COMMUNITIES}.marker.opacity": Track(map_base.shown_in(spans, years))}
    figure = map_base.figure([*traces, *more], map_base.geo())
    # nor is there room for the names of a choice's cities, which its panel lists
    figure["layout"]["meta"] = {"narrow": map_base.unseen_names(figure) if has_choice else NARROW}
    of_areas = _hovers(everything, view)
    hovers = {f"data.{AREAS}.hovertext": of_areas, f"data.{CIRCLES}.hovertext": of_areas.pick(small)}
    return Drawing(figure, still, {**areas, **circles, **opacities, **move_more, **hovers}, years)


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


def _hovers(everything: pd.DataFrame, view: View) -> Said:
    """Country, count, how many dated, since when, of each country of a table."""
    words, state, years = view.words, view.state_name, view.basis.years

    def tell(country: str, flags: Sequence[bool], *, lower: int, upper: int, dated: int, first_year: int) -> str:
        is_none, is_exact, is_dated = flags
        if is_none and state:
            return words("map.hover.none_with_state", country=country, state=state)
        if is_none:
            return words("map.hover.none", country=country)
        exact = words("map.hover.exact", count=lower)
        number = exact if is_exact else words("map.hover.range", lower=lower, upper=upper)
        since = words("map.hover.dated", count=dated, first_year=first_year) if is_dated else words("map.hover.undated")
        return words("map.hover.country", country=country, number=number, since=since)

    lower, upper, dated, first_year = (
        by_year(everything, years, name) for name in ("partnerships", "upper", "dated", "first_year")
    )
    return said(
        words,
        everything["country"].head(lower.shape[1]).tolist(),
        {"lower": lower, "upper": upper, "dated": dated, "first_year": first_year},
        counts=("lower", "dated"),
        flags=(upper == 0, lower == upper, dated > 0),
        tell=tell,
    )


Parts = tuple[list[dict[str, Any]], dict[str, Track]]


def number_text(words: Words, lower: int, upper: int) -> str:
    """ "10", or "4–8" where it is not certain."""
    return words.number(lower) if lower == upper else f"{words.number(lower)}–{words.number(upper)}"


def _country_labels(table: pd.DataFrame, view: View) -> Parts:
    """Names and numbers of the countries that lead, in each year other ones."""
    years = view.basis.years
    lower, upper = (by_year(table, years, name) for name in ("partnerships", "upper"))
    names, codes = (table[name].head(lower.shape[1]).tolist() for name in ("country", "country_iso3"))
    named, most = top_contributors(lower, names), upper[-1].tolist()
    ever = sorted({at for chosen in named for at in chosen}, key=lambda at: (-most[at], names[at]))
    canvas, ground = Canvas(size=view.screen.map), _ground(view.dataset, view.basis, view.screen)
    pixels = _pixels(view.dataset, view.screen)
    placed = ground.place([Label(f"{names[at]}{WIDEST_NUMBER}", *pixels[codes[at]][:2]) for at in ever])
    positions = [names.index(item.label.text.removesuffix(WIDEST_NUMBER)) for item in placed]
    traces = [map_base.label(item, canvas) for item in placed]
    tracks: dict[str, Track] = {}
    for number, at in enumerate(positions, start=FIRST_MORE):
        # the name and number of a country stand at one end of the line to it, and nothing at the other
        spans = zip(lower[:, at].tolist(), upper[:, at].tolist(), strict=True)
        texts = [[f"{names[at]} {number_text(view.words, *span)}", ""] for span in spans]
        tracks[f"data.{number}.text"] = Track(np.array(texts, dtype=object))
        tracks[f"data.{number}.opacity"] = Track(np.array([int(at in chosen) for chosen in named]))
    return traces, tracks


@lru_cache(maxsize=16)
def _ground(dataset: Dataset, basis: Basis, screen: Screen) -> Ground:
    """Names of countries stand off the countries in scope, above all off those that are counted."""
    counted = set(basis.rows["country_iso3"])
    obstacles = [
        Obstacle(x, y, radius, COUNTED_WEIGHT if code in counted else IN_SCOPE_WEIGHT)
        for code, (x, y, radius) in _pixels(dataset, screen).items()
    ]
    return Ground(obstacles, screen.map, SIZE_LABEL)


@lru_cache(maxsize=16)
def _pixels(dataset: Dataset, screen: Screen) -> dict[str, tuple[float, float, float]]:
    """Where the point of each country is drawn, and the radius of a circle as large as the country."""
    canvas, a_km = Canvas(size=screen.map), PIXELS_A_KM * screen.map[0] / DESK.map[0]
    return {
        row["country_iso3"]: (*canvas.pixel(row["lon"], row["lat"]), (row["area_km2"] / pi) ** 0.5 * a_km)
        for row in records(dataset.tables["map_points"])
    }


def _choice(items: Sequence[Pairing], view: View) -> Parts:
    """Links, cities and their names for a chosen country or U.S. state."""
    traces, spans = map_base.arcs(items, ink="accent", width=1.8, opacity=1)
    dot = {"size": 7, "color": colour("card"), "line": {"color": colour("accent"), "width": 2}}
    cities, city_spans = map_base.partner_points(items, view, marker=dot)
    labels, label_spans = city_names(items, view)
    cities_at = FIRST_MORE + len(spans)

    links = map_base.shown_in(spans, view.basis.years)
    names = map_base.shown_in(label_spans, view.basis.years)
    return [*traces, cities, *labels], {
        **{f"data.{FIRST_MORE + at}.opacity": Track(column) for at, column in enumerate(links.T)},
        f"data.{cities_at}.marker.opacity": Track(map_base.shown_in(city_spans, view.basis.years)),
        **{f"data.{cities_at + 1 + at}.opacity": Track(column) for at, column in enumerate(names.T)},
    }


def city_names(items: Sequence[Pairing], view: View) -> tuple[list[dict[str, Any]], list[Years]]:
    """Labels of the cities at the ends of some pairings, and the years in which each is counted: of those with most
    pairings, and none that would cover another or stand far from its city."""
    canvas = Canvas(size=view.screen.map)
    ends = located_ends(items)
    labels = {Label(name, *canvas.pixel(*place)): years_of(of) for (name, place), of in ends.items()}
    obstacles = [Obstacle(label.x, label.y, 4, CITY_WEIGHT) for label in labels]
    placed = place_labels(list(labels)[:MOST_CITY_LABELS], obstacles, canvas=view.screen.map, size=SIZE_LABEL)
    near = [item for item in placed if hypot(item.x - item.label.x, item.y - item.label.y) <= FARTHEST_NAME]
    return [map_base.label(item, canvas) for item in near], [labels[item.label] for item in near]


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
