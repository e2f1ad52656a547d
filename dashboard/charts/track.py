"""Something about many things over many years, as numbers: what areas and points of a map are in each year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

# of something packed by element: dashboard/frames/steps.py
EACH = "each"


class Pack(Protocol):
    """Packs values, one a year, or the rows of an array; with `names`, what each of its numbers stands for. An array
    `by_element` is {"each": [...]}, each column packed by itself and ready to be sent, as often as one likes."""

    def __call__(
        self, values: Sequence[Any] | np.ndarray, *, names: Sequence[Any] = (), by_element: bool = False
    ) -> Any:
        """The rows, packed (dashboard/frames/steps.py)."""


@dataclass(frozen=True, eq=False)
class Track:
    """`codes`: array of shape (years, elements) or (years,). `names`: what each code stands for; none where the number
    itself is meant."""

    codes: np.ndarray
    names: Sequence[Any] = ()
    made: dict[Pack, list[Any]] = field(default_factory=dict, repr=False)

    @staticmethod
    def of(*numbers: np.ndarray, tell: Callable[..., Any]) -> Track:
        """What `tell` makes of the numbers of each element, asked once for all that have the same."""
        codes = np.zeros(numbers[0].shape, dtype=np.int64)
        for array in numbers:
            joined = codes * (int(array.max(initial=0)) + 1) + array
            _, firsts, codes = np.unique(joined, return_index=True, return_inverse=True)
            codes = codes.reshape(array.shape)
        cells = zip(*(array.ravel()[firsts].tolist() for array in numbers), strict=True)
        return Track(codes, [tell(*cell) for cell in cells])

    def at(self, position: int) -> Any:
        """The values of one year."""
        return self._named()[position].tolist()

    def packed(self, pack: Pack) -> Any:
        """The values of all years."""
        return self._packed(pack)

    def elements(self, pack: Pack) -> list[Any]:
        """The values of each element in all years; made once for all that pick from here."""
        if pack not in self.made:
            self.made[pack] = self._packed(pack, by_element=True)[EACH]
        return self.made[pack]

    def pick(self, positions: Sequence[int]) -> Picked:
        """The same of some elements."""
        return Picked((self,), [(0, at) for at in positions])

    def _packed(self, pack: Pack, *, by_element: bool = False) -> Any:
        if not self.names:
            return pack(self.codes, by_element=by_element)
        # several codes may have one name, and numbers are compared faster than names
        places: dict[Any, int] = {}
        same = np.array([places.setdefault(name, len(places)) for name in self.names])
        return pack(same[self.codes], names=list(places), by_element=by_element)

    def _named(self) -> np.ndarray:
        return np.array(self.names, dtype=object)[self.codes] if self.names else self.codes


@dataclass(frozen=True, eq=False)
class Picked:
    """Elements of tracks that are kept from answer to answer. `places`: for each element which track it is from, and
    its position there."""

    tracks: Sequence[Track]
    places: Sequence[tuple[int, int]]

    def at(self, position: int) -> list[Any]:
        """The values of one year."""
        values = [track.at(position) for track in self.tracks]
        return [values[track][at] for track, at in self.places]

    def packed(self, pack: Pack) -> dict[str, list[Any]]:
        """The values of all years."""
        elements = [track.elements(pack) for track in self.tracks]
        return {EACH: [elements[track][at] for track, at in self.places]}

    def pick(self, positions: Sequence[int]) -> Picked:
        """The same of some elements."""
        return Picked(self.tracks, [self.places[at] for at in positions])
