"""Figures with the room of a stage: valid, nothing said twice over itself, nothing left out in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import CHARTS, View
from dashboard.charts.base import figure_at
from dashboard.charts.template import SIZE_SMALL
from dashboard.charts.viewport import STAGE
from dashboard.dataset.records import records

ViewOf = Callable[[str], View]
VIEWS = ["", "?basis=documented", "?country=TUR", "?sample=1", "?sample=1&region=Western+Asia&year=2024"]


def figure(view_of: ViewOf, name: str, query: str, year: int | None = None) -> dict[str, Any]:
    view, chart = replace(view_of(query), screen=STAGE), CHARTS[name]
    assert chart.draw is not None
    drawing = chart.draw(chart.table(view), view)
    paths = [list(drawing.moving(each)) for each in view.basis.years]
    assert all(each == paths[0] for each in paths)
    return figure_at(drawing, year or view.basis.last_year)


def letters(part: object) -> list[float]:
    """Every size of letters in a figure."""
    if isinstance(part, dict):
        own = [part["size"]] if "family" in part else []
        return own + [size for each in part.values() for size in letters(each)]
    return [size for each in part for size in letters(each)] if isinstance(part, list) else []


def said(made: dict[str, Any]) -> str:
    return " ".join(str(note["text"]) for note in made["layout"]["annotations"]).replace("<br>", " ")


@pytest.mark.parametrize("query", VIEWS)
def test_figures_of_the_stage_are_good(view_of: ViewOf, query: str) -> None:
    for name, chart in CHARTS.items():
        if chart.draw is not None:
            made = figure(view_of, name, query)
            assert min(letters(made)) >= SIZE_SMALL, name
            made.pop("overlay", None)
            go.Figure(made)


def test_regions_on_stage_leave_nothing_out_in_silence(view_of: ViewOf) -> None:
    view = view_of("?sample=1")
    rows = records(CHARTS["regions"].shown(CHARTS["regions"].table(view), view, 2007))
    made = figure(view_of, "regions", "?sample=1")
    heads, panel = " ".join(made["data"][3]["text"]).replace("<br>", " "), said(made)
    for row in rows:
        words = row["region"].split()
        assert all(word in heads + panel for word in words), row["region"]
    labels = {row["label"] for row in rows}
    shown = [label.replace("<br>", " ") for label in made["layout"]["yaxis"]["ticktext"]]
    assert f"{len(labels) - len(shown)} more barriers" in panel and set(shown) <= labels
    counts = {f"{row['count']}/{row['base']}" for row in rows if row["shown"] == "yes"}
    assert set(made["data"][2]["text"]) <= counts


def test_waves_on_stage_show_share_and_change(view_of: ViewOf) -> None:
    view = view_of("?sample=1")
    rows = records(CHARTS["waves"].shown(CHARTS["waves"].table(view), view, 2007))
    made = figure(view_of, "waves", "?sample=1")
    last = {row["label"]: row for row in rows}
    labels = made["layout"]["yaxis"]["ticktext"]
    assert set(labels) == set(last) and len(labels) == 11
    assert list(made["data"][2]["x"]) == sorted(row["share"] for row in last.values())
    for label, text in zip(labels, (note["text"] for note in made["layout"]["annotations"]), strict=False):
        row = last[label]
        assert text.startswith(f"{round(100 * row['share'])}%")
        assert ("<b>" in text) is (row["change_low"] > 0 or row["change_high"] < 0), label
    early = figure(view_of, "waves", "?sample=1", 2003)
    assert early["data"][1]["x"] == []


@pytest.mark.parametrize("query", ["?target=150&by=2030", "?target=400&by=2030", "?target=10"])
def test_lines_of_the_pace_are_named_on_opposite_sides(view_of: ViewOf, query: str) -> None:
    notes = figure(view_of, "pace", query)["layout"]["annotations"]
    ends = [note for note in notes if "pace" in note["text"] or " by " in note["text"]]
    upper, lower = sorted(ends, key=lambda note: -note["y"])
    assert (upper["yanchor"], lower["yanchor"]) == ("bottom", "top")


@pytest.mark.parametrize("screen", [None, STAGE])
def test_numbers_and_years_of_growth_do_not_cover_each_other(view_of: ViewOf, screen: object) -> None:
    view = view_of("?basis=documented")
    view = replace(view, screen=STAGE) if screen else view
    draw = CHARTS["growth"].draw
    assert draw is not None
    made = figure_at(draw(CHARTS["growth"].table(view), view), view.basis.last_year)
    totals = [item for item in made["overlay"] if item["look"] == "total"]
    assert [total["above"] for total in totals] == ["", "94 · 100"]
    low, high = made["layout"]["xaxis"]["range"]
    a_pixel = (high - low) / (view.screen.narrow_growth or view.screen.growth[0])
    assert all(after - before > 28 * a_pixel for before, after in pairwise(made["layout"]["xaxis"]["tickvals"]))


def test_under_the_room_switch_waves_are_those_of_the_stage(view_of: ViewOf) -> None:
    """Their rings are the first survey there, so the note does not call them something else."""
    chart = CHARTS["waves"]
    small, large = view_of("?sample=1"), view_of("?sample=1&room=1")
    assert chart.draw is not None
    drawn = figure_at(chart.draw(chart.table(large), large), 2007)
    assert drawn == figure(view_of, "waves", "?sample=1", 2007)
    assert "○" in chart.note(chart.table(small), small, 2007)
    assert "○" not in chart.note(chart.table(large), large, 2007)
