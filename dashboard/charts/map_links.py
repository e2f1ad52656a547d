"""The map of links: every pairing with two located cities as a curve; what is not chosen stays, pale."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts import map_areas, map_base
from dashboard.charts.chart import Drawing, View, still
from dashboard.charts.map_countries import city_names
from dashboard.charts.template import colour
from dashboard.charts.track import Track
from dashboard.filters import COUNTRIES, apply_filters
from dashboard.metrics.pairings import Pairing, Years, pairings

# how strong a link is: one among all, one that was chosen, one that was not
PLAIN, CHOSEN, DIMMED = ("count", 1.2, 0.55), ("accent", 1.8, 1.0), ("d4", 1.0, 0.5)
FIRST_ARC = 2
# kinds of countries: in scope, outside the filter, chosen
FILLS, EDGES = ("count-soft", "zero-fill", "accent-soft"), ("zero-edge", "line-2", "accent")
IN_SCOPE, OUTSIDE, PICKED = range(3)


def draw(_table: pd.DataFrame, view: View) -> Drawing:
    """Of `map_table` in the mode "links"."""
    selection = view.selection
    has_choice = selection.country is not None or selection.state is not None
    items = _located(view.compute(pairings))
    chosen = {item.id for item in items}
    everything = pairings(view.dataset, selection.unfiltered()) if selection.filters else []
    others = _located([item for item in everything if item.id not in chosen])

    looks = [(DIMMED, others), (CHOSEN if has_choice else PLAIN, items)]
    links, spans, strengths = [], list[Years](), []
    for (ink, width, opacity), of in looks:
        traces, counted = map_base.arcs(of, ink=ink, width=width, opacity=opacity)
        links += traces
        spans += counted
        strengths += [opacity] * len(traces)
    ink, dot_ink = ("accent", "accent") if has_choice else ("ink", "count")
    communities, us_spans = map_base.us_points(items, view, ink=ink, size=6 if has_choice else 5)
    dot = {"size": 6 if has_choice else 5, "color": colour(dot_ink), "line": {"color": colour("card"), "width": 0.8}}
    cities, city_spans = map_base.partner_points(items, view, marker=dot)
    names, name_spans = city_names(items, view) if has_choice else ([], [])
    figure = map_base.figure(
        [map_areas.land(), _scope(items, view), *links, communities, cities, *names], map_base.geo()
    )
    if names:
        figure["layout"]["meta"] = {"narrow": map_base.unseen_names(figure)}
    after = FIRST_ARC + len(links)

    years = view.basis.years
    shown, named = map_base.shown_in(spans, years), map_base.shown_in(name_spans, years)
    tracks = {
        **{
            f"data.{FIRST_ARC + at}.opacity": Track(strength * column)
            for at, (column, strength) in enumerate(zip(shown.T, strengths, strict=True))
        },
        f"data.{after}.marker.opacity": Track(map_base.shown_in(us_spans, years)),
        f"data.{after + 1}.marker.opacity": Track(map_base.shown_in(city_spans, years)),
        **{f"data.{after + 2 + at}.opacity": Track(column) for at, column in enumerate(named.T)},
    }
    return Drawing(figure, still, tracks, years)


def _scope(items: Sequence[Pairing], view: View) -> map_base.Trace:
    """The countries in scope: those chosen, or that the chosen links lead to, stand out."""
    selection, countries = view.selection, view.dataset.countries
    codes = list(countries["iso3"])
    inside = set(apply_filters(countries, selection.filters, COUNTRIES)["iso3"])
    linked = {item.country_iso3 for item in items} | {selection.country}

    def kind(code: str) -> int:
        if selection.country is not None or selection.state is not None:
            return PICKED if code in linked else OUTSIDE
        return IN_SCOPE if code in inside else OUTSIDE

    kinds = [kind(code) for code in codes]
    return map_areas.choropleth(
        "world.json",
        codes,
        [colour(fill) for fill in FILLS],
        z=kinds,
        marker={"line": {"color": [colour(EDGES[each]) for each in kinds], "width": 0.7}},
        meta={"set": "country"},
        customdata=codes,
        hoverinfo="text",
        hovertext=list(countries["name"]),
    )


def _located(items: Sequence[Pairing]) -> list[Pairing]:
    return [item for item in items if item.us_place and item.partner_place]
