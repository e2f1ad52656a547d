"""The log: one JSON object a line on the error output, each with the id of its request."""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from pythonjsonlogger.json import JsonFormatter

ID_HEADER = "X-Request-ID"
# an id from a proxy is kept where it looks like this; anything else could forge lines of the log
ID = re.compile(r"[\w.:-]{1,64}")
LONGEST = 500
OURS = logging.getLogger("dashboard")


class RequestFormatter(JsonFormatter):
    """time, level, message; where there is one the request's id and path; what the record was given as `extra`; the
    trace of an error."""

    def __init__(self) -> None:
        super().__init__(["message"], rename_fields={"exc_info": "trace"}, timestamp="time", json_ensure_ascii=False)

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        """The fields of one line."""
        log_data["level"] = record.levelname.lower()
        super().add_fields(log_data, record, message_dict)
        if has_request_context():
            log_data.update(request=g.get("request_id"), path=request.path[:LONGEST])


def write_log(server: Flask, *, level: str, slow_ms: int) -> None:
    """Every reply with its id; a line for each at "info", for slow ones with what was selected at "warning". What
    other modules of ours have to say goes the same way."""
    handler = logging.StreamHandler()
    handler.setFormatter(RequestFormatter())
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
                logging.WARNING if is_slow else logging.INFO, "slow" if is_slow else "request", extra=facts
            )
        return reply
