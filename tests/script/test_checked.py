"""What can be known of the script without running it: format, types, and what the policy and DESIGN ask of its files."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.script.conftest import ROOT, SCRIPTS

FILES = sorted(SCRIPTS.glob("*.js"))


def test_format_and_types() -> None:
    """`npm run check`, with the tools that package-lock.json names; installed once, as `make check` does it."""
    assert shutil.which("npm"), "npm is needed to check the script: https://nodejs.org or apt-get install npm"
    for command in (["make", "--silent", "node_modules/.package-lock.json"], ["npm", "run", "--silent", "check"]):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_one_file_leans_on_internals_of_plotly_and_is_small() -> None:
    leaning = [file.name for file in FILES if re.search(r"_module|calcdata|_fullData|_fullLayout", file.read_text())]
    assert leaning == ["map_style.js"]
    assert len((SCRIPTS / "map_style.js").read_text().splitlines()) <= 60


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_module_is_loaded_in_any_order_under_a_strict_policy(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("// "), "the first line says what the module is about"
    assert '"use strict";' in text
    assert not re.search(r"\beval\(|new Function|\bon(click|error|load)=|javascript:| style=\"", text)
    names = [*re.findall(r"^  dash_clientside\.(\w+) = \{", text, re.MULTILINE)]
    assert names == ([] if file.stem == "raw_html" else [file.stem])
