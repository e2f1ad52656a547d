"""The report of what is chosen, to be read, printed and taken along."""

from __future__ import annotations

from typing import Any

from dash import Dash, html, register_page
from flask import has_request_context

from dashboard.addresses import whole_address
from dashboard.components.filter_bar import filter_bar
from dashboard.components.frame import notices, page_frame
from dashboard.components.raw_html import RawHtml
from dashboard.components.report import acts_markup, report_markup
from dashboard.current import asked_language, keep_language
from dashboard.page_request import PageRequest, answer, read_address, read_choice
from dashboard.pages.shared import add_choice_callback, in_words
from dashboard.payload import Contents
from dashboard.report.contents import PATH, address_of, build_report, paper_of

PAGE = "report"
# the report is that of one year: the address has it, for there is no slider
CONTENTS = Contents()
PART, ACTS = "report-part", "report-acts"


def register(app: Dash) -> None:
    """Registers the page with Dash, and its callback with an app."""
    register_page(
        __name__,
        path=PATH,
        id=PAGE,
        title=in_words("page.report.title"),
        description=in_words("app.description"),
        layout=layout,
    )
    add_choice_callback(app, PAGE, CONTENTS, select, parts=[PART, ACTS])


def layout(**query: str | list[str]) -> html.Div:
    """The report at an address."""
    request = read_address(query, CONTENTS)
    t = request.context.t
    acts = RawHtml(
        _acts(request),
        id=ACTS,
        className="report-acts acts",
        attributes={"role": "group", "aria-label": t("report.acts")},
    )
    children = [
        filter_bar(request, has_year=False),
        notices(request),
        html.Div(
            [acts, RawHtml(_report(request), id=PART, className="report-sheet", attributes={"data-waits": ""})],
            className="report-column",
            id="figures",
            tabIndex="-1",
        ),
    ]
    return page_frame(PAGE, request, children, title=t("page.report.title"))


def select(choice: object) -> dict[str, Any]:
    """The report of a choice."""
    request = read_choice(choice, CONTENTS)
    return answer(request, {PART: _report(request), ACTS: _acts(request)})


def _acts(request: PageRequest) -> str:
    context = request.context
    return acts_markup(context, request.selection, language=asked_language(context.languages))


def _report(request: PageRequest) -> str:
    context, selection = request.context, request.selection
    address = address_of(context, selection)
    if has_request_context():
        address = whole_address(keep_language(address))
    report = build_report(context, selection, address=address)
    return report_markup(report, context.t, paper=paper_of(selection))
