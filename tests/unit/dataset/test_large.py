"""A large table in columns is the same as row by row; what is not plain is left to that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.dataset import compact, large, read
from dashboard.dataset.compact import ShortTexts, told_apart
from dashboard.dataset.large import large_columns
from dashboard.dataset.read import read_table
from dashboard.dataset.schema import Column, TableShape
from dashboard.dataset.validate import typed

SHAPE = TableShape("towns.csv", (Column("id", "code"), Column("name"), Column("founded", "year")))
NAMES = SHAPE.column_names()


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some rows a piece, so that a few rows are many pieces."""
    monkeypatch.setattr(large, "PIECE", 40)
    monkeypatch.setattr(read, "LARGE", 0)


CELL = st.text(st.characters(codec="utf-8", exclude_characters='\r\n\0,"'), max_size=9)
WIDE = st.text("abcé", min_size=large.WIDE, max_size=large.WIDE + 9)
ID = st.integers(0, 10**9).map("x{}".format)
ROWS = st.lists(st.tuples(st.one_of(ID, CELL), st.one_of(CELL, WIDE), CELL, CELL), max_size=25)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, has_end=st.booleans(), has_bom=st.booleans())
def test_the_same_as_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[tuple[str, ...]], has_end: bool, has_bom: bool
) -> None:
    path = tmp_path / "towns.csv"
    lines = ["name,id,else,founded", *(",".join((row[1], row[0], row[3], row[2])) for row in rows)]
    text = "\n".join(lines) + ("\n" if has_end else "")
    path.write_bytes((b"\xef\xbb\xbf" if has_bom else b"") + text.encode())
    columns = large_columns(path, NAMES)
    with monkeypatch.context() as patch:
        patch.setattr(read, "LARGE", 10**9)
        slow = read_table(path, SHAPE, name="towns.csv", most_bytes=10**9)
    if columns is None:  # only where a row says nothing
        assert any(not "".join(row).strip() for row in rows)
        return
    assert not slow.problems
    assert {name: list(column) for name, column in columns.items()} == {
        name: slow.cells[name].tolist() for name in NAMES
    }
    quick = read_table(path, SHAPE, name="towns.csv", most_bytes=10**9)
    judged = [typed(raw, SHAPE, name="towns.csv", keys={}) for raw in (quick, slow)]
    assert judged[0][1] == judged[1][1]
    for name in NAMES:
        assert (
            judged[0][0][name].astype(object).tolist() == judged[1][0][name].astype(object).tolist()
            or name == "founded"
        )


@pytest.mark.parametrize(
    "content",
    [
        b'id,name,founded\na,"b",1900\n',
        b"id,name,founded\r\na,b,1900\r\n",
        b"id,name,founded\na,b\n",
        b"id,name,founded\na,b\nc,d,1900,\n",
        b"id,name,founded\na,b,c,d\n",
        b"id,name,founded\na,b,1900\n\nc,d,1900\n",
        b"id,name,founded\na,b,1900\n, ,\n",
        b"id,name,founded\na,b\0,1900\n",
        b"id,name,founded,other\na,b,1900,\xff\n",
        b"id;name;founded\na;b;1900\n",
        b"id,name\na,b\n",
        b"id,name,founded,name\na,b,1900,c\n",
        b"\xff\xfei\0d\0",
        b"",
    ],
)
def test_what_is_not_plain_is_left_to_be_read_row_by_row(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "towns.csv"
    path.write_bytes(content)
    assert large_columns(path, NAMES) is None


def test_each_column_is_kept_as_it_is_smallest(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    lines = [f"x{at},{('Ankara', 'Izmir')[at % 2]},{1900 + at % 7}" for at in range(200)]
    path.write_text("\n".join(["id,name,founded", *lines]) + "\n", encoding="utf-8")
    columns = large_columns(path, NAMES)
    assert columns is not None
    assert isinstance(columns["id"].array, ShortTexts)
    assert list(columns["name"].cat.categories) == ["Ankara", "Izmir"]
    table, problems = typed(read_table(path, SHAPE, name="towns.csv", most_bytes=10**9), SHAPE, name="x", keys={})
    assert problems == []
    assert isinstance(table["id"].array, ShortTexts)
    assert table["founded"].dtype == "Int16"


def test_ids_that_are_no_ids_are_named_with_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    ids = [f"x{at}" for at in range(200)]
    ids[20], ids[150], ids[199] = "-x", "x 1", "x3"
    path.write_text("\n".join(["id,name,founded", *(f"{each},n," for each in ids)]) + "\n", encoding="utf-8")
    shape = TableShape("towns.csv", SHAPE.columns, key=("id",))
    _, problems = typed(read_table(path, shape, name="x", most_bytes=10**9), shape, name="x", keys={})
    assert [(problem.row, problem.kind) for problem in problems] == [(22, "code"), (152, "code"), (201, "repeated")]


@given(st.lists(st.binary(max_size=20).map(lambda cell: cell.rstrip(b"\0")), max_size=40), st.booleans())
def test_values_are_told_apart(cells: list[bytes], is_mixing: bool) -> None:
    """Also where keys are so bad that many values share one."""
    with pytest.MonkeyPatch.context() as patch:
        if not is_mixing:
            patch.setattr(compact, "MIX", np.uint64(0))
        codes, first = told_apart(np.array(cells, dtype="S24"))
    assert [cells[first[code]] for code in codes.tolist()] == cells
    assert len(set(codes.tolist())) == len(first) == len(set(cells))
    assert all(cells.index(cells[at]) == at for at in first.tolist())


def test_short_texts_count_as_texts() -> None:
    cells = ["b", "a", "b", "c-1"]
    column = pd.Series(ShortTexts(np.array(cells, dtype="S8")))
    codes, values = pd.factorize(column)
    assert [list(values)[code] for code in codes] == cells
    assert list(column.unique()) == ["b", "a", "c-1"]
    assert column.duplicated().tolist() == [False, False, True, False]
    assert pd.DataFrame({"id": column, "n": [1, 1, 1, 2]}).duplicated(["id", "n"]).tolist() == [
        False,
        False,
        True,
        False,
    ]
    assert column.tolist() == cells
    assert column.array.are_spelled(b"abc", b"-1") and not column.array.are_spelled(b"ab", b"-1")
    assert not column.array.are_spelled(b"abc", b"-")
