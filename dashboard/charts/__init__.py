"""Tidy tables to figures, headlines and descriptions. `CHARTS` is the list of them; adding one is adding a line."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.charts import (
    barriers_words,
    countries,
    evidence,
    growth_words,
    map_words,
    openings,
    others_words,
    pace,
    pair,
    regions_words,
    waves_words,
)
from dashboard.charts.chart import Chart, View

CHARTS: Mapping[str, Chart] = MappingProxyType(
    {
        chart.id: chart
        for chart in (
            map_words.CHART,
            growth_words.CHART,
            barriers_words.CHART,
            countries.CHART,
            regions_words.CHART,
            waves_words.CHART,
            others_words.CHART,
            openings.CHART,
            pace.CHART,
            pair.CHART,
            evidence.COVERAGE,
            evidence.CONFLICTS,
            evidence.RESTING,
        )
    }
)

__all__ = ["CHARTS", "Chart", "View"]
