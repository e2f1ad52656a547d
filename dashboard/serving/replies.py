"""Answers to callbacks that were given before: the same question on the same data has the same answer."""

from __future__ import annotations

import gzip
import json
import threading
from collections import OrderedDict
from collections.abc import Callable

from flask import Flask, Response, g, request

from dashboard.serving.files import takes_gzip
from dashboard.serving.sending import packed_quickly

# outputs whose answer depends on nothing but their inputs and the data
PURE = ("frames.data",)
# of answers as they are kept: gzipped, some 20 kB each on the shipped data, so four hundred of them
MOST_BYTES = 8_000_000


class Remembered:
    """The last answers, gzipped, on one state of the data; on another, all are forgotten. Each worker has its own; they
    hold what any worker would compute again."""

    def __init__(self, state: Callable[[], object]) -> None:
        self._state = state
        self._of: object = None
        self._replies: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """The answer to this question, if it was given on the present data."""
        with self._lock:
            if self._of is not self._state() or key not in self._replies:
                return None
            self._replies.move_to_end(key)
            return self._replies[key]

    def put(self, key: str, reply: bytes, *, of: object) -> None:
        """Keeps an answer that was computed on `of`; one on data that is no longer the present is not kept."""
        with self._lock:
            if of is not self._state():
                return
            if self._of is not of:
                self._replies.clear()
                self._of, self._bytes = of, 0
            self._bytes += len(reply) - len(self._replies.pop(key, b""))
            self._replies[key] = reply
            while self._bytes > MOST_BYTES:
                self._bytes -= len(self._replies.popitem(last=False)[1])


def remember_replies(server: Flask, state: Callable[[], object]) -> None:
    """Answers from memory where it can; `state` gives the present data, of which only the identity counts. Has to be
    registered after what refuses requests and before what compresses replies."""
    remembered = Remembered(state)

    @server.before_request
    def answer() -> Response | None:
        if "callback" not in g or g.callback[0] not in PURE:
            return None
        g.key, g.of = json.dumps(g.callback), state()
        found = remembered.get(g.key)
        if found is None:
            return None
        g.is_remembered = True
        is_gzipped = takes_gzip(request.headers.get("Accept-Encoding", ""))
        reply = Response(found if is_gzipped else gzip.decompress(found), content_type="application/json")
        if is_gzipped:
            reply.headers["Content-Encoding"] = "gzip"
        reply.headers["Vary"] = "Accept-Encoding"
        return reply

    @server.after_request
    def keep(reply: Response) -> Response:
        if "key" in g and "is_remembered" not in g and reply.status_code == 200:
            kept = packed_quickly(reply.get_data())
            remembered.put(g.key, kept, of=g.of)
            if takes_gzip(request.headers.get("Accept-Encoding", "")):
                reply.set_data(kept)
                reply.headers["Content-Encoding"] = "gzip"
                reply.vary.add("Accept-Encoding")
        return reply
