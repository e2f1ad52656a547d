"""How a chart counts, in words."""

from __future__ import annotations

from dashboard.strings import Words

GENERAL = "general"


def how_counted(chart: str, words: Words) -> str:
    """How a chart counts, in words; what holds for all of them where it has no text of its own."""
    key = f"counted.{chart}"
    return words(key if key in words.texts else f"counted.{GENERAL}")
