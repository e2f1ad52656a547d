"""The survey in depth: what stands in the way, by region, by wave, what else was asked, and what others found."""

from __future__ import annotations

from dash import html

from dashboard.components import shell, survey
from dashboard.components.bind import show
from dashboard.frames import Contents
from dashboard.metrics.findings import published_surveys
from dashboard.pages.bar import filter_bar
from dashboard.pages.figures import CARDS
from dashboard.pages.page import Asked, Page, Pieces


def body(asked: Asked) -> Pieces:
    """Answers where there are any; else the themes, and what would stand here."""
    words = asked.house.words
    answers = [
        html.Div(CARDS[name](asked), className=f"place-{name}", **show("survey.has_answers"))
        for name in ("regions", "others", "waves")
    ]
    figures = html.Div(
        [
            CARDS["barriers"](asked),
            *answers,
            survey.waiting(words),
            survey.findings(words, published_surveys(asked.house.dataset)),
        ],
        className="survey-grid",
        id="figures",
        tabIndex="-1",
    )
    return [filter_bar(asked), shell.notices(words), survey.lead(words), shell.paper_line(words), figures]


PAGE = Page(
    id="barriers",
    path="/barriers",
    contents=Contents(charts=("barriers", "regions", "waves", "others")),
    body=body,
)
