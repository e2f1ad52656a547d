"""The plain long table: a row a respondent and option, as survey/answers.csv has it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.dataset.spelling import folded
from dashboard.intake.codebook import Question
from dashboard.intake.files import refused
from dashboard.intake.grid import Column, Grid
from dashboard.intake.layouts import Layout
from dashboard.intake.places import Places
from dashboard.intake.privacy import personal
from dashboard.intake.questions import NO, UNANSWERED
from dashboard.intake.responses import Answered, Responses, Ticks
from dashboard.intake.where import where

KNOWN = {"respondent", "question", "option", "answer", "wave"}


def understand(grid: Grid, layout: Layout, questions: Sequence[Question], places: Places) -> Responses:
    """The responses of a long table. A respondent who has any answer to a question did not tick what is not there;
    without a column `answer` each row is a tick."""
    fields = {folded(field.question): field for field in layout.fields}
    people = grid.columns[fields["respondent"].at]
    keep = people.codes > 0
    body = grid.rows_where(keep)
    people = body.columns[fields["respondent"].at]
    if not body.rows:
        raise refused(grid.name, "no_rows")
    codes, who = np.unique(people.codes, return_inverse=True)
    asked = body.columns[fields["question"].at]
    options = body.columns[fields["option"].at]
    state = _states(body.columns[fields["answer"].at] if "answer" in fields else None, body.rows)
    answered, unknown_questions = [], []
    for at, value in enumerate(asked.values):
        if value and (asked.codes == at).any() and not any(question.is_named(value) for question in questions):
            unknown_questions.append(value)
    for question in questions:
        is_it = np.array([bool(value) and question.is_named(value) for value in asked.values])[asked.codes]
        if is_it.any():
            answered.append(_answered(question, who[is_it], len(codes), options, options.codes[is_it], state[is_it]))
    if not answered:
        wordings = "; ".join(question.code for question in questions)
        raise refused(
            grid.name, "no_question", tool=layout.tool, headings="; ".join(unknown_questions[:8]), questions=wordings
        )
    rest = [field for key, field in fields.items() if key not in KNOWN]
    kinds = {field.at: personal(field.heading, body.columns[field.at]) for field in rest}
    by_row = where(body, [field for field in rest if not kinds[field.at]], places, {})
    regions, states = (_first_filled(texts, who, len(codes)) for texts in by_row[:2])
    left_out = [(field.heading, f"personal_{kinds[field.at]}") for field in rest if kinds[field.at]]
    used = {field.at for field, _ in by_row[2]}
    left_out += [(field.heading, "no_question") for field in rest if not kinds[field.at] and field.at not in used]
    left_out += [(text, "no_question") for text in unknown_questions]
    return Responses(
        layout=layout,
        rows_in=grid.rows,
        answered=answered,
        regions=regions,
        states=states,
        unmatched_places=by_row[3],
        skipped={"no_respondent": int((~keep).sum())} if (~keep).any() else {},
        left_out=[("respondent", "personal_account"), *left_out],
        places=[(field.heading, kind) for field, kind in by_row[2]],
        sheet=grid.sheet,
    )


def _states(column: Column | None, rows: int) -> np.ndarray:
    """1 ticked, 0 not ticked, -1 no answer, by row."""
    if column is None:
        return np.ones(rows, np.int8)
    found = [
        -1 if not value or value.casefold() in UNANSWERED else 0 if value.casefold() in NO else 1
        for value in column.values
    ]
    states: np.ndarray = np.array(found, np.int8)[column.codes]
    return states


def _answered(
    question: Question, who: np.ndarray, people: int, options: Column, codes: np.ndarray, state: np.ndarray
) -> Answered:
    ticks = Ticks(question, people)
    ticks.has_answer[who[state >= 0]] = True
    for at in np.unique(codes):
        text = options.values[at]
        rows = np.zeros(people, bool)
        rows[who[(codes == at) & (state == 1)]] = True
        option = question.option(text)
        if text and not option and rows.any():
            ticks.unmatched[text] += int(rows.sum())
        if text:
            ticks.tick(option, rows)
    # a table that says "no" has a row for whatever was offered; one of ticks alone leaves out what nobody chose
    return ticks.answered(question.title, every_option_has_a_column=bool((state == 0).any()))


def _first_filled(texts: np.ndarray, who: np.ndarray, people: int) -> np.ndarray:
    """For each person the first text that is not blank."""
    found = np.full(people, "", dtype=object)
    filled = np.flatnonzero(texts != "")[::-1]
    found[who[filled]] = texts[filled]
    return found
