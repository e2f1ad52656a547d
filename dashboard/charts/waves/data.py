"""The same question wave by wave: a small chart for each option, all on one scale."""

from __future__ import annotations

from dashboard.charts.barriers.data import Row
from dashboard.charts.base import View
from dashboard.charts.cells import points
from dashboard.dataset.model import Wave
from dashboard.metrics.survey import BARRIERS, newest_wave, survey_of


def newest(view: View, year: int) -> Wave | None:
    """The newest wave up to a year, whatever wave is chosen: up to it waves are compared."""
    return newest_wave(survey_of(view.dataset, view.selection), year)


def cited(view: View) -> set[str]:
    """Options that respondents named in a survey that published themes only."""
    themes = view.dataset.survey.themes
    return set(themes.loc[themes["question"] == BARRIERS, "option"])


def change_text(row: Row, view: View) -> str:
    """ "−23 points (−40 to −4)", or that there is nothing to compare with."""
    if row["change"] is None:
        return view.t("waves.first")
    change, low, high = (points(row[name], view.t) for name in ("change", "change_low", "change_high"))
    return view.t("waves.change", change=change, change_low=low, change_high=high)
