"""The server around the pages on stock Dash: headers, limits, what is kept and compressed, files, paths, health."""

from __future__ import annotations

import gzip
import json
import logging
import random
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.application import create_app
from dashboard.dash_app import DashboardApp
from dashboard.http.cache import MOST_ANSWERS, keep_answers
from dashboard.http.compression import compress_replies
from dashboard.http.headers import Framing, add_headers
from dashboard.http.log import RequestFormatter
from dashboard.settings import BadSetting, Settings, read_settings

CALLBACKS = "/_dash-update-component"
GZIP = {"Accept-Encoding": "gzip"}
YEAR = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def app() -> DashboardApp:
    return create_app(Settings(slow_ms=1, log_level="info", max_request_mb=1))


@pytest.fixture
def client(app: DashboardApp) -> FlaskClient:
    client: FlaskClient = app.server.test_client()
    return client


def question(app: DashboardApp, part: str, *values: Any) -> dict[str, Any]:
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


def choice(app: DashboardApp, query: str) -> dict[str, Any]:
    look = {"theme": "light", "narrow": False}
    return question(app, "growth.figure", {"query": query, "year": 2000, "look": look, "shapes": {}, "key": ""})


def sources(app: DashboardApp) -> dict[str, Any]:
    return question(app, "sources-list", {"cards": ["map"], "query": ""})


# ---- headers
@pytest.mark.parametrize("path", ["/", "/health", "/nowhere", "/assets/map/world.json", "/_dash-layout", "/export/x"])
def test_every_reply_has_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not {"X-Powered-By", "Server-Timing", "Access-Control-Allow-Origin"} & set(headers.keys())


def test_no_line_of_script_runs_that_the_policy_does_not_name(client: FlaskClient) -> None:
    reply = client.get("/")
    policy = reply.headers["Content-Security-Policy"]
    scripts = policy.split("script-src")[1].split(";")[0]
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", reply.text)
    assert scripts.count("'sha256-") >= len(inline) > 0
    assert "unsafe" not in scripts


def test_only_named_sites_frame_only_what_is_below_a_path() -> None:
    server = Flask("framing")
    add_headers(server, [Framing("/embed/", ("https://a.example",))], lambda: ["'sha256-x'"])
    client = server.test_client()
    inside, outside = client.get("/embed/map").headers, client.get("/embedded").headers
    assert "frame-ancestors https://a.example" in inside["Content-Security-Policy"]
    assert "script-src 'self' 'sha256-x';" in inside["Content-Security-Policy"]
    assert "X-Frame-Options" not in inside
    assert "frame-ancestors 'none'" in outside["Content-Security-Policy"]
    assert outside["X-Frame-Options"] == "DENY"


# ---- limits
@pytest.mark.parametrize("ask", [lambda app: choice(app, "?region=Western+Asia"), sources], ids=["choice", "sources"])
def test_what_our_pages_send_is_answered(
    app: DashboardApp, client: FlaskClient, ask: Callable[[DashboardApp], dict[str, Any]]
) -> None:
    reply = client.post(CALLBACKS, json=ask(app))
    assert reply.status_code == 200
    assert len(reply.data) > 1000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON, chance=st.randoms())
def test_any_value_in_an_input_is_survived(
    app: DashboardApp, client: FlaskClient, value: Any, chance: random.Random
) -> None:
    output = chance.choice([key for key, known in app.callback_map.items() if "callback" in known])
    known = app.callback_map[output]
    body = question(app, output, *[value] * (len(known["inputs"]) + len(known["state"])))
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


@pytest.mark.parametrize("ask", [lambda app: choice(app, "?region=Western+Asia"), sources], ids=["choice", "sources"])
def test_spoiled_bodies_are_refused(
    app: DashboardApp, client: FlaskClient, ask: Callable[[DashboardApp], dict[str, Any]]
) -> None:
    chance, body = random.Random(94), ask(app)
    statuses = {
        client.post(CALLBACKS, data=json.dumps(spoiled(body, chance)), content_type="application/json").status_code
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


def test_values_that_are_nested_deep_and_other_inputs_are_refused(app: DashboardApp, client: FlaskClient) -> None:
    deep = json.dumps(choice(app, "")).replace('"shapes": {}', '"shapes": ' + "[" * 60 + "]" * 60)
    assert client.post(CALLBACKS, data=deep, content_type="application/json").status_code == 400
    other = {**choice(app, ""), "inputs": sources(app)["inputs"]}
    assert client.post(CALLBACKS, json=other).status_code == 400


def test_too_much_is_refused(client: FlaskClient) -> None:
    assert client.post(CALLBACKS, data=b"a" * 1_000_001).status_code == 413
    assert client.get("/?region=" + "a" * 100_001).status_code == 414
    assert client.get("/?region=" + "a" * 50_000).status_code == 200


def test_a_failure_of_ours_says_no_stack_trace(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    monkeypatch.setattr("dashboard.application.current_house", lambda: 1 / 0)
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


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=200))
def test_any_address_is_answered(client: FlaskClient, query: str) -> None:
    assert client.get("/", query_string=quote(query, safe="&=+", errors="replace")).status_code == 200


# ---- health, robots, log
def test_health_says_which_data(client: FlaskClient, app: DashboardApp) -> None:
    found = client.get("/health")
    house = app.server.extensions["live"].house
    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "no-store"
    assert found.json == {
        "status": "ready",
        "version": house.version,
        "is_stale": False,
        "detail": "",
        "collected": house.dataset.about.collected.isoformat(),
        "partnerships": len(house.dataset.partnerships),
        "countries": len(house.dataset.countries),
        "waves": len(house.dataset.survey.waves),
    }
    assert client.get("/health/live").json == {"status": "live"}


def test_robots_and_icon_are_answered(client: FlaskClient) -> None:
    robots, icon = client.get("/robots.txt"), client.get("/favicon.ico")
    assert (robots.status_code, robots.mimetype) == (200, "text/plain")
    assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")
    assert "Disallow: /export/" in robots.text
    assert "Disallow: /\n" not in robots.text, "pages may be found"


@pytest.fixture
def lines(app: DashboardApp) -> Iterator[list[dict[str, object]]]:
    found: list[dict[str, object]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(RequestFormatter().format(record)))

    handler = Keep()
    app.server.logger.addHandler(handler)
    yield found
    app.server.logger.removeHandler(handler)


def test_a_slow_callback_is_logged_with_what_was_selected(
    client: FlaskClient, app: DashboardApp, lines: list[dict[str, object]]
) -> None:
    reply = client.post(CALLBACKS, json=choice(app, "?region=Southern+Asia"), headers={"X-Request-ID": "abc-1"})
    line = next(line for line in lines if line["message"] == "slow")
    assert reply.headers["X-Request-ID"] == line["request"] == "abc-1"
    assert "Southern+Asia" in str(line["asked"])
    assert (line["level"], line["status"], line["path"]) == ("warning", 200, CALLBACKS)
    assert {"time", "ms", "method", "output"} <= set(line)


def test_a_failure_is_logged_with_its_trace(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient, lines: list[dict[str, object]]
) -> None:
    monkeypatch.setattr("dashboard.application.current_house", lambda: 1 / 0)
    client.get("/nowhere")
    line = next(line for line in lines if line["message"] == "failed")
    assert "ZeroDivisionError" in str(line["trace"])
    assert line["level"] == "error"


def test_an_id_that_could_forge_lines_is_not_taken(client: FlaskClient) -> None:
    assert client.get("/health", headers={"X-Request-ID": 'a" b'}).headers["X-Request-ID"] != 'a" b'


# ---- what is kept
def test_the_same_question_has_the_same_answer(client: FlaskClient, app: DashboardApp) -> None:
    body = choice(app, "?region=Northern+Africa")
    first, second = client.post(CALLBACKS, json=body), client.post(CALLBACKS, json=body)
    gzipped = client.post(CALLBACKS, json=body, headers=GZIP)
    assert first.data == second.data == gzip.decompress(gzipped.data)
    assert gzipped.headers["Content-Encoding"] == "gzip"
    assert len(gzipped.data) * 4 < len(first.data)
    for encoding in ("br", "zstd"):
        reply = client.post(CALLBACKS, json=body, headers={"Accept-Encoding": encoding})
        assert reply.headers["Content-Encoding"] == encoding


def test_a_document_given_before_is_the_same_and_is_not_sent_again(client: FlaskClient) -> None:
    address, other = "/?region=Western+Asia", "/?region=Southern+Asia"
    first, second = (client.get(address, headers=GZIP) for _ in range(2))
    plain = client.get(address)
    assert first.data == second.data
    assert gzip.decompress(first.data) == plain.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert "Content-Security-Policy" in second.headers
    again = client.get(address, headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    changed = client.get(other, headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_two_servers_make_the_same_document(client: FlaskClient) -> None:
    """So a browser that comes to another worker keeps what it has."""
    again: FlaskClient = create_app(Settings()).server.test_client()
    assert client.get("/").text == again.get("/").text


def test_no_version_is_said(client: FlaskClient) -> None:
    import dash

    document = client.get("/").text
    assert f'"{dash.__version__}"' not in document
    assert '"python_version":null' in document


class Shown:
    """A server that counts how often it really answers, on data whose version can change."""

    def __init__(self) -> None:
        self.version, self.count = "1", 0
        server = Flask("kept")
        self.cache = keep_answers(server, lambda: self)  # type: ignore[arg-type, return-value]
        compress_replies(server)

        @server.get("/<path:_path>")
        def say(_path: str) -> Response:
            self.count += 1
            reply = Response(f"<p>{self.count}{_path}</p>" * 100, mimetype="text/html")
            if _path == "own":
                reply.headers["Cache-Control"] = "no-store"
            if _path == "cookie":
                reply.set_cookie("seen", "1")
            return reply

        self.client = server.test_client(use_cookies=False)

    @property
    def words(self) -> Any:
        return type("Words", (), {"language": "en"})

    def is_asked_again(self, path: str, headers: dict[str, str] | None = None) -> bool:
        before = self.count
        self.client.get(path, headers=headers)
        return self.count > before


def test_what_decides_an_answer_decides_whether_it_is_repeated() -> None:
    shown = Shown()
    assert shown.is_asked_again("/a")
    assert not shown.is_asked_again("/a")
    assert not shown.is_asked_again("/a", {"Cookie": ""})
    assert shown.is_asked_again("/a", {"Cookie": "look=dark"})
    assert shown.is_asked_again("/a", GZIP)
    assert shown.is_asked_again("/a?b")
    shown.version = "2"
    assert shown.is_asked_again("/a")
    assert not shown.is_asked_again("/a")


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/own", {}),
        ("/cookie", {}),
        ("/a", {"Cookie": "session=x"}),
        ("/a", {"Cookie": "look=dark; session=x"}),
        ("/a", {"Authorization": "Basic x"}),
    ],
)
def test_what_is_one_visitors_own_is_never_kept(path: str, headers: dict[str, str]) -> None:
    shown = Shown()
    assert all(shown.is_asked_again(path, headers) for _ in range(2))


def test_memory_is_bounded_and_the_oldest_goes_first() -> None:
    shown = Shown()
    for number in range(MOST_ANSWERS + 50):
        shown.client.get(f"/{number}")
    assert not shown.is_asked_again(f"/{MOST_ANSWERS + 49}")
    assert shown.is_asked_again("/0")
    assert len(shown.cache.cache._cache) <= MOST_ANSWERS + 1


# ---- files
def loaded(client: FlaskClient) -> list[str]:
    """What the overview's document names, each once."""
    found = re.findall(r'(?:src|href|data-plotly)="(/[^"]+)"', client.get("/").text)
    return [path for path in dict.fromkeys(found) if "assets/" in path or "_dash-component-suites/" in path]


def test_what_a_page_loads_is_here_and_kept_for_a_year(client: FlaskClient) -> None:
    paths = loaded(client)
    assert any("world" in path for path in paths) and any("dash_renderer" in path for path in paths)
    for path in paths:
        reply = client.get(path, headers={"Accept-Encoding": "gzip, br"})
        assert reply.status_code == 200, path
        # Dash asks for the rest of a component by a name without a version
        assert reply.headers["Cache-Control"] == ("no-cache" if "async-" in path else YEAR), path
        assert "Access-Control-Allow-Origin" not in reply.headers


def test_a_first_load_is_under_a_megabyte(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip, br"}
    sizes = [len(client.get(path, headers=headers).data) for path in ["/", *loaded(client)]]
    assert 500_000 < sum(sizes) <= 1_000_000


def test_what_the_style_sheet_names_has_a_version(client: FlaskClient) -> None:
    styles = next(path for path in loaded(client) if ".css" in path)
    named = re.findall(r"url\((\.\./[^)]+)\)", client.get(styles).text)
    assert len(named) >= 8
    for address in named:
        reply = client.get(address.replace("..", "/assets"))
        assert (reply.status_code, reply.headers["Cache-Control"]) == (200, YEAR), address


def test_there_is_one_style_sheet_and_bootstrap_is_below_ours(client: FlaskClient) -> None:
    styles = [path for path in loaded(client) if ".css" in path]
    assert len(styles) == 1
    text = client.get(styles[0]).text
    assert text.index("@layer bootstrap{") < text.index("--bs-body-bg:var(--card)")
    # all of it stands in the layer
    assert ".form-select{" not in text.split("/* Bootstrap")[1].split("/* controls")[0]


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_files_come_compressed_to_who_takes_it(client: FlaskClient, encoding: str) -> None:
    path = next(path for path in loaded(client) if "plotly" in path)
    packed = client.get(path, headers={"Accept-Encoding": encoding})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == encoding
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) * 2 < len(plain.data)
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_file_without_a_version_is_asked_for_again(client: FlaskClient) -> None:
    reply = client.get("/assets/map/world.json", headers=GZIP)
    assert reply.headers["Cache-Control"] == "no-cache"
    again = client.get("/assets/map/world.json", headers={**GZIP, "If-None-Match": reply.headers["ETag"]})
    assert again.status_code == 304
    for query in ("?v=", "?m=<>", "?x=1"):
        assert client.get("/assets/map/world.json" + query).headers["Cache-Control"] == "no-cache"


def test_old_browsers_help_and_an_old_table_are_not_loaded(client: FlaskClient) -> None:
    assert not [path for path in loaded(client) if "polyfill" in path or "dash_table" in path]


def test_boundaries_of_figures_are_those_that_the_document_asks_for(client: FlaskClient, app: DashboardApp) -> None:
    answer = client.post(CALLBACKS, json=choice(app, "")).json
    named = {trace["geojson"] for trace in answer["response"]["map"]["figure"]["data"] if "geojson" in trace}  # type: ignore[index]
    assert named and named <= set(loaded(client))


# ---- below a path
@pytest.fixture(scope="module")
def below() -> FlaskClient:
    client: FlaskClient = create_app(Settings(path="/a/ipi/")).server.test_client()
    return client


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


def test_a_page_whose_path_goes_on_is_there_for_what_there_is(client: FlaskClient) -> None:
    assert client.get("/states/TX").status_code == 200
    for path in ("/states/ZZ", "/partnerships/no-such", "/states/TX/x"):
        assert client.get(path).status_code == 404, path


def test_every_page_has_a_document(client: FlaskClient, below: FlaskClient) -> None:
    import dash

    for page in dash.page_registry.values():
        if not page["path_template"]:
            assert client.get(page["path"]).status_code == 200, page["path"]
            assert below.get("/a/ipi" + page["path"]).status_code == 200, page["path"]


def test_the_path_without_its_slash_leads_there(below: FlaskClient) -> None:
    reply = below.get("/a/ipi?year=1990")
    assert (reply.status_code, reply.headers["Location"]) == (308, "/a/ipi/?year=1990")


def test_a_slash_too_many_leads_to_the_page(client: FlaskClient, below: FlaskClient) -> None:
    """Of every page that there is; and to no other host."""
    import dash

    for page in dash.page_registry.values():
        if page["path"] != "/" and not page["path_template"]:
            reply = below.get("/a/ipi" + page["path"] + "/?year=1990")
            assert (reply.status_code, reply.headers["Location"]) == (308, "/a/ipi" + page["path"] + "?year=1990")
    assert client.get("/nowhere/").status_code == 404


@pytest.mark.parametrize(
    ("given", "path"),
    [("", "/"), ("/", "/"), ("ipi", "/ipi/"), ("/ipi", "/ipi/"), ("/a/b-c/", "/a/b-c/"), ("//", "/")],
)
def test_a_path_is_read_however_it_is_written(given: str, path: str) -> None:
    assert read_settings({"DASHBOARD_PATH": given}).path == path


@pytest.mark.parametrize("given", ["/a b/", "/../", "/a/./b", "https://x.org/", "/a?b/", "/a//b/", '/a"b/'])
def test_a_path_that_is_none_is_said(given: str) -> None:
    with pytest.raises(BadSetting, match="DASHBOARD_PATH"):
        read_settings({"DASHBOARD_PATH": given})


@pytest.mark.parametrize(("host", "bind"), [("127.0.0.1", "127.0.0.1:8050"), ("::", "[::]:8050"), ("x", "x:8050")])
def test_host_and_port_of_every_kind(host: str, bind: str) -> None:
    assert read_settings({"HOST": host}).bind == bind
