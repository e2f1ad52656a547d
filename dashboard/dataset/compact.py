"""A column of short texts that all differ, such as ids, as one block of bytes: a million in 8 MB instead of 72, and
nothing in it that a worker writes to while it reads, so that all workers share it."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype
from pandas.api.indexers import check_array_indexer

# below, texts of Python's own take little
LARGE = 100_000
WIDEST = 24


def compact(texts: pd.Series) -> pd.Series:
    """The same column, as `ShortTexts` where there are many and all are short and plain."""
    if len(texts) < LARGE:
        return texts
    try:
        block = texts.to_numpy(dtype=object).astype("S")
    except UnicodeEncodeError:
        return texts
    return texts if block.itemsize > WIDEST else pd.Series(ShortTexts(block), index=texts.index, name=texts.name)


class ShortTextType(ExtensionDtype):
    """The dtype of `ShortTexts`."""

    name = "short_text"
    type = str
    na_value = ""

    @classmethod
    def construct_array_type(cls) -> builtins.type[ShortTexts]:
        """The array of this dtype."""
        return ShortTexts


class ShortTexts(ExtensionArray):  # type: ignore[misc]
    """Texts in ASCII behind pandas' interface for arrays; none is missing. `block`: array of fixed-width bytes."""

    def __init__(self, block: np.ndarray) -> None:
        self._block = block

    @classmethod
    def _from_sequence(cls, scalars: Sequence[str], *, dtype: object = None, copy: bool = False) -> ShortTexts:
        return cls(np.array(scalars, dtype="S"))

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[ShortTexts]) -> ShortTexts:
        return cls(np.concatenate([each._block for each in to_concat]))

    @property
    def dtype(self) -> ShortTextType:
        """The type of the column."""
        return ShortTextType()

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self._block.nbytes

    def __len__(self) -> int:
        return len(self._block)

    def __getitem__(self, item: Any) -> Any:
        found = self._block[check_array_indexer(self, item)]
        return found.decode("ascii") if isinstance(found, bytes) else ShortTexts(found)

    def __eq__(self, other: object) -> Any:
        if isinstance(other, str):
            return self._block == other.encode("ascii", "replace")
        return np.asarray(self) == np.asarray(other)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self._block.astype("U").astype(dtype or object)

    def isna(self) -> np.ndarray:
        """Nowhere."""
        return np.zeros(len(self), dtype=bool)

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> ShortTexts:
        """The texts at these positions; where it may be filled, "" at -1."""
        found = self._block.take(indices, mode="wrap")
        if allow_fill:
            found[np.asarray(indices) == -1] = b""
        return ShortTexts(found)

    def copy(self) -> ShortTexts:
        """A copy."""
        return ShortTexts(self._block.copy())
