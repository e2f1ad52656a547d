"""The map of countries in scope without a partnership, and its words. It does not follow the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import pi

import pandas as pd

from dashboard.charts import map_areas, map_base
from dashboard.charts.chart import Chart, Drawing, View, every_row, never_changing, never_sample, still
from dashboard.charts.labels import Label, Obstacle, place_labels
from dashboard.charts.map_countries import CIRCLE, NARROW, small_circles
from dashboard.charts.projection import EARTH_KM, Canvas
from dashboard.charts.screen import STAGE
from dashboard.charts.template import SIZE_LABEL, colour
from dashboard.dataset.records import records
from dashboard.filters import COMPARED, obeyed
from dashboard.metrics.cities import largest_cities
from dashboard.metrics.openings import compared_countries, openings_table
from dashboard.metrics.sources import ids_under

OPEN, PARTNER, OUTSIDE = range(3)
# from Guyana to Indonesia, Albania to Mozambique: nothing is open in what the overview shows more
CANVAS = Canvas(lon_range=(-66.0, 147.0), lat_range=(-27.0, 53.0), size=(834.0, 372.0))
# the names of those with the largest cities; all are in the list beside the map
MOST_LABELS, MOST_STAGE_LABELS = 18, 8
# how much wider than a circle of its area a country is taken to be where its name stands
NAME_ROOM = 1.35
COLOURS = ("accent-soft", "c2", "d1")
EDGES = ("accent", "card", "card")


def table(view: View) -> pd.DataFrame:
    """`openings_table` of the last year of the basis."""
    return openings_table(view.dataset, view.selection.without_year())


def draw(rows: pd.DataFrame, view: View) -> Drawing:
    """Openings outlined in the accent, partner countries in teal, those outside the chosen regions pale."""
    open_codes = set(rows["country_iso3"])
    countries = records(view.dataset.countries)
    codes = [row["iso3"] for row in countries]
    names = {row["iso3"]: row["name"] for row in countries}
    inside = set(compared_countries(view.dataset, view.selection.filters)["iso3"])
    kinds = [OPEN if code in open_codes else PARTNER if code in inside else OUTSIDE for code in codes]
    points = view.dataset.tables["map_points"].set_index("country_iso3")
    small = [at for at, code in enumerate(codes) if points.at[code, "is_small"] == "yes"]
    hover = [
        view.words(f"openings.hover.{('open', 'partner', 'outside')[kind]}", country=names[code])
        for code, kind in zip(codes, kinds, strict=True)
    ]
    area = map_areas.choropleth(
        "world.json",
        codes,
        [colour(name) for name in COLOURS],
        z=kinds,
        marker={
            "line": {
                "color": [colour(EDGES[kind]) for kind in kinds],
                "width": [1.1 if kind == OPEN else 0.7 for kind in kinds],
            }
        },
        hoverinfo="text",
        hovertext=hover,
    )
    is_stage = view.screen == STAGE
    canvas = Canvas(size=STAGE.map) if is_stage else CANVAS
    lons, lats = small_circles(view.dataset, tuple(codes[at] for at in small), canvas)
    circle = {
        "size": CIRCLE,
        "color": [colour(COLOURS[kinds[at]]) for at in small],
        "line": {"width": 1.3, "color": [colour("accent" if kinds[at] == OPEN else "zero-edge") for at in small]},
    }
    circles = map_base.points(lons, lats, circle, hovertext=[hover[at] for at in small])
    cities = largest_cities(view.dataset)
    named = sorted(rows["country_iso3"], key=lambda code: -sum(city.population for city in cities.get(code, ())[:1]))
    named = named[: MOST_STAGE_LABELS if is_stage else MOST_LABELS]
    labels = _labels(view, [(code, names[code]) for code in named], codes, canvas)
    figure = map_base.figure(
        [map_areas.land(), area, circles, *labels],
        map_base.geo(lonaxis={"range": list(canvas.lon_range)}, lataxis={"range": list(canvas.lat_range)}),
    )
    figure["layout"]["meta"] = {
        "narrow": NARROW | {"layout.geo.lataxis.range": [-27, 48], **map_base.unseen_names(figure)}
    }

    return Drawing(figure, still)


def _labels(view: View, named: Sequence[tuple[str, str]], codes: Sequence[str], canvas: Canvas) -> list[map_base.Trace]:
    """Names on the countries that are large enough, else off all that are in scope."""
    pixels_a_km = canvas.pixels_a_radius / EARTH_KM
    spots = {
        row["country_iso3"]: (*canvas.pixel(row["lon"], row["lat"]), (row["area_km2"] / pi) ** 0.5 * pixels_a_km)
        for row in records(view.dataset.tables["map_points"])
    }
    labels = [Label(name, x, y, room=2 * radius * NAME_ROOM) for code, name in named for x, y, radius in (spots[code],)]
    obstacles = [Obstacle(x, y, max(radius, CIRCLE / 2)) for x, y, radius in map(spots.__getitem__, codes)]
    placed = place_labels(labels, obstacles, canvas=canvas.size, size=SIZE_LABEL)
    return [map_base.label(item, canvas) for item in placed]


def headline(rows: pd.DataFrame, view: View, _year: int) -> str:
    """How many countries, and in how many research has found something."""
    words = view.words
    if rows.empty:
        return words("openings.headline_none")
    known = int((rows["documented"] > 0).sum())
    where = words.listing(view.selection.regions)
    text = words("openings.headline_in" if where else "openings.headline", count=len(rows), where=where)
    return text + (words("openings.headline_known", count=known) if known else "")


def description(rows: pd.DataFrame, view: View, _year: int) -> str:
    """The countries by name."""
    names = view.words.listing(rows["country"].tolist())
    return view.words("openings.description", count=len(rows), names=names)


def note(_rows: pd.DataFrame, view: View, _year: int) -> str:
    """Who is meant, and whose boundaries."""
    return view.words("openings.note")


def sources(view: View) -> Sequence[str]:
    """Those of scope, cities and boundaries, then those of the partnerships that count elsewhere."""
    cited, filters = view.dataset.about.sources, obeyed(view.selection.filters, COMPARED)
    known = [*cited.get("scope", ()), *cited.get("coordinates", ()), *cited.get("boundaries", ())]
    return tuple(dict.fromkeys([*known, *ids_under(view.basis, replace(view.selection, filters=filters))]))


def display_state(rows: pd.DataFrame, _view: View, _year: int) -> str:
    """ "chart", or "empty" where every country has a partnership."""
    return "chart" if len(rows) else "empty"


CHART = Chart(
    id="openings",
    counts=COMPARED,
    table=table,
    shown=every_row,
    moment=never_changing,
    columns=("country", "region", "is_pew", "is_oic", "documented", "cities"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    display_state=display_state,
    draw=draw,
    is_sample=never_sample,
)
