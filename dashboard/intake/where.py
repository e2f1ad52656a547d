"""Columns that say where a respondent is: partner country, sub-region, U.S. state. A place comes from a question about
a place; several places in one answer are several, never the first or the last of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.dataset.place_names import own_spellings
from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.spelling import normalize
from dashboard.intake.cells import NO, UNANSWERED, is_unanswered, tick_of
from dashboard.intake.grid import Column, Grid
from dashboard.intake.headers import Field, are_ticks, splits
from dashboard.intake.mapping import KINDS, LEAVE_OUT, Mapped, is_left_out
from dashboard.intake.places import OUTSIDE, Places

COUNTRY, REGION, STATE = KINDS
# how many of a column's filled cells must be places: where the heading asks for this kind, and for a place of any kind
ENOUGH_NAMED, ENOUGH_ASKED = 0.15, 0.6
MOST_VALUES = 20_000
# of a question with a column for each place, so many of the options must be places
ENOUGH_OPTIONS = 0.6
UNKNOWN, NOWHERE = "?", ""


@dataclass(frozen=True, eq=False)
class Where:
    """`regions` and `states`, a text a row ("" not known); `used`: columns as (field, kind); `unknown`: texts that name
    no known place, or several; `questions`: columns about places of which not a word is known."""

    regions: np.ndarray
    states: np.ndarray
    used: Sequence[tuple[Field, str]]
    unknown: Counter[str]
    questions: Sequence[Field] = ()


@dataclass(frozen=True, eq=False)
class _Candidate:
    """One question about a place: its columns (several where each place has its own), its kind, how well it fits, and
    whether it asks for the partner's."""

    fields: Sequence[tuple[Field, str]]
    kind: str
    fit: float
    is_told: bool = False
    is_partner: bool = False
    heading: str = ""
    is_ticks: bool = False


def find_places(grid: Grid, fields: Sequence[Field], places: Places, mapped: Mapped) -> Where:
    """Where the respondents are, by row. Raises BadData where two columns could say it: a person has to say which."""
    open_fields = [field for field in fields if mapped.place_of(field) != LEAVE_OUT]
    t = {normalize(text): place for text, place in mapped.place_words.items()}
    groups = _tick_groups(grid, open_fields, places, mapped)
    in_groups = {field.at for group in groups for field, _ in group.fields}
    singles = [
        candidate
        for field in open_fields
        if field.at not in in_groups
        for candidate in _single(grid.columns[field.at], field, places, mapped, t)
    ]
    chosen: dict[str, _Candidate] = {}
    problems: list[Problem] = []
    for kind in KINDS:
        candidates = [one for one in (*singles, *groups) if one.kind == kind and one.fit > 0]
        candidates = [one for one in candidates if one.is_told] or candidates
        candidates = [one for one in candidates if one.is_partner] or candidates
        if len(candidates) > 1 and not all(one.is_told for one in candidates):
            headings = "; ".join(f"“{one.heading[:60]}”" for one in candidates)
            problems.append(Problem(grid.name, "several_places", details={"headings": headings, "kind": kind}))
        elif candidates:
            chosen[kind] = candidates[0]
    if problems:
        raise BadData(problems)
    asked = [
        field
        for one in singles
        if one.fit == 0 and one.kind not in chosen and not (one.kind == COUNTRY and REGION in chosen)
        for field, _ in one.fields
    ]
    return _read(grid, chosen, places, t, list(dict.fromkeys(asked)))


def _read(
    grid: Grid, chosen: Mapping[str, _Candidate], places: Places, t: Mapping[str, str], asked: Sequence[Field]
) -> Where:
    regions = np.full(grid.rows, "", dtype=object)
    states = np.full(grid.rows, "", dtype=object)
    unknown: Counter[str] = Counter()
    # later kinds overwrite earlier ones: where a row has both, the region of its country counts, as a country is harder
    # to get wrong than a region
    for kind, target in ((REGION, regions), (COUNTRY, regions), (STATE, states)):
        candidate = chosen.get(kind)
        if candidate is None:
            continue
        if candidate.is_ticks:
            by_row = _from_ticks(grid, candidate, kind, places)
        else:
            field, _ = candidate.fields[0]
            grid.check([(field.at, field.label)])
            by_row = _from_cells(grid.columns[field.at], kind, places, t, unknown)
        target[by_row != ""] = by_row[by_row != ""]
    used = [(field, kind) for kind, one in chosen.items() for field, _ in one.fields]
    return Where(regions, states, used, unknown, asked)


def _from_cells(column: Column, kind: str, places: Places, t: Mapping[str, str], unknown: Counter[str]) -> np.ndarray:
    found = [_resolve(value, kind, places, t) for value in column.values]
    for value, many, code in zip(column.values, column.counts(), found, strict=True):
        if many and code == UNKNOWN:
            unknown[value] += int(many)
    texts = np.array([NOWHERE if code == UNKNOWN else code for code in found], dtype=object)
    by_row: np.ndarray = texts[column.codes]
    return by_row


def _from_ticks(grid: Grid, candidate: _Candidate, kind: str, places: Places) -> np.ndarray:
    """One place where all ticked options are in it; "" for several."""
    seen: list[set[str]] = [set() for _ in range(grid.rows)]
    for field, option in candidate.fields:
        found = places_named(option, kind, places)
        column = grid.columns[field.at]
        is_yes = np.array([bool(value) and tick_of(value) not in {NO, UNANSWERED} for value in column.values])
        for row in np.flatnonzero(is_yes[column.codes]):
            seen[row] |= found or {UNKNOWN}
    by_row = np.full(grid.rows, "", dtype=object)
    for at, ticked in enumerate(seen):
        if len(ticked) == 1 and not ticked & {UNKNOWN, OUTSIDE}:
            by_row[at] = next(iter(ticked))
    return by_row


def _resolve(text: str, kind: str, places: Places, t: Mapping[str, str]) -> str:
    """The sub-region (or state) that a cell names; UNKNOWN for none and for several. `t`: normalized texts that a
    mapping explains."""
    if is_unanswered(text):
        return NOWHERE
    told = t.get(normalize(text))
    if told is not None and is_left_out(told):
        return NOWHERE
    found = places_named(told or text, kind, places)
    return next(iter(found)) if len(found) == 1 and OUTSIDE not in found else UNKNOWN


def places_named(text: str, kind: str, places: Places, *, may_be_code: bool = True) -> set[str]:
    """All sub-regions (or states) that a text names. A country out of scope is OUTSIDE."""
    if kind == STATE:
        return set(places.states_in(text, may_be_code=may_be_code))
    if region := places.region(text):
        return {region}
    found = {places.region_of.get(code, OUTSIDE) for code in places.countries_in(text, may_be_code=may_be_code)}
    if not found:
        parts = [part for part in re.split(r"[;,|\n/]|&|\band\b", text) if part.strip()]
        regions = [places.region(part) for part in parts]
        found = set(regions) if len(parts) > 1 and all(regions) else set()
    return found


def _single(column: Column, field: Field, places: Places, mapped: Mapped, t: Mapping[str, str]) -> list[_Candidate]:
    told = mapped.place_of(field)
    if told in KINDS:
        return [_Candidate([(field, "")], str(told), 2.0, is_told=True, heading=field.label)]
    if not column.is_kept or len(column.values) > MOST_VALUES or not asks_place(field.heading):
        return []
    named = kinds_named(field.heading)
    used = [(value, many) for value, many in column.used() if not is_unanswered(value)]
    total = sum(many for _, many in used)
    if not total:
        return []
    found = []
    for kind in KINDS:
        is_named = kind in named
        known = (
            many
            for value, many in used
            if normalize(value) in t or places_named(value, kind, places, may_be_code=is_named)
        )
        share = sum(known) / total
        if share >= (ENOUGH_NAMED if is_named else ENOUGH_ASKED):
            found.append((share + is_named, kind))
    is_partner = _has(field.heading, "partner")
    if not found:
        # a question about a place of which no word is known is said, not passed over
        return [_Candidate([(field, "")], kind, 0.0, heading=field.label) for kind in named[:1]]
    fit, kind = max(found, key=lambda pair: pair[0])
    return [_Candidate([(field, "")], kind, fit, is_partner=is_partner, heading=field.label)]


def _tick_groups(grid: Grid, fields: Sequence[Field], places: Places, mapped: Mapped) -> list[_Candidate]:
    """Questions about places with a column for each place."""
    stems: dict[tuple[str, str], list[tuple[Field, str]]] = {}
    for field in fields:
        for prefix, option, suffix in splits(field.heading):
            if (prefix or suffix) and option and are_ticks(grid.columns[field.at], option):
                stems.setdefault((prefix, suffix), []).append((field, option))
    found: list[_Candidate] = []
    taken: set[int] = set()
    for (prefix, suffix), members in sorted(stems.items(), key=lambda item: -len(item[1])):
        members = [(field, option) for field, option in members if field.at not in taken]
        heading = f"{prefix} {suffix}"
        told = next((kind for field, _ in members if (kind := mapped.place_of(field)) in KINDS), None)
        for kind in [told] if told else kinds_named(heading):
            known = [option for _, option in members if places_named(option, str(kind), places)]
            if len(members) >= 2 and len(known) >= ENOUGH_OPTIONS * len(members):
                taken |= {field.at for field, _ in members}
                is_partner, question = _has(heading, "partner"), members[0][0].question
                found.append(_Candidate(members, str(kind), 1.0, bool(told), is_partner, question, is_ticks=True))
                break
    return found


def kinds_named(heading: str) -> list[str]:
    """The kinds of place that a heading asks for. "United States" asks for no state."""
    text = re.sub(r"(?i)united states", " ", heading)
    # a state of a country, before a country: "U.S. state" and "state or country" both say state
    return [kind for kind in (STATE, REGION, COUNTRY) if _has(text, kind)]


def asks_place(heading: str) -> bool:
    """Whether a heading asks for a place: no remark, and no id of something."""
    is_remark = _has(heading, "remark")
    if kinds_named(heading):
        return not is_remark or _has(heading, "partner")
    identity = {normalize(word) for word in own_spellings()["headings"]["identity"]}
    return _has(heading, "where") and not is_remark and not identity & _words(heading)


def _has(heading: str, kind: str) -> bool:
    """Whether a heading has one of the words of a kind, as the beginning of a word of its own."""
    words, whole = _words(heading), normalize(heading)
    for text in own_spellings()["headings"][kind]:
        key = normalize(text)
        if " " in text or not text.isascii():
            if key in whole:
                return True
        elif any(word.startswith(key) and (len(key) > 4 or len(word) <= len(key) + 3) for word in words):
            return True
    return False


def _words(heading: str) -> set[str]:
    return {normalize(word) for word in re.split(r"[\W_]+", heading) if word}
