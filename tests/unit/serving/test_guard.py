"""Nothing that is sent to the callbacks makes the server fail: 400 where it is no request of our own pages."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import create_app
from dashboard.index import Site
from dashboard.settings import Settings

PATH = "/_dash-update-component"
SITE = create_app(Settings(max_request_mb=1))


@pytest.fixture
def client() -> FlaskClient:
    client: FlaskClient = SITE.server.test_client()
    return client


def body_of(site: Site, output: str, *values: Any) -> dict[str, Any]:
    """What our own page sends to a callback."""
    known = site.callback_map[output]
    name, _, part = output.rpartition(".")
    inputs = [{**each, "value": value} for each, value in zip(known["inputs"], values, strict=True)]
    return {"output": output, "outputs": {"id": name, "property": part}, "inputs": inputs, "state": [],
            "changedPropIds": [f"{inputs[0]['id']}.{inputs[0]['property']}"]}  # fmt: skip


SHOW = body_of(SITE, "frames.data", "/?region=Western+Asia")
SOURCES = body_of(SITE, "sources-list.children", {"chart": "map", "address": "/"})
SERVED = [output for output, known in SITE.callback_map.items() if "callback" in known]


@pytest.mark.parametrize("body", [SHOW, SOURCES], ids=["show", "sources"])
def test_what_our_pages_send_is_answered(client: FlaskClient, body: dict[str, Any]) -> None:
    reply = client.post(PATH, json=body)
    assert reply.status_code == 200
    assert len(reply.data) > 1000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON, output=st.sampled_from(SERVED))
def test_any_value_in_an_input_is_survived(client: FlaskClient, value: Any, output: str) -> None:
    count = len(SITE.callback_map[output]["inputs"])
    reply = client.post(PATH, data=json.dumps(body_of(SITE, output, *[value] * count)), content_type="application/json")
    assert reply.status_code in (200, 204, 400)
    assert b"Traceback" not in reply.data


def spoiled(body: Any, chance: random.Random) -> Any:
    """A body with one thing in it changed, taken out or put in."""
    copy = json.loads(json.dumps(body))
    target: Any = copy
    while isinstance(target, dict | list) and target:
        key = chance.choice(list(target) if isinstance(target, dict) else range(len(target)))
        if chance.random() < 0.4 or not isinstance(target[key], dict | list) or not target[key]:
            break
        target = target[key]
    junk: Any = chance.choice(
        [None, 0, -1, 1e308, "", "x", [], {}, [[]], "\ud800", "a" * 5000, {"id": 1}, ["__proto__"], "../..", True]
    )
    act = chance.randrange(3)
    if act == 0:
        target[key] = junk
    elif act == 1 and isinstance(target, dict):
        del target[key]
    elif isinstance(target, dict):
        target[chance.choice(["output", "inputs", "state", "__class__", "x"])] = junk
    else:
        target.append(junk)
    return copy


@pytest.mark.parametrize("body", [SHOW, SOURCES], ids=["show", "sources"])
def test_spoiled_bodies_are_refused(client: FlaskClient, body: dict[str, Any]) -> None:
    chance = random.Random(94)
    statuses = {
        client.post(PATH, data=json.dumps(spoiled(body, chance)), content_type="application/json").status_code
        for _ in range(1000)
    }
    assert statuses <= {200, 204, 400}
    assert 400 in statuses


BROKEN: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "no JSON": lambda: b"{",
    "not UTF-8": lambda: b'{"output":"\xff"}',
    "a number that is none": lambda: b'{"output":NaN}',
    "too deep": lambda: b"[" * 100_000,
    "deep in a value": lambda: json.dumps(SHOW).replace('"/?region=Western+Asia"', "[" * 60 + "]" * 60).encode(),
    "a number of 5000 digits": lambda: b'{"output":' + b"9" * 5000 + b"}",
    "a list": lambda: b"[]",
    "an unknown output": lambda: json.dumps({**SHOW, "output": "x.y"}).encode(),
    "an output of the browser's own": lambda: json.dumps({**SHOW, "output": "chosen-by-control.data"}).encode(),
    "other inputs": lambda: json.dumps({**SHOW, "inputs": SOURCES["inputs"]}).encode(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_bodies_are_refused(client: FlaskClient, name: str) -> None:
    reply = client.post(PATH, data=BROKEN[name](), content_type="application/json")
    assert reply.status_code == 400
    assert reply.content_type.startswith("text/plain")


def test_too_much_is_refused(client: FlaskClient) -> None:
    assert client.post(PATH, data=b"a" * 1_000_001).status_code == 413
    assert client.get("/?region=" + "a" * 100_001).status_code == 414
    assert client.get("/?region=" + "a" * 50_000).status_code == 200


def test_a_failure_of_ours_says_no_stack_trace(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    monkeypatch.setattr("dashboard.index.find", lambda *_: 1 / 0)
    reply = client.get("/")
    assert reply.status_code == 500
    assert b"Traceback" not in reply.data
    assert b"ZeroDivision" not in reply.data


@pytest.mark.parametrize(
    "path", ["/../app.py", "/assets/../app.py", "/assets/%2e%2e/app.py", "/.git/config", "/console"]
)
def test_nothing_beside_pages_is_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=200))
def test_any_address_is_answered(client: FlaskClient, query: str) -> None:
    assert client.get("/", query_string=quote(query, safe="&=+", errors="replace")).status_code == 200
