"""Every spelling by which countries and U.S. states are known: one list for search, addresses and imports.

`country_names.json` has the names of all countries in the usual languages (tools/spellings, from the CLDR),
`spellings.toml` what people write beside them.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.dataset.spelling import normalize

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def own_spellings() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """What `spellings.toml` says: "countries" and "states", each from code to spellings; "regions"; "headings"."""
    values: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
        (HERE / "spellings.toml").read_text(encoding="utf-8")
    )
    return values


@lru_cache(maxsize=1)
def names_of_countries() -> Mapping[str, Sequence[str]]:
    """The names of all countries of the world by their code (ISO 3166 alpha-3); the first is the code of two letters,
    the second the English name."""
    values: Mapping[str, Sequence[str]] = json.loads((HERE / "country_names.json").read_text(encoding="utf-8"))
    return values


def spellings_of_country(code: str) -> list[str]:
    """Names of a country in other languages and spellings; no codes."""
    return [*names_of_countries().get(code, ())[1:], *own_spellings()["countries"].get(code, ())]


def country_spellings(dataset: Dataset) -> dict[str, str]:
    """Folded spellings of the countries of a dataset to their codes: names, the deck's words, other languages, codes of
    three letters. What the data itself says comes before what others say."""
    shown, countries = dataset.countries["name"], dataset.original.countries
    codes = countries["iso3"].tolist()
    spelled = {normalize(name): code for code in codes for name in spellings_of_country(code)}
    spelled |= {normalize(name): code for code, name in zip(codes, shown, strict=True)}
    spelled |= {normalize(code): code for code in codes}
    for column in ("name", "deck_label"):
        spelled |= {normalize(name): code for code, name in zip(codes, countries[column], strict=True) if name}
    return spelled


def state_spellings(dataset: Dataset) -> dict[str, str]:
    """Folded spellings of the U.S. states to their codes of two letters, which are among them."""
    shown, states = dataset.tables["us_states"]["name"], dataset.original.tables["us_states"]
    codes = states["state"].tolist()
    own = own_spellings()["states"]
    spelled = {normalize(name): code for code in codes for name in own.get(code, ())}
    spelled |= {normalize(name): code for code, name in zip(codes, shown, strict=True)}
    spelled |= {normalize(code): code for code in codes}
    spelled |= {normalize(name): code for code, name in zip(codes, states["name"], strict=True)}
    return spelled


def deck_label(dataset: Dataset, iso3: str) -> str:
    """What the deck calls a country, where that is not its name; both are English, so a name in another language says
    nothing of it."""
    countries = dataset.original.countries
    chosen = countries[countries["iso3"] == iso3]
    label = "".join(chosen["deck_label"])
    return "" if label == "".join(chosen["name"]) else label


def country_terms(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """By code what a country and its region can be found by: names in the language of the dataset and as the data has
    them, and what the deck calls the country."""
    labels = dataset.naming.region_labels
    return {
        row["iso3"]: (name, row["name"], row["deck_label"], labels.get(row["region"], ""), row["region"])
        for row, name in zip(records(dataset.original.countries), dataset.countries["name"], strict=True)
    }


def state_terms(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """By code what a U.S. state can be found by, likewise."""
    states, original = dataset.tables["us_states"], dataset.original.tables["us_states"]
    return {
        code: (name, of_data)
        for code, name, of_data in zip(states["state"], states["name"], original["name"], strict=True)
    }
