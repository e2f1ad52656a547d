"""The staff area for tests: the whole application on a database of its own, with an editor and a contributor, and
browsers without a window that are signed in as one of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard import create_app
from dashboard.settings import SHIPPED_DATA, Settings
from dashboard.staff import passwords
from dashboard.store import accounts
from dashboard.store.database import Database
from dashboard.store.staff_tables import CONTRIBUTOR, EDITOR
from tests.stored import opened

EDITOR_EMAIL, CONTRIBUTOR_EMAIL = "editor@example.org", "contributor@example.org"
PASSWORD = "a sentence to sign in with"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# with as little work as can be, for tests sign in some hundred times; a server takes the library's own measure
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASHED = HASHER.hash(PASSWORD)
# seconds, longer than any run
NEVER = 1_000_000


def add_staff(database: Database) -> None:
    """Both accounts, with the password of tests."""
    for email, name, role in ((EDITOR_EMAIL, "Edith", EDITOR), (CONTRIBUTOR_EMAIL, "Conrad", CONTRIBUTOR)):
        _, mark = accounts.add_account(database, email, name=name, role=role)
        accounts.accept_invitation(database, mark, HASHED)


@dataclass
class Staff:
    """A browser without a window, below `/staff`. `session_token` is that of its session's forms, once it is known."""

    client: FlaskClient
    server: Any
    session_token: str = ""

    def get(self, path: str, **given: Any) -> TestResponse:
        return self.client.get(path, base_url="https://localhost", **given)

    def token(self, path: str = "/staff/sign-in") -> str:
        found = TOKEN.search(self.get(path, follow_redirects=True).text)
        assert found, path
        return found[1]

    def post(self, path: str, data: dict[str, Any] | None = None, *, form: str = "", **given: Any) -> TestResponse:
        """Sends a form of the page at `form` (where none is named, of any page), with its token."""
        if form:
            token = self.token(form)
        else:
            token = self.session_token = self.session_token or self.token()
        values = {"csrf_token": token, **(data or {})}
        headers = {"Referer": "https://localhost/staff"}
        found = self.client.post(path, base_url="https://localhost", data=values, headers=headers, **given)
        if "/sign-" in path:
            self.session_token = ""
        return found

    def sign_in(self, email: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        return self.post("/staff/sign-in", {"email": email, "password": password, **more})

    def poll(self) -> None:
        """What a worker does every second: pages show what was changed."""
        self.server.extensions["data"].poll()


@pytest.fixture(scope="session", autouse=True)
def little_work() -> Iterator[None]:
    """Passwords are checked with the hasher of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", HASHER)
        patch.setattr(passwords, "NOBODY", HASHER.hash("nobody has this password"))
        yield


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped data and both accounts, to be copied."""
    path = tmp_path_factory.mktemp("staff") / "filled.sqlite"
    database = opened(f"sqlite:///{path}", SHIPPED_DATA)
    add_staff(database)
    accounts.signing_key(database)
    return path


def copy_database(filled: Path, path: Path) -> None:
    """A database in the place of whatever is there."""
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
        if (each := filled.with_name(filled.name + end)).exists():
            shutil.copy(each, path.with_name(path.name + end))


@pytest.fixture(scope="session")
def application(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The application, on a database that each test has anew."""
    path = tmp_path_factory.mktemp("staff") / "dashboard.sqlite"
    copy_database(filled, path)
    server: Any = create_app(Settings(database_url=f"sqlite:///{path}", address="https://localhost")).server
    data = server.extensions["data"]
    server.first_state = data.state
    # tests look for newer data when they want to (`Staff.poll`): the thread would do so, and say it, in the midst of
    # others
    data.every = NEVER
    return server


@pytest.fixture
def database(filled: Path, application: Any) -> Database:
    """The database of the test, as it is at the beginning."""
    data = application.extensions["data"]
    found: Database = data.database
    assert found.file is not None
    copy_database(filled, found.file)
    data.state = application.first_state
    return found


@pytest.fixture
def server(application: Any, database: Database) -> Any:
    """The application on it; nobody has tried anything yet."""
    for limiter in application.extensions["limiter"]:
        limiter.reset()
    return application


@pytest.fixture
def nobody(server: Any) -> Staff:
    return Staff(server.test_client(), server)


@pytest.fixture
def editor(server: Any) -> Staff:
    found = Staff(server.test_client(), server)
    assert found.sign_in(EDITOR_EMAIL).status_code == 303
    return found


@pytest.fixture
def contributor(server: Any) -> Staff:
    found = Staff(server.test_client(), server)
    assert found.sign_in(CONTRIBUTOR_EMAIL).status_code == 303
    return found
