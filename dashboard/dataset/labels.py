"""Words of the data on the page: regions, sectors, what a count is of. The data's own word is what addresses, filters
and files have; a language has a label for it."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.strings import Catalog


def label_of(t: Catalog, group: str, word: str) -> str:
    """What a word of the data is called: `<group>.<word>` of the catalogue, else the word as it is."""
    return t.texts.get(f"{group}.{slug(word)}", word)


def labels_of(t: Catalog, group: str, words: Iterable[str]) -> list[str]:
    """The labels of several words."""
    return [label_of(t, group, word) for word in words]


def has_label(t: Catalog, group: str, word: str) -> bool:
    """Whether the catalogue has a label for a word of the data, which else stands in English."""
    return f"{group}.{slug(word)}" in t.texts


def slug(word: str) -> str:
    """A word of the data as part of a key: "South-eastern Asia" is "south_eastern_asia"."""
    return "_".join("".join(char if char.isalnum() else " " for char in word.casefold()).split())
