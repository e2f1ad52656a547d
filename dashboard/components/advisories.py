"""The State Department's advice to travelers as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.metrics.advisories import Advisory
from dashboard.presentation.reasons import advisory_line
from dashboard.strings import Catalog
from dashboard.templating import with_english


def full_lines(t: Catalog, advisories: Sequence[Advisory]) -> Markup:
    """All advice about a country, with the areas it names and what is remarked, which are in English."""
    lines = t.series(_full_line(t, each) for each in advisories)
    return with_english(lines, t, [text for each in advisories for text in (each.areas, each.note)])


def _full_line(t: Catalog, advisory: Advisory) -> str:
    line = advisory_line(t, advisory)
    if advisory.areas:
        line = t("advisory.areas", line=line, areas=advisory.areas)
    return t("advisory.remark", line=line, note=advisory.note) if advisory.note else line
