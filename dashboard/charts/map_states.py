"""The map of U.S. states: classes, hatching, communities."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.charts import map_areas, map_base
from dashboard.charts.chart import Drawing, View, still
from dashboard.charts.track import Track
from dashboard.counting import by_year
from dashboard.metrics.pairings import pairings
from dashboard.metrics.partnerships import map_context
from dashboard.strings import Words

AREAS, HATCH, COMMUNITIES = range(3)


def draw(table: pd.DataFrame, view: View) -> Drawing:
    """`table` is `map_table` in the mode "states"."""
    years, everything = view.basis.years, view.compute(map_context)
    everything = everything[everything["us_state"] != ""]
    codes = everything["us_state"].head(len(everything) // len(years)).tolist()
    names = everything["state"].head(len(codes)).tolist()
    selected = set(table["us_state"])
    is_dimmed = np.array([code not in selected for code in codes], dtype=bool)
    classes = map_areas.edges_of(view.dataset)
    lower, upper, dated = (by_year(everything, years, name) for name in ("partnerships", "upper", "dated"))
    communities, spans = map_base.us_points(view.compute(pairings), view, ink="ink", size=5)
    traces = [
        map_areas.counted("us-states.json", codes, meta={"set": "state"}, customdata=codes),
        map_areas.hatched("us-hatch.json", codes, lower=lower, upper=upper),
        communities,
    ]

    hovers = _hovers(view.words, names, lower, upper, dated)
    tracks = {
        **map_areas.areas(AREAS, HATCH, lower=lower, upper=upper, is_dimmed=is_dimmed, edges=classes),
        f"data.{AREAS}.hovertext": Track(np.array(hovers, dtype=object)),
        f"data.{COMMUNITIES}.marker.opacity": Track(map_base.shown_in(spans, years)),
    }
    # the legend stands to the left
    geo = map_base.geo(
        scope="usa",
        domain={"x": [0.12, 1], "y": [0, 1]},
        projection={"type": "albers usa", "minscale": 0.7, "maxscale": 12},
    )
    del geo["lonaxis"], geo["lataxis"]
    return Drawing(map_base.figure(traces, geo), still, tracks, years)


def _hovers(
    words: Words, names: Sequence[str], lower: np.ndarray, upper: np.ndarray, dated: np.ndarray
) -> list[list[str]]:
    """The sentence of each state in each year."""
    years = zip(lower.tolist(), upper.tolist(), dated.tolist(), strict=True)
    return [[_hover(words, *cell) for cell in zip(names, *year, strict=True)] for year in years]


@lru_cache(maxsize=20_000)
def _hover(words: Words, state: str, lower: int, upper: int, dated: int) -> str:
    if upper == 0:
        return words("map.hover.none_in_state", state=state)
    number = (
        words("map.hover.exact", count=lower) if upper == lower else words("map.hover.range", lower=lower, upper=upper)
    )
    return words("map.hover.state", state=state, number=number, dated=dated)
