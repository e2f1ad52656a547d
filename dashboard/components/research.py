"""The research board: how far it is in each country, and the list of open questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.lists import Cell, Column, Row, searched, sortable, taken_away
from dashboard.components.sheet import sheet
from dashboard.components.squares import squares, unit_for, unit_said
from dashboard.dataset.records import records
from dashboard.dataset.spelling import folded
from dashboard.strings import Words

if TYPE_CHECKING:
    import pandas as pd

BOARD, OPEN = "board", "questions"


def board(words: Words, table: pd.DataFrame, *, basis_label: str) -> html.Section:
    """Counted, identified, dated, contacted, surveyed, by country: `progress_table`."""
    counted, identified, dated = (int(table[name].sum()) for name in ("counted", "identified", "dated"))
    columns = [
        Column(words("column.country")),
        Column(words("research.progress")),
        Column(words("research.counted"), is_number=True),
        Column(words("research.identified"), is_number=True),
        Column(words("research.dated"), is_number=True),
        Column(words("research.contacted"), is_number=True),
        Column(words("research.surveyed"), is_number=True),
    ]
    source = words("research.source", basis=basis_label)
    unit = unit_for(max(table["counted"], default=0))
    rows = [_progress(words, row, unit=unit) for row in records(table)]
    return sheet(
        BOARD,
        words("research.headline", identified=identified, counted=counted, dated=dated, open=counted - identified),
        [sortable(words, BOARD, columns, rows, caption=words("research.caption"))],
        acts=taken_away(words, BOARD, file="research.csv", source=source, rows=len(rows)),
        note=unit_said(words, words("research.note"), unit),
        source=[html.Span(source)],
    )


def _progress(words: Words, row: Mapping[str, Any], *, unit: int) -> Row:
    country, counted, identified, dated = (row[name] for name in ("country", "counted", "identified", "dated"))
    bar = squares(dated=dated, named=identified - dated, unidentified=counted - identified, unit=unit)
    missing = Cell(html.Span(words("research.not_recorded"), className="missing"), words("research.not_recorded"))
    return Row(
        [
            Cell(
                html.A(
                    country,
                    href=f"/partnerships?country={row['country_iso3']}",
                    **{"data-keeps-view": f"country={row['country_iso3']}"},
                ),
                country,
            ),
            Cell(bar, counted - identified),
            *(Cell(number, number) for number in (counted, identified, dated)),
            *(missing if row[name] is None else Cell(row[name], row[name]) for name in ("contacted", "surveyed")),
        ],
        spellings=folded(country),
    )


def questions(words: Words, table: pd.DataFrame, *, basis_label: str) -> html.Section:
    """The work list: `questions_table`."""
    columns = [
        Column(words("research.kind")),
        Column(words("column.country")),
        Column(words("research.about")),
        Column(words("research.details")),
    ]
    rows = [_question(words, row) for row in records(table)]
    source = words("research.source", basis=basis_label)
    return sheet(
        OPEN,
        words("research.open", count=len(rows)),
        [
            searched(words, OPEN, label=words("research.find")),
            sortable(words, OPEN, columns, rows, caption=words("research.open_caption")),
        ],
        acts=taken_away(words, OPEN, file="questions.csv", source=source, rows=len(rows)),
        note=words("research.open_note"),
        source=[html.Span(source)],
    )


def _question(words: Words, row: Mapping[str, Any]) -> Row:
    kind = words(f"research.kinds.{row['kind']}", count=row["number"])
    details = _details(words, row)
    cells = [Cell(kind, kind), Cell(row["country"], row["country"]), Cell(_about(row), row["about"])]
    spellings = " ".join(map(folded, (row["country"], row["about"], row["kind"])))
    return Row([*cells, Cell(details, details)], spellings=spellings)


def _details(words: Words, row: Mapping[str, Any]) -> str:
    """What is known; of a partnership without a start year, by when it is documented."""
    if row["kind"] == "start_year" and row["details"]:
        return words("registry.by", year=row["details"])
    return str(row["details"])


def _about(row: Mapping[str, Any]) -> str | Component:
    """A link where it is about one partnership."""
    if row["ids"] and ";" not in row["ids"]:
        return html.A(row["about"], href=f"/partnerships/{row['ids']}", **{"data-keeps-view": ""})
    return str(row["about"])
