"""The register by country: what has its cities in a row of its own, the others counted in one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.metrics.registry import DATED, UNIDENTIFIED, Entry, entries
from dashboard.report.model import Block, Paragraph, TableBlock
from dashboard.report.sections.writing import Sections, Writing, ended
from dashboard.strings import Catalog

# rows that a printer prints, and of the short form
MOST_ROWS, MOST_SHORT_ROWS = 600, 12


def write_partnerships(writing: Writing) -> Sections:
    """How many are named and dated, and the register."""
    t, listed = writing.view.t, entries(writing.view.dataset, writing.selection)
    if not listed:
        return t("report.left.partnerships", year=writing.year)
    named = sum(each.recorded != UNIDENTIFIED for each in listed)
    headline = t("registry.headline", count=len(listed), named=named, dated=sum(e.recorded == DATED for e in listed))
    rows = _rows(listed, t)
    most = MOST_SHORT_ROWS if writing.is_short else MOST_ROWS
    cited = 1 if writing.is_short else None
    names = ("column.country", "registry.us", "registry.abroad", "registry.since", "registry.status")
    titles = [t(name) for name in names]
    table = TableBlock(
        t("report.caption.register", year=writing.year),
        pd.DataFrame([cells for cells, _ in rows[:most]], columns=titles),
        # in the short form hardly a country has two
        group="" if writing.is_short else titles[0],
        notes_of=[
            writing.notes.cite((source.id for each in of for source in each.sources), most=cited)
            for _, of in rows[:most]
        ],
    )
    blocks: list[Block] = [Paragraph(ended(t, headline), is_lead=True), table]
    if others := sum(len(of) for _, of in rows[most:]):
        more = t("report.more_in_full", count=others)
        blocks.append(Paragraph(more if writing.is_short else t("report.more_entries", shown=most, count=named)))
    return blocks if writing.is_short else [*blocks, Paragraph(t("registry.file_note"), is_note=True)]


def _rows(listed: Sequence[Entry], t: Catalog) -> list[tuple[tuple[str, ...], Sequence[Entry]]]:
    """The cells of each row, and the partnerships that it stands for."""
    rows: list[tuple[tuple[str, ...], Sequence[Entry]]] = []
    for name in dict.fromkeys(each.country for each in listed):
        of_country = [each for each in listed if each.country == name]
        for each in of_country:
            if each.recorded != UNIDENTIFIED:
                cells = (name, each.us_name, each.partner_community, _since(each, t), t(f"filter.status.{each.status}"))
                rows.append((cells, [each]))
        if others := [each for each in of_country if each.recorded == UNIDENTIFIED]:
            rows.append(((name, t("report.unidentified", count=len(others)), "", "", ""), others))
    return rows


def _since(each: Entry, t: Catalog) -> str:
    if each.start_year is not None:
        return str(each.start_year)
    return t("registry.by", year=each.known_by) if each.known_by is not None else t("registry.unknown")
