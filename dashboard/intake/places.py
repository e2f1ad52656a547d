"""Partner countries, U.S. states and sub-regions in whatever spelling."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.dataset.model import Dataset
from dashboard.dataset.spelling import folded

SPELLINGS = Path(__file__).with_name("spellings.toml")


@dataclass(frozen=True)
class Places:
    """Folded spellings to codes: of countries (ISO 3166 alpha-3), of states (two letters), of sub-regions (names)."""

    countries: Mapping[str, str]
    states: Mapping[str, str]
    regions: Mapping[str, str]
    region_of: Mapping[str, str]

    def country(self, text: str) -> str:
        """The code of a country, "" where the text names none that is in scope. "Istanbul, Turkey" is Turkey."""
        return _first(text, self.countries)

    def state(self, text: str) -> str:
        """The code of a U.S. state, "" for none. "Houston, TX" is Texas."""
        return _first(text, self.states)

    def region(self, text: str) -> str:
        """The sub-region's name, "" for none."""
        return self.regions.get(folded(text), "")


def places_of(dataset: Dataset) -> Places:
    """The places of a dataset, with their names, codes, the deck's spellings and those of `spellings.toml`."""
    more = tomllib.loads(SPELLINGS.read_text(encoding="utf-8"))
    countries = dataset.countries
    states = dataset.tables["us_states"]
    return Places(
        countries=_spelled(
            more["countries"],
            countries["iso3"].tolist(),
            [countries["name"].tolist(), countries["deck_label"].tolist()],
        ),
        states=_spelled(more["states"], states["state"].tolist(), [states["name"].tolist()]),
        regions={folded(region): region for region in countries["region"].unique()},
        region_of=dict(zip(countries["iso3"], countries["region"], strict=True)),
    )


def _spelled(more: Mapping[str, list[str]], codes: list[str], names: list[list[str]]) -> dict[str, str]:
    known = set(codes)
    spelled = {folded(spelling): code for code, spellings in more.items() if code in known for spelling in spellings}
    spelled |= {folded(code): code for code in codes}
    for column in names:
        spelled |= {folded(name): code for code, name in zip(codes, column, strict=True) if name}
    return spelled


def _first(text: str, spellings: Mapping[str, str]) -> str:
    for part in _parts(text):
        key = folded(part)
        found = spellings.get(key) or (spellings.get(key[3:]) if key.startswith("the") else None)
        if found:
            return found
    return ""


def _parts(text: str) -> Iterator[str]:
    """The whole, what stands in brackets and before them, then what stands after the last comma, slash or dash."""
    yield text
    if "(" in text:
        yield re.sub(r"\([^)]*\)", "", text)
        yield text[text.index("(") + 1 :].rstrip(") ")
    for mark in (",", "/", " - ", " – ", ";"):
        if mark in text:
            yield text.rpartition(mark)[2]
