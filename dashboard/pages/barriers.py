"""The survey in depth: what stands in the way, by region, by wave, what else was asked, and what others found."""

from __future__ import annotations

from typing import Any

from dash import Dash, html, register_page

from dashboard.components import survey
from dashboard.components.cards import graph_card
from dashboard.components.filter_bar import filter_bar
from dashboard.components.frame import notices, page_frame, paper_line
from dashboard.metrics.findings import published_surveys
from dashboard.page_request import PageRequest, answer, read_address, read_choice
from dashboard.pages.shared import add_choice_callback, in_words
from dashboard.payload import Contents

PAGE = "barriers"
CONTENTS = Contents(charts=("barriers", "regions", "waves", "others"))
# cards that are there only where the wave of a year has answers
OF_ANSWERS = ("regions", "others", "waves")


def register(app: Dash) -> None:
    """Registers the page with Dash, and its callback with an app."""
    register_page(
        __name__,
        path="/barriers",
        id=PAGE,
        title=in_words("page.barriers.title"),
        description=in_words("app.description"),
        layout=layout,
    )
    add_choice_callback(app, PAGE, CONTENTS, select)


def layout(**query: str | list[str]) -> html.Div:
    """The page at an address: answers where there are any; else the themes, and what would stand here."""
    request = read_address(query, CONTENTS)
    context, page = request.context, request.page
    figures = [
        graph_card("barriers", request),
        *(_place(name, request) for name in OF_ANSWERS),
        survey.waiting(page),
        survey.findings(request, published_surveys(context.dataset)),
    ]
    children = [
        filter_bar(request),
        notices(request),
        survey.sample_lead(page),
        paper_line(request),
        html.Div(figures, id="figures", className="survey-grid", tabIndex="-1", **{"data-waits": ""}),
    ]
    return page_frame(PAGE, request, children, title=context.t("page.barriers.title"))


def select(choice: object) -> dict[str, Any]:
    """The figures of a choice at the year shown, and the frames of every other."""
    return answer(read_choice(choice, CONTENTS))


def _place(name: str, request: PageRequest) -> html.Div:
    rule = "survey.has_answers"
    hidden = not request.page.is_shown(rule)
    return html.Div(graph_card(name, request), className=f"place-{name}", hidden=hidden, **{"data-show": rule})
