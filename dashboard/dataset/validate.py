"""Cells of text to typed tables, and everything that can be wrong with them, found in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.dataset.problems import Problem
from dashboard.dataset.read import ROW, RawTable, texts_of
from dashboard.dataset.records import Codes
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

    dtypes: year Int16, integer Int64, number Float64 (missing <NA>), everything else as `texts_of` has it ("" where
    blank); `row_number` int32. Every row of `raw` is in the table or has a problem, never neither.
    `keys` holds, by table name, the keys that `reference` and `ids` columns may name. Each different text of a column
    is looked at once.
    """
    problems: list[Problem] = []
    is_bad = np.zeros(len(raw.rows), dtype=np.bool_)
    columns: dict[str, Codes] = {}
    for column in shape.columns:
        codes, different = raw.cells[column.name]
        texts = _spelled(different, column, raw)
        # an id that is one has no other fault, and there may be a million of them
        is_fine = CODE.fullmatch if column.kind == "code" else lambda _text: None
        faults = {
            place: fault
            for place, text in enumerate(texts)
            if not is_fine(text) and (fault := _fault(text, column, keys))
        }
        if faults:
            is_wrong = np.isin(codes, list(faults))
            is_bad |= is_wrong
            for code, row in zip(codes[is_wrong].tolist(), raw.rows[is_wrong].tolist(), strict=True):
                problems.append(Problem(name, faults[code], row, column.name, different[code], _details(column)))
            texts = ["" if place in faults else text for place, text in enumerate(texts)]
        columns[column.name] = codes, texts
    problems += _repeated(raw, shape.key, is_bad, name)
    if problems:
        columns = {each: (codes[~is_bad], texts) for each, (codes, texts) in columns.items()}
    table = {column.name: _converted(*columns[column.name], column) for column in shape.columns}
    return pd.DataFrame({**table, ROW: raw.rows[~is_bad].astype(np.int32)}, copy=False), problems


def _fault(text: str, column: Column, keys: Keys) -> str:
    if text == "":
        return "blank" if column.needed else ""
    allowed = "\n\t" + (UNSEEN if column.translates else "")
    if not text.isprintable() and any(not char.isprintable() and char not in allowed for char in text):
        return "control_character"
    if len(text) > column.longest:
        return "too_long"
    return CHECKS[column.kind](text, column, keys)


def _is_year(text: str) -> bool:
    return FIRST_YEAR <= int(text) <= LAST_YEAR


def _in_range(number: float, column: Column) -> str:
    low = column.least if column.least is not None else number
    high = column.most if column.most is not None else number
    return "" if low <= number <= high else "range"


def _reference(texts: Iterable[str], column: Column, keys: Keys) -> str:
    known = keys.get(column.to, ())
    return "" if all(text in known for text in texts) else "reference"


# kind of a column -> what is wrong with a text in it, "" for nothing
CHECKS: Mapping[str, Callable[[str, Column, Keys], str]] = {
    "text": lambda *_: "",
    "code": lambda text, *_: "" if CODE.fullmatch(text) else "code",
    "year": lambda text, *_: "" if WHOLE.fullmatch(text) and _is_year(text) else "year",
    "date": lambda text, *_: "" if DATE.fullmatch(text) and _is_year(text[:4]) else "date",
    "integer": lambda text, column, _: _in_range(int(text), column) if WHOLE.fullmatch(text) else "integer",
    "number": lambda text, column, _: _in_range(float(text), column) if NUMBER.fullmatch(text) else "number",
    "choice": lambda text, column, _: "" if text in column.choices else "choice",
    "reference": lambda text, column, keys: _reference([text], column, keys),
    "ids": lambda text, column, keys: _reference(map(str.strip, text.split(";")), column, keys),
}


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


def _spelled(texts: list[str], column: Column, raw: RawTable) -> list[str]:
    """A European Excel writes 33,55 where the separator of cells is a semicolon."""
    if raw.has_decimal_comma and column.kind == "number":
        return [text.replace(",", ".") for text in texts]
    return texts


def _converted(codes: np.ndarray, different: list[str], column: Column) -> Any:
    """Texts that are fine as an array of what the column holds."""
    dtype = DTYPES.get(column.kind)
    if dtype is None:
        return texts_of(codes, different)
    number = float if column.kind == "number" else int
    return pd.array([number(text) if text else None for text in different], dtype=dtype).take(codes)


def _repeated(raw: RawTable, key: tuple[str, ...], is_bad: np.ndarray, name: str) -> list[Problem]:
    """The rows, of those that are good so far, whose key an earlier one has; they are bad from now on."""
    cells = [raw.cells[column] for column in key]
    if any(len(different) == len(codes) for codes, different in cells):
        return []
    keys = pd.DataFrame(dict(enumerate(codes for codes, _ in cells)), copy=False)
    if not keys.duplicated().any():
        return []
    problems = []
    first_rows: dict[tuple[int, ...], int] = {}
    for place, *codes in keys[~is_bad].itertuples(name=None):
        row = int(raw.rows[place])
        first_row = first_rows.setdefault(tuple(codes), row)
        if first_row != row:
            value = " ".join(different[code] for code, (_, different) in zip(codes, cells, strict=True))
            problems.append(Problem(name, "repeated", row, ", ".join(key), value, {"first_row": first_row}))
            is_bad[place] = True
    return problems
