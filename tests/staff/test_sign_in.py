"""Signing in and out, links that set a password, and what is refused."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from argon2 import PasswordHasher

from dashboard import create_app
from dashboard.dataset import Dataset
from dashboard.settings import SHIPPED_DATA, Settings
from dashboard.staff.passwords import NOBODY
from dashboard.store import accounts
from dashboard.store.database import Database
from dashboard.store.proposals import add_proposal
from tests.staff.conftest import CONTRIBUTOR_EMAIL, EDITOR_EMAIL, PASSWORD, Staff
from tests.stored import opened


def test_without_an_account_there_is_no_staff_area(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path}/d.sqlite"
    opened(url, SHIPPED_DATA)
    client = create_app(Settings(database_url=url)).server.test_client()
    nothing = client.get("/there-is-no-such-page")
    for path in ("/staff", "/staff/sign-in", "/staff/static/staff.css", "/staff/accounts"):
        reply = client.get(path)
        assert (reply.status_code, reply.text) == (404, nothing.text), path
    assert client.post("/staff/sign-in", data={"email": "a@b.org"}).status_code == 404


def test_pages_of_the_public_say_nothing_of_it(nobody: Staff) -> None:
    for path in ("/", "/research", "/robots.txt", "/_dash-layout"):
        assert "/staff" not in nobody.get(path).text, path


def test_signing_in_leads_back_to_where_one_wanted_to_be(nobody: Staff) -> None:
    reply = nobody.get("/staff/accounts")
    assert reply.status_code == 303
    assert reply.location == "/staff/sign-in?next=/staff/accounts"
    assert nobody.sign_in(EDITOR_EMAIL, next="/staff/accounts").location == "/staff/accounts"
    assert "Edith" in nobody.get("/staff").text


@pytest.mark.parametrize(
    "there", ["https://evil.example", "//evil.example", "/\\evil.example", "/staff//evil", "/staffx", "/"]
)
def test_it_leads_nowhere_else(nobody: Staff, there: str) -> None:
    assert nobody.sign_in(EDITOR_EMAIL, next=there).location == "/staff"


@pytest.mark.parametrize(
    ("email", "password"),
    [(EDITOR_EMAIL, "another sentence"), ("nobody@example.org", PASSWORD), ("", ""), (EDITOR_EMAIL, "x" * 100_000)],
)
def test_a_wrong_sign_in_says_the_same_whatever_is_wrong(nobody: Staff, email: str, password: str) -> None:
    reply = nobody.sign_in(email, password)
    assert reply.status_code == 403
    assert "do not belong together" in reply.text
    assert nobody.get("/staff").status_code == 303


def test_too_many_tries_have_to_wait(nobody: Staff) -> None:
    statuses = [nobody.sign_in(EDITOR_EMAIL, "wrong").status_code for _ in range(11)]
    assert statuses == [403] * 10 + [429]


def test_a_form_without_its_token_does_nothing(nobody: Staff, editor: Staff, database: Database) -> None:
    given = {"email": EDITOR_EMAIL, "password": PASSWORD}
    headers = {"Referer": "https://localhost/staff"}
    reply = nobody.client.post("/staff/sign-in", base_url="https://localhost", data=given, headers=headers)
    assert reply.status_code == 400
    new = {"email": "new@example.org", "role": "editor"}
    for token in ("", "wrong", nobody.token()):
        data = {**new, "csrf_token": token}
        reply = editor.client.post("/staff/accounts", base_url="https://localhost", data=data, headers=headers)
        assert reply.status_code == 400
    assert len(accounts.list_accounts(database)) == 2


def test_a_cookie_of_before_the_sign_out_is_worth_nothing(nobody: Staff, server: Any) -> None:
    nobody.sign_in(EDITOR_EMAIL)
    old = nobody.client.get_cookie("staff", path="/staff")
    assert old is not None
    assert old.secure and old.http_only and old.same_site == "Lax"
    nobody.post("/staff/sign-out", form="/staff/account")
    thief = Staff(server.test_client(), server)
    thief.client.set_cookie("staff", old.value, path="/staff")
    assert thief.get("/staff").status_code == 303


def test_signing_in_begins_a_new_session(nobody: Staff) -> None:
    nobody.get("/staff/sign-in")
    before = nobody.client.get_cookie("staff", path="/staff")
    token = nobody.token()
    nobody.sign_in(EDITOR_EMAIL)
    after = nobody.client.get_cookie("staff", path="/staff")
    assert before and after and before.value != after.value
    headers = {"Referer": "https://localhost/staff"}
    reply = nobody.client.post(
        "/staff/account", base_url="https://localhost", data={"name": "x", "csrf_token": token}, headers=headers
    )
    assert reply.status_code == 400


def test_signing_out_everywhere_ends_all_browsers(editor: Staff, server: Any) -> None:
    other = Staff(server.test_client(), server)
    other.sign_in(EDITOR_EMAIL)
    editor.post("/staff/sign-out-everywhere", form="/staff/account")
    assert other.get("/staff").status_code == 303


def test_an_invitation_sets_a_password_once(nobody: Staff, database: Database) -> None:
    _, mark = accounts.add_account(database, "New@Example.org", name="", role="contributor")
    new = {"mark": mark, "password": "something quite long", "again": "something quite long"}
    assert nobody.post("/staff/password", {**new, "again": "different words here"}).status_code == 400
    assert nobody.post("/staff/password", {**new, "password": "short", "again": "short"}).status_code == 400
    assert nobody.post("/staff/password", new).location == "/staff"
    nobody.post("/staff/sign-out", form="/staff/account")
    assert nobody.post("/staff/password", new).status_code == 400
    assert nobody.sign_in(" new@example.org", "something quite long").location == "/staff"


def test_editors_make_and_close_accounts(editor: Staff, server: Any) -> None:
    reply = editor.post(
        "/staff/accounts", {"email": "third@example.org", "name": "T", "role": "contributor"}, form="/staff/accounts"
    )
    assert "https://localhost/staff/password#" in reply.text
    assert (
        editor.post("/staff/accounts", {"email": "nonsense", "role": "editor"}, form="/staff/accounts").status_code
        == 400
    )
    other = Staff(server.test_client(), server)
    other.sign_in(CONTRIBUTOR_EMAIL)
    seen = {"seen_role": "contributor", "seen_active": "on"}
    editor.post("/staff/accounts/2", {"role": "contributor", **seen}, form="/staff/accounts")
    assert other.get("/staff").status_code == 303
    assert other.sign_in(CONTRIBUTOR_EMAIL).status_code == 403


def test_the_last_editor_stays_one(editor: Staff, database: Database) -> None:
    seen = {"seen_role": "editor", "seen_active": "on"}
    editor.post("/staff/accounts/1", {"role": "contributor", "is_active": "on", **seen}, form="/staff/accounts")
    assert "at least one editor must be able to sign in" in editor.get("/staff/accounts").text
    assert accounts.list_accounts(database)[1].role == "editor"


def test_of_two_editors_at_one_account_the_second_opens_nothing_again(editor: Staff, database: Database) -> None:
    # the page was loaded while the account was open; then another editor closes it
    text = editor.get("/staff/accounts").text
    form = text[text.index('action="/staff/accounts/2"') :].partition("</form>")[0]
    sent = dict(re.findall(r'name="(seen_\w+)" value="(\w+)"', form))
    assert sent == {"seen_role": "contributor", "seen_active": "on"}
    accounts.change_account(database, 2, is_active=False)
    editor.post("/staff/accounts/2", {"role": "editor", "is_active": "on", **sent}, form="/staff/accounts")
    said = editor.get("/staff/accounts").text
    assert "another editor changed the account of Conrad meanwhile" in said
    assert "Contributor, may not sign in" in said
    (conrad,) = (each for each in accounts.list_accounts(database) if each.id == 2)
    assert (conrad.role, conrad.is_active) == ("contributor", False)


@pytest.mark.parametrize(
    ("sent_to", "page"),
    [
        ("/staff/history/1/undo", "/staff/history/1"),
        ("/staff/proposals/1/decline", "/staff/proposals/1"),
        ("/staff/counts/sci-2027/publish", "/staff/counts/sci-2027"),
        ("/staff/conversations/of/x/move", "/staff/conversations/of/x"),
        ("/staff/accounts/2/invite", "/staff/accounts/2"),
        ("/staff/accounts/2", "/staff/accounts"),
        ("/staff/sign-out", "/staff"),
    ],
)
def test_the_address_of_a_form_that_was_not_taken_leads_to_its_page(
    editor: Staff, nobody: Staff, sent_to: str, page: str
) -> None:
    reply = editor.get(sent_to)
    assert (reply.status_code, reply.location) == (303, page)
    assert nobody.get(sent_to).location == f"/staff/sign-in?next={sent_to}"


def test_a_contributor_sees_no_accounts(contributor: Staff) -> None:
    assert contributor.get("/staff/accounts").status_code == 403
    assert "/staff/accounts" not in contributor.get("/staff").text
    assert contributor.post("/staff/accounts", {"email": "x@example.org"}, form="/staff/account").status_code == 403


def test_no_password_and_no_mark_is_in_a_log(
    nobody: Staff, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _, mark = accounts.add_account(database, "new@example.org", name="", role="contributor")
    nobody.sign_in(EDITOR_EMAIL, "a password that is wrong")
    nobody.sign_in(EDITOR_EMAIL)
    nobody.post("/staff/password", {"mark": mark, "password": "short", "again": "short"})
    for secret in ("a password that is wrong", PASSWORD, mark):
        assert secret not in caplog.text


def test_public_pages_are_cached_for_who_is_signed_in(editor: Staff) -> None:
    cookie = editor.client.get_cookie("staff", path="/staff")
    assert cookie is not None and cookie.path == "/staff"
    assert "Set-Cookie" not in editor.get("/").headers
    assert editor.get("/staff").headers["Cache-Control"] == "no-store"


def test_the_first_page_says_what_waits(editor: Staff, database: Database, dataset: Dataset) -> None:
    open_rows = dataset.partnerships["id"].str.startswith("not-yet-identified").sum()
    assert f"{open_rows} are not yet identified" in editor.get("/staff").text
    add_proposal(database, author="", subject="country:IRQ", texts={"field": "else", "value": "something"})
    assert "One is open" in editor.get("/staff").text


def test_an_account_that_is_not_there_takes_as_long_as_one_that_is() -> None:
    # the hash as it is in the code, with the parameters of the hasher that a server has
    assert not PasswordHasher().check_needs_rehash(NOBODY)
