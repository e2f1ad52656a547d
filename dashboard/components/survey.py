"""The cards of the survey's own page, and the shelf of what other surveys published."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard.components.bind import choose, icon, show, text
from dashboard.components.card import card, plot
from dashboard.components.sources import source_link
from dashboard.metrics.findings import Finding, PublishedSurvey, is_about_barriers
from dashboard.strings import Words


def survey_card(words: Words, name: str) -> html.Section:
    """A card of one chart of answers: its figure, or why the answers are not shown."""
    tag = html.Span(words("sample.tag"), className="tag", **show("view.is_sample"))
    why = html.Div(
        [icon("lock", **show(f"{name}.face", "hidden")), html.Span(**text(f"{name}.message"))],
        className="empty",
        **show(f"{name}.face", "hidden", "counts", "nobody"),
    )
    return card(words, name, [plot(name), why], before_headline=[tag], note_on_top=True)


def lead(words: Words) -> html.Div:
    """A band that says the answers are invented, and the way back."""
    return html.Div(
        [
            html.Span(words("sample.tag"), className="tag"),
            html.Span(words("survey.invented")),
            html.Button(words("survey.show_real"), type="button", className="quiet-link", **choose("sample", "1")),
        ],
        className="sample-lead",
        **show("view.is_sample"),
    )


def waiting(words: Words) -> html.Section:
    """What stands here once there are answers, and how to see it before."""
    items = [html.Li(words(f"survey.would.{name}")) for name in ("regions", "waves", "others")]
    return html.Section(
        [
            html.H2(words("survey.waiting"), id="survey-waiting"),
            html.Ul(items),
            html.P(words("survey.how")),
            html.Button(words("barriers.show_sample"), type="button", className="dashed", **choose("sample", "1")),
        ],
        className="card waiting",
        **{"aria-labelledby": "survey-waiting"},
        **show("survey.is_waiting"),
    )


def findings(words: Words, surveys: Sequence[PublishedSurvey]) -> html.Section:
    """Other surveys, each by itself, in the words of their sources."""
    return html.Section(
        [
            html.Header(html.H2(words("findings.headline", count=len(surveys)), id="findings-title")),
            html.P(words("findings.note"), className="subline"),
            html.Div([_one(words, each) for each in surveys], className="shelf"),
        ],
        className="card card-findings",
        **{"aria-labelledby": "findings-title"},
    )


def _one(words: Words, survey: PublishedSurvey) -> html.Article:
    asked = words("findings.respondents", count=survey.respondents) if survey.respondents is not None else ""
    year = str(survey.year) if survey.year is not None else words("findings.no_year")
    near = [each for each in survey.findings if is_about_barriers(each)]
    rest = [each for each in survey.findings if not is_about_barriers(each)]
    more = html.Details([html.Summary(words("findings.rest", count=len(rest))), _list(words, rest)])
    return html.Article(
        [
            html.H3(survey.title),
            html.P(" · ".join(part for part in (year, asked) if part), className="when"),
            *([_list(words, near)] if near else []),
            *([more] if rest else []),
            html.P([part for source in survey.sources for part in (*source_link(source, source.name, words), " ")]),
        ]
    )


def _list(words: Words, items: Sequence[Finding]) -> html.Dl:
    rows = []
    for each in items:
        value = each.value or words("findings.no_value")
        rows.append(
            html.Div(
                [
                    html.Dt([html.Small(each.question), each.option]),
                    html.Dd([html.B(value), " ", html.Small(each.unit)]),
                ]
            )
        )
    return html.Dl(rows)
