"""The figures that Plotly draws, by chart. Adding one is adding a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard.charts import View
from dashboard.charts.barriers.figure import build_barriers, build_others
from dashboard.charts.frames import DrawnFigure
from dashboard.charts.growth.figure import build_growth
from dashboard.charts.look import Look
from dashboard.charts.map.figure import build_map
from dashboard.charts.openings.figure import build_openings
from dashboard.charts.pace.figure import build_pace
from dashboard.charts.pair.figure import build_pair
from dashboard.charts.regions.figure import build_regions
from dashboard.charts.waves.figure import build_waves, build_waves_on_paper

__all__ = ["FIGURES", "PAPER", "DrawnFigure"]

# after the name of a chart: what is drawn in its place on paper, where its own figure is too wide for a sheet
PAPER = "-paper"

FIGURES: Mapping[str, Callable[[View, Look], DrawnFigure]] = MappingProxyType(
    {
        "map": build_map,
        "growth": build_growth,
        "barriers": build_barriers,
        "regions": build_regions,
        "others": build_others,
        "waves": build_waves,
        f"waves{PAPER}": build_waves_on_paper,
        "openings": build_openings,
        "pace": build_pace,
        "pair": build_pair,
    }
)
