"""What the numbers rest on, as three tables with their sentences: coverage of a count, conflicts, sources. They are the
state of the research, so the same in every year."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.chart import Chart, View, at_year, never_sample
from dashboard.metrics.evidence import conflicts_table, coverage_table, resting_table, snapshot_of
from dashboard.metrics.sources import ids_under, split_ids
from dashboard.metrics.table import ByYear, SteppedTable, Table
from dashboard.selection import Selection


def _always(table: Table, view: View) -> ByYear:
    return SteppedTable(view.basis.years, [(view.basis.first_year, table)])


def _face(rows: ByYear, _view: View, year: int) -> str:
    return "chart" if len(rows.at(year)) else "empty"


def _coverage_headline(rows: ByYear, view: View, year: int) -> str:
    now = rows.at(year)
    missing = sum(now["unidentified"])
    return view.words(
        "coverage.headline" if missing else "coverage.headline_whole",
        identified=sum(now["identified"]),
        total=sum(now["counted"]),
        dated=sum(now["dated"]),
        missing=missing,
        countries=sum(1 for number in now["unidentified"] if number),
    )


def _coverage_description(rows: ByYear, view: View, year: int) -> str:
    snapshot = snapshot_of(view.dataset, view.selection)
    now = rows.at(year)
    title = snapshot.title if snapshot else ""
    return view.words("coverage.description", title=title, count=len(now), candidates=sum(now["candidates"]))


def _coverage_sources(view: View) -> Sequence[str]:
    snapshot = snapshot_of(view.dataset, view.selection)
    if snapshot is None:
        return ()
    basis = view.dataset.bases[snapshot.id]
    return ids_under(basis, Selection(basis.id))


COVERAGE = Chart(
    id="coverage",
    table=lambda view: _always(coverage_table(view.dataset, view.selection), view),
    shown=at_year,
    columns=("country", "label_of_count", "counted", "identified", "dated", "named", "unidentified", "candidates"),
    headline=_coverage_headline,
    description=_coverage_description,
    note=lambda _rows, view, _year: view.words("coverage.note"),
    sources=_coverage_sources,
    face=_face,
    is_sample=never_sample,
    draw=None,
)


def _conflicts_headline(rows: ByYear, view: View, year: int) -> str:
    subjects = list(dict.fromkeys(str(subject) for subject in rows.at(year)["subject"]))
    if not subjects:
        return view.words("conflicts.headline_none")
    return view.words("conflicts.headline", count=len(subjects), names=view.words.listing(subjects[:2]))


def _conflicts_sources(view: View) -> Sequence[str]:
    tables = view.dataset.tables
    joined = [*tables["published_counts"]["source_ids"], *tables["conflicts"]["source_ids"]]
    return tuple(dict.fromkeys(source for each in joined for source in split_ids(each)))


CONFLICTS = Chart(
    id="conflicts",
    table=lambda view: _always(conflicts_table(view.dataset), view),
    shown=at_year,
    columns=("subject", "date", "number", "statement", "cited"),
    headline=_conflicts_headline,
    description=lambda rows, view, year: view.words("conflicts.description", count=len(rows.at(year))),
    note=lambda _rows, view, _year: view.words("conflicts.note"),
    sources=_conflicts_sources,
    face=_face,
    is_sample=never_sample,
    draw=None,
)


def _resting_headline(rows: ByYear, view: View, year: int) -> str:
    kinds = list(rows.at(year)["kind"])
    return view.words("resting.headline", count=len(kinds), primary=kinds.count("primary"))


RESTING = Chart(
    id="sources",
    table=lambda view: _always(resting_table(view.dataset), view),
    shown=at_year,
    columns=("title", "kind", "of_partnerships", "of_counts", "of_programs", "of_milestones", "of_surveys", "address"),
    headline=_resting_headline,
    description=lambda rows, view, year: view.words("resting.description", count=len(rows.at(year))),
    note=lambda _rows, view, _year: view.words("resting.note"),
    sources=lambda view: tuple(view.dataset.sources["id"]),
    face=_face,
    is_sample=never_sample,
    draw=None,
)
