"""What one cell says by itself: yes, no, no answer, none of these. The words are in `cells.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from dashboard.dataset.spelling import normalize

YES, NO, UNANSWERED, NONE = "yes", "no", "unanswered", "none"
NUMBER = re.compile(r"(-?\d+)[.,]0+")


@lru_cache(maxsize=1)
def _words() -> Mapping[str, list[str]]:
    values: Mapping[str, list[str]] = tomllib.loads(Path(__file__).with_name("cells.toml").read_text(encoding="utf-8"))
    return values


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, str]:
    """Folded words to what they say, for cells of a column that stands for one option."""
    words = _words()
    kinds = {normalize(word): UNANSWERED for word in words["unanswered"]}
    kinds |= {normalize(word): NO for word in words["no"]} | {normalize(word): YES for word in words["yes"]}
    return kinds


def tick_of(value: str) -> str:
    """YES, NO or UNANSWERED for a cell of a column that stands for one option; "" for anything else. Blank is
    UNANSWERED. 1, 1.0, true, Y, Oui and ✓ are yes."""
    text = value.strip()
    if not text or text.casefold() in _words()["unanswered"]:
        return UNANSWERED
    if text in _words()["signs"]:
        return YES
    if text in _words()["no_signs"]:
        return NO
    number = NUMBER.fullmatch(text)
    key = number.group(1) if number else text.casefold() if text.startswith("-") else normalize(text)
    return _kinds().get(key, "")


def is_unanswered(value: str) -> bool:
    """Whether a cell that could hold answers holds none."""
    text = value.strip()
    return not text or text.casefold() in _words()["unanswered"] or bool(re.fullmatch(r"[-–—.?/]+", text))


@lru_cache(maxsize=1)
def _nones() -> frozenset[str]:
    return frozenset(map(normalize, _words()["none"]))


def is_none(text: str) -> bool:
    """Whether an answer says that none of the options applies, which answers and ticks nothing."""
    if normalize(text) in _nones():
        return True
    key = " ".join(text.casefold().split())
    return any(key.startswith(begin) for begin in _words()["none_begins"]) and not any(
        re.search(rf"\b{word}\b", key) for word in _words()["exceptions"]
    )


def headings_of(kind: str) -> frozenset[str]:
    """Folded headings of columns that tools add, in all languages: "timestamps", "starts", "ends"."""
    return frozenset(map(normalize, _words()[kind]))
