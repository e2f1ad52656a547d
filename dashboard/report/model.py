"""What a report is: sections of blocks, as plain data, from which the page and the Word file are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import unquote

import pandas as pd

from dashboard.dataset.problems import shorten
from dashboard.metrics.sources import Source
from dashboard.report.drawing import Drawing

# of many sources a sentence names so many, the first ones; figures, tables and the register name all
MOST_NOTES = 3
LONGEST_ADDRESS = 70
# the cells of a row by the titles of their columns, and the numbers of its sources
Row = tuple[dict[str, str], tuple[int, ...]]


@dataclass(frozen=True)
class Paragraph:
    """A sentence or more. `notes` are the numbers of its sources; `is_lead`: the first of a section, set larger;
    `is_note`: about how something is counted, set smaller."""

    text: str
    notes: tuple[int, ...] = ()
    is_lead: bool = False
    is_note: bool = False


@dataclass(frozen=True)
class Points:
    """Sentences as a list, each with the numbers of its sources. `is_english`: they are texts of the data."""

    items: Sequence[tuple[str, tuple[int, ...]]]
    is_numbered: bool = False
    is_english: bool = False


@dataclass(frozen=True)
class Terms:
    """Words and what they mean."""

    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    text: str


@dataclass(frozen=True)
class TableBlock:
    """A table. `rows` are texts by column title; a column whose name is in `numbers` is set to the right. Where
    `group` names a column, its values are not a column but rows of their own above those that have it. `notes_of` are
    the numbers of the sources of each row, () for none, in a last column. `english`: columns with texts of the data."""

    caption: str
    rows: pd.DataFrame
    numbers: frozenset[str] = frozenset()
    group: str = ""
    notes_of: Sequence[tuple[int, ...]] = ()
    notes: tuple[int, ...] = ()
    is_sample: bool = False
    english: frozenset[str] = frozenset()

    @property
    def columns(self) -> list[str]:
        """The titles of its columns, without that of its groups and of notes."""
        return [str(name) for name in self.rows.columns if name != self.group]


@dataclass(frozen=True)
class FigureBlock:
    """A drawing with its caption; `description` says in words what it shows, `written` what people say of it."""

    id: str
    caption: str
    description: str
    drawing: Drawing
    notes: tuple[int, ...] = ()
    is_sample: bool = False
    written: Written | None = None


@dataclass(frozen=True)
class Written:
    """Words of people: Markdown whose names are filled; `by` is who signs, "" for nobody."""

    markdown: str
    by: str = ""


Block = Paragraph | Points | Terms | Heading | TableBlock | FigureBlock | Written


@dataclass(frozen=True)
class Section:
    """One section. `number` is 0 where it has none (the foreword)."""

    id: str
    title: str
    blocks: Sequence[Block]
    number: int = 0

    @property
    def heading(self) -> str:
        """ "3 How it grew"."""
        return f"{self.number} {self.title}" if self.number else self.title


@dataclass(frozen=True, eq=False)
class Report:
    """A report, equal only to itself, so that what is made of one can be remembered by it.

    `of` says of what it is, `stamps` are pairs of a label and what it says; `left_out` are pairs of a title and why
    there is no such section; `sources` are numbered from 1; `approval` says who approved it and when, "" where nobody
    did; `stamp` stands at the head of every sheet, "" for nothing.
    """

    title: str
    of: str
    organisation: str
    sections: Sequence[Section]
    sources: Sequence[Source]
    stamps: Sequence[tuple[str, str]]
    left_out: Sequence[tuple[str, str]]
    is_sample: bool
    is_draft: bool
    filename: str
    running_head: str
    is_short: bool = False
    approval: str = ""
    stamp: str = ""

    def section(self, name: str) -> Section | None:
        """The section of an id; None where it is left out."""
        return next((each for each in self.sections if each.id == name), None)


@dataclass
class Notes:
    """Sources numbered from 1 in the order in which they are first cited."""

    numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, ids: Iterable[str], *, most: int | None = None) -> tuple[int, ...]:
        """The numbers of sources by their ids, each once, in the order of numbers; of more than `most` the first."""
        wanted = list(dict.fromkeys(ids))[:most]
        return tuple(sorted(self.numbers.setdefault(each, len(self.numbers) + 1) for each in wanted))

    def few(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Those of a sentence: `MOST_NOTES` at most."""
        return self.cite(ids, most=MOST_NOTES)


def notes_text(numbers: Sequence[int]) -> str:
    """Numbers of notes as they are printed: "1, 4–9, 12"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        str(run[0]) if len(run) == 1 else f"{run[0]}{'–' if len(run) > 2 else ', '}{run[-1]}" for run in runs
    )


def is_alone(block: TableBlock, cells: Mapping[str, str]) -> bool:
    """Whether a row says one thing, in its first cell, which may then be as wide as the table."""
    first, *others = block.columns
    return bool(cells[first]) and bool(others) and not any(cells[name] for name in others)


def address_text(report: Report, address: str) -> str:
    """The address of a source as it is printed: in the short form no longer than its beginning, which a link makes
    whole."""
    return shorten(unquote(address), LONGEST_ADDRESS) if report.is_short else address


def sections_of(
    found: Mapping[str, Sequence[Block]], titles: Mapping[str, str], unnumbered: Sequence[str]
) -> list[Section]:
    """Sections with their numbers, of their blocks by id."""
    sections, number = [], 0
    for name, blocks in found.items():
        number += name not in unnumbered
        sections.append(Section(name, titles[name], blocks, 0 if name in unnumbered else number))
    return sections


def numbers_of(report: Report) -> dict[int, int]:
    """Figures and tables are each numbered from 1: by the identity of a block its number."""
    blocks = [block for section in report.sections for block in section.blocks]
    kinds = ([each for each in blocks if isinstance(each, kind)] for kind in (FigureBlock, TableBlock))
    return {id(block): at for of_kind in kinds for at, block in enumerate(of_kind, 1)}


def groups_of(block: TableBlock) -> Iterator[tuple[str, Sequence[Row]]]:
    """(title of a group, its rows with their notes); of a table without groups all rows under ""."""
    names = [str(name) for name in block.rows.columns]
    cells = [dict(zip(names, map(str, row), strict=True)) for row in block.rows.itertuples(index=False, name=None)]
    rows = zip(cells, block.notes_of or [()] * len(cells), strict=True)
    for title, of_group in groupby(rows, key=lambda row: row[0].get(block.group, "")):
        yield title, list(of_group)
