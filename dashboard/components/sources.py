"""Sources as links: one, and the list under one figure or under all of them."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.charts import CHARTS, View
from dashboard.charts.counted import GENERAL, how_counted
from dashboard.frames import OVERVIEW
from dashboard.metrics.sources import Source, sources
from dashboard.strings import Words

CREDITS = ("sci", "geonames", "natural_earth", "wikipedia", "other", "fonts")


def source_link(source: Source, label: str, words: Words) -> list[Component]:
    """A link to a source, or its name where it has no address, and of what kind it is."""
    kind = html.Small(words(f"panel.source_type_{source.kind}"))
    if not source.address:
        return [html.Span(label, title=source.title), kind]
    tip = words("panel.opens", title=source.title)
    return [html.A(label, href=source.address, title=tip, target="_blank", rel="noopener noreferrer"), kind]


def source_list(view: View, chart: str) -> list[Component]:
    """Every source of a chart for the selection, as links; "all" for all of the overview. Unknown names
    list nothing."""
    names = OVERVIEW.charts if chart == "all" else [chart] if chart in CHARTS else []
    charts = [CHARTS[name] for name in names]
    cited = sources(view.dataset, [source for each in charts for source in each.sources(view)])
    words = view.words
    if not cited:
        return [html.P(words("sources.none"), className="empty")]
    items = [html.Li(source_link(source, source.title, words)) for source in cited]
    return [html.P(words("sources.count", count=len(items)), className="subline"), html.Ol(items)]


def counted_list(charts: Sequence[str], words: Words) -> html.Section:
    """How each figure is counted: where the small sign beside a source line leads."""
    items: list[Component] = []
    for chart in [GENERAL, *charts]:
        items += [html.Dt(words(f"evidence.name.{chart}"), id=f"counted-{chart}"), html.Dd(how_counted(chart, words))]
    return _section(words("evidence.counted"), "card-counted", [html.Dl(items)])


def credits(words: Words) -> html.Section:
    """Whose work is used, and under which licence."""
    items = [html.Li(words(f"evidence.credit.{name}")) for name in CREDITS]
    return _section(words("evidence.credits"), "card-credits", [html.Ul(items)])


def _section(title: str, name: str, inside: Sequence[Component]) -> html.Section:
    head = html.Header(html.H2(title, id=f"headline-{name}"))
    return html.Section(
        [head, html.Div(inside, className="prose")],
        className="card",
        id=name,
        **{"aria-labelledby": f"headline-{name}"},
    )
