"""What everything rests on: how far the count is known, which sources disagree, how figures are counted, whose work
is used, and every source with what rests on it."""

from __future__ import annotations

from typing import Any

from dash import Dash, html, register_page
from markupsafe import Markup

from dashboard.charts import CHARTS
from dashboard.charts.counted import GENERAL, how_counted
from dashboard.components.filter_bar import filter_bar
from dashboard.components.frame import notices, page_frame, paper_line
from dashboard.components.raw_html import RawHtml
from dashboard.components.tables import chart_table, table_card, table_id
from dashboard.page_request import answer, read_address, read_choice
from dashboard.pages.shared import add_choice_callback, in_words
from dashboard.payload import Contents
from dashboard.strings import Catalog
from dashboard.templating import render

PAGE = "sources"
PATH = "/sources"
CONTENTS = Contents(charts=("coverage", "conflicts", "sources"))
# what filters change; the other two are the same whatever is chosen
TABLES = {table_id(name): name for name in ("coverage",)}
CREDITS = ("sci", "geonames", "natural_earth", "wikipedia", "other", "fonts")


def register(app: Dash) -> None:
    """Registers the page with Dash, and its callback with an app."""
    register_page(
        __name__,
        path=PATH,
        id=PAGE,
        title=in_words("page.sources.title"),
        description=in_words("app.description"),
        layout=layout,
    )
    add_choice_callback(app, PAGE, CONTENTS, select, parts=list(TABLES))


def layout(**query: str | list[str]) -> html.Div:
    """Three tables, and what is the same for every selection."""
    request = read_address(query, CONTENTS)
    cards = [
        table_card("coverage", request),
        table_card("conflicts", request),
        RawHtml(render_counted(request.context.t), className="contents"),
        table_card("sources", request),
    ]
    children = [
        filter_bar(request),
        notices(request),
        paper_line(request),
        html.Div(cards, id="figures", className="stack", tabIndex="-1", **{"data-waits": ""}),
    ]
    return page_frame(PAGE, request, children, title=request.context.t("page.sources.title"))


def select(choice: object) -> dict[str, Any]:
    """The texts and tables of a choice."""
    request = read_choice(choice, CONTENTS)
    return answer(request, {part: chart_table(name, request) for part, name in TABLES.items()})


def render_counted(t: Catalog) -> Markup:
    """How each figure is counted, where the small sign beside a source line leads; whose work is used."""
    counted = [(chart, how_counted(chart, t)) for chart in (GENERAL, *CHARTS)]
    return render("counted", t, counted=counted, credits=CREDITS)
