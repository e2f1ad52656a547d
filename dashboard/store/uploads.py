"""Files on their way in. They lie in the database, so that any worker of any machine can go on with them: until they
are accepted or thrown away, and no longer than KEPT_FOR, because they hold the answers of respondents."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.store.accounts import now
from dashboard.store.database import Database
from dashboard.store.staff_tables import ACCOUNTS, MAPPINGS, UPLOAD_FILES, UPLOADS

KEPT_FOR = datetime.timedelta(days=7)
# who reads a file says so every few seconds; after this silence its worker is taken to be gone
SILENT_FOR = datetime.timedelta(seconds=45)
NEW, READING, READ, FAILED, ACCEPTED = "new", "reading", "read", "failed", "accepted"
# what a database can count to; an address may have any number
LARGEST = 2**31 - 1
# what a thread is for, as the beginning of its `run`
LOOK, ACCEPT = "look", "accept"


@dataclass(frozen=True)
class UploadFile:
    """One file, without its body."""

    id: int
    name: str
    size: int


@dataclass(frozen=True)
class Upload:
    """`author` is the address of the account that brought it, `options` what was chosen so far, `result` what was
    understood. `state` is one of UPLOAD_STATES; moments are in UTC."""

    id: int
    account_id: int
    author: str
    kind: str
    at: datetime.datetime
    state: str
    options: Mapping[str, Any]
    progress: float
    result: Mapping[str, Any]
    run: str
    touched_at: datetime.datetime | None
    entry_id: int | None
    files: tuple[UploadFile, ...]

    @property
    def names(self) -> str:
        """The names of its files, also when they are gone."""
        return ", ".join(file.name for file in self.files) or str(self.options.get("names", ""))

    @property
    def is_reading(self) -> bool:
        """Whether somebody reads it who lives."""
        return self.state == READING and not self.is_stale

    @property
    def is_stale(self) -> bool:
        """Whether the worker that read it has died over it."""
        return self.state == READING and (self.touched_at is None or now() - self.touched_at > SILENT_FOR)

    @property
    def is_being_accepted(self) -> bool:
        """Whether it is going into the data just now."""
        return self.is_reading and self.run.startswith(ACCEPT)


def add_upload(
    database: Database, account_id: int, kind: str, options: Mapping[str, Any], files: Sequence[tuple[str, bytes]]
) -> int:
    """Keeps files as (name, body). Returns the number of the upload."""
    values = {"account_id": account_id, "kind": kind, "at": now(), "state": NEW, "options": _json(options)}
    with database.writing() as connection:
        number: int = connection.execute(UPLOADS.insert().values(**values).returning(UPLOADS.c.id)).scalar_one()
        _add_files(connection, number, files)
    return number


def add_files(database: Database, number: int, files: Sequence[tuple[str, bytes]]) -> None:
    """More files to one that is there."""
    with database.writing() as connection:
        _add_files(connection, number, files)


def remove_file(database: Database, number: int, file_id: int) -> None:
    """Takes one of several files away."""
    with database.writing() as connection:
        of_upload = UPLOAD_FILES.c.upload_id == number
        if (connection.execute(sa.select(sa.func.count()).where(of_upload)).scalar() or 0) > 1:
            connection.execute(UPLOAD_FILES.delete().where(of_upload, UPLOAD_FILES.c.id == file_id))


def list_uploads(database: Database) -> list[Upload]:
    """All of them, the newest first, without their results."""
    with database.reading() as connection:
        return _uploads(connection)


def find_upload(database: Database, number: int) -> Upload | None:
    """One of them; None where there is none (any more)."""
    if number > LARGEST:
        return None
    with database.reading() as connection:
        return next(iter(_uploads(connection, number)), None)


def body_of(database: Database, file_id: int) -> bytes:
    """What is in a file; nothing where it is gone."""
    with database.reading() as connection:
        found = connection.execute(sa.select(UPLOAD_FILES.c.body).where(UPLOAD_FILES.c.id == file_id)).scalar()
    return found or b""


def change_options(database: Database, number: int, changed: Mapping[str, Any]) -> None:
    """Puts these in place of the options of the same names; the others stay."""
    with database.writing() as connection:
        text = connection.execute(sa.select(UPLOADS.c.options).where(UPLOADS.c.id == number)).scalar()
        if text is not None:
            options = {**json.loads(text), **changed}
            connection.execute(UPLOADS.update().where(UPLOADS.c.id == number).values(options=_json(options)))


def begin(database: Database, number: int, run: str) -> bool:
    """Somebody begins to read it. Who read it before stops at the next look; but nobody is stopped who puts it into the
    data, and what is in the data is not read again: then False."""
    with database.writing() as connection:
        found = next(iter(_uploads(connection, number)), None)
        if found is None or found.state == ACCEPTED or found.is_being_accepted:
            return False
        values = {"state": READING, "progress": 0.0, "run": run, "touched_at": now()}
        connection.execute(UPLOADS.update().where(UPLOADS.c.id == number).values(**values))
    return True


def touch(database: Database, number: int, run: str, progress: float) -> bool:
    """Who reads it says how far it is. False where somebody else reads it by now, or it is gone."""
    mine = (UPLOADS.c.id == number, UPLOADS.c.run == run, UPLOADS.c.state == READING)
    with database.writing() as connection:
        found = connection.execute(UPLOADS.update().where(*mine).values(progress=progress, touched_at=now()))
        return found.rowcount > 0


def finish(
    database: Database,
    number: int,
    run: str,
    state: str,
    result: Mapping[str, Any],
    *,
    options: Mapping[str, Any] | None = None,
    entry_id: int | None = None,
) -> None:
    """What came of reading; nothing where somebody else reads it by now. `options` are put beside those there are. Of
    what was accepted the files go."""
    with database.writing() as connection:
        mine = (UPLOADS.c.id == number, UPLOADS.c.run == run, UPLOADS.c.state == READING)
        found = connection.execute(sa.select(UPLOADS.c.options).where(*mine)).scalar()
        if found is None:
            return
        values = {"state": state, "progress": 1.0, "result": _json(result), "entry_id": entry_id}
        values["options"] = _json({**json.loads(found), **(options or {})})
        connection.execute(UPLOADS.update().where(UPLOADS.c.id == number).values(**values))
        if state == ACCEPTED:
            connection.execute(UPLOAD_FILES.delete().where(UPLOAD_FILES.c.upload_id == number))


def discard(database: Database, number: int) -> None:
    """Throws it away with its files; not while it goes into the data."""
    with database.writing() as connection:
        found = next(iter(_uploads(connection, number)), None)
        if found is not None and not found.is_being_accepted:
            _delete(connection, [number])


def purge(database: Database) -> int:
    """Throws away what is older than KEPT_FOR. Returns how many."""
    with database.reading() as connection:
        old = list(connection.execute(sa.select(UPLOADS.c.id).where(UPLOADS.c.at < now() - KEPT_FOR)).scalars())
    if old:
        with database.writing() as connection:
            _delete(connection, old)
    return len(old)


def find_mapping(database: Database, name: str) -> tuple[datetime.datetime, str] | None:
    """When and how files of this name for their headings were understood the last time."""
    with database.reading() as connection:
        row = connection.execute(sa.select(MAPPINGS).where(MAPPINGS.c.name == name)).first()
    return None if row is None else (row.at, row.text)


def keep_mapping(database: Database, name: str, text: str) -> None:
    """Keeps how they were understood, in place of what was kept before."""
    with database.writing() as connection:
        connection.execute(MAPPINGS.delete().where(MAPPINGS.c.name == name))
        connection.execute(MAPPINGS.insert().values(name=name, at=now(), text=text))


def _add_files(connection: Connection, number: int, files: Sequence[tuple[str, bytes]]) -> None:
    for name, body in files:
        connection.execute(UPLOAD_FILES.insert().values(upload_id=number, name=name, body=body))


def _delete(connection: Connection, numbers: Sequence[int]) -> None:
    connection.execute(UPLOAD_FILES.delete().where(UPLOAD_FILES.c.upload_id.in_(numbers)))
    connection.execute(UPLOADS.delete().where(UPLOADS.c.id.in_(numbers)))


def _uploads(connection: Connection, number: int | None = None) -> list[Upload]:
    size = sa.func.length(UPLOAD_FILES.c.body).label("size")
    files = sa.select(UPLOAD_FILES.c.upload_id, UPLOAD_FILES.c.id, UPLOAD_FILES.c.name, size)
    query = sa.select(UPLOADS, ACCOUNTS.c.email).join(ACCOUNTS, ACCOUNTS.c.id == UPLOADS.c.account_id)
    if number is not None:
        query, files = query.where(UPLOADS.c.id == number), files.where(UPLOAD_FILES.c.upload_id == number)
    by_upload: dict[int, list[UploadFile]] = {}
    for row in connection.execute(files.order_by(UPLOAD_FILES.c.id)):
        by_upload.setdefault(row.upload_id, []).append(UploadFile(row.id, row.name, row.size))
    return [
        Upload(
            row.id,
            row.account_id,
            row.email,
            row.kind,
            row.at,
            row.state,
            json.loads(row.options),
            row.progress,
            json.loads((row.result if number is not None else "") or "{}"),
            row.run,
            row.touched_at,
            row.entry_id,
            tuple(by_upload.get(row.id, ())),
        )
        for row in connection.execute(query.order_by(UPLOADS.c.id.desc()))
    ]


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)
