"""Partner countries, U.S. states and sub-regions in whatever spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dashboard.dataset.model import Dataset
from dashboard.dataset.place_names import country_spellings, names_of_countries, own_spellings, state_spellings
from dashboard.dataset.spelling import normalize

# marks between several places; words between two of them, which may be part of a name ("Bosnia and Herzegovina"); and
# marks between a place and what it lies in
SEVERAL = re.compile(r"[;|\n•]")
AND = re.compile(r"\s/\s|\s(?:and|et|ve|y|e|und|dan|و)\s|&", re.IGNORECASE)
WITHIN = re.compile(r"[,،/()\[\]]|\s[-–—:]\s|:\s")
# "the", and its like: nothing of the name
ARTICLE = re.compile(r"^(?:the|la|le|les|el|al)\s+", re.IGNORECASE)
OUTSIDE = "outside"


@dataclass(frozen=True)
class Places:
    """Folded spellings to codes: of countries (ISO 3166 alpha-3), of states (two letters), of sub-regions (names).

    `world` are countries that the data does not have, with their English names; `letters`: codes of two letters to
    countries, which mean one only where a heading says so.
    """

    countries: Mapping[str, str]
    states: Mapping[str, str]
    regions: Mapping[str, str]
    region_of: Mapping[str, str]
    world: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)

    def country(self, text: str) -> str:
        """The code of a country, "" where the text names none that is in scope. "Istanbul, Turkey" is Turkey, and
        "Turkey and Egypt" none: they are two."""
        return _only(self.countries_in(text))

    def countries_in(self, text: str, *, may_be_code: bool = True) -> frozenset[str]:
        """All countries that a text names; one that is not in scope is OUTSIDE. Codes count alone only, and only where
        they may be codes: "BD" is not Bangladesh in "BD/fundraising"."""
        if may_be_code and (code := _spelled(self.countries, text) or self.letters.get(normalize(text), "")):
            return frozenset({code})
        return _places_in(text, self._country_named)

    def _country_named(self, text: str) -> str:
        code = "" if _is_code(text) else _spelled(self.countries, text)
        return code or (OUTSIDE if self.outside(text) else "")

    def state(self, text: str) -> str:
        """The code of a U.S. state, "" for none. "Houston, TX" is Texas."""
        return _only(self.states_in(text))

    def states_in(self, text: str, *, may_be_code: bool = True) -> frozenset[str]:
        """All U.S. states that a text names. A code counts alone, and behind the last comma ("Houston, TX")."""
        if may_be_code and (code := _spelled(self.states, text)):
            return frozenset({code})
        return _places_in(text, self._state_named, behind_comma=lambda part: _spelled(self.states, part))

    def _state_named(self, text: str) -> str:
        return "" if _is_code(text) else _spelled(self.states, text)

    def region(self, text: str) -> str:
        """The sub-region's name, "" for none."""
        key = normalize(text)
        return self.regions.get(key) or (self.regions.get(key[3:], "") if key.startswith("the") else "")

    def outside(self, text: str) -> str:
        """The English name of a country that the data does not have, "" where the text names none."""
        key = normalize(text)
        return self.world.get(key, "") or (self.world.get(key[3:], "") if key.startswith("the") else "")


def places_of(dataset: Dataset) -> Places:
    """The places of a dataset, in all spellings that search and addresses know, and the rest of the world."""
    countries = dataset.countries
    known = country_spellings(dataset)
    codes = set(countries["iso3"])
    world: dict[str, str] = {}
    letters: dict[str, str] = {}
    for code, names in names_of_countries().items():
        if code in codes:
            letters[normalize(names[0])] = code
        else:
            world |= {normalize(name): names[1] for name in (*names[1:], code) if normalize(name) not in known}
    world |= dict.fromkeys(("england", "scotland", "wales", "uk"), "United Kingdom")
    regions = {normalize(region): region for region in countries["region"].unique()}
    for region, t in own_spellings()["regions"].items():
        if normalize(region) in regions:
            regions |= {normalize(word): region for word in t}
    return Places(
        countries=known,
        states=state_spellings(dataset),
        regions=regions,
        region_of=dict(zip(countries["iso3"], countries["region"], strict=True)),
        world=world,
        letters=letters,
    )


def _spelled(spellings: Mapping[str, str], text: str) -> str:
    """The code of a spelling, also without its article."""
    return spellings.get(normalize(text), "") or spellings.get(normalize(ARTICLE.sub("", text.strip())), "")


def _is_code(text: str) -> bool:
    """Two or three letters are a code, unless they are written as a name is ("Fas")."""
    key = text.strip()
    return len(key) <= 3 and key.isascii() and key not in {"UAE", "KSA", "USA", "Fas"}


def _only(found: frozenset[str]) -> str:
    return next(iter(found)) if len(found) == 1 and OUTSIDE not in found else ""


def _places_in(
    text: str, named: Callable[[str], str], *, behind_comma: Callable[[str], str] = lambda _part: ""
) -> frozenset[str]:
    """Every place that a text names: each of several, and of "city, country" the country. Empty where one of several
    names none: then it is not known what is meant."""
    found: set[str] = set()
    parts = []
    for part in filter(None, map(str.strip, SEVERAL.split(text))):
        parts += [part] if named(part) else list(filter(None, map(str.strip, AND.split(part))))
    for part in parts:
        whole = named(part) or named(re.sub(r"\([^)]*\)", "", part))
        inner = {place for place in map(named, filter(None, map(str.strip, WITHIN.split(part)))) if place}
        if not whole and not inner and "," in part and (last := behind_comma(part.rpartition(",")[2])):
            inner = {last}
        if not whole and not inner:
            return frozenset()
        found |= {whole} if whole else inner
    return frozenset(found)
