"""The overview: its layout, and one server callback for a choice. The year is shown by the script alone."""

from __future__ import annotations

from typing import Any

from dash import Dash, html, register_page

from dashboard.components.cards import countries_card, graph_card, is_of_answers, panel_markup
from dashboard.components.filter_bar import filter_bar
from dashboard.components.frame import footer, notices, page_frame, paper_line
from dashboard.components.header import header
from dashboard.components.raw_html import RawHtml
from dashboard.filters import to_query
from dashboard.page_request import answer, read_address, read_choice
from dashboard.pages.shared import add_choice_callback, add_clicks, in_words
from dashboard.payload import Contents

PAGE = "overview"
CONTENTS = Contents(charts=("map", "growth", "barriers", "countries"), has_tiles=True)
COLUMNS = (("map", "growth"), ("barriers", "countries"))


def register(app: Dash) -> None:
    """Registers the page with Dash, and its callbacks with an app. (`register_page` and callbacks of modules are
    global to a process, which has several apps in tests.)"""
    register_page(
        __name__,
        path="/",
        id=PAGE,
        title=in_words("page.overview.title"),
        description=in_words("app.description"),
        layout=layout,
    )
    add_choice_callback(app, PAGE, CONTENTS, select, parts=["panel"])
    add_clicks(app, "map", PAGE)


def layout(**query: str | list[str]) -> html.Div:
    """The page at an address, with its figures: no callback runs until something is changed."""
    request = read_address(query, CONTENTS)
    context, t, page = request.context, request.context.t, request.page
    cards = {name: graph_card(name, request, has_note=name == "barriers") for name in CONTENTS.graphs}
    cards["countries"] = countries_card(page, context, request.selection)
    grid = [html.Div([cards[name] for name in names], className="column") for names in COLUMNS]
    tiles = RawHtml(
        page.render("tiles"),
        tag="section",
        className="tiles",
        attributes={"aria-label": t("tiles.heading"), "data-waits": ""},
    )
    children = [
        filter_bar(request),
        notices(request),
        paper_line(request),
        tiles,
        html.Div(grid, id="figures", className="grid", tabIndex="-1", **{"data-waits": ""}),
    ]
    return page_frame(PAGE, request, children, title=t("page.overview.title"))


def select(choice: object) -> dict[str, Any]:
    """The figures of a choice at the year shown, the frames of every other, and the panel of a country."""
    request = read_choice(choice, CONTENTS)
    return answer(request, {"panel": panel_markup(request.context, request.selection)})


def first_text(query: str) -> str:
    """Title, key figures and headlines as HTML, which the document says before any script has run."""
    request = read_address(query, CONTENTS)
    context = request.context
    said = to_query(request.selection, context.choices)
    return request.page.render(
        "first",
        title=context.t("page.overview.title"),
        header=header(context, PAGE, query=said),
        footer=footer(context, PAGE, request.selection),
        query=said,
        columns=COLUMNS,
        of_answers=[name for name in CONTENTS.charts if is_of_answers(name)],
        regions=[option.label for option in context.choices.options["region"].values()],
        bases=[(context.basis_label(basis), basis == request.selection.basis) for basis in context.choices.bases],
        selects=[context.t("filter.state"), context.t("filter.wave")],
    )
