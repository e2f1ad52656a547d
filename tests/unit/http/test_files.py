"""The addresses of files, asked as a browser asks them."""

from __future__ import annotations

import base64
import io
import json

import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.charts import CHARTS
from dashboard.exports.lists import LISTS
from dashboard.page_list import PageList
from dashboard.pages import overview
from dashboard.strings import languages
from tests.unit.exports.reading import csv_rows, sheets
from tests.unit.exports.test_files import png

BYTES = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("chart", list(CHARTS))
def test_every_chart_in_every_kind(client: FlaskClient, chart: str, kind: str) -> None:
    reply = client.get(f"/export/{chart}.{kind}?region=Western+Asia&year=2005")
    assert reply.status_code == 200
    assert reply.headers["Content-Disposition"] == f'attachment; filename="ipi-{chart}_sci_western-asia_2005.{kind}"'
    assert reply.data.startswith(BYTES[kind])


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", ["barriers.xlsx", "waves.csv", "overview.pptx", "report.docx"])
def test_a_file_of_invented_answers_says_so_in_letters_that_a_header_takes(
    client: FlaskClient, path: str, language: str
) -> None:
    # of a state, of which a report is short
    name = client.get(f"/export/{path}?sample=1&state=TX&lang={language}").headers["Content-Disposition"]
    assert name.isascii() and "_SAMPLE" in name


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", list(LISTS))
def test_every_list_in_every_kind(client: FlaskClient, name: str, kind: str) -> None:
    reply = client.get(f"/export/{name}.{kind}?region=Western+Asia")
    assert reply.status_code == 200
    assert reply.data.startswith(BYTES[kind])


def test_the_selection_is_that_of_the_address(client: FlaskClient) -> None:
    rows = csv_rows(client.get("/export/map.csv?region=Western+Asia&year=2000").data)
    assert sum(int(row["partnerships"]) for row in rows) == 6


def test_a_file_knows_where_its_view_is(client: FlaskClient) -> None:
    about = sheets(client.get("/export/map.xlsx?year=2000&region=western-asia").data)["About"]
    assert ["See it at", "http://localhost/?region=Western+Asia&year=2000"] in about


@pytest.mark.parametrize("before", ["/a/ipi", ""])
def test_so_it_does_below_a_path_and_behind_a_proxy(below: FlaskClient, before: str) -> None:
    about = sheets(below.get(before + "/export/map.xlsx?year=2000", base_url="https://x.org").data)["About"]
    assert ["See it at", "https://x.org/a/ipi/?year=2000"] in about


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/export/pie.csv", "There is no chart “pie”"),
        ("/export/map.pdf", "There are no pdf files"),
        ("/export/view.docx", "map, growth"),
        ("/export/nowhere.pptx", "There is no page “nowhere”"),
        ("/export/programs.pptx", "There is no page “programs” with charts"),
        ("/export/states.pptx", "There is no page “states” with charts"),
        ("/export/map", "no page"),
        ("/export/a/b.csv", "no page"),
        ("/export/%3Cscript%3E.csv", "There is no chart"),
    ],
)
def test_what_is_not_there_is_said_in_plain_words(client: FlaskClient, path: str, said: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert said in reply.text
    assert reply.content_type.startswith("text/plain")


def test_slides_without_and_with_a_picture(client: FlaskClient) -> None:
    plain = Presentation(io.BytesIO(client.get("/export/view.pptx?year=2000").data))
    assert len(plain.slides) == len(overview.CONTENTS.charts)
    assert plain.slides[0].shapes[1].has_chart
    posted = client.post("/export/view.pptx?year=2000", data=png(), content_type="image/png")
    assert posted.headers["Content-Disposition"].endswith('"ipi-view_sci_2000.pptx"')
    pictured = Presentation(io.BytesIO(posted.data))
    assert any(shape.shape_type == 13 for shape in pictured.slides[0].shapes)


@pytest.mark.parametrize(("body", "status"), [(b"no picture", 400), (b"\x89PNG" + b"0" * 9_000_000, 413)])
def test_a_bad_picture_is_refused_in_plain_words(client: FlaskClient, body: bytes, status: int) -> None:
    reply = client.post("/export/view.pptx", data=body, content_type="image/png")
    assert reply.status_code == status
    assert "picture" in reply.text.lower()


def test_sources_of_a_page(client: FlaskClient) -> None:
    found = client.get("/export/view.sources.json").json
    assert found and {"title", "address"} == set(found[0])


def test_a_page_whose_path_goes_on_has_its_charts_there(client: FlaskClient) -> None:
    reply = client.get("/export/states.pptx?of=TX")
    assert reply.status_code == 200
    assert len(Presentation(io.BytesIO(reply.data)).slides) == 1


def test_a_shortlist_is_made_and_a_bad_one_is_refused(client: FlaskClient) -> None:
    for body, status in ((b"no json", 400), (b"[]" * 500_000, 413)):
        reply = client.post("/export/shortlist.xlsx", data=body, content_type="application/json")
        assert (reply.status_code, reply.mimetype) == (status, "text/plain")


def test_the_story_and_collected_views_as_slides(client: FlaskClient) -> None:
    story = Presentation(io.BytesIO(client.get("/export/present.pptx").data))
    assert len(story.slides) > 3
    view = {"chart": "growth", "view": "?region=Western+Asia", "title": "Ours", "notes": "{said}"}
    body = {
        "years": {"1": 2000},
        "pictures": {"1": base64.b64encode(png()).decode()},
        "views": [view, {"chart": []}, 7],
    }
    reply = client.post("/_stage/views.pptx", data=json.dumps(body))
    assert reply.status_code == 200
    assert len(Presentation(io.BytesIO(reply.data)).slides) == 1


@pytest.mark.parametrize(
    "body", ["no json", "[]", '{"pictures": {"1": "x"}}', '{"years": {"a": 1}}', '{"views": []}', ""]
)
def test_what_is_no_story_is_refused(client: FlaskClient, body: str) -> None:
    reply = client.post("/_stage/views.pptx", data=body)
    assert (reply.status_code, reply.mimetype) == (400, "text/plain")


def test_pages_are_known_by_their_charts(client: FlaskClient) -> None:
    pages = PageList()
    assert tuple(pages.charts("overview", "")) == overview.CONTENTS.charts
    assert pages.charts("nowhere", "") == ()
    assert pages.path("map") == "/"
