"""The app on the shipped data, made once for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import g
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.context import House
from dashboard.dash_app import DashboardApp
from dashboard.settings import Settings

MOST_MB = 12


@pytest.fixture(scope="session")
def app() -> DashboardApp:
    # whatever takes a moment is slow, so that what is logged of it can be read
    return create_app(Settings(slow_ms=1, log_level="info", max_request_mb=MOST_MB))


@pytest.fixture
def client(app: DashboardApp) -> FlaskClient:
    """A browser that has no cookies."""
    client: FlaskClient = app.server.test_client()
    return client


@pytest.fixture
def in_request(app: DashboardApp, house: House) -> Iterator[None]:
    """A request of a browser, on the data of the tests."""
    with app.server.test_request_context("/"):
        g.house = house
        yield
