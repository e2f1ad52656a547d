"""Columns whose cells hold the answers, and what joins several of them in a cell."""

from __future__ import annotations

from dashboard.intake.cells import is_none, is_unanswered
from dashboard.intake.codebook import OTHER, SEPARATORS, Question
from dashboard.intake.grid import Column
from dashboard.intake.headers import Field

# how much of a column's answers must be known options before it is taken for a question
ENOUGH = 0.5
LOOKED_AT = 400
# blanks and slashes also stand inside one answer ("and/or"): they are taken for a separator only if, in this share of
# the cells that hold a known option, every other part is a known option too
LOOSE = {" ", "/"}
LOOSE_ENOUGH = 0.9


def separator_of(column: Column, field: Field, question: Question) -> str | None:
    """The separator of several answers in one column's cells: the one that gives most known options. None where the
    column holds no answers to this question."""
    if not column.is_kept:
        return None
    often = sorted(column.used(), key=lambda item: -item[1])[:LOOKED_AT]
    often = [(value, many) for value, many in often if not is_unanswered(value) and not is_none(value)]
    total = sum(many for _, many in often)
    if not total:
        return None
    best: tuple[int, int, float, str] | None = None
    for mark in SEPARATORS:
        if best is not None and not any(mark in value for value, _ in often):
            continue
        known = unknown = answered = strange = 0
        for value, many in often:
            parts = question.split(value, mark)
            telling = sum(option not in {"", OTHER} for option, _ in parts)
            missing = sum(not option for option, _ in parts)
            known, unknown = known + telling * many, unknown + missing * many
            answered += many * bool(telling)
            strange += many * bool(telling and missing)
        if mark in LOOSE and (not answered or strange > (1 - LOOSE_ENOUGH) * answered):
            continue
        if best is None or (known, -unknown) > (best[0], best[1]):
            best = (known, -unknown, answered / total, mark)
    if best is None:
        return None
    most_known, minus_unknown, share, mark = best
    is_named = any(question.is_named(text) for text in field.names)
    # a remark may mention an option; the answers to a question are made of them
    is_made_of_them = is_named or most_known >= -minus_unknown
    return mark if share >= ENOUGH and is_made_of_them else None
