"""Squares for partnerships in a table, as in the ranked list."""

from __future__ import annotations

from dashboard.charts.countries.text import MOST_SQUARES, unit_of
from dashboard.strings import Catalog


def unit_for(largest: int) -> int:
    """How many one square stands for, in all rows, where the largest has so many."""
    return unit_of(largest, MOST_SQUARES)


def unit_said(t: Catalog, note: str, unit: int) -> str:
    """A note, and what a square stands for where that is not one partnership."""
    return t.sentences(note, "" if unit == 1 else t("countries.note_unit", unit=unit))
