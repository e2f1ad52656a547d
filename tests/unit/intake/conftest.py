"""A data folder that may be spoiled, and commands run on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.__main__ import main

Run = Callable[..., int]


@pytest.fixture
def run(folder: Path) -> Run:
    """run("import-survey", file, "--wave", "2026") on the copied folder; accepts the preview unless accept=False."""

    def command(*arguments: object, accept: bool = True) -> int:
        accepted = ["--yes"] if accept else []
        return main([*map(str, arguments), "--data", str(folder), *accepted])

    return command
