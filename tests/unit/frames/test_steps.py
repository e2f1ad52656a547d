"""Packing what depends on the year, and finding it again."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.series import Nested, Series
from dashboard.frames.steps import steps, value_at

SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.text("ab", max_size=2)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["x", "y", "ink"]), inner, max_size=3),
    max_leaves=8,
)


@given(values=st.lists(VALUES, min_size=1, max_size=12))
def test_every_year_finds_its_value(values: list[Any]) -> None:
    packed = json.loads(json.dumps(steps(values)))
    for position, value in enumerate(values):
        found = value_at(packed, position)
        assert found == value or (found, value) in {(1, True), (0, False), (True, 1), (False, 0)}


@given(
    rows=st.integers(0, 3).flatmap(
        lambda size: st.lists(st.lists(st.integers(0, 2), min_size=size, max_size=size), min_size=1, max_size=12)
    )
)
def test_an_array_is_packed_as_its_rows(rows: list[list[int]]) -> None:
    assert steps(np.array(rows, dtype=int)) == steps(rows)
    assert steps(np.array(rows, dtype=object)) == steps(rows)
    assert steps(np.array([sum(row) for row in rows])) == steps([sum(row) for row in rows])


def test_what_is_nested_is_packed_where_it_changes() -> None:
    years = Series([1.5, 2.5, 3.5])
    nested = Nested([{"look": "line", "x": [years, 9], "y": [0, 0]}, None, {"rows": [Series([None, ["a"], ["a"]])]}])
    packed = nested.packed(steps)
    assert packed["each"][0]["of"]["y"] == [0, 0]
    assert packed["each"][0]["of"]["x"] == {"each": [{"all": [1.5, 2.5, 3.5]}, 9]}
    for position in range(3):
        assert value_at(packed, position) == nested.at(position)
    assert nested.at(1) == [{"look": "line", "x": [2.5, 9], "y": [0, 0]}, None, {"rows": [["a"]]}]


def test_what_never_changes_is_sent_once() -> None:
    assert steps(["a"] * 50) == "a"


def test_lists_are_packed_by_element() -> None:
    assert steps([[1, 2], [1, 3], [1, 4]]) == {"each": [1, {"all": [2, 3, 4]}]}


def test_dicts_are_packed_by_key() -> None:
    assert steps([{"x": 1, "y": 2}, {"x": 1, "y": 5}]) == {"of": {"x": 1, "y": {"all": [2, 5]}}}


def test_what_changes_seldom_is_sent_with_its_years_and_what_changes_often_without() -> None:
    assert steps(["a", "a", "b"]) == {"from": [0, 2], "is": ["a", "b"]}
    assert steps([7, 7, 7, 8]) == {"from": [0, 3], "is": [7, 8]}
    assert steps([7, 7, 8, 9]) == {"all": [7, 7, 8, 9]}
    assert steps(["a", "a", "b", "c"]) == {"from": [0, 2, 3], "is": ["a", "b", "c"]}
