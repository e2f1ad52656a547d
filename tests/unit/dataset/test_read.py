"""Files as people and programs write them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.dataset import read as module
from dashboard.dataset.read import RawTable, read_table, texts_of
from dashboard.dataset.schema import Column, TableShape
from dashboard.dataset.validate import typed

SHAPE = TableShape(
    "towns.csv",
    (
        Column("id", "code", needed=True),
        Column("name"),
        Column("founded", "year"),
        Column("lat", "number", least=-90, most=90),
    ),
    key=("id",),
)
TEXT = "id,name,founded,lat\na,Şanlıurfa,1900,37.15\nb,Fada N’gourma,,\n"


def read(tmp_path: Path, content: bytes, most_bytes: int = 10_000_000) -> RawTable:
    path = tmp_path / "towns.csv"
    path.write_bytes(content)
    return read_table(path, SHAPE, name="towns.csv", most_bytes=most_bytes)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.encode("utf-16"),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace("id,name", "ID , Name").encode(),
        b'"id","name","founded","lat"\n"a","\xc5\x9eanl\xc4\xb1urfa","1900","37.15"\n"b","Fada N\xe2\x80\x99gourma","",""\n',
        TEXT.replace("lat\n", "lat,remark\n").replace("37.15\n", "37.15,x\n").replace(",,\n", ",,,y\n").encode(),
        (TEXT + "\n,,,\n\n").encode(),
    ],
    ids=[
        "utf-8",
        "BOM",
        "windows",
        "old mac",
        "utf-16",
        "utf-16 tabs",
        "semicolons",
        "header case",
        "quotes",
        "more columns",
        "blank rows",
    ],
)
def test_usual_makes_of_file_give_the_same_rows(tmp_path: Path, content: bytes) -> None:
    raw = read(tmp_path, content)
    assert raw.problems == ()
    assert {name: texts_of(*cells).tolist() for name, cells in raw.cells.items()} == {
        "id": ["a", "b"],
        "name": ["Şanlıurfa", "Fada N’gourma"],
        "founded": ["1900", ""],
        "lat": ["37.15", ""],
    }
    assert raw.rows.tolist() == [2, 3]


def test_cp1252_is_read_as_excel_on_windows_writes_it(tmp_path: Path) -> None:
    raw = read(tmp_path, "id,name,founded,lat\na,Côte d’Azur – Gorée,,\n".encode("cp1252"))
    assert texts_of(*raw.cells["name"]).tolist() == ["Côte d’Azur – Gorée"]


def test_a_european_excel_writes_decimal_commas(tmp_path: Path) -> None:
    raw = read(tmp_path, b"id;name;founded;lat\na;x;;37,15\n")
    table, problems = typed(raw, SHAPE, name="towns.csv", keys={})
    assert problems == []
    assert table["lat"].tolist() == [37.15]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty_file"),
        (b"  \n\n", "empty_file"),
        (b"\x81\x8d\x8f", "not_text"),
        ("id,name,founded,lat\na,Gorée ".encode() + b"\xff,1900,1\n", "broken_encoding"),
        ("id,name,founded,lat\na,Gorée é".encode()[:-1], "broken_encoding"),
        ("id,name,founded,lat\na,مراكش".encode() + b"\xff,1900,1\n", "broken_encoding"),
        (b"id,name,founded\na,b,1900\n", "missing_column"),
        (b"id,name,founded,lat,name\na,b,1900,1,c\n", "double_column"),
        (b"id,name,founded,lat\na,b,1900\n", "cells"),
        (b"id,name,founded,lat\na,b,c,1900,1\n", "cells"),
        (b'id,name,founded,lat\na,"b"c,1900,1\n', "quotes"),
        (b'id,name,founded,lat\na,"b,1900,1\nc,d,,\n', "quotes"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, kind: str) -> None:
    raw = read(tmp_path, content)
    assert kind in {problem.kind for problem in raw.problems}


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    with path.open("wb") as file:
        file.truncate(300_000_000)  # a hole: it takes no room on the disk
    raw = read_table(path, SHAPE, name="towns.csv", most_bytes=200_000_000)
    assert [problem.kind for problem in raw.problems] == ["too_large"]


def test_a_missing_file_and_a_directory_are_problems(tmp_path: Path) -> None:
    for path, kind in ((tmp_path / "nowhere.csv", "missing_file"), (tmp_path, "is_folder")):
        raw = read_table(path, SHAPE, name="towns.csv", most_bytes=100)
        assert [problem.kind for problem in raw.problems] == [kind]


def test_a_row_after_a_broken_one_keeps_its_number(tmp_path: Path) -> None:
    raw = read(tmp_path, b'id,name,founded,lat\na,"b"c,1900,1\nd,e,,\n')
    assert [problem.row for problem in raw.problems] == [2]
    assert raw.rows.tolist() == [3]


def test_a_large_table_keeps_texts_that_come_again_as_categories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGE", 100)
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 7)
    ids = [f"x{at}" for at in range(200)]
    ids[20], ids[150], ids[199] = "-x", "x 1", "x3"
    lines = [f"{each},{('Ankara', ' Ankara', 'Izmir')[at % 3]},{1900 + at % 7}," for at, each in enumerate(ids)]
    raw = read(tmp_path, "\n".join(["id,name,founded,lat", *lines]).encode())
    assert texts_of(*raw.cells["id"]).tolist() == ids
    assert raw.cells["name"][1] == ["Ankara", "Izmir"]
    table, problems = typed(raw, SHAPE, name="towns.csv", keys={})
    assert [(problem.row, problem.kind) for problem in problems] == [(22, "code"), (152, "code"), (201, "repeated")]
    assert table["founded"].tolist() == [1900 + at % 7 for at in range(200) if at not in (20, 150, 199)]
    assert table.dtypes.astype(str).to_dict() == {
        "id": "str",
        "name": "category",
        "founded": "Int16",
        "lat": "Float64",
        "row_number": "int32",
    }


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=8)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=12)


@settings(max_examples=150)
@given(lines=LINES, is_quoted=st.booleans(), delimiter=st.sampled_from([",", ";", "\t"]))
def test_every_row_in_is_a_row_shown_or_a_row_in_the_problem_list(
    tmp_path: Path, lines: list[list[str]], is_quoted: bool, delimiter: str
) -> None:
    """Nothing is dropped in silence, whatever the cells hold, and a large table is the same as a small one."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL)
    writer.writerow(["id", "name", "founded", "lat"])
    writer.writerows(lines)
    raw = read(tmp_path, out.getvalue().encode())
    table, problems = typed(raw, SHAPE, name="towns.csv", keys={})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LARGE", 0)
        large, problems_of_large = typed(read(tmp_path, out.getvalue().encode()), SHAPE, name="towns.csv", keys={})
    assert large.astype(object).equals(table.astype(object)) and problems_of_large == problems
    rows_in = sum(1 for line in lines if any(cell.strip() for cell in line))
    listed = {problem.row for problem in [*raw.problems, *problems] if problem.row is not None}
    assert raw.rows_in == rows_in
    assert len(table) + len(listed) == rows_in
    assert not set(table["row_number"]) & listed


@settings(max_examples=150)
@given(content=st.binary(max_size=300))
def test_no_bytes_make_it_stumble(tmp_path: Path, content: bytes) -> None:
    raw = read(tmp_path, b"id,name,founded,lat\n" + content)
    typed(raw, SHAPE, name="towns.csv", keys={})
