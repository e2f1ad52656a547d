"""Proposals: what the public says it knows, and what contributors would have changed, until an editor has decided."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.store.accounts import now
from dashboard.store.changes import Check, Edit, Entry, commit
from dashboard.store.database import Database
from dashboard.store.staff_tables import ACCEPTED, ASKED, DECLINED, OPEN, PROPOSALS

# nobody has had the last word on these, and after these nothing follows
UNDECIDED, DECIDED = (OPEN, ASKED), (ACCEPTED, DECLINED)
# who says of `author` that it is nobody with an account
PUBLIC = ""
# what the public told and nobody has decided: more is not taken, so that nobody can fill the database
MOST_OPEN = 500
# names and addresses of the public go after this time, whether somebody has decided or not
CONTACT_KEPT = datetime.timedelta(days=90)
# the way of their changes, in the history
WAY = "proposal"
TEXTS = ("field", "value", "source", "note", "contact_name", "contact_email")
# what makes a proposal the same as another, letter by letter
SAID = ("author", "subject", *TEXTS)
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

    @property
    def mark(self) -> str:
        """Another one each time that somebody says something of it; "" as long as nobody has."""
        said = f"{self.state} {self.decided_by} {self.decided_at} {self.answer}"
        return "" if self.state == OPEN else hashlib.sha256(said.encode()).hexdigest()[:16]


class AlreadyDecided(Exception):
    """Somebody else has decided meanwhile: `proposal` as it is now."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(proposal.id)
        self.proposal = proposal


class AskedMeanwhile(AlreadyDecided):
    """Somebody else has asked back meanwhile, and nothing is decided yet."""


class QueueFull(Exception):
    """As much of the public as is taken waits already."""


def add_proposal(
    database: Database, *, author: str, subject: str, texts: Mapping[str, str], edits: Sequence[Edit] = ()
) -> Proposal:
    """A new proposal, open. Of the public no more than MOST_OPEN are taken, and what was just sent (by a second press)
    is not taken twice: the first is given. Raises QueueFull."""
    values: dict[str, Any] = {name: texts.get(name, "") for name in TEXTS}
    values |= {"at": now(), "author": author, "subject": subject, "state": OPEN}
    values["edits"] = json.dumps([asdict(edit) for edit in edits], ensure_ascii=False) if edits else None
    with database.writing() as connection:
        same = sa.select(PROPOSALS).where(
            PROPOSALS.c.state == OPEN, *(PROPOSALS.c[each] == values[each] for each in SAID)
        )
        for there in map(_proposal, connection.execute(same)):
            if _without_new_ids(there.edits) == _without_new_ids(edits):
                return there
        if author == PUBLIC:
            _erase_old_contacts(connection)
            waiting = sa.select(sa.func.count()).where(PROPOSALS.c.author == PUBLIC, PROPOSALS.c.state.in_(UNDECIDED))
            if connection.execute(waiting).scalar_one() >= MOST_OPEN:
                raise QueueFull(subject)
        return _proposal(connection.execute(PROPOSALS.insert().values(**values).returning(PROPOSALS)).one())


def list_proposals(
    database: Database,
    *,
    states: Sequence[str] = (),
    subject: str = "",
    authors: Sequence[str] = (),
    before: int = 0,
    most: int = 0,
) -> list[Proposal]:
    """Proposals, the newest first; of some states, of one subject, of some authors; `most` of them, and those older
    than the one with the number `before`."""
    query = sa.select(PROPOSALS).order_by(PROPOSALS.c.id.desc())
    query = query.where(PROPOSALS.c.state.in_(states)) if states else query
    query = query.where(PROPOSALS.c.subject == subject) if subject else query
    query = query.where(PROPOSALS.c.author.in_(authors)) if authors else query
    query = query.where(PROPOSALS.c.id < before) if before else query
    query = query.limit(most) if most else query
    with database.reading() as connection:
        return [_proposal(row) for row in connection.execute(query)]


def find_proposal(database: Database, number: int) -> Proposal | None:
    """One of them; None where there is none."""
    with database.reading() as connection:
        row = connection.execute(sa.select(PROPOSALS).where(PROPOSALS.c.id == number)).first()
    return None if row is None else _proposal(row)


def decide(database: Database, number: int, state: str, *, by: str, answer: str, mark: str | None = None) -> None:
    """Sets the state of a proposal that is not decided yet. Where that is the last word, names and addresses of the
    public go. `mark`: of the proposal as it was read. Raises AlreadyDecided, AskedMeanwhile."""
    with database.writing() as connection:
        _decide(connection, number, state, by=by, answer=answer, mark=mark)


def accept(
    database: Database,
    number: int,
    edits: Sequence[Edit],
    *,
    by: str,
    who: str,
    what: str,
    reason: str,
    check: Check,
    mark: str | None = None,
) -> Entry:
    """Does what a proposal comes to, and says that it is accepted: both or neither. `who`, `what`, `reason` are for the
    history; `mark`: of the proposal as it was read. Raises AlreadyDecided, AskedMeanwhile, Conflict,
    BadData, DatabaseProblem."""

    def close(connection: Connection, entry: Entry) -> None:
        _decide(connection, number, ACCEPTED, by=by, entry_id=entry.id, mark=mark)

    return commit(database, edits, who=who, way=WAY, what=what, check=check, reason=reason, then=close)


def erase_old_contacts(database: Database) -> None:
    """Names and addresses of the public go that are older than CONTACT_KEPT, whatever became of the proposal."""
    with database.reading() as connection:
        if connection.execute(sa.select(PROPOSALS.c.id).where(_is_old()).limit(1)).first() is None:
            return
    with database.writing() as connection:
        _erase_old_contacts(connection)


def _erase_old_contacts(connection: Connection) -> None:
    connection.execute(PROPOSALS.update().where(_is_old()).values(dict.fromkeys(CONTACT, "")))


def _is_old() -> sa.ColumnElement[bool]:
    has_contact = sa.or_(*(PROPOSALS.c[name] != "" for name in CONTACT))
    return sa.and_(PROPOSALS.c.at < now() - CONTACT_KEPT, has_contact)


def _decide(
    connection: Connection,
    number: int,
    state: str,
    *,
    by: str,
    answer: str = "",
    entry_id: int | None = None,
    mark: str | None = None,
) -> None:
    values = {"state": state, "decided_at": now(), "decided_by": by, "answer": answer, "entry_id": entry_id}
    row = connection.execute(sa.select(PROPOSALS).where(PROPOSALS.c.id == number)).one()
    there = _proposal(row)
    if there.state in DECIDED:
        raise AlreadyDecided(there)
    if mark not in (None, there.mark):
        raise AskedMeanwhile(there)
    if state in DECIDED:
        values |= dict.fromkeys(CONTACT, "")
    connection.execute(PROPOSALS.update().where(PROPOSALS.c.id == number).values(**values))


def _without_new_ids(edits: Sequence[Edit]) -> str:
    """Edits as a text in which each id that they make is its number: a second press makes the same row under the next
    one that is free."""
    text = json.dumps([asdict(edit) for edit in edits], ensure_ascii=False)
    made = [edit.after["id"] for edit in edits if edit.after and "id" in edit.after and edit.key != (edit.after["id"],)]
    for number, key in enumerate(made):
        text = text.replace(json.dumps(key, ensure_ascii=False)[1:-1], f"\x1f{number}")
    return text


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
