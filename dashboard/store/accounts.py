"""Accounts of the staff area: who may sign in, by which link a password is set, who is signed in now.

A mark is a random text that a browser or a link has; the database has its SHA-256. Moments are in UTC.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.store.database import Database
from dashboard.store.staff_tables import ACCOUNTS, EDITOR, INVITATIONS, SECRETS, SESSIONS
from dashboard.store.tables import STATE

# how long a link sets a password; a browser may be idle, and stay signed in at all
INVITED_FOR = datetime.timedelta(days=7)
IDLE_FOR = datetime.timedelta(hours=12)
SIGNED_IN_FOR = datetime.timedelta(days=14)
# a session is marked as seen no more often than this, because it is a write
SEEN_EVERY = datetime.timedelta(minutes=5)
SIGNING_KEY = "signing_key"


@dataclass(frozen=True)
class Account:
    """Somebody of the staff. `email` in small letters; `role` is one of ROLES; `has_password`: the link that sets one
    was used. Moments are in UTC."""

    id: int
    email: str
    name: str
    role: str
    is_active: bool
    has_password: bool
    created_at: datetime.datetime
    signed_in_at: datetime.datetime | None

    @property
    def is_editor(self) -> bool:
        """Whether this one may accept, undo and manage accounts."""
        return self.role == EDITOR

    @property
    def label(self) -> str:
        """The name, or the address where there is none."""
        return self.name or self.email


class EmailTaken(Exception):
    """There is an account of this address already."""


class LastEditor(Exception):
    """Nobody would be left who can manage accounts."""


class AccountChanged(Exception):
    """Somebody else gave the account another role or closed it meanwhile: `account` as it is now."""

    def __init__(self, account: Account) -> None:
        super().__init__(account.id)
        self.account = account


def now() -> datetime.datetime:
    """This moment in UTC, as the database has moments."""
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)


def spelled(email: str) -> str:
    """An address as accounts have it."""
    return email.strip().casefold()


def has_accounts(database: Database) -> bool:
    """Whether there is any; without one there is no staff area."""
    with database.reading() as connection:
        return connection.execute(sa.select(ACCOUNTS.c.id).limit(1)).first() is not None


def takes_proposals(database: Database | None) -> bool:
    """Whether what the public tells can be kept, and somebody may read it."""
    return database is not None and not database.is_read_only and has_accounts(database)


def list_accounts(database: Database) -> list[Account]:
    """All of them, by address."""
    with database.reading() as connection:
        return [_account(row) for row in connection.execute(sa.select(ACCOUNTS).order_by(ACCOUNTS.c.email))]


def find_account(database: Database, email: str) -> tuple[Account, str] | None:
    """The account of an address, and the hash of its password, "" where none is set."""
    with database.reading() as connection:
        row = connection.execute(sa.select(ACCOUNTS).where(ACCOUNTS.c.email == spelled(email))).first()
    return None if row is None else (_account(row), row.password or "")


def add_account(database: Database, email: str, *, name: str, role: str) -> tuple[Account, str]:
    """A new account, and the mark of a link by which its password is set. Raises EmailTaken."""
    with database.writing() as connection:
        if connection.execute(sa.select(ACCOUNTS.c.id).limit(1)).first() is None:
            # from now on somebody reads what the public tells, so pages offer the form for it: as with other data, they
            # are made anew on all machines, and what was kept of them is not used any more
            connection.execute(STATE.update().values(version=secrets.token_hex(6)))
        if connection.execute(sa.select(ACCOUNTS.c.id).where(ACCOUNTS.c.email == spelled(email))).first():
            raise EmailTaken(email)
        values = {"email": spelled(email), "name": name.strip(), "role": role, "is_active": True, "created_at": now()}
        account = _account(connection.execute(ACCOUNTS.insert().values(**values).returning(ACCOUNTS)).one())
        return account, _invite(connection, account.id)


def invite(database: Database, account_id: int) -> str:
    """Another link by which the account's password is set; earlier ones are void."""
    with database.writing() as connection:
        return _invite(connection, account_id)


def invited(database: Database, mark: str) -> Account | None:
    """The account whose password a link sets; None where the link is void."""
    with database.reading() as connection:
        return _invited(connection, mark)


def accept_invitation(database: Database, mark: str, password_hash: str) -> Account | None:
    """Sets the password of the account of a link, which is void from then on, as are its sessions. None where it was
    void before."""
    with database.writing() as connection:
        account = _invited(connection, mark)
        if account is None:
            return None
        connection.execute(INVITATIONS.delete().where(INVITATIONS.c.account_id == account.id))
        connection.execute(SESSIONS.delete().where(SESSIONS.c.account_id == account.id))
        return _change(connection, account.id, password=password_hash)


def set_password(database: Database, account_id: int, password_hash: str) -> None:
    """Another hash of the same or another password."""
    with database.writing() as connection:
        _change(connection, account_id, password=password_hash)


def change_account(
    database: Database,
    account_id: int,
    *,
    name: str | None = None,
    role: str | None = None,
    is_active: bool | None = None,
    seen: tuple[str, bool] | None = None,
) -> Account:
    """Another name, role, or whether it may sign in; one that may not is signed out. `seen`: role and whether it might
    sign in, as whoever changes it saw them. Raises LastEditor, AccountChanged where they are something else by now."""
    with database.writing() as connection:
        there = _account(connection.execute(sa.select(ACCOUNTS).where(ACCOUNTS.c.id == account_id)).one())
        if seen not in (None, (there.role, there.is_active)):
            raise AccountChanged(there)
        wanted = {"name": name, "role": role, "is_active": is_active}
        given = {key: value for key, value in wanted.items() if value is not None}
        account = _change(connection, account_id, **given)
        editors = sa.select(ACCOUNTS.c.id).where(ACCOUNTS.c.role == EDITOR, ACCOUNTS.c.is_active)
        if connection.execute(editors.limit(1)).first() is None:
            raise LastEditor(account_id)
        if is_active is False:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.account_id == account_id))
            connection.execute(INVITATIONS.delete().where(INVITATIONS.c.account_id == account_id))
        return account


def sign_in(database: Database, account_id: int) -> str:
    """A new session; its mark is for the browser alone. Sessions that ended long ago go."""
    mark, at = secrets.token_urlsafe(32), now()
    with database.writing() as connection:
        connection.execute(SESSIONS.delete().where(SESSIONS.c.began_at < at - SIGNED_IN_FOR))
        connection.execute(SESSIONS.insert().values(mark=_digest(mark), account_id=account_id, began_at=at, seen_at=at))
        _change(connection, account_id, signed_in_at=at)
    return mark


def signed_in(database: Database, mark: str) -> Account | None:
    """Who a browser with this mark is; None where the session has ended."""
    at = now()
    query = sa.select(SESSIONS.c.seen_at, ACCOUNTS).join(ACCOUNTS, ACCOUNTS.c.id == SESSIONS.c.account_id)
    query = query.where(SESSIONS.c.mark == _digest(mark), ACCOUNTS.c.is_active)
    query = query.where(SESSIONS.c.seen_at > at - IDLE_FOR, SESSIONS.c.began_at > at - SIGNED_IN_FOR)
    with database.reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    if row.seen_at < at - SEEN_EVERY:
        with database.writing() as connection:
            connection.execute(SESSIONS.update().where(SESSIONS.c.mark == _digest(mark)).values(seen_at=at))
    return _account(row)


def sign_out(database: Database, mark: str) -> None:
    """Ends one session."""
    with database.writing() as connection:
        connection.execute(SESSIONS.delete().where(SESSIONS.c.mark == _digest(mark)))


def sign_out_everywhere(database: Database, account_id: int) -> None:
    """Ends all sessions of an account."""
    with database.writing() as connection:
        connection.execute(SESSIONS.delete().where(SESSIONS.c.account_id == account_id))


def signing_key(database: Database) -> str:
    """By what cookies and the marks of forms are signed: the same on all machines, made once."""
    return shared_secret(database, SIGNING_KEY)


def shared_secret(database: Database, name: str) -> str:
    """A random text of this name, the same on all machines, made once."""
    query = sa.select(SECRETS.c.value).where(SECRETS.c.name == name)
    with database.reading() as connection:
        found = connection.execute(query).scalar()
    if found is None:
        with database.writing() as connection:
            found = connection.execute(query).scalar()
            if found is None:
                found = secrets.token_urlsafe(32)
                connection.execute(SECRETS.insert().values(name=name, value=found))
    return str(found)


def _digest(mark: str) -> str:
    return hashlib.sha256(mark.encode()).hexdigest()


def _invite(connection: Connection, account_id: int) -> str:
    mark = secrets.token_urlsafe(32)
    connection.execute(INVITATIONS.delete().where(INVITATIONS.c.account_id == account_id))
    values = {"mark": _digest(mark), "account_id": account_id, "ends_at": now() + INVITED_FOR}
    connection.execute(INVITATIONS.insert().values(**values))
    return mark


def _invited(connection: Connection, mark: str) -> Account | None:
    query = sa.select(ACCOUNTS).join(INVITATIONS, INVITATIONS.c.account_id == ACCOUNTS.c.id)
    query = query.where(INVITATIONS.c.mark == _digest(mark), INVITATIONS.c.ends_at > now(), ACCOUNTS.c.is_active)
    row = connection.execute(query).first()
    return None if row is None else _account(row)


def _change(connection: Connection, account_id: int, **values: Any) -> Account:
    changed = ACCOUNTS.update().where(ACCOUNTS.c.id == account_id).values(**values).returning(ACCOUNTS)
    return _account(connection.execute(changed).one())


def _account(row: Any) -> Account:
    return Account(
        row.id,
        row.email,
        row.name,
        row.role,
        row.is_active,
        row.password is not None,
        row.created_at,
        row.signed_in_at,
    )
