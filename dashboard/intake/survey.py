"""A survey tool's export, understood: questions, places, what is left out. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.spelling import normalize
from dashboard.intake import long_table
from dashboard.intake.codebook import Question, codebook_of
from dashboard.intake.grid import Column, Grid
from dashboard.intake.groups import Group
from dashboard.intake.headers import Field, Header, find_header
from dashboard.intake.mapping import LEAVE_OUT, Mapped, check_mapping, with_options
from dashboard.intake.places import Places, places_of
from dashboard.intake.privacy import is_technical, personal
from dashboard.intake.questions import Recognised, candidates_of, recognise
from dashboard.intake.responses import ColumnUse, Responses, add
from dashboard.intake.same_people import without_repeated
from dashboard.intake.spreadsheet import AS_FOUND, HowToRead, no_progress, read_grid
from dashboard.intake.text_file import Progress
from dashboard.intake.ticking import count
from dashboard.intake.tools import LONG
from dashboard.intake.where import find_places

# what a tool writes of a try-out by the survey's makers, under these headings
TESTS = {"surveypreview", "preview", "surveytest", "test", "testdata", "testresponse"}
STATUS = {"status", "responsetype", "distributionchannel", "istestdata", "testdata"}
# a column without a heading at the right of a table, filled in fewer rows than this share, comes of a broken row
FEW = 0.5


@dataclass(frozen=True, eq=False)
class Opened:
    """One file, its header found: `body` are the rows below it."""

    header: Header
    body: Grid


def open_file(
    path: Path,
    dataset: Dataset,
    mapped: Mapped,
    *,
    most_bytes: int,
    told: HowToRead = AS_FOUND,
    progress: Progress = no_progress,
) -> Opened:
    """The table of a file that holds questions, its header found, or taken as a person named it. Raises BadData, also
    where rows have more cells than the header."""
    questions = codebook_of(dataset)

    def questions_found(grid: Grid) -> int:
        """Of how many questions a table has columns; also those that a person would have to be asked about."""
        header = find_header(grid, questions)
        if header.tool == LONG:
            return len(questions)
        body = grid.below(header.rows)
        try:
            return len(recognise(body, header.fields, questions, with_options(mapped, questions)).groups)
        except BadData as error:
            return len(error.problems)

    grid = read_grid(path, most_bytes=most_bytes, progress=progress, told=told, fit=questions_found)
    header = find_header(grid, questions, first_row=told.header_row, tool=told.tool)
    body = grid.below(header.rows)
    _check_width(body, header)
    return Opened(header, body)


def understand(opened: Sequence[Opened], dataset: Dataset, mapped: Mapped, *, map_name: str = "") -> Responses:
    """The responses of one file, or of several of one wave added up. Raises BadData where no question of the codebook
    is found, or a person has to say what is meant: with every reason in every file."""
    places, questions = places_of(dataset), codebook_of(dataset)
    fields = [field for one in opened for field in one.header.fields]

    def knows_place(text: str) -> bool:
        return bool(places.region(text) or places.country(text) or places.state(text))

    problems = check_mapping(mapped, map_name, fields, questions, knows_place)
    if problems:
        # stop here: reading the files with a wrong mapping would report the same mistakes again, once for each file
        raise BadData(problems)
    mapped = with_options(mapped, questions)
    questions = codebook_of(dataset, mapped.texts)
    parts = []
    kept = without_repeated([(one.body, _real_people(one)) for one in opened])
    for one, (body, skipped) in zip(opened, kept, strict=True):
        try:
            parts.append(_one(one, body, skipped, questions, places, mapped))
        except BadData as error:
            problems += error.problems
    if problems:
        raise BadData(problems)
    return parts[0] if len(parts) == 1 else add(parts)


def _one(
    opened: Opened, body: Grid, skipped: dict[str, int], questions: Sequence[Question], places: Places, mapped: Mapped
) -> Responses:
    header = opened.header
    if header.tool == LONG:
        return long_table.understand(opened.body, header, questions, places)
    fields = header.fields
    found = recognise(body, fields, questions, mapped)
    if not found.groups or not body.rows:
        raise _nothing_found(opened, questions)
    answered = [count(body, group, mapped) for group in found.groups]
    open_fields, left_out = _sorted_out(body, fields, found, mapped)
    where = find_places(body, open_fields, places, mapped)
    of_places = {field.at for field, _ in where.used}
    left_out += [(field.label, _why(body.columns[field.at])) for field in open_fields if field.at not in of_places]
    return Responses(
        tools=(header.tool,),
        rows_in=opened.body.rows,
        answered=answered,
        regions=where.regions,
        states=where.states,
        unmatched_places=where.unknown,
        skipped=skipped,
        left_out=left_out,
        places=list(dict.fromkeys((field.question, kind) for field, kind in where.used)),
        sheet=opened.body.sheet,
        other_sheets=opened.body.other_sheets,
        place_questions=[field.label for field in where.questions],
        also=[field.label for field in found.also],
        hidden=0 if body.hidden is None else int(body.hidden.sum()),
        files=(opened.body.name,),
        columns=[
            *uses_of(found.groups),
            *(ColumnUse(field.label, kind) for field, kind in where.used),
            *(ColumnUse(heading, "", reason) for heading, reason in left_out),
        ],
    )


def uses_of(groups: Sequence[Group]) -> list[ColumnUse]:
    """What the columns of questions are taken for."""
    uses = []
    for group in groups:
        uses += [ColumnUse(known.field.label, f"{group.question.code}/{known.option}") for known in group.options]
        uses += [ColumnUse(field.label, group.question.code) for field, _ in group.lists]
    return uses


def possible_uses(opened: Opened, dataset: Dataset, mapped: Mapped) -> list[ColumnUse]:
    """What columns could be taken for, each perhaps several times: for a file of which a person has to say it."""
    questions = codebook_of(dataset, with_options(mapped, codebook_of(dataset)).texts)
    if opened.header.tool == LONG:
        return []
    body, fields = opened.body, opened.header.fields
    return uses_of([group for question in questions for group in candidates_of(body, fields, question, mapped)])


def _sorted_out(
    body: Grid, fields: Sequence[Field], found: Recognised, mapped: Mapped
) -> tuple[list[Field], list[tuple[str, str]]]:
    """Columns of no question: those that may say a place, and those left out as (heading, reason)."""
    used = {field.at for group in found.groups for field in group.fields}
    used |= {field.at for field in (*found.also, *found.companions)}
    left_out: list[tuple[str, str]] = [(field.label, "also") for field in found.also]
    left_out += [(field.label, "companion") for field in found.companions]
    open_fields = []
    for field in fields:
        if field.at in used:
            continue
        kind = personal(field.question, body.columns[field.at])
        if mapped.place_of(field) not in {None, LEAVE_OUT}:
            open_fields.append(field)
        elif kind:
            left_out.append((field.label, f"personal_{kind}"))
        elif is_technical(field.question):
            left_out.append((field.label, "technical"))
        elif mapped.question_of(field) == LEAVE_OUT:
            left_out.append((field.label, "told"))
        else:
            open_fields.append(field)
    return open_fields, left_out


def _why(column: Column) -> str:
    """Why a column that is no question and no place is left out."""
    filled = int((column.codes > 0).sum())
    if not filled:
        return "blank"
    different = len(column.used()) if column.is_kept else filled
    return "free_text" if different > max(20, filled / 4) else "no_question"


def _check_width(body: Grid, header: Header) -> None:
    """A text file whose rows have more cells than its header was cut at a wrong place: a separator stood in an answer
    without quotes. Then its other cells are not where they belong either."""
    if not body.delimiter or not header.fields:
        return
    last = max(field.at for field in header.fields)
    beyond = np.zeros(body.rows, bool)
    for column in body.columns[last + 1 :]:
        beyond |= column.codes > 0
    if 0 < beyond.sum() < FEW * body.rows or (body.rows == 1 and beyond.any()):
        raise BadData(body.problems_in(beyond, "cells", cells=len(body.columns), columns=last + 1))


def _real_people(opened: Opened) -> tuple[np.ndarray, dict[str, int]]:
    """Which rows are people (bool): not blank, and no try-out of the survey's makers. With how many are not, by why."""
    grid = opened.body
    keep = np.zeros(grid.rows, bool)
    for column in grid.columns:
        keep |= column.codes > 0
    skipped = {"blank": int((~keep).sum())}
    is_test = np.zeros(grid.rows, bool)
    for field in opened.header.fields:
        if {normalize(text) for text in field.names} & STATUS:
            column = grid.columns[field.at]
            is_test |= np.array([normalize(value) in TESTS for value in column.values])[column.codes]
    skipped["test"] = int((keep & is_test).sum())
    return keep & ~is_test, skipped


def _nothing_found(opened: Opened, questions: Sequence[Question]) -> BadData:
    headings = list(Counter(field.question for field in opened.header.fields))
    details = {
        "tool": opened.header.tool,
        "headings": "; ".join(heading[:50] for heading in headings[:8]),
        "questions": "; ".join(question.wording for question in questions),
    }
    # a formula or a tag may be why an answer was not known
    flaws = opened.body.problems_of((field.at, field.label) for field in opened.header.fields)
    return BadData([*flaws, Problem(opened.body.name, "no_question", details=details)])
