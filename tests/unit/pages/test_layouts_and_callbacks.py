"""The Dash app below /: its document, its layout, its callbacks over HTTP, and that it is stock Dash."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from dashboard.components.markup import as_html
from dashboard.components.panel import country_panel as panel_components
from flask import Flask
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.components.cards import panel_markup
from dashboard.context import House
from dashboard.filters import Selection
from dashboard.metrics.panel import country_panel
from dashboard.settings import Settings

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "dashboard" / "second"
MOST_COMPONENTS = 150
CALLBACKS = "/_dash-update-component"


@pytest.fixture(scope="module")
def server() -> Flask:
    found: Flask = create_app(Settings()).server
    return found


@pytest.fixture
def client(server: Flask) -> Iterator[FlaskClient]:
    with server.test_client() as found:
        yield found


def components(part: Any) -> Iterator[dict[str, Any]]:
    """All components of a layout as it is sent."""
    if isinstance(part, list):
        for each in part:
            yield from components(each)
    elif isinstance(part, dict):
        if "namespace" in part:
            yield part
        for each in part.values():
            yield from components(each)


def page(client: FlaskClient, search: str) -> dict[str, Any]:
    """The layout of the page at an address, as the browser gets it."""
    outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    inputs = [
        {"id": "_pages_location", "property": "pathname", "value": "/"},
        {"id": "_pages_location", "property": "search", "value": search},
    ]
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": outputs,
        "inputs": inputs,
        "changedPropIds": ["_pages_location.search"],
    }
    reply = client.post(CALLBACKS, json=body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json["response"]["_pages_content"]["children"]  # type: ignore[index]
    return found


def dependencies(client: FlaskClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get("/_dash-dependencies").text)
    return found


def call(client: FlaskClient, output: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """What the callback answers that has this output, as the browser would call it; `inputs` by property."""
    own = next(each for each in dependencies(client) if output in each["output"])
    names = own["output"].strip(".").split("...")
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
    filled = [
        {
            **each,
            "id": json.loads(each["id"]) if each["id"].startswith("{") else each["id"],
            "value": inputs[each["property"]],
        }
        for each in own["inputs"]
    ]
    body = {
        "output": own["output"],
        "outputs": outputs if len(outputs) > 1 else outputs[0],
        "inputs": filled,
        "changedPropIds": [f"{own['inputs'][0]['id']}.{own['inputs'][0]['property']}"],
    }
    reply = client.post(CALLBACKS, json=body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json  # type: ignore[assignment]
    return found


def ask(client: FlaskClient, query: str, **choice: Any) -> dict[str, Any]:
    """What the one callback of a choice answers, by component."""
    data = {"query": query, "year": None, "look": {"theme": "light", "narrow": False}, "shapes": {}, "key": ""} | choice
    found: dict[str, Any] = call(client, "map.figure", {"data": data})["response"]
    return found


# ---- the document
def test_the_document_says_tiles_and_headlines_before_any_script(client: FlaskClient) -> None:
    text = client.get("/?region=Western+Asia&year=2000").text
    first = text[text.index('id="first"') : text.index("react-entry-point")]
    plain = re.sub(r"<[^>]+>", " ", first)
    for words in ("Islamic Partnership Initiative", "partnerships", "2000", "Western Asia"):
        assert words in plain
    old = client.get("/?region=Western+Asia&year=2000").text
    headlines = re.findall(r'data-text="(?:map|growth|barriers|countries)\.headline">(.*?)<', old)
    assert len(headlines) == 4
    assert [headline for headline in headlines if headline not in plain] == []
    assert 'id="kpi' not in first


def test_no_line_of_script_runs_that_the_policy_does_not_name(client: FlaskClient) -> None:
    reply = client.get("/")
    policy = reply.headers["Content-Security-Policy"]
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", reply.text)
    assert policy.count("'sha256-") >= len(inline)
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "unsafe-eval" not in policy
    # the other pages keep theirs
    assert "sha256" not in client.get("/").headers["Content-Security-Policy"]


def test_everything_that_the_document_names_is_here(client: FlaskClient) -> None:
    text = client.get("/").text
    for address in re.findall(r'(?:src|href)="([^"#]+)"', text):
        if address.startswith("data:") or "data-keeps-view" in address:
            continue
        assert address.startswith("/"), address
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


# ---- the layout
@pytest.mark.parametrize("search", ["", "?country=TUR&basis=documented", "?sample=1&map=links&state=CA&room=1"])
def test_there_are_few_components(client: FlaskClient, search: str) -> None:
    around = json.loads(client.get("/_dash-layout").text)
    found = [*components(around), *components(page(client, search))]
    assert len(found) <= MOST_COMPONENTS


def test_the_layout_is_of_its_address(client: FlaskClient) -> None:
    by_id = {
        str(each["props"].get("id")): each["props"]
        for each in components(page(client, "?region=Central+Asia&year=1999"))
    }
    assert by_id["filter-region"]["value"] == ["Central Asia"]
    assert by_id["filter-year"]["value"] == 1999
    payload = json.loads(by_id["frames"]["data"])
    assert payload["query"] == "?region=Central+Asia"
    assert payload["years"][0] + payload["at"] == 1999
    assert {"map", "growth", "barriers"} <= set(by_id)


def test_an_address_that_is_not_understood_is_the_nearest_view_with_a_word_about_it(client: FlaskClient) -> None:
    by_id = {
        str(each["props"].get("id")): each["props"] for each in components(page(client, "?year=9999&x=<b>&class=1"))
    }
    assert len(json.loads(by_id["frames"]["data"])["notices"]) == 3


# ---- callbacks
def test_a_choice_is_one_callback_and_the_year_is_one_in_the_browser(client: FlaskClient) -> None:
    found = dependencies(client)
    on_server = [each for each in found if each["clientside_function"] is None and "_pages" not in each["output"]]
    assert len([each for each in on_server if "map.figure" in each["output"]]) == 1
    of_year = [
        each for each in found if {"id": "filter-year", "property": "value"}.items() <= each["inputs"][-1].items()
    ]
    assert [each["clientside_function"]["function_name"] for each in of_year] == ["showYear"]


def test_a_region_is_answered_without_the_map(client: FlaskClient) -> None:
    shapes = json.loads(ask(client, "")["frames"]["data"])["shapes"]
    reply = ask(client, "?region=Western+Asia", shapes=shapes)
    assert "figure" not in reply.get("map", {})
    payload = json.loads(reply["frames"]["data"])
    assert payload["kept"] == ["map"]
    assert payload["query"] == "?region=Western+Asia"
    assert "figure" in ask(client, "?state=CA", shapes=shapes)["map"]


def test_a_country_brings_its_panel_and_takes_off_regions_without_it(client: FlaskClient) -> None:
    reply = ask(client, "?region=Northern+Africa&country=TUR")
    assert "Houston" in reply["panel"]["markup"]
    assert json.loads(reply["frames"]["data"])["controls"]["region"]["value"] == []


def test_another_basis_brings_its_years(client: FlaskClient) -> None:
    payload = json.loads(ask(client, "?basis=documented", year=2020)["frames"]["data"])
    assert payload["years"][1] > 2007
    assert payload["at"] == 2020 - payload["years"][0]


def test_a_table_and_sources_come_when_they_are_opened(client: FlaskClient) -> None:
    opened = {"card": "countries", "query": "", "year": 2007, "key": ""}
    reply = call(client, "table-shown", {"data": opened})
    assert "<td>Nigeria</td>" in reply["sideUpdate"]["table-countries"]["markup"]
    asked = {"cards": ["map", "no-such"], "query": "?country=TUR", "key": ""}
    assert "<li>" in call(client, "sources-list", {"data": asked})["response"]["sources-list"]["markup"]


@pytest.mark.parametrize(
    "body", ["no json", "[]", '{"output": "no.such"}', '{"output": "..map.figure.."}', '{"output": 7}']
)
def test_hostile_bodies_are_refused(client: FlaskClient, body: str) -> None:
    reply = client.post(CALLBACKS, data=body, content_type="application/json")
    assert reply.status_code == 400
    assert "Traceback" not in reply.text


@pytest.mark.parametrize("value", [{"a": 1}, [["x"]], 10**30, None, "x" * 5000, True, "<script>"])
def test_hostile_values_are_the_nearest_view(client: FlaskClient, value: Any) -> None:
    for name in ("query", "year", "look", "shapes", "key"):
        given = {"query": "", **{name: value}}
        assert ask(client, given.pop("query"), **given)["frames"]["data"]
    assert call(client, "map.figure", {"data": value})["response"]["frames"]["data"]


def test_other_pages_are_as_they_were(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200
    assert client.get("").status_code in (301, 308, 404)
    assert client.get("/no-such-page").status_code == 404
    assert client.get("/no-such-page").status_code == 404


def test_every_panel_says_what_the_other_page_says(house: House) -> None:
    def plain(markup: str) -> str:
        return re.sub(r"\s+(?=<)|(?<=>)\s+", "", unescape(markup))

    for basis in house.choices.bases:
        for country in house.choices.options["country"]:
            selection = Selection(basis).having(country=country)
            found = country_panel(house.dataset, selection, basis_label=house.basis_label(basis))
            old = as_html(panel_components(found, house.words))
            texts = [re.sub(r"<[^>]+>", "|", plain(markup)) for markup in (panel_markup(house, selection), old)]
            assert texts[0] == texts[1], (basis, country)


# ---- stock Dash
def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_name_of_dash_with_an_underscore_is_used(path: Path) -> None:
    """Attributes of others and imported names; what a component of our own has to be called is Dash's convention."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            assert not node.attr.startswith("_") or node.attr.startswith("__") or node.attr == "_fields", node.attr
        if isinstance(node, ast.ImportFrom):
            assert not any(part.startswith("_") and part != "__future__" for part in (node.module or "").split("."))
            assert not [each.name for each in node.names if each.name.startswith("_")]


def test_no_word_stands_in_a_template() -> None:
    """Every word comes from the catalogue."""
    for path in (PACKAGE / "templates").glob("*.html"):
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        outside = re.sub(r"<[^>]*>", " ", text)
        assert not re.search(r"[A-Za-z]{2}", outside), (path.name, outside.split())
        said = re.findall(r'(?:title|aria-label|alt|placeholder)="([^"]*)"', text)
        assert not any(re.search(r"[A-Za-z]{2}", each) for each in said), (path.name, said)
