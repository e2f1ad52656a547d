"""A dataset with its names in another language. Only the small tables that hold names are new: what is counted, and
what is remembered of it, stays the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from dashboard.dataset.labels import label_of
from dashboard.dataset.model import Dataset, Naming, Survey
from dashboard.dataset.place_names import names_of_countries
from dashboard.dataset.schema import TABLES, TableShape
from dashboard.dataset.sorting import sort_key_of
from dashboard.dataset.story import in_english
from dashboard.strings import FIRST_LANGUAGE, Catalog

# tables with columns in other languages
TRANSLATED = tuple(name for name, shape in TABLES.items() if any(column.translates for column in shape.columns))


def localize(dataset: Dataset, t: Catalog) -> Dataset:
    """The dataset with names in the language of a catalogue; itself in English, in which the data is.

    Countries are called what the CLDR calls them, unless the catalogue has a name of its own (`country.<code>`); U.S.
    states and regions what the catalogue calls them; milestones, questions, options and waves of the survey, published
    counts and the story what the data has for them in that language. What nobody has translated stays in English.
    """
    if t.language == FIRST_LANGUAGE:
        return dataset
    tables = dict(dataset.tables)
    countries, states = tables["countries"], tables["us_states"]
    tables["countries"] = countries.assign(name=_country_names(countries, t))
    tables["us_states"] = states.assign(name=_named("us_state", states["state"], states["name"], t))
    untranslated: set[str] = set()
    for name in TRANSLATED:
        tables[name] = _translated(tables[name], TABLES[name], t.language, untranslated)
    # where a milestone stands in full, its short title is all that is translated
    milestones = tables["milestones"]
    short = _in_language(milestones, "short_title", t.language)
    tables["milestones"] = milestones.assign(title=short.where(short != "", milestones["title"]))
    untranslated |= {*milestones["title"][short == ""]}
    sort_key = sort_key_of(t("language.alphabet"))
    naming = Naming(
        region_labels={region: label_of(t, "region", region) for region in countries["region"].unique()},
        sort_key=sort_key,
        folded_key=sort_key,
        untranslated=frozenset(untranslated),
    )
    return replace(
        dataset,
        tables=tables,
        snapshots=tuple(each.in_language(t.language) for each in dataset.snapshots),
        survey=_named_survey(dataset.survey, tables["themes"], t.language),
        sample=_named_survey(dataset.sample, dataset.sample.themes, t.language),
        story=dataset.stories.get(t.language) or in_english(dataset.story),
        naming=naming,
        loaded=dataset.original,
    )


def _translated(table: pd.DataFrame, shape: TableShape, language: str, untranslated: set[str]) -> pd.DataFrame:
    """A table with what it has in a language in the place of English; what it has not is added to `untranslated`."""
    columns = {}
    for name in {column.translates for column in shape.columns if column.translates}:
        english, own = table[name], _in_language(table, name, language)
        columns[name] = own.where(own != "", english)
        untranslated |= {*english[(own == "") & (english != "")]}
    return table.assign(**columns)


def _in_language(table: pd.DataFrame, name: str, language: str) -> pd.Series:
    """A column in a language: blank where the data has no such language."""
    return table.get(f"{name}_{language}", pd.Series("", index=table.index, dtype=str))


def _named_survey(survey: Survey, themes: pd.DataFrame, language: str) -> Survey:
    waves = tuple(replace(wave, title=wave.titles.get(language) or wave.title) for wave in survey.waves)
    return survey.having(waves=waves, themes=themes)


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
