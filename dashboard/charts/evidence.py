"""What the numbers rest on, as three tables with their sentences: coverage of a count, conflicts, sources. They are the
state of the research, so the same in every year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.base import Chart, View, every_row, never_changing, never_sample
from dashboard.charts.slide_tables import TABLE
from dashboard.filters import PARTNERSHIPS, SOURCES
from dashboard.metrics.evidence import conflicts_table, coverage_table, resting_table, snapshot_of
from dashboard.metrics.sources import cited_in, ids_under


def _display_state(table: pd.DataFrame, _view: View, _year: int) -> str:
    return "chart" if len(table) else "empty"


def _coverage_headline(table: pd.DataFrame, view: View, _year: int) -> str:
    missing = int(table["unidentified"].sum())
    return view.t(
        "coverage.headline" if missing else "coverage.headline_whole",
        identified=int(table["identified"].sum()),
        total=int(table["counted"].sum()),
        dated=int(table["dated"].sum()),
        missing=missing,
        countries=int((table["unidentified"] > 0).sum()),
    )


def _coverage_description(table: pd.DataFrame, view: View, _year: int) -> str:
    snapshot = snapshot_of(view.dataset, view.selection)
    title = snapshot.title if snapshot else ""
    candidates = int(table["candidates"].sum())
    return view.t("coverage.description", title=title, count=len(table), candidates=candidates)


def _coverage_sources(view: View) -> Sequence[str]:
    snapshot = snapshot_of(view.dataset, view.selection)
    return ids_under(view.dataset.bases[snapshot.id], view.selection) if snapshot else ()


COVERAGE = Chart(
    id="coverage",
    counts=PARTNERSHIPS,
    table=lambda view: view.compute(coverage_table),
    shown=every_row,
    moment=never_changing,
    columns=("country", "label_of_count", "counted", "identified", "dated", "named", "unidentified", "candidates"),
    headline=_coverage_headline,
    description=_coverage_description,
    note=lambda _table, view, _year: view.t("coverage.note"),
    sources=_coverage_sources,
    display_state=_display_state,
    is_sample=never_sample,
    slide=TABLE,
)


def _conflicts_headline(table: pd.DataFrame, view: View, _year: int) -> str:
    subjects = table["subject"].unique().tolist()
    if not subjects:
        return view.t("conflicts.headline_none")
    return view.t("conflicts.headline", count=len(subjects), names=view.t.listing(subjects[:2]))


def _conflicts_sources(view: View) -> Sequence[str]:
    return cited_in(pd.concat([view.dataset.tables[name] for name in ("published_counts", "conflicts")]))


CONFLICTS = Chart(
    id="conflicts",
    counts=SOURCES,
    table=lambda view: view.compute(conflicts_table),
    shown=every_row,
    moment=never_changing,
    columns=("subject", "date", "number", "statement", "cited"),
    headline=_conflicts_headline,
    description=lambda table, view, _year: view.t("conflicts.description", count=len(table)),
    note=lambda _table, view, _year: view.t("conflicts.note"),
    sources=_conflicts_sources,
    display_state=_display_state,
    is_sample=never_sample,
    slide=TABLE,
)


def _resting_headline(table: pd.DataFrame, view: View, _year: int) -> str:
    return view.t("resting.headline", count=len(table), primary=int((table["kind"] == "primary").sum()))


RESTING = Chart(
    id="sources",
    counts=SOURCES,
    table=lambda view: view.compute(resting_table),
    shown=every_row,
    moment=never_changing,
    columns=("title", "kind", "of_partnerships", "of_counts", "of_programs", "of_milestones", "of_surveys", "address"),
    headline=_resting_headline,
    description=lambda table, view, _year: view.t("resting.description", count=len(table)),
    note=lambda _table, view, _year: view.t("resting.note"),
    sources=lambda view: tuple(view.dataset.sources["id"]),
    display_state=_display_state,
    is_sample=never_sample,
    slide=TABLE,
)
