"""Real SIGKILLs at moments of an import that writes: the old or the new is there, whole.

.venv/bin/python -m tests.store.test_kill 50      # more of them than a test run has, on both databases, with figures
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import sqlalchemy as sa

from dashboard.store.changes import history
from dashboard.store.database import SQLITE, Database, database_of
from tests.faults.conftest import until
from tests.loaded import LOADED, as_command_that_writes, begun
from tests.store.conftest import new_postgres, running_postgres
from tests.stored import dataset_in, opened, small_folder
from tests.unit.intake.test_survey_files import FILES

KILLS = 5
SAID = tempfile.TemporaryDirectory(prefix="ipi-said-")


def importing(url: str, wave: str) -> tuple[BaseProcess, Connection]:
    """An import in a process that begins with everything loaded, and what it sends something through when it begins to
    write: before that there is nothing that a kill could break."""
    found, writes = LOADED.Pipe(duplex=False)
    arguments = ("import-survey", str(FILES / "long.csv"), "--wave", wave, "--yes")
    with writes:
        process = begun(as_command_that_writes, arguments, tempfile.mkdtemp(dir=SAID.name), url, writes)
    return process, found


def only_we(database: Database) -> bool:
    """Whether nobody else is connected: a server goes on for a moment with what somebody asked who was killed."""
    if database.kind == SQLITE:
        return True
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with database.reading() as connection:
        return not connection.execute(sa.text(others)).scalar_one()


def kill_often(database: Database, kills: int) -> dict[str, int]:
    """Kills so many imports while they write, each at another moment; how often the old data was there and how often the
    new."""
    url = database.url.render_as_string(hide_password=False)
    chance = random.Random(94)
    process, writes = importing(url, "2025")
    writes.recv_bytes()
    began = time.monotonic()
    process.join()
    assert process.exitcode == 0
    whole = time.monotonic() - began
    waves = {wave.id for wave in dataset_in(url).survey.waves}
    seen = {"old": 0, "new": 0}
    for number in range(kills):
        before, wave = database.version(), f"w{number}-2026"
        process, writes = importing(url, wave)
        writes.recv_bytes()
        time.sleep((number + chance.random()) / kills * 1.1 * whole)
        process.kill()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        until(partial(only_we, database))
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
    last, _ = importing(url, "2027")
    last.join()
    assert last.exitcode == 0
    return seen


def test_killed_at_any_moment_there_is_the_old_or_the_new_whole(url: str) -> None:
    seen = kill_often(opened(url, small_folder()), KILLS)
    assert sum(seen.values()) == KILLS


def test_two_imports_at_once_do_not_mix(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    both = [importing(url, "2026"), importing(url, "2027")]
    for process, _ in both:
        process.join()
    assert [process.exitcode for process, _ in both] == [0, 0]
    answers = dataset_in(url).survey.answers
    assert answers.groupby("wave")["respondent"].nunique().to_dict() == {"2026": 12, "2027": 12}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        server = running_postgres(Path(place) / "postgres")
        for address in (f"sqlite:///{place}/x.sqlite", new_postgres(server.get_uri())):
            found = kill_often(opened(address, small_folder()), int(sys.argv[1]))
            print(f"{database_of(address).kind}: {found}")
        server.cleanup()
