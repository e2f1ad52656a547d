"""The State Department's advice to travelers as a sentence."""

from __future__ import annotations

from dashboard.metrics.advisories import Advisory
from dashboard.strings import Catalog


def advisory_line(t: Catalog, advisory: Advisory) -> str:
    """ "level 4, do not travel, 20 February 2026"."""
    if advisory.level is None:
        return t("advisory.none")
    says, issued = t(f"advisory.level.{advisory.level}"), t.date(advisory.issued)
    line = t("advisory.line", level=advisory.level, says=says, issued=issued)
    return t("advisory.line_part", place=advisory.place, line=line) if advisory.place else line


def full_line(t: Catalog, advisory: Advisory) -> str:
    """The same with the areas it names and what is remarked."""
    areas = t("advisory.areas", areas=advisory.areas) if advisory.areas else ""
    remark = " " + t("advisory.remark", note=advisory.note) if advisory.note else ""
    return f"{advisory_line(t, advisory)}{areas}{remark}"
