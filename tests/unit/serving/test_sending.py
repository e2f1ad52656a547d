"""What a browser gets: documents, files, and nothing twice."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.index import Site
from dashboard.settings import Settings

GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture(scope="module")
def site() -> Site:
    return create_app(Settings())


@pytest.fixture
def client(site: Site) -> FlaskClient:
    client: FlaskClient = site.server.test_client()
    return client


def _loaded(client: FlaskClient) -> list[str]:
    """Paths that the overview's document loads."""
    head = client.get("/").get_data(as_text=True).partition("</head>")[0]
    return re.findall(r'(?:src|href)="(/[^"]+)"', head)


def test_a_page_loads_few_files_and_each_for_a_year(client: FlaskClient) -> None:
    paths = _loaded(client)
    assert 8 <= len(paths) <= 14
    for path in paths:
        reply = client.get(path, headers=GZIP)
        assert reply.status_code == 200, path
        assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable", path
        assert re.search(r"\.[0-9a-f]{16}\.\w+$", path), path


def test_a_first_load_is_under_a_megabyte(client: FlaskClient) -> None:
    sizes = [len(client.get(path, headers=GZIP).data) for path in ["/", *_loaded(client)]]
    assert 500_000 < sum(sizes) <= 1_000_000


def test_files_come_compressed_to_who_takes_it(client: FlaskClient, site: Site) -> None:
    path = site.bundles.scripts[-1]
    packed, plain = client.get(path, headers=GZIP), client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_document_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/?region=Western+Asia", headers=GZIP)
    again = client.get("/?region=Western+Asia", headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    other = client.get("/?region=Southern+Asia", headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert again.data == b""
    assert b"<!DOCTYPE html>" in gzip.decompress(first.data)


def test_a_file_with_a_plain_name_is_asked_for_again(client: FlaskClient) -> None:
    reply = client.get("/assets/map/world.json", headers=GZIP)
    assert reply.headers["Cache-Control"] == "no-cache"
    again = client.get("/assets/map/world.json", headers={**GZIP, "If-None-Match": reply.headers["ETag"]})
    assert again.status_code == 304


def test_files_that_components_load_later_are_there(client: FlaskClient, site: Site) -> None:
    """dcc looks for them beside the script that is running."""
    platform = next(path for path in site.bundles.scripts if "platform" in path)
    beside = platform.rpartition("/")[0]
    assert client.get(f"{beside}/async-upload.js").status_code == 200


def test_all_of_dash_is_in_one_script(client: FlaskClient, site: Site) -> None:
    platform = next(path for path in site.bundles.scripts if "platform" in path)
    text = client.get(platform).get_data(as_text=True)
    for part in ("dash_html_components", "dash_core_components", "dash_bootstrap_components", "var renderer = new"):
        assert part in text, part


def test_no_version_is_said(client: FlaskClient) -> None:
    import dash

    document = client.get("/").get_data(as_text=True)
    assert f'"{dash.__version__}"' not in document
    assert 'python_version":null' in document
