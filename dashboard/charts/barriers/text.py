"""The words of the barriers card, and which of its states a year shows: themes, a chart, counts, or why nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.barriers.data import Row, rows_of_year
from dashboard.charts.barriers.slide import SLIDE
from dashboard.charts.base import Chart, View, at_wave, each_wave, once_a_view
from dashboard.dataset.labels import labels_of
from dashboard.dataset.model import Wave
from dashboard.filters import ANSWERS
from dashboard.metrics.survey import answer_regions, barriers_table, selected_waves, shown_wave, survey_of

THEME_GROUP = "barriers"
# what rows say of the numbers of a group, and the state of the card
STATES = {"cited": "themes", "yes": "chart", "count": "counts", "hidden": "hidden", "nobody": "nobody"}


@once_a_view
def table(view: View) -> pd.DataFrame:
    """The table of the question about barriers (`barriers_table`)."""
    return barriers_table(view.dataset, view.selection, thresholds=view.thresholds)


shown_rows = rows_of_year(table)


def wave_of(view: View, year: int) -> Wave | None:
    """The wave a year shows; None before the first."""
    return shown_wave(view.dataset, view.selection, year)


def display_state(_table: pd.DataFrame, view: View, year: int) -> str:
    """ "themes", "chart", "counts" (too few for shares), "hidden" (too few for anything), "nobody" (nobody was
    asked), "empty" (no wave yet)."""
    rows = shown_rows(view, year)
    return STATES[rows[0]["shown"]] if rows else "empty"


def headline(table: pd.DataFrame, view: View, year: int) -> str:
    """What stands in the way, or why that cannot be said."""
    t, wave, state = view.t, wave_of(view, year), display_state(table, view, year)
    if wave is None:
        waves = survey_of(view.dataset, view.selection).waves
        return t("barriers.headline.empty", year=waves[0].year) if waves else t("barriers.headline.none")
    if state == "themes":
        themes = t.listing([t.lower_first(label) for label in _themes(view, wave)])
        return t("barriers.headline.themes", themes=t.upper_first(themes), year=wave.year)
    if state in {"hidden", "counts", "nobody"}:
        return t(f"barriers.headline.{state}", year=wave.year, least=view.thresholds.hide_below)
    return _leading(shown_rows(view, year), view, wave)


def _themes(view: View, wave: Wave) -> list[str]:
    """The themes that a wave named as barriers."""
    themes = survey_of(view.dataset, view.selection).themes
    rows = zip(*(themes[column].tolist() for column in ("wave", "theme_group", "label")), strict=True)
    return [label for of, group, label in rows if (of, group) == (wave.id, THEME_GROUP)]


def _leading(rows: list[Row], view: View, wave: Wave) -> str:
    """The option that leads, or all whose intervals reach into its own: those cannot be ranked."""
    t, first = view.t, rows[0]
    if not first["count"]:
        return t("barriers.headline.nothing_ticked", year=wave.year)
    tied = [row for row in rows if row["high"] >= first["low"] and row["count"]]
    percent = round(100 * first["share"])
    if len(tied) == 1:
        return t("barriers.headline.leads", label=first["label"], percent=percent, year=wave.year)
    if len(tied) == 2:
        return t(
            "barriers.headline.two",
            first=first["label"],
            second=t.lower_first(tied[1]["label"]),
            percent=percent,
            other=round(100 * tied[1]["share"]),
        )
    return t("barriers.headline.many", label=first["label"], percent=percent, count=len(tied) - 1)


def description(table: pd.DataFrame, view: View, year: int) -> str:
    """The themes or the shares with their intervals, in words."""
    t, state, rows = view.t, display_state(table, view, year), shown_rows(view, year)
    if state == "themes":
        return t("barriers.description.themes", labels=t.listing([row["label"] for row in rows]))
    if state != "chart":
        return headline(table, view, year)
    items = [
        t(
            "barriers.description.item",
            label=row["label"],
            percent=round(100 * row["share"]),
            low=round(100 * row["low"]),
            high=round(100 * row["high"]),
        )
        for row in rows
    ]
    of_whom = "shares_asked" if view.selection.is_of_asked else "shares"
    return t(f"barriers.description.{of_whom}", base=rows[0]["base"], items=t.listing(items))


def note(table: pd.DataFrame, view: View, year: int) -> str:
    """Who was asked what, and how to read it."""
    t, wave, state = view.t, wave_of(view, year), display_state(table, view, year)
    if wave is None or state == "themes":
        return ""
    regions = answer_regions(view.dataset, view.selection.filters)
    place = t("barriers.note.place", regions=t.listing(labels_of(t, "region", regions))) if regions else ""
    base = shown_rows(view, year)[0]["base"] if state in {"chart", "counts"} else None
    which = "shares" if state == "chart" else state
    # where only counts are shown, the base was too small to be read at all
    is_small = state == "chart" and base is not None and base < view.thresholds.small_below
    small = t("barriers.note.small") if is_small else ""
    text = t(
        f"barriers.note.{which}",
        wave=wave.title,
        base=base,
        least=view.thresholds.hide_below,
        counts=view.thresholds.counts_below,
    )
    asked = t("barriers.note.asked") if base is not None and view.selection.is_of_asked else ""
    return t.sentences(text, asked, small, place)


def sources(view: View) -> Sequence[str]:
    """Ids of the sources of the wave chosen, or of all waves; none for the sample."""
    waves = selected_waves(view.dataset, view.selection)
    return tuple(dict.fromkeys(source for wave in waves for source in wave.source_ids))


CHART = Chart(
    id="barriers",
    counts=ANSWERS,
    table=table,
    shown=at_wave,
    moment=each_wave,
    columns=("label", "count", "base", "share", "low", "high", "shown"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    display_state=display_state,
    is_sample=lambda view: view.selection.is_sample,
    slide=SLIDE,
)
