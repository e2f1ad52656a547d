"""What sections are written with: the view and the notes so far, what a chart says, its table and its drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.charts import CHARTS, View
from dashboard.charts.base import mark_sample, note_of
from dashboard.charts.cells import Cell, cell_text, cells_of
from dashboard.context import AppContext
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

    def chart(self, name: str, view: View | None = None) -> ChartWords:
        """What a chart says in the year."""
        view, chart = view or self.view, CHARTS[name]
        rows = chart.table(view)
        return ChartWords(
            headline=mark_sample(chart, chart.headline(rows, view, self.year), view),
            description=mark_sample(chart, chart.description(rows, view, self.year), view),
            note=note_of(chart, rows, view, self.year),
            table=chart.shown(rows, view, self.year),
            columns=chart.columns,
            state=chart.display_state(rows, view, self.year),
            ids=() if chart.is_sample(view) else tuple(chart.sources(view)),
            is_sample=chart.is_sample(view),
        )


@dataclass(frozen=True)
class ChartWords:
    """What a chart says: its words, the rows of its table tab with its columns, the state of its card, its sources."""

    headline: str
    description: str
    note: str
    table: pd.DataFrame
    columns: Sequence[str]
    state: str
    ids: Sequence[str]
    is_sample: bool


def ended(t: Catalog, headline: str) -> str:
    """A headline as a sentence among others."""
    return headline if headline.endswith((".", "!", "?", "؟")) else t("report.sentence", headline=headline)


def draw_figure(
    writing: Writing,
    name: str,
    said: ChartWords,
    view: View | None = None,
    *,
    has_all_notes: bool = True,
    is_low: bool = False,
) -> FigureBlock:
    """A chart as a drawing, with the numbers of all sources it rests on, or of the first."""
    view = view or writing.view
    return FigureBlock(
        id=name,
        caption=writing.view.t(f"report.caption.{name}", year=writing.year),
        description=said.description,
        drawing=FIGURES[f"{name}_low" if is_low else name](view, writing.year),
        notes=writing.notes.cite(said.ids) if has_all_notes else writing.notes.few(said.ids),
        is_sample=said.is_sample,
    )


def list_table(
    writing: Writing,
    said: ChartWords,
    caption: str,
    *,
    rows: pd.DataFrame | None = None,
    group: str = "",
    leaves: Sequence[str] = (),
) -> TableBlock:
    """The table tab of a chart as texts, without the columns that it `leaves` out."""
    t, table = writing.view.t, said.table if rows is None else rows
    names = [name for name in said.columns if name in table and name not in leaves]
    titles = {name: t(f"column.{name}") for name in names}
    frame = pd.DataFrame({titles[name]: [cell_of(name, cell, t) for cell in cells_of(table[name])] for name in names})
    numbers = frozenset(titles[name] for name in names if pd.api.types.is_numeric_dtype(table[name]))
    return TableBlock(
        caption, frame, numbers, titles.get(group, ""), notes=writing.notes.few(said.ids), is_sample=said.is_sample
    )


def cell_of(name: str, cell: Cell, t: Catalog) -> str:
    """A cell of a table as text."""
    if name in {"is_pew", "is_oic"}:
        return t("cell.yes") if cell == "yes" else t("cell.missing")
    return cell_text(name, cell, t)
