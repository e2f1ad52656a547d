"""The attacker (attacker.py) does sums with all that he was shown and with all files, and learns of no small group."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import CHARTS
from dashboard.context import AppContext
from dashboard.dataset import Dataset
from dashboard.dataset.records import records
from dashboard.exports.as_csv import csv_file
from dashboard.exports.bundle import bundle_of
from dashboard.filters import Filters, Selection
from dashboard.metrics.disclosure import (
    NO_RESPONDENTS,
    SUPPRESSED,
    VISIBLE,
    Places,
    suppression_cells,
    suppression_policy,
)
from dashboard.metrics.survey import Thresholds, barriers_table
from dashboard.strings import Catalog
from tests.unit.metrics.attacker import (
    LEAST,
    PAIRS,
    QUESTIONS,
    REGIONS,
    STATES,
    Attack,
    Person,
    filters,
    people,
    survey_of,
)


def places(regions: Collection[str] = (), states: Collection[str] = ()) -> Places:
    """Those of filters for regions and states; none chosen are all."""
    return Places(frozenset(regions) or None, frozenset(states) or None)


@given(persons=people)
@settings(max_examples=80)
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
@settings(max_examples=50)
def test_nor_is_it_the_only_number_that_fits(dataset: Dataset, persons: Sequence[Person]) -> None:
    """Linear programming over all unknown numbers at once, with what is known of people: none is less than zero, those
    who answered were asked, and every place that is neither shown nor empty has somebody. The size of a small group
    must not come out as one number."""
    # whichever test is run, the files of all are imported, and this takes a second
    from scipy.optimize import linprog

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
@settings(max_examples=25)
def test_the_files_tell_no_more(t: Catalog, dataset: Dataset, persons: Sequence[Person], data: st.DataObject) -> None:
    """Every number of every download is one of those that the attacker has already; of what is hidden, words and
    files say nothing; whether the wave is chosen or the newest of a year."""
    attack = Attack(dataset, survey_of(persons))
    regions, states = data.draw(st.sampled_from(list(filters())))
    asked = data.draw(st.booleans())
    wave = data.draw(st.sampled_from(["2026", None]))
    selection = Selection("documented", Filters.of(region=regions, state=states), wave=wave, is_of_asked=asked)
    app_context = AppContext(attack.dataset, t, Thresholds(LEAST))
    for chart in ("barriers", "regions", "others", "waves"):
        made = bundle_of(app_context, CHARTS[chart], app_context.view(selection), 2026)
        for row in csv.DictReader(io.StringIO(csv_file(made).decode("utf-8-sig"))):
            of = (row["region"],) if "region" in row else regions
            if of[:1] not in {(), *((region,) for region in REGIONS)}:
                assert row["shown"] in {"nobody", "hidden"}
                continue
            same = attack.shown[of, states, row["question"], asked][row["option"]]
            for name in ("count", "base", "share", "low", "high", "shown"):
                assert row[name] == ("" if same[name] is None else str(same[name])), (chart, row, same)
        if made.display_state in {"hidden", "nobody"}:
            numbers = set(re.findall(r"\d+", f"{made.headline} {made.description} {made.note}"))
            assert numbers <= {"2026", str(LEAST)}, made


def test_nothing_else_reads_the_answers() -> None:
    """What the policy does not see, it does not guard: state pages, the stage and the rest have no way round it."""
    code = Path(__file__).parents[3] / "dashboard"
    readers = {
        path.relative_to(code).as_posix()
        for path in code.rglob("*.py")
        if path.parent.name not in {"intake", "dataset"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr == "answers")
        or (isinstance(node, ast.ImportFrom) and node.module == "dashboard.dataset.answers")
    }
    assert readers == {"metrics/disclosure.py"}


@given(persons=people, data=st.data())
@settings(max_examples=60)
def test_two_of_a_cell_could_change_their_regions(
    dataset: Dataset, persons: Sequence[Person], data: st.DataObject
) -> None:
    """The reason why the policy is safe, tried out: after the change nothing shown anywhere differs."""
    survey = survey_of(persons)
    policy = suppression_policy(survey, "2026", LEAST)
    joined = [cell for cell in policy.region_cells if len(cell) > 1]
    if not joined:
        return
    inside = [at for at, (region, _, _) in enumerate(persons) if region in joined[0]]
    one, other = data.draw(st.sampled_from(inside)), data.draw(st.sampled_from(inside))
    changed = list(persons)
    changed[one] = (persons[other][0], *persons[one][1:])
    changed[other] = (persons[one][0], *persons[other][1:])
    after = suppression_policy(survey_of(changed), "2026", LEAST)
    for regions, states in filters():
        chosen = places(regions, states)
        if policy.visibility(chosen) == after.visibility(chosen) == VISIBLE:
            for key, table in policy.counts.ticked.items():
                assert policy.total(table, chosen) == after.total(after.counts.ticked[key], chosen)


def test_a_small_region_takes_the_next_one_with_it() -> None:
    sizes = {"a": (20, 20), "b": (7, 7), "c": (3, 3), "d": (0, 0)}
    assert set(suppression_cells(sizes, LEAST)) == {frozenset({"a"}), frozenset({"b", "c"})}


def test_many_regions_of_one_person_each_are_not_given_away_by_their_number() -> None:
    sizes = {**{f"s{at}": (1, 1) for at in range(5)}, "a": (30, 30), "b": (6, 6)}
    assert frozenset({*(f"s{at}" for at in range(5)), "b"}) in suppression_cells(sizes, LEAST)


def test_all_regions_but_one_are_as_secret_as_that_one() -> None:
    persons = [("Western Asia", "CA", ("yes", "no", "no"))] * 12
    persons += [("Northern Africa", "CA", ("yes", "no", "no"))] * 8 + [("Central Asia", "CA", ("no", "no", "no"))] * 2
    policy = suppression_policy(survey_of(persons), "2026", LEAST)
    assert policy.visibility(places(["Central Asia"])) == SUPPRESSED
    assert policy.visibility(places(["Western Asia", "Northern Africa"])) == SUPPRESSED
    assert policy.visibility(places(["Northern Africa"])) == SUPPRESSED
    assert policy.visibility(places(["Western Asia"])) == VISIBLE
    assert policy.visibility(places(["Northern Africa", "Central Asia"])) == VISIBLE
    assert policy.visibility(places()) == VISIBLE


def test_people_of_unknown_places_are_a_place_too() -> None:
    persons = [("Western Asia", "CA", ("yes", "no", "no"))] * 12 + [("", "CA", ("no", "no", "no"))] * 2
    policy = suppression_policy(survey_of(persons), "2026", LEAST)
    assert policy.visibility(places(["Western Asia"])) == SUPPRESSED


def test_a_region_and_a_state_together_only_if_every_pair_may_be_shown() -> None:
    full = [(region, state, ("yes", "no", "no")) for region in REGIONS[:2] for state in STATES[:2]] * 6
    assert suppression_policy(survey_of(full), "2026", LEAST).visibility(places(REGIONS[:1], ["CA"])) == VISIBLE
    lonely = [*full, (REGIONS[0], "OH", ("no", "no", "no")), *[(REGIONS[1], "OH", ("no", "no", "no"))] * 9]
    policy = suppression_policy(survey_of(lonely), "2026", LEAST)
    assert policy.visibility(places(REGIONS[:1], ["CA"])) == SUPPRESSED
    assert policy.visibility(places(REGIONS[:1])) == policy.visibility(places(states=["OH"])) == VISIBLE


def test_several_states_are_shown_as_whole_cells() -> None:
    persons = [("Western Asia", state, ("yes", "no", "no")) for state in ["CA"] * 12 + ["TX"] * 8 + ["OH"] * 2]
    policy = suppression_policy(survey_of(persons), "2026", LEAST)
    assert policy.visibility(places(states=["TX", "OH"])) == VISIBLE
    assert policy.visibility(places(states=["CA", "TX"])) == policy.visibility(places(states=["OH"])) == SUPPRESSED


def test_where_nothing_may_be_shown_nothing_is_said_of_who_is_missing() -> None:
    few = suppression_policy(survey_of([("Western Asia", "CA", ("yes", "no", "no"))] * 3), "2026", LEAST)
    assert {few.visibility(places(["Central Asia"])), few.visibility(places(states=["TX"]))} == {SUPPRESSED}
    many = suppression_policy(survey_of([("Western Asia", "CA", ("yes", "no", "no"))] * 9), "2026", LEAST)
    assert {many.visibility(places(["Central Asia"])), many.visibility(places(states=["TX"]))} == {NO_RESPONDENTS}
    assert many.visibility(Places(frozenset(), frozenset())) == NO_RESPONDENTS


def test_the_base_of_all_who_were_asked(dataset: Dataset) -> None:
    persons = [("Western Asia", "CA", ("yes", "no", "no"))] * 12 + [("Western Asia", "CA", ("", "", "yes"))] * 8
    shown = replace(dataset, survey=survey_of(persons))
    selection = Selection("documented", wave="2026")
    answered, asked = (
        next(row for row in records(barriers_table(shown, each, thresholds=Thresholds())) if row["option"] == "visas")
        for each in (selection, replace(selection, is_of_asked=True))
    )
    assert (answered["count"], answered["base"], answered["share"]) == (12, 12, 1.0)
    assert (asked["count"], asked["base"], asked["share"]) == (12, 20, 0.6)


def test_an_option_that_was_not_offered_is_no_zero(dataset: Dataset) -> None:
    persons = [("Western Asia", "CA", ("yes", "no", "no"))] * 12
    shown = replace(dataset, survey=survey_of(persons))
    table = barriers_table(shown, Selection("documented", wave="2026"), thresholds=Thresholds())
    assert list(table["option"]) == ["visas", "funding"]
