"""A disk without room: what was there stays, and it is said in words."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from dashboard.settings import SHIPPED_DATA
from tests.faults.conftest import Disk, command, until
from tests.serving import ROOT, free_port, is_healthy
from tests.store.test_changes import address
from tests.stored import dataset_in, dumped, opened, state
from tests.unit.intake.test_survey_files import FILES

SURVEY = ("import-survey", FILES / "long.csv", "--wave", "2026", "--yes")


@pytest.fixture(scope="session", autouse=True)
def long_survey() -> None:
    """A survey of so many people that it takes more room than is left."""
    head, *rows = (FILES / "long.csv").read_text(encoding="utf-8").splitlines()
    people = [f"{person}{row}" for person in range(400) for row in rows]
    LONG.write_text("\n".join([head, *people]) + "\n", encoding="utf-8")


LONG = Path(tempfile.mkdtemp(prefix="ipi-long-")) / "long.csv"
LONG_SURVEY = ("import-survey", LONG, "--wave", "2026", "--yes")


@pytest.fixture
def partnerships(tmp_path: Path) -> tuple[object, ...]:
    """The command that imports one partnership more."""
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ["U.S. City", "State", "Sister City", "Country", "Year", "Source"],
                ["Springfield", "Ill.", "Ankara", "Turkey", "2019", ""],
            ]
        )
    return ("import-partnerships", path, "--yes")


@pytest.mark.parametrize("left", [0, 60_000, 200_000])
def test_an_import_without_room_changes_nothing_and_says_so(
    left: int, disk: Disk, partnerships: tuple[object, ...]
) -> None:
    database = opened(f"sqlite:///{disk.place}/x.sqlite", SHIPPED_DATA)
    before = database.version()
    for arguments in (LONG_SURVEY, partnerships) if left < 100_000 else (LONG_SURVEY,):
        disk.fill(left)
        done = command(*arguments, database=address(database))
        assert done.returncode == 1
        assert "There is no room left on the disk" in done.stderr
        assert "What was there is still there" in done.stderr
        assert len(done.stderr) < 1000
        assert "Traceback" not in done.stderr
        disk.free()
        assert database.version() == before
    assert command(*SURVEY, database=address(database)).returncode == 0


def test_undo_without_room_changes_nothing_and_says_so(disk: Disk, tmp_path: Path) -> None:
    database = opened(f"sqlite:///{disk.place}/x.sqlite", SHIPPED_DATA)
    first = state(dumped(address(database), tmp_path / "first"))
    assert command(*SURVEY, database=address(database)).returncode == 0
    before = database.version()
    disk.fill(0)
    done = command("undo", database=address(database))
    assert (done.returncode, "There is no room left" in done.stderr) == (1, True), done.stderr
    disk.free()
    assert database.version() == before
    assert command("undo", database=address(database)).returncode == 0
    assert state(dumped(address(database), tmp_path / "last")) == first


@pytest.mark.parametrize("most", [4_096, 300_000, 1_000_000])
def test_wherever_writing_stops_the_data_stays(most: int, tmp_path: Path) -> None:
    """The same without a disk of its own: the system refuses files beyond a size, in the database or beside it."""
    database = opened(f"sqlite:///{tmp_path}/x.sqlite", SHIPPED_DATA)
    before = database.version()
    done = command(*LONG_SURVEY, database=address(database), most_bytes=most)
    assert (done.returncode, "What was there is still there" in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr
    assert database.version() == before
    assert command(*SURVEY, database=address(database)).returncode == 0


def test_a_start_without_room_says_so_and_the_next_one_fills_it(disk: Disk) -> None:
    disk.fill(100_000)
    url = f"sqlite:///{disk.place}/x.sqlite"
    done = command("migrate", database=url)
    assert (done.returncode, "There is no room left" in done.stderr) == (1, True), done.stderr
    disk.free()
    assert command("migrate", database=url).returncode == 0


def test_a_map_that_cannot_be_kept_takes_nothing_back(tmp_path: Path, disk: Disk) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite"
    opened(url, SHIPPED_DATA)
    kept = disk.place / "map.toml"
    assert command(*SURVEY, "--map", kept, database=url).returncode == 0
    corrected = kept.read_text(encoding="utf-8") + "# corrected by hand\n"
    kept.write_text(corrected, encoding="utf-8")
    disk.fill(0)
    again = ("import-survey", FILES / "long.csv", "--wave", "2027", "--yes", "--map", kept)
    done = command(*again, database=url)
    assert done.returncode == 0
    assert "could not be kept" in done.stderr
    assert "The import itself is done" in done.stderr
    assert kept.read_text(encoding="utf-8") == corrected
    assert "2027" in {wave.id for wave in dataset_in(url).survey.waves}


def test_no_half_file_stands_in_the_way_of_the_next_try(disk: Disk) -> None:
    disk.fill(6_000)
    for arguments in (("template", disk.place / "forms"), ("story-pptx", disk.place / "story.pptx")):
        done = command(*arguments)
        assert done.returncode == 1
        assert "No space left" in done.stderr
        assert "Traceback" not in done.stderr
    assert not [path for path in disk.place.rglob("*.[px]*") if path.suffix in {".xlsx", ".pptx"}]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no file that is always full")
def test_a_table_that_the_disk_did_not_take_is_not_done() -> None:
    with Path("/dev/full").open("w") as full:
        argv = [sys.executable, "-m", "dashboard", "table", "growth"]
        done = subprocess.run(argv, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The output could not be written in full: No space left")
    assert "Exception ignored" not in done.stderr


def test_a_server_whose_log_and_temporary_files_have_no_room_goes_on(disk: Disk, tmp_path: Path) -> None:
    """Log and TMPDIR lie on the full disk. What is shown needs neither; of files only workbooks do."""
    log, port, url = disk.place / "log", free_port(), f"sqlite:///{tmp_path}/own.sqlite"
    environment = {
        **os.environ,
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "TMPDIR": str(disk.place),
        "DASHBOARD_LOG_LEVEL": "info",
        "DATABASE_URL": url,
        "DASHBOARD_WORKERS": "1",
    }
    with log.open("w") as output:
        disk.fill(0)
        argv = [sys.executable, "-m", "gunicorn", "tests.faults.hurried:server"]
        server = subprocess.Popen(argv, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        until(lambda: is_healthy(port) or server.poll() is not None, within=120)
        address = f"http://127.0.0.1:{port}"

        def get(path: str) -> tuple[int, str]:
            try:
                with urllib.request.urlopen(address + path, timeout=30) as reply:
                    return reply.status, reply.read().decode("utf-8", "replace")
            except urllib.error.HTTPError as error:
                return error.code, error.read().decode()

        for path in ("/", "/partnerships", "/export/map.csv", "/export/view.pptx", "/export/growth.xlsx"):
            assert get(path)[0] == 200, path
        old = json.loads(get("/health")[1])["version"]
        assert command(*SURVEY, database=url).returncode == 0
        until(lambda: json.loads(get("/health")[1])["version"] != old)
        assert server.poll() is None
    finally:
        server.terminate()
        server.wait(60)
    assert log.stat().st_size < 5_000


def test_a_workbook_that_finds_no_room_is_said_to_and_leaves_nothing(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard import create_app
    from dashboard.settings import Settings

    client = create_app(Settings()).server.test_client()
    monkeypatch.setattr(tempfile, "tempdir", str(disk.place))
    assert client.get("/export/registry.xlsx").status_code == 200
    disk.fill(8_000)
    reply = client.get("/export/registry.xlsx")
    assert reply.status_code == 507
    assert "disk is full" in reply.get_data(as_text=True)
    assert [path.name for path in disk.place.iterdir()] == ["ballast"]
    assert client.get("/").status_code == 200
