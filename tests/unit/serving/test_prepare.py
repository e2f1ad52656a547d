"""Headers, health, the log and what is remembered."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.index import Site
from dashboard.serving.headers import Framing, add_headers
from dashboard.serving.log import AsJson
from dashboard.serving.replies import MOST_BYTES, Kept, Remembered
from dashboard.settings import Settings
from tests.unit.serving.test_guard import PATH, body_of


@pytest.fixture(scope="module")
def site() -> Site:
    return create_app(Settings(slow_ms=1, log_level="info"))


@pytest.fixture
def client(site: Site) -> FlaskClient:
    client: FlaskClient = site.server.test_client()
    return client


@pytest.mark.parametrize("path", ["/", "/health", "/nowhere", "/assets/map/world.json", "/_dash-layout"])
def test_every_reply_has_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Request-ID"]
    assert not {"X-Powered-By", "Server-Timing"} & set(headers.keys())


def test_only_named_sites_frame_only_what_is_below_a_path() -> None:
    server = Flask("framing")
    add_headers(server, [Framing("/embed/", ("https://a.example",))])
    client = server.test_client()
    inside, outside = client.get("/embed/map").headers, client.get("/embedded").headers
    assert "frame-ancestors https://a.example" in inside["Content-Security-Policy"]
    assert "X-Frame-Options" not in inside
    assert "frame-ancestors 'none'" in outside["Content-Security-Policy"]
    assert outside["X-Frame-Options"] == "DENY"


def test_robots_and_icon_are_answered(client: FlaskClient) -> None:
    robots, icon = client.get("/robots.txt"), client.get("/favicon.ico")
    assert (robots.status_code, robots.mimetype, icon.status_code, icon.mimetype) == (
        200,
        "text/plain",
        200,
        "image/svg+xml",
    )
    assert "Disallow: /export/" in robots.text
    assert "Disallow: /\n" not in robots.text, "pages may be found"
    assert icon.text.startswith("<svg")


def test_health_says_which_data(client: FlaskClient, site: Site) -> None:
    found = client.get("/health")
    assert found.status_code == 200
    assert found.json is not None
    assert found.json["status"] == "ready"
    assert found.json["partnerships"] == len(site.house.dataset.partnerships)
    assert client.get("/health/live").json == {"status": "live"}


@pytest.fixture
def lines(site: Site) -> Iterator[list[dict[str, object]]]:
    found: list[dict[str, object]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(AsJson().format(record)))

    handler = Keep()
    site.server.logger.addHandler(handler)
    yield found
    site.server.logger.removeHandler(handler)


def test_a_slow_callback_is_logged_with_what_was_selected(
    client: FlaskClient, site: Site, lines: list[dict[str, object]]
) -> None:
    body = body_of(site, "frames.data", "/?region=Southern+Asia")
    reply = client.post(PATH, json=body, headers={"X-Request-ID": "abc-1"})
    line = next(line for line in lines if line["message"] == "slow")
    assert reply.headers["X-Request-ID"] == line["request"] == "abc-1"
    assert "Southern+Asia" in str(line["asked"])
    assert line["level"] == "warning"


def test_an_id_that_could_forge_lines_is_not_taken(client: FlaskClient) -> None:
    assert client.get("/health", headers={"X-Request-ID": 'a" b'}).headers["X-Request-ID"] != 'a" b'


def test_the_same_question_has_the_same_answer(client: FlaskClient, site: Site) -> None:
    body = body_of(site, "frames.data", "/?region=Northern+Africa")
    first, second = client.post(PATH, json=body), client.post(PATH, json=body)
    gzipped = client.post(PATH, json=body, headers={"Accept-Encoding": "gzip"})
    assert first.data == second.data
    assert gzipped.headers["Content-Encoding"] == "gzip"
    assert len(gzipped.data) * 4 < len(first.data)


def test_other_data_forgets_and_memory_is_bounded() -> None:
    state: list[object] = [object()]
    remembered = Remembered(lambda: state[0])
    reply = Kept(b"1" * (MOST_BYTES // 4), "application/json")
    for key in "abcde":
        remembered.put(key, reply, of=state[0])
    assert remembered.get("a") is None
    assert remembered.get("b") is reply
    before = state[0]
    state[0] = object()
    assert remembered.get("b") is None
    remembered.put("late", reply, of=before)
    assert remembered.get("late") is None


def test_a_document_given_before_is_the_same_and_is_not_sent_again(client: FlaskClient) -> None:
    first, second = (client.get("/about", headers={"Accept-Encoding": "gzip"}) for _ in range(2))
    plain, other = client.get("/about"), client.get("/about?region=Western+Asia")
    assert first.data == second.data
    assert gzip.decompress(first.data) == plain.data != other.data
    assert first.headers["ETag"] == second.headers["ETag"] == plain.headers["ETag"] != other.headers["ETag"]
    assert "Content-Security-Policy" in second.headers
    again = client.get("/about", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
