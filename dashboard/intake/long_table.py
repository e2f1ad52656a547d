"""The plain long table: a row a respondent and option, as survey/answers.csv has it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.spelling import normalize
from dashboard.intake.cells import NO, YES, is_none, tick_of
from dashboard.intake.codebook import Question
from dashboard.intake.files import refused
from dashboard.intake.grid import Column, Grid
from dashboard.intake.headers import Header
from dashboard.intake.mapping import Mapped
from dashboard.intake.places import Places
from dashboard.intake.privacy import personal
from dashboard.intake.responses import Answered, ColumnUse, Responses, Ticks
from dashboard.intake.where import find_places

KNOWN = {"respondent", "question", "option", "answer", "wave"}


def understand(grid: Grid, header: Header, questions: Sequence[Question], places: Places) -> Responses:
    """The responses of a long table. A respondent who has any answer to a question did not tick what is not there;
    without a column `answer` each row is a tick."""
    fields = {normalize(field.heading): field for field in header.fields}
    people = grid.columns[fields["respondent"].at]
    keep = people.codes > 0
    body = grid.rows_where(keep)
    people = body.columns[fields["respondent"].at]
    if not body.rows:
        raise refused(grid.name, "no_rows")
    codes, who = np.unique(people.codes, return_inverse=True)
    asked = body.columns[fields["question"].at]
    options = body.columns[fields["option"].at]
    body.check((fields[name].at, name) for name in ("question", "option", "answer") if name in fields)
    state = _states(body, body.columns[fields["answer"].at]) if "answer" in fields else np.ones(body.rows, np.int8)
    answered = []
    unknown_questions = [
        value for value, _ in asked.used() if not any(question.is_named(value) for question in questions)
    ]
    for question in questions:
        is_it = np.array([bool(value) and question.is_named(value) for value in asked.values])[asked.codes]
        if is_it.any():
            answered.append(_answered(question, who[is_it], len(codes), options, options.codes[is_it], state[is_it]))
    if not answered:
        wordings = "; ".join(question.code for question in questions)
        raise refused(
            grid.name, "no_question", tool=header.tool, headings="; ".join(unknown_questions[:8]), questions=wordings
        )
    rest = [field for key, field in fields.items() if key not in KNOWN]
    kinds = {field.at: personal(field.heading, body.columns[field.at]) for field in rest}
    where = find_places(body, [field for field in rest if not kinds[field.at]], places, Mapped())
    regions, states = (_first_filled(texts, who, len(codes)) for texts in (where.regions, where.states))
    left_out = [(field.heading, f"personal_{kinds[field.at]}") for field in rest if kinds[field.at]]
    used = {field.at for field, _ in where.used}
    left_out += [(field.heading, "no_question") for field in rest if not kinds[field.at] and field.at not in used]
    left_out += [(text, "no_question") for text in unknown_questions]
    return Responses(
        tools=(header.tool,),
        rows_in=grid.rows,
        answered=answered,
        regions=regions,
        states=states,
        unmatched_places=where.unknown,
        skipped={"no_respondent": int((~keep).sum())} if (~keep).any() else {},
        left_out=[("respondent", "personal_account"), *left_out],
        places=[(field.label, kind) for field, kind in where.used],
        sheet=grid.sheet,
        other_sheets=grid.other_sheets,
        files=(grid.name,),
        columns=[
            *(ColumnUse(field.heading, key) for key, field in fields.items() if key in KNOWN),
            *(ColumnUse(field.label, kind) for field, kind in where.used),
            *(ColumnUse(heading, "", reason) for heading, reason in left_out),
        ],
    )


def _states(grid: Grid, column: Column) -> np.ndarray:
    """1 ticked, 0 not ticked, -1 no answer, by row. Raises BadData with every row that says anything else."""
    said = [tick_of(value) for value in column.values]
    strange = np.array([not word for word in said])[column.codes]
    if strange.any():
        rows = np.flatnonzero(strange)
        cells = [(int(grid.numbers[row]), "answer", column.values[column.codes[row]]) for row in rows]
        raise BadData([Problem(grid.name, "no_answer_word", *cell) for cell in cells])
    found = [{YES: 1, NO: 0}.get(word, -1) for word in said]
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
        if text and not option and is_none(text):
            continue
        if text and not option and rows.any():
            ticks.unmatched[text] += int(rows.sum())
        if text:
            ticks.tick(option, rows)
    # a table that says "no" has a row for whatever was offered; one of ticks alone leaves out what nobody chose
    has_no = bool((state == 0).any())
    # the question is a cell of the table and no heading, so a mapping cannot name it
    return ticks.answered(question.title, every_option_has_a_column=has_no, is_one_column=False)


def _first_filled(texts: np.ndarray, who: np.ndarray, people: int) -> np.ndarray:
    """For each person the first text that is not blank."""
    found = np.full(people, "", dtype=object)
    filled = np.flatnonzero(texts != "")[::-1]
    found[who[filled]] = texts[filled]
    return found
