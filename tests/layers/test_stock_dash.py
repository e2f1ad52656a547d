"""Dash is used as its documents say: nothing of what it keeps to itself, and no script is written into its documents."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARIES = ("dash", "flask", "plotly", "werkzeug", "whitenoise", "flask_caching", "flask_compress")


def libraries_of(tree: ast.AST) -> set[str]:
    """The libraries that a file imports."""
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {each.name.partition(".")[0] for each in node.names}
        if isinstance(node, ast.ImportFrom):
            named.add((node.module or "").partition(".")[0])
    return named & set(LIBRARIES)


FILES = {
    str(path.relative_to(ROOT)): tree
    for path in sorted([*ROOT.glob("dashboard/**/*.py"), ROOT / "app.py"])
    if libraries_of(tree := ast.parse(path.read_text(encoding="utf-8")))
}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@pytest.mark.parametrize("path", FILES)
def test_no_name_of_a_library_with_an_underscore_is_used(path: str) -> None:
    for node in ast.walk(FILES[path]):
        if isinstance(node, ast.Attribute):
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            assert is_own or not is_private(node.attr), f"line {node.lineno}: {node.attr}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in LIBRARIES:
            assert not any(map(is_private, (node.module or "").split("."))), f"line {node.lineno}"
            assert not [each.name for each in node.names if is_private(each.name)], f"line {node.lineno}"


def test_many_files_are_looked_at() -> None:
    assert len(FILES) > 30
