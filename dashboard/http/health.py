"""Whether it lives and whether it is ready, for whoever watches it."""

from __future__ import annotations

from flask import Flask, Response, jsonify

from dashboard.context import AppContext
from dashboard.store.reload import DataReloader


def answer_health(server: Flask, data: DataReloader[AppContext]) -> None:
    """`/health/live`: a worker answers. `/health`: the data is loaded too, and which."""

    @server.get("/health/live")
    def is_alive() -> Response:
        return _not_kept(jsonify(status="live"))

    @server.get("/health")
    def is_ready() -> Response:
        return _not_kept(jsonify(status="ready", **state_of_data(data)))


def state_of_data(data: DataReloader[AppContext]) -> dict[str, object]:
    """Of the data its version, where it comes from, counts, the day it was collected; and whether there is newer data
    that is bad, or the database is away, with what is wrong."""
    state = data.state
    dataset = state.shown.dataset
    return {
        "version": state.version,
        "database": data.label,
        "is_stale": bool(state.trouble),
        "detail": state.trouble,
        "collected": dataset.about.collected.isoformat(),
        "partnerships": len(dataset.partnerships),
        "countries": len(dataset.countries),
        "waves": len(dataset.survey.waves),
    }


def _not_kept(reply: Response) -> Response:
    reply.headers["Cache-Control"] = "no-store"
    return reply
