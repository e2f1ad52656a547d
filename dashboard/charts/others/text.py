"""What else the survey asked: the other questions of a wave, drawn like the one about barriers."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.barriers import text as barriers_words
from dashboard.charts.barriers.data import Row, rows_of_year
from dashboard.charts.barriers.slide import SLIDE
from dashboard.charts.base import Chart, View, at_wave, each_wave, once_a_view
from dashboard.dataset.records import records
from dashboard.filters import ANSWERS
from dashboard.metrics.breakdown import others_table

# what may be shown of a question -> the state of the card, which is that of the first in this order that any has
STATES = {"yes": "chart", "count": "counts", "hidden": "hidden", "nobody": "nobody"}


@once_a_view
def table(view: View) -> pd.DataFrame:
    """`others_table` of the selection."""
    return others_table(view.dataset, view.selection, thresholds=view.thresholds)


shown_rows = rows_of_year(table)


def display_state(_table: pd.DataFrame, view: View, year: int) -> str:
    """ "chart" where any question has shares, "counts" where one has counts, "hidden" where too few answered, "nobody"
    where nobody was asked, else "empty"."""
    kinds = {row["shown"] for row in shown_rows(view, year)}
    return next((state for kind, state in STATES.items() if kind in kinds), "empty")


def headline(table: pd.DataFrame, view: View, year: int) -> str:
    """What leads in the first question that can be shown."""
    state, t = display_state(table, view, year), view.t
    if state != "chart":
        return t(f"others.headline.{state}")
    first = next(row for row in shown_rows(view, year) if row["shown"] == "yes")
    title = next(
        row["title"] for row in records(view.dataset.tables["questions"]) if row["question"] == first["question"]
    )
    return t("others.headline.leads", title=title, label=first["label"], percent=round(100 * first["share"]))


def description(table: pd.DataFrame, view: View, year: int) -> str:
    """Every share with its base."""
    if display_state(table, view, year) != "chart":
        return headline(table, view, year)
    items = [
        view.t("others.item", label=row["label"], percent=round(100 * row["share"]), base=row["base"])
        for row in shown_rows(view, year)
        if row["shown"] == "yes"
    ]
    return view.t.listing(items)


def note(table: pd.DataFrame, view: View, year: int) -> str:
    """Which wave, and what the bars are."""
    wave, state = barriers_words.wave_of(view, year), display_state(table, view, year)
    if wave is None or state not in {"chart", "counts"}:
        return ""
    if state == "counts":
        return view.t("others.note_counts", wave=wave.title, counts=view.thresholds.counts_below)
    asked = view.t("barriers.note.asked") if view.selection.is_of_asked else ""
    rows, how = shown_rows(view, year), view.t("others.note", wave=wave.title)
    return view.t.sentences(how, _several(rows, view), asked, _without_bars(rows, view))


def _without_bars(rows: list[Row], view: View) -> str:
    """That there are questions without bars, where others have them."""
    kinds = {row["question"]: row["shown"] for row in rows}
    without = [kind for kind in kinds.values() if kind != "yes"]
    return view.t("others.left", count=len(without)) if 0 < len(without) < len(kinds) else ""


def _several(rows: list[Row], view: View) -> str:
    """That several answers were possible, where that is so for any question shown."""
    kinds = {row["question"]: row["kind"] for row in records(view.dataset.tables["questions"])}
    is_so = any(kinds[row["question"]] == "several" for row in rows)
    return view.t("others.several") if is_so else ""


CHART = Chart(
    id="others",
    counts=ANSWERS,
    table=table,
    shown=at_wave,
    moment=each_wave,
    columns=("question", "label", "count", "base", "share", "low", "high", "shown"),
    headline=headline,
    description=description,
    note=note,
    sources=barriers_words.sources,
    display_state=display_state,
    is_sample=barriers_words.CHART.is_sample,
    slide=SLIDE,
)
