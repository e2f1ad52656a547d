"""Every address of the staff area, whatever part it is of, tried by who may not: nothing is shown and nothing done."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.routing import Rule

from dashboard.staff.area import ALLOWED, ANYONE, PREFIX
from dashboard.store import staff_tables
from dashboard.store.database import Database
from dashboard.store.staff_tables import CONTRIBUTOR, EDITOR
from dashboard.store.tables import METADATA
from tests.staff.conftest import EDITOR_EMAIL, Staff

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
# what a session that begins or ends may change
OF_SESSIONS = {staff_tables.SESSIONS.name, staff_tables.ACCOUNTS.name}


def rules_of(server: Any, number: int = 1) -> list[tuple[Rule, str, str]]:
    """Every rule below `/staff`, a path that fits it (with `number` where it has one), and who may ask for it."""
    found = []
    for rule in server.url_map.iter_rules():
        if rule.rule == PREFIX or rule.rule.startswith(PREFIX + "/"):
            values = {
                name: number if "int" in type(each).__name__.lower() else "x" for name, each in rule._converters.items()
            }
            _, path = rule.build(values) or ("", "")
            role = getattr(server.view_functions[rule.endpoint], ALLOWED, "")
            found.append((rule, path, role))
    return found


def state(database: Database) -> dict[str, list[Any]]:
    """Everything that is in the database, but who is signed in."""
    with database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table))]
            for table in METADATA.sorted_tables
            if table.name not in OF_SESSIONS
        }


def test_every_address_says_who_may_ask_for_it(server: Any) -> None:
    rules = rules_of(server)
    assert len(rules) > 10
    for rule, _, role in rules:
        # what is not ours belongs to a prefix that the guard knows
        assert role in (ANYONE, CONTRIBUTOR, EDITOR) or not rule.endpoint.startswith("staff_"), rule


def ask(staff: Staff, path: str, method: str, token: str = "") -> Any:
    """What a stranger would send: a form that could be one of ours."""
    data = (
        {"csrf_token": token, "reason": "x", "name": "x", "email": "x@example.org", "role": "editor"} if token else {}
    )
    headers = {"Referer": "https://localhost/staff"}
    return staff.client.open(path, method=method, base_url="https://localhost", data=data, headers=headers)


def test_nobody_gets_in(nobody: Staff, server: Any, database: Database) -> None:
    before, token = state(database), nobody.token()
    for rule, path, role in rules_of(server):
        for method in sorted({"GET", *CHANGING} & (rule.methods or set())):
            if role == ANYONE:
                continue
            reply = ask(nobody, path, method, token)
            is_refused = reply.status_code in (401, 403, 404) or (
                reply.status_code == 303 and reply.location.startswith("/staff/sign-in")
            )
            assert is_refused, (method, path, reply.status_code)
    assert state(database) == before


def test_an_old_cookie_gets_nobody_in(editor: Staff, server: Any, database: Database) -> None:
    cookie = editor.client.get_cookie("staff", path="/staff")
    assert cookie
    token = editor.token("/staff/account")
    editor.post("/staff/sign-out", form="/staff/account")
    thief = Staff(server.test_client(), server)
    before = state(database)
    for rule, path, role in rules_of(server):
        for method in sorted({"GET", *CHANGING} & (rule.methods or set())):
            if role == ANYONE:
                continue
            thief.client.set_cookie("staff", cookie.value, path="/staff")
            reply = ask(thief, path, method, token)
            is_refused = reply.status_code in (400, 401, 403, 404) or reply.location.startswith("/staff/sign-in")
            assert is_refused, (method, path, reply.status_code)
    assert state(database) == before


def test_a_contributor_gets_nowhere_where_only_editors_may(contributor: Staff, server: Any, database: Database) -> None:
    before, token = state(database), contributor.token("/staff/account")
    tried = 0
    for rule, path, role in rules_of(server):
        for method in sorted({"GET", *CHANGING} & (rule.methods or set())):
            if role != EDITOR:
                continue
            tried += 1
            assert ask(contributor, path, method, token).status_code == 403, (method, path)
    assert tried > 3
    assert state(database) == before


@pytest.mark.parametrize("token", ["", "wrong"])
def test_nothing_is_done_without_the_token(editor: Staff, server: Any, database: Database, token: str) -> None:
    before = state(database)
    for rule, path, role in rules_of(server):
        for method in sorted(set(CHANGING) & (rule.methods or set())):
            reply = ask(editor, path, method, token)
            assert reply.status_code in (400, 404), (method, path, role, reply.status_code)
    assert state(database) == before
    assert editor.get("/staff").status_code == 200


def test_nothing_is_kept_by_caches_or_found_by_search_engines(editor: Staff, server: Any) -> None:
    for rule, path, role in rules_of(server):
        if "GET" in (rule.methods or set()):
            reply = editor.get(path)
            assert reply.headers["Cache-Control"] == "no-store", path
            assert reply.headers["X-Robots-Tag"] == "noindex", path
            # Dash says of its own files, where there is no such package, that it failed
            assert reply.status_code != 500 or not role, path


@pytest.mark.parametrize(
    "path", ["/staff/", "/staff//", "/staff/../staff/accounts", "/STAFF/accounts", "/staff/%61ccounts"]
)
def test_other_spellings_of_an_address_lead_no_further(nobody: Staff, path: str) -> None:
    reply = nobody.get(path)
    assert reply.status_code in (303, 308, 404), path
    assert "csrf_token" not in reply.text and EDITOR_EMAIL not in reply.text
