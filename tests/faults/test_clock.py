"""A clock that jumps, by years and both ways, under a running server; and files dated as no file is."""

from __future__ import annotations

import json
import urllib.request
import zipfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dashboard.settings import SHIPPED_DATA
from dashboard.store.changes import Edit
from tests.asking import CALLBACKS, choice, find_callback, question
from tests.faults.conftest import command, until
from tests.faults.test_unreadable import Server, serving
from tests.store.test_changes import HERAT, address, do
from tests.stored import dataset_in, opened
from tests.unit.intake.test_survey_files import FILES

A_DAY = 24 * 3600
A_YEAR = 365.25 * A_DAY
JUMPS = (2 * A_YEAR, -30 * A_YEAR, 90 * A_YEAR, -A_DAY, 0)


def clock_of(place: Path, seconds: float) -> Path:
    """The file of a clock that is wrong by so many seconds from now on (tests/faults/clock)."""
    clock = place / "clock"
    clock.write_text(str(seconds))
    return clock


def moved(clock: Path) -> dict[str, str]:
    """An environment that has this clock."""
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


def version_shown(server: Server, callback: Any, query: str) -> str:
    """Of which data a page is answered for a choice; the same question is answered from memory."""
    answer = asked(server, CALLBACKS, question(callback, choice(query)))
    return str(json.loads(answer["response"]["frames"]["data"])["version"])


def all_views_are_of(server: Server, callback: Any, version: str) -> bool:
    return {version_shown(server, callback, "?region=Western+Asia") for _ in range(6)} == {version}


def test_a_clock_that_jumps_stops_nothing(tmp_path: Path) -> None:
    """After each jump: the same workers, which notice new data, and no answer of the older."""
    clock = clock_of(tmp_path, 0)
    database = opened(f"sqlite:///{tmp_path}/own/x.sqlite", SHIPPED_DATA)
    with serving(address(database), tmp_path / "log", **moved(clock)) as server:
        callback = find_callback(asked(server, "/_dash-dependencies"), page="overview")
        collected = server.answers()[0]["collected"]
        workers = server.workers()
        for year, jump in enumerate(JUMPS, 2000):
            before = database.version()
            clock_of(tmp_path, jump)
            do(database, Edit("partnerships", HERAT, {"start_year": str(year)}))
            version = database.version()
            assert version != before
            until(partial(server.all_say, "version", version))
            until(partial(all_views_are_of, server, callback, version))
            until(partial(server.has_said, version))
            assert server.all_say("collected", collected)
        assert server.workers() == workers
        said = server.said()
    assert [line["level"] for line in said] == ["warning"] * len(JUMPS)
    # the log says what the clock said, or it could not be told when it jumped
    assert max(line["time"] for line in said) > "2100"


@pytest.mark.parametrize("years", [-54, 120])
def test_an_import_on_a_day_that_cannot_be(years: int, tmp_path: Path) -> None:
    """Its date is wrong, and everything else right: it can be read, made a talk of, and taken back."""
    url = f"sqlite:///{tmp_path}/own.sqlite"
    opened(url, SHIPPED_DATA)
    asked = partial(command, database=url, clock=clock_of(tmp_path, years * A_YEAR))
    done = asked("import-survey", FILES / "long.csv", "--wave", "2026", "--yes")
    assert done.returncode == 0, done.stderr
    data = dataset_in(url)
    assert [wave.id for wave in data.survey.waves].count("2026") == 1
    date = (datetime.now(UTC) + timedelta(days=years * 365.25)).year
    assert data.sources["title"].str.contains(f"imported on {date}").any()
    talk = asked("story-pptx", tmp_path / "talk.pptx")
    assert talk.returncode == 0, talk.stderr
    with zipfile.ZipFile(tmp_path / "talk.pptx") as file:
        assert file.testzip() is None
    assert asked("undo").returncode == 0


def test_undo_goes_by_number_and_not_by_date(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/own.sqlite"
    opened(url, SHIPPED_DATA)
    for wave, years in (("2026", 0), ("2027", -20)):
        clock = clock_of(tmp_path, years * A_YEAR)
        done = command("import-survey", FILES / "long.csv", "--wave", wave, "--yes", database=url, clock=clock)
        assert done.returncode == 0, done.stderr
    assert command("undo", database=url).returncode == 0
    waves = {wave.id for wave in dataset_in(url).survey.waves}
    assert "2026" in waves
    assert "2027" not in waves
