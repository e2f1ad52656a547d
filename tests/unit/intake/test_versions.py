"""Nothing is lost: real kills at any moment, two imports at once, and the way back."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.dataset import load
from dashboard.intake import versions
from dashboard.intake.versions import LABEL, alone, commit, history_of, prepared, settle, undo
from tests.loaded import begun
from tests.serving import ROOT
from tests.unit.intake.conftest import Run
from tests.unit.intake.test_survey_files import FILES

KILLS = 10


def state(folder: Path) -> str:
    """One number for all that is in a folder, but for the label that a commit leaves for a moment."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != LABEL):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def start(folder: Path, wave: str) -> subprocess.Popen[str]:
    arguments = ["import-survey", str(FILES / "long.csv"), "--wave", wave, "--yes", "--data", str(folder)]
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def import_quietly(folder: Path, wave: str) -> None:
    with Path(os.devnull).open("w") as nothing, redirect_stdout(nothing), redirect_stderr(nothing):
        sys.exit(main(["import-survey", str(FILES / "long.csv"), "--wave", wave, "--yes", "--data", str(folder)]))


def importing(folder: Path, wave: str) -> BaseProcess:
    """The same in a process that begins with everything loaded: all its time is the import, and so is a kill's."""
    return begun(import_quietly, folder, wave)


def test_killed_at_any_moment_there_is_the_old_or_the_new_whole(folder: Path) -> None:
    """Real SIGKILLs, most of them while the folder is copied, written through and exchanged."""
    rng = random.Random(94)
    assert start(folder, "2023").wait() == 0
    for wave in ("2024", "2025"):  # the first of them loads
        begin = time.monotonic()
        process = importing(folder, wave)
        process.join()
        assert process.exitcode == 0
        whole = time.monotonic() - begin
    waves = {wave.id for wave in load(folder).survey.waves}
    seen = {"old": 0, "new": 0}
    for number in range(KILLS):
        before = state(folder)
        wave = f"w{number}-2026"
        process = importing(folder, wave)
        time.sleep(rng.uniform(0.2, 1.1) * whole)
        process.kill()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        dataset = load(folder)
        after = {known.id for known in dataset.survey.waves}
        if state(folder) == before:
            assert after == waves
            seen["old"] += 1
        else:
            assert after == waves | {wave}
            assert (dataset.survey.answers["wave"] == wave).any()
            seen["new"] += 1
        waves = after
    assert seen["old"] + seen["new"] == KILLS
    assert start(folder, "2027").wait() == 0
    assert "next" not in {path.name for path in history_of(folder).place.iterdir()}


def test_a_stop_at_each_step_of_a_commit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, step by step: stopped at each call that changes something on the disk."""

    class Stop(BaseException):
        pass

    history = history_of(folder)
    for name in ("_write_through", "_write", "_exchange", "_sync", "settle", "_next_number"):
        before = state(folder)
        real = getattr(versions, name)

        def stop(*_: object) -> None:
            raise Stop

        monkeypatch.setattr(versions, name, stop)
        with pytest.raises(Stop), alone(history):
            copy = history.place / "next"
            shutil.copytree(folder, copy)
            (copy / "new.csv").write_text(name)
            commit(history, copy, f"stopped at {name}", keep=9)
        monkeypatch.setattr(versions, name, real)
        is_new = (folder / "new.csv").exists() and (folder / "new.csv").read_text() == name
        assert is_new or state(folder) == before
        with alone(history):
            assert not (history.place / "next").exists()
        if is_new:
            assert state(history.former()[-1]) == before
            assert history.label(history.former()[-1]) == f"stopped at {name}"


@pytest.mark.parametrize("has_exchange", [True, False])
def test_undo_goes_back_one_by_one_and_keeps_what_it_undid(
    has_exchange: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_exchange:
        monkeypatch.setattr(versions, "_swapped", lambda *_: False)
    history = history_of(folder)
    states = [state(folder)]
    for number in range(4):
        with alone(history), prepared(history) as copy:
            (copy / "more.csv").write_text(str(number))
            commit(history, copy, f"change {number}", keep=3)
        states.append(state(folder))
    assert len(history.former()) == 3
    for number in (3, 2, 1):
        with alone(history):
            label, kept = undo(history)
        assert label == f"change {number}"
        assert state(folder) == states[number]
        assert state(kept) == states[number + 1]
        assert not (folder / LABEL).exists()
    with alone(history), pytest.raises(Exception, match="1 problems"):
        undo(history)
    assert state(folder) == states[1]


def test_a_system_without_exchange_that_stops_between_its_renames(folder: Path) -> None:
    history = history_of(folder)
    before = state(folder)
    history.place.mkdir()
    copy = history.place / "next"
    shutil.copytree(folder, copy)
    (copy / "new.csv").write_text("new")
    versions._write(folder / LABEL, "half")
    folder.rename(history.place / "leaving")
    with alone(history):
        assert (folder / "new.csv").read_text() == "new"
        assert state(history.former()[-1]) == before
        assert history.label(history.former()[-1]) == "half"
        settle(history)
    assert state(history.former()[-1]) == before


def test_a_bad_result_is_never_put_in_place(folder: Path) -> None:
    history, before = history_of(folder), state(folder)
    with pytest.raises(ValueError, match="bad"), alone(history), prepared(history) as copy:
        (copy / "sources.csv").write_text("nonsense")
        raise ValueError("bad")
    assert state(folder) == before
    assert history.former() == []


def test_two_imports_at_once_do_not_mix(folder: Path) -> None:
    both = [start(folder, "2026"), start(folder, "2027")]
    assert [process.wait() for process in both] == [0, 0]
    answers = load(folder).survey.answers
    assert answers.groupby("wave")["respondent"].nunique().to_dict() == {"2026": 12, "2027": 12}
    assert len(history_of(folder).former()) == 2


def test_the_commands_way_back(folder: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(folder)
    assert run("undo") == 1
    assert run("import-survey", FILES / "long.csv", "--wave", "2026") == 0
    capsys.readouterr()
    assert run("undo", "--list") == 0
    assert "survey wave 2026, 12 respondents" in capsys.readouterr().out
    assert run("undo") == 0
    assert "Undone: survey wave 2026" in capsys.readouterr().out
    assert state(folder) == before


def test_a_linked_data_folder_stays_a_link(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "current"
    link.symlink_to(folder)
    history = history_of(link)
    with alone(history), prepared(history) as copy:
        (copy / "new.csv").write_text("new")
        commit(history, copy, "through a link", keep=3)
    assert link.is_symlink()
    assert (link / "new.csv").exists()
