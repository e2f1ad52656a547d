"""Accounts: one's own, and for editors those of all."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request

from dashboard.staff.area import CONTRIBUTOR, EDITOR, PREFIX, Page, StaffArea, allow, go_to, signed_in_account
from dashboard.staff.invitations import EMAIL, invitation_address
from dashboard.store import accounts
from dashboard.store.accounts import AccountChanged, EmailTaken, LastEditor
from dashboard.store.staff_tables import ROLES

PAGES = (Page(f"{PREFIX}/accounts", "staff.accounts.title", "staff.accounts.title_what", EDITOR),)


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages, t = Blueprint("staff_accounts", __name__), area.t

    def show(status: int = 200, link: str = "", **values: object) -> Response:
        everybody = accounts.list_accounts(area.database)
        return area.render("accounts", status, accounts=everybody, roles=ROLES, link=link, **values)

    @pages.get("/accounts")
    @allow(EDITOR)
    def list_accounts() -> Response:
        return show()

    @pages.post("/accounts")
    @allow(EDITOR)
    def add() -> Response:
        email, name, role = (request.form.get(each, "").strip() for each in ("email", "name", "role"))
        errors = {}
        if not EMAIL.fullmatch(email) or len(email) > 320:
            errors["email"] = t("staff.accounts.bad_email")
        if role not in ROLES:
            errors["role"] = t("staff.accounts.bad_role")
        if not errors:
            try:
                account, mark = accounts.add_account(area.database, email, name=name[:400], role=role)
                return show(link=invitation_address(area.settings, mark), invited=account)
            except EmailTaken:
                errors["email"] = t("staff.accounts.taken")
        return show(400, errors=errors, typed=request.form)

    @pages.post("/accounts/<int:number>/invite")
    @allow(EDITOR)
    def invite(number: int) -> Response:
        account = next((each for each in accounts.list_accounts(area.database) if each.id == number), None)
        if account is None or not account.is_active:
            return go_to(PAGES[0].path)
        return show(link=invitation_address(area.settings, accounts.invite(area.database, number)), invited=account)

    @pages.post("/accounts/<int:number>")
    @allow(EDITOR)
    def change(number: int) -> Response:
        account = next((each for each in accounts.list_accounts(area.database) if each.id == number), None)
        role = request.form.get("role", "")
        if account is None or role not in ROLES:
            return go_to(PAGES[0].path)
        is_active = "is_active" in request.form
        seen = request.form.get("seen_role", account.role), "seen_active" in request.form
        try:
            changed = accounts.change_account(area.database, number, role=role, is_active=is_active, seen=seen)
            flash(t("staff.accounts.changed", name=changed.label))
        except AccountChanged as error:
            now = error.account
            state = t("staff.accounts.is_open" if now.is_active else "staff.accounts.is_closed")
            role = t(f"staff.role.{now.role}")
            flash(t("staff.accounts.changed_meanwhile", name=now.label, role=role, state=state), "wrong")
        except LastEditor:
            flash(t("staff.accounts.last_editor"), "wrong")
        return go_to(PAGES[0].path)

    @pages.get("/account")
    @allow(CONTRIBUTOR)
    def show_own() -> Response:
        return area.render("account")

    @pages.post("/account")
    @allow(CONTRIBUTOR)
    def rename() -> Response:
        name = request.form.get("name", "").strip()[:400]
        accounts.change_account(area.database, signed_in_account().id, name=name)
        flash(t("staff.accounts.renamed"))
        return go_to(f"{PREFIX}/account")

    return pages
