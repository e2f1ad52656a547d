"""Whether two rows are one pairing: the same but for spelling, or so alike that a person has to say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from dashboard.dataset.spelling import plain_letters

ALIKE = 0.84
# skeletons as near as this are of one name
SAME_SOUND = 0.99
# every row of a file is held against every other of its country, so what is known of a name is kept
MOST_KEPT = 50_000
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


@lru_cache(maxsize=MOST_KEPT)
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
    return pairing_key(one) == pairing_key(other) and _may_be_of_one_state(one, other)


def is_alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Not the same, but near enough that it may be: a letter off, another transliteration, a longer name for one end
    ("Denver" and "Denver Region (DRCOG)"), or the two ends exchanged."""
    if one["country_iso3"] != other["country_iso3"]:
        return False
    us, partner = words_of(one["us_community"]), words_of(one["partner_community"])
    their_us, their_partner = words_of(other["us_community"]), words_of(other["partner_community"])
    if (us, partner) == (their_us, their_partner):
        return not _may_be_of_one_state(one, other)
    if (us, partner) == (their_partner, their_us):
        return True
    return _may_be_of_one_state(one, other) and _are_near(us, their_us) and _are_near(partner, their_partner)


def _may_be_of_one_state(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return one["us_state"] == other["us_state"] or not one["us_state"] or not other["us_state"]


@lru_cache(maxsize=MOST_KEPT)
def _are_near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other or (one and other and (set(one) <= set(other) or set(other) <= set(one))):
        return True
    if not one or not other:
        return False
    mine, yours = " ".join(one), " ".join(other)
    return _is_as_near(ALIKE, mine, yours) or _is_as_near(SAME_SOUND, skeleton(mine), skeleton(yours))


@lru_cache(maxsize=MOST_KEPT)
def skeleton(text: str) -> str:
    """What two transliterations of one name have in common: "Qaraçala" and "Karachala", "Baku" and "Bakı"."""
    plain = text.replace(" ", "")
    for pattern, letter in SOUNDS:
        plain = re.sub(pattern, letter, plain)
    # a vowel at the beginning is heard, but which one it is not ("Irbil", "Erbil")
    return re.sub(r"^[aeiou]", "a", plain)[:1] + re.sub(r"[aeiouyhw]", "", plain[1:])


def _is_as_near(ratio: float, one: str, other: str) -> bool:
    """Whether two texts have at least this ratio. What their lengths or their letters rule out is not compared."""
    if one == other:
        return True
    if 2 * min(len(one), len(other)) < ratio * (len(one) + len(other)):
        return False
    matcher = SequenceMatcher(None, one, other)
    return matcher.quick_ratio() >= ratio and matcher.ratio() >= ratio
