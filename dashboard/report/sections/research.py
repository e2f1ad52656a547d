"""How far the research is, what is open, and what is asked of the reader."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.dataset.records import records
from dashboard.metrics.research import QUESTIONS, progress_table, questions_table
from dashboard.metrics.sources import ids_under
from dashboard.report.model import Block, Heading, Paragraph, Points, TableBlock
from dashboard.report.sections.growth import unknown_of
from dashboard.report.sections.writing import Sections, Writing, cell_of, ended

# words of the page of those who take part (about.steps), as the report asks for them
STEPS = ("match", "dialogue", "reach_out", "help")


def said_of_progress(writing: Writing) -> str:
    """How far the research is; "" where nothing counts. It does not follow the year, and says so in its section."""
    table = progress_table(writing.view.dataset, writing.view.selection)
    counted, identified, dated = (int(table[name].sum()) for name in ("counted", "identified", "dated"))
    if not counted:
        return ""
    values = {"identified": identified, "counted": counted, "dated": dated, "open": counted - identified}
    return writing.view.t("research.headline", **values)


def write_research(writing: Writing) -> Sections:
    """How far it is, the countries with something to find, the questions, what a reader can do."""
    view, t = writing.view, writing.view.t
    table = progress_table(view.dataset, view.selection)
    names = ("country", "counted", "identified", "dated")
    titles = [t(f"column.{name}") for name in names]
    open_ones = table[table["dated"] < table["counted"]]
    rows = [[cell_of(name, row[name], t) for name in names] for row in records(open_ones)]
    blocks = _progress(writing)
    if rows:
        frame = pd.DataFrame(rows, columns=titles)
        blocks.append(TableBlock(t("report.caption.research"), frame, frozenset(titles[1:])))
        blocks.append(Paragraph(t("research.note"), is_note=True))
    if questions := _questions(writing):
        blocks += [Heading(t("report.open")), Points(questions)]
    asked_for = [(t(f"about.steps.{step}.name"), t(f"about.steps.{step}.text")) for step in STEPS]
    steps = [(t("report.step", name=name, text=text), ()) for name, text in asked_for]
    return [*blocks, Heading(t("report.asked")), Points(steps), *write_contact(writing)]


def write_open(writing: Writing) -> Sections:
    """How far it is, and what is open, without the countries."""
    facts = [*_questions(writing), *((text, ()) for text in unknown_of(writing))]
    return [*_progress(writing), Points(facts)]


def write_contact(writing: Writing) -> Sequence[Block]:
    """Whom to write to, and of what."""
    contact = writing.context.contact
    lines = writing.view.t.beside((contact.name, contact.email, contact.phone))
    return [Paragraph(writing.view.t("contact.ask")), Paragraph(lines)]


def _progress(writing: Writing) -> list[Block]:
    view, t = writing.view, writing.view.t
    said = said_of_progress(writing)
    text = ended(t, said) if said else t("report.left.research")
    return [Paragraph(text, writing.notes.few(ids_under(view.basis, view.selection)), is_lead=True)]


def _questions(writing: Writing) -> list[tuple[str, tuple[int, ...]]]:
    view, t = writing.view, writing.view.t
    asked = questions_table(view.dataset, view.selection)["kind"].value_counts()
    return [(t(f"report.question.{kind}", count=int(asked[kind])), ()) for kind in QUESTIONS if kind in asked]
