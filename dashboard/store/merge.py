"""A folder and a database that were the same once, and went on apart: what is new only there, only here, or in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.dataset.load import Reader
from dashboard.dataset.schema import shape_of
from dashboard.store.changes import (
    LOAD,
    Edit,
    GroupEdit,
    Image,
    columns_of,
    group_digest,
    group_image,
    image_from_text,
    image_of,
    key_of,
    row_images,
    summary,
)
from dashboard.store.folder import rows_of_folder
from dashboard.store.tables import ENTRIES, MORE, ROW_CHANGES, ROW_ID, TABLES

THERE, HERE, BOTH = "there", "here", "both"
Key = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One row that is not the same. `side`: changed THERE (in the folder), HERE (in the database) or in BOTH. `ours` is
    the database's, `theirs` the folder's, None where a side has no such row. `row_id` is the row's here; `group` names
    rows that are one (the answers of a wave), whose images are their number and digest."""

    table: str
    side: str
    key: Key
    ours: Image | None
    theirs: Image | None
    row_id: int | None = None
    group: str = ""
    rows: Sequence[Sequence[str]] = ()

    @property
    def label(self) -> str:
        """The row's name in a list."""
        shown = self.theirs or self.ours or {}
        return self.group or " ".join(filter(None, self.key if len(self.key) < 4 else [*shown.values()][:3]))


def compare(connection: Connection, reader: Reader) -> list[Difference]:
    """Everything in which a folder differs from the database."""
    found: list[Difference] = []
    for table in TABLES.values():
        former = _former(connection, table)
        found += (
            _groups(connection, table, reader, former)
            if table.info["group"]
            else _rows(connection, table, reader, former)
        )
    return found


def edits_of(differences: Iterable[Difference], *, takes_theirs: bool) -> list[Edit | GroupEdit]:
    """What brings into the database what is new in the folder; of rows that both changed only where `takes_theirs`."""
    edits: list[Edit | GroupEdit] = []
    for each in differences:
        if each.side == HERE or (each.side == BOTH and not takes_theirs):
            continue
        table = TABLES[each.table]
        if each.group:
            edits.append(GroupEdit(each.table, each.group, each.rows))
            continue
        after = {column.name: each.theirs.get(column.name, "") for column in columns_of(table)} if each.theirs else None
        edits.append(Edit(each.table, each.row_id, after, each.ours or {}))
    return edits


def _side(base: Image | None, ours: Image | None, theirs: Image | None) -> str:
    if base == ours:
        return THERE
    return HERE if base == theirs else BOTH


def _rows(
    connection: Connection, table: sa.Table, reader: Reader, former: Mapping[int | str, Image | None]
) -> Iterator[Difference]:
    ours: dict[Key, tuple[int, Image]] = {}
    seen: Counter[Key] = Counter()
    for number, image in row_images(connection, table).items():
        ours[_name(table, image, seen)] = (number, image)
    seen.clear()
    columns = columns_of(table)
    theirs = {
        _name(table, image, seen): image
        for row in rows_of_folder(table, reader)
        if (image := image_of(columns, row[1:]))
    }
    # what a row that people changed was, as long as folder and database were the same
    base = {key: None if number in former else image for key, (number, image) in ours.items()}
    seen.clear()
    base |= {_name(table, image, seen): image for image in former.values() if image is not None}
    for key in [*theirs, *(key for key in ours if key not in theirs)]:
        own = ours.get(key)
        here, there = own[1] if own else None, theirs.get(key)
        if here != there:
            yield Difference(table.name, _side(base.get(key), here, there), key, here, there, own[0] if own else None)


def _name(table: sa.Table, image: Image, seen: Counter[Key]) -> Key:
    """What a row is known by on both sides: its key, or in a table without one all its cells, and which of several."""
    names = key_of(table)
    if names:
        return tuple(image.get(name, "") for name in names)
    cells = tuple(image.get(column.name, "") for column in table.columns if column.name not in {ROW_ID, MORE})
    seen[cells] += 1
    return (*cells, str(seen[cells]))


def _groups(
    connection: Connection, table: sa.Table, reader: Reader, former: Mapping[int | str, Image | None]
) -> Iterator[Difference]:
    names = shape_of(table).column_names()
    columns = columns_of(table)
    theirs: dict[str, list[list[str]]] = {}
    for row in rows_of_folder(table, reader):
        image = image_of(columns, row[1:])
        theirs.setdefault(image[table.info["group"]], []).append([image.get(name, "") for name in names])
    query = sa.select(table.c[table.info["group"]]).distinct()
    for group in dict.fromkeys([*theirs, *connection.execute(query).scalars()]):
        ours = summary(group_image(connection, table, group))
        rows = theirs.get(group, [])
        found: Image | None = {"rows": str(len(rows)), "digest": group_digest(rows)} if rows else None
        if ours != found:
            side = _side(summary(former[group]) if group in former else ours, ours, found)
            yield Difference(table.name, side, (group,), ours, found, None, group, rows)


def _former(connection: Connection, table: sa.Table) -> dict[int | str, Image | None]:
    """What the rows (by id) and groups that people changed since a folder last brought them were before that."""
    query = (
        sa.select(ENTRIES.c.way, ROW_CHANGES.c.row_id, ROW_CHANGES.c.group_key, ROW_CHANGES.c.before)
        .join(ENTRIES, ENTRIES.c.id == ROW_CHANGES.c.entry_id)
        .where(ROW_CHANGES.c.table_name == table.name)
        .order_by(ROW_CHANGES.c.id)
    )
    former: dict[int | str, Image | None] = {}
    for way, row_id, group, before in connection.execute(query):
        name = group if row_id is None else row_id
        if way.split()[0] == LOAD:
            former.pop(name, None)
        elif name not in former:
            former[name] = image_from_text(before)
    return former
