"""The headers of every reply, and the security policy."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.http.headers import Framing, add_headers
from tests.unit.conftest import PATH, SITE


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


def test_cards_alone_may_be_framed_by_the_sites_of_the_setting(client: FlaskClient, below: FlaskClient) -> None:
    inside, outside = below.get(f"{PATH}embed/map").headers, below.get(PATH).headers
    assert f"frame-ancestors {SITE}" in inside["Content-Security-Policy"]
    assert "X-Frame-Options" not in inside
    for headers in (outside, client.get("/embed/map").headers):
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
