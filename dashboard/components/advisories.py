"""The State Department's advice to travelers as a sentence."""

from __future__ import annotations

from dashboard.metrics.advisories import Advisory
from dashboard.presentation.reasons import advisory_line
from dashboard.strings import Catalog


def full_line(t: Catalog, advisory: Advisory) -> str:
    """The same with the areas it names and what is remarked."""
    line = advisory_line(t, advisory)
    if advisory.areas:
        line = t("advisory.areas", line=line, areas=advisory.areas)
    return t("advisory.remark", line=line, note=advisory.note) if advisory.note else line
