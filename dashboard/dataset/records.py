"""Tables in plain parts: row by row, and as arrays of numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = tuple[np.ndarray, list[str]]
Numbers = npt.NDArray[np.int_]
# half as long as Numbers: of a million partnerships there are ten columns
Places = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
# what stands for a number or a text that is not there
NONE = -1


@dataclass(frozen=True, eq=False)
class Coded:
    """A table as arrays, for what each answer asks of it a dozen times: pandas takes longer to find a column than numpy
    to add it up.

    `columns`: a whole number for each row, `NONE` where there is none; of a text, its place among the `values` of its
    column.
    """

    columns: Mapping[str, Places]
    values: Mapping[str, list[str]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def where(self, is_meant: Flags) -> Coded:
        """The rows that are meant."""
        return Coded({name: column[is_meant] for name, column in self.columns.items()}, self.values)

    def is_one_of(self, name: str, texts: Collection[str]) -> Flags:
        """Which rows have one of these texts in a column."""
        known = self.values[name]
        # one more, for rows without a text
        is_meant = np.zeros(len(known) + 1, dtype=np.bool_)
        is_meant[[place for place, text in enumerate(known) if text in texts]] = True
        return is_meant[self.columns[name]]

    def texts(self, name: str) -> set[str]:
        """The texts that stand in a column; of its `values` some may be in no row."""
        return {self.values[name][code] for code in set(self.columns[name].tolist()) if code != NONE}

    def flags(self, name: str) -> Flags:
        """A column of yes and no."""
        return np.equal(self.columns[name], 1)

    def places(self, name: str, texts: Collection[str]) -> Numbers:
        """For each row the place of its text among others, `NONE` where it is none of them."""
        of_text = {text: place for place, text in enumerate(texts)}
        return np.array([*(of_text.get(text, NONE) for text in self.values[name]), NONE])[self.columns[name]]


def coded(table: pd.DataFrame) -> Coded:
    """The same of a table with columns of texts, whole numbers and bools."""
    columns: dict[str, Places] = {}
    values: dict[str, list[str]] = {}
    for name, column in table.items():
        if isinstance(column.dtype, pd.CategoricalDtype | pd.StringDtype):
            codes, values[str(name)] = codes_of_texts(column)
        else:
            codes = column.to_numpy(dtype=np.int_, na_value=NONE)
        columns[str(name)] = codes.astype(np.int32)
    return Coded(columns, values)


def codes_of_texts(texts: pd.Series) -> Codes:
    """For each text the position of its value, and the values: as they are in categories, else as they come first."""
    if isinstance(texts.dtype, pd.CategoricalDtype):
        return texts.cat.codes.to_numpy(), texts.cat.categories.tolist()
    codes, values = pd.factorize(texts)
    return codes.astype(np.int32), values.tolist()


def records_where(table: pd.DataFrame, is_meant: pd.Series) -> list[dict[str, Any]]:
    """The rows that are meant, as `records`; `is_meant`: a bool for each, missing where that is not known. Made for
    what is looked for and mostly not there, as problems are."""
    return records(table[is_meant.fillna(False)]) if is_meant.any() else []


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as a dict by column, in the order of the table: str, int, float or bool; None where nothing is."""
    cells = [
        [None if cell is pd.NA or cell != cell else cell for cell in table[name].tolist()] for name in table.columns
    ]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*cells, strict=True)]
