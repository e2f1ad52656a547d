"""Asking the app as a browser does: for the layout of an address, and for what a callback answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from flask.testing import FlaskClient

from tests.markup import text_of

CALLBACKS = "/_dash-update-component"


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


def by_id(layout: Any) -> dict[str, dict[str, Any]]:
    """The properties of the components that have an id, by it."""
    return {str(each["props"]["id"]): each["props"] for each in components(layout) if "id" in each["props"]}


def markup_of(layout: Any) -> str:
    """All markup of ours in a layout."""
    return " ".join(str(each["props"].get("markup") or "") for each in components(layout))


def said_by(part: Any) -> str:
    """All that a layout says, as one line: what its components hold as text, and its markup."""
    return " ".join(filter(None, map(_said, part if isinstance(part, list) else [part])))


def _said(part: Any) -> str:
    if isinstance(part, dict) and "props" in part:
        properties = part["props"]
        return " ".join(
            filter(None, (text_of(str(properties.get("markup") or "")), said_by(properties.get("children"))))
        )
    return part if isinstance(part, str) else ""


def in_language(query: str) -> str:
    """What the script puts behind an address that it asks, on a page of this query: the page's language."""
    language = dict(parse_qsl(query.removeprefix("?"))).get("lang", "")
    return f"?lang={language}" if language else ""


def pages_content(client: FlaskClient, address: str) -> dict[str, Any]:
    """What Dash answers for the page at an address: its layout, title and more."""
    path, _, query = address.partition("?")
    outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    inputs = [
        {"id": "_pages_location", "property": "pathname", "value": path},
        {"id": "_pages_location", "property": "search", "value": f"?{query}" if query else ""},
    ]
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": outputs,
        "inputs": inputs,
        "changedPropIds": ["_pages_location.search"],
    }
    reply = client.post(CALLBACKS + in_language(query), json=body)
    assert reply.status_code == 200, (address, reply.text)
    found: dict[str, Any] = reply.json["response"]  # type: ignore[index]
    return found


def page(client: FlaskClient, address: str) -> dict[str, Any]:
    """The layout of the page at an address, as the browser gets it."""
    found: dict[str, Any] = pages_content(client, address)["_pages_content"]["children"]
    return found


def dependencies(client: FlaskClient) -> list[dict[str, Any]]:
    """All callbacks, as the browser gets them."""
    found: list[dict[str, Any]] = json.loads(client.get("/_dash-dependencies").text)
    return found


def inputs_of(callback: dict[str, Any]) -> list[dict[str, Any]]:
    """The inputs of a callback, with ids of several parts as such."""
    return [
        {**each, "id": json.loads(each["id"]) if each["id"].startswith("{") else each["id"]}
        for each in callback["inputs"]
    ]


def outputs_of(callback: dict[str, Any]) -> list[dict[str, str]]:
    """The outputs of a callback as id and property."""
    names = callback["output"].strip(".").split("...")
    return [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]


def find_callback(callbacks: list[dict[str, Any]], *, output: str = "", page: str = "") -> dict[str, Any]:
    """The callback that the server answers, by a part of its outputs or by the page whose choice it follows."""

    def is_meant(each: dict[str, Any]) -> bool:
        if each["clientside_function"] is not None or "_pages" in each["output"]:
            return False
        choices = [one["id"]["page"] for one in inputs_of(each) if isinstance(one["id"], dict)]
        return choices == [page] if page else output in each["output"]

    found: dict[str, Any] = next(each for each in callbacks if is_meant(each))
    return found


def callback_of(client: FlaskClient, *, output: str = "", page: str = "") -> dict[str, Any]:
    """The same of the app that a client asks."""
    return find_callback(dependencies(client), output=output, page=page)


def question(callback: dict[str, Any], data: Any) -> dict[str, Any]:
    """What a browser sends to a callback with one input."""
    (given,), outputs = inputs_of(callback), outputs_of(callback)
    return {
        "output": callback["output"],
        "outputs": outputs if callback["output"].startswith("..") else outputs[0],
        "inputs": [{**given, "value": data}],
        "changedPropIds": [f"{callback['inputs'][0]['id']}.{given['property']}"],
    }


def call(client: FlaskClient, callback: dict[str, Any], data: Any) -> dict[str, Any]:
    """What a callback with one input answers to a value of it."""
    query = str(data.get("query", "")) if isinstance(data, dict) else ""
    reply = client.post(CALLBACKS + in_language(query), json=question(callback, data))
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json  # type: ignore[assignment]
    return found


def choice(query: str, **more: Any) -> dict[str, Any]:
    """What a page keeps of what is chosen on it."""
    look = {"theme": "light", "narrow": False}
    return {"query": query, "year": None, "look": look, "shapes": {}, "key": "", **more}


def choose(client: FlaskClient, query: str, *, page: str = "overview", **more: Any) -> dict[str, Any]:
    """What the callback of a page answers to a choice, by component."""
    found: dict[str, Any] = call(client, callback_of(client, page=page), choice(query, **more))["response"]
    return found
