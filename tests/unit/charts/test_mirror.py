"""Where one reads from right to left, bars grow from the right; time and the world stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard.charts import View
from dashboard.charts.figures import FIGURES
from dashboard.charts.look import Look
from dashboard.charts.mirror import mirror_figure, mirror_frames
from dashboard.strings import load_catalog

ViewOf = Callable[[str], View]
SAMPLE = "?sample=1&basis=documented"


@pytest.fixture
def arabic(view_of: ViewOf) -> ViewOf:
    t = load_catalog("ar")
    return lambda query: replace(view_of(query), t=t)


@pytest.mark.parametrize("chart", ["barriers", "others", "regions", "waves-paper"])
def test_bars_grow_from_their_names_at_the_right(view_of: ViewOf, arabic: ViewOf, chart: str) -> None:
    usual, turned = (FIGURES[chart](view(SAMPLE), Look()).at(-1)["layout"] for view in (view_of, arabic))
    assert turned["yaxis"]["side"] == "right"
    assert (turned["margin"]["l"], turned["margin"]["r"]) == (usual["margin"]["r"], usual["margin"]["l"])
    begin, end = turned["xaxis"]["range"]
    assert begin > end
    assert sorted(turned["xaxis"]["range"]) == usual["xaxis"]["range"]


@pytest.mark.parametrize("chart", ["growth", "pace", "waves", "map", "openings"])
def test_time_and_the_world_run_as_ever(arabic: ViewOf, chart: str) -> None:
    layout = FIGURES[chart](arabic(SAMPLE), Look()).at(-1)["layout"]
    begin, end = layout["geo"]["lonaxis"]["range"] if "geo" in layout else layout["xaxis"]["range"]
    assert begin < end
    assert layout.get("yaxis", {}).get("side") != "right"


def test_a_note_is_mirrored_with_its_place() -> None:
    note = {"x": 0.9, "xref": "paper", "xanchor": "left", "align": "left", "xshift": 6, "text": "…"}
    layout = {"margin": {"l": 1, "r": 2}, "xaxis": {}, "yaxis": {}, "annotations": [note]}
    mirrored = mirror_figure({"data": [{"textposition": "middle right"}], "layout": layout})
    assert mirrored["data"] == [{"textposition": "middle left"}]
    (turned,) = mirrored["layout"]["annotations"]
    assert turned | {"x": round(turned["x"], 2)} == note | {
        "x": 0.1,
        "xanchor": "right",
        "align": "right",
        "xshift": -6,
    }


def test_what_is_the_same_in_many_years_stays_one_object() -> None:
    notes: list[dict[str, float]] = []
    frames = mirror_frames({"layout": {"annotations": [notes, notes]}, "0": {"x": [[1], [2]]}})
    first, second = frames["layout"]["annotations"]
    assert first is second
    assert frames["0"]["x"] == [[1], [2]]
