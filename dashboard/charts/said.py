"""Sentences about many things over many years, in few words: each kind of sentence once, and the numbers in it.

For 180 countries and 76 years that is a sixth of the bytes of the sentences, and none is made before it is read.
`assets/js/20-frames.js` puts them together as `Said.at` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dashboard.charts.track import Pack
from dashboard.strings import Words

# a number in a sentence is found again by what stands for it; too small to be written in groups
FIRST_STAND_IN, STAND_INS = 7000, 100


@dataclass(frozen=True, eq=False)
class Said:
    """`texts` have gaps "{0}" for the name and "{1}", "{2}" … for numbers. `names`: one for each element. `kinds`
    (which text) and each of `numbers`: arrays of shape (years, elements)."""

    words: Words
    texts: Sequence[str]
    names: Sequence[str]
    kinds: np.ndarray
    numbers: Sequence[np.ndarray]
    made: dict[Pack, dict[str, Any]] = field(default_factory=dict, repr=False)

    def at(self, position: int) -> list[str]:
        """The sentences of one year."""
        columns = [array[position].tolist() for array in self.numbers]
        return [
            self.texts[kind].format(name, *map(self.words.number, numbers))
            for kind, name, *numbers in zip(self.kinds[position].tolist(), self.names, *columns, strict=True)
        ]

    def pick(self, positions: Sequence[int]) -> Said:
        """The same of some elements."""
        at = list(positions)
        numbers = [array[:, at] for array in self.numbers]
        return Said(self.words, self.texts, [self.names[each] for each in at], self.kinds[:, at], numbers)

    def packed(self, pack: Pack) -> dict[str, Any]:
        """What the browser makes the sentences of; the same object each time."""
        if pack not in self.made:
            self.made[pack] = self._packed(pack)
        return self.made[pack]

    def _packed(self, pack: Pack) -> dict[str, Any]:
        return {
            "say": list(self.texts),
            "names": list(self.names),
            "kinds": pack(self.kinds),
            "numbers": [pack(array) for array in self.numbers],
        }


def said(
    words: Words,
    names: Sequence[str],
    numbers: Mapping[str, np.ndarray],
    *,
    counts: Sequence[str],
    flags: Sequence[np.ndarray],
    tell: Callable[..., str],
) -> Said:
    """Sentences that `tell(name, flags, **numbers)` makes. A sentence depends on its `flags` (arrays of bool, shape
    (years, elements)), on the plural categories of the numbers in `counts`, and has any of `numbers` in it."""
    categories = {name: _categories(words, numbers[name]) for name in counts}
    keys = np.zeros(next(iter(numbers.values())).shape, dtype=np.int64)
    for flag in flags:
        keys = keys * 2 + flag
    for _, found in categories.values():
        keys = keys * STAND_INS + found
    kinds, places = np.unique(keys, return_inverse=True)
    columns: list[np.ndarray] = []
    gaps = {}
    for name, array in numbers.items():
        same = (at for at, other in enumerate(columns) if np.array_equal(other, array))
        gaps[name] = next(same, len(columns))
        if gaps[name] == len(columns):
            columns.append(array)
    texts = []
    for key in kinds.tolist():
        stand_ins = {name: FIRST_STAND_IN + STAND_INS * at for at, name in enumerate(numbers)}
        for name in reversed(counts):
            key, category = divmod(key, STAND_INS)
            stand_ins[name] = _stand_in(words, categories[name][0][category], stand_ins[name])
        values = [bool(key >> at & 1) for at in reversed(range(len(flags)))]
        text = tell("\0", values, **stand_ins).replace("{", "{{").replace("}", "}}").replace("\0", "{0}")
        for name, stand_in in stand_ins.items():
            if stand_in >= FIRST_STAND_IN:
                text = text.replace(str(stand_in), f"{{{gaps[name] + 1}}}")
        texts.append(text)
    return Said(words, texts, names, places.reshape(keys.shape), columns)


def _categories(words: Words, array: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The plural categories that occur, and that of each number."""
    values, places = np.unique(array, return_inverse=True)
    names = [words.plural(value) for value in values.tolist()]
    found = list(dict.fromkeys(names))
    return found, np.array([found.index(name) for name in names], dtype=np.int64)[places].reshape(array.shape)


def _stand_in(words: Words, category: str, first: int) -> int:
    """A number of a plural category that stands for all of it; a small one where the category has no large ones, and
    then it is the only one."""
    candidates = (*range(first, first + STAND_INS), *range(10))
    found: int = next(number for number in candidates if words.plural(number) == category)
    return found
