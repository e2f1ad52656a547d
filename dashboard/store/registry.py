"""What those who edit the registry must know of the database: its rows as texts, what cites a source, under which id a
partnership goes now, who changed it last."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.store.changes import Entry, columns_of, history, row_images
from dashboard.store.database import Database
from dashboard.store.former_ids import ids_by_former
from dashboard.store.proposals import list_proposals
from dashboard.store.staff_tables import ASKED, OPEN
from dashboard.store.tables import (
    CONFLICTS,
    COUNTRIES,
    DOCUMENTS,
    PARTNERSHIPS,
    PROGRAMS,
    ROW_CHANGES,
    ROW_ID,
    SNAPSHOT_CARDS,
    SNAPSHOT_COUNTS,
    SNAPSHOT_MEMBERS,
    SOURCES,
    TABLES,
    US_STATES,
)

# a row of any table as texts by column, "" where blank
Row = dict[str, str]
SOURCE_IDS = "source_ids"


@dataclass(frozen=True)
class Rows:
    """The rows that hang together with the registry, at one moment. `partnerships` and `sources` are by id and in the
    order of the table; `members` by snapshot and partnership; `programs` by row id; `snapshots` are the years of the
    counts, `counted` the countries that each counted in. `countries` and `states` are names by code."""

    partnerships: Mapping[str, Row]
    sources: Mapping[str, Row]
    members: Mapping[tuple[str, str], Row]
    conflicts: tuple[Row, ...]
    programs: Mapping[int, Row]
    snapshots: Mapping[str, int]
    counted: Mapping[str, Collection[str]]
    countries: Mapping[str, str]
    states: Mapping[str, str]


@dataclass(frozen=True)
class Citation:
    """What cites a source: a row of a table, or a document of its own ("about.toml", a snapshot's card, the story)."""

    table: str
    label: str
    partnership: str = ""


def read_rows(database: Database) -> Rows:
    """All of it. Raises DatabaseProblem."""
    with database.reading() as connection:
        cards = connection.execute(sa.select(SNAPSHOT_CARDS.c.id, SNAPSHOT_CARDS.c.card)).all()
        counted: dict[str, set[str]] = {}
        for row in _rows(connection, SNAPSHOT_COUNTS).values():
            counted.setdefault(row["snapshot_id"], set()).add(row["country_iso3"])
        members = _rows(connection, SNAPSHOT_MEMBERS).values()
        return Rows(
            partnerships={row["id"]: row for row in _rows(connection, PARTNERSHIPS).values()},
            sources={row["id"]: row for row in _rows(connection, SOURCES).values()},
            members={(row["snapshot_id"], row["partnership_id"]): row for row in members},
            conflicts=tuple(_rows(connection, CONFLICTS).values()),
            programs=_rows(connection, PROGRAMS),
            snapshots={row.id: int(tomllib.loads(row.card)["year"]) for row in cards},
            counted=counted,
            countries={row["iso3"]: row["name"] for row in _rows(connection, COUNTRIES).values()},
            states={row["state"]: row["name"] for row in _rows(connection, US_STATES).values()},
        )


def cited_by(database: Database) -> dict[str, list[Citation]]:
    """What cites each source, by the id of the source, in the order of the tables."""
    found: dict[str, list[Citation]] = {}

    def cite(ids: Collection[str], citation: Citation) -> None:
        for each in ids:
            found.setdefault(each, []).append(citation)

    with database.reading() as connection:
        for table in TABLES.values():
            if SOURCE_IDS not in table.columns:
                continue
            for row in _rows(connection, table).values():
                ids = dict.fromkeys(filter(None, map(str.strip, row[SOURCE_IDS].split(";"))))
                partnership = row["id"] if table is PARTNERSHIPS else row.get("partnership_id", "")
                cite(ids, Citation(table.name, _label(row), partnership))
        for card in connection.execute(sa.select(SNAPSHOT_CARDS.c.id, SNAPSHOT_CARDS.c.card)):
            cite(tomllib.loads(card.card).get(SOURCE_IDS, ()), Citation(SNAPSHOT_CARDS.name, card.id))
        for document in connection.execute(sa.select(DOCUMENTS.c.name, DOCUMENTS.c.text)):
            values = tomllib.loads(document.text)
            lists = values.get("sources", {})
            named = [each for of_one in (lists.values() if isinstance(lists, dict) else ()) for each in of_one]
            slides = [slide for slide in values.get("slide", ()) if isinstance(slide, dict)]
            named += [each for slide in slides for each in slide.get("sources", ())]
            cite(dict.fromkeys(named), Citation(DOCUMENTS.name, document.name))
    return found


def proposed_ids(database: Database, table: str) -> set[str]:
    """Ids that rows of a table would get by proposals which nobody has decided yet."""
    waiting = list_proposals(database, states=(OPEN, ASKED))
    edits = [edit for proposal in waiting for edit in proposal.edits if edit.table == table and edit.after]
    return {(edit.after or {}).get("id", "") for edit in edits} - {""}


def last_changes(database: Database, ids: Collection[str]) -> dict[str, Entry]:
    """The newest change of partnerships, by id; of those that nobody has changed there is none."""
    with database.reading() as connection:
        query = sa.select(PARTNERSHIPS.c.id, sa.func.max(ROW_CHANGES.c.entry_id))
        query = query.join(ROW_CHANGES, ROW_CHANGES.c.row_id == PARTNERSHIPS.c[ROW_ID])
        query = query.where(ROW_CHANGES.c.table_name == PARTNERSHIPS.name, PARTNERSHIPS.c.id.in_(list(ids)))
        numbers = {row[0]: row[1] for row in connection.execute(query.group_by(PARTNERSHIPS.c.id))}
        entries = {entry.id: entry for entry in history(connection)} if numbers else {}
    return {key: entries[number] for key, number in numbers.items()}


def current_ids(database: Database) -> dict[str, str]:
    """Ids that partnerships had before, and the id that each goes by now (`former_ids.py`)."""
    with database.reading() as connection:
        return ids_by_former(connection)


def _rows(connection: Connection, table: sa.Table) -> dict[int, Row]:
    names, images = [column.name for column in columns_of(table)], row_images(connection, table)
    return {number: {name: image.get(name, "") for name in names} for number, image in images.items()}


def _label(row: Row) -> str:
    """What a row is called where rows of all tables stand together."""
    if "us_community" in row:
        pair = "–".join(filter(None, (row["us_community"], row["partner_community"])))
        return ": ".join(filter(None, (pair or row.get("id", ""), row.get("title", ""))))
    names = ("subject", "title", "wave", "survey", "label", "snapshot_id", "country_iso3", "date", "place", "question")
    return " · ".join([row[name] for name in names if row.get(name)][:3])
