"""What stands in the way: the themes of the first survey beside later answers, and what others published."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.charts import View
from dashboard.dataset.labels import label_of
from dashboard.dataset.model import Wave
from dashboard.metrics.findings import is_about_barriers, published_surveys
from dashboard.metrics.survey import survey_of
from dashboard.report.model import Block, Heading, Paragraph, Points, TableBlock
from dashboard.report.sections.writing import Sections, Writing, draw_figure, ended, list_table


def write_barriers(writing: Writing) -> Sections:
    """The themes of the first survey beside later answers, each by itself; then what other surveys published."""
    view, t, blocks = writing.view, writing.view.t, list[Block]()
    real = replace(view.selection, is_sample=False, wave=None)
    for wave in survey_of(view.dataset, real).waves:
        if wave.kind == "themes" and wave.year <= writing.year:
            blocks += _themes(writing, wave)
    answered = _answered(writing)
    for wave in answered:
        blocks += _answers(writing, wave)
    is_last = writing.year == view.basis.last_year
    if blocks and not answered:
        blocks.append(Paragraph(t("report.no_answers" if is_last else "report.no_answers_by", year=writing.year)))
    published = [
        (survey, finding)
        for survey in published_surveys(view.dataset)
        for finding in survey.findings
        if is_about_barriers(finding)
    ]
    # they are of other places and of today: in the report of one of ours, or of a year, they would say nothing
    if published and is_last and not view.selection.filters:
        titles = [t(f"report.column.{name}") for name in ("survey", "question", "answer", "value")]
        missing = t("cell.missing")
        rows = [
            (
                t("report.survey_of_year", title=survey.title, year=survey.year) if survey.year else survey.title,
                each.question,
                each.option,
                t("report.published_value", value=each.value or missing, unit=label_of(t, "unit", each.unit)),
            )
            for survey, each in published
        ]
        notes = [writing.notes.cite(source.id for source in survey.sources) for survey, _ in published]
        frame = pd.DataFrame(rows, columns=titles)
        blocks += [
            Heading(t("report.elsewhere")),
            TableBlock(
                t("report.caption.elsewhere"), frame, group=titles[0], notes_of=notes, english=frozenset(titles[:3])
            ),
        ]
    return blocks or ended(t, writing.chart("barriers").headline)


def _themes(writing: Writing, wave: Wave) -> list[Block]:
    view, t = writing.view, writing.view.t
    themes = view.dataset.survey.themes
    of_wave = themes[themes["wave"] == wave.id]
    items = [
        t("report.themes", group=str(title), themes=t.listing([t.lower_first(label) for label in group["label"]]))
        for title, group in of_wave.groupby("group_title", sort=False)
    ]
    notes = writing.notes.cite(wave.source_ids)
    return [
        Heading(wave.title),
        Paragraph(t("barriers.cited"), notes, is_lead=True),
        Points([(text, notes) for text in items]),
    ]


def _answered(writing: Writing) -> list[Wave]:
    """The waves with answers to show: the one chosen, else all up to the year; at the last year of a basis all."""
    selection = writing.view.selection
    waves = [wave for wave in survey_of(writing.view.dataset, selection).waves if wave.kind != "themes"]
    if selection.wave is not None:
        return [wave for wave in waves if wave.id == selection.wave]
    is_last = writing.year == writing.view.basis.last_year
    return [wave for wave in waves if is_last or wave.year <= writing.year][-1:]


def newest_view(writing: Writing) -> View:
    """The view whose barriers the summary names: of the newest answers, else of the themes."""
    answered = _answered(writing)
    return _of_wave(writing, answered[-1]) if answered else writing.view


def _of_wave(writing: Writing, wave: Wave) -> View:
    return writing.context.view(replace(writing.view.selection, wave=wave.id))


def _answers(writing: Writing, wave: Wave) -> list[Block]:
    """The shares of a wave with their intervals, as far as they may be shown (`metrics/disclosure.py`)."""
    t, view = writing.view.t, _of_wave(writing, wave)
    said = writing.chart("barriers", view)
    notes = writing.notes.cite(said.source_ids)
    blocks: list[Block] = [
        Heading(wave.title),
        Paragraph(ended(t, said.headline), notes, is_lead=True),
    ]
    if said.display_state == "chart":
        blocks.append(draw_figure(writing, said))
    if said.display_state in {"chart", "counts"}:
        caption = t("report.caption.answers", title=wave.title)
        blocks.append(list_table(writing, said, caption, leaves=("shown",)))
    return [*blocks, *([Paragraph(said.note, is_note=True)] if said.note else [])]
