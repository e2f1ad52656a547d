"""An attacker who asks for every filter and pair of filters, both bases and all questions; and whom he may meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, combinations
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from dashboard.dataset import Dataset, Survey, Wave
from dashboard.filters import Filters, Selection
from dashboard.metrics.disclosure import Places, wave_counts
from dashboard.metrics.survey import COLUMNS, Thresholds, answer_rows, selected_places

REGIONS = ("Western Asia", "Northern Africa", "Central Asia")
STATES = ("CA", "TX")
QUESTIONS = ("barriers", "wishes")
LEAST = 5
WAVE = Wave("2026", 2026, "Survey", "answers", ())
ANSWERS = ("", "no", "yes")
PAIRS = tuple((region, state) for region in (*REGIONS, "") for state in (*STATES, ""))

Person = tuple[str, str, tuple[str, ...]]
answers_of_one = st.tuples(*[st.sampled_from(ANSWERS)] * 3)


@st.composite
def by_hand(draw: st.DrawFn) -> list[Person]:
    """People from anywhere: some places are of few, unknown ones are among them."""
    places = st.tuples(
        st.sampled_from([*REGIONS[:2] * 4, *REGIONS, ""]), st.sampled_from([*STATES[:1] * 3, *STATES, ""])
    )
    size = draw(st.integers(1, 40))
    return [(*draw(places), draw(answers_of_one)) for _ in range(size)]


@st.composite
def by_pairs(draw: st.DrawFn) -> list[Person]:
    """So many people from each pair of a region and a state that pairs are often shown, or just not; of a pair all
    answer alike but a few."""
    persons: list[Person] = []
    regions, states = (
        draw(st.sampled_from([REGIONS[:2], REGIONS, (*REGIONS, "")])),
        draw(st.sampled_from([STATES, (*STATES, "")])),
    )
    for region in regions:
        for state in states:
            size = draw(st.sampled_from([0, 5, 5, 6, 9, 9, 4, 1]))
            persons += [(region, state, ("yes", "no", "yes"))] * size
            persons += [(region, state, each) for each in draw(st.lists(answers_of_one, max_size=2))]
    return persons or [("Western Asia", "CA", ("yes", "no", "no"))]


people = by_hand() | by_pairs()


def survey_of(persons: Sequence[Person]) -> Survey:
    rows = []
    for number, (region, state, given_answers) in enumerate(persons):
        visas, funding, programs = given_answers
        # a question is answered as a whole or not at all
        visas, funding = (visas or "no", funding or "no") if visas or funding else ("", "")
        for question, option, answer in (
            ("barriers", "visas", visas),
            ("barriers", "funding", funding),
            ("wishes", "programs", programs),
        ):
            rows.append(("2026", f"p{number}", question, option, answer, region, state))
    columns = ["wave", "respondent", "question", "option", "answer", "region", "us_state"]
    return Survey((WAVE,), pd.DataFrame(), pd.DataFrame(rows, columns=columns), is_sample=False)


def subsets(places: Sequence[str], *, least: int) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(places, size) for size in range(least, len(places) + 1))


def filters() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    return ((regions, states) for regions in subsets(REGIONS, least=0) for states in subsets(STATES, least=0))


# what the attacker would like to know of: any regions with any states, the unknown ones too, whether or not there is a
# filter for them
AIMS = np.array(
    [
        [float(region in regions and state in states) for region, state in PAIRS]
        for regions in subsets((*REGIONS, ""), least=1)
        for states in subsets((*STATES, ""), least=1)
    ]
)


@cache
def places_of(dataset: Dataset, filters: Filters) -> Places:
    """The places that pass filters, of which no answer says anything: they are the same in every attack."""
    return selected_places(dataset, filters)


class Attack:
    """Everything that is shown for every filter, as sums over the pairs of a region and a state.

    `known`: name of a number -> (which pairs it sums, the number); `shown`: filter, question and base -> its rows by
    option; `places`: regions and states of which it is seen that somebody is there, as pairs.
    """

    def __init__(self, dataset: Dataset, survey: Survey) -> None:
        self.counts = wave_counts(survey, "2026")
        self.dataset, self.before = replace(dataset, survey=survey), dataset
        self.known: dict[str, list[tuple[np.ndarray, int]]] = {}
        self.shown: dict[tuple[tuple[str, ...], tuple[str, ...], str, bool], Mapping[str, dict[str, Any]]] = {}
        self.places: list[np.ndarray] = []
        for regions, states in filters():
            takes = np.array([(not regions or r in regions) and (not states or s in states) for r, s in PAIRS], float)
            for question in QUESTIONS:
                for asked in (False, True):
                    self._ask(regions, states, question, asked, takes)
            is_one_place = len(regions) + len(states) == 1
            kinds = {row["shown"] for row in self.shown[regions, states, "barriers", False].values()}
            if is_one_place and kinds == {"hidden"} and self.true("asked", takes):
                self.places.append(takes)

    def _ask(
        self, regions: tuple[str, ...], states: tuple[str, ...], question: str, asked: bool, takes: np.ndarray
    ) -> None:
        selection = Selection("documented", Filters.of(region=regions, state=states), wave="2026", is_of_asked=asked)
        # the rows before they are a table, which is three quarters of the time of one; of tables and files of them it is
        # tried by themselves that they say the same (test_disclosure.py)
        places = places_of(self.before, selection.filters)
        cells = answer_rows(self.dataset, selection, WAVE, places, Thresholds(LEAST), question=question)
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in cells]
        self.shown[regions, states, question, asked] = {row["option"]: row for row in rows}
        for row in rows:
            if row["shown"] == "hidden":
                assert row["count"] is row["base"] is row["share"] is row["low"] is row["high"] is None
                continue
            # of a place that no answers came from, it is said that there is nobody
            nobody = row["shown"] == "nobody"
            assert not nobody or (row["base"], row["count"], row["share"]) == (0, None, None)
            self.known.setdefault("asked" if asked else f"answered {question}", []).append((takes, row["base"]))
            self.known.setdefault(f"{question} {row['option']}", []).append((takes, 0 if nobody else row["count"]))

    def at_pairs(self, name: str) -> np.ndarray:
        """The truth, pair by pair."""
        table = self.counts.asked if name == "asked" else self.counts.answered[name.removeprefix("answered ")]
        regions, states = self.counts.regions, self.counts.states
        found: np.ndarray = np.array(
            [int(table[regions.index(r), states.index(s)]) if r in regions and s in states else 0 for r, s in PAIRS]
        )
        return found

    def true(self, name: str, takes: np.ndarray) -> int:
        return int(self.at_pairs(name) @ takes)

    def small(self, name: str) -> np.ndarray:
        """The aims of which there are too few people."""
        sizes: np.ndarray = AIMS @ self.at_pairs(name)
        small: np.ndarray = AIMS[(sizes > 0) & (sizes < LEAST)]
        return small
