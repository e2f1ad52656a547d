"""The State Department's advice to travelers as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.metrics.advisories import Advisory
from dashboard.presentation.reasons import advisory_line
from dashboard.strings import Catalog


def full_lines(t: Catalog, advisories: Sequence[Advisory]) -> str:
    """All advice about a country, with the areas it names and what is remarked."""
    return t.series(_full_line(t, each) for each in advisories)


def _full_line(t: Catalog, advisory: Advisory) -> str:
    line = advisory_line(t, advisory)
    if advisory.areas:
        line = t("advisory.areas", line=line, areas=advisory.areas)
    return t("advisory.remark", line=line, note=advisory.note) if advisory.note else line
