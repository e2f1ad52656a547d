"""Commands in processes that begin with everything loaded, which is most of the time of a command."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import resource
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

import sqlalchemy.dialects.sqlite  # noqa: F401

from dashboard.dataset import load  # noqa: F401  what the commands import when they begin
from dashboard.intake import commands  # noqa: F401
from dashboard.report import check  # noqa: F401
from dashboard.staff import commands as staff_commands  # noqa: F401
from dashboard.strings import load_catalog

# and read: half of the time of a short one
load_catalog().is_from_right  # noqa: B018
LOADED = multiprocessing.get_context("forkserver")
LOADED.set_forkserver_preload([__name__])


def begun(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """A process that calls a function of a module."""
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
