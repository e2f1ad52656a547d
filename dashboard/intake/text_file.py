"""Separated text of any size to a Grid, in pieces."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

import pandas as pd

from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.read import DELIMITERS
from dashboard.intake.files import Found, refused
from dashboard.intake.grid import LONGEST_CELL, MOST_COLUMNS, MOST_HEAD, Builder, Grid

HEAD_ROWS = 60
HEAD_LETTERS = 2_000_000
ROWS_AT_ONCE = 20_000
Progress = Callable[[float], None]


def read_text(found: Found, progress: Progress, separator: str = "") -> Grid:
    """The cells of a text file. `separator`: what parts them, where a person has said so. Raises BadData for rows of
    too many cells, open quotes, or too much of anything."""
    with found.path.open(encoding=found.encoding, newline="") as file:
        start = file.read(HEAD_LETTERS)
    head_text = _first_lines(start)
    told, head_text = _without_sep_line(head_text)
    delimiter = separator or told or _delimiter(head_text)
    if (columns := max(line.count(delimiter) for line in head_text.splitlines() or [""])) > MOST_COLUMNS:
        raise refused(found.name, "too_many_columns", columns=f"{columns + 1:,}", most=f"{MOST_COLUMNS:,}")
    head = _head(found, head_text, delimiter)
    width = max(map(len, head))
    builder = Builder(found.name, head[:MOST_HEAD])
    size = max(found.path.stat().st_size, 1)
    try:
        with found.path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding=found.encoding, newline="")
            if told:
                text.readline()
            frames = pd.read_csv(
                text,
                sep=delimiter,
                header=None,
                names=range(width),
                index_col=False,
                dtype=object,
                na_filter=False,
                skip_blank_lines=False,
                chunksize=ROWS_AT_ONCE,
                engine="c",
            )
            for frame in frames:
                builder.add(frame)
                progress(raw.tell() / size)
    except pd.errors.ParserError as error:
        raise _unreadable(found, str(error), delimiter=delimiter, is_told=bool(told)) from None
    except UnicodeDecodeError as error:
        raise refused(found.name, "broken_encoding", encoding=found.encoding, position=f"{error.start:,}") from None
    return builder.grid(delimiter=delimiter)


def _without_sep_line(text: str) -> tuple[str, str]:
    """The separator that a first line "sep=;" names, which Excel reads and does not show, and the text below it."""
    told = re.match(r"\ufeff?\"?sep=(.)\"?[^\S\n]*\r?\n", text, re.IGNORECASE)
    return (told.group(1), text[told.end() :]) if told else ("", text)


def _first_lines(start: str) -> str:
    """The first lines, whole ones where there are any, with no blank line before them."""
    lines = start.splitlines(keepends=True)
    return "".join(lines[:-1] if len(lines) > 1 and len(start) >= HEAD_LETTERS else lines)


def _delimiter(text: str) -> str:
    """The separator that cuts most of the first rows into equally many cells; of two such, the one that the first line
    has more of. So titles above a header and commas inside answers do not matter."""
    start = text[:200_000]
    bare = re.sub(r'"(?:[^"]|"")*"', "", start)
    first = next((line for line in bare.splitlines() if line.strip()), "")

    def fit(mark: str) -> tuple[int, int]:
        if mark not in first and mark not in bare:
            return 0, 0
        widths: Counter[int] = Counter()
        with suppress(csv.Error):
            for row in itertools.islice(csv.reader(io.StringIO(start, newline=""), delimiter=mark), HEAD_ROWS):
                widths[len(row)] += len(row) > 1
        # a file may end in the middle of a row here, and rows may be short: the most frequent width tells
        return max(widths.values(), default=0), first.count(mark)

    return max(DELIMITERS, key=fit)


def _head(found: Found, text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL * 4)
    rows: list[list[str]] = []
    try:
        for row in itertools.islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEAD_ROWS):
            rows.append(row)
    except csv.Error as error:
        raise refused(found.name, "quotes", len(rows) + 1, reason=str(error)) from None
    if not any(any(map(str.strip, row)) for row in rows):
        raise refused(found.name, "no_rows")
    return rows


def _unreadable(found: Found, reason: str, *, delimiter: str, is_told: bool) -> Exception:
    ragged = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", reason)
    if ragged:
        return BadData(list(_wide_rows(found, int(ragged.group(1)), delimiter=delimiter, is_told=is_told)))
    line_found = re.search(r"row (\d+)", reason)
    return refused(found.name, "quotes", int(line_found.group(1)) + 1 if line_found else None, reason=reason)


def _wide_rows(found: Found, columns: int, *, delimiter: str, is_told: bool) -> Iterator[Problem]:
    """Every row that has more cells than the first ones, so that all can be mended at once."""
    csv.field_size_limit(LONGEST_CELL * 4)
    with found.path.open(encoding=found.encoding, newline="") as file:
        if is_told:
            file.readline()
        for number, row in enumerate(csv.reader(file, delimiter=delimiter), 1):
            if len(row) > columns:
                yield Problem(found.name, "cells", number, details={"cells": len(row), "columns": columns})
