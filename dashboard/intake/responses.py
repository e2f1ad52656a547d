"""What a survey file says once its columns are understood: ticks by question, places, and what is left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dashboard.dataset.problems import BadData, Problem
from dashboard.intake.codebook import OTHER, Question

TICKED, NOT_TICKED, NO_ANSWER = 1, 0, -1
# what is counted of the texts of a question
TEXTS = ("unmatched", "two_ways", "nones", "unknown_options")


@dataclass(frozen=True, eq=False)
class Answered:
    """One question of the codebook as it was asked. `ticks` (int8, respondents x options): 1 ticked, 0 not, -1 no
    answer. `unmatched`: texts that no option means, with how often; `two_ways`: texts that are one option, and were
    taken for it, but could have been several; `nones`: texts that say that none applies; `unknown_options`: headings of
    option columns that no option means, with how often they were ticked. `is_offered`: whether the file shows which
    options were offered, which only columns do; `is_one_column`: whether the heading is that of one column."""

    question: Question
    heading: str
    options: tuple[str, ...]
    ticks: np.ndarray
    unmatched: Mapping[str, int]
    two_ways: Mapping[str, int] = field(default_factory=dict)
    nones: Mapping[str, int] = field(default_factory=dict)
    unknown_options: Mapping[str, int] = field(default_factory=dict)
    is_offered: bool = False
    is_one_column: bool = True

    @property
    def base(self) -> int:
        """How many answered at all."""
        return int((self.ticks[:, 0] != NO_ANSWER).sum()) if self.ticks.shape[1] else 0

    def counts(self) -> dict[str, int]:
        """How many ticked each option."""
        return {option: int((self.ticks[:, at] == TICKED).sum()) for at, option in enumerate(self.options)}


@dataclass(frozen=True)
class ColumnUse:
    """What a column was taken for, in the words of a mapping: "barriers", "barriers/visas" ("barriers/" where the
    option is not known), "country", "region", "state"; "" where it is left out, with the reason (import.reason.…)."""

    heading: str
    use: str
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Responses:
    """A whole wave, of one file or of several. `tools` wrote them (import.tool.… of the catalogue); `regions` and
    `states` (a text each respondent, "" unknown); `skipped`: rows left out, by reason; `left_out`: columns as (heading,
    reason); `places`: (heading, what) of the columns that say where; `place_questions`: columns about places of which
    no word is known; `also`: columns that hold answers to a question too; `hidden`: rows that a filter hides;
    `columns`: what each was taken for."""

    tools: Sequence[str]
    rows_in: int
    answered: Sequence[Answered]
    regions: np.ndarray
    states: np.ndarray
    unmatched_places: Mapping[str, int]
    skipped: Mapping[str, int]
    left_out: Sequence[tuple[str, str]]
    places: Sequence[tuple[str, str]]
    sheet: str = ""
    other_sheets: Sequence[str] = ()
    place_questions: Sequence[str] = ()
    also: Sequence[str] = ()
    hidden: int = 0
    files: Sequence[str] = ()
    columns: Sequence[ColumnUse] = ()

    @property
    def respondents(self) -> int:
        """How many rows become respondents."""
        return len(self.regions)


@dataclass
class Ticks:
    """Ticks of one question while they are gathered."""

    question: Question
    rows: int
    is_asked: dict[str, bool] = field(default_factory=dict)
    unmatched: Counter[str] = field(default_factory=Counter)
    two_ways: Counter[str] = field(default_factory=Counter)
    nones: Counter[str] = field(default_factory=Counter)
    unknown_options: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.places = {option: at for at, option in enumerate(self.question.options)}
        self.ticks = np.zeros((self.rows, len(self.places)), np.int8)
        self.has_answer = np.zeros(self.rows, bool)

    def tick(self, option: str, rows: np.ndarray) -> None:
        """Ticks an option, or Other for "" where the codebook has it, for these rows (bool)."""
        option = option or (OTHER if self.question.has_other else "")
        self.has_answer |= rows
        if option:
            self.is_asked[option] = True
            self.ticks[rows, self.places[option]] = TICKED

    def answered(self, heading: str, *, every_option_has_a_column: bool, is_one_column: bool = True) -> Answered:
        """The three states; options that were not asked are left out where the file shows which were."""
        options = self.question.options
        if every_option_has_a_column:
            options = tuple(option for option in options if self.is_asked.get(option))
        ticks = self.ticks[:, [self.places[option] for option in options]]
        ticks[~self.has_answer] = NO_ANSWER
        return Answered(
            self.question,
            heading,
            options,
            ticks,
            is_offered=every_option_has_a_column,
            is_one_column=is_one_column,
            **{kind: dict(getattr(self, kind)) for kind in TEXTS},
        )


def add(parts: Sequence[Responses]) -> Responses:
    """All respondents of all files. Raises BadData where files did not offer the same options of a question: a share of
    an option would be of people who were not asked."""
    questions = list(dict.fromkeys(found.question.code for part in parts for found in part.answered))
    problems: list[Problem] = []
    answered = []
    for code in questions:
        of_files = [next((found for found in part.answered if found.question.code == code), None) for part in parts]
        if len({found.options for found in of_files if found is not None}) > 1:
            problems += _differences(parts, of_files)
        else:
            answered.append(_one_question(parts, of_files))
    if problems:
        raise BadData(problems)

    def each_once(name: str) -> list[Any]:
        return list(dict.fromkeys(value for part in parts for value in getattr(part, name)))

    return Responses(
        tools=each_once("tools"),
        rows_in=sum(part.rows_in for part in parts),
        answered=answered,
        regions=np.concatenate([part.regions for part in parts]),
        states=np.concatenate([part.states for part in parts]),
        unmatched_places=_sum(part.unmatched_places for part in parts),
        skipped=_sum(part.skipped for part in parts),
        left_out=each_once("left_out"),
        places=each_once("places"),
        sheet=", ".join(filter(None, (part.sheet for part in parts))),
        other_sheets=[sheet for part in parts for sheet in part.other_sheets],
        place_questions=each_once("place_questions"),
        also=each_once("also"),
        hidden=sum(part.hidden for part in parts),
        files=tuple(name for part in parts for name in part.files),
        columns=each_once("columns"),
    )


def _one_question(parts: Sequence[Responses], of_files: Sequence[Answered | None]) -> Answered:
    known = [found for found in of_files if found is not None]
    ticks = [
        np.full((part.respondents, len(known[0].options)), NO_ANSWER, np.int8) if found is None else found.ticks
        for part, found in zip(parts, of_files, strict=True)
    ]
    return Answered(
        known[0].question,
        " + ".join(dict.fromkeys(found.heading for found in known)),
        known[0].options,
        np.concatenate(ticks),
        is_offered=all(found.is_offered for found in known),
        is_one_column=all(found.is_one_column for found in known) and len({found.heading for found in known}) == 1,
        **{kind: _sum(getattr(found, kind) for found in known) for kind in TEXTS},
    )


def _differences(parts: Sequence[Responses], of_files: Sequence[Answered | None]) -> list[Problem]:
    every = {option for found in of_files if found for option in found.options}
    problems = []
    for part, found in zip(parts, of_files, strict=True):
        if found and (missing := [option for option in found.question.options if option in every - set(found.options)]):
            labels = ", ".join(found.question.labels[option] for option in missing)
            details = {"options": labels, "question": found.question.title, "code": found.question.code}
            problems.append(Problem(part.files[0], "not_offered", column=found.heading, details=details))
    return problems


def _sum(counters: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return dict(total)
