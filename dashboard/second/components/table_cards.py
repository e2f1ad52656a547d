"""Cards whose figure is their table: what the numbers rest on."""

from __future__ import annotations

from dash import html

from dashboard.charts import CHARTS
from dashboard.second.components.raw_html import RawHtml
from dashboard.second.components.tables import table_markup
from dashboard.second.page_request import PageRequest

# charts that nothing draws but their table
TABLES = ("coverage", "conflicts", "sources")


def table_id(name: str) -> str:
    """The id of the table of a card."""
    return f"table-{name}"


def table_card(name: str, request: PageRequest) -> html.Section:
    """The card of a chart that is a table: headline and tools, what it says in words, all of its rows."""
    page = request.page
    table = RawHtml(
        chart_table(name, request),
        id=table_id(name),
        className="rows",
        attributes={
            "data-table": name,
            "tabIndex": 0,
            "role": "group",
            "aria-labelledby": f"headline-{name}",
        },
    )
    description = page.tag(f"{name}.description", "p", id=f"description-{name}", class_="subline")
    return html.Section(
        [
            RawHtml(page.render("table_head", name=name), tag="header"),
            RawHtml(description, className="contents"),
            table,
            RawHtml(page.render("card_source", name=name, has_note=True), className="source"),
        ],
        id=f"card-{name}",
        className=f"card card-table card-{name}",
        **{
            "aria-labelledby": f"headline-{name}",
            "aria-describedby": f"description-{name}",
            "data-attributes": f"data-shows={name}.face;data-file={name}.file",
            "data-shows": page.text(f"{name}.face"),
            "data-file": page.text(f"{name}.file"),
        },
    )


def chart_table(name: str, request: PageRequest) -> str:
    """The rows of such a chart for a request: the same in every year."""
    view = request.house.view(request.selection.without_year(), request.key)
    return table_markup(request.house, CHARTS[name], view, view.basis.last_year)
