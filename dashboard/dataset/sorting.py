"""Names in the order of a language: what `Intl.Collator` does in the browser."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from dashboard.dataset.spelling import plain_letters

SortKey = tuple[tuple[tuple[int, int], ...], str]
# what stands first: spaces and marks, digits, letters of the language, those of others
MARKS, DIGITS, OWN, OTHERS = range(4)


def sort_key_of(alphabet: str) -> Callable[[str], SortKey]:
    """The key by which names are sorted in a language whose letters are these, in their order. A letter with an accent
    that is not among them counts as the one without, and comes after it only where nothing else differs."""
    places = {letter: (OWN, at) for at, letter in enumerate(alphabet)}
    # without a dot is another letter than with it where there are both
    capitals = str.maketrans({"I": "ı", "İ": "i"} if "ı" in places else {})

    def place(char: str) -> tuple[int, int]:
        if char in places:
            return places[char]
        return (OTHERS if char.isalpha() else DIGITS if char.isdigit() else MARKS, ord(char))

    def sort_key(name: str) -> SortKey:
        small = unicodedata.normalize("NFC", name).translate(capitals).lower()
        letters = "".join(char if char in places else plain_letters(char) for char in small)
        return tuple(place(char) for char in letters), name

    return sort_key
