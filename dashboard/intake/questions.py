"""Columns to questions of the codebook: recognised by their options, counted by their different values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.dataset.spelling import folded
from dashboard.intake.codebook import Question
from dashboard.intake.grid import Column, Grid
from dashboard.intake.layouts import BINARY, OTHER_TEXT, Field, Layout
from dashboard.intake.responses import Answered, Ticks

# how much of a column's answers must be known options before it is taken for a question
ENOUGH = 0.5
LOOKED_AT = 3_000
UNANSWERED = {"-99", "n/a", "na", "#n/a", "null"}
YES = {"1", "true", "yes", "x", "checked", "selected", "✓"}
NO = {"0", "false", "no", "unchecked", "not selected", "off"}


@dataclass(frozen=True)
class Group:
    """The columns under one heading."""

    heading: str
    fields: tuple[Field, ...]

    @property
    def options(self) -> tuple[Field, ...]:
        """Columns that stand for one option each."""
        return tuple(field for field in self.fields if field.option and not field.is_text)

    @property
    def texts(self) -> tuple[Field, ...]:
        """Columns of what was typed beside Other."""
        return tuple(field for field in self.fields if field.is_text)

    @property
    def lists(self) -> tuple[Field, ...]:
        """Columns whose cells hold the answers."""
        return tuple(field for field in self.fields if not field.option and not field.is_text)


def groups_of(layout: Layout) -> list[Group]:
    """Columns by their headings, in the order of the file."""
    gathered: dict[str, list[Field]] = {}
    for field in layout.fields:
        gathered.setdefault(field.question, []).append(field)
    return [Group(heading, tuple(fields)) for heading, fields in gathered.items()]


def recognised(
    grid: Grid, layout: Layout, questions: Sequence[Question], told: Mapping[str, str]
) -> list[tuple[Group, Question]]:
    """Which headings are which questions, each question once: the best fit wins. `told`: by a mapping file."""
    by_code = {question.code: question for question in questions}
    fits = []
    for at, group in enumerate(groups_of(layout)):
        if group.heading in told:
            if told[group.heading] in by_code:
                fits.append((2.0, -at, group, by_code[told[group.heading]]))
            continue
        for question in questions:
            if (fit := _fit(grid, layout, group, question)) >= ENOUGH:
                fits.append((fit, -at, group, question))
    found: dict[str, tuple[Group, Question]] = {}
    taken: set[str] = set()
    for _, _, group, question in sorted(fits, key=lambda item: (-item[0], -item[1])):
        if question.code not in found and group.heading not in taken:
            found[question.code] = (group, question)
            taken.add(group.heading)
    return [found[question.code] for question in questions if question.code in found]


def _fit(grid: Grid, layout: Layout, group: Group, question: Question) -> float:
    """0..1 how well the columns' options are the question's; its own name counts as half."""
    named = 0.5 if question.is_named(group.heading) else 0.0
    if group.options:
        known = sum(bool(question.option(field.option)) for field in group.options)
        share = known / len(group.options)
        # one word in common, such as "Other", makes no question
        share = share if any(_is_telling(question, field.option) for field in group.options) else 0.0
    elif group.lists:
        share = _list_fit(grid.columns[group.lists[0].at], layout, question)
    else:
        share = 0.0
    # a name without a single known option is a question asked with other answers, or with numbers for them
    return min(share + named, 1.0) if share else 0.0


def _is_telling(question: Question, text: str) -> bool:
    return question.option(text) not in {"", "other"}


def _list_fit(column: Column, layout: Layout, question: Question) -> float:
    if not column.is_kept:
        return 0.0
    counts = column.counts()
    counts[0] = 0
    order = np.argsort(-counts, kind="stable")[:LOOKED_AT]
    known = total = 0
    for at in order:
        if not counts[at]:
            break
        parts = question.split(column.values[at], layout.separator)
        total += int(counts[at])
        known += int(counts[at]) * any(option not in {"", "other"} for option, _ in parts)
    return known / total if total else 0.0


def count(grid: Grid, layout: Layout, group: Group, question: Question) -> Answered:
    """The ticks of one recognised question."""
    ticks = Ticks(question, grid.rows)
    if group.options:
        for field in group.options:
            _option_column(grid.columns[field.at], layout, field, ticks)
    else:
        for field in group.lists:
            _list_column(grid.columns[field.at], layout, ticks)
    for field in group.texts:
        _text_column(grid.columns[field.at], ticks)
    return ticks.answered(group.heading, every_option_has_a_column=layout.has_every_option and bool(group.options))


def _option_column(column: Column, layout: Layout, field: Field, ticks: Ticks) -> None:
    option = ticks.question.option(field.option)
    is_yes = np.zeros(len(column.values), bool)
    is_no = np.zeros(len(column.values), bool)
    is_coded = layout.is_binary or _is_coded(column)
    for at, value in enumerate(column.values):
        key = value.casefold()
        is_no[at] = is_coded and key in NO
        is_yes[at] = bool(value) and key not in UNANSWERED and not is_no[at]
    rows = is_yes[column.codes]
    ticks.has_answer |= is_no[column.codes]
    if option:
        ticks.is_asked[option] = True
    elif rows.any():
        ticks.unmatched[field.option] += int(rows.sum())
    if option or rows.any():
        ticks.tick(option, rows)


def _is_coded(column: Column) -> bool:
    """Whether a column says yes and no to its option, so that "No" is no tick."""
    used = {value.casefold() for value, many in zip(column.values, column.counts(), strict=True) if many and value}
    return bool(used & NO) and used <= (YES | NO | BINARY | UNANSWERED)


def _list_column(column: Column, layout: Layout, ticks: Ticks) -> None:
    """Each different cell is understood once; then its ticks go to all rows that have it."""
    counts = column.counts()
    table = np.zeros((len(column.values), len(ticks.places)), np.int8)
    is_answer = np.zeros(len(column.values), bool)
    for at, (value, many) in enumerate(zip(column.values, counts, strict=True)):
        if not many or not value or value.casefold() in UNANSWERED:
            continue
        is_answer[at] = True
        for option, text in ticks.question.split(value, layout.separator):
            if layout.separator.strip() == "," and folded(text) in ticks.question.two_ways:
                ticks.two_ways[text] += int(many)
            if not option:
                ticks.unmatched[text] += int(many)
                option = "other" if ticks.question.has_other else ""
            if option:
                table[at, ticks.places[option]] = 1
                ticks.is_asked[option] = True
    ticks.ticks |= table[column.codes]
    ticks.has_answer |= is_answer[column.codes]


def _text_column(column: Column, ticks: Ticks) -> None:
    """Whatever was typed beside Other is Other, and listed."""
    counts = column.counts()
    is_text = np.zeros(len(column.values), bool)
    for at, (value, many) in enumerate(zip(column.values, counts, strict=True)):
        if many and value and value.casefold() not in UNANSWERED:
            is_text[at] = True
            if not OTHER_TEXT.search(value):
                ticks.unmatched[value] += int(many)
    rows = is_text[column.codes]
    if ticks.question.has_other:
        ticks.is_asked["other"] = True
    ticks.tick("", rows)
