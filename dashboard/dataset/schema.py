"""The shape of the data folder: each file, its columns, and what a cell may hold.

Made of the database's tables (`dashboard/store/tables.py`), where all of it is said; `validate.py` checks by it.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from dashboard.store import tables
from dashboard.store.tables import FIRST_YEAR, LAST_YEAR, STATUSES, TRANSLATIONS, YES_NO

__all__ = ["FIRST_YEAR", "LAST_YEAR", "STATUSES", "TRANSLATIONS", "YES_NO", "Column", "TableShape"]


@dataclass(frozen=True)
class Column:
    """One column. `kind` is text, code, year, integer, number, choice, date, ids or reference.

    `needed` means no cell may be blank. `to` names the table whose key `reference` and `ids` cells must
    hold (`ids`: several joined by ";"); `choices` the words of a choice; `least` and `most` bound numbers. A file
    without a column that `can_be_missing` has it blank; `translates` names the column whose text it has in another
    language.
    """

    name: str
    kind: str = "text"
    needed: bool = False
    to: str = ""
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    longest: int = 400
    can_be_missing: bool = False
    translates: str = ""


@dataclass(frozen=True)
class TableShape:
    """One file of the folder. `table` is its name in the database; `key` are the columns whose values together are
    unique."""

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    is_optional: bool = False
    table: str = ""

    def needed_names(self) -> tuple[str, ...]:
        """Names of the columns that every file has."""
        return tuple(column.name for column in self.columns if not column.can_be_missing)

    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in their order."""
        return tuple(column.name for column in self.columns)


def shape_of(table: sa.Table) -> TableShape:
    """What a file of a table looks like."""
    columns = tuple(Column(column.name, **column.info) for column in table.columns if "kind" in column.info)
    return TableShape(table.info["file"], columns, table.info["key"], table.info["is_optional"], table.name)


SOURCES = shape_of(tables.SOURCES)
MAP_POINTS = shape_of(tables.MAP_POINTS)
PARTNERSHIPS = shape_of(tables.PARTNERSHIPS)
WAVES = shape_of(tables.WAVES)
THEMES = shape_of(tables.THEMES)
ANSWERS = shape_of(tables.ANSWERS)
SNAPSHOT_COUNTS = shape_of(tables.SNAPSHOT_COUNTS)
SNAPSHOT_MEMBERS = shape_of(tables.SNAPSHOT_MEMBERS)
SAMPLE_WAVES = shape_of(tables.SAMPLE_WAVES)
SAMPLE_ANSWERS = shape_of(tables.SAMPLE_ANSWERS)

_APART = {"us_cities", "partner_cities", "us_state_points", "sample_waves", "sample_answers"}
# name of a table -> its shape; in the order in which references can be checked
TABLES: dict[str, TableShape] = {
    name: shape_of(table)
    for name, table in tables.TABLES.items()
    if "is_optional" in table.info and not table.info["within"] and name not in _APART
}
# without these the dashboard works, but has no cities to propose; built by tools/places/build.py
PLACES: dict[str, TableShape] = {
    name: shape_of(table)
    for name, table in (("us_cities", tables.US_CITIES), ("partner_cities", tables.PARTNER_CITIES))
}
# in the folder and the database for those who draw maps of them; nothing here reads it
US_STATE_POINTS = shape_of(tables.US_STATE_POINTS)
SAMPLE_TABLES = {"waves": SAMPLE_WAVES.file, "answers": SAMPLE_ANSWERS.file}
