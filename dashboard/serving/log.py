"""The log: one JSON object a line on the error output, each with the id of its request."""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

ID_HEADER = "X-Request-ID"
# an id that a proxy gave is kept where it is one; anything else could forge lines
ID = re.compile(r"[\w.:-]{1,64}")
LONGEST = 500
OURS = logging.getLogger("dashboard")


class AsJson(logging.Formatter):
    """time, level, message, where there is one the request's id, and what the record was given as `facts`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        if has_request_context():
            line |= {"request": g.get("request_id"), "path": request.path[:LONGEST]}
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def write_log(server: Flask, *, level: str, slow_ms: int) -> None:
    """Every reply with its id; a line for each at "info", for slow ones with what was selected at "warning". What the
    rest of the house has to say goes the same way."""
    handler = logging.StreamHandler()
    handler.setFormatter(AsJson())
    server.logger.handlers[:] = [handler]
    server.logger.propagate = False
    server.logger.setLevel(level.upper())
    OURS.handlers[:] = [handler]

    @server.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        given = request.headers.get(ID_HEADER, "")
        g.request_id = given if ID.fullmatch(given) else uuid.uuid4().hex[:16]

    @server.after_request
    def end(reply: Response) -> Response:
        if "began" not in g:
            return reply
        reply.headers[ID_HEADER] = g.request_id
        took = round((time.perf_counter() - g.began) * 1000, 1)
        is_slow = took >= slow_ms
        if is_slow or server.logger.isEnabledFor(logging.INFO):
            facts: dict[str, object] = {"method": request.method, "status": reply.status_code, "ms": took}
            if "callback" in g:
                output, values = g.callback
                facts |= {"output": output, "asked": json.dumps(values, ensure_ascii=False)[:LONGEST]}
            elif request.query_string:
                facts["query"] = request.query_string.decode("utf-8", "replace")[:LONGEST]
            server.logger.log(
                logging.WARNING if is_slow else logging.INFO, "slow" if is_slow else "request", extra={"facts": facts}
            )
        return reply
