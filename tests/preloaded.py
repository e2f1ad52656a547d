"""What the processes of tests/loaded.py begin with: everything that commands load, read and work out once. An import does
most of that, so one is done here, on a database that nobody sees."""

from __future__ import annotations

import os
import runpy
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import psycopg  # noqa: F401
import sqlalchemy.dialects.postgresql  # noqa: F401

import tests.loaded  # noqa: F401
from dashboard.staff import commands  # noqa: F401

FILES = Path(__file__).parent / "fixtures" / "surveys"


def import_once() -> None:
    """An import of a survey that leaves nothing behind."""
    before, arguments = dict(os.environ), sys.argv
    with (
        suppress(SystemExit),
        tempfile.TemporaryDirectory(prefix="ipi-preloaded-") as place,
        Path(os.devnull).open("w") as nothing,
        redirect_stdout(nothing),
        redirect_stderr(nothing),
    ):
        os.environ["DATABASE_URL"] = f"sqlite:///{place}/x.sqlite"
        sys.argv = ["dashboard", "import-survey", str(FILES / "long.csv"), "--wave", "2026", "--yes"]
        runpy.run_module("dashboard", run_name="__main__")
    os.environ.clear()
    os.environ.update(before)
    sys.argv = arguments


import_once()
