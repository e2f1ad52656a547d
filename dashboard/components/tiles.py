"""The strip of key figures."""

from __future__ import annotations

from dash import html

from dashboard.charts.tiles import RECENT, SINCE
from dashboard.components.bind import attributes, show, text
from dashboard.strings import Words

IDS = {
    "partnerships": "kpi-partnerships",
    "countries": "kpi-countries",
    "us_communities": "kpi-us-communities",
    "new": "kpi-new",
}


def strip(words: Words) -> html.Section:
    """Four numbers with their trend, and how far the research is."""
    return html.Section(
        [*(_tile(name) for name in IDS), _progress(words)],
        className="tiles",
        **{"aria-label": words("tiles.heading")},
    )


def _tile(name: str) -> html.Div:
    path = f"tiles.{name}"
    number = html.Div(
        [html.Span(**text(f"{path}.number")), html.Small(**text(f"{path}.range"))],
        id=IDS[name],
        className="number",
        **attributes(data_value=f"{path}.value"),
    )
    what = html.Div([html.Span(**text(f"{path}.label")), " ", html.Em(**text(f"{path}.detail"))], className="what")
    trends = [html.Div(**{"data-spark": path})]
    if name == "new":
        trends = [
            html.Div(**{"data-spark": path}, **show(f"{path}.trend", SINCE)),
            html.Div(**{"data-spark": "tiles.recent"}, **show(f"{path}.trend", RECENT)),
        ]
    return html.Div([number, *trends, what], className="tile")


def _progress(words: Words) -> html.Div:
    path = "tiles.progress"
    line = html.Div(
        [
            html.B(id="kpi-identified", **text(f"{path}.title"), **attributes(data_value=f"{path}.identified")),
            html.Span(className="todo", **text(f"{path}.open"), **show(f"{path}.open")),
        ],
        className="line",
    )
    values = {"dated": {"id": "kpi-dated", **attributes(data_value=f"{path}.dated")}}
    keys = [
        html.Span([html.I(className=f"u-{mark}"), html.Span(**text(f"{path}.key_{name}"))], **values.get(name, {}))
        for mark, name in (("d", "dated"), ("n", "named"), ("o", "unknown"))
    ]
    return html.Div(
        [
            line,
            html.Div(className="units", **{"data-marks": f"{path}.marks", "aria-hidden": "true"}),
            html.Div(keys, className="key"),
        ],
        className="tile progress",
        role="group",
        **{"aria-label": words("tiles.progress.label")},
    )
