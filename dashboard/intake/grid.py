"""A table of text of any size in little memory: each column as numbers into the list of its different values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.intake.files import refused

MOST_COLUMNS = 2_000
MOST_CELLS = 40_000_000
MOST_HEADER = 3
# bytes that different values may take together, and what one costs beside its letters
MOST_TEXT = 150_000_000
COST = 130
LONGEST_CELL = 50_000
FORMULA = re.compile(r"=\s*\S|[+\-@][A-Za-z_]+[(|!]|@[A-Z]{2,}\(", re.ASCII)
MARKUP = re.compile(r"<\s*/?\s*[A-Za-z!][^<>]*>|<\s*script", re.IGNORECASE)
SIMPLE_MARKUP = re.compile(
    r"</?(?:b|i|u|em|strong|span|p|div|br|font|sup|sub)(?:\s+(?:style|class|color|size|dir|lang)=(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Column:
    """One column below the header. `codes` (int32, a row each) are places in `values`; values[0] is "".

    `is_kept` is False for a column of so many different long texts that only blank (0) or not (1) was kept.
    """

    codes: np.ndarray
    values: Sequence[str]
    is_kept: bool = True

    def counts(self) -> np.ndarray:
        """How many rows have each of the values."""
        return np.bincount(self.codes, minlength=len(self.values))


@dataclass(frozen=True, eq=False)
class Grid:
    """A file's cells: `head`, its first rows as they stand, and the columns of all rows, the header's among them."""

    name: str
    head: Sequence[Sequence[str]]
    columns: Sequence[Column]
    rows: int
    delimiter: str = ""
    sheet: str = ""

    def below(self, header_rows: int) -> Grid:
        """The same without its first rows."""
        columns = [Column(column.codes[header_rows:], column.values, column.is_kept) for column in self.columns]
        return Grid(self.name, self.head, columns, self.rows - header_rows, self.delimiter, self.sheet)

    def rows_where(self, keep: np.ndarray) -> Grid:
        """The same with these rows (bool) only."""
        if keep.all():
            return self
        columns = [Column(column.codes[keep], column.values, column.is_kept) for column in self.columns]
        return Grid(self.name, self.head, columns, int(keep.sum()), self.delimiter, self.sheet)


class Builder:
    """Takes rows in pieces and gives a Grid. Raises BadData for cells that are formulas or markup, and for too many."""

    def __init__(self, name: str, head: Sequence[Sequence[str]], *, is_checked: bool = True) -> None:
        self.name = name
        self.is_checked = is_checked
        self.head = [[plain(cell) for cell in row] for row in head]
        self.width = 0
        self.rows = 0
        self.text = 0
        self.places: list[dict[str, int]] = []
        self.pieces: list[list[np.ndarray]] = []
        self.is_kept: list[bool] = []

    def _widen(self, width: int) -> None:
        if width > MOST_COLUMNS:
            raise refused(self.name, "too_many_columns", columns=f"{width:,}", most=f"{MOST_COLUMNS:,}")
        for _ in range(width - self.width):
            self.places.append({"": 0})
            self.pieces.append([np.zeros(self.rows, np.int32)] if self.rows else [])
            self.is_kept.append(True)
        self.width = max(self.width, width)

    def add_frame(self, frame: pd.DataFrame) -> None:
        """Rows of columns of text, as pandas reads them. (As "category" it would make numbers of 007.)"""
        self._widen(frame.shape[1])
        self._count(len(frame))
        for at in range(frame.shape[1]):
            found, values = pd.factorize(frame.iloc[:, at].to_numpy())
            places = np.array([self._place(at, value) for value in values], dtype=np.int32)
            self.pieces[at].append(places[found])
        self.rows += len(frame)

    def add_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows of text; a short one ends in blanks."""
        self._widen(max((len(row) for row in rows), default=0))
        self._count(len(rows))
        for at in range(self.width):
            known = self.places[at]
            codes = np.zeros(len(rows), np.int32)
            for number, row in enumerate(rows):
                if at < len(row) and (value := row[at]):
                    place = known.get(value)
                    codes[number] = place if place is not None else self._place(at, value)
            self.pieces[at].append(codes)
        self.rows += len(rows)

    def _count(self, more: int) -> None:
        if self.is_checked and (self.rows + more) * max(self.width, 1) > MOST_CELLS:
            raise refused(self.name, "too_many_cells", most=f"{MOST_CELLS:,}")

    def _place(self, at: int, raw: str) -> int:
        """The number of a value in its column; a new one is looked at first."""
        known = self.places[at]
        value = raw.strip()
        if (place := known.get(value)) is not None:
            return place
        is_header = self.rows < MOST_HEADER and any(at < len(row) and row[at] == plain(value) for row in self.head)
        if self.is_checked:
            self._check(at, value, is_header=is_header)
        if not self.is_kept[at]:
            return 1
        self.text += len(value) + COST
        known[value] = place = len(known)
        if self.is_checked and self.text > MOST_TEXT:
            self._forget_largest()
            return place if self.is_kept[at] else 1
        return place

    def _check(self, at: int, value: str, *, is_header: bool) -> None:
        column = f"{column_name(at)} ({shortened})" if (shortened := self._title(at)) else column_name(at)
        if len(value) > LONGEST_CELL:
            raise refused(self.name, "cell_too_long", None, column, most=f"{LONGEST_CELL:,}")
        if value[:1] in "=+-@" and FORMULA.match(value):
            raise refused(self.name, "formula", None, column, value)
        if "<" in value and MARKUP.search(SIMPLE_MARKUP.sub("", value) if is_header else value):
            raise refused(self.name, "markup", None, column, value)

    def _title(self, at: int) -> str:
        title = self.head[0][at] if self.head and at < len(self.head[0]) else ""
        return title if len(title) <= 40 else title[:39] + "…"

    def _forget_largest(self) -> None:
        """Keeps of the column with most different texts only which cells are blank."""
        at = max(range(self.width), key=lambda place: len(self.places[place]) if self.is_kept[place] else 0)
        self.text -= sum(len(value) + COST for value in self.places[at])
        self.pieces[at] = [np.minimum(piece, 1) for piece in self.pieces[at]]
        self.places[at] = {"": 0, "…": 1}
        self.is_kept[at] = False

    def grid(self, *, delimiter: str = "", sheet: str = "") -> Grid:
        """All that was added."""
        columns = []
        for at in range(self.width):
            codes = np.concatenate(self.pieces[at]) if self.pieces[at] else np.zeros(0, np.int32)
            if not self.is_kept[at]:
                codes = np.minimum(codes, 1)
            columns.append(Column(codes, list(self.places[at]), self.is_kept[at]))
        head = [[*row, *[""] * (self.width - len(row))] for row in self.head]
        return Grid(self.name, head, columns, self.rows, delimiter, sheet)


def plain(cell: str) -> str:
    """A heading without the bold and line breaks that survey tools put into it, and with plain spaces."""
    return " ".join(SIMPLE_MARKUP.sub(" ", cell).replace("&nbsp;", " ").replace("&amp;", "&").split())


def column_name(at: int) -> str:
    """The letters of a column as a spreadsheet has them: 0 is A, 26 is AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
