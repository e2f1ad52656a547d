"""A survey file into a wave, in steps: opened, understood, looked at, and then all of it or nothing. The command line
and the staff area go the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import Problem
from dashboard.dataset.schema import FIRST_YEAR, LAST_YEAR
from dashboard.dataset.validate import CODE
from dashboard.intake.answers import WaveCard, answer_edits, today
from dashboard.intake.codebook import codebook_of
from dashboard.intake.files import refused
from dashboard.intake.mapping import Mapped
from dashboard.intake.responses import Responses
from dashboard.intake.spreadsheet import AS_FOUND, HowToRead, no_progress, read_grids
from dashboard.intake.survey import Opened, open_table, questions_found
from dashboard.intake.text_file import Progress
from dashboard.store.changes import Check, Entry, commit
from dashboard.store.database import Database
from dashboard.strings import Catalog


@dataclass(frozen=True)
class Wave:
    """The wave that files become: how it is called in the data, its year, and its title."""

    id: str
    year: int
    title: str


def wave_of(name: str, year: int | None, title: str, t: Catalog) -> Wave | None:
    """The wave of this name; its year stands in the name where none is given. None where it cannot be called so."""
    year = year or _year_in(name)
    if not CODE.fullmatch(name) or year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Wave(name, year, title or t("import.title", year=year))


def check_wave(dataset: Dataset, wave: str) -> None:
    """Raises BadData for a wave of published themes, which is not overwritten by answers."""
    if any(known.id == wave and known.kind != "answers" for known in dataset.survey.waves):
        raise refused("survey/waves.csv", "wave_of_themes", column="wave", value=wave, wave=wave)


def open_file(
    path: Path,
    dataset: Dataset,
    mapped: Mapped,
    *,
    most_bytes: int,
    told: HowToRead = AS_FOUND,
    progress: Progress = no_progress,
) -> list[Opened]:
    """The tables of a file that hold questions, their headers found. Raises BadData."""
    grids = read_grids(
        path,
        most_bytes=most_bytes,
        progress=progress,
        told=told,
        fit=lambda grid: questions_found(grid, dataset, mapped),
    )
    questions = codebook_of(dataset)
    return [open_table(grid, questions, told) for grid in grids]


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
    note = t("import.note", tool=tool, date=today())
    source = t("import.source", title=wave.title, people=f"{responses.respondents:,}", note=note)
    edits, rows = answer_edits(responses, WaveCard(wave.id, wave.year, wave.title, note, source), dataset)
    label = t("import.label_survey", wave=wave.id, people=responses.respondents)
    return commit(database, edits, who=who, way=way, what=label, check=check, reason=reason), rows


def _year_in(wave: str) -> int | None:
    found = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", wave)
    return int(found.group()) if found else None
