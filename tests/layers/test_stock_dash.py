"""Dash is used as its documents say: nothing of what it keeps to itself, and no script is written into its documents."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARIES = ("dash", "flask", "plotly", "werkzeug", "whitenoise", "flask_caching", "flask_compress")
# by their text: every process of the tests asks which files these are, and to take all of them apart takes a second
IMPORTS = re.compile(rf"^\s*(from|import)\s+({'|'.join(LIBRARIES)})\b", re.MULTILINE)
FILES = [
    str(path.relative_to(ROOT))
    for path in sorted([*ROOT.glob("dashboard/**/*.py"), ROOT / "app.py"])
    if IMPORTS.search(path.read_text(encoding="utf-8"))
]


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@pytest.mark.parametrize("path", FILES)
def test_no_name_of_a_library_with_an_underscore_is_used(path: str) -> None:
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            assert is_own or not is_private(node.attr), f"line {node.lineno}: {node.attr}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in LIBRARIES:
            assert not any(map(is_private, (node.module or "").split("."))), f"line {node.lineno}"
            assert not [each.name for each in node.names if is_private(each.name)], f"line {node.lineno}"


def test_many_files_are_looked_at() -> None:
    assert len(FILES) > 30
