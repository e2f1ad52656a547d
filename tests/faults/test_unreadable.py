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

from dashboard.dataset import BadData, load
from dashboard.live import PATIENCE, live_of, stamp_of, version_of
from dashboard.settings import Settings
from tests.conftest import Edit
from tests.faults.conftest import held_to_modes, until
from tests.serving import ROOT, free_port, is_healthy

# so many more than there are workers, each by a connection of its own, that none is left out
ASKED = 24
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


def mended(folder: Path, kept: Path) -> None:
    """As it was, whatever was done."""
    if folder.exists():
        for path in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
            path.chmod(0o755)
        shutil.rmtree(folder)
    shutil.copytree(kept, folder)


@dataclass(frozen=True)
class Server:
    """A running server that may read what modes let it read; `log` is what it said."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def answers(self) -> list[dict[str, object]]:
        found = []
        for _ in range(ASKED):
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=10) as reply:
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
        return set(map(int, Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()))


@contextmanager
def serving(folder: Path, log: Path, **more: str) -> Iterator[Server]:
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1", "DASHBOARD_DATA": str(folder), **more}
    argv = [*held_to_modes(), sys.executable, "-m", "gunicorn", "tests.faults.hurried:server"]
    with log.open("wb") as output:
        # a slow answer on a busy machine is no part of this
        environment["DASHBOARD_SLOW_MS"] = "60000"
        process = subprocess.Popen(argv, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        until(lambda: is_healthy(port) or process.poll() is not None, within=60)
        yield Server(process, port, log)
    finally:
        process.terminate()
        process.wait(30)


def test_each_fault_is_said_once_and_what_was_shown_stays_until_it_is_mended(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(folder, kept)
    version = version_of(folder)
    with serving(folder, tmp_path / "log") as server:
        for fault, (name, spoil, said) in FAULTS.items():
            spoil(folder / name)
            until(lambda said=said: all(said in str(answer["detail"]) for answer in server.answers()))  # type: ignore[misc]
            assert server.all_say("version", version), fault
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/", timeout=30) as reply:
                assert "94" in reply.read().decode()
            until(partial(server.has_said, said))
            mended(folder, kept)
            until(lambda: server.all_say("is_stale", False))
            until(lambda: "can be used again" in server.said()[-1]["message"])
        lines = server.said()
    for name, _, said in FAULTS.values():
        assert len([line for line in lines if said in line["message"]]) == 1, name
    assert {line["level"] for line in lines} == {"error", "warning"}
    assert len(lines) == 2 * len(FAULTS)
    assert not [line for line in lines if "trace" in line]


def test_a_replaced_worker_shows_what_the_others_show(folder: Path, edit: Edit, tmp_path: Path) -> None:
    """Newer data came, and then data that cannot be used: a new worker has neither the oldest nor none."""
    oldest = version_of(folder)
    with serving(folder, tmp_path / "log", DASHBOARD_WORKERS="2") as server:
        edit("partnerships.csv", 2, {"start_year": "2015"})
        newer = version_of(folder)
        until(lambda: server.all_say("version", newer))
        until(partial(server.has_said, newer))
        edit("partnerships.csv", 2, {"country_iso3": "ATL"})
        until(lambda: server.all_say("is_stale", True))
        until(partial(server.has_said, "ATL"))
        first = server.workers()
        for worker in first:
            os.kill(worker, signal.SIGKILL)
        until(lambda: len(server.workers() - first) == 2 and is_healthy(server.port))
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
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    *answers, rest = done.stderr.split("answer 1\n")
    assert rest == ""
    for answer, (fault, (_, _, said)) in zip(answers, FAULTS.items(), strict=True):
        assert said in answer, fault
    assert "Traceback" not in done.stderr


def test_a_server_is_refused_in_words(folder: Path) -> None:
    (folder / "survey").chmod(0)
    environment = {**os.environ, "PORT": str(free_port()), "DASHBOARD_DATA": str(folder)}
    argv = [*held_to_modes(), sys.executable, "-m", "gunicorn", "app:server"]
    done = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
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


def test_a_fault_that_nobody_thought_of_is_told_once_with_its_trace(
    folder: Path, edit: Edit, caplog: pytest.LogCaptureFixture
) -> None:
    live = live_of(Settings(data=folder))
    shown = live.house

    def fail(_version: str) -> object:
        raise ZeroDivisionError("nobody")

    live.make = fail  # type: ignore[assignment]
    for year in ("2014", "2015"):
        edit("partnerships.csv", 2, {"start_year": year})
        live.look(live.look(live.stamp))
    assert live.house is shown
    assert "ZeroDivisionError: nobody" in live.state.trouble
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_folder_that_never_rests_is_read_in_the_end(folder: Path, edit: Edit) -> None:
    live = live_of(Settings(data=folder))
    edit("partnerships.csv", 2, {"start_year": "2015"})
    shown, before, path = live.house, live.stamp, folder / "survey" / "notes.csv"
    looks = 0
    while live.house is shown:
        path.write_text("x" * looks)
        before = live.look(before)
        path.write_text("")
        looks += 1
        assert looks <= PATIENCE
    assert looks == PATIENCE


def test_taking_away_and_giving_back_rights_is_seen(folder: Path) -> None:
    stamps = [stamp_of(folder)]
    for mode in (0o600, 0o644):
        (folder / "sources.csv").chmod(mode)
        stamps.append(stamp_of(folder))
    assert len(set(stamps)) == len(stamps)
