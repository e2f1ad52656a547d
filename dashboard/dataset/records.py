"""Rows of a table one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

Codes = tuple[np.ndarray, list[str]]


def codes_of_texts(texts: pd.Series) -> Codes:
    """For each text the position of its value, and the values: as they are in categories, else as they come first."""
    if isinstance(texts.dtype, pd.CategoricalDtype):
        return texts.cat.codes.to_numpy(), texts.cat.categories.tolist()
    codes, values = pd.factorize(texts.astype(object))
    return codes.astype(np.int32), values.tolist()


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as a dict by column, in the order of the table: str, int, float or bool; None where nothing is."""
    cells = [
        [None if cell is pd.NA or cell != cell else cell for cell in table[name].tolist()] for name in table.columns
    ]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*cells, strict=True)]
