"""What other surveys of twinning published: as they wrote it, each by itself, never on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.metrics.sources import Source, sources, split_ids


@dataclass(frozen=True)
class Finding:
    """One published figure, in the words of its source: `value` is "nearly 80" or "", `unit` what it is of."""

    question: str
    option: str
    value: str
    unit: str


@dataclass(frozen=True)
class PublishedSurvey:
    """One survey with what it published. `respondents` and `year` are None where no source says."""

    title: str
    year: int | None
    respondents: int | None
    findings: Sequence[Finding]
    sources: Sequence[Source]
    is_about_barriers: bool


# words of a question that is about what stands in the way
ABOUT_BARRIERS = ("barrier", "resource", "budget", "financial")


def published_surveys(dataset: Dataset) -> list[PublishedSurvey]:
    """The surveys of `published_findings.csv`: those that say something about barriers first, then by year."""
    by_title: dict[str, list[dict[str, object]]] = {}
    for row in records(dataset.tables["findings"]):
        by_title.setdefault(row["survey"], []).append(row)
    surveys = []
    for title, rows in by_title.items():
        findings = [
            Finding(str(row["question"]), str(row["option"]), str(row["value"]), str(row["unit"])) for row in rows
        ]
        years = [int(str(row["year"])) for row in rows if row["year"] is not None]
        respondents = [int(str(row["respondents"])) for row in rows if row["respondents"] is not None]
        ids = [source for row in rows for source in split_ids(str(row["source_ids"]))]
        surveys.append(
            PublishedSurvey(
                title=title,
                year=max(years, default=None),
                respondents=max(respondents, default=None),
                findings=sorted(findings, key=lambda each: not is_about_barriers(each)),
                sources=sources(dataset, ids),
                is_about_barriers=any(is_about_barriers(each) for each in findings),
            )
        )
    return sorted(surveys, key=lambda each: (not each.is_about_barriers, -(each.year or 0), each.title))


def is_about_barriers(finding: Finding) -> bool:
    """Whether a finding is about what stands in the way."""
    return any(word in finding.question.casefold() for word in ABOUT_BARRIERS)
