"""Names of code: one word, one meaning (docs/glossary.md). What had several meanings, or none that a newcomer knows, does
not come back."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# a name that had to be explained -> what is said now
GONE = {
    "ask": "page_param",
    "asks": "page_params",
    "Asks": "page_params",
    "Cube": "events (dashboard/counting.py)",
    "cells_of_places": "suppression_cells",
    "face": "display_state",
    "is_room": "is_large_print",
    "leaders": "top_contributors",
    "NEVER": "a missing year (pd.NA)",
    "part_of": "rows of a table",
    "Picked": "rows of a table",
    "Rule": "SuppressionPolicy",
    "rule_of": "suppression_policy",
    "SteppedTable": "a table with a column `wave`",
    "Table": "pandas.DataFrame",
    "WithContext": "map_context",
    "YearTable": "a table with a column `year`",
}


def names_defined(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Functions, classes, arguments, attributes and variables that a file defines, with their lines."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, node.lineno


@pytest.mark.parametrize("path", sorted(ROOT.glob("dashboard/**/*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_name_comes_back_that_had_to_be_explained(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # most files have none of them, in words either, and need not be parsed
    there = set(re.findall(r"\w+", text)) & set(GONE)
    found = [
        f"line {line}: {name} (say {GONE[name]})"
        for name, line in (names_defined(ast.parse(text)) if there else ())
        if name in there
    ]
    assert found == []


def test_every_replacement_is_explained_where_it_is_no_plain_word() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for word in (
        "event",
        "mask",
        "moment",
        "display state",
        "suppression policy",
        "page parameter",
        "top contributors",
    ):
        assert f"| {word}" in glossary, word
