"""What sections are written with: the view and the notes so far, what a chart says, its table and its drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.charts import CHARTS, View
from dashboard.charts.bundle import Bundle
from dashboard.charts.cells import Cell, cell_text, cells_of
from dashboard.context import AppContext
from dashboard.exports.bundle import bundle_of
from dashboard.filters import Selection
from dashboard.metrics.partnerships import tiles_table
from dashboard.report.figures import FIGURES
from dashboard.report.model import Block, FigureBlock, Notes, TableBlock
from dashboard.strings import Catalog

# blocks, or in a sentence why there are none
Sections = Sequence[Block] | str


@dataclass(frozen=True)
class Writing:
    """What the sections are written from: a view and a year of it, and the notes so far; `is_short` for the form of two
    pages."""

    context: AppContext
    view: View
    year: int
    notes: Notes
    is_short: bool = False

    @property
    def selection(self) -> Selection:
        """The selection, of its year alone."""
        return replace(self.view.selection, year=self.year)

    def count(self, name: str) -> int:
        """One of the figures of `tiles_table`, in the year."""
        rows = self.view.compute(tiles_table)
        return int(rows.loc[(rows["year"] == self.year) & (rows["name"] == name), "value"].iloc[0])

    def chart(self, name: str, view: View | None = None) -> Bundle:
        """What a chart says in the year."""
        return bundle_of(self.context, CHARTS[name], view or self.view, self.year)


def ended(t: Catalog, headline: str) -> str:
    """A headline as a sentence among others."""
    return headline if headline.endswith((".", "!", "?", "؟")) else t("report.sentence", headline=headline)


def draw_figure(writing: Writing, said: Bundle, *, has_all_notes: bool = True, is_low: bool = False) -> FigureBlock:
    """A chart as a drawing, with the numbers of all sources it rests on, or of the first."""
    name, cite = said.chart, writing.notes.cite if has_all_notes else writing.notes.few
    return FigureBlock(
        id=name,
        caption=writing.view.t(f"report.caption.{name}", year=writing.year),
        description=said.description,
        drawing=FIGURES[f"{name}_low" if is_low else name](said.view, writing.year),
        notes=cite(said.source_ids),
        is_sample=said.is_sample,
    )


def list_table(
    writing: Writing,
    said: Bundle,
    caption: str,
    *,
    rows: pd.DataFrame | None = None,
    group: str = "",
    leaves: Sequence[str] = (),
) -> TableBlock:
    """The table tab of a chart as texts, without the columns that it `leaves` out."""
    t, table = writing.view.t, said.table if rows is None else rows
    titles = {column.name: column.title for column in said.columns if column.name not in leaves}
    cells = {title: [cell_of(name, cell, t) for cell in cells_of(table[name])] for name, title in titles.items()}
    numbers = frozenset(title for name, title in titles.items() if pd.api.types.is_numeric_dtype(table[name]))
    notes = writing.notes.few(said.source_ids)
    return TableBlock(
        caption, pd.DataFrame(cells), numbers, titles.get(group, ""), notes=notes, is_sample=said.is_sample
    )


def cell_of(name: str, cell: Cell, t: Catalog) -> str:
    """A cell of a table as text."""
    if name in {"is_pew", "is_oic"}:
        return t("cell.yes") if cell == "yes" else t("cell.missing")
    return cell_text(name, cell, t)
