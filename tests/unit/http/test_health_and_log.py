"""Whether the server is well, what robots may read, what is logged."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from dashboard.dash_app import DashboardApp
from dashboard.http.log import RequestFormatter
from tests.asking import CALLBACKS, callback_of, choice, question


def test_health_says_which_data(client: FlaskClient, app: DashboardApp) -> None:
    found = client.get("/health")
    app_context = app.server.extensions["data"].current
    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "no-store"
    assert found.json == {
        "status": "ready",
        "version": app_context.version,
        "database": app.server.extensions["data"].label,
        "is_stale": False,
        "detail": "",
        "collected": app_context.dataset.about.collected.isoformat(),
        "partnerships": len(app_context.dataset.partnerships),
        "countries": len(app_context.dataset.countries),
        "waves": len(app_context.dataset.survey.waves),
    }
    assert client.get("/health/live").json == {"status": "live"}


def test_robots_and_icon_are_answered(client: FlaskClient) -> None:
    robots, icon = client.get("/robots.txt"), client.get("/favicon.ico")
    assert (robots.status_code, robots.mimetype) == (200, "text/plain")
    assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")
    assert "Disallow: /export/" in robots.text
    assert "Disallow: /\n" not in robots.text, "pages may be found"


@pytest.fixture
def lines(app: DashboardApp) -> Iterator[list[dict[str, object]]]:
    found: list[dict[str, object]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(RequestFormatter().format(record)))

    handler = Keep()
    app.server.logger.addHandler(handler)
    yield found
    app.server.logger.removeHandler(handler)


def test_a_slow_callback_is_logged_with_what_was_selected(client: FlaskClient, lines: list[dict[str, object]]) -> None:
    # what no other test asks, for an answer that is kept is not slow
    body = question(callback_of(client, page="overview"), choice("?region=Southern+Asia&state=OH&basis=documented"))
    reply = client.post(CALLBACKS, json=body, headers={"X-Request-ID": "abc-1"})
    line = next(line for line in lines if line["message"] == "slow" and line["path"] == CALLBACKS)
    assert reply.headers["X-Request-ID"] == line["request"] == "abc-1"
    assert "Southern+Asia" in str(line["asked"])
    assert (line["level"], line["status"], line["path"]) == ("warning", 200, CALLBACKS)
    assert {"time", "ms", "method", "output"} <= set(line)


def test_a_failure_is_logged_with_its_trace(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient, lines: list[dict[str, object]]
) -> None:
    monkeypatch.setattr("dashboard.application.current_context", lambda: 1 / 0)
    client.get("/nowhere")
    line = next(line for line in lines if line["message"] == "failed")
    assert "ZeroDivisionError" in str(line["trace"])
    assert line["level"] == "error"


def test_an_id_that_could_forge_lines_is_not_taken(client: FlaskClient) -> None:
    assert client.get("/health", headers={"X-Request-ID": 'a" b'}).headers["X-Request-ID"] != 'a" b'
