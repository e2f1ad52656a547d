"""Under which id a partnership goes that had another one: identified since, or merged with another."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.store.tables import PARTNERSHIPS, ROW_CHANGES, ROW_ID

# a row as a change has it (`changes.py`), which reads the data, and so what follows these ids
Image = Mapping[str, str]


def ids_by_former(connection: Connection) -> dict[str, str]:
    """Ids that partnerships had before they were identified, or merged with another, and the id that each goes by now.
    Whatever the history does not follow (addresses, conversations, proposals) finds them by it."""
    now = {row[0]: row[1] for row in connection.execute(sa.select(PARTNERSHIPS.c[ROW_ID], PARTNERSHIPS.c.id))}
    query = sa.select(ROW_CHANGES).where(ROW_CHANGES.c.table_name == PARTNERSHIPS.name).order_by(ROW_CHANGES.c.id)
    row_of: dict[str, int] = {}
    merged: dict[int, int] = {}
    by_entry: dict[int, list[tuple[int, Image | None, Image | None]]] = {}
    for change in connection.execute(query):
        before, after = (None if text is None else json.loads(text) for text in (change.before, change.after))
        by_entry.setdefault(change.entry_id, []).append((change.row_id, before, after))
        if before:
            row_of[before["id"]] = change.row_id
    for rows in by_entry.values():
        gone = [(number, before) for number, before, after in rows if before and after is None]
        kept = [(number, after) for number, before, after in rows if before and after]
        # a change in which one row went and one other took over its sources is a merging of the two
        if len(gone) == len(kept) == 1 and _sources(gone[0][1]) <= _sources(kept[0][1]):
            merged[gone[0][0]] = kept[0][0]
    found = {}
    for former, number in row_of.items():
        while number not in now and number in merged:
            number = merged[number]
        if number in now and now[number] != former and former not in now.values():
            found[former] = now[number]
    return found


def _sources(image: Image) -> set[str]:
    return set(filter(None, image.get("source_ids", "").split(";")))
