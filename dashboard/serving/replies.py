"""Answers and documents that were given before: the same question on the same data has the same answer."""

from __future__ import annotations

import gzip
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, g, request

from dashboard.serving.files import ASK_AGAIN, fingerprint, takes_gzip
from dashboard.serving.sending import packed, packed_quickly

# outputs whose answer depends on nothing but their inputs and the data
PURE = ("frames.data",)
# documents depend on their address and the data alone
DOCUMENT = "text/html"
# of answers as they are kept: gzipped, some 20 kB each on the shipped data, so four hundred of them
MOST_BYTES = 8_000_000


@dataclass(frozen=True)
class Kept:
    """A reply's body, gzipped, its kind, and the mark by which a browser asks whether it changed ("": it does not)."""

    body: bytes
    kind: str
    etag: str = ""


class Remembered:
    """The last answers on one state of the data; on another, all are forgotten. Each worker has its own; they hold
    what any worker would compute again."""

    def __init__(self, state: Callable[[], object]) -> None:
        self._state = state
        self._of: object = None
        self._replies: OrderedDict[str, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> Kept | None:
        """The answer to this question, if it was given on the present data."""
        with self._lock:
            if self._of is not self._state() or key not in self._replies:
                return None
            self._replies.move_to_end(key)
            return self._replies[key]

    def put(self, key: str, reply: Kept, *, of: object) -> None:
        """Keeps an answer that was computed on `of`; one on data that is no longer the present is not kept."""
        with self._lock:
            if of is not self._state():
                return
            if self._of is not of:
                self._replies.clear()
                self._of, self._bytes = of, 0
            before = self._replies.pop(key, None)
            self._bytes += len(reply.body) - (len(before.body) if before else 0)
            self._replies[key] = reply
            while self._bytes > MOST_BYTES:
                self._bytes -= len(self._replies.popitem(last=False)[1].body)


def remember_replies(server: Flask, state: Callable[[], object]) -> None:
    """Answers from memory where it can; `state` gives the present data, of which only the identity counts. Has to be
    registered after what refuses requests and before what compresses replies."""
    remembered = Remembered(state)

    @server.before_request
    def answer() -> Response | None:
        key = _key()
        if not key:
            return None
        g.key, g.of = key, state()
        found = remembered.get(key)
        if found is None:
            return None
        g.is_remembered = True
        return _filled(Response(content_type=found.kind), found)

    @server.after_request
    def keep(reply: Response) -> Response:
        is_document = reply.mimetype == DOCUMENT
        if "key" not in g or "is_remembered" in g or reply.status_code != 200 or is_document != g.key.startswith("/"):
            return reply
        body = reply.get_data()
        etag = f'"{fingerprint(body)}"' if is_document else ""
        # a document is sent more often than it is made
        kept = Kept((packed if is_document else packed_quickly)(body), reply.content_type, etag)
        remembered.put(g.key, kept, of=g.of)
        return _filled(reply, kept)


def _key() -> str:
    """What the request asks, where its answer may be remembered; "" elsewhere."""
    if request.method == "GET":
        return request.full_path
    return json.dumps(g.callback) if "callback" in g and g.callback[0] in PURE else ""


def _filled(reply: Response, kept: Kept) -> Response:
    """The reply with what was kept, as its browser takes it: nothing where it has it."""
    is_gzipped = takes_gzip(request.headers.get("Accept-Encoding", ""))
    reply.set_data(kept.body if is_gzipped else gzip.decompress(kept.body))
    if is_gzipped:
        reply.headers["Content-Encoding"] = "gzip"
    reply.headers["Vary"] = "Accept-Encoding"
    if kept.etag:
        reply.headers["ETag"] = kept.etag
        reply.headers["Cache-Control"] = ASK_AGAIN
        reply.make_conditional(request)
    return reply
