"""The commands about the database: fill it from a folder, write it as one, say what was changed, take a change back."""

from __future__ import annotations

import argparse
import getpass
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import sqlalchemy as sa

from dashboard.dataset import BadData, Dataset, describe_all
from dashboard.dataset.load import read_folder
from dashboard.settings import VARIABLES, Settings
from dashboard.store import changes, folder, merge
from dashboard.store.changes import Check, Conflict, DependsOn, Entry, GroupEdit, NothingToUndo
from dashboard.store.database import Database, DatabaseProblem
from dashboard.store.load import load_database
from dashboard.store.merge import BOTH, HERE, THERE, Difference
from dashboard.store.start import Opened, fill_from, open_database
from dashboard.store.tables import STATE, TABLES
from dashboard.strings import Catalog

DONE, REFUSED = 0, 1
COMMANDS = ("load", "dump", "history", "undo", "migrate")
# rows of a merge that are named one by one, of each side and table
MOST_NAMED = 10
# commands that only look
LOOKING = {"dump", "history", "template"}
Command = Callable[[argparse.Namespace, Database, Settings, Catalog, Check], int]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Catalog) -> None:
    """Adds load, dump, history, undo and migrate to the command line."""
    into = commands.add_parser("load", help=t("store.help.load"))
    into.add_argument("folder", metavar="FOLDER", help=t("cli.folder"))
    into.add_argument("--theirs", action="store_true", help=t("store.help.theirs"))
    into.add_argument("--yes", action="store_true", help=t("import.help.yes"))
    out = commands.add_parser("dump", help=t("store.help.dump"))
    out.add_argument("folder", metavar="FOLDER", help=t("store.help.dump_folder"))
    listed = commands.add_parser("history", help=t("store.help.history"))
    listed.add_argument("number", metavar="NUMBER", nargs="?", type=int, help=t("store.help.number"))
    back = commands.add_parser("undo", help=t("store.help.undo"))
    back.add_argument("number", metavar="NUMBER", nargs="?", type=int, help=t("store.help.undo_number"))
    commands.add_parser("migrate", help=t("store.help.migrate"))


def run(options: argparse.Namespace, settings: Settings, t: Catalog, check: Check) -> int:
    """Runs one of these commands. Returns 0 done, 1 refused, 2 not understood."""
    commands: dict[str, Command] = {"load": load, "dump": dump, "history": history, "undo": undo, "migrate": migrate}
    return run_on_database(commands[options.command], options, settings, t, check)


def run_on_database(command: Command, options: argparse.Namespace, settings: Settings, t: Catalog, check: Check) -> int:
    """A command on the database that the settings name, made and filled before; what goes wrong is said in words."""
    try:
        database = opened(settings, t, check).database
        if database is None or (database.is_read_only and options.command not in LOOKING):
            print(t("store.nothing_to_write", variable=VARIABLES["database_url"]), file=sys.stderr)
            return REFUSED
        return command(options, database, settings, t, check)
    except BadData as error:
        print(describe_all(error.problems, t), file=sys.stderr)
    except KeyboardInterrupt:
        print("\n" + t("import.nothing_changed"), file=sys.stderr)
    except Conflict as error:
        print(conflict_text(error, t), file=sys.stderr)
    except DependsOn as error:
        print(t("store.depends"), file=sys.stderr)
        print("\n".join(entry_line(entry, t) for entry in error.entries), file=sys.stderr)
    except NothingToUndo:
        print(t("store.nothing_to_undo"), file=sys.stderr)
    except DatabaseProblem as problem:
        print(problem.text(t), file=sys.stderr)
    except OSError as error:
        print(t("store.disk", reason=reason_of(error)), file=sys.stderr)
    return REFUSED


def opened(settings: Settings, t: Catalog, check: Check, *, patience: float = 0.0) -> Opened:
    """The database that the settings name, ready. Raises BadData and DatabaseProblem."""
    return open_database(
        settings.database_url,
        settings.data,
        most_bytes=settings.max_file_mb * 1_000_000,
        who=who(),
        what=t("store.filled", folder=settings.data),
        check=check,
        patience=patience,
    )


def dataset_of(database: Database) -> Dataset:
    """The data that is in a database now."""
    with database.reading() as connection:
        return load_database(connection, database.label)


def who() -> str:
    """Who runs a command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def reason_of(error: OSError) -> str:
    """What the disk did not do, and to which file."""
    return ": ".join(filter(None, (str(error.filename or ""), error.strerror or str(error))))


def is_accepted(options: argparse.Namespace, t: Catalog) -> bool:
    """Whether the preview was accepted: by --yes, or by typing so. Nobody to ask means no."""
    if options.yes:
        return True
    print()
    sys.stdout.flush()  # so that what is said of the preview comes after it where both go into one file
    if not sys.stdin or not sys.stdin.isatty():
        print(t("import.needs_yes"), file=sys.stderr)
        return False
    answer = input(t("import.ask") + " ").strip().casefold()
    if answer in {"y", "yes", t("import.yes_word")}:
        return True
    print(t("import.nothing_changed"), file=sys.stderr)
    return False


def load(options: argparse.Namespace, database: Database, settings: Settings, t: Catalog, check: Check) -> int:
    """A folder into the database: in place of what nobody has worked on, else what is new in it, after a look."""
    place = Path(options.folder)
    dataset, reader = read_folder(place, most_bytes=settings.max_file_mb * 1_000_000)
    check(dataset)
    found = folder.fingerprint(place)
    with database.reading() as connection:
        is_worked_in = changes.is_worked_in(connection)
        is_there = connection.execute(sa.select(STATE.c.folder)).scalar() == found
        differences = merge.compare(connection, reader) if is_worked_in else []
    if not is_worked_in and is_there:
        print(t("store.merge.same", folder=place))
        return DONE
    if not is_worked_in:
        with database.writing() as connection:
            what = t("store.loaded", folder=place, partnerships=len(dataset.partnerships))
            fill_from(connection, reader, found, who=who(), what=what, way=f"{changes.LOAD} {place}")
        print(t("store.loaded_into", folder=place, database=database.label))
        return DONE
    print(merge_text(differences, t, folder=place, takes_theirs=options.theirs))
    edits = merge.edits_of(differences, takes_theirs=options.theirs)
    if edits and not is_accepted(options, t):
        return REFUSED
    if edits:
        what = t("store.merged", folder=place, count=len(edits))
        changes.commit(database, edits, who=who(), way=f"{changes.LOAD} {place}", what=what, check=check, folder=found)
        print(t("store.loaded_into", folder=place, database=database.label))
        print(t("import.how_to_undo"))
    return DONE


def merge_text(differences: Sequence[Difference], t: Catalog, *, folder: Path, takes_theirs: bool) -> str:
    """What a merge would do: what is new in the folder, what only the database has, and what both changed."""
    if not differences:
        return t("store.merge.same", folder=folder)
    lines = []
    for side in (THERE, BOTH, HERE):
        found = [each for each in differences if each.side == side]
        if not found:
            continue
        key = side if side != BOTH else ("both_theirs" if takes_theirs else "both_ours")
        lines += ["", t(f"store.merge.{key}", count=len(found))]
        for table, many in Counter(each.table for each in found).items():
            rows = [each for each in found if each.table == table]
            lines += [f"  {TABLES[table].info['file']}: {_difference(each, t)}" for each in rows[:MOST_NAMED]]
            if many > MOST_NAMED:
                lines.append("  " + t("problem.more", count=many - MOST_NAMED))
    return "\n".join(lines).lstrip("\n")


def _difference(each: Difference, t: Catalog) -> str:
    """One row: added, gone, or which cells differ. Of answers only how many rows there are."""
    if each.group or each.ours is None or each.theirs is None:
        kind = "only_folder" if each.ours is None else "only_database" if each.theirs is None else "rows"
        ours, theirs = ((image or {}).get("rows", "0") for image in (each.ours, each.theirs))
        return t(f"store.merge.{kind}", label=each.label, ours=ours, theirs=theirs)
    return f"{each.label}: {_cells(each.ours, each.theirs, t)}"


def _cells(before: changes.Image, after: changes.Image, t: Catalog) -> str:
    blank = t("partnerships.blank")
    cells = changes.changed_cells(before, after)
    return "; ".join(f"{name} {was or blank} → {becomes or blank}" for name, was, becomes in cells)


def dump(options: argparse.Namespace, database: Database, _settings: Settings, t: Catalog, _check: Check) -> int:
    """The database as a folder of files; into a place where nothing is."""
    place = Path(options.folder)
    if place.exists() and any(place.iterdir()):
        print(t("store.dump_exists", folder=place), file=sys.stderr)
        return REFUSED
    place.parent.mkdir(parents=True, exist_ok=True)
    # made beside it and renamed, so that no half of a folder is taken for a whole one
    with tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=place.parent) as beside:
        made = Path(beside) / place.name
        with database.reading() as connection:
            folder.dump(connection, made)
        if place.exists():
            place.rmdir()
        made.rename(place)
    print(t("store.dumped", database=database.label, folder=place))
    return DONE


def history(options: argparse.Namespace, database: Database, _settings: Settings, t: Catalog, _check: Check) -> int:
    """What was changed: all of it in lines, or one change row by row."""
    with database.reading() as connection:
        found = changes.history(connection)
        if options.number is None:
            print("\n".join(entry_line(entry, t) for entry in found))
            return DONE
        entry = next((entry for entry in found if entry.id == options.number), None)
        if entry is None:
            print(t("store.no_entry", number=options.number), file=sys.stderr)
            return REFUSED
        print(entry_line(entry, t))
        for table, before, after in changes.rows_of(connection, entry.id):
            print(f"  {TABLES[table].info['file']}: {row_text(table, before, after, t)}")
    return DONE


def row_text(table: str, before: changes.Image | None, after: changes.Image | None, t: Catalog) -> str:
    """One row of a change: what came, what went, or the cells that changed."""
    if before is not None and after is not None:
        return f"~ {_label(table, before)}: {_cells(before, after, t)}"
    return ("+ " if before is None else "- ") + _label(table, after or before or {})


def _label(table: str, image: changes.Image) -> str:
    key = changes.key_of(TABLES[table])
    return " ".join(filter(None, (image.get(name, "") for name in key))) or ", ".join([*image.values()][:3])


def undo(options: argparse.Namespace, database: Database, _settings: Settings, t: Catalog, check: Check) -> int:
    """Takes a change back."""
    entry = changes.undo(
        database,
        options.number,
        who=who(),
        what=lambda entry: t("store.undo_label", number=entry.id, what=entry.what),
        check=check,
    )
    print(t("store.undone", what=entry.what, number=entry.id))
    return DONE


def migrate(_options: argparse.Namespace, database: Database, _settings: Settings, t: Catalog, _check: Check) -> int:
    """What every start does, for hosts that do it before one."""
    print(t("store.ready", database=database.label, version=database.version()))
    return DONE


def entry_line(entry: Entry, t: Catalog) -> str:
    """One change in one line."""
    line = t(
        "store.entry",
        number=entry.id,
        at=entry.at.strftime("%Y-%m-%d %H:%M"),
        who=entry.who,
        way=entry.way,
        what=entry.what,
    )
    if entry.rows:
        line += " " + t("store.entry_rows", count=entry.rows, tables=", ".join(entry.tables))
    return line + (" " + t("store.entry_undone", number=entry.undone_by) if entry.undone_by else "")


def conflict_text(conflict: Conflict, t: Catalog) -> str:
    """What somebody else did to the row meanwhile."""
    edit, table = conflict.edit, TABLES[conflict.edit.table]
    if isinstance(edit, GroupEdit):
        name, seen = edit.group, {"rows": str(edit.before)}
    else:
        seen = dict(edit.before or edit.after or {})
        key = edit.key if isinstance(edit.key, tuple) else [seen.get(each, "") for each in changes.key_of(table)]
        name = " ".join(key)
    lines = [t("store.conflict", table=table.info["file"], row=name)]
    if conflict.current is None:
        lines.append(t("store.conflict_gone"))
    else:
        now = {column: conflict.current.get(column, "") for column in seen}
        blank = t("partnerships.blank")
        lines += [
            t("store.conflict_cell", column=column, now=cell or blank)
            for column, _, cell in changes.changed_cells(seen, now)
        ]
    if conflict.entry:
        lines.append(entry_line(conflict.entry, t))
    return "\n".join(lines)
