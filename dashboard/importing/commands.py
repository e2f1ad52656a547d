"""The commands that change the data folder: each shows what it would do, asks, and then does all of it or nothing."""

from __future__ import annotations

import argparse
import errno
import re
import sys
from collections.abc import Callable
from pathlib import Path

from dashboard.dataset import BadData, Dataset, describe_all, load
from dashboard.dataset.about import last_possible_year
from dashboard.dataset.schema import FIRST_YEAR, LAST_YEAR
from dashboard.dataset.validate import CODE
from dashboard.importing.answers import WaveCard, respondents_before, today, write_answers
from dashboard.importing.files import refused
from dashboard.importing.mapping import Mapped, read_mapping, write_mapping
from dashboard.importing.partnership_file import read_partnerships
from dashboard.importing.partnership_plan import Planner, write_plan
from dashboard.importing.partnership_preview import partnership_preview
from dashboard.importing.places import places_of
from dashboard.importing.preview import survey_preview
from dashboard.importing.responses import Responses
from dashboard.importing.spreadsheet import progress_bar, read_grid
from dashboard.importing.survey import understand
from dashboard.importing.templates import write_templates
from dashboard.importing.versions import History, Unsettled, alone, commit, history_of, prepared, undo
from dashboard.settings import Settings
from dashboard.strings import Words

DONE, REFUSED, USAGE = 0, 1, 2


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Runs one of these commands. Returns 0 done, 1 refused, 2 not understood."""
    folder = Path(options.data) if options.data else settings.data
    commands: dict[str, Callable[[argparse.Namespace, Path, Settings, Words], int]] = {
        "import-survey": import_survey,
        "import-partnerships": import_partnerships,
        "template": template,
        "undo": undo_last,
    }
    try:
        return commands[options.command](options, folder, settings, words)
    except BadData as error:
        print(describe_all(error.problems, words), file=sys.stderr)
    except KeyboardInterrupt:
        print("\n" + words("import.nothing_changed"), file=sys.stderr)
    except Unsettled as error:
        _, reason, path = error.args
        print(words("import.unsettled", folder=folder, reason=reason, path=path), file=sys.stderr)
    except OSError as error:
        print(_disk(error, words, folder), file=sys.stderr)
    return REFUSED


def _disk(error: OSError, words: Words, folder: Path) -> str:
    """What the disk did not do, and to which file; without room, how much would be enough."""
    reason = ": ".join(filter(None, (str(error.filename or ""), error.strerror or str(error))))
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return words("import.disk_full", reason=reason, folder=folder)
    return words("import.disk", reason=reason)


def import_survey(options: argparse.Namespace, folder: Path, settings: Settings, words: Words) -> int:
    """Reads a survey tool's export into a wave."""
    year = options.year or _year_in(options.wave)
    if not CODE.fullmatch(options.wave) or year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        print(words("import.bad_wave", wave=options.wave, first=FIRST_YEAR, last=LAST_YEAR), file=sys.stderr)
        return USAGE
    path = Path(options.file)
    map_path = Path(options.map) if options.map else None
    most_bytes = settings.max_file_mb * 1_000_000
    grid = read_grid(path, most_bytes=most_bytes, progress=progress_bar(words("import.reading")))
    mapped = read_mapping(map_path) if map_path else Mapped()
    with alone(_history(folder)):
        dataset = load(folder, most_bytes=most_bytes)
        _check_wave(dataset, options.wave)
        responses = understand(grid, dataset, mapped)
        before = respondents_before(dataset, options.wave)
        print(survey_preview(responses, words, file=path.name, wave=options.wave, before=before))
        if not _is_accepted(options, words):
            return REFUSED
        title = options.title or words("import.title", year=year)
        tool = words(f"import.tool.{responses.layout.tool}")
        note = words("import.note", tool=tool, date=today())
        label = words("import.label_survey", wave=options.wave, people=responses.respondents, date=today())
        history = _history(folder)
        with prepared(history) as copy:
            source = words("import.source", title=title, people=f"{responses.respondents:,}", note=note)
            rows = write_answers(copy, responses, WaveCard(options.wave, year, title, note, source))
            load(copy, most_bytes=most_bytes)
            commit(history, copy, label, keep=settings.keep_versions)
        if map_path:
            _keep_map(map_path, responses, mapped, words)
    print(words("import.done", rows=f"{rows:,}", people=f"{responses.respondents:,}", folder=folder, wave=options.wave))
    print(words("import.how_to_undo"))
    return DONE


def import_partnerships(options: argparse.Namespace, folder: Path, settings: Settings, words: Words) -> int:
    """Reads a spreadsheet of partnerships into the table."""
    path = Path(options.file)
    most_bytes = settings.max_file_mb * 1_000_000
    grid = read_grid(path, most_bytes=most_bytes, progress=progress_bar(words("import.reading")))
    with alone(_history(folder)):
        dataset = load(folder, most_bytes=most_bytes)
        file = read_partnerships(grid, places_of(dataset), last_year=last_possible_year(dataset.about))
        plan = Planner(dataset, file=path.name, date=today()).go(file.rows, remove_missing=options.remove_missing)
        print(partnership_preview(plan, file, words, name=path.name))
        if not plan.has_changes:
            print(words("partnerships.nothing"))
            return REFUSED if plan.held else DONE
        if not _is_accepted(options, words):
            return REFUSED
        counts = {"added": len(plan.added), "changed": len(plan.changed), "removed": len(plan.removed)}
        history = _history(folder)
        with prepared(history) as copy:
            write_plan(copy, plan, dataset.snapshots)
            load(copy, most_bytes=most_bytes)
            label = words("partnerships.label", file=path.name, date=today(), **counts)
            commit(history, copy, label, keep=settings.keep_versions)
    print(words("partnerships.done", folder=folder, **counts))
    print(words("import.how_to_undo"))
    return DONE


def template(options: argparse.Namespace, folder: Path, settings: Settings, words: Words) -> int:
    """Writes workbooks to fill in."""
    dataset = load(folder, most_bytes=settings.max_file_mb * 1_000_000)
    try:
        for path in write_templates(Path(options.into), dataset, words):
            print(words("template.written", path=path))
    except FileExistsError as error:
        print(words("template.exists", path=error), file=sys.stderr)
        return REFUSED
    return DONE


def undo_last(options: argparse.Namespace, folder: Path, _settings: Settings, words: Words) -> int:
    """Puts back what the last import replaced."""
    history = _history(folder)
    with alone(history):
        former = history.former()
        if options.list or not former:
            for version in reversed(former):
                print(words("import.version", label=history.label(version) or version.name, path=version))
            if not former:
                print(words("import.no_versions"), file=sys.stderr)
            return DONE if options.list else REFUSED
        label, kept = undo(history)
    print(words("import.undone", label=label or former[-1].name, folder=folder))
    print(words("import.undone_kept", path=kept))
    return DONE


def _keep_map(path: Path, responses: Responses, mapped: Mapped, words: Words) -> None:
    """By now the answers are in the data: what cannot be written here is said, and takes nothing of that back."""
    try:
        write_mapping(path, responses, mapped)
    except OSError as error:
        print(words("import.map_not_kept", path=path, reason=error.strerror or str(error)), file=sys.stderr)
    else:
        print(words("import.kept_map", path=path))


def _history(folder: Path) -> History:
    if not folder.is_dir():
        raise refused(str(folder), "missing_folder")
    return history_of(folder)


def _check_wave(dataset: Dataset, wave: str) -> None:
    """A wave of published themes is not overwritten by answers."""
    if any(known.id == wave and known.kind != "answers" for known in dataset.survey.waves):
        raise refused("survey/waves.csv", "wave_of_themes", column="wave", value=wave, wave=wave)


def _year_in(wave: str) -> int | None:
    found = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", wave)
    return int(found.group()) if found else None


def _is_accepted(options: argparse.Namespace, words: Words) -> bool:
    """Whether the preview was accepted: by --yes, or by typing so. Nobody to ask means no."""
    if options.yes:
        return True
    print()
    sys.stdout.flush()  # so that what is said of the preview comes after it where both go into one file
    if not sys.stdin or not sys.stdin.isatty():
        print(words("import.needs_yes"), file=sys.stderr)
        return False
    answer = input(words("import.ask") + " ").strip().casefold()
    if answer in {"y", "yes", words("import.yes_word")}:
        return True
    print(words("import.nothing_changed"), file=sys.stderr)
    return False
