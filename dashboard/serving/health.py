"""Whether it lives and whether it is ready, for whoever watches it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask, Response, jsonify


def tell_health(server: Flask, detail: Callable[[], Mapping[str, object]]) -> None:
    """`/health/live`: a worker answers. `/health`: the data is loaded too, and which; 503 where it is not."""

    @server.get("/health/live")
    def live() -> Response:
        return jsonify(status="live")

    @server.get("/health")
    def ready() -> tuple[Response, int]:
        found = detail()
        return jsonify(status="ready" if found else "loading", **found), 200 if found else 503

    @server.after_request
    def never_kept(reply: Response) -> Response:
        if reply.headers.get("Content-Type") == "application/json":
            reply.headers.setdefault("Cache-Control", "no-store")
        return reply
