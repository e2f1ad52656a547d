"""The State Department's advice to travelers as a sentence."""

from __future__ import annotations

from dashboard.metrics.advisories import Advisory
from dashboard.strings import Words


def advisory_line(words: Words, advisory: Advisory) -> str:
    """ "level 4, do not travel, 20 February 2026"."""
    if advisory.level is None:
        return words("advisory.none")
    says, issued = words(f"advisory.level.{advisory.level}"), words.date(advisory.issued)
    line = words("advisory.line", level=advisory.level, says=says, issued=issued)
    return words("advisory.line_part", place=advisory.place, line=line) if advisory.place else line


def full_line(words: Words, advisory: Advisory) -> str:
    """The same with the areas it names and what is remarked."""
    areas = words("advisory.areas", areas=advisory.areas) if advisory.areas else ""
    remark = " " + words("advisory.remark", note=advisory.note) if advisory.note else ""
    return f"{advisory_line(words, advisory)}{areas}{remark}"
