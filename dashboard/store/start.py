"""What a start does: the database is made, brought to what this program knows, and filled from the folder."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.dataset import Dataset
from dashboard.dataset.load import Reader, read_folder
from dashboard.dataset.problems import BadData, unreadable
from dashboard.store.changes import FILL, is_worked_in, note
from dashboard.store.conversations import load_contacts
from dashboard.store.database import (
    HEAD,
    Database,
    DatabaseProblem,
    database_of,
    make_file,
    migrate,
    other_revision,
    renew_version,
    revision_of,
)
from dashboard.store.folder import fill, fingerprint
from dashboard.store.tables import STATE

# what a database that is only just starting is given, in seconds
PATIENCE = 20.0
CANNOT_WRITE = {"not_writable", "read_only", "full", "disk"}


@dataclass(frozen=True)
class Opened:
    """A database that is ready. `database` is None where nothing can be written: then the folder is all there is, and
    nobody can change anything. `differs`: the folder has other data than a database in which people have worked.
    `filled`: the data and its version where the database was filled just now, which need not be read again."""

    database: Database | None
    differs: bool = False
    filled: tuple[Dataset, str] | None = None

    @property
    def can_write(self) -> bool:
        """Whether anything can be changed."""
        return self.database is not None and not self.database.is_read_only


def open_database(
    address: str,
    folder: Path,
    *,
    most_bytes: int,
    who: str,
    what: str,
    check: Callable[[Dataset], None] = lambda _: None,
    patience: float = PATIENCE,
) -> Opened:
    """Makes, migrates and fills the database of an address, whatever of that is needed. `what` are the words of the
    entry that says that it was filled.

    Raises BadData where the folder is bad that it is to be filled from, and DatabaseProblem where there is no database
    by this address, it is damaged, or of a newer program.
    """
    database = database_of(address)
    until = time.monotonic() + patience
    while True:
        try:
            make_file(database)
            with database.setting_up() as connection:
                migrate(connection, database.label)
                found = _take(connection, folder, most_bytes=most_bytes, who=who, what=what, check=check)
            return replace(found, database=database)
        except DatabaseProblem as problem:
            if problem.kind in CANNOT_WRITE:
                readable = _readable(database)
                # never the folder in place of a database that has other data
                if readable is not None or not _has_data(database):
                    return Opened(readable)
            if problem.kind != "away" or database.file is not None or time.monotonic() > until:
                raise
        time.sleep(0.5)


def _has_data(database: Database) -> bool:
    try:
        return database.file is None or database.file.stat().st_size > 0
    except OSError:
        return False


def _readable(database: Database) -> Database | None:
    """A database that is there, may be read and has data, for reading alone."""
    only = replace(database, is_read_only=True)
    if database.file is not None and not database.file.exists():
        return None
    try:
        with only.reading() as connection:
            found = revision_of(connection)
            if found and found != HEAD:
                raise other_revision(found, database.label)
            return only if found and connection.execute(sa.select(STATE)).first() else None
    except DatabaseProblem as problem:
        if problem.kind in {"newer", "older"}:
            raise
        return None


def _take(
    connection: Connection, folder: Path, *, most_bytes: int, who: str, what: str, check: Callable[[Dataset], None]
) -> Opened:
    """Fills a database in which nobody has worked from the folder, where it has other data than that; one in which
    somebody has is left as it is. The database of what it returns is not set."""
    state = connection.execute(sa.select(STATE)).first()
    if state is not None and not folder.is_dir():
        return Opened(None)
    found = _fingerprint(folder)
    if state is not None and state.folder == found:
        return Opened(None)
    if state is not None and is_worked_in(connection):
        return Opened(None, differs=True)
    dataset, reader = read_folder(folder, most_bytes=most_bytes)
    check(dataset)
    contacts = load_contacts(connection)
    version = fill_from(connection, reader, found, who=who, what=what)
    return Opened(None, filled=(replace(dataset, contacts=contacts), version))


def fill_from(connection: Connection, reader: Reader, found: str, *, who: str, what: str, way: str = FILL) -> str:
    """Puts a folder in place of everything but what the staff keeps, with an entry; `found` is its fingerprint. Returns
    the version, which is the same for the same folder as long as nobody was contacted."""
    fill(connection, reader)
    connection.execute(STATE.delete())
    connection.execute(STATE.insert().values(id=1, version=found, folder=found))
    if len(load_contacts(connection)):
        renew_version(connection)
    note(connection, who=who, way=way, what=what)
    return str(connection.execute(sa.select(STATE.c.version)).scalar_one())


def _fingerprint(folder: Path) -> str:
    try:
        return fingerprint(folder)
    except OSError as error:
        raise BadData([unreadable(str(error.filename or folder), error)]) from None
