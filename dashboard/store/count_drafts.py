"""Counts that are not published yet: what was typed so far, kept at each save."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.store.accounts import now
from dashboard.store.changes import Entry
from dashboard.store.database import Database
from dashboard.store.staff_tables import ACCOUNTS, COUNT_DRAFTS
from dashboard.store.tables import SNAPSHOT_CARDS, SNAPSHOT_MEMBERS


@dataclass(frozen=True)
class CountDraft:
    """One of them. `card`: what is said of the whole, as it was typed; `counts`: by country, as typed; `members`: by
    partnership, (is_member, reason). `writer`: who saved it last. `mark` is another after each save."""

    id: str
    at: datetime.datetime
    writer: str
    card: Mapping[str, str]
    counts: Mapping[str, str]
    members: Mapping[str, tuple[str, str]]
    mark: str = ""


class DraftChanged(Exception):
    """Somebody else has saved the draft since it was read, published it, or thrown it away."""


def list_drafts(database: Database) -> list[CountDraft]:
    """All of them, the one that was saved last first."""
    with database.reading() as connection:
        return [_draft(row) for row in connection.execute(_query().order_by(COUNT_DRAFTS.c.at.desc()))]


def find_draft(database: Database, key: str) -> CountDraft | None:
    """One of them; None where there is none."""
    with database.reading() as connection:
        return _find(connection, key)


def begin_draft(database: Database, wanted: str, card: Mapping[str, str], *, account_id: int, like: str = "") -> str:
    """A new draft; returns its id, which is the wanted one, with a number where that is taken. `like`: members are at
    first those of this snapshot."""
    with database.writing() as connection:
        taken = {*connection.execute(sa.select(COUNT_DRAFTS.c.id)).scalars()}
        taken |= {*connection.execute(sa.select(SNAPSHOT_CARDS.c.id)).scalars()}
        key, number = wanted, 1
        while key in taken:
            number += 1
            key = f"{wanted}-{number}"
        columns = SNAPSHOT_MEMBERS.c
        query = sa.select(columns.partnership_id, columns.is_member).where(columns.snapshot_id == like)
        members = {row[0]: ["yes", f"counted in {like}"] for row in connection.execute(query) if row[1] == "yes"}
        draft = {"card": dict(card), "counts": {}, "members": members}
        values = {"id": key, "at": now(), "account_id": account_id, "draft": _text(draft)}
        connection.execute(COUNT_DRAFTS.insert().values(**values))
        return key


def save_draft(
    database: Database,
    key: str,
    *,
    mark: str,
    account_id: int,
    card: Mapping[str, str] | None = None,
    counts: Mapping[str, str] | None = None,
    members: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    """Keeps what was typed, each part where it is given; `members` are those that a page had, others stay. `mark`: of
    the draft as it was read. Raises DraftChanged."""
    with database.writing() as connection:
        draft = _find(connection, key)
        if draft is None or draft.mark != mark:
            raise DraftChanged(key)
        values = {
            "card": {**draft.card, **(card or {})},
            "counts": dict(draft.counts if counts is None else counts),
            "members": {**draft.members, **(members or {})},
        }
        of_it = COUNT_DRAFTS.c.id == key
        connection.execute(
            COUNT_DRAFTS.update().where(of_it).values(at=now(), account_id=account_id, draft=_text(values))
        )


def delete_draft(database: Database, key: str, *, mark: str) -> None:
    """Throws a draft away. `mark`: of the draft as it was read. Raises DraftChanged."""
    with database.writing() as connection:
        _delete(connection, key, mark)


def take_off_list(key: str, *, mark: str) -> Callable[[Connection, Entry], None]:
    """What is written with the change that publishes a draft: that it is none any more. Raises DraftChanged."""
    return lambda connection, _entry: _delete(connection, key, mark)


def _delete(connection: Connection, key: str, mark: str) -> None:
    draft = _find(connection, key)
    if draft is None or draft.mark != mark:
        raise DraftChanged(key)
    connection.execute(COUNT_DRAFTS.delete().where(COUNT_DRAFTS.c.id == key))


def _query() -> sa.Select[Any]:
    return sa.select(COUNT_DRAFTS, ACCOUNTS.c.name, ACCOUNTS.c.email).join(
        ACCOUNTS, ACCOUNTS.c.id == COUNT_DRAFTS.c.account_id
    )


def _find(connection: Connection, key: str) -> CountDraft | None:
    row = connection.execute(_query().where(COUNT_DRAFTS.c.id == key)).first()
    return None if row is None else _draft(row)


def _text(draft: Mapping[str, Any]) -> str:
    return json.dumps(draft, ensure_ascii=False, sort_keys=True)


def _draft(row: Any) -> CountDraft:
    draft = json.loads(row.draft)
    members = {key: (answer, reason) for key, (answer, reason) in draft["members"].items()}
    mark = hashlib.sha256(row.draft.encode()).hexdigest()[:16]
    return CountDraft(row.id, row.at, row.name or row.email, draft["card"], draft["counts"], members, mark)
