"""What was answered before is answered from memory, and not sent again to who has it."""

from __future__ import annotations

import gzip
from typing import Any

import dash
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.http.cache import MOST_ANSWERS, keep_answers
from dashboard.http.compression import compress_replies
from dashboard.settings import Settings
from tests.asking import CALLBACKS, callback_of, choice, question

GZIP = {"Accept-Encoding": "gzip"}


def test_the_same_question_has_the_same_answer(client: FlaskClient) -> None:
    body = question(callback_of(client, page="overview"), choice("?region=Northern+Africa"))
    first, second = client.post(CALLBACKS, json=body), client.post(CALLBACKS, json=body)
    gzipped = client.post(CALLBACKS, json=body, headers=GZIP)
    assert first.data == second.data == gzip.decompress(gzipped.data)
    assert gzipped.headers["Content-Encoding"] == "gzip"
    assert len(gzipped.data) * 4 < len(first.data)
    for encoding in ("br", "zstd"):
        reply = client.post(CALLBACKS, json=body, headers={"Accept-Encoding": encoding})
        assert reply.headers["Content-Encoding"] == encoding


def test_a_document_given_before_is_the_same_and_is_not_sent_again(client: FlaskClient) -> None:
    address, other = "/?region=Western+Asia", "/?region=Southern+Asia"
    first, second = (client.get(address, headers=GZIP) for _ in range(2))
    plain = client.get(address)
    assert first.data == second.data
    assert gzip.decompress(first.data) == plain.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert "Content-Security-Policy" in second.headers
    again = client.get(address, headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    changed = client.get(other, headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_two_servers_make_the_same_document(client: FlaskClient) -> None:
    """So a browser that comes to another worker keeps what it has."""
    again: FlaskClient = create_app(Settings()).server.test_client()
    assert client.get("/").text == again.get("/").text


def test_no_version_is_said(client: FlaskClient) -> None:
    document = client.get("/").text
    assert f'"{dash.__version__}"' not in document
    assert '"python_version":null' in document


class Shown:
    """A server that counts how often it really answers, on data whose version can change."""

    def __init__(self) -> None:
        self.version, self.count = "1", 0
        server = Flask("kept")
        self.cache = keep_answers(server, lambda: self)  # type: ignore[arg-type, return-value]
        compress_replies(server)

        @server.get("/<path:_path>")
        def say(_path: str) -> Response:
            self.count += 1
            reply = Response(f"<p>{self.count}{_path}</p>" * 100, mimetype="text/html")
            if _path == "own":
                reply.headers["Cache-Control"] = "no-store"
            if _path == "cookie":
                reply.set_cookie("seen", "1")
            return reply

        self.client = server.test_client(use_cookies=False)

    @property
    def t(self) -> Any:
        return type("Words", (), {"language": "en"})

    def is_asked_again(self, path: str, headers: dict[str, str] | None = None) -> bool:
        before = self.count
        self.client.get(path, headers=headers)
        return self.count > before


def test_what_decides_an_answer_decides_whether_it_is_repeated() -> None:
    shown = Shown()
    assert shown.is_asked_again("/a")
    assert not shown.is_asked_again("/a")
    assert not shown.is_asked_again("/a", {"Cookie": ""})
    assert shown.is_asked_again("/a", {"Cookie": "look=dark"})
    assert shown.is_asked_again("/a", GZIP)
    assert shown.is_asked_again("/a?b")
    shown.version = "2"
    assert shown.is_asked_again("/a")
    assert not shown.is_asked_again("/a")


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/own", {}),
        ("/cookie", {}),
        ("/a", {"Cookie": "session=x"}),
        ("/a", {"Cookie": "look=dark; session=x"}),
        ("/a", {"Authorization": "Basic x"}),
    ],
)
def test_what_is_one_visitors_own_is_never_kept(path: str, headers: dict[str, str]) -> None:
    shown = Shown()
    assert all(shown.is_asked_again(path, headers) for _ in range(2))


def test_memory_is_bounded_and_the_oldest_goes_first() -> None:
    shown = Shown()
    for number in range(MOST_ANSWERS + 50):
        shown.client.get(f"/{number}")
    assert not shown.is_asked_again(f"/{MOST_ANSWERS + 49}")
    assert shown.is_asked_again("/0")
    assert len(shown.cache.cache._cache) <= MOST_ANSWERS + 1
