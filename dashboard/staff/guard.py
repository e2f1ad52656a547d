"""What stands before every address below `/staff`: it is off where nobody has an account, it lets in who may, takes no
form that is not of our own page, and keeps its answers out of every cache."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from types import ModuleType
from urllib.parse import quote

from flask import Blueprint, Flask, Response, flash, g, request, session
from flask_login import LoginManager
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from dashboard.staff.area import (
    ALLOWED,
    ANYONE,
    CONTRIBUTOR,
    PREFIX,
    SIGN_IN,
    StaffArea,
    allow,
    current_account,
    go_to,
    is_own_path,
    may,
)
from dashboard.store import accounts
from dashboard.store.accounts import Account
from dashboard.store.database import DatabaseProblem

LOG = logging.getLogger("dashboard.staff")
COOKIE = "staff"
# forms change something by these; what only looks is asked for by others
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
# of one address on the network, at the whole area: who works there does not notice, who tries out passwords does
REQUESTS = "600 per minute"
# of a request that is too large so many times what is allowed is still heard, and thrown away
MOST_HEARD, PIECE = 10, 1_000_000


class User:
    """What Flask-Login wants to know of somebody: the mark of the session, and that it is one."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, account: Account, mark: str) -> None:
        self.account, self.mark = account, mark

    def get_id(self) -> str:
        """What the cookie keeps."""
        return self.mark


def install_staff(server: Flask, area: StaffArea, areas: Sequence[ModuleType]) -> None:
    """Puts the staff area on a server: `areas` are modules with `routes(area)` and perhaps `PAGES` for the navigation.
    Where nothing can be written there is none."""
    if not area.data.can_write:
        return
    server.config.update(
        SECRET_KEY=accounts.signing_key(area.database),
        SESSION_COOKIE_NAME=COOKIE,
        # the pages of the public never get it, and so are answered from the cache for everybody
        SESSION_COOKIE_PATH=area.settings.path.rstrip("/") + PREFIX,
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        WTF_CSRF_CHECK_DEFAULT=False,
        # a form is as old as the sign-in of its page allows; what is typed must not be lost by an hour's lunch
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_HEADERS=["X-CSRFToken"],
    )
    manager = LoginManager(server)
    manager.session_protection = None
    csrf = CSRFProtect(server)
    area.limiter.init_app(server)

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load_user(mark: str) -> User | None:
        account = accounts.signed_in(area.database, mark)
        return None if account is None else User(account, mark)

    @server.before_request
    def guard() -> Response | tuple[str, int] | None:
        if not is_below(request.path):
            return None
        g.is_staff = True
        if not accounts.has_accounts(area.database):
            return area.not_found()
        session.permanent = True
        view = server.view_functions.get(request.endpoint or "")
        role = getattr(view, ALLOWED, None) or _role_of_prefix(area)
        account = current_account()
        if role is None:
            return area.not_found()
        if role != ANYONE and account is None:
            return _ask_to_sign_in(area)
        if not may(account, role):
            return area.refuse()
        if request.method in CHANGING:
            csrf.protect()
        return None

    @server.after_request
    def keep_private(reply: Response) -> Response:
        if is_below(request.path):
            reply.headers["Cache-Control"] = "no-store"
            reply.headers["X-Robots-Tag"] = "noindex"
        return reply

    @server.errorhandler(CSRFError)
    def say_old(error: CSRFError) -> AnyResponse:
        LOG.warning("form refused", extra={"reason": error.description})
        if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
            return Response(area.t("staff.old_form") + "\n", 400, content_type="text/plain; charset=utf-8")
        return area.render_message(400, area.t("staff.old_form_title"), area.t("staff.old_form"))

    @server.errorhandler(TooManyRequests)
    def say_wait(error: TooManyRequests) -> AnyResponse:
        if not is_below(request.path):
            return error.get_response()
        return area.render_message(429, area.t("staff.too_often.title"), area.t("staff.too_often.what"))

    @server.errorhandler(RequestEntityTooLarge)
    def say_too_large(error: RequestEntityTooLarge) -> AnyResponse:
        if not is_below(request.path):
            return error.get_response()
        if current_account() is not None:
            # a browser shows no answer that comes while it still sends; who is signed in is heard to the end
            _hear_out(area.settings.max_request_mb * MOST_HEARD * 1_000_000)
        came = _page_before()
        return area.render(
            "too_large", 413, most=area.settings.max_request_mb, back=came if is_own_path(came) else PREFIX
        )

    @server.errorhandler(DatabaseProblem)
    def say_away(problem: DatabaseProblem) -> AnyResponse:
        LOG.error("%s", problem.text(area.t))
        return Response(problem.text(area.t) + "\n", 503, content_type="text/plain; charset=utf-8")

    for module in areas:
        area.pages.extend(getattr(module, "PAGES", ()))
        routes: Blueprint = module.routes(area)
        area.limiter.limit(REQUESTS)(routes)
        server.register_blueprint(routes, url_prefix=PREFIX)
    _lead_to_pages_of_forms(server)


def is_below(path: str) -> bool:
    """Whether a path is of the staff area."""
    return path == PREFIX or path.startswith(PREFIX + "/")


def _hear_out(most: int) -> None:
    """Takes the rest of a request from the network, and keeps nothing of it."""
    left = min(request.content_length or 0, most)
    stream = request.environ["wsgi.input"]
    while left > 0 and (piece := stream.read(min(left, PIECE))):
        left -= len(piece)


def _role_of_prefix(area: StaffArea) -> str | None:
    """Who may ask for an address whose function is not ours."""
    return next((role for prefix, role in area.prefixes.items() if request.path.startswith(prefix)), None)


def _lead_to_pages_of_forms(server: Flask) -> None:
    """A form that was not taken comes back at the address it was sent to. Who opens that anew, or comes to it from the
    sign-in, wants the form's page, which is above it."""

    @allow(CONTRIBUTOR)
    def go_up(**_: object) -> Response:
        return go_to(request.path.rpartition("/")[0])

    rules = [rule for rule in server.url_map.iter_rules() if is_below(rule.rule)]
    shown = {rule.rule for rule in rules if "GET" in (rule.methods or ())}
    for path in sorted({rule.rule for rule in rules} - shown):
        server.add_url_rule(path, f"staff_page_of {path}", go_up, methods=["GET"])


def _page_before() -> str:
    """The path of the page that a form was sent from; "" where it is not known, or none of ours."""
    return request.headers.get("Referer", "").partition(request.host_url.rstrip("/"))[2]


def _ask_to_sign_in(area: StaffArea) -> Response | tuple[str, int]:
    """To the sign-in, and from there back; a form that was sent is not done, and its page is what one comes back to."""
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return area.t("staff.signed_out"), 401
    wanted = request.full_path.rstrip("?") if request.method == "GET" else _page_before()
    if request.method in CHANGING:
        flash(area.t("staff.signed_out"), "wrong")
    return go_to(f"{SIGN_IN}?next={quote(wanted, safe='/')}")
