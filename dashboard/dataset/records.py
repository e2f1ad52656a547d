"""Rows of a table one by one."""

from __future__ import annotations

from typing import Any

import pandas as pd


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as a dict by column, in the order of the table: str, int, float or bool; None where nothing is."""
    cells = [table[name].astype(object).where(table[name].notna(), None).tolist() for name in table.columns]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*cells, strict=True)]
