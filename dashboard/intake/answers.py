"""Responses into a copy of the data folder: the rows of `survey/answers.csv` and the wave in `survey/waves.csv`."""

from __future__ import annotations

import csv
import datetime
import io
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.dataset.model import Dataset
from dashboard.dataset.schema import ANSWERS, SOURCES, WAVES
from dashboard.intake.responses import NO_ANSWER, NOT_TICKED, TICKED, Responses
from dashboard.intake.tables import read_keeping, write_table

WORDS = {TICKED: "yes", NOT_TICKED: "no", NO_ANSWER: ""}
ROWS_AT_ONCE = 2_000


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


def write_answers(folder: Path, responses: Responses, card: WaveCard) -> int:
    """Puts the wave into the folder, in place of what it had of it. Returns the number of rows written."""
    _write_row(folder / SOURCES.file, "id", {"id": card.source_id, **_source(card)})
    _write_row(folder / WAVES.file, "wave", {"wave": card.id, **_wave(card)})
    path = folder / ANSWERS.file
    names = list(ANSWERS.column_names())
    extra: list[str] = []
    path.parent.mkdir(exist_ok=True)
    new = path.with_suffix(".new")
    written = 0
    with new.open("w", encoding="utf-8", newline="") as file:
        if path.exists():
            table = read_keeping(path)
            extra = [column for column in table.columns if column not in names]
            csv.writer(file, lineterminator="\n").writerow([*names, *extra])
            others = table[table["wave"] != card.id]
            others[[*names, *extra]].to_csv(file, index=False, header=False, lineterminator="\n")
        else:
            csv.writer(file, lineterminator="\n").writerow(names)
        for lines in _lines(responses, card.id, len(extra)):
            file.write("".join(lines))
            written += len(lines)
    new.replace(path)
    return written


def _lines(responses: Responses, wave: str, extra: int) -> list[list[str]]:
    """The rows of the wave in batches, respondents in the order of their random ids."""
    order = np.random.default_rng(int.from_bytes(os.urandom(8))).permutation(responses.respondents)
    ids = random_ids(responses.respondents)
    pairs = [
        (
            found.ticks[:, at],
            {state: f",{_cell(found.question.code)},{_cell(option)},{word}," for state, word in WORDS.items()},
        )
        for found in responses.answered
        for at, option in enumerate(found.options)
    ]
    tails: dict[tuple[str, str], str] = {}
    batches: list[list[str]] = []
    for start in range(0, len(order), ROWS_AT_ONCE):
        rows = order[start : start + ROWS_AT_ONCE]
        states = [(ticks[rows].tolist(), texts) for ticks, texts in pairs]
        lines = []
        for number, row in enumerate(rows):
            where = (responses.regions[row], responses.states[row])
            tail = tails.get(where)
            if tail is None:
                tail = tails[where] = f"{_cell(where[0])},{_cell(where[1])}{',' * extra}\n"
            head = f"{_cell(wave)},{ids[start + number]}"
            lines += [f"{head}{texts[column[number]]}{tail}" for column, texts in states]
        batches.append(lines)
    return batches


def _cell(text: str) -> str:
    """A text as a cell of CSV."""
    if not any(mark in text for mark in ',"\n\r'):
        return text
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([text])
    return out.getvalue()


def _wave(card: WaveCard) -> dict[str, str]:
    texts = {"title": card.title, "kind": "answers", "source_ids": card.source_id, "note": card.note}
    return {"year": str(card.year), **texts}


def _source(card: WaveCard) -> dict[str, str]:
    return {"short_title": card.title, "title": card.source_title, "kind": "primary"}


def _write_row(path: Path, key: str, row: dict[str, str]) -> None:
    """Puts a row into a table, in place of the one with its key, of which other columns stay."""
    table = read_keeping(path)
    known = table[key] == row[key]
    if known.any():
        for column, value in row.items():
            table.loc[known, column] = value
    else:
        table = pd.concat([table, pd.DataFrame([row])], ignore_index=True).fillna("")
    write_table(table, path)


def today() -> str:
    """The date of the import, for the wave's note."""
    return datetime.date.today().isoformat()
