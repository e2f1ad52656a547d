"""What a chart is: a table, its picture, and the words that go with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd

from dashboard.charts.viewport import DESK, Viewport
from dashboard.counting import groups_of, rows_at, selected_events, selected_groups, total_by_year
from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import Coded
from dashboard.filters import Choices, Selection, find_passing, unobeyed
from dashboard.metrics.survey import Thresholds, shown_wave
from dashboard.strings import Catalog

if TYPE_CHECKING:
    from pptx.slide import Slide

    from dashboard.charts.bundle import Bundle
    from dashboard.charts.slide_frame import Frame

Result = TypeVar("Result")


@dataclass(frozen=True)
class View:
    """What a chart may know beside its table: the data, the selection, the language.

    `choices` are what can be chosen in the data. `key` is what the path of the page says behind its own ("TX" of
    /states/TX), for charts about one thing. `viewport` is how much room its figure has.
    """

    dataset: Dataset
    selection: Selection
    t: Catalog
    choices: Choices
    thresholds: Thresholds = field(default_factory=Thresholds)
    key: str = ""
    viewport: Viewport = DESK

    @property
    def basis(self) -> Basis:
        """What counts in this view."""
        return self.dataset.bases[self.selection.basis]

    @property
    def regions(self) -> tuple[str, ...]:
        """All sub-regions in their usual order: that of stacks and colours."""
        return self.choices.regions

    def labels(self, name: str) -> list[str]:
        """The labels of the values chosen for a filter."""
        options = self.choices.options[name]
        return [options[value].label or self.t(f"filter.{name}.{value}") for value in self.selection.filters[name]]

    @cached_property
    def groups(self) -> Coded:
        """The partnerships that count in the selection, alike ones added up (columns as `groups_of`)."""
        return selected_groups(self.basis, self.selection.filters)

    @cached_property
    def countries_ever(self) -> int:
        """Countries with a partnership in any year of the selection."""
        return len(self.groups.texts("country_iso3"))

    @cached_property
    def identified(self) -> int:
        """Partnerships of the selection, in any year, whose two cities are known."""
        return int(self.groups.columns["rows"][self.groups.flags("is_identified")].sum())

    def compute(self, metric: Callable[[Dataset, Selection], Result]) -> Result:
        """What a metric says of this view; computed once, for figure, words and table tab all ask for it."""
        if metric not in self._computed:
            self._computed[metric] = metric(self.dataset, self.selection)
        found: Result = self._computed[metric]
        return found

    def moments(self, moment: Callable[[View, int], Hashable]) -> list[Hashable]:
        """What words and rows of a chart depend on in each year (`Chart.moment`), worked out once."""
        if moment not in self._computed:
            self._computed[moment] = [moment(self, year) for year in self.basis.years]
        found: list[Hashable] = self._computed[moment]
        return found

    @cached_property
    def country_name(self) -> str:
        """Name of the chosen country, "" where none is chosen."""
        return "".join(self.labels("country"))

    @cached_property
    def state_name(self) -> str:
        """Name of the chosen U.S. state, "" where none is chosen."""
        return "".join(self.labels("state"))

    @cached_property
    def without_state(self) -> int:
        """Partnerships that a chosen U.S. state leaves out because nobody knows theirs; 0 where none is chosen."""
        if self.selection.state is None:
            return 0
        groups = groups_of(self.basis)
        is_counted = find_passing(groups, self.selection.filters.without("state"))
        return int(groups.columns["rows"][is_counted & groups.is_one_of("us_state", [""])].sum())

    @cached_property
    def totals(self) -> Mapping[str, list[int]]:
        """All partnerships of the selection together: dated, undated, maybe, partnerships, upper, each by year."""
        totals = total_by_year(selected_events(self.basis, self.selection.filters), self.basis.years)
        return {name: of_years.tolist() for name, of_years in vars(totals).items()}

    @cached_property
    def _computed(self) -> dict[Callable[..., Any], Any]:
        return {}


def once_a_view(function: Callable[[View], Result]) -> Callable[[View], Result]:
    """A function of a view that is computed once for each, because figure, words and table tab all ask for it."""

    @wraps(function)
    def computed(view: View) -> Result:
        if function not in view._computed:
            view._computed[function] = function(view)
        found: Result = view._computed[function]
        return found

    return computed


def no_notes(_view: View, _year: int) -> Sequence[str]:
    """The `notes` of a chart whose description, sources and count say all that a presenter may be asked."""
    return ()


@dataclass(frozen=True)
class SlideForm:
    """How a chart stands on a PowerPoint slide, between its headline and its note.

    `draw` puts it into a frame, as something that a person can edit, and returns the shapes it made. `notes` are lines
    for the presenter beside the usual ones. `has_card_note` says whether the note of the chart's card is also true of
    what `draw` makes. `is_pictured` says whether a browser's picture of the figure takes its place, where one was sent;
    `is_table` that `draw` makes no chart, so that in a story a picture takes its place too.
    """

    draw: Callable[[Slide, Bundle, Frame], list[Any]]
    notes: Callable[[View, int], Sequence[str]] = no_notes
    has_card_note: bool = True
    is_pictured: bool = False
    is_table: bool = False

    @property
    def is_pictured_in_story(self) -> bool:
        """What PowerPoint can draw as a chart can be edited, and is no picture."""
        return self.is_pictured or self.is_table


@dataclass(frozen=True)
class Chart:
    """One chart. Nothing has a default: a chart without headline, description or sources is not one.

    `counts` says what its rows are (a kind of `dashboard/filters.py`), and so which filters it obeys. `table` makes the
    tidy table of all years, `shown` the rows of it that one year shows: those of the table tab, of its files and of
    `python -m dashboard table`. `moment` is what of a year words and rows depend on: the year itself, the wave of the
    survey, or nothing. `columns` are the columns of the table tab. `display_state` says which of the card's designed
    states a year shows: "chart", "empty" or one of the chart's own.
    `is_sample` says whether what it shows is invented: then every word that leaves the page goes through `mark_sample`.
    `slide` is how it stands on a PowerPoint slide.
    """

    id: str
    counts: str
    table: Callable[[View], pd.DataFrame]
    shown: Callable[[pd.DataFrame, View, int], pd.DataFrame]
    moment: Callable[[View, int], Hashable]
    columns: tuple[str, ...]
    headline: Callable[[pd.DataFrame, View, int], str]
    description: Callable[[pd.DataFrame, View, int], str]
    note: Callable[[pd.DataFrame, View, int], str]
    sources: Callable[[View], Sequence[str]]
    display_state: Callable[[pd.DataFrame, View, int], str]
    is_sample: Callable[[View], bool]
    slide: SlideForm


# ---- the usual `shown`


def until_year(table: pd.DataFrame, _view: View, year: int) -> pd.DataFrame:
    """The rows of all years up to one."""
    return table[table["year"] <= year].reset_index(drop=True)


def at_wave(table: pd.DataFrame, view: View, year: int) -> pd.DataFrame:
    """The rows of the survey's wave that a year shows, of a table with a column `wave`, without that column; none
    before the first wave."""
    wave = shown_wave(view.dataset, view.selection, year)
    return table[table["wave"] == (wave.id if wave else None)].drop(columns="wave").reset_index(drop=True)


def every_row(table: pd.DataFrame, _view: View, _year: int) -> pd.DataFrame:
    """All rows, of a table that does not depend on the year."""
    return table


@dataclass(frozen=True)
class Ranked:
    """A `shown` of the rows of one year in an order of their own: `order` gives their positions, of the rows of all
    years, as an array of shape (years, rows)."""

    order: Callable[[pd.DataFrame, View], np.ndarray]

    def __call__(self, table: pd.DataFrame, view: View, year: int) -> pd.DataFrame:
        """The rows of one year in their order."""
        order = self.order(table, view)[view.basis.years.index(year)]
        return rows_at(table, year).take(order.tolist()).reset_index(drop=True)


# ---- the usual `moment`
def each_year(_view: View, year: int) -> Hashable:
    """Of a chart that says something else in every year."""
    return year


def each_wave(view: View, year: int) -> Hashable:
    """Of a chart that says something else with every wave of the survey."""
    return shown_wave(view.dataset, view.selection, year)


def never_changing(_view: View, _year: int) -> Hashable:
    """Of a chart that does not follow the year."""
    return None


def of_each_year(chart: Chart, view: View, describe: Callable[[int], Result]) -> list[Result]:
    """What `describe` says of each year of the basis, asked once for years that show the same."""
    years = view.basis.years
    moments = view.moments(chart.moment)
    known: dict[Hashable, Result] = {}
    for moment, year in zip(moments, years, strict=True):
        if moment not in known:
            known[moment] = describe(year)
    return [known[moment] for moment in moments]


def note_of(chart: Chart, table: pd.DataFrame, view: View, year: int) -> str:
    """The note of a chart, and which of the filters chosen it cannot obey."""
    note, others = chart.note(table, view, year), unobeyed(view.selection.filters, chart.counts)
    if not others:
        return note
    names = view.t.listing([view.t(each.title) for each in others])
    return view.t.sentences(note, view.t("filter.not_obeyed", names=names))


def never_sample(_view: View) -> bool:
    """The `is_sample` of a chart that shows nothing invented."""
    return False


def mark_sample(chart: Chart, sentence: str, view: View) -> str:
    """A headline or description on its own, outside the page: invented things say so."""
    return view.t("sample.headline", headline=sentence) if chart.is_sample(view) else sentence
