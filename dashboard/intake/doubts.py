"""What makes a column no question of ticks: ratings, rankings, columns that contradict each other."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from dashboard.dataset.problems import Problem
from dashboard.dataset.spelling import normalize
from dashboard.intake.cells import YES, tick_of
from dashboard.intake.codebook import OTHER, Question
from dashboard.intake.grid import Grid
from dashboard.intake.groups import Group, OptionColumn, separator_of
from dashboard.intake.headers import Field, is_tick
from dashboard.intake.mapping import Mapped

# a number that may stand for an option
DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"-?\d{1,3}(?:[.,]0+)?")


def disagreements(grid: Grid, group: Group, field: Field) -> list[Problem]:
    """Rows in which a column of answers names an option that is not ticked in its own column: one of both is wrong."""
    column = grid.columns[field.at]
    separator = separator_of(column, field, group.question)
    if separator is None:
        return []
    ticked = {}
    for known in group.options:
        if known.option not in {"", OTHER}:
            cells = grid.columns[known.field.at]
            ticked[known.option] = np.array([_ticks(each, known, group.question) for each in cells.values])[cells.codes]
    problems = []
    for code, value in enumerate(column.values):
        rows = column.codes == code
        if not value or not rows.any():
            continue
        named = {option for option, _ in group.question.split(value, separator)}
        for option, is_ticked in ticked.items():
            wrong = rows & (is_ticked != (option in named))
            label = group.question.labels[option]
            problems += grid.problems_in(wrong, "disagree", field.label, value, option=label)
    return sorted(problems, key=lambda problem: problem.row or 0)


def _ticks(value: str, column: OptionColumn, question: Question) -> bool:
    said = tick_of(value)
    return said == YES or (not said and is_tick(value, column.text, question))


def strange_cells(grid: Grid, group: Group, mapped: Mapped) -> list[Problem]:
    """Option columns whose cells are no ticks: ratings, ranks, another question."""
    found: Counter[str] = Counter()
    columns = []
    for column in group.options:
        if column.is_text:
            continue
        used = [
            (value, many)
            for value, many in grid.columns[column.field.at].used()
            if not is_tick(value, column.text, group.question) and not mapped.tick_of(value)
        ]
        if used or not grid.columns[column.field.at].is_kept:
            columns.append(column.text)
            found.update(dict(used))
    if not columns:
        return []
    values = ", ".join(f"“{value[:40]}” ({many:,})" for value, many in found.most_common(6))
    details = {
        "columns": ", ".join(f"“{text[:40]}”" for text in columns[:6]),
        "values": values,
        "example": next(iter(found), ""),
    }
    return [Problem(grid.name, "no_ticks", column=group.heading, details=details)]


def numbers_for_texts(grid: Grid, group: Group, mapped: Mapped) -> list[Problem]:
    """Answers that are numbers beside answers that are texts: codes of options, which nothing here can tell."""
    told = {normalize(text) for text in mapped.texts.get(group.question.code, {})}
    problems = []
    for field, separator in group.lists:
        column = grid.columns[field.at]
        for code, value in enumerate(column.values):
            parts = group.question.split(value, separator) if DIGIT.search(value) else []
            if any(not option and NUMBER.fullmatch(text) and normalize(text) not in told for option, text in parts):
                problems += grid.problems_in(column.codes == code, "number_for_text", field.label, value)
    return sorted(problems, key=lambda problem: problem.row or 0)


def repeated_options(grid: Grid, group: Group, mapped: Mapped) -> list[Problem]:
    """One option with two columns of the same heading: two questions with the same options, or one asked twice."""
    many = Counter(normalize(column.text) for column in group.options if column.option and not column.is_text)
    twice = [
        column for column in group.options if many[normalize(column.text)] > 1 and not mapped.is_confirmed(column.field)
    ]
    if not twice:
        return []
    headings = "; ".join(f"“{label[:60]}”" for label in dict.fromkeys(column.field.label for column in twice))
    details = {"question": group.question.title, "headings": headings, "code": group.question.code}
    return [Problem(grid.name, "several_columns", details=details)]


def rankings(grid: Grid, group: Group, mapped: Mapped) -> list[Problem]:
    """Columns in which everybody names all options, each in an order of their own."""
    problems = []
    for field, separator in group.lists:
        if mapped.is_confirmed(field):
            continue
        sets, orders = set(), set()
        for value, _ in grid.columns[field.at].used():
            parts = [option for option, _ in group.question.split(value, separator) if option]
            sets.add(frozenset(parts))
            orders.add(tuple(parts))
        if len(sets) == 1 and len(orders) > 1 and len(next(iter(sets))) >= 3:
            problems.append(
                Problem(grid.name, "ranking", column=field.label, value=grid.columns[field.at].used()[0][0])
            )
    return problems
