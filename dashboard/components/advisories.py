"""The State Department's advice to travelers as a sentence."""

from __future__ import annotations

from dashboard.metrics.advisories import Advisory
from dashboard.presentation.reasons import advisory_line
from dashboard.strings import Catalog


def full_line(t: Catalog, advisory: Advisory) -> str:
    """The same with the areas it names and what is remarked."""
    areas = t("advisory.areas", areas=advisory.areas) if advisory.areas else ""
    remark = " " + t("advisory.remark", note=advisory.note) if advisory.note else ""
    return f"{advisory_line(t, advisory)}{areas}{remark}"
