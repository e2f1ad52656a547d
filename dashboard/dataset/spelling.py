"""One spelling for what people write in several ways."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """A spelling without case, accents, punctuation: what makes "Côte d’Ivoire" and "Cote D'Ivoire" one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in letters if char.isalnum())
