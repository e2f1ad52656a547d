"""Cells as files and people write them, and as the database holds them."""

from __future__ import annotations

from typing import Any

import numpy as np
import sqlalchemy as sa


def spell(value: Any) -> str:
    """A value of the database as a cell: "" where there is none, numbers without an exponent or needless zeros."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float):
        text = repr(value).removesuffix(".0")
        # only for those has it to be asked, and it takes thirty times as long
        return np.format_float_positional(value, trim="-") if "e" in text else text
    return str(value)


def value_of(text: str, column: sa.Column[Any]) -> Any:
    """A cell, which was found good, as the database holds it."""
    if text == "" and column.nullable:
        return None
    if isinstance(column.type, sa.Integer):
        return int(text)
    return float(text) if isinstance(column.type, sa.Float) else text
