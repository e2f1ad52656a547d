"""Cells of text to typed tables, and everything that can be wrong with them, found in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

import pandas as pd

from dashboard.dataset.problems import Problem
from dashboard.dataset.read import ROW, RawTable
from dashboard.dataset.records import codes_of_texts, records
from dashboard.dataset.schema import FIRST_YEAR, LAST_YEAR, Column, TableShape

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}")
DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
# of what cannot be seen, what a text in another language is written with: spaces that do not break (« … »), marks of
# direction and of letters that are not joined
UNSEEN = "\u00a0\u202f\u200c\u200d\u200e\u200f"
WHOLE = re.compile(r"[0-9]{1,9}")
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,12})?")
Keys = Mapping[str, Collection[str]]
# years take two bytes a row: a million partnerships have three million of them
DTYPES: Mapping[str, Any] = {"year": "Int16", "integer": "Int64", "number": "Float64"}


def typed(raw: RawTable, shape: TableShape, *, name: str, keys: Keys) -> tuple[pd.DataFrame, list[Problem]]:
    """The good rows of a table with the shape's columns and dtypes, and the problems of all others.

    dtypes: year Int16, integer Int64, number Float64 (missing <NA>), everything else str or categories of str, as
    `raw` has them ("" where blank); `row_number` int32. Every row of `raw.cells` is in the table or has a problem,
    never neither.
    `keys` holds, by table name, the keys that `reference` and `ids` columns may name.
    """
    cells = raw.cells
    problems: list[Problem] = []
    is_bad = pd.Series(False, index=cells.index)
    texts = {column.name: _spelled(cells[column.name], column, raw) for column in shape.columns}
    for column in shape.columns:
        faults = faults_of(texts[column.name], column, keys)
        if faults is None:
            continue
        wrong = faults != ""
        is_bad |= wrong
        for fault, cell in zip(faults[wrong], records(cells.loc[wrong, [column.name, ROW]]), strict=True):
            problems.append(Problem(name, fault, cell[ROW], column.name, cell[column.name], _details(column)))
    problems += (repeated := _repeated(cells[~is_bad] if problems else cells, shape.key, name))
    is_bad |= cells[ROW].isin([problem.row for problem in repeated])
    is_good: pd.Series | slice = ~is_bad if problems else slice(None)
    columns = {column.name: _converted(texts[column.name][is_good], column) for column in shape.columns}
    table = pd.DataFrame({**columns, ROW: cells[ROW][is_good].astype("int32")}, copy=False)
    return table.reset_index(drop=True), problems


def faults_of(texts: pd.Series, column: Column, keys: Keys) -> pd.Series | None:
    """For each cell the kind of its problem, "" where it is fine; None where all are."""
    _, different = codes_of_texts(texts)
    kinds = {text: kind for text in different if (kind := _fault(text, column, keys))}
    return texts.astype(object).map(kinds).fillna("").astype(str) if kinds else None


def _fault(text: str, column: Column, keys: Keys) -> str:
    if text == "":
        return "blank" if column.needed else ""
    allowed = "\n\t" + (UNSEEN if column.translates else "")
    if not text.isprintable() and any(not char.isprintable() and char not in allowed for char in text):
        return "control_character"
    if len(text) > column.longest:
        return "too_long"
    return CHECKS[column.kind](text, column, keys)


def _check_code(text: str, _column: Column, _keys: Keys) -> str:
    return "" if CODE.fullmatch(text) else "code"


def _check_year(text: str, _column: Column, _keys: Keys) -> str:
    return "" if WHOLE.fullmatch(text) and FIRST_YEAR <= int(text) <= LAST_YEAR else "year"


def _check_integer(text: str, column: Column, _keys: Keys) -> str:
    return _in_range(int(text), column) if WHOLE.fullmatch(text) else "integer"


def _check_number(text: str, column: Column, _keys: Keys) -> str:
    return _in_range(float(text), column) if NUMBER.fullmatch(text) else "number"


def _check_choice(text: str, column: Column, _keys: Keys) -> str:
    return "" if text in column.choices else "choice"


def _check_date(text: str, _column: Column, _keys: Keys) -> str:
    return "" if DATE.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR else "date"


def _check_reference(text: str, column: Column, keys: Keys) -> str:
    return "" if text in keys.get(column.to, ()) else "reference"


def _check_ids(text: str, column: Column, keys: Keys) -> str:
    known = keys.get(column.to, ())
    return "" if all(part.strip() in known for part in text.split(";")) else "reference"


CHECKS: Mapping[str, Callable[[str, Column, Keys], str]] = {
    "text": lambda *_: "",
    "code": _check_code,
    "year": _check_year,
    "integer": _check_integer,
    "number": _check_number,
    "choice": _check_choice,
    "date": _check_date,
    "reference": _check_reference,
    "ids": _check_ids,
}


def _in_range(number: float, column: Column) -> str:
    low = column.least if column.least is not None else number
    high = column.most if column.most is not None else number
    return "" if low <= number <= high else "range"


def _details(column: Column) -> dict[str, object]:
    """What the texts of a problem may mention."""
    return {
        "choices": ", ".join(column.choices),
        "table": column.to,
        "least": "-∞" if column.least is None else f"{column.least:g}",
        "most": "∞" if column.most is None else f"{column.most:g}",
        "longest": column.longest,
        "first_year": FIRST_YEAR,
        "last_year": LAST_YEAR,
    }


def _spelled(cells: pd.Series, column: Column, raw: RawTable) -> pd.Series:
    """A European Excel writes 33,55 where the separator of cells is a semicolon."""
    if raw.has_decimal_comma and column.kind == "number":
        return cells.str.replace(",", ".", regex=False)
    return cells


def _converted(texts: pd.Series, column: Column) -> pd.Series:
    """Texts that are fine as what the column holds. A large table has few different numbers: each is parsed once."""
    dtype = DTYPES.get(column.kind)
    if dtype is None:
        return texts
    codes, different = pd.factorize(texts)
    numbers = pd.to_numeric(pd.Series(different, dtype=str).replace("", None)).astype(dtype)
    return pd.Series(numbers.array.take(codes), index=texts.index, copy=False)


def _repeated(cells: pd.DataFrame, key: tuple[str, ...], name: str) -> list[Problem]:
    if not key or cells.empty:
        return []
    problems = []
    repeated = cells.duplicated(list(key), keep="first")
    if not repeated.any():
        return []
    cells = cells[cells.duplicated(list(key), keep=False)].astype(dict.fromkeys(key, str))
    repeated = repeated[cells.index]
    first_rows = cells.groupby(list(key), sort=False)[ROW].transform("first")[repeated]
    for row, first_row in zip(records(cells[repeated]), first_rows, strict=True):
        value = " ".join(row[column] for column in key)
        problems.append(Problem(name, "repeated", row[ROW], ", ".join(key), value, {"first_row": first_row}))
    return problems
