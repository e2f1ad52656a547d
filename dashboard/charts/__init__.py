"""Tidy tables to figures, headlines and descriptions. `CHARTS` is the list of them; adding one is adding a line."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.charts import (
    barriers_words,
    countries,
    growth_words,
    map_words,
    others_words,
    regions_words,
    waves_words,
)
from dashboard.charts.chart import Chart, View

CHARTS: Mapping[str, Chart] = MappingProxyType(
    {
        module.CHART.id: module.CHART
        for module in (map_words, growth_words, barriers_words, countries, regions_words, waves_words, others_words)
    }
)

__all__ = ["CHARTS", "Chart", "View"]
