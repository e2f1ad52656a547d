"""An attacker who asks for every filter and pair of filters, both bases, all questions, all files, and then does sums."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dashboard.charts import CHARTS
from dashboard.dataset import Dataset, Survey, Wave
from dashboard.exports.as_csv import csv_file
from dashboard.exports.bundle import bundle_of
from dashboard.frames import House
from dashboard.metrics.disclosure import HIDDEN, OPEN, cells_of, rule_of, wave_counts
from dashboard.metrics.survey import Thresholds, barriers_table
from dashboard.selection import Selection
from dashboard.strings import Words

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


def filters() -> Iterator[tuple[tuple[str, ...], str | None]]:
    return ((regions, state) for regions in subsets(REGIONS, least=0) for state in (None, *STATES))


# what the attacker would like to know of: any regions with any states, the unknown ones too, whether or not there is a
# filter for them
AIMS = np.array(
    [
        [float(region in regions and state in states) for region, state in PAIRS]
        for regions in subsets((*REGIONS, ""), least=1)
        for states in subsets((*STATES, ""), least=1)
    ]
)


class Attack:
    """Everything that is shown for every filter, as sums over the pairs of a region and a state.

    `known`: name of a number -> (which pairs it sums, the number); `shown`: filter, question and base -> its rows by
    option; `places`: regions and states of which it is seen that somebody is there, as pairs.
    """

    def __init__(self, dataset: Dataset, survey: Survey) -> None:
        self.counts = wave_counts(survey, "2026")
        self.dataset = replace(dataset, survey=survey)
        self.known: dict[str, list[tuple[np.ndarray, int]]] = {}
        self.shown: dict[tuple[tuple[str, ...], str | None, str, bool], Mapping[str, dict[str, Any]]] = {}
        self.places: list[np.ndarray] = []
        for regions, state in filters():
            takes = np.array([(not regions or r in regions) and (state is None or s == state) for r, s in PAIRS], float)
            for question in QUESTIONS:
                for asked in (False, True):
                    self._ask(regions, state, question, asked, takes)
            is_one_place = (len(regions) == 1) != (state is not None) and len(regions) < 2
            kinds = {row["shown"] for row in self.shown[regions, state, "barriers", False].values()}
            if is_one_place and kinds == {"hidden"} and self.true("asked", takes):
                self.places.append(takes)

    def _ask(self, regions: tuple[str, ...], state: str | None, question: str, asked: bool, takes: np.ndarray) -> None:
        selection = Selection("documented", regions=regions, state=state, wave="2026", is_of_asked=asked)
        rows = list(
            barriers_table(self.dataset, selection, question=question, thresholds=Thresholds(LEAST)).at(2026).rows()
        )
        self.shown[regions, state, question, asked] = {row["option"]: row for row in rows}
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


@given(persons=people)
@settings(deadline=None, max_examples=80)
def test_no_small_group_is_a_sum_of_what_is_shown(dataset: Dataset, persons: Sequence[Person]) -> None:
    """Linear algebra: neither how many of a small group were asked or answered, nor what they ticked, is a combination
    of the numbers shown, all of a kind taken together."""
    attack = Attack(dataset, survey_of(persons))
    for name, known in attack.known.items():
        base = name if name.startswith(("asked", "answered")) else f"answered {name.split()[0]}"
        small = attack.small(base)
        _, sizes, basis = np.linalg.svd(np.unique([takes for takes, _ in known], axis=0), full_matrices=False)
        basis = basis[sizes > 1e-9]
        rest = small - small @ basis.T @ basis
        assert not len(small) or (np.abs(rest).max(axis=1) > 1e-6).all(), (name, small[np.abs(rest).max(axis=1) < 1e-6])


@given(persons=people)
@settings(deadline=None, max_examples=50)
def test_nor_is_it_the_only_number_that_fits(dataset: Dataset, persons: Sequence[Person]) -> None:
    """Linear programming over all unknown numbers at once, with what is known of people: none is less than zero, those
    who answered were asked, and every place that is neither shown nor empty has somebody. The size of a small group
    must not come out as one number."""
    attack = Attack(dataset, survey_of(persons))
    names = ["asked", *(f"answered {question}" for question in QUESTIONS)]
    size = len(PAIRS)

    def row_of(name: str, takes: np.ndarray) -> np.ndarray:
        row = np.zeros(size * len(names))
        row[names.index(name) * size :][:size] = takes
        return row

    told = {(name, *takes): (takes, number) for name in names for takes, number in attack.known.get(name, [])}
    if not told:
        return
    left = [row_of(key[0], takes) for key, (takes, _) in told.items()]
    right = [number for _, number in told.values()]
    one_each = np.eye(size)
    below = [row_of(name, each) - row_of("asked", each) for name in names[1:] for each in one_each]
    below += [-row_of("asked", takes) for takes in attack.places]
    least = [0] * (size * (len(names) - 1)) + [-1] * len(attack.places)
    for name in names:
        # single pairs first, then what is larger
        small = sorted(attack.small(name).tolist(), key=sum)
        for takes in small[:: max(len(small) // 4, 1)][:5]:
            aim = row_of(name, np.array(takes))
            ends = [
                sign * linprog(sign * aim, A_ub=below, b_ub=least, A_eq=left, b_eq=right, bounds=(0, 1000)).fun
                for sign in (1, -1)
            ]
            assert ends[1] - ends[0] > 0.5, (name, takes, ends)


@given(persons=people, data=st.data())
@settings(deadline=None, max_examples=25)
def test_the_files_tell_no_more(words: Words, dataset: Dataset, persons: Sequence[Person], data: st.DataObject) -> None:
    """Every number of every download is one of those that the attacker has already; of what is hidden, words and
    files say nothing; whether the wave is chosen or the newest of a year."""
    attack = Attack(dataset, survey_of(persons))
    regions, state = data.draw(st.sampled_from(list(filters())))
    asked = data.draw(st.booleans())
    wave = data.draw(st.sampled_from(["2026", None]))
    selection = Selection("documented", regions=regions, state=state, wave=wave, is_of_asked=asked)
    house = House(attack.dataset, words, Thresholds(LEAST))
    for chart in ("barriers", "regions", "others", "waves"):
        made = bundle_of(house, CHARTS[chart], house.view(selection), 2026)
        for row in csv.DictReader(io.StringIO(csv_file(made).decode("utf-8-sig"))):
            of = (row["region"],) if "region" in row else regions
            if of[:1] not in {(), *((region,) for region in REGIONS)}:
                assert row["shown"] in {"nobody", "hidden"}
                continue
            same = attack.shown[of, state, row["question"], asked][row["option"]]
            for name in ("count", "base", "share", "low", "high", "shown"):
                assert row[name] == ("" if same[name] is None else str(same[name])), (chart, row, same)
        if made.face in {"hidden", "nobody"}:
            numbers = set(re.findall(r"\d+", f"{made.headline} {made.description} {made.note}"))
            assert numbers <= {"2026", str(LEAST)}, made


def test_nothing_else_reads_the_answers() -> None:
    """What the rule does not see, it does not guard: state pages, the stage and the rest have no way round it."""
    code = Path(__file__).parents[3] / "dashboard"
    readers = {
        path.relative_to(code).as_posix()
        for path in code.rglob("*.py")
        if ".answers" in path.read_text(encoding="utf-8") and path.parent.name not in {"importing", "dataset"}
    }
    assert readers == {"metrics/disclosure.py"}


@given(persons=people, data=st.data())
@settings(deadline=None, max_examples=60)
def test_two_of_a_cell_could_change_their_regions(
    dataset: Dataset, persons: Sequence[Person], data: st.DataObject
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
