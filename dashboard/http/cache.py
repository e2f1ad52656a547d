"""Documents and answers that were given before, kept by Flask-Caching: the same question on the same data has the same
answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, g, request
from flask_caching import Cache

from dashboard.context import AppContext
from dashboard.http.limits import CALLBACKS

# the only cookies that answers depend on; whoever has another, as one of a sign-in, is answered anew
OPEN_COOKIES = frozenset({"look", "lang"})
# what pages ask every second while somebody works on the code (tools/dev.py)
ASKED_ANEW = "/_reload-hash"
# forms of the public: each has a mark of its own, and what was typed is nobody else's
FORMS = "/tell/"
KINDS = ("text/html", "application/json")
# Each worker keeps so many answers, some 20 kB each on the shipped data, so 8 MB; none larger than this, so 40 at most
MOST_ANSWERS = 400
MOST_BYTES = 100_000
LONGEST_QUESTION = 20_000
# a timeout is set, because the library drops all answers without one at once when there are too many
A_DAY = 24 * 3600
ASK_AGAIN = "no-cache"


@dataclass(frozen=True)
class Answer:
    """A reply as it was sent: body, kind, how the body is compressed ("": not), and the mark by which a browser asks
    whether it changed ("": it does not ask)."""

    body: bytes
    kind: str
    encoding: str
    etag: str


def keep_answers(server: Flask, current_context: Callable[[], AppContext]) -> Cache:
    """Answers from memory where it can. Has to be registered after what refuses requests and before what compresses
    replies, so that answers are kept compressed."""
    cache = Cache(
        server,
        config={"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": MOST_ANSWERS, "CACHE_DEFAULT_TIMEOUT": A_DAY},
    )

    @server.before_request
    def repeat() -> Response | None:
        g.question = question_of_request(current_context()) if _may_be_kept() else ""
        found = cache.get(g.question) if g.question else None
        g.is_repeated = isinstance(found, Answer)
        return _reply(found, Response()) if isinstance(found, Answer) else None

    @server.after_request
    def keep(reply: Response) -> Response:
        if not g.get("question") or g.is_repeated or not _is_worth_keeping(reply):
            return reply
        body = reply.get_data()
        if len(body) > MOST_BYTES:
            return reply
        etag = hashlib.sha256(body).hexdigest()[:16] if request.method == "GET" else ""
        answer = Answer(body, reply.content_type, reply.headers.get("Content-Encoding", ""), etag)
        cache.set(g.question, answer)
        return _reply(answer, reply)

    return cache


def question_of_request(context: AppContext) -> str:
    """What the request asks for: the version of the data, the language, the address, the body, and of the browser what
    answers depend on."""
    parts = [
        context.version,
        context.t.language,
        request.method,
        # with the host, because the previews of links in documents name whole addresses
        request.host_url,
        request.full_path,
        request.cookies.get("look", ""),
        request.headers.get("Accept-Encoding", ""),
    ]
    digest = hashlib.sha256("\n".join(parts).encode())
    if request.method == "POST":
        digest.update(request.get_data())
    return digest.hexdigest()


def _may_be_kept() -> bool:
    """Whether nothing but the address, the body and the data decides the answer."""
    if not OPEN_COOKIES.issuperset(request.cookies) or "Authorization" in request.headers:
        return False
    if request.path.startswith(FORMS):
        return False
    if request.method == "POST":
        return request.path == CALLBACKS and (request.content_length or 0) <= LONGEST_QUESTION
    return request.method == "GET" and request.path != ASKED_ANEW and len(request.full_path) <= LONGEST_QUESTION


def _is_worth_keeping(reply: Response) -> bool:
    return (
        reply.status_code == 200
        and reply.mimetype in KINDS
        and not reply.is_streamed
        and "Set-Cookie" not in reply.headers
        and reply.headers.get("Cache-Control", ASK_AGAIN) == ASK_AGAIN
        and "Content-Disposition" not in reply.headers
    )


def _reply(answer: Answer, reply: Response) -> Response:
    """A reply with what is kept: nothing where the browser has it."""
    reply.set_data(answer.body)
    reply.content_type = answer.kind
    reply.vary.add("Accept-Encoding")
    if answer.encoding:
        reply.headers["Content-Encoding"] = answer.encoding
    if answer.etag:
        reply.set_etag(answer.etag)
        reply.headers["Cache-Control"] = ASK_AGAIN
        reply.make_conditional(request)
    return reply
