"""What stands on the survey's own page beside its cards: that answers are invented, what would stand here once there
are answers, and what other surveys published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.components.raw_html import RawHtml
from dashboard.metrics.findings import PublishedSurvey, is_about_barriers
from dashboard.page_request import PageRequest
from dashboard.templating import PageText


def sample_lead(page: PageText) -> RawHtml:
    """A band that says the answers are invented, and the way back."""
    return RawHtml(
        page.render("sample_lead"), tag="div", className="sample-lead", attributes=_shown(page, "view.is_sample")
    )


def waiting(page: PageText) -> RawHtml:
    """What stands here once there are answers, and how to see it before."""
    return RawHtml(
        page.render("survey_waiting"),
        tag="section",
        className="card waiting",
        attributes={"aria-labelledby": "survey-waiting", **_shown(page, "survey.is_waiting")},
    )


def findings(request: PageRequest, surveys: Sequence[PublishedSurvey]) -> RawHtml:
    """Other surveys, each by itself, in the words of their sources; what is not about barriers is folded away."""
    listed = [
        {
            "title": each.title,
            "year": each.year,
            "respondents": each.respondents,
            "near": [finding for finding in each.findings if is_about_barriers(finding)],
            "rest": [finding for finding in each.findings if not is_about_barriers(finding)],
            "sources": each.sources,
        }
        for each in surveys
    ]
    return RawHtml(
        request.page.render("findings", surveys=listed),
        tag="section",
        className="card card-findings",
        attributes={"aria-labelledby": "findings-title"},
    )


def _shown(page: PageText, rule: str) -> dict[str, Any]:
    return {"data-show": rule, **({} if page.is_shown(rule) else {"hidden": True})}
