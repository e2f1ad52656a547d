"""Columns to questions of the codebook, by what stands in headings and cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.spelling import normalize
from dashboard.intake.codebook import Question
from dashboard.intake.doubts import disagreements, numbers_for_texts, rankings, repeated_options, strange_cells
from dashboard.intake.grid import Grid
from dashboard.intake.groups import Group, OptionColumn
from dashboard.intake.headers import Field, are_ticks, splits
from dashboard.intake.mapping import LEAVE_OUT, Mapped
from dashboard.intake.option_columns import option_groups
from dashboard.intake.separators import separator_of


@dataclass(frozen=True)
class Recognised:
    """`groups`, one a question at most; `also`: columns that hold answers to a question too and were left out, because
    another is called as the codebook calls it; `companions`: columns that repeat what option columns say."""

    groups: Sequence[Group]
    also: Sequence[Field] = ()
    companions: Sequence[Field] = ()


def recognise(grid: Grid, fields: Sequence[Field], questions: Sequence[Question], mapped: Mapped) -> Recognised:
    """Which columns (of the rows below the header) are which questions. What a mapping says comes first. Raises BadData
    where several could be one question, or cells are no ticks: a person has to say."""
    free = [field for field in fields if mapped.question_of(field) != LEAVE_OUT]
    told = {field.at: mapped.question_of(field) for field in free if mapped.question_of(field) is not None}
    groups: list[Group] = []
    also: list[Field] = []
    companions: list[Field] = []
    problems: list[Problem] = []
    for question in questions:
        of_others = {at for at, target in told.items() if not _is_of(target, question)}
        taken = of_others | {field.at for group in groups for field in group.fields}
        own = [field for field in free if field.at not in taken]
        candidates = candidates_of(grid, own, question, mapped)
        by_map = {field.at for field in own if field.at in told}
        if by_map:
            candidates = [_told_group(grid, own, question, mapped, candidates, by_map)]
        group, others = _chosen(candidates, question, grid.name, problems)
        if group is None:
            continue
        repeats = [field for other in others for field, _ in other.lists if _says_the_same(group, field)]
        companions += repeats
        also += [field for other in others for field in other.fields if field not in repeats]
        for field in repeats:
            problems += disagreements(grid, group, field)
        problems += strange_cells(grid, group, mapped) + rankings(grid, group, mapped)
        problems += numbers_for_texts(grid, group, mapped) + repeated_options(grid, group, mapped)
        groups.append(group)
    if problems:
        raise BadData(problems)
    return Recognised(groups, also, companions)


def _is_of(target: str | None, question: Question) -> bool:
    return bool(target) and str(target).partition("/")[0].strip() in {question.code}


def candidates_of(grid: Grid, fields: Sequence[Field], question: Question, mapped: Mapped) -> list[Group]:
    """Every way to find a question in these columns."""
    groups = list(option_groups(grid, fields, question, mapped))
    used = {field.at for group in groups for field in group.fields}
    for field in fields:
        if field.at not in used and (separator := separator_of(grid.columns[field.at], field, question)) is not None:
            named = any(question.is_named(text) for text in field.names)
            groups.append(Group(question, field.label, lists=((field, separator),), is_named=named))
    return groups


def _told_group(
    grid: Grid, fields: Sequence[Field], question: Question, mapped: Mapped, found: Sequence[Group], by_map: set[int]
) -> Group:
    """The columns that a mapping names for a question, with the option columns that belong to one of them."""
    options: list[OptionColumn] = []
    lists: list[tuple[Field, str]] = []
    for group in found:
        if any(column.field.at in by_map for column in group.options):
            options += [column for column in group.options if column not in options]
    done = {column.field.at for column in options}
    for field in fields:
        if field.at not in by_map:
            continue
        column = grid.columns[field.at]
        text = str(mapped.question_of(field)).partition("/")[2].strip()
        if text:
            options = [known for known in options if known.field.at != field.at]
            options.append(OptionColumn(field, question.option(text), question.labels.get(text, text)))
        elif field.at not in done:
            option = next(
                (
                    text
                    for _, text, _ in splits(field.heading)
                    if question.option(text) and are_ticks(column, text, question)
                ),
                "",
            )
            if option:
                options.append(OptionColumn(field, question.option(option), option))
            else:
                lists.append((field, separator_of(column, field, question) or ";"))
    heading = next((group.heading for group in found if group.options and group.fields[0].at in done), "")
    heading = heading or next((field.label for field in fields if field.at in by_map), "")
    return Group(question, heading, tuple(options), tuple(lists), is_named=True)


def _chosen(
    candidates: Sequence[Group], question: Question, name: str, problems: list[Problem]
) -> tuple[Group | None, list[Group]]:
    """The one group that is the question. Columns called as the codebook calls it come first, and option columns before
    a column that repeats them; where two are left, a person has to say."""
    if not candidates:
        return None, []
    named = [group for group in candidates if group.is_named]
    left = named or list(candidates)
    with_options = [group for group in left if group.options]
    if with_options and all(group.options or _says_the_same(with_options[0], group.lists[0][0]) for group in left):
        left = with_options
    if len(left) > 1:
        headings = "; ".join(f"“{group.heading[:60]}”" for group in left)
        problems.append(
            Problem(
                name,
                "several_columns",
                details={"question": question.title, "headings": headings, "code": question.code},
            )
        )
        return None, []
    return left[0], [group for group in candidates if group is not left[0]]


def _says_the_same(group: Group, field: Field) -> bool:
    """Whether a column is headed as the option columns are without their options: some tools write both."""
    return bool(group.options) and (
        normalize(field.label) == normalize(group.heading)
        or normalize(field.heading.rpartition("/")[2]) == normalize(group.heading.rpartition("/")[2])
        or (group.is_named and any(group.question.is_named(text) for text in field.names))
    )
