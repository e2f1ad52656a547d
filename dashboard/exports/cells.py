"""Cells of files. A text that a spreadsheet would take for a formula is made a text for good."""

from __future__ import annotations

from dashboard.charts.cells import DIFFERENCES, SHARES, Cell, cell_text
from dashboard.strings import Catalog

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: Cell) -> Cell:
    """The cell as it may stand in a file without types, such as CSV: texts that begin like a formula, even behind
    blanks, get an apostrophe.

    Numbers are never touched, so that negative ones stay numbers.
    """
    if isinstance(cell, str) and (cell.startswith(FORMULA_STARTS) or cell.lstrip().startswith(FORMULA_STARTS)):
        return f"'{cell}"
    return cell


def for_people(column: str, cell: Cell, t: Catalog) -> Cell:
    """The cell for a person's spreadsheet: numbers stay numbers, words are those of the table tab, what is not there
    is blank (the column "Shown" says why)."""
    if cell is None or isinstance(cell, int | float):
        return cell
    return cell_text(column, cell, t)


def is_share(column: str) -> bool:
    """Whether a column's numbers are parts of one, or differences of such, to be shown as percentages."""
    return column in SHARES | DIFFERENCES
