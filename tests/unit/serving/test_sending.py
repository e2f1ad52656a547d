"""What a browser gets: documents, files, and nothing twice."""

from __future__ import annotations

import gzip
import json
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


def _loaded(client: FlaskClient, site: Site) -> list[str]:
    """Paths that the overview loads, each once: what its head names, what is asked for after the first paint, Plotly."""
    document = client.get("/").get_data(as_text=True)
    head = re.findall(r'(?:src|href)="(/[^"]+)"', document.partition("</head>")[0])
    later = [path for paths in re.findall(r'data-(?:scripts|soon)="([^"]+)"', document) for path in paths.split()]
    return list(dict.fromkeys([*head, *later, site.bundles.plotly]))


def test_a_page_loads_few_files_and_each_for_a_year(client: FlaskClient, site: Site) -> None:
    paths = _loaded(client, site)
    assert any("world" in path for path in paths) and any("platform" in path for path in paths)
    assert 8 <= len(paths) <= 14
    for path in paths:
        reply = client.get(path, headers=GZIP)
        assert reply.status_code == 200, path
        assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable", path
        assert re.search(r"\.[0-9a-f]{16}\.\w+$", path), path


def test_a_first_load_is_under_a_megabyte(client: FlaskClient, site: Site) -> None:
    sizes = [len(client.get(path, headers=GZIP).data) for path in ["/", *_loaded(client, site)]]
    assert 500_000 < sum(sizes) <= 1_000_000


def test_files_come_compressed_to_who_takes_it(client: FlaskClient, site: Site) -> None:
    path = site.bundles.moved["/assets/vendor/plotly-cut.min.js"]
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


def test_what_dash_needs_is_in_few_scripts(client: FlaskClient, site: Site) -> None:
    texts = [client.get(path).get_data(as_text=True) for path in site.bundles.platform]
    assert 1 < len(texts) < 6
    for part in ("dash_html_components", "dash_bootstrap_components", "var renderer = new"):
        assert part in "".join(texts), part
    assert "dash_core_components" not in "".join(texts)


def test_no_version_is_said(client: FlaskClient) -> None:
    import dash

    document = client.get("/").get_data(as_text=True)
    assert f'"{dash.__version__}"' not in document
    assert 'python_version":null' in document


HEADLINE = re.compile(r'id="headline-(\w+)">.*?<span data-text="\w+\.headline">([^<]+)<')
SAMPLE_BADGE = re.compile(r'<[a-z]+ [^>]*data-show="view\.is_sample"[^>]*>')


def test_the_document_says_numbers_and_headlines_before_any_script(client: FlaskClient) -> None:
    now, then = (client.get(path).get_data(as_text=True) for path in ("/", "/?year=1990"))
    assert "94 partnerships" in dict(HEADLINE.findall(now))["map"]
    assert dict(HEADLINE.findall(now))["map"] != dict(HEADLINE.findall(then))["map"]
    assert re.search(r'data-text="tiles.partnerships.number"[^>]*>94<', now)


def test_the_document_marks_what_is_invented_before_any_script(client: FlaskClient) -> None:
    invented, found = (client.get(path).get_data(as_text=True) for path in ("/barriers?sample=1", "/barriers"))
    assert SAMPLE_BADGE.search(invented) and not any("hidden" in badge for badge in SAMPLE_BADGE.findall(invented))
    assert all("hidden" in badge for badge in SAMPLE_BADGE.findall(found))


def test_dash_is_given_its_controls_as_the_address_has_them(client: FlaskClient) -> None:
    document = client.get("/?region=Western+Asia&state=TX").get_data(as_text=True)
    layout = json.loads(re.search(r'id="first-layout">(.*?)</script>', document)[1])  # type: ignore[index]
    held = {
        child["props"]["children"]["props"]["id"]: child["props"]
        for child in layout["props"]["children"]
        if child["type"] == "Island"
    }
    assert held["filter-region"]["children"]["props"]["value"] == ["Western Asia"]
    assert held["filter-state"]["children"]["props"]["value"] == "TX"
    assert all(f'id="{each["into"]}"' in document for each in held.values())
