"""What the pages of the staff area share: the database, the words, who may ask for what, how a page is answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Response, abort, get_flashed_messages, make_response, redirect, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from dashboard.context import AppContext
from dashboard.current import STAFF
from dashboard.dataset import Dataset
from dashboard.dataset.problems import BadData
from dashboard.settings import Settings
from dashboard.store.accounts import Account
from dashboard.store.changes import Check
from dashboard.store.commands import dataset_of
from dashboard.store.database import Database, DatabaseProblem, version_of
from dashboard.store.load import with_answers
from dashboard.store.reload import DataReloader
from dashboard.store.staff_tables import CONTRIBUTOR as CONTRIBUTOR
from dashboard.store.staff_tables import EDITOR as EDITOR
from dashboard.strings import Catalog
from dashboard.templating import render

PREFIX = STAFF
ANYONE = "anyone"
ALLOWED = "staff_allowed"
SIGN_IN = f"{PREFIX}/sign-in"
View = TypeVar("View", bound=Callable[..., Any])
Found = TypeVar("Found")


@dataclass(frozen=True)
class Page:
    """A page that the navigation leads to. `label` and `what`: the keys of its name and of what one does there; `role`:
    who may see it, at least. `waiting` says what waits there for somebody, "" where nothing does."""

    path: str
    label: str
    what: str
    role: str = CONTRIBUTOR
    waiting: Callable[[StaffArea], str] | None = None


class Fields(dict[str, Any]):
    """What belongs to the fields of a form; a field of which nothing is known has ""."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True, eq=False)
class StaffArea:
    """`check` raises BadData where data is not fit to be shown. `files` are addresses of what its documents load, and
    the icon. `not_found` answers as any path where there is nothing. `pages`: of the navigation, in order; `prefixes`:
    who may ask for the addresses below a path whose functions are not ours (the grid's). `limiter` counts tries, in
    each process for itself."""

    data: DataReloader[AppContext]
    settings: Settings
    t: Catalog
    check: Check
    files: Mapping[str, str]
    not_found: Callable[[], tuple[str, int]]
    pages: list[Page] = field(default_factory=list)
    prefixes: dict[str, str] = field(default_factory=dict)
    limiter: Limiter = field(default_factory=lambda: Limiter(get_remote_address, storage_uri="memory://"))

    @property
    def database(self) -> Database:
        """The database, which can be written: the guard lets nobody in where there is none. Raises DatabaseProblem."""
        if self.data.database is None:
            raise DatabaseProblem("not_writable", reason="", database=self.data.label)
        return self.data.database

    def dataset(self) -> Dataset:
        """The data that is in the database now, without the answers of single respondents. It is what pages show,
        unless somebody changed it less than a moment ago: only then is it read here."""
        shown = self.data.current
        return shown.dataset if shown.version == self.database.version() else dataset_of(self.database)

    def dataset_with_answers(self) -> Dataset:
        """The same with the answers of single respondents."""
        shown = self.data.current
        with self.database.reading() as connection:
            if shown.version == version_of(connection):
                return with_answers(connection, shown.dataset)
        return dataset_of(self.database)

    def or_404(self, found: Found | None) -> Found:
        """What was looked for; where there is none, the request is answered as any path where there is nothing."""
        if found is None:
            abort(make_response(self.not_found()))
        return found

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page of the staff area. Its template extends `staff/page.html`. `errors` and `typed` are texts by name of a
        field, "" where there is none."""
        account = current_account()
        is_editor = account is not None and account.is_editor
        by_field = {name: Fields(values.pop(name, {})) for name in ("errors", "typed")}
        html = render(
            f"staff/{template}",
            self.t,
            account=account,
            pages=[page for page in self.pages if page.role == CONTRIBUTOR or is_editor] if account else [],
            here=request.path,
            is_answer=request.method == "POST",
            csrf=generate_csrf(),
            messages=get_flashed_messages(with_categories=True),
            files=self.files,
            **by_field,
            **values,
        )
        return make_response(str(html), status)

    def render_message(self, status: int, heading: str, sentence: str, *, back: str = "", link: str = "") -> Response:
        """A page of one sentence, perhaps with a link to where one goes on."""
        return self.render("message", status, heading=heading, sentence=sentence, back=back, link=link)

    def refuse(self) -> Response:
        """The answer to who may not do what was asked for."""
        return self.render_message(403, self.t("staff.refused.title"), self.t("staff.refused.what"))


def current_account() -> Account | None:
    """Who is signed in; None where nobody is."""
    return current_user.account if current_user.is_authenticated else None


def signed_in_account() -> Account:
    """Who is signed in, at an address that nobody else is let to."""
    account = current_account()
    if account is None:
        raise PermissionError(request.path)
    return account


def allow(role: str) -> Callable[[View], View]:
    """Who may ask for the address of a function: ANYONE, CONTRIBUTOR (both roles) or EDITOR."""

    def mark(view: View) -> View:
        setattr(view, ALLOWED, role)
        return view

    return mark


def may(account: Account | None, role: str) -> bool:
    """Whether somebody may do what a role may."""
    if role == ANYONE:
        return True
    return account is not None and (role == CONTRIBUTOR or account.role == EDITOR)


def go_to(path: str) -> Response:
    """To another page of ours, after something was done; a reload does not do it again."""
    found: Response = redirect(request.script_root + path, 303)  # type: ignore[assignment]
    return found


def forget_session() -> None:
    """Everything that the cookie says goes, so that nothing of before a sign-in or sign-out is worth anything after."""
    session.clear()


def is_own_path(path: str) -> bool:
    """Whether a path leads to a page of the staff area, and nowhere else."""
    is_plain = path.isprintable() and "\\" not in path and "//" not in path.partition("?")[0]
    return is_plain and (path == PREFIX or path.startswith((f"{PREFIX}/", f"{PREFIX}?")))


def read_object(text: str) -> dict[str, Any]:
    """What a hidden field carries as JSON; {} where that is no object, because a form can be sent by anybody."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def field_errors(error: BadData, t: Catalog) -> dict[str, list[str]]:
    """What is wrong, by column: sentences for the fields of a form; "" has what belongs to none."""
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        what = t(f"problem.{problem.kind}.what", **problem.details)
        remedy = t(f"problem.{problem.kind}.remedy", **problem.details)
        lines = found.setdefault(problem.column, [])
        if (line := f"{what} {remedy}") not in lines:
            lines.append(line)
    return found


def column_label(t: Catalog, name: str) -> str:
    """A column of the collection as staff read it."""
    key = f"staff.column.{name}"
    return t(key) if key in t.texts else name
