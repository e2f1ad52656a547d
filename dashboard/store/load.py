"""The database as a `Dataset`: read like a folder, checked by the same rules, so that both give the same."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dashboard.dataset.load import Reader, build
from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData
from dashboard.dataset.read import RawTable, TextColumn
from dashboard.dataset.report_words import REPORT
from dashboard.dataset.schema import ANSWERS, TABLES, TableShape
from dashboard.store.cells import spell
from dashboard.store.conversations import load_contacts
from dashboard.store.database import fetched
from dashboard.store.report_texts import load_approvals, load_report_text
from dashboard.store.tables import DOCUMENTS, ROW_ID, SNAPSHOT_CARDS
from dashboard.store.tables import TABLES as STORED

ROWS_AT_ONCE = 1_000
IN_SNAPSHOT = re.compile(r"snapshots/([^/]+)/")
# the header of a file is row 1
FIRST_ROW = 2


class DatabaseSource:
    """The tables of one collection in a database, as files that hold the same would give them. Rows are counted as in
    those files."""

    def __init__(self, connection: Connection, name: str = "") -> None:
        self.connection = connection
        self.name = name

    def table(self, shape: TableShape, file: str) -> RawTable | None:
        """A table, or the part of it that belongs to a snapshot."""
        table = STORED[shape.table]
        names = shape.column_names()
        query = sa.select(*(table.c[name] for name in names)).order_by(table.c[ROW_ID])
        if found := IN_SNAPSHOT.match(file):
            query = query.where(table.c.snapshot_id == found[1])
        columns = {name: TextColumn(spell) for name in names}
        rows = 0
        for chunk in fetched(self.connection, query, ROWS_AT_ONCE):
            rows += len(chunk)
            for name, values in zip(names, zip(*chunk, strict=True), strict=True):
                columns[name].add(values)
        if shape.is_optional and not rows:
            return None
        cells = {name: columns.pop(name).cells() for name in names}
        return RawTable(cells, np.arange(FIRST_ROW, FIRST_ROW + rows), (), rows)

    def text(self, file: str) -> str | None:
        """A text in TOML."""
        if file == REPORT:
            return load_report_text(self.connection) or None
        query = sa.select(DOCUMENTS.c.text).where(DOCUMENTS.c.name == file)
        if found := IN_SNAPSHOT.match(file):
            query = sa.select(SNAPSHOT_CARDS.c.card).where(SNAPSHOT_CARDS.c.id == found[1])
        text: str | None = self.connection.execute(query).scalar()
        return text

    def snapshots(self) -> list[str]:
        """Ids of the snapshots."""
        return sorted(self.connection.execute(sa.select(SNAPSHOT_CARDS.c.id)).scalars())


def load_database(connection: Connection, name: str = "") -> Dataset:
    """Everything in the database, checked. Raises BadData with every problem."""
    return with_work(connection, build(Reader(DatabaseSource(connection, name))))


def with_work(connection: Connection, dataset: Dataset) -> Dataset:
    """The data with what pages show of the work of the staff."""
    return replace(dataset, contacts=load_contacts(connection), approvals=load_approvals(connection))


def with_answers(connection: Connection, dataset: Dataset) -> Dataset:
    """The data that is in the database, without answers (`Dataset.without_answers`), with those of our own surveys: of
    all tables this one is read. Raises BadData."""
    reader = Reader(DatabaseSource(connection))
    shapes = {name: shape for name, shape in TABLES.items() if len(shape.key) == 1}
    reader.keys |= {name: pd.Index(dataset.tables[name][shape.key[0]]) for name, shape in shapes.items()}
    answers = reader.table(ANSWERS)
    if reader.problems:
        raise BadData(reader.problems)
    return replace(
        dataset, tables={**dataset.tables, "answers": answers}, survey=dataset.survey.having(answers=answers)
    )
