"""Cells as they may stand in files."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.cells import FORMULA_STARTS, safe


@given(st.text(max_size=30), st.sampled_from(FORMULA_STARTS), st.sampled_from(["", " ", "\u00a0", "\u3000"]))
def test_no_text_begins_like_a_formula(rest: str, start: str, blank: str) -> None:
    made = safe(blank + start + rest)
    assert isinstance(made, str)
    assert not made.lstrip().startswith(FORMULA_STARTS)
    assert safe("Baku") == "Baku"


@given(st.floats(allow_nan=False) | st.integers())
def test_numbers_stay_numbers(number: float) -> None:
    assert safe(number) is number
