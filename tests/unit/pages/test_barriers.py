"""The survey's page: its findings, what is said of invented answers, its figures."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from dashboard.charts import CHARTS
from dashboard.charts.base import note_of
from dashboard.components import survey
from dashboard.components.cards import card
from dashboard.context import AppContext
from dashboard.metrics.findings import published_surveys
from dashboard.pages.barriers import CONTENTS, layout
from tests.markup import text_of
from tests.unit.conftest import RequestOf

ADDRESSES = (
    "",
    "?sample=1",
    "?sample=1&basis=documented&base=asked",
    "?sample=1&basis=documented&region=Western+Asia",
    "?sample=1&basis=documented&region=Latin+America+and+the+Caribbean",
    "?sample=1&state=TX",
    "?sample=1&wave=2006",
    "?basis=documented",
)


@pytest.mark.parametrize("query", ADDRESSES)
def test_every_card_says_what_its_chart_says_in_every_year(
    query: str, app_context: AppContext, request_of: RequestOf
) -> None:
    request = request_of(CONTENTS, query)
    view = app_context.view(request.selection.without_year())
    texts = json.loads(request.payload.body)["texts"]

    def text_at(path: str, at: int) -> str:
        return str(texts[path][at] if isinstance(texts[path], list) else texts[path])

    for name in CONTENTS.charts:
        chart = CHARTS[name]
        rows = chart.table(view)
        for at, year in enumerate(view.basis.years):
            assert text_at(f"{name}.headline", at) == chart.headline(rows, view, year)
            assert text_at(f"{name}.description", at) == chart.description(rows, view, year)
            assert text_at(f"{name}.note", at) == note_of(chart, rows, view, year)
            assert text_at(f"{name}.face", at) == chart.display_state(rows, view, year)


def test_what_others_published_is_there_with_its_sources(app_context: AppContext, request_of: RequestOf) -> None:
    found = published_surveys(app_context.dataset)
    shelf = survey.findings(request_of(CONTENTS, ""), found)
    said = text_of(shelf.markup)
    assert len(found) == shelf.markup.count("<article") == 8
    for each in found:
        assert each.title in said
        for finding in each.findings:
            assert all(part in said for part in (finding.question, finding.option, finding.value, finding.unit))
        assert all(source.address in unescape(shelf.markup) for source in each.sources)


def test_what_is_invented_is_said_above_everything_and_only_then(
    app_context: AppContext, request_of: RequestOf
) -> None:
    found, invented = (survey.sample_lead(request_of(CONTENTS, query).page) for query in ("", "?sample=1"))
    assert "hidden" in found.attributes and "hidden" not in invented.attributes
    assert "SAMPLE" in text_of(invented.markup)
    # the way in where there are no answers, the way out where they are invented
    assert 'data-set="sample=1"' in survey.waiting(request_of(CONTENTS, "").page).markup
    assert 'data-set="sample=1"' in invented.markup


def test_a_card_of_answers_says_sample_and_has_its_note_on_top(app_context: AppContext, request_of: RequestOf) -> None:
    page = request_of(CONTENTS, "?sample=1").page
    head, note, *_, source = card("waves", page, []).children
    assert head.markup.index("tag") < head.markup.index("waves.headline")
    assert not re.search(r'data-show="view\.is_sample"[^>]* hidden', head.markup)
    assert "waves.note" in note.markup
    assert "note" not in source.markup
    plain, *_ = card("waves", request_of(CONTENTS, "").page, []).children
    assert re.search(r'data-show="view\.is_sample" hidden', plain.markup)


@pytest.mark.parametrize("query", [{}, {"sample": "1", "basis": "documented", "room": "1"}])
@pytest.mark.usefixtures("in_request")
def test_the_layout_has_all_figures_once(query: dict[str, str]) -> None:
    page = layout(**query)
    ids = [each.id for each in page._traverse() if isinstance(getattr(each, "id", None), str)]
    assert {"barriers", "regions", "others", "waves", "waves-paper"} <= set(ids)
    assert len(ids) == len(set(ids))
