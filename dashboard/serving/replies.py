"""Answers to callbacks that were given before: the same question on the same data has the same answer."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, g, request

from dashboard.serving.files import takes_gzip
from dashboard.serving.sending import packed

# outputs whose answer depends on nothing but their inputs and the data
PURE = ("frames.data",)
# a view's answer is some 130 kB, 20 of them gzipped; both are kept
MOST = 64


@dataclass(frozen=True)
class Reply:
    """An answer, plain and gzipped."""

    body: bytes
    gzipped: bytes


class Remembered:
    """The last answers on one state of the data; on another, all are forgotten. Each worker has its own; they hold
    what any worker would compute again."""

    def __init__(self, state: Callable[[], object]) -> None:
        self._state = state
        self._of: object = None
        self._replies: OrderedDict[str, Reply] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Reply | None:
        """The answer to this question, if it was given on the present data."""
        with self._lock:
            if self._of is not self._state() or key not in self._replies:
                return None
            self._replies.move_to_end(key)
            return self._replies[key]

    def put(self, key: str, reply: Reply, *, of: object) -> None:
        """Keeps an answer that was computed on `of`; one on data that is no longer the present is not kept."""
        with self._lock:
            if of is not self._state():
                return
            if self._of is not of:
                self._replies.clear()
                self._of = of
            self._replies[key] = reply
            while len(self._replies) > MOST:
                self._replies.popitem(last=False)


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
        reply = Response(found.gzipped if is_gzipped else found.body, content_type="application/json")
        if is_gzipped:
            reply.headers["Content-Encoding"] = "gzip"
        reply.headers["Vary"] = "Accept-Encoding"
        return reply

    @server.after_request
    def keep(reply: Response) -> Response:
        if "key" in g and "is_remembered" not in g and reply.status_code == 200:
            body = reply.get_data()
            kept = Reply(body, packed(body))
            remembered.put(g.key, kept, of=g.of)
            if takes_gzip(request.headers.get("Accept-Encoding", "")):
                reply.set_data(kept.gzipped)
                reply.headers["Content-Encoding"] = "gzip"
                reply.vary.add("Accept-Encoding")
        return reply
