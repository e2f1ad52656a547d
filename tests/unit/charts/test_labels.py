"""Labels: apart from each other, inside the canvas, near what they name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.labels import Label, Obstacle, place_labels, repel, stack
from dashboard.charts.projection import Canvas

CANVAS = (800.0, 300.0)
PLACES = st.tuples(st.floats(0, 800), st.floats(0, 300))


@settings(max_examples=60)
@given(places=st.lists(PLACES, max_size=12))
def test_no_two_labels_overlap(places: list[tuple[float, float]]) -> None:
    labels = [Label(f"Label {at}", x, y) for at, (x, y) in enumerate(places)]
    placed = place_labels(labels, [], canvas=CANVAS, size=12)
    boxes = []
    for item in placed:
        wide, tall = len(item.label.text) * 12 * 0.56, 15.0
        left = {"right": item.x, "left": item.x - wide}.get(item.side, item.x - wide / 2)
        top = {"bottom": item.y, "top": item.y - tall}.get(item.side, item.y - tall / 2)
        boxes.append((left, top, left + wide, top + tall))
    for at, one in enumerate(boxes):
        assert one[0] >= 0 and one[2] <= CANVAS[0] and one[1] >= 0 and one[3] <= CANVAS[1]
        for other in boxes[at + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 0.01 or other[3] <= one[1] + 0.01


@given(
    positions=st.lists(st.floats(0, 100), max_size=12).map(sorted),
    gap=st.floats(0.5, 8),
)
def test_spread_keeps_order_distance_and_bounds(positions: list[float], gap: float) -> None:
    placed = stack(positions, gap=gap, low=0, high=100)
    assert len(placed) == len(positions)
    assert all(after - before >= gap - 1e-6 for before, after in pairwise(placed))
    assert all(place >= -1e-6 for place in placed)
    if placed and gap * (len(placed) - 1) <= 100:
        assert placed[-1] <= 100 + 1e-6


def test_spread_moves_nothing_that_has_room() -> None:
    assert stack([10, 30, 60], gap=5, low=0, high=100) == [10, 30, 60]


def test_spread_shares_the_shift_of_a_group() -> None:
    assert stack([50, 50], gap=10, low=0, high=100) == [45, 55]


@settings(max_examples=60)
@given(spots=st.lists(PLACES, max_size=8))
def test_circles_moved_apart_are_apart(spots: list[tuple[float, float]]) -> None:
    moved = repel(spots, gap=10)
    for at, one in enumerate(moved):
        for other in moved[at + 1 :]:
            assert ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5 >= 9.5


@pytest.mark.parametrize(("lon", "lat"), [(12, 20), (-122, 45), (110, -7), (-15.4, 13.4), (69, 55)])
def test_the_canvas_finds_back_what_it_places(lon: float, lat: float) -> None:
    canvas = Canvas()
    found = canvas.place(*canvas.pixel(lon, lat))
    assert found == pytest.approx((lon, lat), abs=0.05)


def test_a_name_stands_on_what_has_room_for_it() -> None:
    """And the next, which has none, goes beside both."""
    here, there = Label("Chad", 100, 100, room=60), Label("Togo", 110, 100, room=20)
    on, beside = place_labels([here, there], [Obstacle(100, 100, 40)], canvas=(300, 200), size=12)
    assert (on.side, on.x, on.y, on.has_leader) == ("middle", 100, 100, False)
    assert beside.side != "middle"
    assert not 85 < beside.x < 115 or not 92 < beside.y < 108
