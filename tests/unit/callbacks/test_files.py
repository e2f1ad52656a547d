"""The addresses of files, asked as a browser asks them."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard import create_app
from dashboard.charts import CHARTS
from dashboard.frames import OVERVIEW
from dashboard.settings import Settings
from tests.unit.exports.reading import csv_rows, sheets
from tests.unit.exports.test_files import png

BYTES = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    client: FlaskClient = create_app(Settings()).server.test_client()
    return client


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("chart", list(CHARTS))
def test_every_chart_in_every_kind(client: FlaskClient, chart: str, kind: str) -> None:
    reply = client.get(f"/export/{chart}.{kind}?region=Western+Asia&year=2005")
    assert reply.status_code == 200
    assert reply.headers["Content-Disposition"] == f'attachment; filename="ipi-{chart}_sci_western-asia_2005.{kind}"'
    assert reply.data.startswith(BYTES[kind])


def test_the_selection_is_that_of_the_address(client: FlaskClient) -> None:
    rows = csv_rows(client.get("/export/map.csv?region=Western+Asia&year=2000").data)
    assert sum(int(row["partnerships"]) for row in rows) == 6


def test_a_file_knows_where_its_view_is(client: FlaskClient) -> None:
    about = sheets(client.get("/export/map.xlsx?year=2000&region=western-asia").data)["About"]
    assert ["See it at", "http://localhost/?region=Western+Asia&year=2000"] in about


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
    assert len(plain.slides) == len(OVERVIEW.charts)
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
