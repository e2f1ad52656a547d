"""A dataset with its names in another language. Only the small tables that hold names are new: what is counted, and
what is remembered of it, stays the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from dashboard.dataset.labels import label_of
from dashboard.dataset.model import Dataset, Naming
from dashboard.dataset.place_names import names_of_countries
from dashboard.dataset.sorting import sort_key_of
from dashboard.strings import FIRST_LANGUAGE, Catalog


def localize(dataset: Dataset, t: Catalog) -> Dataset:
    """The dataset with names in the language of a catalogue; itself in English, in which the data is.

    Countries are called what the CLDR calls them, unless the catalogue has a name of its own (`country.<code>`); U.S.
    states and regions what the catalogue calls them. What nobody has translated stays in English.
    """
    if t.language == FIRST_LANGUAGE:
        return dataset
    tables = dict(dataset.tables)
    countries, states = tables["countries"], tables["us_states"]
    tables["countries"] = countries.assign(name=_country_names(countries, t))
    tables["us_states"] = states.assign(name=_named("us_state", states["state"], states["name"], t))
    sort_key = sort_key_of(t("language.alphabet"))
    naming = Naming(
        language=t.language,
        region_labels={region: label_of(t, "region", region) for region in countries["region"].unique()},
        sort_key=sort_key,
        folded_key=sort_key,
    )
    return replace(dataset, tables=tables, naming=naming, loaded=dataset.original)


def _country_names(countries: pd.DataFrame, t: Catalog) -> list[str]:
    codes, names = names_of_countries(), t.locale.territories
    of_cldr = [
        names.get(next(iter(codes.get(code, ())), ""), name)
        for code, name in zip(countries["iso3"], countries["name"], strict=True)
    ]
    return _named("country", countries["iso3"], of_cldr, t)


def _named(group: str, codes: Iterable[str], names: Iterable[str], t: Catalog) -> list[str]:
    """What the catalogue calls each code of a group; where it says nothing, the name beside it."""
    return [t.texts.get(f"{group}.{code}", name) for code, name in zip(codes, names, strict=True)]
