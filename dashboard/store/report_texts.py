"""What people write into the report, and who approved it: rows like those of the collection, with their history."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.dataset.problems import Problem
from dashboard.dataset.report_words import Approval, SectionWords, read_report_words, to_toml
from dashboard.store.tables import ENTRIES, REPORT_APPROVALS, REPORT_WORDS, ROW_CHANGES, ROW_ID

# ways of entries that put a folder in place of everything, without a row for each change
WHOLE = ("fill", "load")


@dataclass(frozen=True)
class LastChange:
    """The newest change of a row: its number, who and when (2026-11-28)."""

    entry: int
    who: str
    on_date: str


def report_words_of(text: str) -> tuple[SectionWords, ...]:
    """The words of a text of `report.toml` that was found good."""
    problems: list[Problem] = []
    return read_report_words(tomllib.loads(text), text, problems)


def load_words(connection: Connection) -> list[SectionWords]:
    """All words, those that were written first first."""
    columns = REPORT_WORDS.c
    query = sa.select(columns.section, columns.text, columns.view, columns.signed).order_by(columns[ROW_ID])
    return [SectionWords(*row) for row in connection.execute(query)]


def load_report_text(connection: Connection) -> str:
    """All words as the text of `report.toml`; "" without any."""
    return to_toml(load_words(connection))


def load_approvals(connection: Connection) -> tuple[Approval, ...]:
    """All approvals."""
    columns = REPORT_APPROVALS.c
    query = sa.select(columns.view, columns.approved_by, columns.on_date, columns.words, columns.after)
    rows = connection.execute(query.order_by(columns[ROW_ID])).all()
    newest = newest_data_change(connection) if rows else 0
    return tuple(Approval(view, by, on_date, words, newest > after) for view, by, on_date, words, after in rows)


def newest_data_change(connection: Connection) -> int:
    """The number of the newest change of anything but words and approvals of the report."""
    own = (REPORT_WORDS.name, REPORT_APPROVALS.name)
    of_rows = sa.select(sa.func.max(ROW_CHANGES.c.entry_id)).where(ROW_CHANGES.c.table_name.not_in(own))
    ways = sa.or_(*(ENTRIES.c.way.startswith(way) for way in WHOLE))
    changed = sa.select(ROW_CHANGES.c.entry_id)
    of_whole = sa.select(sa.func.max(ENTRIES.c.id)).where(ways, ENTRIES.c.id.not_in(changed))
    return max(connection.execute(query).scalar() or 0 for query in (of_rows, of_whole))


def last_changes(connection: Connection) -> Mapping[tuple[str, str], LastChange]:
    """Who wrote what is there now, by section and view; words that came with a folder are not in it."""
    query = (
        sa.select(REPORT_WORDS.c.section, REPORT_WORDS.c.view, ENTRIES.c.id, ENTRIES.c.who, ENTRIES.c.at)
        .join(ROW_CHANGES, ROW_CHANGES.c.row_id == REPORT_WORDS.c[ROW_ID])
        .join(ENTRIES, ENTRIES.c.id == ROW_CHANGES.c.entry_id)
        .where(ROW_CHANGES.c.table_name == REPORT_WORDS.name)
        .order_by(ENTRIES.c.id)
    )
    # of several changes the last one stays
    return {
        (row.section, row.view): LastChange(row.id, row.who, f"{row.at:%Y-%m-%d}") for row in connection.execute(query)
    }
