"""The database itself: SQLite in a file of our own, or PostgreSQL. Everything that differs between the two is here."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from dashboard.dataset import Dataset
from dashboard.store.tables import STATE
from dashboard.strings import Catalog

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = Path(__file__).parent / "migrations"
# the revision of the newest migration; a test compares the two
HEAD = "0004"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
# how long a change waits for another one to be through, in seconds
WAIT = 60
CONNECT_WITHIN = 10
# by what the texts of the two databases are known; whatever else goes wrong, it is not there
SIGNS = {
    "full": ("disk is full", "no space left", "disk full"),
    "read_only": ("readonly", "read-only"),
    "busy": ("database is locked", "lock timeout", "database is busy"),
    "damaged": ("malformed", "not a database", "file is encrypted"),
    "disk": ("disk i/o error",),
}
# with less room than this SQLite cannot even make the files beside its own, in bytes
LITTLE_ROOM = 1_000_000
# for all who set up one PostgreSQL at the same moment
SETUP_LOCK = 7_094_2007


class DatabaseProblem(Exception):
    """The database cannot be used. `kind` names a text of the catalogue (database.<kind>), which `details` fill."""

    def __init__(self, kind: str, **details: object) -> None:
        super().__init__(kind, details)
        self.kind = kind
        self.details: dict[str, Any] = details

    def text(self, t: Catalog) -> str:
        """What is wrong, and what to do."""
        return t(f"database.{self.kind}", **self.details)


@dataclass(frozen=True)
class Database:
    """One database, by its address. Connections are opened when needed and closed after it: processes are copied
    (gunicorn's workers), and a connection must not be. `checked`: the version that the newest change of this process
    made, and the data that was checked for it: whoever shows it next need not read it again (`take_checked`)."""

    url: sa.URL
    is_read_only: bool = False
    wait: float = field(default=WAIT, compare=False)
    checked: deque[tuple[str, Dataset]] = field(default_factory=lambda: deque(maxlen=1), compare=False, repr=False)

    @property
    def kind(self) -> str:
        """sqlite or postgresql."""
        return self.url.get_backend_name()

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.url.database or "") if self.kind == SQLITE else None

    @property
    def label(self) -> str:
        """What it is called in words and in /health: never with a password."""
        if self.file is not None:
            return f"SQLite {os.path.relpath(self.file, ROOT) if self.file.is_relative_to(ROOT) else self.file}"
        return f"PostgreSQL {self.url.database or ''} at {self.url.host or self.url.query.get('host') or 'localhost'}"

    @cached_property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, without a pool."""
        if self.file is None:
            arguments = {"connect_timeout": CONNECT_WITHIN}
            return sa.create_engine(self.url, poolclass=NullPool, connect_args=arguments)
        engine = sa.create_engine("sqlite://", creator=self._connect, poolclass=NullPool)
        sa.event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> Any:
        """A connection of the driver, whose transactions begin when we say so (`_begin`), not when it sees a statement
        that writes."""
        import sqlite3

        assert self.file is not None
        address = self.file.resolve().as_uri()
        options: dict[str, Any] = {"uri": True, "timeout": self.wait, "isolation_level": None}
        if self.is_read_only:
            connection = sqlite3.connect(f"{address}?mode=ro", **options)
            try:
                connection.execute("SELECT count(*) FROM sqlite_master")
                return connection
            except sqlite3.OperationalError:
                connection.close()
                if Path(f"{self.file}-wal").exists():
                    raise
                # without the right or the room to make its side files SQLite reads only what it may take for unchanging
                return sqlite3.connect(f"{address}?immutable=1", **options)
        connection = sqlite3.connect(f"{address}?mode=rw", **options)
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    @contextmanager
    def _transaction(self, **options: Any) -> Iterator[Connection]:
        with self._in_words(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def reading(self) -> AbstractContextManager[Connection]:
        """All that is read in the block is of one moment. Raises DatabaseProblem where the database is not there."""
        return self._transaction(**({"isolation_level": "REPEATABLE READ"} if self.kind == POSTGRESQL else {}))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that changes something: all of it or, where the block raises, nothing. One at a time, on all
        machines; others wait. Raises DatabaseProblem where it could not be written."""
        with self._transaction(is_writing=True) as connection:
            if self.kind == POSTGRESQL:
                connection.execute(sa.text(f"SET LOCAL lock_timeout = '{self.wait:g}s'"))
                connection.execute(sa.select(STATE.c.version).with_for_update())
            yield connection

    @contextmanager
    def setting_up(self) -> Iterator[Connection]:
        """A transaction for migrations and the first filling, which come before there is a row to lock."""
        with self._transaction(is_writing=True) as connection:
            if self.kind == POSTGRESQL:
                connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({SETUP_LOCK})"))
            yield connection

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.IntegrityError as error:
            raise DatabaseProblem("rule", reason=str(error.orig).splitlines()[0], database=self.label) from error
        except sa.exc.DBAPIError as error:
            raise self._problem(error.orig or error) from error

    def _problem(self, error: BaseException) -> DatabaseProblem:
        """What went wrong, by the text that the two databases give it."""
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        text = reason.casefold()
        kind = next((kind for kind, signs in SIGNS.items() if any(sign in text for sign in signs)), "away")
        if kind in {"disk", "away"} and self.file is not None and _has_no_room(self.file.parent):
            kind = "full"
        return DatabaseProblem(kind, reason=reason, database=self.label)

    def settle(self) -> None:
        """Takes out of the side file of SQLite what was overwritten, as far as nobody is reading it just now; else it
        goes with a later one. PostgreSQL does this by itself."""
        if self.file is None:
            return
        import sqlite3

        with suppress(sqlite3.OperationalError), closing(self._connect()) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def version(self) -> str:
        """Which data is there: different after every change. Asked often, so nothing else is read."""
        with self.reading() as connection:
            return version_of(connection)

    def take_checked(self, version: str) -> Dataset | None:
        """The data of a version, where the newest change of this process made it; once, for it is large."""
        made, dataset = self.checked.pop() if self.checked else ("", None)
        return dataset if made == version else None


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _has_no_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < LITTLE_ROOM
    except OSError:
        return False


def database_of(address: str) -> Database:
    """The database of an address as DATABASE_URL has it. Raises ValueError where it is none of ours."""
    try:
        url = sa.make_url(address)
    except sa.exc.ArgumentError:
        raise ValueError(address) from None
    name = url.get_backend_name()
    if name in {"postgres", POSTGRESQL}:
        return Database(url.set(drivername="postgresql+psycopg"))
    if name == SQLITE and url.database and url.database != ":memory:":
        # beside the program, wherever it is started from
        return Database(url.set(database=str(ROOT / Path(url.database).expanduser())))
    raise ValueError(address)


def fetched(connection: Connection, query: sa.Select[Any], size: int) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query, so many at once, as the driver gives them: SQLAlchemy's objects around them take longer
    than everything that is done with a large table."""
    compiled = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    raw: Any = connection.connection
    # PostgreSQL sends all rows at once but to a cursor that has a name
    cursor = raw.cursor(name="fetched") if connection.dialect.name == POSTGRESQL else raw.cursor()
    try:
        # the text has no gaps left, and its signs are meant
        cursor.execute(str(compiled))
        while rows := cursor.fetchmany(size):
            yield rows
    finally:
        cursor.close()


def inserted(connection: Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Inserts many rows, each a value for every column, by the fastest way that the driver has."""
    names = ", ".join(connection.dialect.identifier_preparer.quote(column.name) for column in table.columns)
    raw: Any = connection.connection
    cursor = raw.cursor()
    try:
        if connection.dialect.name == POSTGRESQL:
            with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(table.columns))
            cursor.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)
    except Exception as error:
        # as SQLAlchemy says it, so that it is put into words like all else
        raise sa.exc.DBAPIError.instance(table.name, None, error, connection.dialect.loaded_dbapi.Error) from error
    finally:
        cursor.close()


def version_of(connection: Connection) -> str:
    """Which data is there."""
    return str(connection.execute(sa.select(STATE.c.version)).scalar_one())


def renew_version(connection: Connection) -> str:
    """The data is another one from now on: all workers read it again, and nothing that was kept of before is shown.
    Returns its version."""
    version = secrets.token_hex(6)
    connection.execute(STATE.update().values(version=version))
    return version


def revision_of(connection: Connection) -> str:
    """The revision of the tables, "" where there are none yet."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or "")


def other_revision(found: str, label: str) -> DatabaseProblem:
    """Tables are of another program than this one."""
    return DatabaseProblem("newer" if found > HEAD else "older", revision=found, known=HEAD, database=label)


def make_file(database: Database) -> None:
    """The file of an SQLite database, for its owner alone, in WAL mode: its readers and its one writer do not wait for
    each other. Nothing where it is there. Raises DatabaseProblem where it cannot be made."""
    file = database.file
    if file is None:
        return
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise DatabaseProblem("not_writable", reason=error.strerror or str(error), database=database.label) from None
    for _ in range(50):
        try:
            with closing(database._connect()) as connection:
                if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    connection.execute("PRAGMA journal_mode = WAL")
            return
        except Exception as error:
            problem = database._problem(error)
            if problem.kind != "busy":
                raise problem from error
            # that two begin at once is no fault: the second finds it done
            time.sleep(0.1)


def migrate(connection: Connection, label: str = "") -> None:
    """Brings the tables to what this program knows. Raises DatabaseProblem where they are of a newer one."""
    found = revision_of(connection)
    if found == HEAD:
        return
    # takes a tenth of a second, which a start on tables that are right does not pay
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if found and found not in known:
        raise DatabaseProblem("newer", revision=found, known=HEAD, database=label)
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
