"""Spellings that mean the same."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# spellings that are kept: some four thousand of countries and states, which each newer version of the data asks for
# again, all of them or none, and some five thousand of the rest of the world, which each import does; names of regions
# and countries come with every address
KEPT = 12_000
# letters that are one for themselves, and what people write who have no key for them
PLAIN = str.maketrans({"ı": "i", "ə": "e", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=KEPT)
def normalize(text: str) -> str:
    """A spelling without case, accents, punctuation: what makes "Côte d’Ivoire" and "Cote D'Ivoire" one."""
    return "".join(char for char in plain_letters(text) if char.isalnum())


def plain_letters(text: str) -> str:
    """A text in small plain letters, its spaces and punctuation kept. Letters of transliteration that stand for no
    letter of ours (ʿ ʾ ʻ ʼ, which Unicode counts as letters: category Lm) are left out, as the quotes ‘ ’ are that
    people write for them once punctuation goes."""
    if text.isascii():
        return text.casefold()
    letters = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    return "".join(char for char in letters if unicodedata.category(char) not in {"Mn", "Mc", "Me", "Lm"})
