"""A session begins."""

from __future__ import annotations

import logging

from flask_login import login_user

from dashboard.staff.area import StaffArea, forget_session
from dashboard.staff.guard import User
from dashboard.store import accounts
from dashboard.store.accounts import Account

LOG = logging.getLogger("dashboard.staff")


def begin_session(area: StaffArea, account: Account) -> None:
    """Somebody is who they say: the cookie begins anew."""
    forget_session()
    login_user(User(account, accounts.sign_in(area.database, account.id)))
    LOG.info("signed in", extra={"account": account.id})
