"""How a chart counts, in words."""

from __future__ import annotations

from dashboard.strings import Catalog

GENERAL = "general"


def how_counted(chart: str, t: Catalog) -> str:
    """How a chart counts, in words; what holds for all of them where it has no text of its own."""
    key = f"counted.{chart}"
    return t(key if key in t.texts else f"counted.{GENERAL}")
