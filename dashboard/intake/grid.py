"""A table of text of any size in little memory: each column as numbers into the list of its different values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from dashboard.dataset.problems import BadData, Problem, shorten
from dashboard.intake.files import refused

MOST_COLUMNS = 2_000
MOST_CELLS = 40_000_000
# first rows that are kept as they stand: a header may lie below titles
MOST_HEAD = 30
# bytes that different values may take together, and what one costs beside its letters
MOST_TEXT = 150_000_000
COST = 130
LONGEST_CELL = 50_000
FORMULA = re.compile(r"=\s*\S|[+\-@][A-Za-z_]+[(|!]|@[A-Z]{2,}\(", re.ASCII)
MARKUP = re.compile(r"<\s*/?\s*[A-Za-z!][^<>]*>|<\s*script", re.IGNORECASE)
# what a spreadsheet shows where a formula failed; "#N/A" is how some tools write no answer
ERROR = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
SIMPLE_MARKUP = re.compile(
    r"</?(?:b|i|u|em|strong|span|p|div|br|font|sup|sub)(?:\s+(?:style|class|color|size|dir|lang)=(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Column:
    """One column below the header. `codes` (int32, a row each) are places in `values`; values[0] is "".

    `is_kept` is False for a column of so many different long texts that only blank (0) or not (1) was kept. `flaws`:
    places of values that must not be taken in, with the kind of problem ("formula", "markup", "error_value").
    """

    codes: np.ndarray
    values: Sequence[str]
    is_kept: bool = True
    flaws: Mapping[int, str] = field(default_factory=dict)

    def counts(self) -> np.ndarray:
        """How many rows have each of the values."""
        return np.bincount(self.codes, minlength=len(self.values))

    def used(self) -> list[tuple[str, int]]:
        """The values that occur and how often, without blank."""
        return [(value, int(many)) for value, many in zip(self.values, self.counts(), strict=True) if many and value]

    def where(self, rows: np.ndarray | slice) -> Column:
        """The same of some rows only."""
        return Column(self.codes[rows], self.values, self.is_kept, self.flaws)


@dataclass(frozen=True, eq=False)
class Grid:
    """A file's cells: `head`, its first rows as they stand, and the columns of all rows, the header's among them.

    `numbers` (int32): of each row the number that the person's own program shows. `hidden` (bool): rows that a filter
    hides; None where none is. `other_sheets`: sheets of the workbook that were not read.
    """

    name: str
    head: Sequence[Sequence[str]]
    columns: Sequence[Column]
    rows: int
    delimiter: str
    sheet: str
    numbers: np.ndarray
    hidden: np.ndarray | None
    other_sheets: Sequence[str]

    def below(self, header_rows: int) -> Grid:
        """The same without its first rows."""
        return self._part(slice(header_rows, None), self.rows - header_rows)

    def rows_where(self, keep: np.ndarray) -> Grid:
        """The same with these rows (bool) only."""
        return self if keep.all() else self._part(keep, int(keep.sum()))

    def _part(self, rows: np.ndarray | slice, count: int) -> Grid:
        return replace(
            self,
            columns=[column.where(rows) for column in self.columns],
            rows=max(count, 0),
            numbers=self.numbers[rows],
            hidden=None if self.hidden is None else self.hidden[rows],
        )

    def problems_in(
        self, rows: np.ndarray, kind: str, column: str = "", value: str = "", **details: object
    ) -> list[Problem]:
        """A problem of the same kind in each of these rows (bool)."""
        return [Problem(self.name, kind, int(number), column, value, details) for number in self.numbers[rows]]

    def problems_of(self, columns: Iterable[tuple[int, str]]) -> list[Problem]:
        """Every cell of these columns, given as (place, heading), that must not be taken in, row by row."""
        problems: list[Problem] = []
        most = f"{LONGEST_CELL:,}"
        for at, heading in columns:
            column = self.columns[at]
            label = column_name(at) + (f" ({shorten(heading, 40)})" if heading else "")
            for code, kind in column.flaws.items():
                problems += self.problems_in(column.codes == code, kind, label, column.values[code], most=most)
        return sorted(problems, key=lambda problem: problem.row or 0)

    def check(self, columns: Iterable[tuple[int, str]]) -> None:
        """Raises BadData with every cell of these columns that must not be taken in."""
        if problems := self.problems_of(columns):
            raise BadData(problems)


@dataclass
class _Gathered:
    """One column while rows come: `places` of its different values, and `pieces` of codes."""

    pieces: list[np.ndarray]
    places: dict[str, int] = field(default_factory=lambda: {"": 0})
    flaws: dict[int, str] = field(default_factory=dict)
    is_kept: bool = True

    def column(self) -> Column:
        codes = np.concatenate(self.pieces)
        return Column(codes if self.is_kept else np.minimum(codes, 1), list(self.places), self.is_kept, self.flaws)


class Builder:
    """Takes rows in pieces and gives a Grid. Raises BadData for too many of anything; cells that are formulas or markup
    are marked, because a column that is thrown away may hold what it likes."""

    def __init__(self, name: str, head: Sequence[Sequence[str]]) -> None:
        self.name = name
        self.head = [[plain(cell) for cell in row] for row in head]
        self.rows = 0
        self.text = 0
        self.columns: list[_Gathered] = []

    def add(self, frame: pd.DataFrame) -> None:
        """Rows of columns of text (object), as pandas reads them. (As "category" it would make numbers of 007.)"""
        width = max(len(self.columns), frame.shape[1])
        if width > MOST_COLUMNS:
            raise refused(self.name, "too_many_columns", columns=f"{width:,}", most=f"{MOST_COLUMNS:,}")
        if (self.rows + len(frame)) * max(width, 1) > MOST_CELLS:
            raise refused(self.name, "too_many_cells", most=f"{MOST_CELLS:,}")
        self.columns += [_Gathered([np.zeros(self.rows, np.int32)]) for _ in range(width - len(self.columns))]
        for at, column in enumerate(self.columns):
            if at < frame.shape[1]:
                found, values = pd.factorize(frame.iloc[:, at].to_numpy())
                places = np.array([self._place(column, value) for value in values], dtype=np.int32)
                column.pieces.append(places[found])
            else:
                column.pieces.append(np.zeros(len(frame), np.int32))
        self.rows += len(frame)

    def add_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows of text; a short one ends in blanks."""
        width = max(map(len, rows), default=0)
        self.add(pd.DataFrame([[*row, *[""] * (width - len(row))] for row in rows], dtype=object))

    def _place(self, column: _Gathered, raw: str) -> int:
        """The number of a value in its column; a new one is looked at first."""
        value = raw.strip()
        if (place := column.places.get(value)) is not None:
            return place
        if not column.is_kept:
            return 1
        is_long = len(value) > LONGEST_CELL
        # only the beginning of so long a cell is kept; `problems_of` names the cell, if its column is used at all
        value = value[:LONGEST_CELL]
        self.text += len(value) + COST
        column.places[value] = place = len(column.places)
        if flaw := "cell_too_long" if is_long else flaw_of(value):
            column.flaws[place] = flaw
        if self.text > MOST_TEXT:
            self._forget_largest()
        return place if column.is_kept else 1

    def _forget_largest(self) -> None:
        """Keeps of the column with most different texts only which cells are blank."""
        column = max(self.columns, key=lambda each: len(each.places) if each.is_kept else 0)
        self.text -= sum(len(value) + COST for value in column.places)
        column.pieces = [np.minimum(piece, 1) for piece in column.pieces]
        column.places, column.flaws, column.is_kept = {"": 0, "…": 1}, {}, False

    def grid(
        self, *, delimiter: str = "", sheet: str = "", hidden: Sequence[int] = (), other_sheets: Sequence[str] = ()
    ) -> Grid:
        """All that was added. `hidden`: places of rows that a filter hides."""
        columns = [column.column() for column in self.columns]
        head = [[*row, *[""] * (len(columns) - len(row))] for row in self.head]
        numbers = np.arange(1, 1 + self.rows, dtype=np.int32)
        is_hidden = np.isin(numbers - 1, hidden) if hidden else None
        return Grid(self.name, head, columns, self.rows, delimiter, sheet, numbers, is_hidden, other_sheets)


def flaw_of(value: str) -> str:
    """Why a cell must not be taken in, as the kind of its problem; "" where it may."""
    if value[:1] in "=+-@" and FORMULA.match(value):
        return "formula"
    if "<" in value and MARKUP.search(value):
        return "markup"
    return "error_value" if value[:1] == "#" and ERROR.fullmatch(value) else ""


def plain(cell: str) -> str:
    """A heading without the bold and line breaks that survey tools put into it, and with plain spaces."""
    return " ".join(SIMPLE_MARKUP.sub(" ", cell).replace("&nbsp;", " ").replace("&amp;", "&").split())


def column_name(at: int) -> str:
    """The letters of a column as a spreadsheet has them: 0 is A, 26 is AA."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(at))
