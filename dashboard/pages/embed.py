"""One card alone, for a frame on another site: /embed/<chart>. Which sites may is a setting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dash import Dash, html, register_page
from dash.development.base_component import Component

from dashboard.charts import CHARTS
from dashboard.charts.figures import FIGURES
from dashboard.components.cards import countries_card, graph_card, panel_markup
from dashboard.components.frame import notices, page_frame, translation
from dashboard.components.raw_html import RawHtml
from dashboard.components.tables import TABLES, chart_table, table_card, table_id
from dashboard.page_request import PageRequest, answer, read_address, read_choice
from dashboard.pages.shared import add_choice_callback, add_clicks, in_words
from dashboard.payload import Contents

PATH = "/embed/"
PAGE = "embed-"
# a list, and the panel of the country that was chosen in its place
COUNTRIES, PANEL = "countries", "panel"


def register(app: Dash) -> None:
    """Registers a page for every chart that can be seen, and its callback with an app."""
    for chart in CHARTS:
        if chart in FIGURES or chart in (COUNTRIES, *TABLES):
            _register_chart(app, chart)


def _register_chart(app: Dash, chart: str) -> None:
    page, contents = PAGE + chart, Contents(charts=(chart,))
    register_page(
        f"{__name__}.{chart}",
        path=PATH + chart,
        id=page,
        title=in_words(f"page.{page}.title"),
        description=in_words("app.description"),
        layout=_layout_of(chart, contents),
        is_bare=True,
        contents=contents,
    )

    def select(choice: object) -> dict[str, Any]:
        request = read_choice(choice, contents)
        return answer(request, {part: render_part(request) for part, render_part in parts_of(chart).items()})

    add_choice_callback(app, page, contents, select, parts=list(parts_of(chart)))
    for graph in contents.graphs:
        add_clicks(app, graph, page)


def _layout_of(chart: str, contents: Contents) -> Callable[..., html.Div]:
    def layout(**query: str | list[str]) -> html.Div:
        """The card, what it shows in words, and the way to the dashboard."""
        request = read_address(query, contents)
        foot = RawHtml(
            request.page.render("embed_foot", **translation(request.context, request.selection)),
            tag="footer",
            className="embed-foot",
        )
        title = request.context.t(f"page.{PAGE}{chart}.title")
        children = [notices(request), embedded_card(chart, request), foot]
        return page_frame(PAGE + chart, request, children, title=title, is_bare=True)

    return layout


def embedded_card(chart: str, request: PageRequest) -> Component:
    """The card of any chart."""
    if chart in TABLES:
        return table_card(chart, request)
    if chart == COUNTRIES:
        return countries_card(request.page, request.context, request.selection)
    return graph_card(chart, request)


def parts_of(chart: str) -> Mapping[str, Callable[[PageRequest], str]]:
    """What of a card the server renders anew for a choice, by id."""
    if chart in TABLES:
        return {table_id(chart): lambda request: chart_table(chart, request)}
    if chart == COUNTRIES:
        return {PANEL: lambda request: panel_markup(request.context, request.selection)}
    return {}
