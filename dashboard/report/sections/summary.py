"""The summary: five sentences, the most important first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from dashboard.metrics.programs import by_sector, programs
from dashboard.metrics.sources import ids_under
from dashboard.report.model import Points
from dashboard.report.sections.barriers import newest_view
from dashboard.report.sections.research import said_of_progress
from dashboard.report.sections.writing import Sections, Writing, ended

SENTENCES = 5


def write_summary(writing: Writing) -> Sections:
    """The sentences, numbered."""
    said = islice(_sentences(writing), SENTENCES)
    return [Points([(text, writing.notes.few(ids)) for text, ids in said], is_numbered=True)]


def _sentences(writing: Writing) -> Iterator[tuple[str, Sequence[str]]]:
    """The sentences of the summary with the ids of their sources, the most important first."""
    view, t = writing.view, writing.view.t
    yield _counted(writing), ids_under(view.basis, view.selection)
    is_counted, is_of_country = writing.count("partnerships_upper") > 0, view.selection.country is not None
    for name, is_said in (("growth", is_counted), ("barriers", True), ("openings", not is_of_country)):
        chart = writing.chart(name, newest_view(writing) if name == "barriers" else None)
        if is_said and chart.display_state != "empty":
            yield ended(t, chart.headline), chart.source_ids
    if progress := said_of_progress(writing):
        yield ended(t, progress), ids_under(view.basis, view.selection)
    if is_counted:
        chart = writing.chart("map")
        yield ended(t, chart.headline), chart.source_ids
    if examples := programs(view.dataset, view.selection):
        ids = [source.id for each in examples for source in each.sources]
        in_sectors = t("report.in_sectors", count=len(by_sector(examples)))
        yield t("report.programs", count=len(examples), in_sectors=in_sectors), ids


def _counted(writing: Writing) -> str:
    """How many partnerships with how many countries and U.S. communities."""
    t, view = writing.view.t, writing.view
    low, high = writing.count("partnerships"), writing.count("partnerships_upper")
    values: dict[str, Any] = {
        "in_countries": t("report.in_countries", count=writing.count("countries")),
        "basis": writing.context.basis_label(view.selection.basis),
        "year": writing.year,
    }
    if not high:
        return t("report.counted_none", **values)
    which = "counted"
    if view.country_name:
        which, values = "counted_country", {**values, "country": view.country_name}
    if high > low:
        return t(f"report.{which}_between", count=high, low=low, high=high, **values)
    return t(f"report.{which}", count=low, **values)
