"""The commands that take files in: each shows what it would do, asks, and then does all of it or nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from dashboard.dataset import BadData, describe_all
from dashboard.dataset.schema import FIRST_YEAR, LAST_YEAR
from dashboard.intake.arguments import SEPARATORS
from dashboard.intake.codebook import Question, codebook_of
from dashboard.intake.mapping import Mapped, mapping_text, read_mapping, template_text, write_mapping
from dashboard.intake.partnership_file import read_list
from dashboard.intake.partnership_plan import ListOptions, commit_list, plan_list
from dashboard.intake.partnership_preview import partnership_preview
from dashboard.intake.preview import flags_of, survey_preview
from dashboard.intake.spreadsheet import HowToRead, progress_bar
from dashboard.intake.survey import Opened, open_file, understand
from dashboard.intake.survey_import import (
    check_wave,
    commit_survey,
    problems_in_words,
    respondents_before,
    wave_of,
)
from dashboard.intake.templates import write_templates
from dashboard.settings import Settings
from dashboard.store.changes import Check
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
    wave = wave_of(options.wave, options.year, options.title or "", t)
    if wave is None:
        print(t("import.bad_wave", wave=options.wave, first=FIRST_YEAR, last=LAST_YEAR), file=sys.stderr)
        return USAGE
    paths = [Path(file) for file in options.file]
    map_path = Path(options.map) if options.map else None
    most_bytes = settings.max_file_mb * 1_000_000
    mapped = read_mapping(map_path) if map_path else Mapped()
    bar = progress_bar(t("import.reading"))
    dataset = dataset_of(database)
    check_wave(dataset, wave.id)
    told = _told(options)
    opened = [open_file(path, dataset, mapped, most_bytes=most_bytes, told=told, progress=bar) for path in paths]
    try:
        responses = understand(opened, dataset, mapped, map_name=map_path.name if map_path else "")
    except BadData as error:
        print(describe_all(problems_in_words(error.problems, t), t), file=sys.stderr)
        _help_with_map(map_path, opened, codebook_of(dataset), t)
        return REFUSED
    before = respondents_before(dataset, wave.id)
    name = ", ".join(path.name for path in paths)
    flags = flags_of(responses, mapped)
    print(survey_preview(responses, t, file=name, wave=wave.id, before=before, flags=flags))
    if not is_accepted(options, t):
        return REFUSED
    way = f"{options.command} {name}"
    _, rows = commit_survey(database, dataset, responses, wave, t, who=who(), way=way, check=check)
    if map_path:
        _keep_map(map_path, mapping_text(responses, mapped), t, "import.kept_map", sys.stdout)
    place = database.label
    print(t("import.done", rows=f"{rows:,}", people=f"{responses.respondents:,}", place=place, wave=wave.id))
    print(t("import.how_to_undo"))
    return DONE


def import_partnerships(
    options: argparse.Namespace, database: Database, settings: Settings, t: Catalog, check: Check
) -> int:
    """Reads a spreadsheet of partnerships into the table."""
    path = Path(options.file)
    dataset = dataset_of(database)
    asked = ListOptions(options.us_city or "", options.remove_missing, options.with_hidden)
    file = read_list(
        path,
        dataset,
        most_bytes=settings.max_file_mb * 1_000_000,
        told=_told(options),
        us_city=asked.us_city,
        progress=progress_bar(t("import.reading")),
    )
    plan = plan_list(file, dataset, asked, name=path.name)
    print(partnership_preview(plan, file, t, name=path.name))
    if not plan.has_changes:
        print(t("partnerships.nothing"))
        return REFUSED if plan.held else DONE
    if not is_accepted(options, t):
        return REFUSED
    way = f"{options.command} {path.name}"
    commit_list(database, dataset, plan, t, name=path.name, who=who(), way=way, check=check)
    print(t("partnerships.done", place=database.label, **plan.counts))
    print(t("import.how_to_undo"))
    return DONE


def _told(options: argparse.Namespace) -> HowToRead:
    """What was said of how files are to be read."""
    separator = SEPARATORS.get(options.separator, "")
    return HowToRead(options.sheet, options.header_row, separator, getattr(options, "tool", ""))


def template(options: argparse.Namespace, database: Database, _settings: Settings, t: Catalog, _check: Check) -> int:
    """Writes workbooks to fill in."""
    try:
        for path in write_templates(Path(options.into), dataset_of(database), t):
            print(t("template.written", path=path))
    except FileExistsError as error:
        print(t("template.exists", path=error), file=sys.stderr)
        return REFUSED
    return DONE


def _help_with_map(path: Path | None, opened: Sequence[Opened], questions: Sequence[Question], t: Catalog) -> None:
    """After a file that was not understood: a mapping to fill in, where its place was named and is free."""
    if path is None:
        print(t("import.map_could"), file=sys.stderr)
    elif path.exists():
        print(t("import.map_there", path=path), file=sys.stderr)
    else:
        grids = [(one.body, one.header.fields) for one in opened]
        _keep_map(path, template_text(grids, questions), t, "import.map_to_fill", sys.stderr)


def _keep_map(path: Path, text: str, t: Catalog, done: str, out: TextIO) -> None:
    """Writes a mapping, and says so. By now the answers may be in the data: what cannot be written here is said, and
    takes nothing of that back."""
    try:
        write_mapping(path, text)
    except OSError as error:
        print(t("import.map_not_kept", path=path, reason=error.strerror or str(error)), file=sys.stderr)
    else:
        print(t(done, path=path), file=out)
