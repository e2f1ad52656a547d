"""The computed sections of the report, each a function of what it is written from: blocks, or why there are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.report.sections.barriers import write_barriers
from dashboard.report.sections.growth import write_growth, write_where
from dashboard.report.sections.method import write_method
from dashboard.report.sections.openings import write_openings
from dashboard.report.sections.programs import write_programs
from dashboard.report.sections.register import write_partnerships
from dashboard.report.sections.research import write_contact, write_open, write_research
from dashboard.report.sections.summary import write_summary
from dashboard.report.sections.writing import Sections, Writing

Writer = Callable[[Writing], Sections]
SECTIONS: Mapping[str, Writer] = {
    "summary": write_summary,
    "where": write_where,
    "growth": write_growth,
    "barriers": write_barriers,
    "partnerships": write_partnerships,
    "programs": write_programs,
    "openings": write_openings,
    "research": write_research,
    "method": write_method,
}
# what the coordinator of a U.S. state needs, on two pages
SHORT_SECTIONS: Mapping[str, Writer] = {
    "summary": write_summary,
    "partnerships": write_partnerships,
    "growth": write_growth,
    "open": write_open,
    "contact": write_contact,
}
