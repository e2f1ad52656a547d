"""A cell of a table as a person reads it, and as it may stand in a file."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.dataset.labels import label_of
from dashboard.strings import Catalog, without_isolates

Cell = str | int | float | None
SHARES = {"share", "low", "high"}
DIFFERENCES = {"change", "change_low", "change_high"}
# columns of words of the data, and the group of their labels
LABELS = {
    "region": "region",
    "kind": "kind",
    "recorded": "recorded",
    "status": "panel.statuses",
    "confidence": "panel.confidences",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
SHOWN = {
    "yes": "cell.yes",
    "cited": "cell.cited",
    "hidden": "cell.hidden",
    "count": "cell.counts_only",
    "nobody": "cell.nobody",
}


def cells_of(column: pd.Series) -> list[Any]:
    """The cells of a column as str, int, float or bool; None where nothing is."""
    cells: list[Any] = column.tolist()
    return [None if cell is pd.NA or cell != cell else cell for cell in cells] if column.hasnans else cells


def cell_text(column: str, cell: Cell, t: Catalog) -> str:
    """Shares as whole percentages, what is not there as a dash, years not recorded as a dash, the rest as it is."""
    if cell is None:
        return t("cell.missing")
    if column in SHARES:
        return t.percent(float(cell))
    if column in DIFFERENCES:
        return t("cell.points", points=points(float(cell), t))
    if column == "shown":
        return t(SHOWN[str(cell)])
    if column in LABELS:
        return label_of(t, LABELS[column], str(cell))
    if column == "state" and cell == "":
        return t("column.state_unknown")
    return t.number(cell) if isinstance(cell, int) else str(cell)


def points(part: float, t: Catalog) -> str:
    """A difference of shares in whole points with its sign."""
    return t.signed(round(100 * part))


def safe(cell: Cell) -> Cell:
    """The cell as it may stand in a file without types, such as CSV: texts that begin like a formula, even behind
    blanks, get an apostrophe, and marks of direction are left out, which no program looks for.

    Numbers are never touched, so that negative ones stay numbers.
    """
    if not isinstance(cell, str):
        return cell
    text = without_isolates(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text
