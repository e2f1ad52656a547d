"""A column of short texts that all differ, such as ids, as one block of bytes: a million in 8 MB instead of 72, and
nothing in it that a worker writes to while it reads, so that all workers share it."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype
from pandas.api.indexers import check_array_indexer

# below, texts of Python's own take little
LARGE = 100_000
# texts are told apart as whole numbers of so many bytes
WORD = 8
WIDEST = 3 * WORD
MIX = np.uint64(0x9E3779B97F4A7C15)


def compact(texts: pd.Series) -> pd.Series:
    """The same column, as `ShortTexts` where there are many and all are short and plain."""
    if len(texts) < LARGE or isinstance(texts.array, ShortTexts):
        return texts
    try:
        block = texts.to_numpy(dtype=object).astype("S")
    except UnicodeEncodeError:
        return texts
    if block.itemsize > WIDEST:
        return texts
    return pd.Series(ShortTexts(in_words(block)), index=texts.index, name=texts.name)


def in_words(block: np.ndarray) -> np.ndarray:
    """The same bytes at the next width that is some times `WORD`."""
    return block.astype(f"S{-(-max(block.itemsize, 1) // WORD) * WORD}", copy=False)


def told_apart(block: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each cell the number of its value, in the order in which they come, and for each value where it comes first.
    `block`: bytes of a fixed width, some times `WORD`, or objects."""
    if block.dtype == object:
        codes, _ = pd.factorize(block)
    else:
        words = block.view(np.uint64).reshape(len(block), block.itemsize // WORD)
        keys = words[:, 0]
        for at in range(1, words.shape[1]):
            keys = (keys ^ (keys >> np.uint64(29))) * MIX + words[:, at]
        codes, values = pd.factorize(keys)
        first = _first(codes, len(values))
        if words.shape[1] == 1 or (words[first][codes] == words).all():
            return codes, first
        # two values with one key
        _, codes = np.unique(block, return_inverse=True)
    return codes, _first(codes, int(codes.max(initial=-1)) + 1)


def _first(codes: np.ndarray, count: int) -> np.ndarray:
    first = np.zeros(count, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return first


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
    """Texts in ASCII behind pandas' interface for arrays; none is missing. `block`: as of `told_apart`."""

    def __init__(self, block: np.ndarray) -> None:
        self._block = block

    @classmethod
    def _from_sequence(cls, scalars: Sequence[str], *, dtype: object = None, copy: bool = False) -> ShortTexts:
        return cls(in_words(np.array(scalars, dtype="S")))

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

    def __iter__(self) -> Iterator[str]:
        return iter(self.tolist())

    def tolist(self) -> list[str]:
        """As texts of Python's own."""
        return self._block.astype("U").tolist()  # type: ignore[no-any-return]

    def factorize(self, use_na_sentinel: bool = True) -> tuple[np.ndarray, ShortTexts]:
        """For each text the number of its value, and the values."""
        codes, first = told_apart(self._block)
        return codes.astype(np.intp, copy=False), ShortTexts(self._block[first])

    def unique(self) -> ShortTexts:
        """Each once, as they come first."""
        return self.factorize()[1]

    def duplicated(self, keep: Any = "first") -> np.ndarray:
        """Which are there another time."""
        return pd.Series(self.factorize()[0]).duplicated(keep=keep).to_numpy()

    def are_spelled(self, first: bytes, later: bytes) -> bool:
        """Whether all begin with a sign of these and go on with signs of those."""
        marks = self._block.view(np.uint8).reshape(len(self), self._block.itemsize)
        signs = np.arange(256)
        begins, goes_on = np.isin(signs, list(first)), np.isin(signs, list(later + b"\0"))
        return bool(begins[marks[:, 0]].all() and goes_on[marks[:, 1:]].all())

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
