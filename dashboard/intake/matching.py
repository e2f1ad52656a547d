"""Whether two rows are one pairing: the same but for spelling, or so alike that a person has to say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher

ALIKE = 0.84
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
    letters = unicodedata.normalize("NFKD", community.casefold())
    plain = "".join(char for char in letters if not unicodedata.combining(char)).replace("ı", "i")
    words = [SHORT.get(word, word) for word in re.findall(r"[a-z0-9]+", re.sub(r"['’‘`.]", "", plain))]
    return tuple(sorted(word for word in words if word not in EMPTY) or sorted(words))


def pairing_key(cells: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """What two rows of one pairing have in common, whatever their spelling."""
    return words_of(cells["us_community"]), words_of(cells["partner_community"]), cells["country_iso3"]


def is_same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """One pairing but for spelling; a state that one of them does not know does not make it another."""
    states = {one["us_state"], other["us_state"]} - {""}
    return pairing_key(one) == pairing_key(other) and len(states) < 2


def is_alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Not the same, but near enough that it may be: one letter off, or the two ends exchanged."""
    if one["country_iso3"] != other["country_iso3"] or is_same(one, other):
        return False
    ours, theirs = (
        [" ".join(words_of(cells[end])) for end in ("us_community", "partner_community")] for cells in (one, other)
    )
    if ours == theirs[::-1]:
        return True
    states = {one["us_state"], other["us_state"]} - {""}
    if ours == theirs:
        return True
    return len(states) < 2 and all(_ratio(mine, yours) >= ALIKE for mine, yours in zip(ours, theirs, strict=True))


def _ratio(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other).ratio()
