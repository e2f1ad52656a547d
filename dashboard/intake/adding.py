"""Several files of one wave, such as two languages or two collectors, as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from dashboard.dataset.problems import BadData, Problem
from dashboard.intake.responses import NO_ANSWER, Answered, Responses


def add(parts: Sequence[Responses]) -> Responses:
    """All respondents of all files. Raises BadData where files did not offer the same options of a question: a share of
    an option would be of people who were not asked."""
    questions = list(dict.fromkeys(found.question.code for part in parts for found in part.answered))
    problems: list[Problem] = []
    answered = []
    for code in questions:
        of_files = [next((found for found in part.answered if found.question.code == code), None) for part in parts]
        offered = {found.options for found in of_files if found is not None}
        if len(offered) > 1:
            problems += _differences(parts, of_files)
            continue
        answered.append(_one_question(parts, of_files))
    if problems:
        raise BadData(problems)
    return Responses(
        tools=tuple(dict.fromkeys(tool for part in parts for tool in part.tools)),
        rows_in=sum(part.rows_in for part in parts),
        answered=answered,
        regions=np.concatenate([part.regions for part in parts]),
        states=np.concatenate([part.states for part in parts]),
        unmatched_places=_sum(part.unmatched_places for part in parts),
        skipped=_sum(part.skipped for part in parts),
        left_out=list(dict.fromkeys(pair for part in parts for pair in part.left_out)),
        places=list(dict.fromkeys(pair for part in parts for pair in part.places)),
        sheet=", ".join(filter(None, (part.sheet for part in parts))),
        other_sheets=[sheet for part in parts for sheet in part.other_sheets],
        place_questions=list(dict.fromkeys(heading for part in parts for heading in part.place_questions)),
        also=list(dict.fromkeys(heading for part in parts for heading in part.also)),
        hidden=sum(part.hidden for part in parts),
        files=tuple(name for part in parts for name in part.files),
        columns=list(dict.fromkeys(column for part in parts for column in part.columns)),
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
        _sum(found.unmatched for found in known),
        _sum(found.two_ways for found in known),
        _sum(found.nones for found in known),
        _sum(found.unknown_options for found in known),
        all(found.is_offered for found in known),
        all(found.is_one_column for found in known) and len({found.heading for found in known}) == 1,
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
