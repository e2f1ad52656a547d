"""Tidy tables to figures, headlines and descriptions. `CHARTS` is the list of them; adding one is adding a line."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.charts.barriers.text import CHART as BARRIERS
from dashboard.charts.base import Chart, View
from dashboard.charts.countries.text import CHART as COUNTRIES
from dashboard.charts.evidence import CONFLICTS, COVERAGE, RESTING
from dashboard.charts.growth.text import CHART as GROWTH
from dashboard.charts.map.text import CHART as MAP
from dashboard.charts.openings.text import CHART as OPENINGS
from dashboard.charts.others.text import CHART as OTHERS
from dashboard.charts.pace.text import CHART as PACE
from dashboard.charts.pair.text import CHART as PAIR
from dashboard.charts.regions.text import CHART as REGIONS
from dashboard.charts.waves.text import CHART as WAVES

CHARTS: Mapping[str, Chart] = MappingProxyType(
    {
        chart.id: chart
        for chart in (
            MAP,
            GROWTH,
            BARRIERS,
            COUNTRIES,
            REGIONS,
            WAVES,
            OTHERS,
            OPENINGS,
            PACE,
            PAIR,
            COVERAGE,
            CONFLICTS,
            RESTING,
        )
    }
)

__all__ = ["CHARTS", "Chart", "View"]
