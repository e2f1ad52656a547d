"""A running server on data that changes under it."""

from __future__ import annotations

import json
import logging
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.live import Live, live_of, version_of
from dashboard.settings import Settings
from tests.conftest import Edit
from tests.serving import serving
from tests.unit.intake.test_survey_files import FILES

WITHIN = 5.0
A_MOMENT = 1.0
ASKED = 12


def health(address: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{address}/health", timeout=10) as reply:
        found: dict[str, object] = json.load(reply)
        return found


def within_five_seconds(address: str, is_right: Callable[[dict[str, object]], bool]) -> list[dict[str, object]]:
    """Answers of the server, all of which are right from some moment within the time allowed on. A new connection
    each time, many of them at once, so that both workers answer."""
    until = time.monotonic() + WITHIN
    with ThreadPoolExecutor(ASKED) as together:
        while True:
            answers = list(together.map(health, [address] * ASKED))
            if all(map(is_right, answers)) or time.monotonic() > until:
                break
            time.sleep(0.2)
        # the worker that was not asked, if there was one, has had as long as the other and a moment more
        time.sleep(A_MOMENT)
        answers += together.map(health, [address] * ASKED)
    assert all(map(is_right, answers)), answers
    return answers


def look_until_settled(live: Live) -> None:
    before = live.look(live.stamp)
    live.look(before)


def test_every_worker_shows_new_data_within_five_seconds_and_keeps_the_old_when_it_is_bad(folder: Path) -> None:
    with serving(DASHBOARD_DATA=str(folder), DASHBOARD_WORKERS="2") as address:
        old = health(address)["version"]
        assert main(["import-survey", str(FILES / "long.csv"), "--wave", "2026", "--yes", "--data", str(folder)]) == 0
        new = version_of(folder)
        assert new != old
        within_five_seconds(address, lambda answer: answer["version"] == new)
        with urllib.request.urlopen(f"{address}/?wave=2026", timeout=30) as reply:
            assert "Islamic Initiative Survey 2026" in reply.read().decode()

        path = folder / "partnerships.csv"
        sound = path.read_bytes()
        path.write_bytes(sound.replace(b",TUR,", b",ATL,", 1))
        answers = within_five_seconds(address, lambda answer: answer["is_stale"] is True)
        assert all("ATL" in str(answer["detail"]) for answer in answers)
        assert {answer["version"] for answer in answers} == {new} != {version_of(folder)}

        path.write_bytes(sound)
        within_five_seconds(address, lambda answer: (answer["is_stale"], answer["version"]) == (False, new))

        assert main(["undo", "--data", str(folder)]) == 0
        within_five_seconds(address, lambda answer: answer["version"] == old)


def test_bad_data_is_said_once_in_the_log(folder: Path, edit: Edit, caplog: pytest.LogCaptureFixture) -> None:
    live = live_of(Settings(data=folder))
    shown = live.house
    edit("partnerships.csv", 2, {"country_iso3": "ATL"})
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            look_until_settled(live)
    assert live.house is shown
    assert "ATL" in live.state.trouble
    assert len([record for record in caplog.records if "still shown" in record.message]) == 1


def test_a_file_that_is_still_being_saved_is_waited_for(folder: Path, edit: Edit) -> None:
    live = live_of(Settings(data=folder))
    shown = live.house
    edit("partnerships.csv", 2, {"start_year": "2015"})
    first = live.look(live.stamp)
    assert live.house is shown
    edit("partnerships.csv", 2, {"start_year": "20155"})
    second = live.look(first)
    assert live.house is shown
    live.look(second)
    assert "20155" in live.state.trouble


def test_touching_a_file_changes_nothing(folder: Path) -> None:
    live = live_of(Settings(data=folder))
    shown = live.house
    (folder / "partnerships.csv").touch()
    look_until_settled(live)
    assert live.house is shown


def test_the_version_is_that_of_the_content(folder: Path, edit: Edit) -> None:
    before = version_of(folder)
    assert version_of(folder) == before
    edit("partnerships.csv", 2, {"start_year": "2015"})
    assert version_of(folder) != before
