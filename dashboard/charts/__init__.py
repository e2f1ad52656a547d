"""Tidy tables to figures, headlines and descriptions. `CHARTS` is the list of them; adding one is adding a line."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.charts import barriers_words, countries, growth_words, map_words
from dashboard.charts.chart import Chart, View

CHARTS: Mapping[str, Chart] = MappingProxyType(
    {chart.id: chart for chart in (map_words.CHART, growth_words.CHART, barriers_words.CHART, countries.CHART)}
)

__all__ = ["CHARTS", "Chart", "View"]
