"""The report as HTML, for its page and for paper; the controls above it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl

from markupsafe import Markup

from dashboard.context import AppContext
from dashboard.filters import LANGUAGE, Selection, to_query
from dashboard.report.as_pdf import title_of
from dashboard.report.contents import A4, FORM, FULL, LETTER, PAPER, address_of, is_short, paper_of
from dashboard.report.drawing import to_svg
from dashboard.report.model import (
    FigureBlock,
    Report,
    address_text,
    groups_of,
    is_alone,
    notes_text,
    numbers_of,
)
from dashboard.report.words import to_html
from dashboard.strings import Catalog
from dashboard.templating import render

ASSETS = Path(__file__).resolve().parents[2] / "assets"
# rows of a table that stays on one sheet
SHORT = 14


def report_markup(report: Report, t: Catalog, *, paper: str = "", pages: Mapping[str, int] | None = None) -> Markup:
    """The whole report as one element. `paper` is what it is printed on, "" where that is left to the printer. `pages`
    is for a document of its own: the numbers of the pages on which its parts begin, by id, as far as they are known."""
    numbers = numbers_of(report)
    return render(
        "report",
        t,
        report=report,
        paper=paper,
        pages=pages or {},
        title_tag="h2" if pages is None else "h1",
        kind_of=lambda block: type(block).__name__,
        number_of=lambda block: numbers[id(block)],
        groups_of=groups_of,
        notes_text=notes_text,
        to_html=to_html,
        svg_of=_svg_of,
        address_text=partial(address_text, report),
        is_alone=is_alone,
        SHORT=SHORT,
    )


def report_document(report: Report, t: Catalog, *, paper: str, pages: Mapping[str, int]) -> str:
    """The report as a document of its own, with its style sheets and without scripts, to be printed on a paper."""
    marks = [*[t("sample.stamp")] * report.is_sample, report.stamp]
    head = {"--report-running": report.running_head, "--report-stamp": t.beside(marks)}
    said = "; ".join(f"{name}: {_css_text(text)}" for name, text in head.items())
    css = f"{_style_sheet()}\n:root {{ {said} }}\n@page {{ size: {paper} }}"
    markup = report_markup(report, t, paper=paper, pages=pages)
    # an end of the element within it would end it
    return str(render("report_paper", t, title=title_of(report), css=Markup(css.replace("</", "<\\/")), markup=markup))


def acts_markup(context: AppContext, selection: Selection, *, language: str | None = None) -> Markup:
    """What is above it: the year, the form and the paper as a plain form, and what can be taken away. `language` is
    that which the address says, and keeps."""
    t = context.t
    first, last = context.choices.bases[selection.basis]
    years = [
        ("", t("report.choose.newest", year=last)),
        *((str(each), str(each)) for each in range(last - 1, first - 1, -1)),
    ]
    lists = [("year", t("report.choose.year"), years, str(selection.year or ""))]
    if selection.state is not None:
        forms = [("", t("report.choose.short")), (FULL, t("report.choose.full"))]
        lists.append((FORM, t("report.choose.form"), forms, "" if is_short(selection) else FULL))
    papers = [(LETTER, t("report.choose.letter")), (A4, t("report.choose.a4"))]
    lists.append((PAPER, t("report.choose.paper"), papers, paper_of(selection) or LETTER))
    kept = parse_qsl(to_query(replace(selection, year=None, page_params=()), context.choices).removeprefix("?"))
    if language:
        kept.append((LANGUAGE, language))
    query = address_of(context, selection).partition("?")
    return render("report_acts", t, lists=lists, kept=kept, query=query[1] + query[2])


def _svg_of(block: FigureBlock) -> Markup:
    return to_svg(block.drawing, name=f"drawing-{block.id}", label=block.description)


def _css_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("<", "\\3c ")


def _style_sheet() -> str:
    """All style sheets as one, whose fonts are found from anywhere."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ASSETS / "css").glob("*.css")))
    return re.sub(r"url\(\.\./", f"url({ASSETS.as_uri()}/", text)
