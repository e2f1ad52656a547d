"""The words of the barriers by region, and which state of the card a year shows."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.barriers import text as barriers_words
from dashboard.charts.barriers.data import Row, rows_of_year
from dashboard.charts.base import Chart, View, at_wave, each_wave, once_a_view
from dashboard.charts.regions import data as regions
from dashboard.charts.regions.slide import SLIDE
from dashboard.filters import ANSWERS
from dashboard.metrics.breakdown import regions_table


@once_a_view
def table(view: View) -> pd.DataFrame:
    """`regions_table` of the selection."""
    return regions_table(view.dataset, view.selection, regions=view.regions, thresholds=view.thresholds)


_rows = rows_of_year(lambda view: regions.in_words(table(view), view.t))


def display_state(_table: pd.DataFrame, view: View, year: int) -> str:
    """ "chart" where any region's numbers may be shown, "hidden" where there are answers but none may, "nobody"
    where there are none, else "empty"."""
    kinds = {row["shown"] for row in _rows(view, year)}
    if kinds & {"yes", "count"}:
        return "chart"
    return next((kind for kind in ("hidden", "nobody") if kind in kinds), "empty")


def headline(table: pd.DataFrame, view: View, year: int) -> str:
    """In how many regions enough answered to be read on their own."""
    t, rows, state = view.t, _rows(view, year), display_state(table, view, year)
    if state != "chart":
        return t(f"regions.headline.{state}", least=view.thresholds.hide_below)
    total = len({row["region"] for row in rows})
    bases = {row["region"]: row["base"] for row in rows if row["shown"] == "yes"}
    if total == 1:
        return t("regions.headline.single", region=rows[0]["region"])
    if not bases:
        return t("regions.headline.counts", total=total)
    size = "small" if max(bases.values()) < view.thresholds.small_below else "some"
    return t(f"regions.headline.{size}", count=len(bases), total=total)


def description(table: pd.DataFrame, view: View, year: int) -> str:
    """For each region that is shown the option named most, with its count and base."""
    t, rows = view.t, _rows(view, year)
    first: dict[str, Row] = {}
    for row in rows:
        if row["shown"] in {"yes", "count"}:
            first.setdefault(row["region"], row)
    if not first:
        return headline(table, view, year)
    items = t.listing([t("regions.description.item", **row) for row in first.values()])
    hidden = regions.regions_of(rows, "hidden")
    tail = t("regions.hidden", least=view.thresholds.hide_below, regions=t.listing(hidden)) if hidden else ""
    return t.sentences(t("regions.description.all", items=items), tail, _nobody(rows, view))


def note(table: pd.DataFrame, view: View, year: int) -> str:
    """Which wave, and how to read it."""
    wave = barriers_words.wave_of(view, year)
    if wave is None or display_state(table, view, year) != "chart":
        return ""
    note = view.t(
        "regions.note", wave=wave.title, small=view.thresholds.small_below, counts=view.thresholds.counts_below
    )
    asked = view.t("barriers.note.asked") if view.selection.is_of_asked else ""
    return view.t.sentences(note, asked, _nobody(_rows(view, year), view))


def _nobody(rows: list[Row], view: View) -> str:
    """From where no answers came: not the same as hidden."""
    regions_without = regions.regions_of(rows, "nobody")
    return view.t("regions.nobody", regions=view.t.listing(regions_without)) if regions_without else ""


CHART = Chart(
    id="regions",
    counts=ANSWERS,
    table=table,
    shown=at_wave,
    moment=each_wave,
    columns=("region", "label", "count", "base", "share", "low", "high", "shown"),
    headline=headline,
    description=description,
    note=note,
    sources=barriers_words.sources,
    display_state=display_state,
    is_sample=barriers_words.CHART.is_sample,
    slide=SLIDE,
)
