"""Bytes of a file to rows of text, whatever program wrote it. Nothing is dropped in silence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dashboard.dataset.large import large_columns
from dashboard.dataset.problems import Problem
from dashboard.dataset.schema import TableShape

DELIMITERS = (",", ";", "\t", "|")
ROW = "row_number"
# from this size a plain table is read in columns (dashboard/dataset/large.py): faster, and in a tenth of the memory
LARGE = 3_000_000
# accented and Arabic letters, dashes and quotes as UTF-8 writes them; in cp1252 no word has these signs side by side
LOOKS_UTF8 = re.compile(rb"[\xc3\xc5\xc4][\x80-\xbf]|\xe2\x80[\x80-\xbf]|(?:[\xd8-\xdb][\x80-\xbf]){2}")


@dataclass(frozen=True)
class RawTable:
    """What a file holds before its cells are understood.

    `cells` has the shape's columns, all text ("" where blank), and `row_number`, the row as a spreadsheet
    counts it. `rows_in` is the number of rows of the file that hold anything, below the header.
    """

    cells: pd.DataFrame
    problems: tuple[Problem, ...]
    rows_in: int
    has_decimal_comma: bool = False


def read_table(path: Path, shape: TableShape, *, name: str, most_bytes: int) -> RawTable:
    """Reads one CSV file of any usual make: UTF-8 with or without BOM, UTF-16, cp1252; comma, semicolon,
    tab or bar; any line ends. Columns the shape does not know are left alone; their order is free.

    Rows with too many or too few cells are listed as problems and not part of `cells`.
    """
    nothing = pd.DataFrame({column: pd.Series(dtype=str) for column in shape.column_names()})
    nothing[ROW] = pd.Series(dtype=int)

    def refuse(kind: str, **details: object) -> RawTable:
        return RawTable(nothing, (Problem(name, kind, details=details),), 0)

    if path.is_dir():
        return refuse("is_folder")
    if not path.is_file():
        return refuse("missing_file", path=str(path))
    size = path.stat().st_size
    if size > most_bytes:
        return refuse("too_large", size=f"{size / 1e6:,.0f}", most=f"{most_bytes / 1e6:,.0f}")
    if size > LARGE and (columns := large_columns(path, shape.column_names())) is not None:
        cells = pd.DataFrame(columns, copy=False)
        cells[ROW] = range(2, len(cells) + 2)
        return RawTable(cells, (), len(cells))
    try:
        text = decode(path.read_bytes())
    except UnicodeDecodeError as error:
        if error.encoding == "utf-8":
            return refuse("broken_encoding", encoding="UTF-8", position=f"{error.start:,}")
        return refuse("not_text", position=error.start)
    except OSError as error:
        return refuse("unreadable", reason=error.strerror or str(error))
    if not text.strip():
        return refuse("empty_file", columns=", ".join(shape.column_names()))
    return _rows(text, shape, name, nothing)


def decode(content: bytes) -> str:
    """Text of a file's bytes. UTF-16 only with its mark; what is not UTF-8 is taken for cp1252, which is
    what Excel on Windows writes, but not what is UTF-8 with a broken place in it: every accent would be wrong.
    Raises UnicodeDecodeError where neither fits."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if LOOKS_UTF8.search(content):
            raise
        return content.decode("cp1252")


def _rows(text: str, shape: TableShape, name: str, nothing: pd.DataFrame) -> RawTable:
    names = shape.column_names()
    header_line = text.splitlines()[0] if text.splitlines() else ""
    delimiter = max(DELIMITERS, key=lambda mark: len(set(_header(header_line, mark)) & set(names)))
    csv.field_size_limit(max(len(text), 131_072))
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True)
    records, problems = _records(reader, name)
    header = [cell.strip().casefold() for cell in records[0]] if records else []
    problems += [Problem(name, "missing_column", column=column) for column in names if column not in header]
    problems += [
        Problem(name, "double_column", column=column)
        for column in dict.fromkeys(header)
        if column and header.count(column) > 1
    ]
    bodies = [(row, record) for row, record in enumerate(records[1:], start=2) if any(map(str.strip, record))]
    rows_in = len(bodies) + len([problem for problem in problems if problem.kind == "quotes"])
    if any(problem.kind in {"missing_column", "double_column"} for problem in problems) or not header:
        return RawTable(nothing, tuple(problems), rows_in)
    good: list[list[str]] = []
    numbers: list[int] = []
    for row, record in bodies:
        fitted = _fit(record, len(header))
        if fitted is None:
            details = {"cells": len(record), "columns": len(header)}
            problems.append(Problem(name, "cells", row=row, value=delimiter.join(record), details=details))
        else:
            good.append(fitted)
            numbers.append(row)
    places = [header.index(column) for column in names]
    columns = {column: [record[at].strip() for record in good] for column, at in zip(names, places, strict=True)}
    cells = pd.DataFrame({name: pd.array(texts, dtype="str") for name, texts in columns.items()}, copy=False)
    cells[ROW] = pd.Series(numbers, dtype=int)
    return RawTable(cells, tuple(problems), rows_in, has_decimal_comma=delimiter == ";")


def _records(reader: Iterator[list[str]], name: str) -> tuple[list[list[str]], list[Problem]]:
    """All records; one that cannot be parsed is a problem and an empty record, so that rows keep their numbers."""
    records: list[list[str]] = []
    problems: list[Problem] = []
    while True:
        try:
            records.append(next(reader))
        except StopIteration:
            return records, problems
        except csv.Error as error:
            records.append([])
            problems.append(Problem(name, "quotes", row=len(records), details={"reason": str(error)}))


def _header(line: str, delimiter: str) -> list[str]:
    return [cell.strip().strip('"').strip().casefold() for cell in line.split(delimiter)]


def _fit(record: Sequence[str], width: int) -> list[str] | None:
    """The record at the header's width. Blank cells beyond it, which spreadsheets leave behind, are cut;
    a record of another width is None."""
    if len(record) > width and not any(map(str.strip, record[width:])):
        return list(record[:width])
    return list(record) if len(record) == width else None
