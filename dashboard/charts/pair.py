"""The map of one thing: a partnership, or all of a U.S. state, by the key of the page. It does not follow the year."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts import map_areas, map_base
from dashboard.charts.chart import Chart, Drawing, View, at_year, never_sample, still
from dashboard.charts.labels import Label, Obstacle, place_labels
from dashboard.charts.projection import Canvas
from dashboard.charts.screen import HALF
from dashboard.charts.template import SIZE_LABEL, colour
from dashboard.metrics.pairings import Place
from dashboard.metrics.registry import Entry, all_entries, entries
from dashboard.metrics.sources import split_ids
from dashboard.metrics.table import ByYear, Cell, SteppedTable, Table
from dashboard.selection import Selection

MOST_LABELS = 14
# on a phone there is room for the names of one pair
MOST_NARROW_LABELS = 2


def found(view: View) -> list[Entry]:
    """The partnership of the key, or those of the state it names that count; none for another key."""
    everything = all_entries(view.dataset)
    if view.key in everything:
        return [everything[view.key]]
    return _of_state(view) if view.key else []


def _of_state(view: View) -> list[Entry]:
    chosen = Selection(view.selection.basis, regions=view.selection.regions, state=view.key)
    return entries(view.dataset, chosen)


def table(view: View) -> ByYear:
    """us_community, partner_community, country, start_year, located; a row a named partnership."""
    of = [each for each in found(view) if each.is_identified]
    columns: dict[str, Sequence[Cell]] = {
        "us_community": [each.us_name for each in of],
        "partner_community": [each.partner_community for each in of],
        "country": [each.country for each in of],
        "start_year": [each.start_year for each in of],
        "located": ["yes" if each.us_place and each.partner_place else "no" for each in of],
    }
    years = view.basis.years
    return SteppedTable(years, [(years.start, Table(columns))])


def draw(_rows: ByYear, view: View) -> Drawing:
    """Both ends of each with their names, and a curve between them; dashed where no start year is recorded."""
    of = [each for each in found(view) if each.is_identified]
    codes = sorted({each.country_iso3 for each in of})
    area = map_areas.choropleth(
        "world.json",
        codes,
        [colour("accent-soft")],
        marker={"line": {"color": colour("accent"), "width": 0.8}},
    )
    traces = [map_areas.land(), _scope(view, codes), area, *_curves(of)]
    ends = _ends(of)
    dot = {"size": 7, "color": colour("card"), "line": {"color": colour("accent"), "width": 2}}
    traces.append(
        map_base.points(
            [lon for _, (lon, _) in ends], [lat for _, (_, lat) in ends], dot, hovertext=[n for n, _ in ends]
        )
    )
    canvas = Canvas(size=HALF.map)
    labels = [Label(name, *canvas.pixel(*place)) for name, place in ends]
    obstacles = [Obstacle(label.x, label.y, 4, 4.0) for label in labels]
    placed = place_labels(labels[:MOST_LABELS], obstacles, canvas=HALF.map, size=SIZE_LABEL)
    figure = map_base.figure([*traces, *(map_base.label(item, canvas) for item in placed)], map_base.geo())

    if len(ends) > MOST_NARROW_LABELS:
        figure["layout"]["meta"] = {"narrow": map_base.unseen_names(figure)}

    return Drawing(figure, still)


def _scope(view: View, without: Sequence[str]) -> map_base.Trace:
    codes = [code for code in view.dataset.countries["iso3"] if code not in without]
    line = {"color": colour("land-edge"), "width": 0.5}
    return map_areas.choropleth("world.json", codes, [colour("land")], marker={"line": line})


def _curves(of: Sequence[Entry]) -> list[map_base.Trace]:
    traces: list[map_base.Trace] = []
    for is_dated in (True, False):
        curves = [
            [*each.us_place, *each.partner_place]
            for each in of
            if each.us_place and each.partner_place and (each.start_year is not None) is is_dated
        ]
        if curves:
            traces.append(
                {
                    "type": "scattergeo",
                    "mode": "lines",
                    "lon": [],
                    "lat": [],
                    "meta": {"curves": curves},
                    "hoverinfo": "skip",
                    "line": {"color": colour("accent"), "width": 1.8, "dash": "solid" if is_dated else "4px,3px"},
                }
            )
    return traces


def _ends(of: Sequence[Entry]) -> list[tuple[str, Place]]:
    ends: dict[tuple[str, Place], None] = {}
    for each in of:
        if each.us_place:
            ends[each.us_community, each.us_place] = None
        if each.partner_place:
            ends[each.partner_community, each.partner_place] = None
    return list(ends)


def headline(rows: ByYear, view: View, _year: int) -> str:
    """How many of how many are drawn."""
    now = rows.at(rows.years[-1])
    drawn = sum(1 for each in now["located"] if each == "yes")
    if len(now) == 1:
        return view.words("pair.single" if drawn else "pair.single_unlocated")
    return view.words("pair.many", count=drawn, total=len(now))


def description(rows: ByYear, view: View, _year: int) -> str:
    """The pairs by name."""
    now = rows.at(rows.years[-1])
    pairs = [f"{us}–{abroad}" for us, abroad in zip(now["us_community"], now["partner_community"], strict=True)]
    return view.words("pair.description", names=view.words.listing(pairs))


def note(_rows: ByYear, view: View, _year: int) -> str:
    """Where the places come from, whose boundaries."""
    return view.words("pair.note")


def sources(view: View) -> Sequence[str]:
    """Those of the partnerships, of places and of boundaries."""
    about = view.dataset.about.sources
    ids = {each.id for each in found(view)}
    rows = view.dataset.partnerships[view.dataset.partnerships["id"].isin(ids)]
    cited = [source for joined in rows["source_ids"] for source in split_ids(joined)]
    return tuple(dict.fromkeys([*cited, *about.get("coordinates", ()), *about.get("boundaries", ())]))


def face(rows: ByYear, _view: View, year: int) -> str:
    """ "chart", or "empty" where no city is known."""
    return "chart" if "yes" in rows.at(year)["located"] else "empty"


CHART = Chart(
    id="pair",
    table=table,
    shown=at_year,
    columns=("us_community", "partner_community", "country", "start_year"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    face=face,
    draw=draw,
    is_sample=never_sample,
)
