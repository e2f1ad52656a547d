"""A clock that jumps, by years and both ways, under a running server; and files dated as no file is."""

from __future__ import annotations

import json
import os
import time
import urllib.request
import zipfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main
from dashboard.dataset import load
from dashboard.live import live_of, version_of
from dashboard.settings import Settings
from tests.asking import CALLBACKS, choice, find_callback, question
from tests.conftest import Edit
from tests.faults.conftest import command, until
from tests.faults.test_unreadable import Server, serving
from tests.unit.intake.test_survey_files import FILES

A_DAY = 24 * 3600
A_YEAR = 365.25 * A_DAY
JUMPS = (2 * A_YEAR, -30 * A_YEAR, 90 * A_YEAR, -A_DAY, 0)


def moved(clock: Path, seconds: float) -> dict[str, str]:
    """An environment whose clock is wrong by what `clock` says from now on (tests/faults/clock)."""
    clock.write_text(str(seconds))
    return {"CLOCK_FILE": str(clock), "PYTHONPATH": str(Path(__file__).parent / "clock")}


def asked(server: Server, path: str, body: object = None) -> Any:
    """What the server answers, to a body where one is sent."""
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{path}", sent, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as reply:
        assert reply.status == 200
        return json.load(reply)


def version_shown(server: Server, query: str) -> str:
    """Of which data a page is answered for a choice; the same question is answered from memory."""
    callback = find_callback(asked(server, "/_dash-dependencies"), page="overview")
    answer = asked(server, CALLBACKS, question(callback, choice(query)))
    return str(json.loads(answer["response"]["frames"]["data"])["version"])


def all_views_are_of(server: Server, version: str) -> bool:
    return {version_shown(server, "?region=Western+Asia") for _ in range(6)} == {version}


def test_a_clock_that_jumps_stops_nothing(folder: Path, edit: Edit, tmp_path: Path) -> None:
    """After each jump: the same workers, which notice new data, and no answer of the older."""
    clock = tmp_path / "clock"
    with serving(folder, tmp_path / "log", DASHBOARD_WORKERS="2", **moved(clock, 0)) as server:
        collected = server.answers()[0]["collected"]
        workers = server.workers()
        for year, jump in enumerate(JUMPS, 2000):
            before = version_shown(server, "?region=Western+Asia")
            moved(clock, jump)
            edit("partnerships.csv", 2, {"start_year": str(year)})
            began = time.monotonic()
            version = version_of(folder)
            assert version != before
            until(partial(server.all_say, "version", version))
            until(partial(all_views_are_of, server, version))
            until(partial(server.has_said, version))
            assert time.monotonic() - began < 60
            assert server.all_say("collected", collected)
        assert server.workers() == workers
        said = server.said()
    assert [line["level"] for line in said] == ["warning"] * len(JUMPS)
    # the log says what the clock said, or it could not be told when it jumped
    assert max(line["time"] for line in said) > "2100"


@pytest.mark.parametrize("years", [-54, 120])
def test_an_import_on_a_day_that_cannot_be(years: int, folder: Path, tmp_path: Path) -> None:
    """Its date is wrong, and everything else right: it can be read, made a talk of, and taken back."""
    environment = {**os.environ, **moved(tmp_path / "clock", years * A_YEAR)}
    survey = ("import-survey", FILES / "long.csv", "--wave", "2026", "--yes", "--data", folder)
    done = command(*survey, env=environment)
    assert done.returncode == 0, done.stderr
    assert [wave.id for wave in load(folder).survey.waves].count("2026") == 1
    date = (datetime.now(UTC) + timedelta(days=years * 365.25)).year
    assert f"imported on {date}" in (folder / "sources.csv").read_text(encoding="utf-8")
    talk = command("story-pptx", tmp_path / "talk.pptx", env=environment)
    assert talk.returncode == 0, talk.stderr
    with zipfile.ZipFile(tmp_path / "talk.pptx") as file:
        assert file.testzip() is None
    assert command("undo", "--data", folder, env=environment).returncode == 0


@pytest.mark.parametrize("years", [-40, 40])
def test_a_file_dated_in_the_past_or_the_future_is_noticed(folder: Path, edit: Edit, years: int) -> None:
    live = live_of(Settings(data=folder))
    shown = live.house
    edit("partnerships.csv", 2, {"start_year": "2015"})
    os.utime(folder / "partnerships.csv", (time.time() + years * A_YEAR, time.time() + years * A_YEAR))
    live.look(live.look(live.stamp))
    assert live.house is not shown


def test_a_file_of_the_same_size_and_date_is_noticed(folder: Path) -> None:
    """As copied by a tool that keeps dates, over the file that was there."""
    live = live_of(Settings(data=folder))
    shown, path = live.house, folder / "partnerships.csv"
    status = path.stat()
    with path.open("r+b") as file:
        content = file.read()
        file.seek(0)
        file.write(content.replace(b",2016,", b",2015,", 1))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    live.look(live.look(live.stamp))
    assert live.house is not shown


def test_undo_goes_by_number_and_not_by_date(folder: Path) -> None:
    for wave in ("2026", "2027"):
        assert main(["import-survey", str(FILES / "long.csv"), "--wave", wave, "--yes", "--data", str(folder)]) == 0
        newest = max((folder.parent / ".data.versions").glob("0*"))
        os.utime(newest, (0, 0))
    assert main(["undo", "--data", str(folder)]) == 0
    assert {wave.id for wave in load(folder).survey.waves} >= {"2026"}
    assert "2027" not in {wave.id for wave in load(folder).survey.waves}
