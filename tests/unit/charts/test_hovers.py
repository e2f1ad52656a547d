"""What places say under the pointer is the sentence of the catalogue, in every language, though numbers come later."""

from __future__ import annotations

from functools import partial

import hypothesis.strategies as some
import numpy as np
import pytest
from hypothesis import given

from dashboard.charts.map.hovers import build_hovers, country_hover, state_hover
from dashboard.strings import languages, load_catalog

NAMES = ["Türkiye", "Côte d'Ivoire", "العراق"]
NUMBERS = some.sampled_from([0, 0, 1, 2, 3, 5, 11, 21, 100, 9_999, 10_000, 123_456])


@some.composite
def counts(draw: some.DrawFn) -> np.ndarray:
    """By year and place lower, upper, dated, first year: few change from one year to the next."""
    years = [draw(some.lists(some.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=3, max_size=3)) for _ in range(3)]
    years.insert(1, years[0])
    cells = [[(low, low + more, min(dated, low), 1957 if dated else 0) for low, more, dated in year] for year in years]
    return np.array(cells)


@pytest.mark.parametrize("language", languages())
@given(numbers=counts(), state=some.sampled_from(["", "Texas"]))
def test_each_is_what_the_catalogue_says_of_its_numbers(language: str, numbers: np.ndarray, state: str) -> None:
    t = load_catalog(language)
    of_country = partial(country_hover, t)
    hovers = build_hovers(numbers, NAMES, t, lambda name, *cell: of_country(name, state, *cell))
    for shown, of_year in zip(hovers, numbers.tolist(), strict=True):
        assert shown == [of_country(name, state, *cell) for name, cell in zip(NAMES, of_year, strict=True)]
    hovers = build_hovers(numbers[:, :, :3], NAMES, t, partial(state_hover, t))
    assert hovers[2] == [state_hover(t, name, *cell[:3]) for name, cell in zip(NAMES, numbers[2].tolist(), strict=True)]
    assert hovers.of_places([2])[2] == hovers[2][2:]
