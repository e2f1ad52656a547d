"""Databases for tests: where they are, what is in them, and PostgreSQL where a test asks for it."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from dashboard.dataset import Dataset
from dashboard.settings import SHIPPED_DATA
from dashboard.store.database import SQLITE, Database, database_of, revision_of
from dashboard.store.folder import dump, fingerprint
from dashboard.store.load import load_database
from dashboard.store.start import open_database

OWN = tempfile.TemporaryDirectory(prefix="ipi-filled-")


def opened(url: str, folder: Path) -> Database:
    """The database of an address, filled from a folder."""
    copy_if_known(database_of(url), folder)
    return filled(url, folder)


def filled(url: str, folder: Path) -> Database:
    """The same without a copy, row by row."""
    found = open_database(url, folder, most_bytes=10**9, who="tests", what="filled").database
    assert found is not None
    return found


def is_new(database: Database) -> bool:
    """Whether nothing was ever put into a database."""
    if database.file is not None:
        return not database.file.exists()
    with database.reading() as connection:
        return revision_of(connection) == ""


def copy_if_known(database: Database, folder: Path) -> None:
    """Puts a copy of the shipped data, or of the small folder, into a database that is new, if that is what is in the
    folder: to fill one takes a third of a second, and what is opened next finds nothing to do."""
    if not is_new(database) or not folder.is_dir():
        return
    found = fingerprint(folder)
    known = next((each for each in (SHIPPED_DATA, small_folder()) if fingerprint(each) == found), None)
    if known is None:
        return
    if database.file is not None:
        database.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(filled_file(known), database.file)
        return
    server = database.url.set(database="postgres")
    pattern, name = filled_on(server, known), database.url.database
    with on_server(server) as connection:
        connection.execute(sa.text(f"DROP DATABASE {name}"))
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {pattern}"))


@cache
def filled_file(folder: Path = SHIPPED_DATA) -> Path:
    """A file of SQLite with the data of a folder, which nobody writes to."""
    path = Path(OWN.name) / f"filled-{folder.name}.sqlite"
    filled(f"{SQLITE}:///{path}", folder)
    assert not path.with_name(f"{path.name}-wal").exists()
    return path


@cache
def filled_on(server: sa.URL, folder: Path) -> str:
    """The name of a database with the data of a folder on a server, which nobody writes to."""
    name = f"filled_{folder.name}"
    with on_server(server) as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    filled(server.set(database=name).render_as_string(hide_password=False), folder)
    return name


@cache
def small_folder() -> Path:
    """The shipped folder with a few rows of the three tables that have many: for tests that fill and read a
    database again and again, and look at something else."""
    folder = Path(OWN.name) / "small"
    shutil.copytree(SHIPPED_DATA, folder)
    advisories = (folder / "travel_advisories.csv").read_text(encoding="utf-8")
    for name in ("places/us_cities.csv", "places/partner_cities.csv", "sample/answers.csv"):
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        # and the cities that something else of the folder names
        kept = lines[:41] + [line for line in lines[41:] if "cities" in name and line.partition(",")[0] in advisories]
        (folder / name).write_text("".join(kept), encoding="utf-8")
    return folder


def on_server(server: sa.URL) -> sa.Connection:
    """A connection for making databases."""
    return sa.create_engine(server, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT").connect()


def dataset_in(url: str) -> Dataset:
    """What is in a database."""
    with database_of(url).reading() as connection:
        return load_database(connection)


def state(folder: Path) -> str:
    """One number for all that is in a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def dumped(url: str, folder: Path) -> Path:
    """A database written as a folder."""
    with database_of(url).reading() as connection:
        dump(connection, folder)
    return folder
