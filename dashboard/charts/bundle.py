"""Everything a file says of one chart: its table, its words, its sources, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.base import SlideForm, View
from dashboard.metrics.sources import Source
from dashboard.strings import Catalog


@dataclass(frozen=True)
class Column:
    """A column of the table tab: its name in the table and its title."""

    name: str
    title: str


@dataclass(frozen=True)
class Bundle:
    """One chart in one year. `filename` is without its ending. `table` is what the chart, its table tab and the command
    line show; `columns` are those of the table tab. `display_state` is which of its states the card shows. `about` are
    pairs of a label and what it says. `headline` and `description` say SAMPLE where answers are invented. `notes` are
    what its presenter wrote."""

    chart: str
    filename: str
    headline: str
    description: str
    note: str
    display_state: str
    table: pd.DataFrame
    columns: Sequence[Column]
    basis: str
    about: Sequence[tuple[str, str]]
    sources: Sequence[Source]
    source_line: str
    is_sample: bool
    slide: SlideForm
    view: View
    year: int
    notes: str = ""

    @property
    def t(self) -> Catalog:
        """The language of the file."""
        return self.view.t

    @property
    def source_ids(self) -> list[str]:
        """The ids of its sources."""
        return [each.id for each in self.sources]
