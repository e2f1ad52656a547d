"""What stands in the way: shares with their intervals, where there are any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from dashboard.charts.base import View, once_a_view
from dashboard.dataset.records import records
from dashboard.metrics.survey import shown_wave

Row = dict[str, Any]
RowsOfYear = Callable[[View, int], list[Row]]


def rows_by_wave(table: pd.DataFrame) -> dict[str, list[Row]]:
    """The rows of each wave."""
    by_wave: dict[str, list[Row]] = {}
    for row in records(table):
        by_wave.setdefault(row["wave"], []).append(row)
    return by_wave


def rows_of_year(table: Callable[[View], pd.DataFrame]) -> RowsOfYear:
    """The function that gives the rows of `table` for the wave that a year shows; none before the first."""

    @once_a_view
    def by_wave(view: View) -> dict[str, list[Row]]:
        return rows_by_wave(table(view))

    def rows(view: View, year: int) -> list[Row]:
        wave = shown_wave(view.dataset, view.selection, year)
        return by_wave(view).get(wave.id, []) if wave else []

    return rows
