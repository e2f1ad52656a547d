"""The map of U.S. states: classes, hatching, communities."""

from __future__ import annotations

from functools import lru_cache

from dashboard.charts import map_base
from dashboard.charts.chart import Drawing, Moving, View
from dashboard.charts.map_base import hatch_kind, outline, shades
from dashboard.metrics.pairings import pairings
from dashboard.metrics.table import WithContext
from dashboard.strings import Words

AREAS, HATCH, COMMUNITIES = range(3)


def draw(table: WithContext, view: View) -> Drawing:
    """`table` is `map_tables` in the mode "states"."""
    everything = table.context
    drawn = [at for at, code in enumerate(everything.keys["us_state"]) if code]
    everything = everything.pick(drawn)
    codes = [str(code) for code in everything.keys["us_state"]]
    selected = set(table.selected.keys["us_state"])
    is_dimmed = [code not in selected for code in codes]
    classes = map_base.edges_of(view.dataset)
    communities, spans = map_base.us_points(pairings(view.dataset, view.selection), view, ink="ink", size=5)
    traces = [
        map_base.counted("us-states.json", codes, meta={"set": "state"}, customdata=codes),
        map_base.hatched("us-hatch.json", codes),
        communities,
    ]

    def moving(year: int) -> Moving:
        now = everything.at(year)
        lower, upper = now["partnerships"], now["upper"]
        edges = [outline(number, dimmed) for number, dimmed in zip(lower, is_dimmed, strict=True)]
        return {
            f"data.{AREAS}.z": shades(lower, is_dimmed, classes),
            f"data.{AREAS}.hovertext": [
                _hover(view.words, *cell) for cell in zip(now["state"], lower, upper, now["dated"], strict=True)
            ],
            f"data.{AREAS}.marker.line.color": [edge[0] for edge in edges],
            f"data.{AREAS}.marker.line.width": [edge[1] for edge in edges],
            f"data.{HATCH}.z": [hatch_kind(*each, classes) for each in zip(lower, upper, is_dimmed, strict=True)],
            f"data.{COMMUNITIES}.marker.opacity": map_base.shown_in(spans, year),
        }

    # the legend stands to the left
    geo = map_base.geo(
        scope="usa",
        domain={"x": [0.12, 1], "y": [0, 1]},
        projection={"type": "albers usa", "minscale": 0.7, "maxscale": 12},
    )
    del geo["lonaxis"], geo["lataxis"]
    return Drawing(map_base.figure(traces, geo), moving)


@lru_cache(maxsize=20_000)
def _hover(words: Words, state: str, lower: int, upper: int, dated: int) -> str:
    if upper == 0:
        return words("map.hover.none_in_state", state=state)
    number = (
        words("map.hover.exact", count=lower) if upper == lower else words("map.hover.range", lower=lower, upper=upper)
    )
    return words("map.hover.state", state=state, number=number, dated=dated)
