"""The commands that take files in: each shows what it would do, asks, and then does all of it or nothing."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dashboard.dataset import BadData, Dataset, Problem, describe_all
from dashboard.dataset.schema import FIRST_YEAR, LAST_YEAR
from dashboard.dataset.spelling import normalize
from dashboard.dataset.validate import CODE
from dashboard.intake.answers import WaveCard, answer_edits, respondents_before, today
from dashboard.intake.codebook import Question, codebook_of
from dashboard.intake.files import refused
from dashboard.intake.list_columns import how_many_needed
from dashboard.intake.mapping import Mapped, read_mapping, write_mapping, write_template
from dashboard.intake.partnership_file import read_partnerships
from dashboard.intake.partnership_plan import Planner, as_in_the_file, plan_edits
from dashboard.intake.partnership_preview import partnership_preview
from dashboard.intake.places import places_of
from dashboard.intake.preview import survey_preview
from dashboard.intake.responses import Responses
from dashboard.intake.spreadsheet import progress_bar, read_grids
from dashboard.intake.survey import Opened, open_table, questions_found, understand
from dashboard.intake.templates import write_templates
from dashboard.settings import Settings
from dashboard.store.changes import Check, commit
from dashboard.store.commands import dataset_of, is_accepted, run_on_database, who
from dashboard.store.database import Database
from dashboard.strings import Catalog

DONE, REFUSED, USAGE = 0, 1, 2


def run(options: argparse.Namespace, settings: Settings, t: Catalog, check: Check) -> int:
    """Runs one of these commands; `check` raises BadData where data is not fit to be shown. Returns 0 done, 1 refused,
    2 not understood."""
    commands = {"import-survey": import_survey, "import-partnerships": import_partnerships, "template": template}
    return run_on_database(commands[options.command], options, settings, t, check)


def import_survey(options: argparse.Namespace, database: Database, settings: Settings, t: Catalog, check: Check) -> int:
    """Reads a survey tool's export into a wave."""
    year = options.year or _year_in(options.wave)
    if not CODE.fullmatch(options.wave) or year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        print(t("import.bad_wave", wave=options.wave, first=FIRST_YEAR, last=LAST_YEAR), file=sys.stderr)
        return USAGE
    paths = [Path(file) for file in options.file]
    map_path = Path(options.map) if options.map else None
    most_bytes = settings.max_file_mb * 1_000_000
    mapped = read_mapping(map_path) if map_path else Mapped()
    bar = progress_bar(t("import.reading"))
    dataset = dataset_of(database)
    _check_wave(dataset, options.wave)
    questions = codebook_of(dataset)
    opened = [
        open_table(grid, questions)
        for path in paths
        for grid in read_grids(
            path,
            most_bytes=most_bytes,
            progress=bar,
            sheet=options.sheet or "",
            fit=lambda grid: questions_found(grid, dataset, mapped),
        )
    ]
    try:
        responses = understand(opened, dataset, mapped, map_name=map_path.name if map_path else "")
    except BadData as error:
        print(describe_all(_in_words(error.problems, t), t), file=sys.stderr)
        _help_with_map(map_path, opened, questions, t)
        return REFUSED
    before = respondents_before(dataset, options.wave)
    name = ", ".join(path.name for path in paths)
    print(survey_preview(responses, t, file=name, wave=options.wave, before=before))
    if not is_accepted(options, t):
        return REFUSED
    title = options.title or t("import.title", year=year)
    tool = ", ".join(t(f"import.tool.{tool}") for tool in responses.tools)
    note = t("import.note", tool=tool, date=today())
    source = t("import.source", title=title, people=f"{responses.respondents:,}", note=note)
    edits, rows = answer_edits(responses, WaveCard(options.wave, year, title, note, source), dataset)
    label = t("import.label_survey", wave=options.wave, people=responses.respondents)
    commit(database, edits, who=who(), way=f"{options.command} {name}", what=label, check=check)
    if map_path:
        _keep_map(map_path, responses, mapped, t)
    place = database.label
    print(t("import.done", rows=f"{rows:,}", people=f"{responses.respondents:,}", place=place, wave=options.wave))
    print(t("import.how_to_undo"))
    return DONE


def import_partnerships(
    options: argparse.Namespace, database: Database, settings: Settings, t: Catalog, check: Check
) -> int:
    """Reads a spreadsheet of partnerships into the table."""
    path = Path(options.file)
    most_bytes = settings.max_file_mb * 1_000_000
    bar = progress_bar(t("import.reading"))
    grids = read_grids(
        path, most_bytes=most_bytes, progress=bar, sheet=options.sheet or "", fit=how_many_needed, is_first_enough=True
    )
    dataset = dataset_of(database)
    cities = frozenset(normalize(name) for name in dataset.tables["partner_cities"]["name"])
    ids = frozenset(dataset.partnerships["id"])
    file = read_partnerships(grids[0], places_of(dataset), ids, cities, us_city=options.us_city or "")
    planner = Planner(dataset, file=path.name, date=today())
    plan = planner.go(file.rows, remove_missing=options.remove_missing, with_hidden=options.with_hidden)
    print(partnership_preview(plan, file, t, name=path.name))
    if not plan.has_changes:
        print(t("partnerships.nothing"))
        return REFUSED if plan.held else DONE
    if not is_accepted(options, t):
        return REFUSED
    counts = {"added": len(plan.added), "changed": len(plan.changed), "removed": len(plan.removed)}
    edits, order = plan_edits(plan, dataset)
    label = t("partnerships.label", file=path.name, **counts)
    try:
        commit(database, edits, who=who(), way=f"{options.command} {path.name}", what=label, check=check)
    except BadData as error:
        raise BadData(as_in_the_file(error.problems, order, plan, path.name)) from None
    print(t("partnerships.done", place=database.label, **counts))
    print(t("import.how_to_undo"))
    return DONE


def template(options: argparse.Namespace, database: Database, _settings: Settings, t: Catalog, _check: Check) -> int:
    """Writes workbooks to fill in."""
    try:
        for path in write_templates(Path(options.into), dataset_of(database), t):
            print(t("template.written", path=path))
    except FileExistsError as error:
        print(t("template.exists", path=error), file=sys.stderr)
        return REFUSED
    return DONE


def _in_words(problems: Sequence[Problem], t: Catalog) -> list[Problem]:
    """The same with the words of the tool's own export dialog, where a problem is about the export."""
    return [
        replace(problem, details={**problem.details, "export": t(f"import.export.{tool}")})
        if (tool := problem.details.get("tool"))
        else problem
        for problem in problems
    ]


def _help_with_map(path: Path | None, opened: Sequence[Opened], questions: Sequence[Question], t: Catalog) -> None:
    """After a file that was not understood: a mapping to fill in, where its place was named and is free."""
    if path is None:
        print(t("import.map_could"), file=sys.stderr)
    elif path.exists():
        print(t("import.map_there", path=path), file=sys.stderr)
    else:
        try:
            write_template(path, [(one.body, one.header.fields) for one in opened], questions)
        except OSError as error:
            print(t("import.map_not_kept", path=path, reason=error.strerror or str(error)), file=sys.stderr)
        else:
            print(t("import.map_to_fill", path=path), file=sys.stderr)


def _keep_map(path: Path, responses: Responses, mapped: Mapped, t: Catalog) -> None:
    """By now the answers are in the data: what cannot be written here is said, and takes nothing of that back."""
    try:
        write_mapping(path, responses, mapped)
    except OSError as error:
        print(t("import.map_not_kept", path=path, reason=error.strerror or str(error)), file=sys.stderr)
    else:
        print(t("import.kept_map", path=path))


def _check_wave(dataset: Dataset, wave: str) -> None:
    """A wave of published themes is not overwritten by answers."""
    if any(known.id == wave and known.kind != "answers" for known in dataset.survey.waves):
        raise refused("survey/waves.csv", "wave_of_themes", column="wave", value=wave, wave=wave)


def _year_in(wave: str) -> int | None:
    found = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", wave)
    return int(found.group()) if found else None
