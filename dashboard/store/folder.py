"""A folder shaped like `data/` into the database, and the database as such a folder."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.dataset.load import Reader
from dashboard.dataset.report_words import REPORT
from dashboard.store.cells import spell
from dashboard.store.database import fetched, inserted
from dashboard.store.load import IN_SNAPSHOT
from dashboard.store.report_texts import load_report_text, report_words_of
from dashboard.store.tables import DOCUMENTS, HERE_ALONE, MORE, REPORT_WORDS, ROW_ID, SNAPSHOT_CARDS, SNAPSHOTS, TABLES

ENDINGS = (".csv", ".toml")
PIECE = 1_000_000
ROWS_AT_ONCE = 5_000
Row = tuple[Any, ...]


def fingerprint(folder: Path) -> str:
    """The same for the same data, on every machine: the beginning of a digest of all files of a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        with path.open("rb") as file:
            for piece in iter(lambda: file.read(PIECE), b""):
                digest.update(piece)
    return digest.hexdigest()[:12]


def fill(connection: Connection, reader: Reader) -> None:
    """Puts what was read from a folder in place of all that the tables hold."""
    for table in reversed(TABLES.values()):
        connection.execute(table.delete())
    for table in TABLES.values():
        inserted(connection, table, rows_of_folder(table, reader))


def rows_of_folder(table: sa.Table, reader: Reader) -> Iterator[Row]:
    """The rows of one table, as the database holds them, in the order of the files."""
    if table is DOCUMENTS:
        names = sorted(name for name in reader.texts if name != REPORT and not IN_SNAPSHOT.match(name))
        yield from ((at, name, reader.texts[name]) for at, name in enumerate(names, 1))
        return
    if table is SNAPSHOT_CARDS:
        cards = {found[1]: text for name, text in sorted(reader.texts.items()) if (found := IN_SNAPSHOT.match(name))}
        yield from ((at, name, card) for at, (name, card) in enumerate(cards.items(), 1))
        return
    if table is REPORT_WORDS:
        words = report_words_of(reader.texts.get(REPORT, ""))
        yield from ((at, each.section, each.view, each.by, each.text) for at, each in enumerate(words, 1))
        return
    if table in HERE_ALONE:
        return
    start = 1
    for file, outer in _files_of(table, reader):
        yield from _typed_rows(table, reader.tables[file], reader.more.get(file), start, outer)
        start += len(reader.tables[file])


def _files_of(table: sa.Table, reader: Reader) -> list[tuple[str, str | None]]:
    """The files of a table that were read, each with the snapshot whose folder it lies in."""
    if not table.info["within"]:
        return [(table.info["file"], None)] if table.info["file"] in reader.tables else []
    found = ((file, IN_SNAPSHOT.match(file)) for file in reader.tables)
    return [(file, match[1]) for file, match in found if match and file == f"{match[0]}{table.info['file']}"]


def _typed_rows(
    table: sa.Table, frame: pd.DataFrame, more: pd.DataFrame | None, start: int, snapshot: str | None
) -> Iterator[Row]:
    for at in range(0, len(frame), ROWS_AT_ONCE):
        part = frame.iloc[at : at + ROWS_AT_ONCE]
        cells: list[Iterable[Any]] = []
        for column in table.columns:
            if column.name == ROW_ID:
                cells.append(range(start + at, start + at + len(part)))
            elif column.name == MORE:
                cells.append(repeat(None, len(part)) if more is None else _as_json(more.iloc[at : at + ROWS_AT_ONCE]))
            elif "kind" not in column.info:
                cells.append(repeat(snapshot, len(part)))
            else:
                cells.append(_values(part[column.name], column))
        yield from zip(*cells, strict=True)


def _values(cells: pd.Series, column: sa.Column[Any]) -> list[Any]:
    """Cells of a typed table as the database holds them."""
    values = cells.astype(object)
    return values.where(cells.notna() & (cells != ""), None).tolist() if column.nullable else values.tolist()


def _as_json(more: pd.DataFrame) -> list[str]:
    return [json.dumps(row, ensure_ascii=False) for row in more.astype(object).to_dict("records")]


def dump(connection: Connection, folder: Path) -> None:
    """Writes everything into an empty folder, in the shape of `data/`. The shipped folder, loaded and dumped, has the
    same bytes."""
    for name, text in connection.execute(sa.select(DOCUMENTS.c.name, DOCUMENTS.c.text)):
        _write_text(folder / name, text)
    snapshots = [*connection.execute(sa.select(SNAPSHOT_CARDS.c.id, SNAPSHOT_CARDS.c.card))]
    for name, card in snapshots:
        _write_text(folder / SNAPSHOTS / name / "snapshot.toml", card)
    if text := load_report_text(connection):
        _write_text(folder / REPORT, text)
    for table in TABLES.values():
        if table in {DOCUMENTS, SNAPSHOT_CARDS, REPORT_WORDS, *HERE_ALONE}:
            continue
        if table.info["within"]:
            for name, _ in snapshots:
                _write_table(connection, table, folder / SNAPSHOTS / name / table.info["file"], snapshot=name)
        else:
            _write_table(connection, table, folder / table.info["file"])


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def _write_table(connection: Connection, table: sa.Table, path: Path, *, snapshot: str = "") -> None:
    columns = [column for column in table.columns if "kind" in column.info]
    optional = [column for column in columns if column.info.get("can_be_missing")]
    if optional:
        # a folder that came without these comes out without them
        longest = connection.execute(sa.select(*(sa.func.max(column) for column in optional))).one()
        blank = {column.name for column, text in zip(optional, longest, strict=True) if not text}
        columns = [column for column in columns if column.name not in blank]
    query = sa.select(*columns, table.c[MORE]).order_by(table.c[ROW_ID])
    of_more = sa.select(table.c[MORE]).where(table.c[MORE].is_not(None)).distinct()
    if snapshot:
        query, of_more = (each.where(table.c.snapshot_id == snapshot) for each in (query, of_more))
    others = list(dict.fromkeys(name for text in connection.execute(of_more).scalars() for name in json.loads(text)))
    chunks = fetched(connection, query, ROWS_AT_ONCE)
    first = next(chunks, [])
    if not first and table.info["is_optional"]:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*(column.name for column in columns), *others])
        for chunk in chain([first], chunks):
            writer.writerows(_cells(row, others) for row in chunk)


def _cells(row: Sequence[Any], others: Sequence[str]) -> list[str]:
    more: Mapping[str, str] = json.loads(row[-1]) if row[-1] else {}
    return [*map(spell, row[:-1]), *(more.get(name, "") for name in others)]
