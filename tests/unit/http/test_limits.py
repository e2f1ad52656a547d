"""What no page of ours sends is refused in words: bodies, addresses, sizes, paths. What fails says no trace."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.dash_app import DashboardApp
from tests.asking import CALLBACKS, callback_of, choice, question
from tests.unit.conftest import MOST_MB


@pytest.fixture(params=["overview", "sources"])
def asked(client: FlaskClient, request: pytest.FixtureRequest) -> dict[str, Any]:
    """What our own pages send: for a choice, and when the sources of a card are opened."""
    if request.param == "overview":
        return question(callback_of(client, page="overview"), choice("?region=Western+Asia"))
    return question(callback_of(client, output="sources-list"), {"cards": ["map"], "query": ""})


def test_what_our_pages_send_is_answered(client: FlaskClient, asked: dict[str, Any]) -> None:
    reply = client.post(CALLBACKS, json=asked)
    assert reply.status_code == 200
    assert len(reply.data) > 1000


def body_of(app: DashboardApp, part: str, *values: Any) -> dict[str, Any]:
    """What a page of ours sends to the callback one of whose outputs has `part` in its name."""
    output, known = next((key, each) for key, each in app.callback_map.items() if part in key and "callback" in each)
    names = [name.partition("@")[0] for name in output.strip(".").split("...")]
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
    given = [*known["inputs"], *known["state"]]
    filled = [{**each, "value": value} for each, value in zip(given, values, strict=True)]
    for each in filled:
        each["id"] = json.loads(each["id"]) if each["id"].startswith("{") else each["id"]
    return {
        "output": output,
        "outputs": outputs if output.startswith("..") else outputs[0],
        "inputs": filled[: len(known["inputs"])],
        "state": filled[len(known["inputs"]) :],
        "changedPropIds": [f"{known['inputs'][0]['id']}.{known['inputs'][0]['property']}"],
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100)
@given(value=JSON, chance=st.randoms())
def test_any_value_in_an_input_is_survived(
    app: DashboardApp, client: FlaskClient, value: Any, chance: random.Random
) -> None:
    output = chance.choice([key for key, known in app.callback_map.items() if "callback" in known])
    known = app.callback_map[output]
    body = body_of(app, output, *[value] * (len(known["inputs"]) + len(known["state"])))
    reply = client.post(CALLBACKS, data=json.dumps(body), content_type="application/json")
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


def test_spoiled_bodies_are_refused(client: FlaskClient, asked: dict[str, Any]) -> None:
    chance = random.Random(94)
    statuses = {
        client.post(CALLBACKS, data=json.dumps(spoiled(asked, chance)), content_type="application/json").status_code
        for _ in range(300)
    }
    assert statuses <= {200, 204, 400}
    assert 400 in statuses


BROKEN: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"{",
    "not UTF-8": b'{"output":"\xff"}',
    "a number that is none": b'{"output":NaN}',
    "too deep": b"[" * 100_000,
    "a number of 5000 digits": b'{"output":' + b"9" * 5000 + b"}",
    "a list": b"[]",
    "an unknown output": b'{"output": "x.y"}',
    "an output of the browser's own": b'{"output": "shown.data"}',
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_bodies_are_refused(client: FlaskClient, name: str) -> None:
    reply = client.post(CALLBACKS, data=BROKEN[name], content_type="application/json")
    assert reply.status_code == 400
    assert reply.content_type.startswith("text/plain")


def test_values_that_are_nested_deep_and_other_inputs_are_refused(client: FlaskClient) -> None:
    asked = question(callback_of(client, page="overview"), choice(""))
    deep = json.dumps(asked).replace('"shapes": {}', '"shapes": ' + "[" * 60 + "]" * 60)
    assert client.post(CALLBACKS, data=deep, content_type="application/json").status_code == 400
    other = question(callback_of(client, output="sources-list"), {"cards": ["map"], "query": ""})
    assert client.post(CALLBACKS, json={**asked, "inputs": other["inputs"]}).status_code == 400


def test_too_much_is_refused(client: FlaskClient) -> None:
    assert client.post(CALLBACKS, data=b"a" * (MOST_MB * 1_000_000 + 1)).status_code == 413
    assert client.get("/?region=" + "a" * 100_001).status_code == 414
    assert client.get("/?region=" + "a" * 50_000).status_code == 200


def test_a_failure_of_ours_says_no_stack_trace(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    monkeypatch.setattr("dashboard.application.current_context", lambda: 1 / 0)
    reply = client.get("/nowhere")
    assert reply.status_code == 500
    assert b"Traceback" not in reply.data
    assert b"ZeroDivision" not in reply.data


@pytest.mark.parametrize(
    "path",
    ["/../app.py", "/assets/../app.py", "/assets/%2e%2e/app.py", "/.git/config", "/console", "/static/x"],
)
def test_nothing_beside_pages_is_there(client: FlaskClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404


def test_an_unknown_path_says_so_in_words(client: FlaskClient) -> None:
    reply = client.get("/no-such-page")
    assert reply.status_code == 404
    assert "<h1>" in reply.text and 'href="/"' in reply.text


@settings(max_examples=30)
@given(query=st.text(max_size=200))
def test_any_address_is_answered(client: FlaskClient, query: str) -> None:
    assert client.get("/", query_string=quote(query, safe="&=+", errors="replace")).status_code == 200
