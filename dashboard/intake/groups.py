"""What is known of the columns of one question: a column for each option, or cells that hold the answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.intake.cells import is_none, is_unanswered
from dashboard.intake.codebook import OTHER, SEPARATORS, Question
from dashboard.intake.grid import Column
from dashboard.intake.headers import Field

OTHER_TEXT = re.compile(
    r"^other\b.*(specify|text|write)|^other$|please specify"
    r"|^andere[rs]?$|^sonstige|^autre|^otro|^outro|^altro|^diğer|^lainnya|^أخرى|^другое",
    re.IGNORECASE,
)
TEXT_OF_OTHER = re.compile(r"\s+-\s+text$|\s*[\[(]text[\])]$", re.IGNORECASE)

# how much of a column's answers must be known options before it is taken for a question
ENOUGH = 0.5
LOOKED_AT = 400
# blanks and slashes also stand inside one answer ("and/or"): they are taken for a separator only if, in this share of
# the cells that hold a known option, every other part is a known option too
LOOSE = {" ", "/"}
LOOSE_ENOUGH = 0.9


@dataclass(frozen=True)
class OptionColumn:
    """A column that stands for one option. `option` is "" where no option of the codebook means its `text`; `is_text`:
    the cells hold what was typed beside "Other"."""

    field: Field
    option: str
    text: str
    is_text: bool = False


@dataclass(frozen=True)
class Group:
    """The columns of one question: a column for each option, or columns whose cells hold the answers, each with the
    separator that joins them."""

    question: Question
    heading: str
    options: tuple[OptionColumn, ...] = ()
    lists: tuple[tuple[Field, str], ...] = ()
    is_named: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """All its columns."""
        return (*(column.field for column in self.options), *(field for field, _ in self.lists))


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
    found: list[tuple[int, int, float, str]] = []
    for mark in SEPARATORS:
        if found and not any(mark in value for value, _ in often):
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
        found.append((known, unknown, answered / total, mark))
    known, unknown, share, mark = max(found, key=lambda each: (each[0], -each[1]))
    is_named = any(question.is_named(text) for text in field.names)
    # a remark may mention an option; the answers to a question are made of them
    is_made_of_them = is_named or known >= unknown
    return mark if share >= ENOUGH and is_made_of_them else None
