"""No filter can be forgotten: what is shown under a filter is what is shown of data without the other rows.

For every filter of the registry, and for several together, each metric, chart, list, file and slide is compared with
the same of a dataset from which the rows that do not pass were taken before anything was counted. A filter that is
added to the registry is tried by this without another line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import CHARTS, View, tiles
from dashboard.charts.base import note_of
from dashboard.charts.cells import cells_of
from dashboard.context import AppContext
from dashboard.dataset import Dataset
from dashboard.dataset.model import Basis
from dashboard.exports.bundle import bundle_of
from dashboard.exports.lists import EVERYTHING, LISTS, list_bundle
from dashboard.filters import (
    ANSWERS,
    COMPARED,
    COUNTRIES,
    FILTERS,
    MORE,
    PARTNERSHIPS,
    PROGRAMS,
    SOURCES,
    Filters,
    Selection,
    apply_filters,
    choices_of,
    obeyed,
)
from dashboard.metrics.evidence import coverage_table
from dashboard.metrics.pace import pace, recorded_by_year
from dashboard.metrics.pairings import pairings
from dashboard.metrics.programs import program_rows, programs, success_stories
from dashboard.metrics.registry import counted_rows, entries, with_region
from dashboard.metrics.registry_file import registry_table
from dashboard.metrics.research import progress_table, questions_table
from dashboard.metrics.sources import ids_under
from dashboard.metrics.states import states_table
from dashboard.metrics.story import story_table
from dashboard.presentation.facts import fact_sources, facts
from dashboard.presentation.render import render_story
from dashboard.strings import load_catalog
from tests.conftest import shipped

DATASET = shipped()
CHOICES = choices_of(DATASET)
WORDS = load_catalog()
HOUSE = AppContext(DATASET, WORDS)
BASES = tuple(DATASET.bases)
# Survey answers are compared by tests of their own (test_disclosure.py): under a filter some are hidden, so that nothing
# can be worked out, which they are not in data that never had the others.
COUNTED_CHARTS = [name for name, chart in CHARTS.items() if chart.counts in (PARTNERSHIPS, COMPARED)]
Metric = Callable[[Dataset, Selection], Any]
METRICS: dict[str, Metric] = {
    "coverage": coverage_table,
    "entries": entries,
    "counted rows": lambda data, selection: counted_rows(data, selection)["id"].tolist(),
    "pace": pace,
    "pairings": pairings,
    "programs": programs,
    "progress": progress_table,
    "questions": questions_table,
    "recorded": recorded_by_year,
    "registry": registry_table,
    "sources": lambda data, selection: ids_under(data.bases[selection.basis], selection),
    "states": states_table,
    "story": story_table,
    "success stories": success_stories,
}


def filters_strategy() -> st.SearchStrategy[Filters]:
    """One filter or several together, of values that some partnership has."""

    @st.composite
    def chosen(draw: st.DrawFn) -> Filters:
        names = draw(st.sets(st.sampled_from([each.name for each in FILTERS]), min_size=1, max_size=3))
        values = {}
        for each in FILTERS:
            if each.name in names:
                there = sorted(set(CHOICES.options[each.name]) & set(used_values(each.columns[PARTNERSHIPS])))
                most = 3 if each.is_multiple else 1
                values[each.name] = CHOICES.ordered(
                    each.name, draw(st.sets(st.sampled_from(there), min_size=1, max_size=most))
                )
        return Filters.of(**values)

    return chosen()


@cache
def used_values(column: str) -> list[str]:
    """The values of a column among the partnerships of any basis."""
    return sorted({str(value) for basis in DATASET.bases.values() for value in basis.rows[column] if value})


def without_other_rows(dataset: Dataset, filters: Filters) -> Dataset:
    """The same data without the rows that do not pass: partnerships, programs and countries in scope."""
    everything = with_region(dataset, dataset.partnerships)
    kept = apply_filters(everything, filters).index
    places = pd.Series(range(len(kept)), index=kept)

    def reduced(basis: Basis) -> Basis:
        rows = apply_filters(basis.rows, filters).reset_index(drop=True)
        return replace(basis, rows=rows.assign(position=rows["position"].map(places).astype("int32")))

    countries = apply_filters(dataset.countries, filters, COUNTRIES)
    tables = {
        name: table[table["country_iso3"].isin(countries["iso3"])] if "country_iso3" in table else table
        for name, table in dataset.tables.items()
    } | {
        "partnerships": dataset.partnerships.loc[kept].reset_index(drop=True),
        "programs": dataset.tables["programs"].loc[program_rows(dataset, filters).index],
        "countries": countries,
    }
    return replace(dataset, tables=tables, bases={name: reduced(basis) for name, basis in dataset.bases.items()})


def comparable(result: Any) -> Any:
    """A result with tables as lists, so that two can be compared."""
    if isinstance(result, pd.DataFrame):
        return {str(name): cells_of(result[name]) for name in result.columns}
    if isinstance(result, list | tuple):
        return [comparable(each) for each in result]
    return result


def view_of(dataset: Dataset, selection: Selection, key: str = "") -> View:
    """A view with the choices of all the data, so that labels and orders are the same."""
    return View(dataset, selection, WORDS, CHOICES, HOUSE.thresholds, key)


# each of these takes the other rows away once for everything that is counted of the rest: that takes longer than counting
@settings(max_examples=15)
@given(filters=filters_strategy(), basis=st.sampled_from(BASES))
def test_metrics_obey_every_filter(filters: Filters, basis: str) -> None:
    reduced_for = cache(lambda filters: without_other_rows(DATASET, filters))
    for name, metric in METRICS.items():
        # an example of a program names its partnership, whether or not that passes
        kind = PROGRAMS if name == "programs" else PARTNERSHIPS
        wanted = comparable(metric(reduced_for(obeyed(filters, kind)), Selection(basis)))
        assert comparable(metric(DATASET, Selection(basis, filters))) == wanted, name


@settings(max_examples=15)
@given(filters=filters_strategy(), basis=st.sampled_from(BASES), part=st.floats(0, 1))
def test_charts_obey_every_filter_or_say_so(filters: Filters, basis: str, part: float) -> None:
    """The rows that a year shows, and the sources; what a kind of rows cannot obey is named in the note."""
    plain_for = cache(lambda filters: view_of(without_other_rows(DATASET, filters), Selection(basis)))
    view = view_of(DATASET, Selection(basis, filters))
    years = view.basis.years
    year = years[round(part * (len(years) - 1))]
    assert tiles.figures(view) == tiles.figures(plain_for(filters))
    for name in COUNTED_CHARTS:
        chart = CHARTS[name]
        plain = plain_for(obeyed(filters, chart.counts))
        rows, wanted = chart.table(view), chart.table(plain)
        assert comparable(chart.shown(rows, view, year)) == comparable(chart.shown(wanted, plain, year)), name
        assert set(chart.sources(view)) == set(chart.sources(plain)), name
        for each in FILTERS:
            if filters[each.name] and chart.counts not in each.columns:
                assert WORDS(each.title) in note_of(chart, rows, view, year), name


@settings(max_examples=15)
@given(filters=filters_strategy(), basis=st.sampled_from(BASES))
def test_slides_obey_every_filter(filters: Filters, basis: str) -> None:
    """The facts that sentences of the stage name, and what they rest on."""
    view = view_of(DATASET, Selection(basis, filters))
    plain = view_of(without_other_rows(DATASET, filters), Selection(basis))
    assert facts(view) == facts(plain)
    names = ["partnerships", "programs"]
    assert fact_sources(view, names) == fact_sources(plain, names)


@pytest.mark.parametrize("each", FILTERS, ids=lambda each: each.name)
def test_every_filter_reaches_the_words_of_files_and_slides(each: Any) -> None:
    """Its value is named where a figure leaves the page: in the file's own words, its name, and at the foot of a
    slide."""
    value = used_values(each.columns[PARTNERSHIPS])[0]
    filters = Filters.of(**{each.name: value})
    view = HOUSE.view(Selection(DATASET.about.default_basis, filters))
    [label] = view.labels(each.name)
    bundle = bundle_of(HOUSE, CHARTS["map"], view, view.basis.last_year)
    assert any(label in text for _, text in bundle.about)
    assert (
        bundle.filename
        != bundle_of(HOUSE, CHARTS["map"], HOUSE.view(Selection(view.selection.basis)), bundle.year).filename
    )
    slides = render_story(HOUSE, f"?{each.name}={value}")
    assert any(label in slide.foot for slide in slides)


@pytest.mark.parametrize("name", [name for name in LISTS if name != EVERYTHING])
@pytest.mark.parametrize("each", FILTERS, ids=lambda each: each.name)
def test_lists_as_files_obey_every_filter(name: str, each: Any) -> None:
    value = used_values(each.columns[PARTNERSHIPS])[-1]
    filters, basis = Filters.of(**{each.name: value}), DATASET.about.default_basis
    reduced = AppContext(without_other_rows(DATASET, filters), WORDS)
    made = list_bundle(HOUSE, name, Selection(basis, filters), address="")
    assert comparable(made.table) == comparable(list_bundle(reduced, name, Selection(basis), address="").table)


def test_kinds_are_those_that_filters_know() -> None:
    """A chart counts something a filter can look at, or is about sources, which no filter changes."""
    kinds = {kind for each in FILTERS for kind in each.columns} | {SOURCES}
    assert {chart.counts for chart in CHARTS.values()} <= kinds
    assert {PARTNERSHIPS, PROGRAMS, ANSWERS, COUNTRIES, COMPARED} <= kinds
    assert all(each.control != MORE or each.is_multiple for each in FILTERS)
