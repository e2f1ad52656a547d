"""Every file for every country, state and region, on every basis, in the first year and the last: a file or a sentence,
never a stack trace. What a filter leaves may be nothing, and each kind of file has its own way to fail at that."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.charts import CHARTS
from dashboard.context import AppContext
from dashboard.exports import Bundle, bundle_of
from dashboard.exports.as_csv import csv_file
from dashboard.exports.as_pptx import pptx_file
from dashboard.exports.as_story import story_file
from dashboard.exports.as_xlsx import xlsx_file
from dashboard.exports.lists import EVERYTHING, LISTS, list_bundle
from dashboard.filters import Filters, Selection
from dashboard.presentation.render import render_story
from dashboard.strings import Catalog

PLACES = ("country", "state", "region")
BASES = ("sci-2007", "documented")


def selections(app_context: AppContext, basis: str) -> Iterator[Selection]:
    """One for each place, in the first and the last year by turns, every third with the sample's answers. The years
    go the other way on the other basis."""
    years = app_context.choices.bases[basis]
    places = [(name, value) for name in PLACES for value in app_context.choices.options[name]]
    for at, (name, value) in enumerate(places):
        filters = Filters.of(**{name: value})
        yield Selection(basis, filters, year=years[(at + BASES.index(basis)) % 2], is_sample=at % 3 == 0)


def is_written(bundle: Bundle, kind: int) -> bool:
    """Whether a file of one of two kinds begins as such files do."""
    return csv_file(bundle).startswith(b"\xef\xbb\xbf") if kind == 0 else xlsx_file(bundle).startswith(b"PK")


@pytest.mark.parametrize("basis", BASES)
def test_every_chart_for_every_place_is_a_file(app_context: AppContext, basis: str) -> None:
    """A chart of each place, and with the next ones all of them, in each kind of file by turns: all would take minutes."""
    charts, slides = list(CHARTS.values()), []
    for at, selection in enumerate(selections(app_context, basis)):
        view = app_context.view(selection)
        assert selection.year is not None
        chart, kind = charts[(at + BASES.index(basis)) % len(charts)], at % 3
        bundle = bundle_of(app_context, chart, view, selection.year)
        if kind == 2:
            slides.append(bundle)
        else:
            assert is_written(bundle, kind), (chart.id, selection)
    # a file of many: to begin one takes more than a slide of it
    deck = Presentation(io.BytesIO(pptx_file(slides)))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [each.headline for each in slides]


@pytest.mark.parametrize("basis", BASES)
def test_every_list_for_every_place_is_a_file(app_context: AppContext, basis: str) -> None:
    # one is of all rows, wherever one looks
    of_places = [name for name in LISTS if name != EVERYTHING]
    for at, selection in enumerate(selections(app_context, basis)):
        name = of_places[at % len(of_places)]
        assert is_written(list_bundle(app_context, name, selection), at % 2), (name, selection)
    for kind in (0, 1):
        assert is_written(list_bundle(app_context, EVERYTHING, selection), kind)


def test_slides_made_of_data_are_there_for_every_place(app_context: AppContext, t: Catalog) -> None:
    """A slide that lists pairs has none to list for most countries. A story has a basis of its own."""
    slides, rendered = app_context.dataset.story, []
    for at, selection in enumerate(selections(app_context, BASES[0])):
        kind = "pairs" if at % 4 else ("number", "milestones")[at // 4 % 2]
        kept = [slide for slide in slides if slide.kind == kind][:1]
        assert kept
        query = "&".join(f"{name}={value}" for name, (value,) in selection.filters.chosen)
        rendered += render_story(app_context, f"?{query}", slides=kept)
    deck = Presentation(io.BytesIO(story_file(rendered, t)))
    assert len(deck.slides) == len(rendered) > 100


@pytest.mark.parametrize(
    "query",
    ["country=MDV", "country=SYR", "region=Latin+America+and+the+Caribbean", "state=WY&year=1"],
)
def test_a_story_without_pairs_says_so(client: FlaskClient, query: str) -> None:
    reply = client.get(f"/export/present.pptx?{query}")
    assert reply.status_code == 200
    deck = Presentation(io.BytesIO(reply.data))
    texts = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert "What is chosen leaves no partnership to show here." in texts


@pytest.mark.parametrize("page", ["view", "overview", "barriers", "opportunities"])
@pytest.mark.parametrize("query", ["country=MDV&year=1", "region=Western+Asia&year=9999", "state=WY&basis=documented"])
def test_pages_are_slides_wherever_one_looks(client: FlaskClient, page: str, query: str) -> None:
    assert client.get(f"/export/{page}.pptx?{query}").status_code == 200
