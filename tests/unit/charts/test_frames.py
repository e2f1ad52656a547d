"""Values by year that repeat are written once, and read as if they were not."""

from __future__ import annotations

import json

import numpy as np
import orjson

from dashboard.charts.frames import build_by_place, frames_of, in_every_year


def test_values_of_places_are_read_by_year() -> None:
    colours = build_by_place(["white", "red", "blue"], np.array([[0, 0, 2], [0, 2, 2]]))
    assert list(colours) == [["white", "white", "blue"], ["white", "blue", "blue"]]
    assert list(colours.of_places([2])) == [["blue"], ["blue"]]
    assert json.loads(orjson.dumps(colours)) == {"names": ["white", "blue"], "codes": [[0, 0, 1], [0, 1, 1]]}


def test_a_value_that_stays_is_written_once() -> None:
    first, other = [1, 2], [3]
    stays, changes = {"0": {"x": first}}, {"0": {"x": other}}
    values = frames_of([stays, stays, changes, stays])["0"]["x"]
    assert list(values) == [first, first, other, first]
    assert json.loads(orjson.dumps(values)) == {"values": [first, other], "years": [0, 0, 1, 0]}
    assert list(in_every_year("same", range(1990, 1993))) == ["same"] * 3
