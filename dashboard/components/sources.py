"""The list of sources under one figure, or under all of them."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.charts import CHARTS, View
from dashboard.strings import Words


def source_list(view: View, chart: str) -> list[Component]:
    """Every source of a chart for the selection, as links; "all" for all charts. Unknown names list nothing."""
    charts = [CHARTS[chart]] if chart in CHARTS else list(CHARTS.values()) if chart == "all" else []
    ids = dict.fromkeys(source for each in charts for source in each.sources(view))
    table = view.dataset.sources.set_index("id")
    words = view.words
    if not ids:
        return [html.P(words("sources.none"), className="empty")]
    items = [_item(table.loc[source], words) for source in ids if source in table.index]
    return [html.P(words("sources.count", count=len(items)), className="subline"), html.Ol(items)]


def _item(row: object, words: Words) -> html.Li:
    title, address, kind = str(row["title"]), str(row["url"]), str(row["kind"])  # type: ignore[index]
    link: Component = html.A(title, href=address, target="_blank", rel="noopener noreferrer") if address else html.Span(title)
    return html.Li([link, html.Small(words(f"panel.source_type_{kind}"))])
