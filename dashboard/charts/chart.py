"""What a chart is: a table, its picture, and the words that go with it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.charts.said import Said
from dashboard.charts.screen import DESK, Screen
from dashboard.charts.series import Nested
from dashboard.charts.track import Picked, Track
from dashboard.dataset.model import Basis, Dataset
from dashboard.metrics.counting import selected_rows
from dashboard.metrics.summary import tally_of
from dashboard.metrics.survey import Thresholds
from dashboard.metrics.table import ByYear, Table, WithContext, YearTable
from dashboard.selection import Selection
from dashboard.strings import Words

Figure = dict[str, Any]
Moving = Mapping[str, Any]


@dataclass(frozen=True)
class View:
    """What a chart may know beside its table: the data, the selection, the language.

    `regions` are all sub-regions in their usual order, which is that of stacks and colours. `key` is what the path
    of the page says behind its own ("TX" of /states/TX), for charts about one thing. `screen` is how much room its
    figure has.
    """

    dataset: Dataset
    selection: Selection
    words: Words
    regions: tuple[str, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)
    key: str = ""
    screen: Screen = DESK

    @property
    def basis(self) -> Basis:
        """What counts in this view."""
        return self.dataset.bases[self.selection.basis]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows that count in the selection (columns as Basis.rows)."""
        return selected_rows(self.basis, self.selection)

    @cached_property
    def countries_ever(self) -> int:
        """Countries with a partnership in any year of the selection."""
        return len(tally_of(self.basis, self.selection, "country_iso3"))

    @cached_property
    def country_name(self) -> str:
        """Name of the chosen country, "" where none is chosen."""
        if self.selection.country is None:
            return ""
        countries = self.dataset.countries
        return str(countries.loc[countries["iso3"] == self.selection.country, "name"].iloc[0])

    @cached_property
    def state_name(self) -> str:
        """Name of the chosen U.S. state, "" where none is chosen."""
        if self.selection.state is None:
            return ""
        states = self.dataset.tables["us_states"]
        return str(states.loc[states["state"] == self.selection.state, "name"].iloc[0])

    @cached_property
    def unplaced(self) -> int:
        """Rows of the selection that a chosen U.S. state leaves out because nobody knows theirs."""
        if self.selection.state is None:
            return 0
        return tally_of(self.basis, replace(self.selection, state=None), "us_state").get("", 0)


@dataclass(frozen=True)
class Drawing:
    """A figure in two parts: `figure` does not depend on the year, `moving(year)` gives what does, by path
    ("data.1.z"). The same paths in every year. The path "overlay" is what the browser draws over the chart."""

    figure: Figure
    moving: Callable[[int], Moving]
    # what moves and is known for all years at once, by path
    tracks: Mapping[str, Track | Picked | Said | Nested] = field(default_factory=dict)
    years: range = range(0)


@dataclass(frozen=True)
class Chart:
    """One chart. Nothing has a default: a chart without headline, description or sources is not one.

    `table` makes the tidy table for all years; `shown` the rows of it that one year shows, which are also
    those of the table tab and of `python -m dashboard table`. `columns` are the columns of the table tab.
    `face` says which of the card's designed states a year shows: "chart", "empty" or one of the chart's own.
    `draw` is None for a chart drawn as HTML. `is_sample` says whether what it shows is invented: then every
    word that leaves the house goes through `told`.
    """

    id: str
    table: Callable[[View], ByYear]
    shown: Callable[[ByYear, int], Table]
    columns: tuple[str, ...]
    headline: Callable[[ByYear, View, int], str]
    description: Callable[[ByYear, View, int], str]
    note: Callable[[ByYear, View, int], str]
    sources: Callable[[View], Sequence[str]]
    face: Callable[[ByYear, View, int], str]
    draw: Callable[[ByYear, View], Drawing] | None
    is_sample: Callable[[View], bool]


@dataclass(frozen=True)
class Ranked:
    """A `shown` of the same rows in each year's order: `order` gives their positions, shape (years, rows)."""

    order: Callable[[YearTable], np.ndarray]

    def __call__(self, table: ByYear, year: int) -> Table:
        """The rows of one year in their order."""
        return table.at(year).take(self.order(year_table(table))[table.years.index(year)].tolist())


def growing(table: ByYear, year: int) -> Table:
    """A `shown` of all years up to the one that is shown, with a first column `year`."""
    return year_table(table).through(year)


def year_table(table: ByYear) -> YearTable:
    """The table of a selection without its context. Raises TypeError for one that is none of the same rows."""
    found = table.selected if isinstance(table, WithContext) else table
    if not isinstance(found, YearTable):
        raise TypeError(f"no table of the same rows in all years: {type(found).__name__}")
    return found


def at_year(table: ByYear, year: int) -> Table:
    """The usual `shown`: the rows of one year."""
    return table.at(year)


def never_sample(_view: View) -> bool:
    """The `is_sample` of a chart that shows nothing invented."""
    return False


def still(_year: int) -> Moving:
    """The `moving` of a drawing of which nothing moves but its tracks."""
    return {}


def told(chart: Chart, sentence: str, view: View) -> str:
    """A headline or description on its own, outside the page: invented things say so."""
    return view.words("sample.headline", headline=sentence) if chart.is_sample(view) else sentence


def figure_at(drawing: Drawing, year: int) -> Figure:
    """The whole figure of one year, as the page shows it: for a slide, a picture or a test."""
    figure = copy.deepcopy(drawing.figure)
    tracks = {path: each.at(drawing.years.index(year)) for path, each in drawing.tracks.items()}
    for path, value in {**drawing.moving(year), **tracks}.items():
        _put(figure, path.split("."), value)
    return figure


def _put(target: Any, path: Sequence[str], value: Any) -> None:
    for step in path[:-1]:
        target = target[int(step)] if isinstance(target, list) else target.setdefault(step, {})
    target[path[-1]] = value
