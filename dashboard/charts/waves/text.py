"""The words of the waves compared, and which state of the card a year shows."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.barriers import text as barriers_words
from dashboard.charts.barriers.data import Row
from dashboard.charts.base import Chart, View, once_a_view, until_year
from dashboard.charts.viewport import STAGE
from dashboard.charts.waves import data as waves
from dashboard.charts.waves.slide import SLIDE
from dashboard.dataset.records import records
from dashboard.filters import ANSWERS
from dashboard.metrics.breakdown import waves_table


@once_a_view
def table(view: View) -> pd.DataFrame:
    """`waves_table` of the selection."""
    return waves_table(view.dataset, view.selection, thresholds=view.thresholds)


@once_a_view
def _all_rows(view: View) -> list[Row]:
    return records(table(view))


def _rows(view: View, year: int) -> list[Row]:
    """Those of the waves up to a year."""
    return [row for row in _all_rows(view) if row["year"] <= year]


def display_state(_table: pd.DataFrame, view: View, year: int) -> str:
    """ "chart" where at least two waves have shares, "hidden" where answers are too few for that, else "empty"."""
    rows = _rows(view, year)
    if len({row["wave"] for row in rows if row["shown"] == "yes"}) > 1:
        return "chart"
    return "hidden" if len({row["wave"] for row in rows}) > 1 else "empty"


def _latest(rows: list[Row]) -> list[Row]:
    """The rows of the newest wave that can be compared with the first."""
    compared = [row for row in rows if row["change"] is not None]
    return [row for row in compared if row["wave"] == compared[-1]["wave"]]


def headline(table: pd.DataFrame, view: View, year: int) -> str:
    """What changed by more than chance allows between the first wave and the newest; nothing else is a change."""
    t, state = view.t, display_state(table, view, year)
    if state != "chart":
        return t(f"waves.headline.{state}")
    rows = _rows(view, year)
    latest, first = _latest(rows), rows[0]["year"]
    moved = [row for row in latest if row["change_low"] > 0 or row["change_high"] < 0]
    if not moved:
        return t("waves.headline.none", first=first, last=latest[0]["year"])
    parts = [
        t.listing([t.lower_first(row["label"]) for row in sorted(side, key=lambda row: -abs(row["change"]))])
        for side in ([row for row in moved if row["change"] > 0], [row for row in moved if row["change"] < 0])
    ]
    more, less = parts
    which = "both" if more and less else "more" if more else "less"
    return t(f"waves.headline.{which}", more=more, less=less, first=first)


def description(table: pd.DataFrame, view: View, year: int) -> str:
    """Each option's newest share and its difference to the first wave."""
    if display_state(table, view, year) != "chart":
        return headline(table, view, year)
    items = [
        view.t(
            "waves.description.item",
            label=row["label"],
            percent=round(100 * row["share"]),
            change=waves.change_text(row, view),
        )
        for row in _latest(_rows(view, year))
    ]
    return view.t("waves.description.all", items=view.t.series(items))


def note(table: pd.DataFrame, view: View, year: int) -> str:
    """How to read it, and what the ring means."""
    if display_state(table, view, year) != "chart":
        return ""
    # where letters are large a ring is the first survey
    cited = view.t("waves.note_cited") if waves.cited(view) and not _is_large(view) else ""
    asked = view.t("barriers.note.asked") if view.selection.is_of_asked else ""
    return view.t.sentences(view.t("waves.note"), asked, cited)


def _is_large(view: View) -> bool:
    """On the stage, and in large print."""
    return view.viewport == STAGE or view.selection.is_large_print


CHART = Chart(
    id="waves",
    counts=ANSWERS,
    table=table,
    shown=until_year,
    moment=waves.newest,
    columns=("year", "label", "count", "base", "share", "low", "high", "change", "change_low", "change_high", "shown"),
    headline=headline,
    description=description,
    note=note,
    sources=barriers_words.sources,
    display_state=display_state,
    is_sample=barriers_words.CHART.is_sample,
    slide=SLIDE,
)
