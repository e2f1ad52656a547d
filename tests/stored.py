"""Databases for tests: where they are, what is in them, and PostgreSQL where a test asks for it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from dashboard.dataset import Dataset
from dashboard.store.database import Database, database_of
from dashboard.store.folder import dump
from dashboard.store.load import load_database
from dashboard.store.start import open_database


def opened(url: str, folder: Path) -> Database:
    """The database of an address, filled from a folder."""
    found = open_database(url, folder, most_bytes=10**9, who="tests", what="filled").database
    assert found is not None
    return found


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
