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
from dashboard.store import accounts, reload
from dashboard.store.database import Database
from dashboard.store.staff_tables import CONTRIBUTOR, EDITOR
from tests.stored import opened

EDITOR_EMAIL, CONTRIBUTOR_EMAIL = "editor@example.org", "contributor@example.org"
PASSWORD = "a sentence to sign in with"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# with as little work as can be, for tests sign in some hundred times; a server takes the library's own measure
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASHED = HASHER.hash(PASSWORD)
# pages whose forms were seen to have a token
WITH_TOKEN: set[str] = set()
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
        """Sends a form of the page at `form`, with the token of the session: that the page has it is seen at the first
        form of it that anybody sends."""
        if form and form not in WITH_TOKEN:
            WITH_TOKEN.add(form)
            self.session_token = self.token(form)
        self.session_token = self.session_token or self.token()
        values = {"csrf_token": self.session_token, **(data or {})}
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
    # tests look for newer data when they want to (`Staff.poll`): the thread would do so, and say it, in the midst of
    # others
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reload, "EVERY", NEVER)
        server: Any = create_app(Settings(database_url=f"sqlite:///{path}", address="https://localhost")).server
    server.first_state = server.extensions["data"].state
    return server


@dataclass(frozen=True)
class SignedIn:
    """A database in which both are signed in, and by e-mail address what the browser of each has: the cookie of its
    session, and the token of that session's forms."""

    path: Path
    cookies: dict[str, str]
    tokens: dict[str, str]

    def browser(self, email: str, server: Any) -> Staff:
        """A browser of somebody."""
        found = Staff(server.test_client(), server, self.tokens[email])
        name, path = server.config["SESSION_COOKIE_NAME"], server.config["SESSION_COOKIE_PATH"]
        found.client.set_cookie(name, self.cookies[email], path=path, secure=True)
        return found


@pytest.fixture(scope="session")
def signed_in(application: Any, tmp_path_factory: pytest.TempPathFactory) -> SignedIn:
    """Both sign in once for all tests: two requests and a password are as much as many a test."""
    database: Database = application.extensions["data"].database
    assert database.file is not None
    found = SignedIn(tmp_path_factory.mktemp("staff") / "signed-in.sqlite", {}, {})
    for email in (EDITOR_EMAIL, CONTRIBUTOR_EMAIL):
        staff = Staff(application.test_client(), application)
        assert staff.sign_in(email).status_code == 303
        found.tokens[email] = staff.token()
        name, path = application.config["SESSION_COOKIE_NAME"], application.config["SESSION_COOKIE_PATH"]
        cookie = staff.client.get_cookie(name, path=path)
        assert cookie is not None
        found.cookies[email] = cookie.value
    database.settle()
    copy_database(database.file, found.path)
    return found


@pytest.fixture
def database(signed_in: SignedIn, application: Any) -> Database:
    """The database of the test, as it is at the beginning."""
    data = application.extensions["data"]
    found: Database = data.database
    assert found.file is not None
    copy_database(signed_in.path, found.file)
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
def editor(server: Any, signed_in: SignedIn) -> Staff:
    return signed_in.browser(EDITOR_EMAIL, server)


@pytest.fixture
def contributor(server: Any, signed_in: SignedIn) -> Staff:
    return signed_in.browser(CONTRIBUTOR_EMAIL, server)
