"""The app on the shipped data, made once for all tests of a process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import g
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.charts.look import Look
from dashboard.context import AppContext
from dashboard.dash_app import DashboardApp
from dashboard.filters import parse
from dashboard.page_request import PageRequest
from dashboard.payload import Contents, build_payload
from dashboard.settings import Settings

MOST_MB = 12
PATH, SITE = "/a/ipi/", "https://a.example"
RequestOf = Callable[..., PageRequest]


@pytest.fixture(scope="session")
def app() -> DashboardApp:
    # whatever takes a moment is slow, so that what is logged of it can be read
    return create_app(Settings(slow_ms=1, log_level="info", max_request_mb=MOST_MB))


@pytest.fixture(scope="session")
def below() -> FlaskClient:
    """A browser at a dashboard below a path of its host, whose cards a site may show."""
    client: FlaskClient = create_app(Settings(path=PATH, embed_sites=SITE)).server.test_client()
    return client


@pytest.fixture
def client(app: DashboardApp) -> FlaskClient:
    """A browser that has no cookies."""
    client: FlaskClient = app.server.test_client()
    return client


@pytest.fixture
def in_request(app: DashboardApp, app_context: AppContext) -> Iterator[None]:
    """A request of a browser, on the data of the tests."""
    with app.server.test_request_context("/"):
        g.app_context = app_context
        yield


@pytest.fixture(scope="session")
def request_of(app_context: AppContext) -> RequestOf:
    """The request for what a page shows at an address, without a browser: request_of(overview.CONTENTS, "?year=2000")."""

    def request(contents: Contents, query: str, key: str = "") -> PageRequest:
        selection = parse(query, app_context.choices).selection
        payload = build_payload(app_context, selection.without_year(), Look(), contents, key)
        return PageRequest(app_context, selection, Look(), key, contents, payload, ())

    return request
