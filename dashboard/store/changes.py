"""Changes: each is one transaction with an entry that says who, when, by which way and what, and has the rows as they
were and as they became; so that any of them can be taken back on which no later one depends.

An image is a row as texts by column, without the blank ones. Rows of a table that changes by groups (the answers of a
wave) are one image together: their number and digest, and the rows themselves, packed, only of what was before.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.dataset.load import Anything, Reader, build
from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.read import raw_table
from dashboard.dataset.relations import check_partnerships
from dashboard.dataset.schema import shape_of
from dashboard.dataset.validate import typed
from dashboard.store.cells import spell, value_of
from dashboard.store.database import Database, fetched, inserted, renew_version
from dashboard.store.load import FIRST_ROW, IN_SNAPSHOT, DatabaseSource
from dashboard.store.tables import ENTRIES, PARTNERSHIPS, ROW_CHANGES, ROW_ID, STATE, TABLES

Image = Mapping[str, str]
Check = Callable[[Dataset], None]
# ways of entries that bring what a folder has; all others are people's
FILL, LOAD, UNDO = "fill", "load", "undo"
ROWS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Edit:
    """One row as it shall be. `key` says which: the values of its key columns, its row id in a table that has no key,
    None for a new one. `after`: the cells that change, None to take the row away. `before`: cells as whoever changes
    them saw them; where they are something else by now, it is a conflict."""

    table: str
    key: tuple[str, ...] | int | None
    after: Mapping[str, str] | None
    before: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GroupEdit:
    """All rows of a group (the answers of a wave) as they shall be, each a text for every column of the file; none to
    take the group away. `before`: how many there were when it was looked at; where it is another number by now, it is
    a conflict."""

    table: str
    group: str
    rows: Iterable[Sequence[str]]
    before: int | None = None


@dataclass(frozen=True)
class Entry:
    """One change as the history has it. `undoes` and `undone_by` are numbers of other entries; `rows`: how many rows it
    touched, `tables` of which. `reason`: why, in the words of who did it."""

    id: int
    at: datetime.datetime
    who: str
    way: str
    what: str
    undoes: int | None = None
    undone_by: int | None = None
    rows: int = 0
    tables: tuple[str, ...] = ()
    reason: str = ""


class Conflict(Exception):
    """Somebody else changed the row meanwhile. `current`: what it is now, None where it is gone; `entry`: the change
    that made it so."""

    def __init__(self, edit: Edit | GroupEdit, current: Image | None, entry: Entry | None) -> None:
        super().__init__(edit.table)
        self.edit, self.current, self.entry = edit, current, entry


class DependsOn(Exception):
    """A change cannot be taken back because later ones build on it: `entries`, the newest first."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__([entry.id for entry in entries])
        self.entries = tuple(entries)


class NothingToUndo(Exception):
    """There is no such change, or it was taken back, or it has no rows to put back."""


@dataclass(frozen=True)
class _Step:
    """One row or group, resolved: what it was and will be. `rows`: of a group that comes."""

    table: sa.Table
    row_id: int | None
    group: str
    before: Image | None
    after: Image | None
    rows: Sequence[Sequence[str]] = ()


def commit(
    database: Database,
    edits: Sequence[Edit | GroupEdit],
    *,
    who: str,
    way: str,
    what: str,
    check: Check = lambda _: None,
    folder: str = "",
    reason: str = "",
    then: Callable[[Connection, Entry], None] = lambda _connection, _entry: None,
) -> Entry:
    """Does all of it, or nothing. `check` raises BadData where the whole is not fit to be shown. `folder`: the
    fingerprint of a folder of which nothing is to be asked again. `reason`: why, in the words of who does it. `then`:
    what is written with it, in the same transaction; where it raises, nothing was done.

    Raises Conflict, BadData with everything that is wrong, and DatabaseProblem where it could not be written.
    """
    with database.writing() as connection:
        steps = _resolved(connection, edits)
        if folder:
            connection.execute(STATE.update().values(folder=folder))
        entry, checked = _do(connection, steps, who=who, way=way, what=what, check=check, reason=reason)
        then(connection, entry)
    database.checked.append(checked)
    return entry


class _Rehearsed(Exception):
    """Ends a transaction of which nothing is to stay."""


def rehearse(database: Database, edits: Sequence[Edit | GroupEdit], *, check: Check = lambda _: None) -> None:
    """Finds out whether `commit` would do it, and changes nothing. Raises what it would raise."""
    try:
        with database.writing() as connection:
            _do(connection, _resolved(connection, edits), who="", way="", what="", check=check)
            raise _Rehearsed
    except _Rehearsed:
        return


def undo(
    database: Database,
    number: int | None = None,
    *,
    who: str,
    what: Callable[[Entry], str],
    check: Check = lambda _: None,
    reason: str = "",
) -> Entry:
    """Takes a change back, the newest that was not where no number is given; `what` says it in words, `reason` why, in
    the words of who does it. Returns the entry of that.

    Raises NothingToUndo, DependsOn, BadData, DatabaseProblem.
    """
    with database.writing() as connection:
        entry = _to_undo(connection, number)
        steps = []
        later: set[int] = set()
        for change in _changes_of(connection, entry.id):
            table = TABLES[change.table_name]
            if change.row_id is None:
                now = group_image(connection, table, change.group_key)
            else:
                now = _find(connection, table, change.row_id)[1]
            if summary(now) != summary(image_from_text(change.after)):
                later |= _later(connection, entry.id, change.table_name, change.row_id, change.group_key)
                continue
            before = image_from_text(change.before)
            rows = _unpacked(before) if before and change.row_id is None else ()
            steps.append(_Step(table, change.row_id, change.group_key, now, before, rows))
        if later:
            raise DependsOn(_entries(connection, later))
        try:
            undone, checked = _do(
                connection, steps, who=who, way=UNDO, what=what(entry), check=check, undoes=entry.id, reason=reason
            )
        except BadData as error:
            # what points to a row that would be gone is of a later change; what was there before it is not its fault
            later = _makers(connection, error.problems, entry.id)
            if not later:
                raise
            raise DependsOn(_entries(connection, later)) from error
    database.checked.append(checked)
    return undone


def history(connection: Connection, *, most: int | None = None) -> list[Entry]:
    """The changes, the newest first."""
    query = sa.select(ENTRIES).order_by(ENTRIES.c.id.desc())
    found = connection.execute(query if most is None else query.limit(most)).all()
    undone = _undone_by(connection)
    touched = (ROW_CHANGES.c.entry_id, ROW_CHANGES.c.table_name)
    counts = sa.select(*touched, sa.func.count()).group_by(*touched).order_by(ROW_CHANGES.c.table_name)
    rows: dict[int, dict[str, int]] = {}
    for number, table, many in connection.execute(counts):
        rows.setdefault(number, {})[table] = many
    return [
        Entry(
            *(row.id, row.at, row.who, row.way, row.what, row.undoes, undone.get(row.id)),
            rows=sum(rows.get(row.id, {}).values()),
            tables=tuple(rows.get(row.id, ())),
            reason=row.reason,
        )
        for row in found
    ]


def entries_about(connection: Connection, partnership_id: str) -> set[int]:
    """The numbers of the changes that touched a partnership: its own row, or a row of another table that names it."""
    query = sa.select(ROW_CHANGES.c.entry_id, ROW_CHANGES.c.table_name, ROW_CHANGES.c.before, ROW_CHANGES.c.after)
    # a text that has the id somewhere is read, all others are not
    mentions = sa.or_(
        *(
            column.contains(json.dumps(partnership_id, ensure_ascii=False), autoescape=True)
            for column in (ROW_CHANGES.c.before, ROW_CHANGES.c.after)
        )
    )
    found = set()
    for entry_id, table, *texts in connection.execute(query.where(mentions, ROW_CHANGES.c.row_id.is_not(None))):
        name = "id" if table == PARTNERSHIPS.name else "partnership_id"
        if any((image_from_text(text) or {}).get(name) == partnership_id for text in texts):
            found.add(entry_id)
    return found


def rows_of(connection: Connection, number: int) -> list[tuple[str, Image | None, Image | None]]:
    """The rows that a change touched, as (table, before, after). Of answers only how many, nothing of a respondent."""
    found = []
    for change in _changes_of(connection, number):
        before, after = image_from_text(change.before), image_from_text(change.after)
        if change.row_id is None:
            before, after = (image and {"rows": image["rows"]} for image in (before, after))
        found.append((change.table_name, before, after))
    return found


def is_worked_in(connection: Connection) -> bool:
    """Whether anybody ever changed something in this database, or brought another folder into it."""
    queries = (sa.select(ROW_CHANGES.c.id), sa.select(ENTRIES.c.id).where(ENTRIES.c.way.startswith(LOAD)))
    return any(connection.execute(query.limit(1)).first() is not None for query in queries)


def note(
    connection: Connection, *, who: str, way: str, what: str, undoes: int | None = None, reason: str = ""
) -> Entry:
    """An entry without rows yet."""
    number = (connection.execute(sa.select(sa.func.max(ENTRIES.c.id))).scalar() or 0) + 1
    at = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
    values = {"who": who, "way": way, "what": what, "undoes": undoes, "reason": reason}
    connection.execute(ENTRIES.insert().values(id=number, at=at, **values))
    return Entry(number, at, who, way, what, undoes, reason=reason)


def current_row(database: Database, name: str, key: tuple[str, ...] | int) -> Image | None:
    """The row of a table with a key (as edits have it), as it is now; None where there is none."""
    with database.reading() as connection:
        return _find(connection, TABLES[name], key)[1]


def row_images(connection: Connection, table: sa.Table) -> dict[int, Image]:
    """All rows of a table by their ids."""
    columns = columns_of(table)
    query = sa.select(table.c[ROW_ID], *columns).order_by(table.c[ROW_ID])
    chunks = fetched(connection, query, ROWS_AT_ONCE)
    return {row[0]: image_of(columns, row[1:]) for chunk in chunks for row in chunk}


def group_digest(rows: Iterable[Sequence[str]]) -> str:
    """What tells two groups of rows apart, in whatever order they are."""
    lines = sorted("\x1f".join(row) for row in rows)
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()[:24]


def _do(
    connection: Connection,
    steps: Sequence[_Step],
    *,
    who: str,
    way: str,
    what: str,
    check: Check,
    undoes: int | None = None,
    reason: str = "",
) -> tuple[Entry, tuple[str, Dataset]]:
    """The entry of it, and the version that it makes, with its data."""
    steps = [step for step in steps if step.before != step.after or step.rows]
    if problems := _bad_cells(connection, steps):
        raise BadData(problems)
    _write(connection, steps)
    dataset = build(Reader(DatabaseSource(connection)))
    check(dataset)
    entry = note(connection, who=who, way=way, what=what, undoes=undoes, reason=reason)
    start = (connection.execute(sa.select(sa.func.max(ROW_CHANGES.c.id))).scalar() or 0) + 1
    images = []
    for at, step in enumerate(steps, start):
        after = summary(group_image(connection, step.table, step.group)) if step.row_id is None else step.after
        images.append((at, entry.id, step.table.name, step.row_id, step.group, _json(step.before), _json(after)))
    inserted(connection, ROW_CHANGES, images)
    return entry, (renew_version(connection), dataset)


def _resolved(connection: Connection, edits: Sequence[Edit | GroupEdit]) -> list[_Step]:
    steps = []
    new_ids: dict[sa.Table, Iterator[int]] = {}
    # who has a key may go, or take another one, in the same change
    left = {(edit.table, edit.key) for edit in edits if isinstance(edit, Edit)}
    for edit in edits:
        table = TABLES[edit.table]
        if isinstance(edit, GroupEdit):
            rows = [tuple(row) for row in edit.rows]
            before = group_image(connection, table, edit.group)
            if edit.before is not None and edit.before != int((before or {}).get("rows", 0)):
                raise Conflict(edit, summary(before), _newest(connection, table, ROW_CHANGES.c.group_key == edit.group))
            coming: Image | None = {"rows": str(len(rows)), "digest": group_digest(rows)} if rows else None
            if summary(before) != coming:
                steps.append(_Step(table, None, edit.group, before, coming, rows))
            continue
        number, current = _find(connection, table, edit.key) if edit.key is not None else (None, None)
        if edit.key is not None and current is None:
            raise Conflict(edit, None, _maker(connection, table, number, edit.key))
        if current and any(current.get(name, "") != cell for name, cell in edit.before.items()):
            raise Conflict(edit, current, _maker(connection, table, number))
        after = None
        if edit.after is not None:
            after = {name: cell for name, cell in {**(current or {}), **edit.after}.items() if cell != ""}
        key = tuple((after or {}).get(name, "") for name in key_of(table))
        if after and key and key != edit.key:
            holder, taken = _find(connection, table, key)
            if taken is not None and holder != number and (edit.table, key) not in left:
                raise Conflict(edit, taken, _maker(connection, table, holder))
        if number is None:
            if table not in new_ids:
                new_ids[table] = count(_next_id(connection, table))
            number = next(new_ids[table])
        steps.append(_Step(table, number, "", current, after))
    return steps


def _next_id(connection: Connection, table: sa.Table) -> int:
    """An id that no row of a table ever had."""
    there = connection.execute(sa.select(sa.func.max(table.c[ROW_ID]))).scalar() or 0
    ever = sa.select(sa.func.max(ROW_CHANGES.c.row_id)).where(ROW_CHANGES.c.table_name == table.name)
    return int(max(there, connection.execute(ever).scalar() or 0)) + 1


def _bad_cells(connection: Connection, steps: Sequence[_Step]) -> list[Problem]:
    """What is wrong with single cells of rows that come or change: the database could not even take them. Whether what
    they refer to is there, and the rest, is found when all is read."""
    problems: list[Problem] = []
    by_file: dict[str, list[_Step]] = {}
    for step in steps:
        if step.after is None or "is_optional" not in step.table.info:
            continue
        file = _file(step.table, step.after)
        if step.row_id is None:
            problems += _faults(step.table, file, step.rows, range(FIRST_ROW, FIRST_ROW + len(step.rows)))
        else:
            by_file.setdefault(file, []).append(step)
    for file, found in by_file.items():
        table, images = found[0].table, [step.after or {} for step in found]
        numbers = _row_numbers(connection, table, images[0].get("snapshot_id", ""), steps)
        rows = [[image.get(name, "") for name in shape_of(table).column_names()] for image in images]
        problems += _faults(table, file, rows, [numbers.get(step.row_id, FIRST_ROW) for step in found])
    return problems


def _faults(table: sa.Table, file: str, rows: Sequence[Sequence[str]], numbers: Iterable[int]) -> list[Problem]:
    shape = shape_of(table)
    keys = {column.to: Anything() for column in shape.columns if column.to}
    found, problems = typed(raw_table(shape.column_names(), rows, numbers), shape, name=file, keys=keys)
    return [*problems, *(check_partnerships(found) if table is PARTNERSHIPS else [])]


def _row_numbers(
    connection: Connection, table: sa.Table, snapshot: str, steps: Sequence[_Step]
) -> dict[int | None, int]:
    """Which row of its file each row of a table will be, by row id."""
    ids = set(connection.execute(_ids_in_order(table, snapshot)).scalars())
    for step in steps:
        if step.table is table and step.after is None:
            ids.discard(step.row_id)
        elif step.table is table and step.before is None and (step.after or {}).get("snapshot_id", "") == snapshot:
            ids.add(step.row_id)
    return {number: at for at, number in enumerate(sorted(ids), FIRST_ROW)}


def _ids_in_order(table: sa.Table, snapshot: str) -> sa.Select[Any]:
    """The row ids of a table, or of the part of it that belongs to a snapshot."""
    query = sa.select(table.c[ROW_ID]).order_by(table.c[ROW_ID])
    return query.where(table.c.snapshot_id == snapshot) if table.info["within"] else query


def _write(connection: Connection, steps: Sequence[_Step]) -> None:
    """Rows that go, then those that change, then those that come, so that a key may move from one to another."""
    for step in steps:
        if step.row_id is None:
            group = step.table.c[step.table.info["group"]]
            connection.execute(step.table.delete().where(group == step.group))
        elif step.after is None:
            connection.execute(step.table.delete().where(step.table.c[ROW_ID] == step.row_id))
    new: dict[sa.Table, list[tuple[Any, ...]]] = {}
    for step in steps:
        if step.row_id is None:
            names = shape_of(step.table).column_names()
            images = (dict(zip(names, row, strict=True)) for row in step.rows)
            rows = enumerate(images, _next_id(connection, step.table))
            inserted(connection, step.table, (_values(step.table, number, image) for number, image in rows))
        elif step.after is not None and step.before is not None:
            row = _values(step.table, step.row_id, step.after)
            values = dict(zip(step.table.columns.keys(), row, strict=True))
            connection.execute(step.table.update().where(step.table.c[ROW_ID] == step.row_id).values(values))
        elif step.after is not None:
            new.setdefault(step.table, []).append(_values(step.table, step.row_id, step.after))
    for table, coming in new.items():
        inserted(connection, table, coming)


def _values(table: sa.Table, number: int, image: Image) -> tuple[Any, ...]:
    return (number, *(value_of(image.get(column.name, ""), column) for column in columns_of(table)))


def columns_of(table: sa.Table) -> list[sa.Column[Any]]:
    """Its columns but the row id."""
    return [column for column in table.columns if column.name != ROW_ID]


def key_of(table: sa.Table) -> tuple[str, ...]:
    """The columns that are unique together, with the snapshot where rows belong to one."""
    key: tuple[str, ...] = table.info["key"]
    return ("snapshot_id", *key) if table.info["within"] and key else key


def _find(connection: Connection, table: sa.Table, key: tuple[str, ...] | int) -> tuple[int | None, Image | None]:
    columns = columns_of(table)
    query = sa.select(table.c[ROW_ID], *columns)
    if isinstance(key, int):
        query = query.where(table.c[ROW_ID] == key)
    else:
        for name, text in zip(key_of(table), key, strict=True):
            query = query.where(table.c[name] == value_of(text, table.c[name]))
    row = connection.execute(query).first()
    return (row[0], image_of(columns, row[1:])) if row else (key if isinstance(key, int) else None, None)


def group_image(connection: Connection, table: sa.Table, group: str) -> Image | None:
    """A group of rows, packed; None where there are none."""
    names = shape_of(table).column_names()
    query = sa.select(*(table.c[name] for name in names)).where(table.c[table.info["group"]] == group)
    chunks = fetched(connection, query.order_by(table.c[ROW_ID]), ROWS_AT_ONCE)
    rows = [[spell(cell) for cell in row] for chunk in chunks for row in chunk]
    if not rows:
        return None
    packed = base64.b64encode(zlib.compress(json.dumps(rows, ensure_ascii=False).encode())).decode()
    return {"rows": str(len(rows)), "digest": group_digest(rows), "packed": packed}


def _unpacked(image: Image) -> list[list[str]]:
    rows: list[list[str]] = json.loads(zlib.decompress(base64.b64decode(image["packed"])))
    return rows


def summary(image: Image | None) -> Image | None:
    """An image as two are compared: that of a group without its rows."""
    return image and {name: cell for name, cell in image.items() if name != "packed"}


def image_of(columns: Sequence[sa.Column[Any]], row: Sequence[Any]) -> Image:
    """The image of a row of the database."""
    return {column.name: spell(cell) for column, cell in zip(columns, row, strict=True) if cell not in (None, "")}


def changed_cells(before: Image, after: Image) -> list[tuple[str, str, str]]:
    """(column, before, after) of the cells in which two images differ, "" for blank ones."""
    cells = ((name, before.get(name, ""), after.get(name, "")) for name in {**before, **after})
    return [each for each in cells if each[1] != each[2]]


def _json(image: Image | None) -> str | None:
    return None if image is None else json.dumps(image, ensure_ascii=False)


def image_from_text(text: str | None) -> Image | None:
    """An image as the history holds it."""
    image: Image | None = None if text is None else json.loads(text)
    return image


def _file(table: sa.Table, image: Image) -> str:
    """The file of a folder in which a row of a table would be."""
    file: str = table.info["file"]
    return f"snapshots/{image.get('snapshot_id', '')}/{file}" if table.info["within"] else file


def _changes_of(connection: Connection, number: int) -> Sequence[Any]:
    query = sa.select(ROW_CHANGES).where(ROW_CHANGES.c.entry_id == number).order_by(ROW_CHANGES.c.id)
    return connection.execute(query).all()


def _undone_by(connection: Connection) -> dict[int, int]:
    """Which changes were taken back, and by which; an undo that was taken back itself counts no more."""
    undone: dict[int, int] = {}
    pairs = sa.select(ENTRIES.c.id, ENTRIES.c.undoes).where(ENTRIES.c.undoes.is_not(None)).order_by(ENTRIES.c.id.desc())
    for number, of in connection.execute(pairs):
        if number not in undone:
            undone[of] = number
    return undone


def _to_undo(connection: Connection, number: int | None) -> Entry:
    for entry in history(connection):
        is_there = entry.rows > 0 and entry.undone_by is None
        if (entry.id == number) if number is not None else (is_there and entry.way != UNDO):
            if not is_there:
                raise NothingToUndo(number)
            return entry
    raise NothingToUndo(number)


def _later(connection: Connection, number: int, table: str, row_id: int | None, group: str) -> set[int]:
    """Entries after one that touched a row and were not taken back."""
    query = sa.select(ROW_CHANGES.c.entry_id).where(
        ROW_CHANGES.c.entry_id > number,
        ROW_CHANGES.c.table_name == table,
        ROW_CHANGES.c.row_id == row_id,
        ROW_CHANGES.c.group_key == group,
    )
    undone = _undone_by(connection)
    return {found for found in connection.execute(query).scalars() if found not in undone}


def _makers(connection: Connection, problems: Iterable[Problem], number: int) -> set[int]:
    """The later changes that made the rows which have problems now."""
    found: set[int] = set()
    for problem in problems:
        table, snapshot = _table_of(problem.file)
        if table is None or problem.row is None:
            continue
        query = _ids_in_order(table, snapshot).offset(problem.row - FIRST_ROW).limit(1)
        row_id = connection.execute(query).scalar()
        if row_id is not None:
            found |= _later(connection, number, table.name, row_id, "")
    return found


def _table_of(file: str) -> tuple[sa.Table | None, str]:
    """The table of a file, and the snapshot in whose folder it lies."""
    within = IN_SNAPSHOT.match(file)
    name = file[within.end() :] if within else file
    found = (each for each in TABLES.values() if (each.info["file"], each.info["within"]) == (name, bool(within)))
    return next(found, None), within[1] if within else ""


def _maker(
    connection: Connection, table: sa.Table, row_id: int | None, key: tuple[str, ...] | int | None = None
) -> Entry | None:
    """The newest change of a row; of one that is gone, the one that took it away."""
    if row_id is not None:
        return _newest(connection, table, ROW_CHANGES.c.row_id == row_id)
    was = dict(zip(key_of(table), key, strict=True)) if isinstance(key, tuple) else {}
    return _newest(connection, table, ROW_CHANGES.c.after.is_(None), was)


def _newest(
    connection: Connection, table: sa.Table, condition: sa.ColumnElement[bool], was: Image = MappingProxyType({})
) -> Entry | None:
    """The newest change of a table that fulfils a condition, and of a row that had these cells before."""
    query = sa.select(ROW_CHANGES.c.entry_id, ROW_CHANGES.c.before).order_by(ROW_CHANGES.c.entry_id.desc())
    found = connection.execute(query.where(ROW_CHANGES.c.table_name == table.name, condition))
    of_it = (row.entry_id for row in found if was.items() <= (image_from_text(row.before) or {}).items())
    number = next(of_it, None)
    return _entries(connection, {number})[0] if number else None


def _entries(connection: Connection, numbers: set[int]) -> list[Entry]:
    return [entry for entry in history(connection) if entry.id in numbers]
