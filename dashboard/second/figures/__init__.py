"""The figures that Plotly draws, by chart. Adding one is adding a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard.charts import View
from dashboard.second.figures.barriers import build_barriers
from dashboard.second.figures.frames import DrawnFigure
from dashboard.second.figures.growth import build_growth
from dashboard.second.figures.map import build_map
from dashboard.second.figures.pair import build_pair
from dashboard.second.look import Look

__all__ = ["FIGURES", "DrawnFigure"]

FIGURES: Mapping[str, Callable[[View, Look], DrawnFigure]] = MappingProxyType(
    {"map": build_map, "growth": build_growth, "barriers": build_barriers, "pair": build_pair}
)
