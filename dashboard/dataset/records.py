"""Rows of a table one by one."""

from __future__ import annotations

from typing import Any

import pandas as pd


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as a dict by column, in the order of the table; a missing year or number is <NA>."""
    return [dict(zip(table.columns, cells, strict=True)) for cells in table.itertuples(index=False, name=None)]
