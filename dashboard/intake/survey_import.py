"""Answers into a wave, all of them or none. The command line and the staff area go the same way."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import Problem
from dashboard.dataset.schema import ANSWERS, FIRST_YEAR, LAST_YEAR, SOURCES, WAVES
from dashboard.dataset.validate import CODE
from dashboard.intake.files import refused
from dashboard.intake.responses import NO_ANSWER, NOT_TICKED, TICKED, Responses
from dashboard.store.changes import Check, Edit, Entry, GroupEdit, commit
from dashboard.store.database import Database
from dashboard.strings import Catalog

WORDS = {TICKED: "yes", NOT_TICKED: "no", NO_ANSWER: ""}
Row = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True)
class Wave:
    """The wave that files become: how it is called in the data, its year, and its title."""

    id: str
    year: int
    title: str


def wave_of(name: str, year: int | None, title: str, t: Catalog) -> Wave | None:
    """The wave of this name; its year stands in the name where none is given. None where it cannot be called so."""
    found = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", name)
    year = year or (int(found.group()) if found else None)
    if not CODE.fullmatch(name) or year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Wave(name, year, title or t("import.title", year=year))


def check_wave(dataset: Dataset, wave: str) -> None:
    """Raises BadData for a wave of published themes, which is not overwritten by answers."""
    if any(known.id == wave and known.kind != "answers" for known in dataset.survey.waves):
        raise refused("survey/waves.csv", "wave_of_themes", column="wave", value=wave, wave=wave)


def problems_in_words(problems: Sequence[Problem], t: Catalog) -> list[Problem]:
    """The same with the words of the tool's own export dialog, where a problem is about the export."""
    return [
        replace(problem, details={**problem.details, "export": t(f"import.export.{tool}")})
        if (tool := problem.details.get("tool"))
        else problem
        for problem in problems
    ]


def commit_survey(
    database: Database,
    dataset: Dataset,
    responses: Responses,
    wave: Wave,
    t: Catalog,
    *,
    who: str,
    way: str,
    check: Check,
    reason: str = "",
) -> tuple[Entry, int]:
    """Puts the answers of a wave in place of what the data has of it. Returns the change and its number of rows.

    Raises BadData, Conflict, DatabaseProblem.
    """
    tool = ", ".join(t(f"import.tool.{tool}") for tool in responses.tools)
    note = t("import.note", tool=tool, date=datetime.date.today().isoformat())
    source = t("import.source", title=wave.title, people=f"{responses.respondents:,}", note=note)
    edits, rows = answer_edits(responses, wave, dataset, note=note, source=source)
    label = t("import.label_survey", wave=wave.id, people=responses.respondents)
    return commit(database, edits, who=who, way=way, what=label, check=check, reason=reason), rows


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


def answer_edits(
    responses: Responses, wave: Wave, dataset: Dataset, *, note: str, source: str
) -> tuple[list[Edit | GroupEdit], int]:
    """What puts the wave into the data, in place of what it had of it; and the number of rows. `note` is that of the
    wave, `source` the title of the source that its figures cite."""
    source_id = f"survey-{wave.id}"
    of_source = {"id": source_id, "short_title": wave.title, "title": source, "kind": "primary"}
    of_wave = {"wave": wave.id, "year": str(wave.year), "title": wave.title, "kind": "answers"}
    rows = _rows(responses, wave.id)
    before = int((dataset.survey.answers["wave"] == wave.id).sum())
    edits: list[Edit | GroupEdit] = [
        _put(dataset, SOURCES.table, "id", of_source),
        _put(dataset, WAVES.table, "wave", {**of_wave, "source_ids": source_id, "note": note}),
        GroupEdit(ANSWERS.table, wave.id, rows, before),
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
        place = str(responses.regions[at]), str(responses.states[at])
        rows += [(wave, person, question, option, WORDS[int(ticks[at])], *place) for ticks, question, option in columns]
    return rows


def _put(dataset: Dataset, table: str, key: str, row: dict[str, str]) -> Edit:
    """A row into a table, in place of the one with its key, of which other cells stay."""
    is_known = row[key] in set(dataset.tables[table][key])
    return Edit(table, (row[key],) if is_known else None, row)
