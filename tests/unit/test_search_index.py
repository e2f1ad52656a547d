"""The index of the search box: complete, small, and with the spellings people know."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from dashboard.components.header import NAVIGATION
from dashboard.context import AppContext
from dashboard.page_list import PageList
from dashboard.search_index import ADDRESSES

MOST_BYTES, MOST_BYTES_SENT = 250_000, 80_000
Rows = dict[str, list[list[str]]]


@pytest.fixture
def index(client: FlaskClient) -> Rows:
    """By kind the rows of what a browser gets."""
    found: Rows = client.get("/search-index.json").json["entries"]  # type: ignore[index]
    return found


def test_everything_that_can_be_found_is_in_it(index: Rows, app_context: AppContext) -> None:
    tables = app_context.dataset.tables
    assert {kind: len(rows) for kind, rows in index.items()} == {
        "page": len(NAVIGATION),
        "country": len(app_context.dataset.countries),
        "state": len(tables["us_states"]),
        "partnership": int((tables["partnerships"]["us_community"] != "").sum()),
        "program": len(tables["programs"]),
        "city": len(tables["partner_cities"]),
        "us_city": len(tables["us_cities"]),
    }


def test_every_address_is_a_page(client: FlaskClient, index: Rows, app_context: AppContext) -> None:
    pages = PageList()
    for kind, rows in index.items():
        for row in rows:
            path = ADDRESSES[kind].format(id=row[0]).partition("?")[0].partition("#")[0]
            assert pages.has(app_context, path), (kind, row)
    for path, *_ in index["page"]:
        assert client.get(path).status_code == 200, path


def test_old_spellings_are_there(index: Rows) -> None:
    assert "Turkey" in next(row for row in index["country"] if row[0] == "TUR")[3]
    assert "Constantinople" in next(row for row in index["city"] if row[1] == "Istanbul")[3]


def test_it_is_small_and_not_sent_again(client: FlaskClient) -> None:
    plain = client.get("/search-index.json")
    sent = client.get("/search-index.json", headers={"Accept-Encoding": "gzip"})
    assert len(plain.data) < MOST_BYTES
    assert len(sent.data) < MOST_BYTES_SENT
    assert gzip.decompress(sent.data) == plain.data
    again = client.get("/search-index.json", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
