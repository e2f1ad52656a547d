"""Sources as links: one, and the list under one figure or under all of them."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.charts import CHARTS, View
from dashboard.metrics.sources import Source, sources
from dashboard.strings import Words


def source_link(source: Source, label: str, words: Words) -> list[Component]:
    """A link to a source, or its name where it has no address, and of what kind it is."""
    kind = html.Small(words(f"panel.source_type_{source.kind}"))
    if not source.address:
        return [html.Span(label, title=source.title), kind]
    tip = words("panel.opens", title=source.title)
    return [html.A(label, href=source.address, title=tip, target="_blank", rel="noopener noreferrer"), kind]


def source_list(view: View, chart: str) -> list[Component]:
    """Every source of a chart for the selection, as links; "all" for all charts. Unknown names list nothing."""
    charts = [CHARTS[chart]] if chart in CHARTS else list(CHARTS.values()) if chart == "all" else []
    cited = sources(view.dataset, [source for each in charts for source in each.sources(view)])
    words = view.words
    if not cited:
        return [html.P(words("sources.none"), className="empty")]
    items = [html.Li(source_link(source, source.title, words)) for source in cited]
    return [html.P(words("sources.count", count=len(items)), className="subline"), html.Ol(items)]
