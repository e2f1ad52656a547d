"""The map of links: every pairing with two located cities as a curve."""

from __future__ import annotations

from dashboard.charts import map_base
from dashboard.charts.chart import Drawing, Moving, View
from dashboard.charts.template import colour
from dashboard.metrics.pairings import pairings
from dashboard.metrics.table import WithContext

LINK_OPACITY = 0.55
FIRST_ARC = 2


def draw(table: WithContext, view: View) -> Drawing:
    """`table` is `map_tables` in the mode "links"."""
    items = [item for item in pairings(view.dataset, view.selection) if item.us_place and item.partner_place]
    arcs, spans = map_base.arcs(items, ink="count", width=1.2, opacity=LINK_OPACITY)
    communities, us_spans = map_base.us_points(items, view, ink="ink", size=5)
    dot = {"size": 5, "color": colour("count"), "line": {"color": colour("card"), "width": 0.8}}
    cities, city_spans = map_base.partner_points(items, view, marker=dot)
    codes = list(view.dataset.countries["iso3"])
    line = {"color": colour("zero-edge"), "width": 0.7}
    scope = map_base.choropleth(
        "world.json",
        codes,
        [colour("count-soft")],
        marker={"line": line},
        meta={"set": "country"},
        customdata=codes,
        hoverinfo="text",
        hovertext=list(view.dataset.countries["name"]),
    )
    traces = [map_base.land(), scope, *arcs, communities, cities]
    after = FIRST_ARC + len(arcs)

    def moving(year: int) -> Moving:
        shown = map_base.shown_in(spans, year)
        return {
            **{f"data.{FIRST_ARC + at}.opacity": LINK_OPACITY * is_shown for at, is_shown in enumerate(shown)},
            f"data.{after}.marker.opacity": map_base.shown_in(us_spans, year),
            f"data.{after + 1}.marker.opacity": map_base.shown_in(city_spans, year),
        }

    return Drawing(map_base.figure(traces, map_base.geo()), moving)
