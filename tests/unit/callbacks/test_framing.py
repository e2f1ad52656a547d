"""Cards alone may be framed by the sites of a setting, nothing else by anybody."""

from __future__ import annotations

import pytest
from flask import Flask, Response

from dashboard.callbacks.framing import guard_frames
from dashboard.settings import Settings


def policy(path: str, settings: Settings, own: str = "") -> str:
    server = Flask(__name__)
    server.add_url_rule(
        "/<path:path>", view_func=lambda path: Response("", headers={"Content-Security-Policy": own} if own else {})
    )
    guard_frames(server, settings)
    return server.test_client().get(path).headers["Content-Security-Policy"]


def test_nobody_by_default() -> None:
    assert policy("/embed/map", Settings()) == "frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("path", "allowed"), [("/embed/map", "https://a.org"), ("/sources", "'none'"), ("/embedded", "'none'")]
)
def test_sites_of_the_setting(path: str, allowed: str) -> None:
    assert policy(path, Settings(embed_sites="https://a.org")) == f"frame-ancestors {allowed}"


def test_another_policy_keeps_its_other_parts() -> None:
    assert (
        policy("/x", Settings(), "default-src 'self'; frame-ancestors *")
        == "default-src 'self'; frame-ancestors 'none'"
    )
