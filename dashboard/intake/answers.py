"""Responses as a change of the data: the answers of a wave, the wave itself and the source that its figures cite."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.dataset.schema import ANSWERS, SOURCES, WAVES
from dashboard.intake.responses import NO_ANSWER, NOT_TICKED, TICKED, Responses
from dashboard.store.changes import Edit, GroupEdit

WORDS = {TICKED: "yes", NOT_TICKED: "no", NO_ANSWER: ""}
Row = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True)
class WaveCard:
    """How the wave is to be called, and the source that its figures cite."""

    id: str
    year: int
    title: str
    note: str
    source_title: str

    @property
    def source_id(self) -> str:
        """The id of its source."""
        return f"survey-{self.id}"


def respondents_before(dataset: Dataset, wave: str) -> int:
    """How many respondents the data has of a wave."""
    answers = dataset.survey.answers
    return int(answers.loc[answers["wave"] == wave, "respondent"].nunique())


def random_ids(count: int) -> np.ndarray:
    """So many different random ids of eight letters, sorted: nothing of the export's order or ids is kept."""
    ids: np.ndarray = np.zeros(0, np.uint32)
    while len(ids) < count:
        more = np.frombuffer(os.urandom(4 * (count - len(ids))), np.uint32)
        ids = np.unique(np.concatenate([ids, more]))
    return np.array([f"{number:08x}" for number in ids], dtype=object)


def answer_edits(responses: Responses, card: WaveCard, dataset: Dataset) -> tuple[list[Edit | GroupEdit], int]:
    """What puts the wave into the data, in place of what it had of it; and the number of rows."""
    rows = _rows(responses, card.id)
    before = int((dataset.survey.answers["wave"] == card.id).sum())
    edits: list[Edit | GroupEdit] = [
        _put(dataset, SOURCES.table, "id", {"id": card.source_id, **_source(card)}),
        _put(dataset, WAVES.table, "wave", {"wave": card.id, **_wave(card)}),
        GroupEdit(ANSWERS.table, card.id, rows, before),
    ]
    return edits, len(rows)


def _rows(responses: Responses, wave: str) -> list[Row]:
    """The rows of the wave as its file has them, respondents in the order of their random ids."""
    order = np.random.default_rng(int.from_bytes(os.urandom(8))).permutation(responses.respondents)
    ids = random_ids(responses.respondents)
    columns = [
        (found.ticks[:, at], found.question.code, option)
        for found in responses.answered
        for at, option in enumerate(found.options)
    ]
    rows: list[Row] = []
    for person, at in zip(ids, order, strict=True):
        region, state = str(responses.regions[at]), str(responses.states[at])
        rows += [
            (wave, person, question, option, WORDS[int(ticks[at])], region, state)
            for ticks, question, option in columns
        ]
    return rows


def _wave(card: WaveCard) -> dict[str, str]:
    texts = {"title": card.title, "kind": "answers", "source_ids": card.source_id, "note": card.note}
    return {"year": str(card.year), **texts}


def _source(card: WaveCard) -> dict[str, str]:
    return {"short_title": card.title, "title": card.source_title, "kind": "primary"}


def _put(dataset: Dataset, table: str, key: str, row: dict[str, str]) -> Edit:
    """A row into a table, in place of the one with its key, of which other cells stay."""
    is_known = row[key] in set(dataset.tables[table][key])
    return Edit(table, (row[key],) if is_known else None, row)


def today() -> str:
    """The date of the import, for the wave's note."""
    return datetime.date.today().isoformat()
