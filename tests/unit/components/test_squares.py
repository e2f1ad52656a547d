"""Squares in tables."""

from __future__ import annotations

from dashboard.components.squares import squares, unit_for, unit_said
from dashboard.strings import Words


def looks(dated: int, named: int, unidentified: int, unit: int) -> list[str]:
    return [each.className for each in squares(dated=dated, named=named, unidentified=unidentified, unit=unit).children]


def test_one_square_is_one_partnership_where_there_is_room() -> None:
    assert unit_for(60) == 1
    assert looks(2, 1, 1, 1) == ["u-d", "u-d", "u-n", "u-o"]


def test_of_many_partnerships_a_square_is_several_and_that_is_said(words: Words) -> None:
    assert unit_for(1_500) == 100
    assert looks(1_450, 50, 0, 100) == [*["u-d"] * 15, "u-n"]
    assert unit_said(words, "Known by name.", 1) == "Known by name."
    assert unit_said(words, "Known by name.", 100) == "Known by name. One square is up to 100 partnerships."
