"""A running server on data that changes under it."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dashboard.store.database import database_of
from tests.loaded import run
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


def test_every_worker_shows_new_data_within_five_seconds(folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/own/x.sqlite"
    with serving(DASHBOARD_DATA=str(folder), DATABASE_URL=url, DASHBOARD_WORKERS="2") as address:
        old = health(address)["version"]
        done = run("import-survey", str(FILES / "long.csv"), "--wave", "2026", "--yes", database=url)
        assert done.returncode == 0, done.stderr
        new = database_of(url).version()
        assert new != old
        within_five_seconds(address, lambda answer: answer["version"] == new)
        with urllib.request.urlopen(f"{address}/?wave=2026", timeout=30) as reply:
            assert "Islamic Initiative Survey 2026" in reply.read().decode()
        assert run("undo", database=url).returncode == 0
        within_five_seconds(address, lambda answer: answer["version"] not in {old, new})
        assert health(address)["waves"] == 1
