"""A survey tool's export, understood: questions, places, what is left out. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.dataset.spelling import folded
from dashboard.intake import long_table
from dashboard.intake.codebook import Question, codebook_of
from dashboard.intake.files import refused
from dashboard.intake.grid import Grid
from dashboard.intake.layouts import LONG, QUALTRICS, Field, Layout, detect
from dashboard.intake.mapping import Mapped
from dashboard.intake.places import places_of
from dashboard.intake.privacy import is_technical, personal
from dashboard.intake.questions import count, recognised
from dashboard.intake.responses import Responses
from dashboard.intake.where import where

RESPONSE_IDS = {"respondentid", "responseid", "uuid", "metainstanceid", "id"}
TESTS = {"surveypreview", "preview", "surveytest", "test"}


def understand(grid: Grid, dataset: Dataset, mapped: Mapped) -> Responses:
    """The responses of a file. Raises BadData where no question of the codebook is found in it."""
    layout = detect(grid)
    questions = codebook_of(dataset, mapped.texts)
    body = grid.below(layout.header_rows)
    if layout.tool == LONG:
        return long_table.understand(body, layout, questions, places_of(dataset))
    body, skipped = _without_empty(body, layout)
    found = recognised(body, layout, questions, mapped.questions)
    if not found or not body.rows:
        raise _nothing_found(grid, layout, questions)
    used = {field.at for group, _ in found for field in group.fields}
    rest = [field for field in layout.fields if field.at not in used]
    left_out: list[tuple[str, str]] = []
    open_fields: list[Field] = []
    for field in rest:
        kind = personal(field.heading, body.columns[field.at])
        if kind:
            left_out.append((field.heading, f"personal_{kind}"))
        elif is_technical(field.heading):
            left_out.append((field.heading, "technical"))
        else:
            open_fields.append(field)
    regions, states, places, unknown = where(body, open_fields, places_of(dataset), mapped.places)
    where_from = {field.at for field, _ in places}
    left_out += [(field.heading, _why(body, field, mapped)) for field in open_fields if field.at not in where_from]
    return Responses(
        layout=layout,
        rows_in=grid.rows - layout.header_rows,
        answered=[count(body, layout, group, question) for group, question in found],
        regions=regions,
        states=states,
        unmatched_places=unknown,
        skipped=skipped,
        left_out=left_out,
        places=[(field.heading, kind) for field, kind in places],
        sheet=grid.sheet,
    )


def _why(grid: Grid, field: Field, mapped: Mapped) -> str:
    column = grid.columns[field.at]
    filled = int((column.codes > 0).sum())
    if not filled:
        return "blank"
    if field.heading in mapped.questions:
        return "told"
    different = len(column.values) if column.is_kept else filled
    return "free_text" if different > max(20, filled / 4) else "no_question"


def _without_empty(grid: Grid, layout: Layout) -> tuple[Grid, dict[str, int]]:
    """Without blank rows, tests of the survey's makers, and responses that come twice."""
    keep = np.zeros(grid.rows, bool)
    for column in grid.columns:
        keep |= column.codes > 0
    skipped = {"blank": int((~keep).sum())}
    if layout.tool == QUALTRICS:
        is_test = np.zeros(grid.rows, bool)
        for field in layout.fields:
            if folded(field.heading) in {"status", "responsetype", "distributionchannel"}:
                column = grid.columns[field.at]
                is_test |= np.array([folded(value) in TESTS for value in column.values])[column.codes]
        skipped["test"] = int((keep & is_test).sum())
        keep &= ~is_test
    for field in layout.fields:
        column = grid.columns[field.at]
        if folded(field.heading) in RESPONSE_IDS and column.is_kept:
            rows = np.flatnonzero(keep & (column.codes > 0))
            _, first = np.unique(column.codes[rows], return_index=True)
            again = np.ones(len(rows), bool)
            again[first] = False
            skipped["twice"] = int(again.sum())
            keep[rows[again]] = False
            break
    return grid.rows_where(keep), {reason: many for reason, many in skipped.items() if many}


def _nothing_found(grid: Grid, layout: Layout, questions: Sequence[Question]) -> Exception:
    headings = list(Counter(field.question for field in layout.fields))
    return refused(
        grid.name,
        "no_question",
        tool=layout.tool,
        headings="; ".join(heading[:50] for heading in headings[:8]),
        questions="; ".join(question.wording for question in questions),
    )
