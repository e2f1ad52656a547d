"""Figures with the room of a stage: valid, nothing said twice over itself, nothing left out in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from re import fullmatch
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import CHARTS, View
from dashboard.charts.figures import FIGURES
from dashboard.charts.growth.figure import build_overlay
from dashboard.charts.look import Look
from dashboard.charts.template import SIZE_SMALL
from dashboard.charts.viewport import DESK, STAGE, Viewport
from dashboard.dataset.records import records
from dashboard.presentation.frames import SQUARE

ViewOf = Callable[[str], View]
VIEWS = ["", "?basis=documented", "?country=TUR", "?sample=1", "?sample=1&region=Western+Asia&year=2024"]


def figure(view_of: ViewOf, name: str, query: str, year: int | None = None) -> dict[str, Any]:
    view = replace(view_of(query), viewport=STAGE)
    return FIGURES[name](view, Look()).at(view.basis.years.index(year or view.basis.last_year))


def letters(part: object) -> list[float]:
    """Every size of letters in a figure."""
    if isinstance(part, dict):
        own = [part["size"]] if "family" in part else []
        return own + [size for each in part.values() for size in letters(each)]
    return [size for each in part for size in letters(each)] if isinstance(part, list) else []


def texts(made: dict[str, Any]) -> list[str]:
    """What is written on a figure, without the ends of its lines."""
    notes = [str(note["text"]) for note in made["layout"].get("annotations", [])]
    return [
        text.replace("<br>", " ")
        for text in [*notes, *(text for each in made["data"] for text in each.get("text") or ())]
    ]


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("name", FIGURES)
def test_figures_of_the_stage_are_good(view_of: ViewOf, name: str, query: str) -> None:
    made = figure(view_of, name, query)
    assert min(letters(made), default=SIZE_SMALL) >= SIZE_SMALL
    go.Figure(made)


def test_regions_on_stage_leave_nothing_out_in_silence(view_of: ViewOf) -> None:
    view = view_of("?sample=1")
    rows = records(CHARTS["regions"].shown(CHARTS["regions"].table(view), view, 2007))
    made = figure(view_of, "regions", "?sample=1")
    written = " ".join(texts(made))
    for row in rows:
        assert all(word in written for word in row["region"].split()), row["region"]
    labels = {row["label"] for row in rows}
    shown = [label.replace("<br>", " ") for label in made["layout"]["yaxis"]["ticktext"]]
    assert 0 < len(shown) < len(labels)
    assert f"{len(labels) - len(shown)} more barriers" in written and set(shown) <= labels
    counts = {f"{row['count']}/{row['base']}" for row in rows if row["shown"] == "yes"}
    numbers = {text for text in texts(made) if fullmatch(r"\d+/\d+", text)}
    assert numbers and numbers <= counts


def test_waves_on_stage_show_share_and_change(view_of: ViewOf) -> None:
    view = view_of("?sample=1")
    rows = records(CHARTS["waves"].shown(CHARTS["waves"].table(view), view, 2007))
    made = figure(view_of, "waves", "?sample=1")
    last = {row["label"]: row for row in rows}
    labels = [label.replace("<br>", " ") for label in made["layout"]["yaxis"]["ticktext"]]
    assert set(labels) == set(last) and len(labels) == 11
    newest = next(each for each in made["data"] if "error_x" in each)
    assert list(newest["x"]) == sorted(row["share"] for row in last.values())
    numbers = next(each["text"] for each in made["data"] if each.get("text") and "%" in each["text"][0])
    for label, text in zip(labels, numbers, strict=True):
        row = last[label]
        assert text.startswith(f"{round(100 * row['share'])}%")
        assert ("<b>" in text) is (row["change_low"] > 0 or row["change_high"] < 0), label
    # there is nothing to compare the first survey with
    early = texts(figure(view_of, "waves", "?sample=1", 2003))
    assert [text for text in early if "%" in text] and not [text for text in early if "(" in text]


@pytest.mark.parametrize("query", ["?target=150&by=2030", "?target=400&by=2030", "?target=10"])
def test_lines_of_the_pace_are_named_on_opposite_sides(view_of: ViewOf, query: str) -> None:
    notes = figure(view_of, "pace", query)["layout"]["annotations"]
    ends = [note for note in notes if "pace" in note["text"] or " by " in note["text"]]
    upper, lower = sorted(ends, key=lambda note: -note["y"])
    assert (upper["yanchor"], lower["yanchor"]) == ("bottom", "top")


@pytest.mark.parametrize("viewport", [DESK, STAGE, SQUARE])
def test_numbers_and_years_of_growth_do_not_cover_each_other(view_of: ViewOf, viewport: Viewport) -> None:
    view = replace(view_of("?basis=documented"), viewport=viewport)
    layout = FIGURES["growth"](view, Look()).at(0)["layout"]
    assert [above for _, _, _, above in build_overlay(view, Look())["totals"]] == ["", "94 · 100"]
    low, high = layout["xaxis"]["range"]
    a_pixel = (high - low) / viewport.growth[0]
    assert all(after - before > 28 * a_pixel for before, after in pairwise(layout["xaxis"]["tickvals"]))


def test_under_the_room_switch_waves_are_those_of_the_stage(view_of: ViewOf) -> None:
    """Their rings are the first survey there, so the note does not call them something else."""
    chart = CHARTS["waves"]
    small, large = view_of("?sample=1"), view_of("?sample=1&room=1")
    drawn = FIGURES["waves"](large, Look()).at(large.basis.years.index(2007))
    assert drawn == figure(view_of, "waves", "?sample=1", 2007)
    assert "○" in chart.note(chart.table(small), small, 2007)
    assert "○" not in chart.note(chart.table(large), large, 2007)
