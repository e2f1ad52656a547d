"""A chart of a view and a year made into its `Bundle`: what every kind of file is written from."""

from __future__ import annotations

from dashboard.charts import Chart, View
from dashboard.charts.base import mark_sample, note_of
from dashboard.charts.bundle import Bundle, Column
from dashboard.charts.counted import how_counted
from dashboard.charts.file_names import filename
from dashboard.charts.source_line import source_line
from dashboard.context import AppContext
from dashboard.filters import FILTERS
from dashboard.metrics.sources import sources


def bundle_of(context: AppContext, chart: Chart, view: View, year: int, *, address: str = "") -> Bundle:
    """The bundle of a chart. `address` is where the view can be seen, "" where that is not known."""
    rows, t = chart.table(view), view.t
    table = chart.shown(rows, view, year)
    basis = t("files.basis", basis=context.basis_label(view.selection.basis), year=year)
    if (said := chosen(view)) != t("files.no_filter"):
        # so that a slide or a row that is sent on alone still says of what part it is
        basis = t("files.basis_of", basis=basis, chosen=said)
    headline = mark_sample(chart, chart.headline(rows, view, year), view)
    description = mark_sample(chart, chart.description(rows, view, year), view)
    note = note_of(chart, rows, view, year)
    line = source_line(chart, view)
    about = [
        (t("files.about.what"), headline),
        (t("files.about.description"), description),
        (t("files.about.selection"), chosen(view)),
        (t("files.about.year"), str(year)),
        (t("files.about.basis"), basis_in_full(context, view)),
        (t("files.about.collected"), view.dataset.about.collected.isoformat()),
        (t("files.about.counted"), how_counted(chart.id, t)),
        (t("files.about.note"), note),
        (t("files.about.sources"), line),
        (t("files.about.address"), address),
    ]
    if chart.is_sample(view):
        about.insert(0, (t("sample.tag"), t("sample.source")))
    return Bundle(
        chart=chart.id,
        filename=filename(chart.id, view, year, is_sample=chart.is_sample(view)),
        headline=headline,
        description=description,
        note=note,
        display_state=chart.display_state(rows, view, year),
        table=table,
        columns=[Column(name, t(f"column.{name}")) for name in chart.columns if name in table.columns],
        basis=basis,
        about=[(label, text) for label, text in about if text],
        sources=[] if chart.is_sample(view) else sources(view.dataset, chart.sources(view)),
        source_line=line,
        is_sample=chart.is_sample(view),
        slide=chart.slide,
        view=view,
        year=year,
    )


def chosen(view: View) -> str:
    """The filters of a view in words: "Regions: Western Asia; U.S. state: Texas"."""
    t, selection = view.t, view.selection
    parts = [(t(each.title), t.listing(view.labels(each.name))) for each in FILTERS]
    parts.append((t("filter.wave"), selection.wave or ""))
    named = [t("files.filter", name=name, value=value) for name, value in parts if value]
    if selection.is_of_asked:
        named.append(t("filter.asked"))
    if selection.is_sample:
        named.append(t("filter.sample"))
    return t.series(named) if named else t("files.no_filter")


def basis_in_full(context: AppContext, view: View) -> str:
    """What counts, with the title of its count."""
    basis_id = view.selection.basis
    label, snapshot = context.basis_label(basis_id), view.dataset.snapshot(basis_id)
    return context.t("grammar.labelled", label=label, text=snapshot.title) if snapshot else label
