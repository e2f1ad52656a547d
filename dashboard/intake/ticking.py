"""The ticks of a question that was recognised."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dashboard.dataset.spelling import normalize
from dashboard.intake.cells import NO, UNANSWERED, YES, is_none, is_unanswered, tick_of
from dashboard.intake.codebook import OTHER
from dashboard.intake.grid import Column, Grid
from dashboard.intake.groups import OTHER_TEXT, Group, OptionColumn
from dashboard.intake.mapping import LEAVE_OUT, Mapped
from dashboard.intake.responses import Answered, Ticks


def count(grid: Grid, group: Group, mapped: Mapped) -> Answered:
    """The ticks of one question."""
    ticks = Ticks(group.question, grid.rows)
    texts = mapped.texts.get(group.question.code, {})
    told = {normalize(text): option for text, option in texts.items()}
    for column in group.options:
        if column.is_text:
            _text_column(grid.columns[column.field.at], ticks, told)
        else:
            _option_column(grid.columns[column.field.at], column, ticks, mapped, told)
    for field, separator in group.lists:
        _list_column(grid.columns[field.at], ticks, separator, told)
    # what was typed beside Other is counted and thrown away; the texts of all other columns are read
    texts_of_other = {column.field.at for column in group.options if column.is_text}
    grid.check((field.at, field.label) for field in group.fields if field.at not in texts_of_other)
    has_columns = bool(group.options) and not group.lists
    return ticks.answered(group.heading, every_option_has_a_column=has_columns, is_one_column=not group.options)


def _option_column(column: Column, known: OptionColumn, ticks: Ticks, mapped: Mapped, told: Mapping[str, str]) -> None:
    option = known.option or told.get(normalize(known.text), "")
    if option == LEAVE_OUT:
        return
    is_yes = np.zeros(len(column.values), bool)
    is_no = np.zeros(len(column.values), bool)
    for at, value in enumerate(column.values):
        said = mapped.tick_of(value) or tick_of(value)
        is_no[at] = said == NO
        is_yes[at] = bool(value) and said not in {NO, UNANSWERED}
    rows = is_yes[column.codes]
    ticks.has_answer |= is_no[column.codes] | rows
    if is_none(known.text) and not known.option:
        return
    if option:
        ticks.is_asked[option] = True
        ticks.tick(option, rows)
    elif normalize(known.text) not in told:
        # an option that the codebook does not have: its people answered, and a person has to say what it is
        ticks.unknown_options[known.text] += int(rows.sum())


def _list_column(column: Column, ticks: Ticks, separator: str, told: Mapping[str, str]) -> None:
    """Each different cell is understood once; then its ticks go to all rows that have it."""
    counts = column.counts()
    table = np.zeros((len(column.values), len(ticks.places)), np.int8)
    is_answer = np.zeros(len(column.values), bool)
    for at, (value, many) in enumerate(zip(column.values, counts, strict=True)):
        if not many or is_unanswered(value):
            continue
        for option, text in ticks.question.split(value, separator):
            if separator == "," and normalize(text) in ticks.question.two_ways:
                ticks.two_ways[text] += int(many)
            key = normalize(text)
            if key in told:
                option = told[key]
                is_answer[at] |= option != LEAVE_OUT
                option = "" if option == LEAVE_OUT else option
            elif not option and is_none(text):
                ticks.nones[text] += int(many)
                is_answer[at] = True
            elif not option:
                ticks.unmatched[text] += int(many)
                is_answer[at] = True
                option = OTHER if ticks.question.has_other else ""
            else:
                is_answer[at] = True
            if option:
                table[at, ticks.places[option]] = 1
                ticks.is_asked[option] = True
    ticks.ticks |= table[column.codes]
    ticks.has_answer |= is_answer[column.codes]


def _text_column(column: Column, ticks: Ticks, told: Mapping[str, str]) -> None:
    """Whatever was typed beside Other is Other, and listed; "no" and the like are not."""
    targets: dict[str, list[int]] = {}
    is_answer = np.zeros(len(column.values), bool)
    for at, (value, many) in enumerate(zip(column.values, column.counts(), strict=True)):
        said = tick_of(value)
        if not many or is_unanswered(value) or said == UNANSWERED:
            continue
        option = told.get(normalize(value), ticks.question.option(value) or OTHER)
        if option == LEAVE_OUT:
            continue
        is_answer[at] = True
        if said == NO or (normalize(value) not in told and is_none(value)):
            continue
        if option == OTHER and said != YES and not OTHER_TEXT.search(value) and column.is_kept:
            ticks.unmatched[value] += int(many)
        if option:
            targets.setdefault(option, []).append(at)
    ticks.has_answer |= is_answer[column.codes]
    if ticks.question.has_other:
        ticks.is_asked[OTHER] = True
    for option, places in targets.items():
        is_it = np.zeros(len(column.values), bool)
        is_it[places] = True
        ticks.tick(option, is_it[column.codes])
