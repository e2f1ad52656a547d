"""Answers to numbers: what of a wave is ever asked, so that its rows need not be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.dataset.records import Codes, codes_of_texts


@dataclass(frozen=True, eq=False)
class WaveCounts:
    """All numbers of one wave, by place and question.

    `asked`: (regions, states) respondents. `answered`: question -> the same of those who answered it. `ticked`:
    (question, option) -> the same of those who ticked it. Options that nobody was asked are not there.
    """

    regions: tuple[str, ...]
    states: tuple[str, ...]
    asked: np.ndarray
    answered: Mapping[str, np.ndarray]
    ticked: Mapping[tuple[str, str], np.ndarray]


def count_answers(answers: pd.DataFrame) -> dict[str, WaveCounts]:
    """The numbers of each wave (columns of `answers` as in `Survey`)."""
    codes, waves = codes_of_texts(answers["wave"])
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(waves) + 1))
    used = ["respondent", "question", "option", "answer", "region", "us_state"]
    columns = {name: codes_of_texts(answers[name]) for name in used}
    found = {}
    for at, wave in enumerate(waves):
        rows = order[ends[at] : ends[at + 1]]
        if len(rows):
            found[wave] = _count({name: (codes[rows], values) for name, (codes, values) in columns.items()})
    return found


def _count(columns: Mapping[str, Codes]) -> WaveCounts:
    who = columns["respondent"][0]
    regions, region_at = _in_order(columns["region"])
    states, state_at = _in_order(columns["us_state"])
    shape = (len(regions), len(states))
    place = region_at * len(states) + state_at
    questions, options = columns["question"], columns["option"]
    answers = np.array(columns["answer"][1], dtype=object)[columns["answer"][0]]
    is_given, is_yes = answers != "", answers == "yes"

    def at_places(rows: np.ndarray, *, once: bool) -> np.ndarray:
        rows = rows[np.unique(who[rows], return_index=True)[1]] if once else rows
        return np.bincount(place[rows], minlength=shape[0] * shape[1]).reshape(shape)

    answered, ticked = {}, {}
    for code in pd.unique(questions[0]).tolist():
        question = questions[1][code]
        of_question = questions[0] == code
        answered[question] = at_places(np.flatnonzero(of_question & is_given), once=True)
        for option in np.unique(options[0][of_question]).tolist():
            rows = np.flatnonzero(of_question & (options[0] == option) & is_yes)
            ticked[(question, options[1][option])] = at_places(rows, once=False)
    return WaveCounts(regions, states, at_places(np.arange(len(who)), once=True), answered, ticked)


def _in_order(column: Codes) -> tuple[tuple[str, ...], np.ndarray]:
    """The values that occur, sorted, and for each row the position of its value among them."""
    codes, values = column
    there = sorted(np.unique(codes).tolist(), key=values.__getitem__)
    positions = np.zeros(len(values), dtype=np.int64)
    positions[there] = np.arange(len(there))
    return tuple(values[code] for code in there), positions[codes]
