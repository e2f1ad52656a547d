"""Separated text of any size to a Grid, in pieces."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pandas as pd

from dashboard.dataset.read import DELIMITERS
from dashboard.intake.files import Found, refused
from dashboard.intake.grid import LONGEST_CELL, MOST_COLUMNS, Builder, Grid

HEAD_ROWS = 60
HEAD_LETTERS = 2_000_000
ROWS_AT_ONCE = 20_000
Progress = Callable[[float], None]


def read_text(found: Found, progress: Progress, *, is_ours: bool = False) -> Grid:
    """The cells of a text file. Raises BadData for rows of too many cells, open quotes, or too much of anything."""
    with found.path.open(encoding=found.encoding, newline="") as file:
        start = file.read(HEAD_LETTERS)
    head_text = _first_lines(start)
    delimiter = _delimiter(head_text)
    if (columns := max(line.count(delimiter) for line in head_text.splitlines())) > MOST_COLUMNS:
        raise refused(found.name, "too_many_columns", columns=f"{columns + 1:,}", most=f"{MOST_COLUMNS:,}")
    head = _head(found, head_text, delimiter)
    width = max(map(len, head))
    builder = Builder(found.name, head[:3], is_checked=not is_ours)
    size = max(found.path.stat().st_size, 1)
    try:
        with found.path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding=found.encoding, newline="")
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
                builder.add_frame(frame)
                progress(raw.tell() / size)
    except pd.errors.ParserError as error:
        raise _unreadable(found, str(error)) from None
    except UnicodeDecodeError as error:
        raise refused(found.name, "broken_encoding", encoding=found.encoding, position=f"{error.start:,}") from None
    return builder.grid(delimiter=delimiter)


def _first_lines(start: str) -> str:
    """The first lines, whole ones where there are any, with no blank line before them."""
    lines = start.splitlines(keepends=True)
    return "".join(lines[:-1] if len(lines) > 1 and len(start) >= HEAD_LETTERS else lines)


def _delimiter(text: str) -> str:
    """The separator that the first line has most of, outside quotes."""
    bare = re.sub(r'"(?:[^"]|"")*"', "", text[:200_000])
    first = next((line for line in bare.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _head(found: Found, text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL * 4)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) == HEAD_ROWS:
                break
    except csv.Error as error:
        raise refused(found.name, "quotes", len(rows) + 1, reason=str(error)) from None
    if not any(any(map(str.strip, row)) for row in rows):
        raise refused(found.name, "no_rows")
    return rows


def _unreadable(found: Found, reason: str) -> Exception:
    ragged = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", reason)
    if ragged:
        columns, line, cells = map(int, ragged.groups())
        return refused(found.name, "cells", line, cells=cells, columns=columns)
    line_found = re.search(r"row (\d+)", reason)
    return refused(found.name, "quotes", int(line_found.group(1)) + 1 if line_found else None, reason=reason)
