"""Method and definitions."""

from __future__ import annotations

from dashboard.charts.counted import GENERAL, how_counted
from dashboard.report.model import Heading, Paragraph, Terms
from dashboard.report.sections.writing import Sections, Writing

TERMS = ("basis", "dated", "undated", "maybe", "least", "identified", "region", "scope")


def write_method(writing: Writing) -> Sections:
    """How it is counted, what is in scope, what is hidden, and what the words mean."""
    t, thresholds = writing.view.t, writing.view.thresholds
    privacy = t("report.privacy", least=thresholds.hide_below, counts=thresholds.counts_below)
    terms = [(t(f"report.term.{name}.name"), t(f"report.term.{name}.means")) for name in TERMS]
    cited = writing.view.dataset.about.sources
    scope = [*cited.get("scope", ()), *cited.get("regions", ())]
    places = [*cited.get("coordinates", ()), *cited.get("boundaries", ())]
    return [
        Paragraph(how_counted(GENERAL, t)),
        Paragraph(t("report.method.scope"), writing.notes.cite(scope)),
        Paragraph(t("report.method.places"), writing.notes.cite(places)),
        Paragraph(privacy),
        Paragraph(t("report.method.notes")),
        Heading(t("report.terms")),
        Terms(terms),
    ]
