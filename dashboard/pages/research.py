"""The research board: of everything counted, what is identified and dated, and what is open."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html

from dashboard.components import research as pieces
from dashboard.components import shell
from dashboard.components.bind import stacked
from dashboard.components.contact import contact_lines
from dashboard.components.sheet import sheet
from dashboard.frames import Contents
from dashboard.metrics.research import progress_table, questions_table
from dashboard.pages.bar import filter_bar
from dashboard.pages.page import Asked, Page, Pieces

BOARD, OPEN = "board-part", "questions-part"


def body(asked: Asked) -> Pieces:
    """The board and the work list, one over the other."""
    house = asked.house
    words, lists = house.words, parts(asked)
    return [
        filter_bar(asked, has_year=False),
        shell.notices(words),
        shell.paper_line(words),
        html.Div(
            [
                html.Div(lists[BOARD], id=BOARD, **{"data-part": ""}),
                html.Div(lists[OPEN], id=OPEN, **{"data-part": ""}),
                sheet(
                    "tell",
                    words("contact.tell"),
                    [html.P(words("contact.ask"), className="prose"), *contact_lines(words, house.contact)],
                ),
            ],
            className="pages-column",
            id="figures",
            tabIndex="-1",
        ),
    ]


def parts(asked: Asked) -> Mapping[str, Pieces]:
    """Both, for the filters chosen."""
    house, selection = asked.house, asked.selection
    label = house.basis_label(selection.basis)
    progress, questions = (metric(house.dataset, selection) for metric in (progress_table, questions_table))
    return {
        BOARD: [stacked(pieces.board(house.words, progress, basis_label=label))],
        OPEN: [stacked(pieces.questions(house.words, questions, basis_label=label))],
    }


PAGE = Page(id="research", path="/research", contents=Contents(), body=body, parts=parts)
