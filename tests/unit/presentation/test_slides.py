"""The story as PowerPoint, read back by the library of another house: every slide, its numbers, notes and sources."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.__main__ import main
from dashboard.charts import CHARTS, View
from dashboard.components.stage import slides_markup
from dashboard.context import AppContext
from dashboard.dataset import load
from dashboard.dataset.story import Slide, in_english
from dashboard.exports.as_story import story_file
from dashboard.filters import parse
from dashboard.presentation.render import render_story
from dashboard.presentation.slides import slide_texts, stage_view
from dashboard.strings import Catalog
from tests.unit.exports.reading import charts_of, series, slides, texts
from tests.unit.exports.test_files import png

PICTURE = 13
LOOKS = {"growth": "chart", "map": "chart", "countries": "chart", "barriers": "text"}


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def test_every_slide_of_the_shipped_story(app_context: AppContext, t: Catalog, view_of: Callable[[str], View]) -> None:
    story, rendered = app_context.dataset.story, render_story(app_context, "")
    deck = Presentation(io.BytesIO(story_file(rendered, t)))
    made = list(deck.slides)
    assert len(made) == len(story) == 16
    for at, (slide, told, each) in enumerate(zip(made, rendered, story, strict=True), 1):
        said = texts(slide)
        headline = told.bundle.headline if told.bundle else told.headline
        assert slide.shapes.title.text_frame.text == headline != "", at
        assert "{" not in said and "**" not in said, at
        assert "Source" in said, at
        assert notes(slide).startswith(told.notes) and told.notes, at
        assert all(source.title in notes(slide) for source in told.sources) and told.sources, at
        if each.chart:
            assert bool(charts_of(slide)) is (LOOKS[each.chart] == "chart"), at
        for text in (*(part for entry in told.entries for part in entry), told.number, told.words):
            assert text.replace("**", "") in said, (at, text)
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width, (at, shape.name)
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height, (at, shape.name)
    # native charts hold the numbers of the page
    growth = CHARTS["growth"]
    table = growth.table(view_of(""))
    table = table[table["year"] == 2007]
    drawn = series(charts_of(made[2])[0])
    assert sum(values[-1] for values in drawn.values()) == sum(table["upper"]) == 94
    assert "Terrorism" in texts(made[3]) and "94" in texts(made[4])
    squares = [shape for shape in made[4].shapes if shape.shape_type == 6]
    assert [len(group.shapes) for group in squares] == [94]
    # a map without a browser says so
    assert t("talk.no_picture") in texts(made[5])
    assert sum(sum(values) for chart in charts_of(made[5]) for values in series(chart).values()) == 94


def test_region_years_and_the_picture_of_the_map(client: FlaskClient, t: Catalog) -> None:
    picture = base64.b64encode(png()).decode()
    body = {"years": {"5": 2000, "6": 1066}, "pictures": {"3": picture, "6": picture}}
    reply = client.post("/export/present.pptx?region=Western+Asia", json=body)
    assert reply.headers["Content-Disposition"] == 'attachment; filename="ipi-story_sci_western-asia.pptx"'
    made = slides(reply.data)
    assert "6" in texts(made[4]).split("\n") and "2000" in texts(made[4])
    assert all("Shown: Western Asia." in texts(made[at]) for at in (2, 4, 5, 6, 7))
    (shown,) = [shape for shape in made[5].shapes if shape.shape_type == PICTURE]
    assert shown.image.blob == png()
    # only a map is a picture: whatever PowerPoint can draw can be edited
    assert charts_of(made[2]) and not [shape for shape in made[2].shapes if shape.shape_type == PICTURE]
    assert "2007" in texts(made[5]) and t("talk.no_picture") not in texts(made[5])
    plain = client.get("/export/present.pptx")
    assert len(slides(plain.data)) == 16


@pytest.mark.parametrize(
    "body",
    ["[]", "no json", "[" * 100_000, '{"years": 3}', '{"years": {"a": 1}}', '{"views": 7}',
     '{"pictures": {"6": "no base64"}}', '{"pictures": {"6": "R0lGODlh"}}'],
)  # fmt: skip
def test_what_no_page_sends_is_refused_in_plain_words(client: FlaskClient, t: Catalog, body: str) -> None:
    for address, said in (("/export/present.pptx", "talk.bad"), ("/_stage/views.pptx", "story.none")):
        reply = client.post(address, data=body, content_type="application/json")
        assert (reply.status_code, reply.text.strip()) == (400, t(said)), (address, body[:20])


def test_collected_views_keep_their_titles_and_say_sample(client: FlaskClient) -> None:
    views = [
        {"chart": "growth", "view": "?year=1990", "title": "Up to {1990} =1+1", "notes": "First\nsecond"},
        {"chart": "barriers", "view": "?sample=1", "title": "What hinders"},
        {"chart": "pie", "view": ""},
        "nothing",
    ]
    made = slides(client.post("/_stage/views.pptx", data=json.dumps({"views": views})).data)
    assert [slide.shapes.title.text_frame.text for slide in made] == ["Up to {1990} =1+1", "SAMPLE: What hinders"]
    assert notes(made[0]).startswith("First")
    assert charts_of(made[0]) and "SAMPLE" in texts(made[1]) and "SAMPLE" in notes(made[1])


def test_every_kind_of_chart_can_be_a_slide(app_context: AppContext, t: Catalog) -> None:
    """In sample views and in empty ones, as the stage shows them."""
    shown = [
        Slide(id=f"{chart}{query}", kind="chart", chart=chart, view=query, headline="A {partnerships}")
        for chart in CHARTS
        for query in ("", "?sample=1", "?sample=1&region=Central+Asia&state=DC", "?country=MDV")
    ]
    for slide, each in zip(slides(story_file(render_story(app_context, "", slides=shown), t)), shown, strict=True):
        assert "A " in slide.shapes.title.text_frame.text
        is_sample = CHARTS[each.chart].is_sample(app_context.view(_selection(each.view, app_context)))
        assert ("SAMPLE" in texts(slide)) is is_sample, each.id


def _selection(query: str, app_context: AppContext) -> Any:
    from dashboard.filters import parse

    return parse(query, app_context.choices).selection


def test_the_command_writes_the_story_and_overwrites_nothing(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "talk.pptx"
    assert main(["story-pptx", str(into), "--url", "?region=Western+Asia"]) == 0
    assert "16 slides" in capsys.readouterr().out
    assert "26" in texts(slides(into.read_bytes())[4])
    before = into.read_bytes()
    assert main(["story-pptx", str(into)]) == 1
    assert "already" in capsys.readouterr().err
    assert into.read_bytes() == before
    assert main(["story-pptx", str(tmp_path / "talk.ppt")]) == 1
    assert ".pptx" in capsys.readouterr().err
    assert main(["story-pptx", str(tmp_path / "no" / "talk.pptx")]) == 1
    assert "could not be written" in capsys.readouterr().err
    (folder / "story.toml").unlink()
    assert main(["story-pptx", str(tmp_path / "none.pptx"), "--data", str(folder)]) == 1
    assert "no story" in capsys.readouterr().err
    assert load(folder).story == ()


def test_what_nobody_has_translated_is_marked_on_the_stage(app_context: AppContext) -> None:
    french = app_context.in_language("fr")
    assert 'lang="en"' not in slides_markup(french)
    assert slide_texts_of(french)["slide.notes_lang"] == "fr"
    untold = replace(french, dataset=replace(french.dataset, story=in_english(app_context.dataset.story)))
    found = slides_markup(untold)
    assert '<h2 data-said="slide.headline" lang="en" dir="ltr"></h2>' in found
    assert '.text" lang="en" dir="ltr"></span>' in found
    # the headline that a chart has by itself is French
    assert '<h2 data-said="slide.headline"></h2>' in found
    assert slide_texts_of(untold)["slide.notes_lang"] == "en"


def slide_texts_of(context: AppContext) -> Mapping[str, Any]:
    """The texts of the first slide."""
    first = context.dataset.story[0]
    return slide_texts(first, stage_view(context, parse(first.view, context.choices).selection), context)
