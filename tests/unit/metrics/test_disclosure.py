"""An attacker who asks for every filter, both bases, all questions, and then does sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dashboard.dataset import Dataset, Survey, Wave
from dashboard.metrics.disclosure import HIDDEN, OPEN, cells_of, rule_of, wave_counts
from dashboard.metrics.survey import Thresholds, barriers_table
from dashboard.selection import Selection

REGIONS = ("Western Asia", "Northern Africa", "Central Asia", "Southern Asia")
STATES = ("CA", "TX", "OH")
QUESTIONS = ("barriers", "wishes")
OPTIONS = {"barriers": ("visas", "funding"), "wishes": ("programs",)}
LEAST = 5
WAVE = Wave("2026", 2026, "Survey 2026", "answers", ())
ANSWERS = ("", "no", "yes")

# (region, state, answers to the three options): some places are of few people, unknown ones are among them
person = st.tuples(
    st.sampled_from([*REGIONS[:2] * 4, *REGIONS, ""]),
    st.sampled_from([*STATES[:1] * 3, *STATES, ""]),
    st.tuples(*[st.sampled_from(ANSWERS)] * 3),
)
people = st.integers(1, 60).flatmap(lambda size: st.lists(person, min_size=size, max_size=size))


def survey_of(persons: Sequence[tuple[str, str, tuple[str, ...]]]) -> Survey:
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


def filters() -> Iterator[tuple[tuple[str, ...], str | None]]:
    subsets = chain.from_iterable(combinations(REGIONS, size) for size in range(len(REGIONS) + 1))
    return ((regions, state) for regions in subsets for state in (None, *STATES))


class Attack:
    """Everything the page and its files show for every filter, as sums over the pairs of a region and a state."""

    def __init__(self, dataset: Dataset, survey: Survey) -> None:
        self.counts = wave_counts(survey, "2026")
        shown = replace(dataset, survey=survey)
        self.pairs = [(region, state) for region in (*REGIONS, "") for state in (*STATES, "")]
        # name of a number -> (which pairs it sums, the number)
        self.known: dict[str, list[tuple[np.ndarray, int]]] = {}
        self.hidden: list[np.ndarray] = []
        for regions, state in filters():
            takes = self.takes(regions, state)
            for question in QUESTIONS:
                for asked in (False, True):
                    selection = Selection("documented", regions=regions, state=state, wave="2026", is_of_asked=asked)
                    table = barriers_table(shown, selection, question=question, thresholds=Thresholds(LEAST)).at(2026)
                    rows = [row for row in table.rows() if row["shown"] != "hidden"]
                    for row in rows:
                        # of a place that nobody was asked in, it is said that there is nobody
                        nobody = row["shown"] == "nobody"
                        assert not nobody or (row["base"], row["count"], row["share"]) == (0, None, None)
                        name = "asked" if asked else f"answered {question}"
                        self.learn(name, takes, row["base"])
                        self.learn(f"{question} {row['option']}", takes, 0 if nobody else row["count"])
                    assert rows or all(
                        row["count"] is row["base"] is row["share"] is row["low"] is None for row in table.rows()
                    )
            self.hidden.append(takes)

    def takes(self, regions: tuple[str, ...], state: str | None) -> np.ndarray:
        return np.array([(not regions or r in regions) and (state is None or s == state) for r, s in self.pairs], float)

    def learn(self, name: str, takes: np.ndarray, number: int) -> None:
        self.known.setdefault(name, []).append((takes, number))

    def true(self, name: str, takes: np.ndarray) -> int:
        table = self.counts.asked if name == "asked" else self.counts.answered[name.removeprefix("answered ")]
        total = 0
        for is_taken, (region, state) in zip(takes, self.pairs, strict=True):
            if is_taken and region in self.counts.regions and state in self.counts.states:
                total += int(table[self.counts.regions.index(region), self.counts.states.index(state)])
        return total


@given(persons=people)
@settings(deadline=None, max_examples=60)
def test_no_small_group_is_a_sum_of_what_is_shown(
    dataset: Dataset, persons: Sequence[tuple[str, str, tuple[str, ...]]]
) -> None:
    """Linear algebra: neither how many of a small group were asked or answered, nor what they ticked, is a combination
    of the numbers shown, all of a kind taken together."""
    attack = Attack(dataset, survey_of(persons))
    for name, known in attack.known.items():
        rows = np.array([takes for takes, _ in known])
        rank = np.linalg.matrix_rank(rows)
        base = name if name.startswith(("asked", "answered")) else f"answered {name.split()[0]}"
        for takes in attack.hidden:
            if 0 < attack.true(base, takes) < LEAST:
                assert np.linalg.matrix_rank(np.vstack([rows, takes])) > rank, (name, takes)


@given(persons=people)
@settings(deadline=None, max_examples=40)
def test_nor_is_it_the_only_number_that_fits(
    dataset: Dataset, persons: Sequence[tuple[str, str, tuple[str, ...]]]
) -> None:
    """Linear programming over all unknown numbers at once, with what is known of people: none is less than zero, those
    who answered were asked, and every place that is neither shown nor empty has somebody. The size of a small group
    must not come out as one number."""
    attack = Attack(dataset, survey_of(persons))
    names = ["asked", *(f"answered {question}" for question in QUESTIONS)]
    size = len(attack.pairs)
    offsets = {name: at * size for at, name in enumerate(names)}
    left, right = [], []
    for name in names:
        for takes, number in attack.known.get(name, []):
            row = np.zeros(size * len(names))
            row[offsets[name] : offsets[name] + size] = takes
            left.append(row)
            right.append(number)
    if not left:
        return
    below, least = [], []
    for name in names[1:]:
        for at in range(size):
            row = np.zeros(size * len(names))
            row[offsets[name] + at], row[at] = 1, -1
            below.append(row)
            least.append(0)
    for region in REGIONS:
        if attack.true("asked", attack.takes((region,), None)):
            row = np.zeros(size * len(names))
            row[:size] = -attack.takes((region,), None)
            below.append(row)
            least.append(-1)
    tried = 0
    for name in names:
        for takes in attack.hidden:
            if 0 < attack.true(name, takes) < LEAST and tried < 12:
                tried += 1
                aim = np.zeros(size * len(names))
                aim[offsets[name] : offsets[name] + size] = takes
                ends = [
                    sign * linprog(sign * aim, A_ub=below, b_ub=least, A_eq=left, b_eq=right, bounds=(0, 1000)).fun
                    for sign in (1, -1)
                ]
                assert ends[1] - ends[0] > 0.5, (name, takes, ends)


@given(persons=people, data=st.data())
@settings(deadline=None, max_examples=60)
def test_two_of_a_cell_could_change_their_regions(
    dataset: Dataset, persons: Sequence[tuple[str, str, tuple[str, ...]]], data: st.DataObject
) -> None:
    """The reason why the rule is safe, tried out: after the change nothing shown anywhere differs."""
    survey = survey_of(persons)
    rule = rule_of(survey, "2026", LEAST)
    joined = [cell for cell in rule.region_cells if len(cell) > 1]
    if not joined:
        return
    inside = [at for at, (region, _, _) in enumerate(persons) if region in joined[0]]
    one, other = data.draw(st.sampled_from(inside)), data.draw(st.sampled_from(inside))
    changed = list(persons)
    changed[one] = (persons[other][0], *persons[one][1:])
    changed[other] = (persons[one][0], *persons[other][1:])
    after = rule_of(survey_of(changed), "2026", LEAST)
    for regions, state in filters():
        if rule.of(regions, state) == OPEN and after.of(regions, state) == OPEN:
            before_rows, after_rows = rule.counts.rows(regions, state), after.counts.rows(regions, state)
            for key, table in rule.counts.ticked.items():
                again = after.counts.ticked[key]
                assert table[np.ix_(*before_rows)].sum() == again[np.ix_(*after_rows)].sum()


def test_a_small_region_takes_the_next_one_with_it() -> None:
    sizes = {"a": (20, 20), "b": (7, 7), "c": (3, 3), "d": (0, 0)}
    assert set(cells_of(sizes, LEAST)) == {frozenset({"a"}), frozenset({"b", "c"})}


def test_many_regions_of_one_person_each_are_not_given_away_by_their_number() -> None:
    sizes = {**{f"s{at}": (1, 1) for at in range(5)}, "a": (30, 30), "b": (6, 6)}
    assert frozenset({*(f"s{at}" for at in range(5)), "b"}) in cells_of(sizes, LEAST)


def test_all_regions_but_one_are_as_secret_as_that_one() -> None:
    persons = [("Western Asia", "CA", ("yes", "no", "no"))] * 12
    persons += [("Northern Africa", "CA", ("yes", "no", "no"))] * 8 + [("Central Asia", "CA", ("no", "no", "no"))] * 2
    rule = rule_of(survey_of(persons), "2026", LEAST)
    assert rule.of(("Central Asia",), None) == HIDDEN
    assert rule.of(("Western Asia", "Northern Africa"), None) == HIDDEN
    assert rule.of(("Northern Africa",), None) == HIDDEN
    assert rule.of(("Western Asia",), None) == OPEN
    assert rule.of(("Northern Africa", "Central Asia"), None) == OPEN
    assert rule.of((), None) == OPEN


def test_people_of_unknown_places_are_a_place_too() -> None:
    persons = [("Western Asia", "CA", ("yes", "no", "no"))] * 12 + [("", "CA", ("no", "no", "no"))] * 2
    rule = rule_of(survey_of(persons), "2026", LEAST)
    assert rule.of(("Western Asia",), None) == HIDDEN


def test_a_region_and_a_state_together_only_if_every_pair_may_be_shown() -> None:
    full = [(region, state, ("yes", "no", "no")) for region in REGIONS[:2] for state in STATES[:2]] * 6
    assert rule_of(survey_of(full), "2026", LEAST).of(REGIONS[:1], "CA") == OPEN
    lonely = [*full, (REGIONS[0], "OH", ("no", "no", "no")), *[(REGIONS[1], "OH", ("no", "no", "no"))] * 9]
    rule = rule_of(survey_of(lonely), "2026", LEAST)
    assert rule.of(REGIONS[:1], "CA") == HIDDEN
    assert rule.of(REGIONS[:1], None) == rule.of((), "OH") == OPEN


def test_the_base_of_all_who_were_asked(dataset: Dataset) -> None:
    persons = [("Western Asia", "CA", ("yes", "no", "no"))] * 12 + [("Western Asia", "CA", ("", "", "yes"))] * 8
    shown = replace(dataset, survey=survey_of(persons))
    selection = Selection("documented", wave="2026")
    answered, asked = (
        next(row for row in barriers_table(shown, each).at(2026).rows() if row["option"] == "visas")
        for each in (selection, replace(selection, is_of_asked=True))
    )
    assert (answered["count"], answered["base"], answered["share"]) == (12, 12, 1.0)
    assert (asked["count"], asked["base"], asked["share"]) == (12, 20, 0.6)


def test_an_option_that_was_not_offered_is_no_zero(dataset: Dataset) -> None:
    persons = [("Western Asia", "CA", ("yes", "no", "no"))] * 12
    shown = replace(dataset, survey=survey_of(persons))
    table = barriers_table(shown, Selection("documented", wave="2026")).at(2026)
    assert list(table["option"]) == ["visas", "funding"]
