"""Bytes of a file to rows of text, whatever program wrote it. Nothing is dropped in silence."""

from __future__ import annotations

import csv
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import pandas as pd

from dashboard.dataset.problems import Problem
from dashboard.dataset.records import Codes
from dashboard.dataset.schema import TableShape

DELIMITERS = (",", ";", "\t", "|")
ROW = "row_number"
# rows that are put into columns at once; with more, Python's garbage collector goes through them several times
ROWS_AT_ONCE = 200
# a table with more rows keeps texts that repeat as categories
LARGE = 10_000
# accented and Arabic letters, dashes and quotes as UTF-8 writes them; in cp1252 no word has these signs side by side
LOOKS_UTF8 = re.compile(rb"[\xc3\xc5\xc4][\x80-\xbf]|\xe2\x80[\x80-\xbf]|(?:[\xd8-\xdb][\x80-\xbf]){2}")


@dataclass(frozen=True)
class RawTable:
    """What a file holds before its cells are understood.

    `cells` has of each column of the shape the different texts ("" where blank), each once, and which of them each row
    has; `rows` the rows (int) as a spreadsheet counts them. `rows_in` is the number of rows of the file that hold
    anything, below the header. `more` has, row by row like `cells`, the columns that the shape does not know; None
    where there are none.
    """

    cells: Mapping[str, Codes]
    rows: np.ndarray
    problems: tuple[Problem, ...]
    rows_in: int
    has_decimal_comma: bool = False
    more: pd.DataFrame | None = None


def read_table(path: Path, shape: TableShape, *, name: str, most_bytes: int) -> RawTable:
    """Reads one CSV file of any usual make: UTF-8 with or without BOM, UTF-16, cp1252; comma, semicolon,
    tab or bar; any line ends. The order of columns is free; those the shape does not know are kept apart.

    Rows with too many or too few cells are listed as problems and not part of `cells`.
    """

    def refuse(kind: str, **details: object) -> RawTable:
        return _nothing(shape, Problem(name, kind, details=details))

    if path.is_dir():
        return refuse("is_folder")
    if not path.is_file():
        return refuse("missing_file", path=str(path))
    size = path.stat().st_size
    if size > most_bytes:
        return refuse("too_large", size=f"{size / 1e6:,.0f}", most=f"{most_bytes / 1e6:,.0f}")
    try:
        encoding = encoding_of(path.read_bytes())
        # line by line: a large file as one text takes several times its bytes
        with path.open(encoding=encoding) as lines:
            if not any(map(str.strip, lines)):
                return refuse("empty_file", columns=", ".join(shape.needed_names()))
            lines.seek(0)
            csv.field_size_limit(max(size, 131_072))
            return _read_rows(lines, shape, name)
    except UnicodeDecodeError as error:
        if error.encoding == "utf-8":
            return refuse("broken_encoding", encoding="UTF-8", position=f"{error.start:,}")
        return refuse("not_text", position=error.start)
    except OSError as error:
        return refuse("unreadable", reason=error.strerror or str(error))


def encoding_of(content: bytes) -> str:
    """The encoding of a file's bytes. UTF-16 only with its mark; what is not UTF-8 is taken for cp1252, which is
    what Excel on Windows writes, but not what is UTF-8 with a broken place in it: every accent would be wrong.
    Raises UnicodeDecodeError where neither fits."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16" or LOOKS_UTF8.search(content):
            raise
        encoding = "cp1252"
        content.decode(encoding)
    return encoding


def raw_table(names: Sequence[str], rows: Sequence[Sequence[str]], numbers: Iterable[int]) -> RawTable:
    """Rows of texts that no file gave, each in the order of the columns, and the number of each."""
    columns = {name: TextColumn(str) for name in names}
    for column, texts in zip(columns.values(), zip(*rows, strict=True), strict=bool(rows)):
        column.add(texts)
    cells = {name: column.cells() for name, column in columns.items()}
    return RawTable(cells, np.array(list(numbers), dtype=int), (), len(rows))


def _nothing(shape: TableShape, *problems: Problem, rows_in: int = 0) -> RawTable:
    none = np.array([], dtype=np.int32)
    return RawTable(dict.fromkeys(shape.column_names(), (none, [])), none, problems, rows_in)


def _read_rows(lines: TextIO, shape: TableShape, name: str) -> RawTable:
    names = shape.column_names()
    header_line = lines.readline()
    lines.seek(0)
    delimiter = max(DELIMITERS, key=lambda mark: len(set(_header(header_line, mark)) & set(names)))
    problems: list[Problem] = []
    rows = _filled_rows(csv.reader(lines, delimiter=delimiter, strict=True), name, problems)
    header = [cell.strip().casefold() for cell in next(rows)[1]]
    unusable = [
        Problem(name, "missing_column", column=column) for column in shape.needed_names() if column not in header
    ]
    unusable += [
        Problem(name, "double_column", column=column)
        for column in dict.fromkeys(header)
        if column and header.count(column) > 1
    ]
    if unusable:
        rows_in = sum(1 for _ in rows)
        return _nothing(shape, *problems, *unusable, rows_in=rows_in + len(problems))
    rows = _fitting_rows(rows, len(header), delimiter, name, problems)
    row_numbers = array("i")
    # spreadsheets leave columns without a heading behind: one is kept only where it can be called something
    others = [column for column in header if column and column not in names]
    columns = {column: TextColumn() for column in header if column}
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        row_numbers.extend(row for row, _ in chunk)
        cells_of = dict(zip(header, zip(*(record for _, record in chunk), strict=True), strict=True))
        for column, gathered in columns.items():
            gathered.add(cells_of[column])
    more = pd.DataFrame({column: texts_of(*columns.pop(column).cells()) for column in others}) if others else None
    missing = np.zeros(len(row_numbers), np.int32), [""]
    cells = {column: columns[column].cells() if column in columns else missing for column in names}
    rows_in = len(row_numbers) + len(problems)
    return RawTable(cells, np.array(row_numbers, dtype=int), tuple(problems), rows_in, delimiter == ";", more)


class TextColumn:
    """Gathers the cells of a column: each different value once, and which of them each row has. `spell`: a value as
    text."""

    def __init__(self, spell: Callable[[Any], str] = str.strip) -> None:
        self._number_of: dict[Any, int] = defaultdict(count().__next__)
        self._numbers: list[np.ndarray] = []
        self._spell = spell

    def add(self, cells: Sequence[Any]) -> None:
        """The cells of the next rows."""
        self._numbers.append(np.fromiter(map(self._number_of.__getitem__, cells), np.int32, len(cells)))

    def cells(self) -> Codes:
        """For each row the position of its text, and the different texts as they come first."""
        numbers = np.concatenate(self._numbers) if self._numbers else np.array([], np.int32)
        # what is written in several ways may be spelled in one
        place_of: dict[str, int] = {}
        places = [place_of.setdefault(self._spell(value), len(place_of)) for value in self._number_of]
        return np.array(places, np.int32)[numbers], list(place_of)


def texts_of(codes: np.ndarray, different: Sequence[str]) -> Any:
    """The texts of all rows as an array: of str, in a large table categories where most texts come again."""
    if len(codes) > LARGE and 2 * len(different) < len(codes):
        return pd.Categorical.from_codes(codes, categories=pd.Index(different, dtype=str))
    return pd.array(list(different), dtype=str).take(codes)


def _filled_rows(reader: Iterator[list[str]], name: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The header, and the rows that hold anything, with their numbers. One that cannot be parsed is added to the
    problems, the header then empty."""
    for row in count(1):
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem(name, "quotes", row=row, details={"reason": str(error)}))
            record = []
        if row == 1 or any(map(str.strip, record)):
            yield row, record


def _fitting_rows(
    rows: Iterator[tuple[int, list[str]]], width: int, delimiter: str, name: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """The rows at the header's width. Blank cells beyond it, which spreadsheets leave behind, are cut; a row of another
    width is added to the problems."""
    for row, record in rows:
        if len(record) == width or (len(record) > width and not any(map(str.strip, record[width:]))):
            yield row, record[:width]
        else:
            details = {"cells": len(record), "columns": width}
            problems.append(Problem(name, "cells", row=row, value=delimiter.join(record), details=details))


def _header(line: str, delimiter: str) -> list[str]:
    return [cell.strip().strip('"').strip().casefold() for cell in line.split(delimiter)]
