"""Signing in by the organisation's accounts, with a real provider on this machine: discovery, keys, signed tokens."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

from dashboard import create_app
from dashboard.settings import BadSetting, Settings, read_settings
from dashboard.store.database import Database
from tests.staff.conftest import CONTRIBUTOR_EMAIL, EDITOR_EMAIL, Staff, copy_database

CLIENT, SECRET = "dashboard", "the secret of the client"


@dataclass
class Provider:
    """An organisation's sign-in. `claims` are what it says of who signs in; `key` is what it signs with."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k"}))
    signing: RSAKey | None = None
    nonce: str = ""


def application_of(provider: Provider) -> Flask:
    app = Flask(__name__)

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Any:
        issuer = provider.issuer
        return jsonify(
            issuer=issuer,
            authorization_endpoint=f"{issuer}/authorize",
            token_endpoint=f"{issuer}/token",
            jwks_uri=f"{issuer}/keys",
            id_token_signing_alg_values_supported=["RS256"],
        )

    @app.get("/keys")
    def keys() -> Any:
        return jsonify(keys=[provider.key.as_dict(private=False)])

    @app.post("/token")
    def token() -> Any:
        assert request.form["code"] == "the code"
        assert request.form["code_verifier"]
        now = int(time.time())
        claims = {
            "iss": provider.issuer,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 60,
            "nonce": provider.nonce,
        }
        signed = jwt.encode(
            {"alg": "RS256", "kid": "k"}, {**claims, **provider.claims}, provider.signing or provider.key
        )
        return jsonify(access_token="a", token_type="Bearer", id_token=signed)

    return app


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    found = Provider()
    running = make_server("127.0.0.1", 0, application_of(found), threaded=True)
    found.issuer = f"http://127.0.0.1:{running.port}"
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield found
    running.shutdown()


@pytest.fixture(scope="module")
def organisation_server(provider: Provider, filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The application with that provider; nobody changes anything in it."""
    path = tmp_path_factory.mktemp("organisation") / "dashboard.sqlite"
    copy_database(filled, path)
    settings = Settings(
        database_url=f"sqlite:///{path}",
        address="https://localhost",
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_name="Example Mail",
    )
    return create_app(settings).server


@pytest.fixture
def browser(provider: Provider, organisation_server: Any) -> Staff:
    provider.claims, provider.signing = {"email": EDITOR_EMAIL, "email_verified": True}, None
    for limiter in organisation_server.extensions["limiter"]:
        limiter.reset()
    return Staff(organisation_server.test_client(), organisation_server)


def go_there(browser: Staff, provider: Provider, *, state: str = "", wanted: str = "") -> Any:
    """What the organisation's page would do: remember the nonce and send back with a code."""
    there = browser.get(f"/staff/organisation?next={wanted}")
    assert there.location.startswith(f"{provider.issuer}/authorize?")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there.location).query).items()}
    assert asked["redirect_uri"] == "https://localhost/staff/organisation/back"
    assert asked["code_challenge_method"] == "S256"
    provider.nonce = asked["nonce"]
    return browser.get(f"/staff/organisation/back?code=the%20code&state={state or asked['state']}")


def test_who_has_an_account_gets_in(browser: Staff, provider: Provider) -> None:
    assert "Sign in with Example Mail" in browser.get("/staff/sign-in").text
    assert go_there(browser, provider, wanted="/staff/history").location == "/staff/history"
    assert "Edith" in browser.get("/staff").text


def test_it_leads_only_to_pages_of_ours(browser: Staff, provider: Provider) -> None:
    assert go_there(browser, provider, wanted="//evil.example").location == "/staff"


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"email": "stranger@example.org"}, "no account of that address"),
        ({"email": CONTRIBUTOR_EMAIL, "email_verified": False}, "has not checked"),
        ({"email": None}, "has not checked"),
        ({"email": EDITOR_EMAIL, "aud": "another client"}, "did not say who you are"),
        ({"email": EDITOR_EMAIL, "iss": "https://evil.example"}, "did not say who you are"),
        ({"email": EDITOR_EMAIL, "exp": 1}, "did not say who you are"),
        ({"email": EDITOR_EMAIL, "nonce": "another"}, "did not say who you are"),
    ],
)
def test_all_others_do_not(browser: Staff, provider: Provider, claims: dict[str, Any], says: str) -> None:
    provider.claims = claims
    assert go_there(browser, provider).location == "/staff/sign-in"
    assert says in browser.get("/staff/sign-in").text
    assert browser.get("/staff").status_code == 303


def test_a_token_signed_by_another_key_is_none(browser: Staff, provider: Provider) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "k"})
    assert go_there(browser, provider).location == "/staff/sign-in"


def test_a_code_that_this_browser_did_not_ask_for_is_none(browser: Staff, provider: Provider) -> None:
    assert go_there(browser, provider, state="another").location == "/staff/sign-in"
    assert browser.get("/staff/organisation/back?error=access_denied").location == "/staff/sign-in"


def test_where_the_provider_is_away_it_is_said(database: Database) -> None:
    settings = Settings(
        database_url=f"sqlite:///{database.file}",
        oidc_issuer="http://127.0.0.1:9",
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
    )
    server = create_app(settings).server
    other = Staff(server.test_client(), server)
    assert other.get("/staff/organisation").location == "/staff/sign-in"
    assert "127.0.0.1:9 did not say who you are" in other.get("/staff/sign-in").text


def test_where_none_is_set_up_there_is_no_such_address(nobody: Staff) -> None:
    assert "/staff/organisation" not in nobody.get("/staff/sign-in").text
    assert nobody.get("/staff/organisation").status_code == 404


@pytest.mark.parametrize(
    "issuer", ["accounts.google.com", "http://accounts.example.org", "https://login.microsoftonline.com/common/v2.0"]
)
def test_an_issuer_that_says_nothing_of_who_somebody_is_is_refused(issuer: str) -> None:
    variables = {"DASHBOARD_OIDC_CLIENT_ID": "a", "DASHBOARD_OIDC_CLIENT_SECRET": "b"}
    with pytest.raises(BadSetting, match="DASHBOARD_OIDC_ISSUER"):
        read_settings({**variables, "DASHBOARD_OIDC_ISSUER": issuer})
    with pytest.raises(BadSetting, match="DASHBOARD_OIDC_ISSUER must be set"):
        read_settings(variables)


def test_the_secret_is_in_no_description_of_the_settings() -> None:
    assert "hush" not in repr(Settings(oidc_client_secret="hush"))
    assert "hush" not in json.dumps(str(Settings(oidc_client_secret="hush")))
