"""Something about many things over many years, as numbers: what areas and points of a map are in each year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np


class Pack(Protocol):
    """Packs values, one a year, or the rows of an array; with `names`, what each of its numbers stands for."""

    def __call__(self, values: Sequence[Any] | np.ndarray, *, names: Sequence[Any] = ()) -> Any:
        """The rows, packed (dashboard/frames/steps.py)."""


@dataclass(frozen=True, eq=False)
class Track:
    """`codes`: array of shape (years, elements) or (years,). `names`: what each code stands for; none where the number
    itself is meant."""

    codes: np.ndarray
    names: Sequence[Any] = ()

    @staticmethod
    def of(*numbers: np.ndarray, describe: Callable[..., Any]) -> Track:
        """What `describe` makes of the numbers of each element, asked once for all that have the same."""
        codes = np.zeros(numbers[0].shape, dtype=np.int64)
        for array in numbers:
            joined = codes * (int(array.max(initial=0)) + 1) + array
            _, firsts, codes = np.unique(joined, return_index=True, return_inverse=True)
            codes = codes.reshape(array.shape)
        cells = zip(*(array.ravel()[firsts].tolist() for array in numbers), strict=True)
        return Track(codes, [describe(*cell) for cell in cells])

    def at(self, position: int) -> Any:
        """The values of one year."""
        return self._named()[position].tolist()

    def pick(self, positions: Sequence[int]) -> Track:
        """The same of some elements."""
        return Track(self.codes[:, list(positions)], self.names)

    def packed(self, pack: Pack) -> Any:
        """The values of all years."""
        if not self.names:
            return pack(self.codes)
        # several codes may have one name, and numbers are compared faster than names
        places: dict[Any, int] = {}
        same = np.array([places.setdefault(name, len(places)) for name in self.names])
        return pack(same[self.codes], names=list(places))

    def _named(self) -> np.ndarray:
        return np.array(self.names, dtype=object)[self.codes] if self.names else self.codes
