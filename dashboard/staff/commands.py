"""The commands about accounts: the first one is made where the server runs, by who may read its database."""

from __future__ import annotations

import argparse
import sys

from dashboard.settings import Settings
from dashboard.staff.invitations import EMAIL, invitation_address
from dashboard.store import accounts
from dashboard.store.accounts import EmailTaken
from dashboard.store.changes import Check
from dashboard.store.commands import DONE, REFUSED, run_on_database
from dashboard.store.database import Database
from dashboard.store.staff_tables import CONTRIBUTOR, ROLES
from dashboard.strings import Catalog

ADD, LIST, INVITE = "add", "list", "invite"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Catalog) -> None:
    """Adds `staff add`, `staff list` and `staff invite` to the command line."""
    staff = commands.add_parser("staff", help=t("staff.cli.help"))
    actions = staff.add_subparsers(dest="action", required=True)
    add = actions.add_parser(ADD, help=t("staff.cli.add"))
    add.add_argument("email", metavar="EMAIL", help=t("staff.cli.email"))
    add.add_argument("--role", choices=ROLES, default=CONTRIBUTOR, help=t("staff.cli.role"))
    add.add_argument("--name", default="", help=t("staff.cli.name"))
    actions.add_parser(LIST, help=t("staff.cli.list"))
    invite = actions.add_parser(INVITE, help=t("staff.cli.invite"))
    invite.add_argument("email", metavar="EMAIL", help=t("staff.cli.email"))


def run(options: argparse.Namespace, settings: Settings, t: Catalog, check: Check) -> int:
    """Runs one of them. Returns 0 done, 1 refused."""
    return run_on_database({ADD: add, LIST: list_all, INVITE: invite}[options.action], options, settings, t, check)


def add(options: argparse.Namespace, database: Database, settings: Settings, t: Catalog, _check: Check) -> int:
    """Makes an account, and prints the link that sets its password, once."""
    if not EMAIL.fullmatch(options.email):
        print(t("staff.accounts.bad_email"), file=sys.stderr)
        return REFUSED
    try:
        account, mark = accounts.add_account(database, options.email, name=options.name, role=options.role)
    except EmailTaken:
        print(t("staff.accounts.taken"), file=sys.stderr)
        return REFUSED
    print(t("staff.accounts.invited", name=account.label))
    print(invitation_address(settings, mark))
    return DONE


def invite(options: argparse.Namespace, database: Database, settings: Settings, t: Catalog, _check: Check) -> int:
    """Prints another link for an account; earlier ones are void."""
    found = accounts.find_account(database, options.email)
    if found is None:
        print(t("staff.cli.no_account", email=options.email), file=sys.stderr)
        return REFUSED
    print(t("staff.accounts.invited", name=found[0].label))
    print(invitation_address(settings, accounts.invite(database, found[0].id)))
    return DONE


def list_all(_options: argparse.Namespace, database: Database, _settings: Settings, t: Catalog, _check: Check) -> int:
    """Prints the accounts."""
    for account in accounts.list_accounts(database):
        seen = account.signed_in_at.strftime("%Y-%m-%d %H:%M") if account.signed_in_at else t("staff.accounts.never")
        state = t("staff.accounts.active") if account.is_active else t("staff.cli.closed")
        print(f"{account.email}  {account.role}  {state}  {t('staff.accounts.seen')}: {seen}")
    return DONE
