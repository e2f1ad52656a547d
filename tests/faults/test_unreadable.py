"""Data that cannot be read, under a running server and at its start."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.dataset import BadData, load
from dashboard.settings import SHIPPED_DATA
from dashboard.store.changes import Edit
from dashboard.store.folder import fingerprint
from tests.faults.conftest import held_to_modes, until
from tests.serving import ROOT, free_port, is_healthy
from tests.store.test_changes import HERAT, address, do
from tests.stored import opened

# so many more than there are workers, each by a connection of its own, that none is left out
ASKED = 24
WORKERS = 2
Spoil = Callable[[Path], None]


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def damaged(path: Path) -> None:
    """One byte that no UTF-8 has, in a file that has accents."""
    path.write_bytes(path.read_bytes().replace(b"Sister", b"S\xffster", 1) + "é\n".encode())


def by_halves(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def without_rights(path: Path) -> None:
    path.chmod(0)


def another_file(path: Path) -> None:
    """At once, or what looks meanwhile finds nothing in it, and says that instead."""
    shutil.copy(__file__, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


# what is done to which file, and what has to be said of it
FAULTS: dict[str, tuple[str, Spoil, str]] = {
    "rights of a file": ("partnerships.csv", without_rights, "partnerships.csv: the file cannot be read: Permission"),
    "rights of a folder": ("survey", without_rights, "survey/questions.csv: the file cannot be read: Permission"),
    "rights of the counts": ("snapshots", without_rights, "snapshots: the file cannot be read: Permission"),
    "a folder instead": ("sources.csv", as_folder, "sources.csv: there is a folder of this name"),
    "a folder instead of words": ("about.toml", as_folder, "about.toml: there is a folder of this name"),
    "half a file": ("partnerships.csv", by_halves, "partnerships.csv, row 104"),
    "damaged letters": ("sources.csv", damaged, "sources.csv: its text is damaged"),
    "a file that vanished": ("milestones.csv", Path.unlink, "milestones.csv: the file is not there"),
    "a folder that vanished": (".", shutil.rmtree, "there is no such folder"),
}


@dataclass(frozen=True)
class Server:
    """A running server that may read what modes let it read; `log` is what it said."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def answers(self) -> list[dict[str, object]]:
        found = []
        for _ in range(ASKED):
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=30) as reply:
                found.append(json.load(reply))
        return found

    def all_say(self, name: str, value: object) -> bool:
        return {answer[name] for answer in self.answers()} == {value}

    def said(self) -> list[dict[str, str]]:
        """Its log: a JSON object a line, after the line that says where it is."""
        return [json.loads(line) for line in self.log.read_text().splitlines()[1:]]

    def has_said(self, text: str) -> bool:
        return any(text in line["message"] for line in self.said())

    def workers(self) -> set[int]:
        """Those that there are. One may answer before another is there."""
        return set(map(int, Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()))


@contextmanager
def serving(url: str, log: Path, **more: str) -> Iterator[Server]:
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1", "DATABASE_URL": url, **more}
    environment["DASHBOARD_WORKERS"] = str(WORKERS)
    argv = [*held_to_modes(), sys.executable, "-m", "gunicorn", "tests.faults.hurried:server"]
    with log.open("wb") as output:
        # a slow answer on a busy machine is no part of this
        environment["DASHBOARD_SLOW_MS"] = "60000"
        process = subprocess.Popen(argv, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        server = Server(process, port, log)

        def is_there() -> bool:
            return is_healthy(port) and len(server.workers()) == WORKERS

        until(lambda: process.poll() is not None or is_there(), within=120)
        assert process.poll() is None, log.read_text()
        yield server
    finally:
        process.terminate()
        process.wait(60)


# what is done to the file of the database, and what has to be said of it
FILE_FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file that vanished": (lambda path: path.rename(path.with_suffix(".kept")), "cannot be reached"),
    "rights of the file": (without_rights, "cannot be reached"),
    "no database": (another_file, "is damaged, or no database"),
}


def test_each_fault_of_the_database_is_said_once_and_what_was_shown_stays(tmp_path: Path) -> None:
    path, kept = tmp_path / "own" / "x.sqlite", tmp_path / "x.kept"
    url = f"sqlite:///{path}"
    opened(url, SHIPPED_DATA)
    shutil.copy(path, kept)
    with serving(url, tmp_path / "log") as server:
        # each fault is one line and its end another: the process that writes them is not one of those that answer
        for number, (fault, (spoil, said)) in enumerate(FILE_FAULTS.items()):
            spoil(path)
            until(lambda said=said: all(said in str(answer["detail"]) for answer in server.answers()))  # type: ignore[misc]
            assert server.all_say("version", fingerprint(SHIPPED_DATA)), fault
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/", timeout=30) as reply:
                assert "94" in reply.read().decode()
            until(lambda lines=2 * number + 1: len(server.said()) >= lines)  # type: ignore[misc]
            assert said in server.said()[-1]["message"]
            # as somebody puts a backup in its place
            shutil.copy(kept, path.with_suffix(".new"))
            path.with_suffix(".new").replace(path)
            until(lambda: server.all_say("is_stale", False))
            until(lambda lines=2 * number + 2: len(server.said()) >= lines)  # type: ignore[misc]
            assert "can be used again" in server.said()[-1]["message"]
        lines = server.said()
    assert {line["level"] for line in lines} == {"error", "warning"}
    assert len(lines) == 2 * len(FILE_FAULTS)
    assert not [line for line in lines if "trace" in line]


def test_a_replaced_worker_shows_what_the_others_show(tmp_path: Path) -> None:
    """Newer data came, and then data that cannot be used: a new worker has neither the oldest nor none."""
    database = opened(f"sqlite:///{tmp_path}/own/x.sqlite", SHIPPED_DATA)
    oldest = database.version()
    with serving(address(database), tmp_path / "log") as server:
        do(database, Edit("partnerships", HERAT, {"start_year": "2015"}))
        newer = database.version()
        until(lambda: server.all_say("version", newer))
        until(partial(server.has_said, newer))
        with database.writing() as connection:
            connection.execute(sa.text("UPDATE partnerships SET source_ids = 's999' WHERE row_id = 1"))
            connection.execute(sa.text("UPDATE state SET version = 'bad'"))
        until(lambda: server.all_say("is_stale", True))
        until(partial(server.has_said, "s999"))
        first = server.workers()
        for worker in first:
            os.kill(worker, signal.SIGKILL)
        until(lambda: len(server.workers() - first) == WORKERS and is_healthy(server.port))
        answers = server.answers()
        assert {(answer["version"], answer["is_stale"]) for answer in answers} == {(newer, True)}
        assert newer != oldest


# `python -m dashboard check` for one folder after another; a line of its own after what is said of each
CHECKS = """
import sys
from dashboard.__main__ import main
for folder in sys.argv[1:]:
    print("answer", main(["check", folder]), file=sys.stderr, flush=True)
"""


def test_a_start_on_such_data_is_refused_in_words(folder: Path, tmp_path: Path) -> None:
    """One process for all of them: a start takes more time than everything that is checked."""
    spoiled = [tmp_path / fault for fault in FAULTS]
    for place, (name, spoil, _) in zip(spoiled, FAULTS.values(), strict=True):
        shutil.copytree(folder, place)
        spoil(place / name)
    argv = [*held_to_modes(), sys.executable, "-c", CHECKS, *map(str, spoiled)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    *answers, rest = done.stderr.split("answer 1\n")
    assert rest == ""
    for answer, (fault, (_, _, said)) in zip(answers, FAULTS.items(), strict=True):
        assert said in answer, fault
    assert "Traceback" not in done.stderr


def test_a_server_is_refused_in_words(folder: Path) -> None:
    (folder / "survey").chmod(0)
    own = {"DASHBOARD_DATA": str(folder), "DATABASE_URL": f"sqlite:///{folder.parent}/own.sqlite"}
    environment = {**os.environ, "PORT": str(free_port()), **own}
    argv = [*held_to_modes(), sys.executable, "-m", "gunicorn", "app:server"]
    done = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode != 0
    assert "survey/questions.csv: the file cannot be read: Permission denied. Check who may read it." in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_disk_that_fails_is_a_problem_of_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no test can make for real without a broken disk."""

    def fail(path: Path) -> bytes:
        raise OSError(5, "Input/output error", str(path))

    monkeypatch.setattr(Path, "read_bytes", fail)
    monkeypatch.setattr(Path, "is_dir", lambda path: path == folder or fail(path) == b"")
    with pytest.raises(BadData) as raised:
        load(folder)
    assert [(each.kind, each.details["reason"]) for each in raised.value.problems] == [
        ("unreadable", "Input/output error")
    ]
