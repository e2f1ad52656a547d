"""Whether two rows are one pairing: the same but for spelling, or so alike that a person has to say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from dashboard.dataset.spelling import plain_letters

ALIKE = 0.84
# skeletons as near as this are of one name
SAME_SOUND = 0.99
# letters that transliterations write in different ways
SOUNDS = (
    ("sch|sh|tsh", "s"),
    ("tch|ch|dj|zh|dzh", "c"),
    ("kh|gh|x|q|k", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ou|oo|w|v", "u"),
    ("j|g", "g"),
    ("y|i", "i"),
    ("z|s", "s"),
    (r"(.)\1+", r"\1"),
)
SHORT = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
}
EMPTY = {"city", "of", "town", "the", "county", "municipality", "village", "metropolitan", "greater", "and"}


def words_of(community: str) -> tuple[str, ...]:
    """The words of a community's name in one spelling and order: "St. Paul" and "Saint Paul", "City of Fès" and "Fes",
    "Gering & Scottsbluff" and "Scottsbluff and Gering"."""
    plain = re.sub(r"['’‘`´.]", "", plain_letters(community))
    words = [SHORT.get(word, word) for word in re.findall(r"[^\W_]+", plain)]
    return tuple(sorted(word for word in words if word not in EMPTY) or sorted(words))


def pairing_key(cells: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """What two rows of one pairing have in common, whatever their spelling."""
    return words_of(cells["us_community"]), words_of(cells["partner_community"]), cells["country_iso3"]


def is_same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """One pairing but for spelling; a state that one of them does not know does not make it another."""
    states = {one["us_state"], other["us_state"]} - {""}
    return pairing_key(one) == pairing_key(other) and len(states) < 2


def is_alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Not the same, but near enough that it may be: a letter off, another transliteration, a longer name for one end
    ("Denver" and "Denver Region (DRCOG)"), or the two ends exchanged."""
    if one["country_iso3"] != other["country_iso3"] or is_same(one, other):
        return False
    ours, theirs = ([words_of(cells[end]) for end in ("us_community", "partner_community")] for cells in (one, other))
    if ours == theirs[::-1] or ours == theirs:
        return True
    states = {one["us_state"], other["us_state"]} - {""}
    return len(states) < 2 and all(_are_near(mine, yours) for mine, yours in zip(ours, theirs, strict=True))


def _are_near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other or (one and other and (set(one) <= set(other) or set(other) <= set(one))):
        return True
    if not one or not other:
        return False
    mine, yours = " ".join(one), " ".join(other)
    return _ratio(mine, yours) >= ALIKE or _ratio(skeleton(mine), skeleton(yours)) >= SAME_SOUND


def skeleton(text: str) -> str:
    """What two transliterations of one name have in common: "Qaraçala" and "Karachala", "Baku" and "Bakı"."""
    plain = text.replace(" ", "")
    for pattern, letter in SOUNDS:
        plain = re.sub(pattern, letter, plain)
    # a vowel at the beginning is heard, but which one it is not ("Irbil", "Erbil")
    return re.sub(r"^[aeiou]", "a", plain)[:1] + re.sub(r"[aeiouyhw]", "", plain[1:])


def _ratio(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other).ratio()
