"""Signing in and out, and the link that sets a password."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, flash, request
from flask_login import current_user, login_user

from dashboard.staff import passwords
from dashboard.staff.area import (
    ANYONE,
    CONTRIBUTOR,
    PREFIX,
    StaffArea,
    allow,
    forget_session,
    go_to,
    is_own_path,
    signed_in_account,
)
from dashboard.staff.guard import User
from dashboard.store import accounts
from dashboard.store.accounts import Account, spelled

LOG = logging.getLogger("dashboard.staff")
# tries of one address on the network, and of one account from wherever, in each process
TRIES = "10 per minute; 60 per hour"
TRIES_OF_ACCOUNT = "20 per hour"


def begin_session(area: StaffArea, account: Account) -> None:
    """Somebody is who they say: the cookie begins anew."""
    forget_session()
    login_user(User(account, accounts.sign_in(area.database, account.id)))
    LOG.info("signed in", extra={"account": account.id})


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages, t = Blueprint("staff_sign_in", __name__), area.t

    def show(email: str, error: str, wanted: str, status: int = 200) -> Response:
        name = area.settings.provider_name
        return area.render("sign_in", status, email=email, error=error, next=wanted, provider=name)

    @pages.get("/sign-in")
    @allow(ANYONE)
    def show_sign_in() -> Response:
        if current_user.is_authenticated:
            return go_to(PREFIX)
        return show("", "", request.args.get("next", ""))

    @pages.post("/sign-in")
    @allow(ANYONE)
    @area.limiter.limit(TRIES)
    @area.limiter.limit(TRIES_OF_ACCOUNT, key_func=lambda: "account " + spelled(request.form.get("email", ""))[:400])
    def sign_in() -> Response:
        email, wanted = request.form.get("email", ""), request.form.get("next", "")
        found = accounts.find_account(area.database, email)
        hashed = found[1] if found and found[0].is_active else ""
        password = request.form.get("password", "")
        is_right = len(password) <= passwords.LONGEST and passwords.is_password(hashed, password)
        if not found or not is_right:
            LOG.warning("sign-in refused")
            return show(email, t("staff.sign_in.wrong"), wanted, 403)
        if passwords.is_outdated(hashed):
            accounts.set_password(area.database, found[0].id, passwords.hash_password(password))
        begin_session(area, found[0])
        return go_to(wanted if is_own_path(wanted) else PREFIX)

    @pages.post("/sign-out")
    @allow(CONTRIBUTOR)
    def sign_out() -> Response:
        accounts.sign_out(area.database, current_user.get_id())
        forget_session()
        flash(t("staff.sign_in.out"))
        return go_to(f"{PREFIX}/sign-in")

    @pages.post("/sign-out-everywhere")
    @allow(CONTRIBUTOR)
    def sign_out_everywhere() -> Response:
        accounts.sign_out_everywhere(area.database, signed_in_account().id)
        forget_session()
        flash(t("staff.sign_in.out_everywhere"))
        return go_to(f"{PREFIX}/sign-in")

    # the mark of the link stands behind "#", which browsers send nowhere and nothing logs; the script of the page puts
    # it into the form
    @pages.get("/password")
    @allow(ANYONE)
    def show_password() -> Response:
        return area.render("password", mark="", errors={}, shortest=passwords.SHORTEST)

    @pages.post("/password")
    @allow(ANYONE)
    @area.limiter.limit(TRIES)
    def set_password() -> Response:
        mark = request.form.get("mark", "").strip()
        password, again = request.form.get("password", ""), request.form.get("again", "")
        account = accounts.invited(area.database, mark)
        errors = {}
        if account is None:
            errors["mark"] = t("staff.password.void")
        elif fault := passwords.fault_of(password, account.email):
            errors["password"] = t(f"staff.password.{fault}", shortest=passwords.SHORTEST, longest=passwords.LONGEST)
        elif password != again:
            errors["again"] = t("staff.password.differs")
        changed = None
        if not errors:
            changed = accounts.accept_invitation(area.database, mark, passwords.hash_password(password))
        if changed is None:
            errors = errors or {"mark": t("staff.password.void")}
            return area.render("password", 400, mark=mark, errors=errors, shortest=passwords.SHORTEST)
        begin_session(area, changed)
        flash(t("staff.password.set"))
        return go_to(PREFIX)

    return pages
