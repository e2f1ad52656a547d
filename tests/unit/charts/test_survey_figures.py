"""The figures of the survey draw what their tables say, on the page, on a phone, on paper and on the stage."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import CHARTS, View
from dashboard.charts.figures import FIGURES, DrawnFigure
from dashboard.charts.look import DARK, THEMES, Look
from dashboard.charts.palette import palette
from dashboard.charts.regions.figure import DESK_FORM, PANEL, WIDTH, build_regions
from dashboard.charts.viewport import STAGE
from dashboard.charts.waves.figure import build_waves, build_waves_on_paper
from dashboard.dataset.records import records

Views = Callable[[str], View]
ADDRESSES = (
    "",
    "?sample=1",
    "?sample=1&basis=documented",
    "?sample=1&basis=documented&base=asked",
    "?sample=1&basis=documented&region=Western+Asia&region=Central+Asia",
    "?sample=1&basis=documented&state=TX",
    "?sample=1&wave=2006",
)
NAMES = ("barriers", "regions", "others", "waves", "waves-paper")


def rows_of(chart: str, view: View, year: int) -> list[dict[str, Any]]:
    """The rows of a chart's table that a year shows."""
    return records(CHARTS[chart].shown(CHARTS[chart].table(view), view, year))


def texts_of(figure: dict[str, Any]) -> str:
    traces = [text for trace in figure["data"] for text in trace.get("text") or []]
    ticks = list(figure["layout"]["yaxis"].get("ticktext") or [])
    return " ".join([*traces, *ticks, *(note["text"] for note in figure["layout"].get("annotations", []))])


def plain(text: str) -> str:
    """Without the ends of lines and bold letters."""
    return text.replace("<br>", " ").replace("<b>", "").replace("</b>", "")


@pytest.mark.parametrize("query", ADDRESSES)
@pytest.mark.parametrize("name", NAMES)
def test_every_attribute_has_a_value_in_every_year_and_plotly_takes_the_figure(
    name: str, query: str, view_of: Views
) -> None:
    view = view_of(query)
    for theme in THEMES:
        for is_narrow in (False, True):
            drawn = FIGURES[name](view, Look(theme, is_narrow))
            for target, attributes in drawn.frames.items():
                assert target == "layout" or int(target) < len(drawn.figure["data"])
                assert all(len(values) == len(view.basis.years) for values in attributes.values())
            for at in {0, len(view.basis.years) - 1}:
                figure = drawn.at(at)
                go.Figure(figure)
                assert "var(" not in repr(figure)


@pytest.mark.parametrize("query", [query for query in ADDRESSES if "sample" in query])
def test_columns_of_regions_are_the_shares_of_their_table(query: str, view_of: Views) -> None:
    view = view_of(query)
    drawn = build_regions(view, Look())
    for at, year in enumerate(view.basis.years):
        rows, figure = rows_of("regions", view, year), drawn.at(at)
        shown = [row for row in rows if row["shown"] == "yes"]
        bars, whiskers, numbers = (figure["data"][trace] for trace in (2, 4, 5))
        full = [row["share"] for row in shown if row["base"] >= view.thresholds.small_below]
        assert bars["x"] == pytest.approx([DESK_FORM.full * share for share in full])
        assert len(whiskers["x"]) == len(shown)
        counts = [row for row in rows if row["shown"] in {"yes", "count"}]
        assert numbers["text"] == [f"{row['count']} of {row['base']}" for row in counts]


def test_a_hidden_region_is_named_on_a_panel_of_its_own_and_nowhere_else(view_of: Views) -> None:
    view = view_of("?sample=1&basis=documented")
    year = view.basis.years[-1]
    hidden = {row["region"] for row in rows_of("regions", view, year) if row["shown"] == "hidden"}
    assert hidden
    layout = (figure := build_regions(view, Look()).at(len(view.basis.years) - 1))["layout"]
    assert [shape["fillcolor"] for shape in layout["shapes"]] == [palette("light")["hidden"]]
    note = plain(layout["annotations"][0]["text"])
    heads = " ".join(plain(text) for text in figure["data"][6]["text"])
    for region in hidden:
        assert region in note
        assert region not in heads
    alone = build_regions(view_of("?sample=1&basis=documented&region=Western+Asia"), Look())
    assert alone.at(len(view.basis.years) - 1)["layout"]["shapes"] == []


def test_heads_of_regions_stand_beside_each_other(view_of: Views) -> None:
    """In the narrowest plot that there is, by the width of their letters."""
    view = view_of("?sample=1&basis=documented")
    figure = build_regions(view, Look()).at(len(view.basis.years) - 1)
    left, right = figure["layout"]["xaxis"]["range"]
    heads = sorted(zip(figure["data"][6]["x"], figure["data"][6]["text"], strict=True))
    for (x, text), (following, _) in pairwise(heads):
        longest = max(len(plain(line)) for line in text.split("<br>"))
        assert longest * 5.6 <= (following - x) / (right - left) * WIDTH, text
    room = (right - heads[-1][0]) / (right - left) * WIDTH
    assert room == pytest.approx(PANEL, abs=3)


def test_small_charts_of_waves_have_a_point_for_each_share(view_of: Views) -> None:
    view = view_of("?sample=1&basis=documented")
    drawn = build_waves(view, Look())
    for at, year in enumerate(view.basis.years):
        shares = [row for row in rows_of("waves", view, year) if row["shown"] == "yes"]
        lines = drawn.at(at)["data"][2]
        assert len([y for y in lines["y"] if y is not None]) == len(shares)


@pytest.mark.parametrize("build", [build_waves_on_paper, lambda view, _look: build_waves(view, Look("light", True))])
def test_rows_of_waves_say_the_newest_share_and_what_changed(
    build: Callable[[View, Look], DrawnFigure], view_of: Views
) -> None:
    view = view_of("?sample=1&basis=documented")
    rows = rows_of("waves", view, view.basis.years[-1])
    newest = [row for row in rows if row["year"] == rows[-1]["year"] and row["shown"] == "yes"]
    figure = build(view, Look()).at(len(view.basis.years) - 1)
    assert sorted(figure["data"][3]["x"]) == pytest.approx(sorted(row["share"] for row in newest))
    said = " ".join(figure["data"][4]["text"])
    for row in newest:
        assert f"{round(100 * row['share'])}%" in said
    assert "<b>" in said
    assert {plain(label) for label in figure["layout"]["yaxis"]["ticktext"]} == {row["label"] for row in newest}


def test_the_look_decides_how_waves_are_drawn(view_of: Views) -> None:
    view, large = view_of("?sample=1"), view_of("?sample=1&room=1")
    kinds = {build_waves(*each).shape for each in ((view, Look()), (view, Look("light", True)), (large, Look()))}
    assert len(kinds) == 3
    assert build_waves_on_paper(view, Look(DARK, True)).figure == build_waves_on_paper(view, Look(DARK)).figure


@pytest.mark.parametrize("name", ["regions", "waves"])
def test_on_stage_labels_stand_at_the_data(name: str, view_of: Views) -> None:
    view = view_of("?sample=1&basis=documented")
    stage, last = replace(view, viewport=STAGE), len(view.basis.years) - 1
    figure = FIGURES[name](stage, Look()).at(last)
    assert figure["layout"]["xaxis"]["showticklabels"] is False
    said = plain(texts_of(figure))
    if name == "regions":
        # three columns, seven rows; what is left out is said beside them
        assert len(set(figure["data"][6]["x"])) == 3
        assert len(figure["layout"]["yaxis"]["tickvals"]) == 7
        for region in {row["region"] for row in rows_of("regions", view, view.basis.years[-1])}:
            assert region in said
        assert "4 more barriers" in said
    else:
        assert "○ 2003" in said


@pytest.mark.parametrize("name", NAMES)
def test_invented_answers_are_stamped_and_grey(name: str, view_of: Views) -> None:
    colours = palette("light")
    figure = FIGURES[name](view_of("?sample=1&basis=documented"), Look()).at(54)
    assert any(view_of("").t("sample.stamp") == note["text"] for note in figure["layout"]["annotations"])
    assert colours["c3"] not in repr(figure)


def test_there_is_nothing_to_draw_before_the_first_wave(view_of: Views) -> None:
    for query in ("", "?sample=1"):
        for name in NAMES:
            first = FIGURES[name](view_of(query), Look()).at(0)
            moving = [trace for trace in first["data"] if "error_x" in trace or "error_y" in trace]
            assert all(not [x for x in trace["x"] if x is not None] for trace in moving)


@pytest.mark.parametrize("name", ["barriers", "others"])
def test_on_a_phone_a_long_label_takes_two_lines_and_leaves_room_for_bars(name: str, view_of: Views) -> None:
    view = view_of("?sample=1&basis=documented")
    wide, narrow = (FIGURES[name](view, Look(is_narrow=is_narrow)).at(-1)["layout"] for is_narrow in (False, True))
    labels = narrow["yaxis"]["ticktext"]
    assert [plain(label) for label in labels] == [plain(label) for label in wide["yaxis"]["ticktext"]]
    assert max(len(line) for label in labels for line in re.sub("</?b>", "", label).split("<br>")) <= 21
    margin = narrow["margin"]
    assert margin["l"] + margin["r"] < 220
