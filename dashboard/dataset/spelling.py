"""Spellings that mean the same."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# spellings that are kept: names of regions and countries come with every address
KEPT = 500
# letters that are one for themselves, and what people write who have no key for them
PLAIN = str.maketrans({"ı": "i", "ə": "e", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=KEPT)
def folded(text: str) -> str:
    """A spelling without case, accents, punctuation: what makes "Côte d’Ivoire" and "Cote D'Ivoire" one."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    return "".join(char for char in letters if char.isalnum())
