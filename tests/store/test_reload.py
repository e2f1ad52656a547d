"""What a server shows follows the database, and stays where the database goes away or turns bad."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.context import AppContext
from dashboard.data import open_data
from dashboard.settings import Settings
from dashboard.store.changes import Edit
from dashboard.store.database import database_of
from dashboard.store.reload import DataReloader
from tests.store.conftest import running_postgres
from tests.store.test_changes import HERAT, back, do
from tests.store.test_folder import assert_same
from tests.stored import copy_if_known, dataset_in


def begun(url: str, folder: Path) -> DataReloader[AppContext]:
    """The data as a server begins with it."""
    copy_if_known(database_of(url), folder)
    return open_data(Settings(database_url=url, data=folder))


def said(caplog: pytest.LogCaptureFixture, data: DataReloader[AppContext], text: str) -> int:
    """How often it was said of this database; others of the same process may say something too."""
    return len([record for record in caplog.records if text in record.message and data.label in record.message])


def test_a_change_is_shown_and_so_is_its_undoing(url: str, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    data = begun(url, folder)
    first = data.current
    data.poll()
    assert data.current is first
    database = database_of(url)
    do(database, Edit("partnerships", HERAT, {"start_year": "2014"}))
    data.poll()
    assert data.current.version == database.version() != first.version
    assert data.current.dataset.partnerships["start_year"].iloc[0] == 2014
    back(database)
    data.poll()
    assert data.current.dataset.partnerships["start_year"].iloc[0] == 2016
    assert said(caplog, data, "new data is shown") == 2


def test_a_change_of_the_same_process_is_shown_as_it_was_checked(url: str, folder: Path) -> None:
    data = begun(url, folder)
    assert data.database is not None
    do(data.database, Edit("partnerships", HERAT, {"start_year": "2014"}))
    data.poll()
    assert_same(data.current.dataset, dataset_in(url).without_answers())
    assert data.current.dataset.partnerships["start_year"].iloc[0] == 2014
    assert data.current.version == data.database.version()
    # of two changes the newer one, whoever made it
    do(data.database, Edit("partnerships", HERAT, {"start_year": "2013"}))
    do(database_of(url), Edit("partnerships", HERAT, {"start_year": "2012"}))
    data.poll()
    assert data.current.dataset.partnerships["start_year"].iloc[0] == 2012


def test_bad_data_is_said_once_and_the_former_stays(url: str, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """No change of ours can make it; what somebody does to the database by hand can."""
    data = begun(url, folder)
    shown, database = data.current, database_of(url)
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE partnerships SET source_ids = 's999' WHERE row_id = 1"))
        connection.execute(sa.text("UPDATE state SET version = 'other'"))
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            data.poll()
    assert data.current is shown
    assert "s999" in data.state.trouble
    assert said(caplog, data, "still shown") == 1
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE partnerships SET source_ids = 's001' WHERE row_id = 1"))
        connection.execute(sa.text("UPDATE state SET version = 'third'"))
    data.poll()
    assert data.current is not shown
    assert data.state.trouble == ""


def test_with_the_database_away_memory_goes_on_and_it_recovers(
    tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "own" / "x.sqlite"
    data = begun(f"sqlite:///{path}", folder)
    shown = data.current
    path.rename(path.with_suffix(".away"))
    for _ in range(3):
        data.poll()
    assert data.current is shown
    assert "cannot be reached" in data.state.trouble
    assert said(caplog, data, "from memory") == 1
    path.with_suffix(".away").rename(path)
    data.poll()
    assert (data.current is shown, data.state.trouble) == (True, "")
    assert said(caplog, data, "can be used again") == 1


def test_a_postgresql_that_ends_and_comes_back(folder: Path, tmp_path: Path) -> None:
    server = running_postgres(tmp_path / "postgres")
    url = server.get_uri()
    data = open_data(Settings(database_url=url, data=folder))
    shown = data.current
    try:
        server.cleanup()
        data.poll()
        assert data.current is shown
        assert "cannot be reached" in data.state.trouble
        server = running_postgres(tmp_path / "postgres")
        data.poll()
        assert data.state.trouble == ""
        do(database_of(url), Edit("partnerships", HERAT, {"start_year": "2014"}))
        data.poll()
        assert data.current is not shown
    finally:
        server.cleanup()


def test_tables_of_a_newer_program_are_not_read(url: str, folder: Path) -> None:
    data = begun(url, folder)
    shown = data.current
    with database_of(url).setting_up() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(sa.text("UPDATE state SET version = 'other'"))
    data.poll()
    assert data.current is shown
    assert "newer version of the dashboard" in data.state.trouble


def test_a_fault_that_nobody_thought_of_is_told_once_with_its_trace(
    url: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = begun(url, folder)
    shown = data.current

    def fail(*_: object) -> object:
        raise ZeroDivisionError("nobody")

    data.make = fail  # type: ignore[assignment]
    do(database_of(url), Edit("partnerships", HERAT, {"start_year": "2014"}))
    for _ in range(2):
        data.poll()
    assert data.current is shown
    assert "ZeroDivisionError: nobody" in data.state.trouble
    assert said(caplog, data, "ZeroDivisionError") == len([each for each in caplog.records if each.exc_info]) == 1
