"""A database filled from a folder that may be spoiled, and commands run on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboard.__main__ import main
from dashboard.store.database import database_of
from dashboard.store.folder import ENDINGS
from tests.stored import copy_if_known, dumped

Run = Callable[..., int]


@pytest.fixture
def run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """run("import-survey", file, "--wave", "2026") on a database filled from the copied folder, which afterwards has
    what the database has; accepts the preview unless accept=False."""
    file = tmp_path / "own" / "dashboard.sqlite"
    url = f"sqlite:///{file}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))

    def command(*arguments: object, accept: bool = True) -> int:
        copy_if_known(database_of(url), folder)
        before = contents(file)
        accepted = ["--yes"] if accept and str(arguments[0]).startswith("import-") else []
        status = main([*map(str, arguments), *accepted])
        if contents(file) != before and folder.exists():
            made = dumped(url, tmp_path / "dumped")
            for path in folder.rglob("*"):
                if path.suffix in ENDINGS and not (made / path.relative_to(folder)).exists():
                    path.unlink()
            shutil.copytree(made, folder, dirs_exist_ok=True)
            shutil.rmtree(made)
        return status

    return command


def contents(file: Path) -> list[bytes]:
    """What is in a database of SQLite, byte by byte, and in its log, where there are such files."""
    places = (file, file.with_name(f"{file.name}-wal"))
    return [place.read_bytes() for place in places if place.exists()]


def answers_in(folder: Path) -> pd.DataFrame:
    """The answers of a folder. The command has read and checked all that is with them."""
    return pd.read_csv(folder / "survey" / "answers.csv", dtype=str, keep_default_na=False)
