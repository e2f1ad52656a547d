"""Conversations with partnerships: when, who of us, with whom, by what, what came of it, what is next.

Names and notes are for the staff alone: nothing here is part of the collection, and the public learns of it only which
partnerships were contacted and surveyed (`load_contacts`), as numbers of a country. What is erased is gone: the fact
that there was a conversation stays. The log of a partnership that was identified or merged since is found under the id
that it goes by now; that of one that was removed stays under its own, and counts for nobody.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.store.accounts import now
from dashboard.store.database import Database, renew_version
from dashboard.store.former_ids import ids_by_former
from dashboard.store.staff_tables import ACCOUNTS, CONVERSATIONS
from dashboard.store.tables import PARTNERSHIPS

NO_ANSWER, SURVEY_ANSWERED = "no_answer", "survey_answered"
# what a form gives; of these, what may say something of a person
FIELDS = ("on_date", "who", "with_whom", "means", "outcome", "note", "next_step", "next_date")
PERSONAL = ("who", "with_whom", "note", "next_step")
# who presses a button twice does so within this time
SECOND_PRESS = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class Conversation:
    """One of them. Days are as 2026-11-28, "" where none is said; moments are in UTC. `is_done`: the next step was
    taken. `writer_id`, `writer`: number and name of the account that wrote it down."""

    id: int
    partnership_id: str
    on_date: str
    who: str
    with_whom: str
    means: str
    outcome: str
    note: str
    next_step: str
    next_date: str
    is_done: bool
    writer_id: int
    writer: str
    written_at: datetime.datetime

    @property
    def is_erased(self) -> bool:
        """Whether names and notes were erased: nobody can write one down without saying who of us spoke."""
        return not self.who

    @property
    def has_next(self) -> bool:
        """Whether something is still to be done."""
        return bool(self.next_step or self.next_date) and not self.is_done

    @property
    def values(self) -> dict[str, str]:
        """The values of FIELDS, as a form has them."""
        return {name: getattr(self, name) for name in FIELDS}


class ChangedMeanwhile(Exception):
    """Somebody else has changed a conversation since it was read: `current` as it is now, None where it is gone."""

    def __init__(self, current: Conversation | None) -> None:
        super().__init__(current and current.id)
        self.current = current


def load_contacts(connection: Connection) -> pd.DataFrame:
    """partnership_id, is_contacted, is_surveyed (bool): a row a partnership of which anybody was reached."""
    rows = [(key, True, answered) for key, answered in sorted(_facts(connection))]
    frame = pd.DataFrame(rows, columns=["partnership_id", "is_contacted", "is_surveyed"])
    return frame.astype({"partnership_id": str, "is_contacted": bool, "is_surveyed": bool})


def list_conversations(
    database: Database,
    *,
    partnership_ids: Sequence[str] | None = None,
    who: str = "",
    start: int = 0,
    most: int | None = None,
) -> list[Conversation]:
    """Conversations, the newest first: with some partnerships, of one of us."""
    query = _query().order_by(CONVERSATIONS.c.on_date.desc(), CONVERSATIONS.c.id.desc())
    return _found(database, query.offset(start).limit(most), partnership_ids, who)


def count_conversations(database: Database, *, partnership_ids: Sequence[str] | None = None, who: str = "") -> int:
    """How many there are, of `list_conversations`."""
    query = sa.select(sa.func.count()).select_from(CONVERSATIONS)
    with database.reading() as connection:
        query = _narrowed(query, partnership_ids, who, _current(connection))
        return int(connection.execute(query).scalar_one())


def list_next_steps(
    database: Database, *, partnership_ids: Sequence[str] | None = None, who: str = ""
) -> list[Conversation]:
    """Conversations whose next step was not taken yet: the longest overdue first, those without a day last."""
    wanted = sa.or_(CONVERSATIONS.c.next_step != "", CONVERSATIONS.c.next_date != "")
    query = _query().where(wanted, CONVERSATIONS.c.is_done.is_(False))
    query = query.order_by(CONVERSATIONS.c.next_date == "", CONVERSATIONS.c.next_date, CONVERSATIONS.c.id)
    return _found(database, query, partnership_ids, who)


def list_people(database: Database) -> list[str]:
    """Who of us ever spoke with anybody, by name."""
    query = sa.select(CONVERSATIONS.c.who).where(CONVERSATIONS.c.who != "").distinct()
    with database.reading() as connection:
        return sorted(connection.execute(query).scalars(), key=str.casefold)


def count_by_partnership(database: Database) -> Mapping[str, int]:
    """How many conversations there are with each partnership that has any."""
    with database.reading() as connection:
        now = _current(connection)
        return Counter(
            now.get(each, each) for each in connection.execute(sa.select(CONVERSATIONS.c.partnership_id)).scalars()
        )


def find_conversation(database: Database, number: int) -> Conversation | None:
    """One of them; None where there is none."""
    with database.reading() as connection:
        return _by_id(connection, number)


def find_person(database: Database, name: str) -> list[Conversation]:
    """Conversations in which every word of a name stands somewhere, whatever its case: in the names, the note or the
    next step."""
    words = name.casefold().split()
    if not words:
        return []
    found = _found(database, _query().order_by(CONVERSATIONS.c.on_date.desc()))
    texts = {each.id: " ".join(getattr(each, column) for column in PERSONAL).casefold() for each in found}
    return [each for each in found if all(word in texts[each.id] for word in words)]


def add_conversation(
    database: Database, partnership_id: str, values: Mapping[str, str], *, account_id: int, done: Iterable[int] = ()
) -> Conversation:
    """Writes one down. `values` has FIELDS, `done` numbers of conversations with the same partnership whose next step
    was taken by it. What the same person has just written down in the same words (by a second press) is not there
    twice: the first is given."""
    given = {name: values[name] for name in FIELDS}
    with database.writing() as connection, _noting_contacts(connection):
        of_whom = {"partnership_id": partnership_id, "written_by": account_id}
        same = (CONVERSATIONS.c[name] == value for name, value in {**of_whom, **given}.items())
        pressed = sa.select(CONVERSATIONS.c.id).where(*same, CONVERSATIONS.c.written_at > now() - SECOND_PRESS)
        if (there := connection.execute(pressed).scalar()) is not None:
            found = _by_id(connection, there)
            assert found is not None
            return found
        written = CONVERSATIONS.insert().values(**of_whom, **given, written_at=now()).returning(CONVERSATIONS.c.id)
        number: int = connection.execute(written).scalar_one()
        ids = _all_ids([partnership_id], _current(connection))
        of_them = CONVERSATIONS.c.id.in_([*done]) & CONVERSATIONS.c.partnership_id.in_(ids)
        connection.execute(CONVERSATIONS.update().where(of_them).values(is_done=True))
        found = _by_id(connection, number)
        assert found is not None
        return found


def mend_conversation(
    database: Database, number: int, values: Mapping[str, str], *, before: Mapping[str, str], is_done: bool = False
) -> None:
    """Changes what was written down; `before` is what it was when it was looked at. Raises ChangedMeanwhile."""
    given = {name: values[name] for name in FIELDS}
    # what a form had is gone from the file too, where somebody mends a name away
    with _leaving_no_trace(database) as connection, _noting_contacts(connection):
        current = _by_id(connection, number)
        if current is None or current.values != dict(before):
            raise ChangedMeanwhile(current)
        connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == number).values(is_done=is_done, **given))


def finish_next_step(database: Database, number: int) -> None:
    """The next step was taken."""
    with database.writing() as connection:
        connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == number).values(is_done=True))


def move_conversations(database: Database, former_id: str, partnership_id: str) -> int:
    """The log of a partnership to another one, of which it turned out to be. Returns how many conversations."""
    with database.writing() as connection, _noting_contacts(connection):
        of_it = CONVERSATIONS.c.partnership_id == former_id
        return connection.execute(CONVERSATIONS.update().where(of_it).values(partnership_id=partnership_id)).rowcount


def delete_conversation(database: Database, number: int) -> None:
    """As if it had never been written down."""
    with _leaving_no_trace(database) as connection, _noting_contacts(connection):
        connection.execute(CONVERSATIONS.delete().where(CONVERSATIONS.c.id == number))


def erase_people(database: Database, numbers: Iterable[int]) -> int:
    """Names, notes and next steps of some conversations go for good; when, by what and what came of it stays. Returns
    how many there were."""
    with _leaving_no_trace(database) as connection:
        values = {**dict.fromkeys(PERSONAL, ""), "next_date": ""}
        of_them = CONVERSATIONS.c.id.in_([*numbers])
        return connection.execute(CONVERSATIONS.update().where(of_them).values(values)).rowcount


@contextmanager
def _leaving_no_trace(database: Database) -> Iterator[Connection]:
    """A transaction after which what it took away is not in the files of the database any more."""
    with database.writing() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        yield connection
    database.settle()


@contextmanager
def _noting_contacts(connection: Connection) -> Iterator[None]:
    """What happens in the block makes the data another one only where the public sees it."""
    before = _facts(connection)
    yield
    if _facts(connection) != before:
        renew_version(connection)


def _facts(connection: Connection) -> set[tuple[str, bool]]:
    """(partnership, whether it was surveyed) of each of which anybody was reached."""
    is_surveyed = sa.func.max(sa.case((CONVERSATIONS.c.outcome == SURVEY_ANSWERED, 1), else_=0))
    query = sa.select(CONVERSATIONS.c.partnership_id, is_surveyed).where(CONVERSATIONS.c.outcome != NO_ANSWER)
    now, found = _current(connection), dict[str, bool]()
    for key, answered in connection.execute(query.group_by(CONVERSATIONS.c.partnership_id)):
        found[now.get(key, key)] = found.get(now.get(key, key), False) or bool(answered)
    return set(found.items())


def _current(connection: Connection) -> Mapping[str, str]:
    """Of partnerships with conversations that are not there any more: the id that they go by now."""
    lost = sa.select(CONVERSATIONS.c.partnership_id).where(
        CONVERSATIONS.c.partnership_id.not_in(sa.select(PARTNERSHIPS.c.id))
    )
    ids = set(connection.execute(lost.distinct()).scalars())
    return {former: now for former, now in ids_by_former(connection).items() if former in ids} if ids else {}


def _all_ids(ids: Sequence[str], now: Mapping[str, str]) -> list[str]:
    """Ids of partnerships, and those under which there are conversations with them from before."""
    wanted = set(ids)
    return [*ids, *(former for former, current in now.items() if current in wanted)]


def _query() -> sa.Select[Any]:
    return sa.select(CONVERSATIONS, ACCOUNTS.c.name, ACCOUNTS.c.email).join(
        ACCOUNTS, ACCOUNTS.c.id == CONVERSATIONS.c.written_by
    )


def _found(
    database: Database, query: sa.Select[Any], partnership_ids: Sequence[str] | None = None, who: str = ""
) -> list[Conversation]:
    with database.reading() as connection:
        now = _current(connection)
        return [_conversation(row, now) for row in connection.execute(_narrowed(query, partnership_ids, who, now))]


def _narrowed(
    query: sa.Select[Any], partnership_ids: Sequence[str] | None, who: str, now: Mapping[str, str]
) -> sa.Select[Any]:
    if partnership_ids is not None:
        query = query.where(CONVERSATIONS.c.partnership_id.in_(_all_ids(partnership_ids, now)))
    return query.where(CONVERSATIONS.c.who == who) if who else query


def _by_id(connection: Connection, number: int) -> Conversation | None:
    row = connection.execute(_query().where(CONVERSATIONS.c.id == number)).first()
    return None if row is None else _conversation(row, _current(connection))


def _conversation(row: Any, now: Mapping[str, str]) -> Conversation:
    return Conversation(
        id=row.id,
        partnership_id=now.get(row.partnership_id, row.partnership_id),
        **{name: getattr(row, name) for name in FIELDS},
        is_done=row.is_done,
        writer_id=row.written_by,
        writer=row.name or row.email,
        written_at=row.written_at,
    )
