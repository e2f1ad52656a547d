"""The research board: how far it is in each country, and the list of open questions."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.lists import Cell, Column, Row, searched, sortable, taken_away
from dashboard.components.sheet import sheet
from dashboard.components.squares import squares, unit_for, unit_said
from dashboard.dataset.spelling import folded
from dashboard.metrics.research import Progress, Question
from dashboard.strings import Words

BOARD, OPEN = "board", "questions"


def board(words: Words, rows: Sequence[Progress], *, basis_label: str) -> html.Section:
    """Counted, identified, dated, contacted, surveyed, by country."""
    counted, identified, dated = (
        sum(getattr(row, name) for row in rows) for name in ("counted", "identified", "dated")
    )
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
    unit = unit_for(max((row.counted for row in rows), default=0))
    found = [_progress(words, row, unit=unit) for row in rows]
    return sheet(
        BOARD,
        words("research.headline", identified=identified, counted=counted, dated=dated, open=counted - identified),
        [sortable(words, BOARD, columns, found, caption=words("research.caption"))],
        acts=taken_away(words, BOARD, file="research.csv", source=source, rows=len(rows)),
        note=unit_said(words, words("research.note"), unit),
        source=[html.Span(source)],
    )


def _progress(words: Words, row: Progress, *, unit: int) -> Row:
    unidentified = row.counted - row.identified
    bar = squares(dated=row.dated, named=row.identified - row.dated, unidentified=unidentified, unit=unit)
    missing = Cell(html.Span(words("research.not_recorded"), className="missing"), words("research.not_recorded"))
    return Row(
        [
            Cell(
                html.A(
                    row.country,
                    href=f"/partnerships?country={row.country_iso3}",
                    **{"data-keeps-view": f"country={row.country_iso3}"},
                ),
                row.country,
            ),
            Cell(bar, unidentified),
            Cell(row.counted, row.counted),
            Cell(row.identified, row.identified),
            Cell(row.dated, row.dated),
            missing if row.contacted is None else Cell(row.contacted, row.contacted),
            missing if row.surveyed is None else Cell(row.surveyed, row.surveyed),
        ],
        spellings=folded(row.country),
    )


def questions(words: Words, found: Sequence[Question], *, basis_label: str) -> html.Section:
    """The work list."""
    columns = [
        Column(words("research.kind")),
        Column(words("column.country")),
        Column(words("research.about")),
        Column(words("research.details")),
    ]
    rows = [
        Row(
            [
                Cell(
                    words(f"research.kinds.{each.kind}", count=each.number),
                    words(f"research.kinds.{each.kind}", count=each.number),
                ),
                Cell(each.country, each.country),
                Cell(_about(each), each.about),
                Cell(_details(words, each), _details(words, each)),
            ],
            spellings=" ".join(map(folded, (each.country, each.about, each.kind))),
        )
        for each in found
    ]
    source = words("research.source", basis=basis_label)
    return sheet(
        OPEN,
        words("research.open", count=len(found)),
        [
            searched(words, OPEN, label=words("research.find")),
            sortable(words, OPEN, columns, rows, caption=words("research.open_caption")),
        ],
        acts=taken_away(words, OPEN, file="questions.csv", source=source, rows=len(found)),
        note=words("research.open_note"),
        source=[html.Span(source)],
    )


def _details(words: Words, each: Question) -> str:
    """What is known; of a partnership without a start year, by when it is documented."""
    if each.kind == "start_year" and each.details:
        return words("registry.by", year=each.details)
    return each.details


def _about(each: Question) -> str | Component:
    if len(each.ids) == 1:
        return html.A(each.about, href=f"/partnerships/{each.ids[0]}", **{"data-keeps-view": ""})
    return each.about
