"""Proposals: what the public says it knows, and what contributors would have changed, until an editor has decided."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dashboard.store.accounts import now
from dashboard.store.changes import Edit
from dashboard.store.database import Database
from dashboard.store.staff_tables import ACCEPTED, OPEN, PROPOSALS

TEXTS = ("field", "value", "source", "note", "contact_name", "contact_email")
# what says who somebody of the public is; it goes when the proposal is decided
CONTACT = ("contact_name", "contact_email")


@dataclass(frozen=True)
class Proposal:
    """`author` is the address of an account, "" for the public. `subject`: "partnership:ID", "country:ISO3" or "".
    `texts` has field, value, source, note, contact_name and contact_email, as they were typed. `edits`: the rows that a
    contributor's change consists of, none for the public. `state` is one of PROPOSAL_STATES; moments are in UTC."""

    id: int
    at: datetime.datetime
    author: str
    subject: str
    texts: Mapping[str, str]
    edits: tuple[Edit, ...]
    state: str
    decided_at: datetime.datetime | None = None
    decided_by: str = ""
    answer: str = ""
    entry_id: int | None = None


class AlreadyDecided(Exception):
    """Somebody else has decided meanwhile: `proposal` as it is now."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(proposal.id)
        self.proposal = proposal


def add_proposal(
    database: Database, *, author: str, subject: str, texts: Mapping[str, str], edits: Sequence[Edit] = ()
) -> Proposal:
    """A new proposal, open."""
    values: dict[str, Any] = {name: texts.get(name, "") for name in TEXTS}
    values |= {"at": now(), "author": author, "subject": subject, "state": OPEN}
    values["edits"] = json.dumps([_written(edit) for edit in edits], ensure_ascii=False) if edits else None
    with database.writing() as connection:
        number = connection.execute(PROPOSALS.insert().values(**values)).inserted_primary_key[0]  # type: ignore[index]
        return _proposal(connection.execute(sa.select(PROPOSALS).where(PROPOSALS.c.id == number)).one())


def list_proposals(database: Database, *, states: Sequence[str] = (), subject: str = "") -> list[Proposal]:
    """Proposals, the newest first; of some states, of one subject."""
    query = sa.select(PROPOSALS).order_by(PROPOSALS.c.id.desc())
    query = query.where(PROPOSALS.c.state.in_(states)) if states else query
    query = query.where(PROPOSALS.c.subject == subject) if subject else query
    with database.reading() as connection:
        return [_proposal(row) for row in connection.execute(query)]


def find_proposal(database: Database, number: int) -> Proposal | None:
    """One of them; None where there is none."""
    with database.reading() as connection:
        row = connection.execute(sa.select(PROPOSALS).where(PROPOSALS.c.id == number)).first()
    return None if row is None else _proposal(row)


def decide(
    database: Database, number: int, state: str, *, by: str, answer: str = "", entry_id: int | None = None
) -> Proposal:
    """Sets the state of a proposal that is not decided yet. Where that is the last word, names and addresses of the
    public go. Raises AlreadyDecided."""
    values: dict[str, Any] = {"state": state, "decided_at": now(), "decided_by": by, "answer": answer}
    values["entry_id"] = entry_id
    with database.writing() as connection:
        row = connection.execute(sa.select(PROPOSALS).where(PROPOSALS.c.id == number)).one()
        if row.state in (ACCEPTED, "declined"):
            raise AlreadyDecided(_proposal(row))
        if state in (ACCEPTED, "declined"):
            values |= dict.fromkeys(CONTACT, "")
        connection.execute(PROPOSALS.update().where(PROPOSALS.c.id == number).values(**values))
        return _proposal(connection.execute(sa.select(PROPOSALS).where(PROPOSALS.c.id == number)).one())


def _written(edit: Edit) -> dict[str, Any]:
    key = list(edit.key) if isinstance(edit.key, tuple) else edit.key
    return {
        "table": edit.table,
        "key": key,
        "after": None if edit.after is None else dict(edit.after),
        "before": dict(edit.before),
    }


def _read(edit: Mapping[str, Any]) -> Edit:
    key = edit["key"]
    return Edit(edit["table"], tuple(key) if isinstance(key, list) else key, edit["after"], edit["before"])


def _proposal(row: Any) -> Proposal:
    return Proposal(
        row.id,
        row.at,
        row.author,
        row.subject,
        {name: getattr(row, name) for name in TEXTS},
        tuple(_read(edit) for edit in json.loads(row.edits or "[]")),
        row.state,
        row.decided_at,
        row.decided_by,
        row.answer,
        row.entry_id,
    )
