"""The dashboard below a path of its host, and which paths are pages."""

from __future__ import annotations

import json
import re

import dash
import pytest
from flask.testing import FlaskClient

from tests.asking import CALLBACKS


# a proxy may take the path off, or not
@pytest.mark.parametrize("before", ["/a/ipi", ""])
def test_all_addresses_are_below_the_path(below: FlaskClient, before: str) -> None:
    reply = below.get(before + "/?year=1990")
    assert reply.status_code == 200
    named = re.findall(r'(?:src|href|data-plotly)="(/[^"]*)"', reply.text)
    assert len(named) > 30
    assert [address for address in named if not address.startswith("/a/ipi/")] == []
    assert 'data-root="/a/ipi/"' in reply.text
    config = json.loads(reply.text.split('id="_dash-config" type="application/json">')[1].split("</script>")[0])
    assert config["requests_pathname_prefix"] == "/a/ipi/"
    for path in ("/health", "/assets/map/world.json", "/export/map.csv", "/_dash-layout", "/robots.txt"):
        assert below.get(before + path).status_code == 200, path
    assert below.get(before + "/nowhere").status_code == 404
    assert 'href="/a/ipi/"' in below.get(before + "/nowhere").text


def test_a_layout_below_a_path_names_it_everywhere(below: FlaskClient) -> None:
    outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": outputs,
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": "/a/ipi/"},
            {"id": "_pages_location", "property": "search", "value": ""},
        ],
        "changedPropIds": ["_pages_location.search"],
    }
    text = json.dumps(below.post("/a/ipi" + CALLBACKS, json=body).json)
    assert '"geojson": "/a/ipi/assets/map/world.json?v=' in text
    named = re.findall(r'(?:src|href|action|data-[a-z-]+)=\\"(/[^"\\]*)', text)
    assert len(named) > 8
    assert [address for address in named if not address.startswith("/a/ipi/")] == []


def test_the_stage_names_boundaries_as_its_page_does(client: FlaskClient, below: FlaskClient) -> None:
    """Else they are loaded twice, and below a path not at all."""
    for browser, root in ((client, "/"), (below, "/a/ipi/")):
        loaded = set(re.findall(r'as="fetch"[^>]*href="([^"]*)"', browser.get(root + "present").text))
        named = set(re.findall(r'"geojson":"([^"]*)"', browser.get(root + "_stage").text))
        assert named
        assert named <= loaded


def test_a_page_whose_path_goes_on_is_there_for_what_there_is(client: FlaskClient) -> None:
    assert client.get("/states/TX").status_code == 200
    for path in ("/states/ZZ", "/partnerships/no-such", "/states/TX/x"):
        assert client.get(path).status_code == 404, path


def test_every_page_has_a_document(client: FlaskClient, below: FlaskClient) -> None:
    for page in dash.page_registry.values():
        if not page["path_template"]:
            assert client.get(page["path"]).status_code == 200, page["path"]
            assert below.get("/a/ipi" + page["path"]).status_code == 200, page["path"]


def test_the_path_without_its_slash_leads_there(below: FlaskClient) -> None:
    reply = below.get("/a/ipi?year=1990")
    assert (reply.status_code, reply.headers["Location"]) == (308, "/a/ipi/?year=1990")


def test_a_slash_too_many_leads_to_the_page(client: FlaskClient, below: FlaskClient) -> None:
    """Of every page that there is; and to no other host."""
    for page in dash.page_registry.values():
        if page["path"] != "/" and not page["path_template"]:
            reply = below.get("/a/ipi" + page["path"] + "/?year=1990")
            assert (reply.status_code, reply.headers["Location"]) == (308, "/a/ipi" + page["path"] + "?year=1990")
    assert client.get("/nowhere/").status_code == 404
