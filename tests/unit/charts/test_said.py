import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.said import said
from dashboard.frames.steps import steps, value_at
from dashboard.strings import load_words

WORDS = load_words()
NUMBERS = st.lists(st.lists(st.integers(0, 30_000), min_size=2, max_size=2), min_size=1, max_size=4)


def tell(name: str, flags: list[bool], *, lower: int, upper: int) -> str:
    exact = WORDS("map.hover.exact", count=lower)
    return f"{name} {{x}}: " + (exact if flags[0] else WORDS("map.hover.range", lower=lower, upper=upper))


@given(lower=NUMBERS, more=st.sampled_from([0, 1, 12_000]))
def test_sentences_are_those_one_would_tell(lower: list[list[int]], more: int) -> None:
    low = np.array(lower)
    high = low + more
    made = said(
        WORDS, ["A", "B {0}"], {"lower": low, "upper": high}, counts=("lower",), flags=(low == high,), tell=tell
    )
    packed = made.packed(steps)
    for position in range(len(lower)):
        expected = [
            tell(
                name,
                [bool(low[position, at] == high[position, at])],
                lower=int(low[position, at]),
                upper=int(high[position, at]),
            )
            for at, name in enumerate(["A", "B {0}"])
        ]
        assert made.at(position) == expected
        assert value_at(packed, position, written=WORDS.number) == expected
