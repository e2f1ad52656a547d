"""Who could partner with whom: cities ranked by reasons that are in the data, weighed as the visitor wishes.

Each reason is a number from 0 to 1, and the score their weighted mean:

    score = 100 * sum(weight * value) / sum(weight)

| reason  | value |
|---------|-------|
| size    | the smaller population divided by the larger |
| opening | 1 where the basis counts no partnership in the country (from abroad: none of the community), else 0 |
| state   | 1 where the state has a partnership in the country to learn from, 0.5 where in its sub-region, else 0 |
| sectors | the share of the sectors of programs recorded in the state that are recorded in the country too, else 0 |
| travel  | by the State Department's advisory for the place: level 1 is 1, 2 is 2/3, 3 is 1/3, 4 is 0 |

Where no level is on record, travel has no value and takes no part in that candidate's mean: not knowing is neither
good nor bad. That the steps between levels are equal is a choice of ours, as the weights are of the visitor. The level
is the State Department's advice to U.S. travelers, and says nothing of the people of a place. Cities at level 4 (do not
travel) are no candidates unless they are asked for. From abroad travel tells none from another, and has no weight.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.dataset.model import Basis, Dataset
from dashboard.filters import Filters
from dashboard.metrics.advisories import DO_NOT_TRAVEL, Advisory, advisory_for
from dashboard.metrics.cities import (
    PartnerCity,
    UsCity,
    named_rows,
    partner_cities,
    partnered_abroad,
    partnered_us,
    us_cities,
)
from dashboard.metrics.openings import compared_countries

LEAST_WEIGHT, MOST_WEIGHT = 0, 5
DEFAULT_WEIGHTS: Mapping[str, int] = {"size": 3, "opening": 2, "state": 2, "sectors": 1, "travel": 2}
IN_REGION_ONLY = 0.5
MOST_OF_ONE = 3
NO_FILTERS = Filters()


@dataclass(frozen=True)
class Reason:
    """One reason of a candidate: what it is worth (0 to 1, None where that is not known), its weight, and the facts it
    rests on.

    `names` are what the value was computed from: partnerships of the state, or shared sectors. `advisory` is what
    travel rests on, None where no level is on record.
    """

    name: str
    value: float | None
    weight: int
    names: tuple[str, ...] = ()
    of: int = 0
    advisory: Advisory | None = None


@dataclass(frozen=True)
class Candidate:
    """A city that could be the partner of another. `partnerships` are the ids of those it has on the basis."""

    us: UsCity
    abroad: PartnerCity
    reasons: tuple[Reason, ...]
    partnerships: tuple[str, ...]

    @property
    def score(self) -> float:
        """0 to 100: the weighted mean of the reasons with a value; 0 where none of them has a weight."""
        known = [(reason.weight, reason.value) for reason in self.reasons if reason.value is not None]
        total = sum(weight for weight, _ in known)
        return 100 * sum(weight * value for weight, value in known) / total if total else 0.0


@dataclass(frozen=True)
class Facts:
    """What reasons are computed from, gathered once for a basis.

    `countries`: those with a partnership that counts. `pairs`: state -> (country, region, name) of its named
    partnerships. `state_sectors`, `country_sectors`: sectors of recorded programs.
    """

    countries: Collection[str]
    pairs: Mapping[str, Sequence[tuple[str, str, str]]]
    state_sectors: Mapping[str, frozenset[str]]
    country_sectors: Mapping[str, frozenset[str]]
    us_partnered: Mapping[str, tuple[str, ...]]
    abroad_partnered: Mapping[str, tuple[str, ...]]


def for_community(
    dataset: Dataset,
    basis: Basis,
    city: UsCity,
    *,
    weights: Mapping[str, int] = DEFAULT_WEIGHTS,
    filters: Filters = NO_FILTERS,
    most: int = 10,
    has_level_4: bool = False,
) -> list[Candidate]:
    """The cities abroad, in the countries that the filters leave, that suit a U.S. city best, at most `MOST_OF_ONE` of
    a country, the best first; those at level 4 only where `has_level_4` asks for them.

    Equal scores go by name. A city that is its partner already is left out.
    """
    facts = _facts(dataset.original, basis)
    candidates = [
        Candidate(city, other, _reasons(facts, city, other, weights, advisory, is_outward=True), has)
        for other, has, advisory in _possible(dataset, facts, city, filters)
        if has_level_4 or not _is_level_4(advisory)
    ]
    return _best(candidates, key=lambda each: each.abroad.country_iso3, most=most)


def find_example(dataset: Dataset, basis: Basis) -> UsCity | None:
    """The largest U.S. city without a partnership on the basis, to show what a match is; None where all have one."""
    partnered = _facts(dataset.original, basis).us_partnered
    return next((city for city in us_cities(dataset).values() if city.id not in partnered), None)


def count_level_4(dataset: Dataset, basis: Basis, city: UsCity, *, filters: Filters = NO_FILTERS) -> int:
    """How many cities `for_community` leaves out for their level."""
    possible = _possible(dataset, _facts(dataset.original, basis), city, filters)
    return sum(_is_level_4(advisory) for _, _, advisory in possible)


def _possible(
    dataset: Dataset, facts: Facts, city: UsCity, filters: Filters
) -> Iterator[tuple[PartnerCity, tuple[str, ...], Advisory | None]]:
    """(city, its partnerships, its advisory) of those abroad that a U.S. city has no partnership with."""
    countries = set(compared_countries(dataset, filters)["iso3"])
    own = set(facts.us_partnered.get(city.id, ()))
    for other in partner_cities(dataset).values():
        if other.country_iso3 in countries and not own & set(has := facts.abroad_partnered.get(other.id, ())):
            yield other, has, advisory_for(dataset, other)


def _is_level_4(advisory: Advisory | None) -> bool:
    return advisory is not None and advisory.level == DO_NOT_TRAVEL


def for_partner(
    dataset: Dataset,
    basis: Basis,
    city: PartnerCity,
    *,
    weights: Mapping[str, int] = DEFAULT_WEIGHTS,
    most: int = 10,
) -> list[Candidate]:
    """The U.S. cities without a partnership on the basis that suit a city abroad best, at most `MOST_OF_ONE` of a
    state, the best first. All are openings, and all would travel to the same place, so those reasons tell none from
    another and have no weight here."""
    facts = _facts(dataset.original, basis)
    weights, advisory = {**weights, "opening": 0, "travel": 0}, advisory_for(dataset, city)
    candidates = [
        Candidate(other, city, _reasons(facts, other, city, weights, advisory, is_outward=False), ())
        for other in us_cities(dataset).values()
        if other.id not in facts.us_partnered
    ]
    return _best(candidates, key=lambda each: each.us.state, most=most)


def _best(candidates: Sequence[Candidate], *, key: Callable[[Candidate], str], most: int) -> list[Candidate]:
    of: dict[str, int] = {}
    kept = []
    for each in sorted(candidates, key=lambda one: (-round(one.score, 9), one.abroad.full_name, one.us.full_name)):
        group = key(each)
        of[group] = of.get(group, 0) + 1
        if of[group] <= MOST_OF_ONE:
            kept.append(each)
        if len(kept) == most:
            break
    return kept


def _reasons(
    facts: Facts,
    us: UsCity,
    abroad: PartnerCity,
    weights: Mapping[str, int],
    advisory: Advisory | None,
    *,
    is_outward: bool,
) -> tuple[Reason, ...]:
    small, large = sorted((us.population, abroad.population))
    is_open = abroad.country_iso3 not in facts.countries if is_outward else us.id not in facts.us_partnered
    value, names = _of_state(facts.pairs.get(us.state, ()), abroad)
    own = facts.state_sectors.get(us.state, frozenset())
    shared = own & facts.country_sectors.get(abroad.country_iso3, frozenset())
    return (
        Reason("size", small / large, weights["size"]),
        Reason("opening", float(is_open), weights["opening"]),
        Reason("state", value, weights["state"], names),
        Reason("sectors", len(shared) / len(own) if own else 0.0, weights["sectors"], tuple(sorted(shared)), len(own)),
        Reason("travel", _of_level(advisory), weights["travel"], advisory=advisory),
    )


def _of_level(advisory: Advisory | None) -> float | None:
    if advisory is None or advisory.level is None:
        return None
    return (DO_NOT_TRAVEL - advisory.level) / (DO_NOT_TRAVEL - 1)


def _of_state(pairs: Sequence[tuple[str, str, str]], abroad: PartnerCity) -> tuple[float, tuple[str, ...]]:
    in_country = tuple(name for country, _, name in pairs if country == abroad.country_iso3)
    if in_country:
        return 1.0, in_country
    in_region = tuple(name for _, region, name in pairs if region == abroad.region)
    return (IN_REGION_ONLY, in_region) if in_region else (0.0, ())


@lru_cache(maxsize=16)
def _facts(dataset: Dataset, basis: Basis) -> Facts:
    rows = basis.rows
    named = named_rows(dataset, basis)
    region = dict(zip(dataset.countries["iso3"], dataset.countries["region"], strict=True))
    pairs: dict[str, list[tuple[str, str, str]]] = {}
    for row in named:
        if row["us_state"]:
            name = f"{row['us_community']}–{row['partner_community']}"
            pairs.setdefault(row["us_state"], []).append((row["country_iso3"], region[row["country_iso3"]], name))
    return Facts(
        countries=frozenset(rows["country_iso3"]),
        pairs=pairs,
        state_sectors=_sectors(dataset, "us_state"),
        country_sectors=_sectors(dataset, "country_iso3"),
        us_partnered=partnered_us(dataset, basis),
        abroad_partnered=partnered_abroad(dataset, basis),
    )


def _sectors(dataset: Dataset, column: str) -> dict[str, frozenset[str]]:
    programs = dataset.tables["programs"]
    return {str(key): frozenset(group["sector"]) for key, group in programs.groupby(column) if key}
