"""The research board: of everything counted, what is identified and dated, and what is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import Dash, html, register_page

from dashboard.charts.countries.text import marks
from dashboard.components.filter_bar import filter_bar
from dashboard.components.frame import notices, page_frame, paper_line
from dashboard.components.lists import (
    ListCard,
    ListColumn,
    ListPage,
    list_card,
    list_markup,
    list_parts,
    narrow_rows,
    read_list_state,
)
from dashboard.components.raw_html import RawHtml
from dashboard.components.unit_chart import unit_for, unit_said
from dashboard.dataset.place_names import country_terms
from dashboard.dataset.records import records
from dashboard.dataset.spelling import normalize
from dashboard.exports.lists import MOST_XLSX_ROWS, board_note
from dashboard.metrics.research import progress_table, questions_table
from dashboard.page_request import PageRequest, answer, read_address, read_choice
from dashboard.pages.shared import add_choice_callback, in_words
from dashboard.payload import Contents
from dashboard.settings import Contact
from dashboard.strings import Catalog
from dashboard.templating import render

PAGE = "research"
PATH = "/research"
CONTENTS = Contents(follows_year=False)
# names of the lists
BOARD, QUESTIONS = "board", "questions"


@dataclass(frozen=True)
class QuestionRow:
    """An open question as it is read. `partnership` is the id of the one it is about, "" where it is about none or
    several; `spellings` is what it is found by; `is_in_english`: its details are texts of the data."""

    kind: str
    country: str
    about: str
    details: str
    is_in_english: bool
    partnership: str
    spellings: str


def register(app: Dash) -> None:
    """Registers the page with Dash, and its callback with an app."""
    register_page(
        __name__,
        path=PATH,
        id=PAGE,
        title=in_words("page.research.title"),
        description=in_words("app.description"),
        layout=layout,
        headline=headline,
    )
    add_choice_callback(app, PAGE, CONTENTS, select, parts=[*list_parts(BOARD), *list_parts(QUESTIONS)])


def layout(**query: str | list[str]) -> html.Div:
    """The board and the work list, one over the other; whom to tell what one knows."""
    request = read_address(query, CONTENTS)
    context = request.context
    tell = render("tell", context.t, form="", contact=context.contact, is_of_deck=context.contact == Contact())
    cards = [
        list_card(context.t, board(request)),
        list_card(context.t, questions(request)),
        RawHtml(tell, className="contents"),
    ]
    children = [
        filter_bar(request, has_year=False),
        notices(request),
        paper_line(request),
        html.Div(cards, id="figures", className="pages-column", tabIndex="-1", **{"data-waits": ""}),
    ]
    return page_frame(PAGE, request, children, title=context.t("page.research.title"))


def select(choice: object) -> dict[str, Any]:
    """Both lists for a choice."""
    request = read_choice(choice, CONTENTS)
    t = request.context.t
    return answer(request, list_markup(t, board(request)) | list_markup(t, questions(request)))


def headline(request: PageRequest) -> str:
    """What the page says first: the headline of the board."""
    return board(request).headline


def board(request: PageRequest) -> ListCard:
    """Counted, identified, dated, contacted, surveyed, by country."""
    context, selection = request.context, request.selection
    t, table = context.t, progress_table(context.dataset, selection)
    counted, identified, dated = (int(table[name].sum()) for name in ("counted", "identified", "dated"))
    unit, terms = unit_for(max(table["counted"], default=0)), country_terms(context.dataset)
    columns = [
        ListColumn("country", t("column.country")),
        ListColumn("open", t("research.progress")),
        ListColumn("counted", t("research.counted"), is_number=True),
        ListColumn("identified", t("research.identified"), is_number=True),
        ListColumn("dated", t("research.dated"), is_number=True),
        ListColumn("contacted", t("research.contacted"), is_number=True),
        ListColumn("surveyed", t("research.surveyed"), is_number=True),
    ]
    page = narrow_rows(
        [{**row, "open": row["counted"] - row["identified"]} for row in records(table)],
        read_list_state(selection, BOARD),
        spelled=lambda row: " ".join(map(normalize, terms[row["country_iso3"]][:2])),
        values={column.key: lambda row, key=column.key: row[key] for column in columns},  # type: ignore[misc]
        name_key=context.dataset.naming.folded_key,
    )

    def letters(row: Mapping[str, Any]) -> str:
        return marks(row["dated"], row["identified"] - row["dated"], row["open"], 0, unit)

    return ListCard(
        page,
        headline=t("research.headline", identified=identified, counted=counted, dated=dated, open=counted - identified),
        rows=render("board_rows", t, list=page, columns=columns, marks=letters),
        label=t("research.find_country"),
        acts=_acts(t, page),
        note=unit_said(t, board_note(t, table), unit),
        source=t("research.source", basis=context.basis_label(selection.basis)),
    )


def questions(request: PageRequest) -> ListCard:
    """The work list: everything open about what counts."""
    context, selection = request.context, request.selection
    t = context.t
    columns = [
        ListColumn("kind", t("research.kind")),
        ListColumn("country", t("column.country")),
        ListColumn("about", t("research.about")),
        ListColumn("details", t("research.details")),
    ]
    rows = [_question(t, row) for row in records(questions_table(context.dataset, selection))]
    page = narrow_rows(
        rows,
        read_list_state(selection, QUESTIONS),
        spelled=lambda row: row.spellings,
        values={column.key: lambda row, key=column.key: getattr(row, key) for column in columns},  # type: ignore[misc]
        name_key=context.dataset.naming.folded_key,
    )
    return ListCard(
        page,
        headline=t("research.open", count=len(rows)),
        rows=render("question_rows", t, list=page, columns=columns),
        label=t("research.find"),
        acts=_acts(t, page),
        note=t("research.open_note"),
        source=t("research.source", basis=context.basis_label(selection.basis)),
    )


def _question(t: Catalog, row: Mapping[str, Any]) -> QuestionRow:
    details = str(row["details"])
    # of a partnership without a start year: by when it is documented
    if row["kind"] == "start_year" and details:
        details = t("registry.by", year=details)
    return QuestionRow(
        kind=t(f"research.kinds.{row['kind']}", count=row["number"]),
        country=row["country"],
        about=row["about"],
        details=details,
        is_in_english=row["kind"] in {"other_year", "confidence", "counts"},
        partnership="" if ";" in row["ids"] else row["ids"],
        spellings=" ".join(map(normalize, (row["country"], row["about"], row["kind"]))),
    )


def _acts(t: Catalog, page: ListPage[Any]) -> str:
    return render("research_acts", t, list=page, most_xlsx_rows=MOST_XLSX_ROWS)
