"""Commands in processes that begin with everything loaded, which is most of the time of a command."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import re
import resource
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

LOADED = multiprocessing.get_context("forkserver")
LOADED.set_forkserver_preload(["tests.preloaded"])
STATUS = Path("/proc/self/status")


def begun(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """A process that calls a function of a module: of this one, or it has to load that first."""
    process = LOADED.Process(target=target, args=arguments)
    process.start()
    return process


def as_command(
    arguments: tuple[str, ...], place: str, database: str, clock: Path | None = None, most_bytes: int = 0
) -> None:
    """`python -m dashboard …` from here on, on a database, by a clock and with no file beyond a size; what it says goes to
    two files."""
    os.environ["DATABASE_URL"] = database
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    if clock:
        os.environ["CLOCK_FILE"] = str(clock)
        importlib.import_module("tests.faults.clock.sitecustomize")
    for number, name in ((1, "stdout"), (2, "stderr")):
        file = os.open(Path(place) / name, os.O_WRONLY | os.O_CREAT)
        os.dup2(file, number)
    sys.argv = ["dashboard", *arguments]
    runpy.run_module("dashboard", run_name="__main__")


def as_command_with_peak(arguments: tuple[str, ...], place: str, database: str) -> None:
    """A command, after which a file says how many kilobytes of memory it had at most, and another how many seconds of a
    processor it took."""
    try:
        as_command(arguments, place, database)
    finally:
        used = resource.getrusage(resource.RUSAGE_SELF)
        (Path(place) / "seconds").write_text(str(used.ru_utime + used.ru_stime))
        # VmHWM, because what getrusage says of a child begins with the size of its parent
        if STATUS.exists() and (found := re.search(r"VmHWM:\s+(\d+)", STATUS.read_text())):
            (Path(place) / "peak").write_text(found[1])


def as_command_that_writes(arguments: tuple[str, ...], place: str, database: str, writes: Connection) -> None:
    """A command that says through `writes` when it begins to write."""
    from dashboard.store.database import Database

    writing = Database.writing

    @contextmanager
    def said(self: Database) -> Iterator[object]:
        with writing(self) as connection:
            writes.send_bytes(b"")
            yield connection

    Database.writing = said  # type: ignore[method-assign, assignment]
    as_command(arguments, place, database)


def run(
    *arguments: str, database: str = "", clock: Path | None = None, most_bytes: int = 0
) -> subprocess.CompletedProcess[str]:
    """What a command answered, on a database: the tests' own where none is named. `clock`: the file of one that is wrong
    (tests/faults/clock); `most_bytes`: how large a file may become, where that is limited."""
    database = database or os.environ["DATABASE_URL"]
    with tempfile.TemporaryDirectory() as place:
        process = begun(as_command, arguments, place, database, clock, most_bytes)
        process.join(120)
        assert process.exitcode is not None, f"no end within two minutes: {arguments}"
        said = [(Path(place) / name).read_text(encoding="utf-8") for name in ("stdout", "stderr")]
    return subprocess.CompletedProcess(arguments, process.exitcode, *said)
