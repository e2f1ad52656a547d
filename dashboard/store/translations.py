"""What the data calls things, in English and in the other languages: one text for all rows that say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from dashboard.store.changes import Image, key_of, row_images
from dashboard.store.database import Database
from dashboard.store.tables import CODEBOOK, MILESTONES, QUESTIONS, SAMPLE_WAVES, THEMES, TRANSLATIONS, WAVES

# in the order in which a person goes through them
TRANSLATED = (MILESTONES, QUESTIONS, CODEBOOK, WAVES, THEMES, SAMPLE_WAVES)
# rows that repeat a text: of those that have the same in these columns, it is one
REPEATED = {"group_title": ("wave", "theme_group")}


@dataclass(frozen=True)
class Text:
    """One text. `english` is what a page in English calls it; `columns` are those of its translations by language,
    `translations` what stands in them, "" where nobody has translated it. `keys` are those of all rows that have it,
    `row` is the first of them and `row_id` its number. A row that has several texts has several of these."""

    table: str
    name: str
    english: str
    row_id: int
    row: Image
    keys: tuple[tuple[str, ...], ...]
    columns: Mapping[str, str]
    translations: Mapping[str, str]

    def field(self, language: str) -> str:
        """What a field of a form for one of its translations is called."""
        return f"{self.table}-{self.row_id}-{self.columns[language]}"


def load_texts(database: Database) -> list[Text]:
    """All of them, by table, in the order of its rows. Raises DatabaseProblem."""
    with database.reading() as connection:
        return [
            text
            for table in TRANSLATED
            for images in (row_images(connection, table),)
            for name in _names(table)
            for text in _texts(table, name, images)
        ]


def _names(table: sa.Table) -> list[str]:
    """Its columns that are translated."""
    return list(dict.fromkeys(column.info["translates"] for column in table.columns if column.info.get("translates")))


def _texts(table: sa.Table, name: str, images: Mapping[int, Image]) -> Iterator[Text]:
    columns = {language: f"{name}_{language}" for language in TRANSLATIONS}
    key = key_of(table)
    alike: dict[tuple[str, ...], list[int]] = {}
    for number, row in images.items():
        same = [row.get(each, "") for each in (*REPEATED.get(name, key), name, *columns.values())]
        alike.setdefault(tuple(same), []).append(number)
    for numbers in alike.values():
        row = images[numbers[0]]
        yield Text(
            table.name,
            name,
            # a milestone that has no short title in English is called by its title
            row.get(name) or row.get("title", ""),
            numbers[0],
            row,
            tuple(tuple(images[number].get(each, "") for each in key) for number in numbers),
            columns,
            {language: row.get(column, "") for language, column in columns.items()},
        )
