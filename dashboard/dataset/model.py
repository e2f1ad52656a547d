"""What the rest knows of the data: frozen objects around tidy tables.

Tables are pandas frames with the columns and dtypes of `schema.py`; nobody writes into them. Objects are equal
only to themselves, so that what is computed from one can be remembered by it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard.dataset.answers import WaveCounts, count_answers
from dashboard.dataset.report_words import Approval, SectionWords
from dashboard.dataset.spelling import normalize
from dashboard.dataset.story import Slide

DOCUMENTED = "documented"


@dataclass(frozen=True)
class About:
    """What holds for the whole collection (`about.toml`)."""

    collected: datetime.date
    collection_year: int
    default_basis: str
    initiative_first_year: int
    sources: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One published count: a folder of `snapshots/`.

    `counts`: country_iso3, label, partnerships, source_ids. `members`: partnership_id, is_member, reason.
    `translations`: by language what there is of title, label and counted_by.
    """

    id: str
    title: str
    label: str
    counted_by: str
    year: int
    source_ids: tuple[str, ...]
    counts: pd.DataFrame
    members: pd.DataFrame
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many partnerships the snapshot counted."""
        return int(self.counts["partnerships"].sum())

    def in_language(self, language: str) -> Snapshot:
        """The same with its words in another language, as far as they are translated."""
        texts = self.translations.get(language, {})
        title, label, counted_by = (texts.get(name, getattr(self, name)) for name in ("title", "label", "counted_by"))
        return replace(self, title=title, label=label, counted_by=counted_by)


@dataclass(frozen=True, eq=False)
class Basis:
    """Which partnerships count, and over which years.

    `rows` has one row a partnership that counts: id (str), position (int32, in the table of partnerships),
    country_iso3, region, us_state, community ("" where not identified), status, kind, confidence, source_ids (all
    categories of str), start_year, known_by (only where there is no start year), end_year (Int16, missing where it does
    not happen), is_identified (bool).
    """

    id: str
    first_year: int
    last_year: int
    rows: pd.DataFrame
    snapshot: Snapshot | None

    @cached_property
    def years(self) -> range:
        """All years of the basis."""
        return range(self.first_year, self.last_year + 1)


@dataclass(frozen=True)
class Wave:
    """One round of a survey. `kind` is "themes" (what was cited, no shares) or "answers"; `titles` are those in other
    languages, "" where nobody has translated it."""

    id: str
    year: int
    title: str
    kind: str
    source_ids: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, eq=False)
class Survey:
    """Waves in the order of their years, and what was answered.

    `themes`: wave, theme_group, group_title, question, option, label. `answers`, a row a respondent and
    option: wave, respondent, question, option, answer ("yes", "no", "" for no answer), region, us_state; no rows
    where only their numbers were asked for. `counts`: those numbers, by wave.
    """

    waves: tuple[Wave, ...]
    themes: pd.DataFrame
    answers: pd.DataFrame
    is_sample: bool
    counts: Mapping[str, WaveCounts] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", count_answers(self.answers))

    def having(self, **values: Any) -> Survey:
        """The same with other values, and the numbers that it has."""
        other = replace(self, **values)
        object.__setattr__(other, "counts", self.counts)
        return other

    def without_rows(self) -> Survey:
        """The same with numbers alone: nothing of any one respondent."""
        # categories would keep the ids of all respondents
        return self.having(answers=pd.DataFrame({name: pd.Series(dtype=str) for name in self.answers.columns}))


@dataclass(frozen=True, eq=False)
class Naming:
    """What a dataset calls things in its language (`localize.py`). `region_labels`: by region as the data has it, which
    is what addresses and files have too. `sort_key`: by what names are sorted; `folded_key`: the same where case,
    accents and punctuation of English do not count. `untranslated`: what the data calls something and nobody has
    translated, so that it stands in English."""

    region_labels: Mapping[str, str] = field(default_factory=dict)
    sort_key: Callable[[str], Any] = str
    folded_key: Callable[[str], Any] = normalize
    untranslated: frozenset[str] = frozenset()

    def region(self, region: str) -> str:
        """What a region is called."""
        return self.region_labels.get(region, region)

    def sort_column(self, column: pd.Series) -> pd.Series:
        """The `key` by which pandas sorts rows by names and numbers."""
        return column.map(self.sort_key) if column.dtype in ("object", "str") else column


@dataclass(frozen=True, eq=False)
class Dataset:
    """Everything that was loaded and found good. Names of tables as in `schema.TABLES` and `schema.PLACES`.

    `contacts`: partnership_id, is_contacted, is_surveyed (bool), a row a partnership with which somebody spoke, which
    is all that anybody but the staff learns of conversations; None where no log of them is kept (a folder).
    `approvals` are those of reports, which a folder does not have either.
    """

    about: About
    tables: Mapping[str, pd.DataFrame]
    snapshots: tuple[Snapshot, ...]
    bases: Mapping[str, Basis]
    survey: Survey
    sample: Survey
    story: tuple[Slide, ...] = ()
    contacts: pd.DataFrame | None = None
    report_words: tuple[SectionWords, ...] = ()
    approvals: tuple[Approval, ...] = ()
    # by language the story in it, what is not translated as in English
    stories: Mapping[str, tuple[Slide, ...]] = field(default_factory=dict)
    naming: Naming = field(default_factory=Naming)
    # the dataset as it was loaded, where this is one in another language
    loaded: Dataset | None = None

    @property
    def original(self) -> Dataset:
        """The dataset as it was loaded. What is remembered of it and names nothing is remembered once for all
        languages."""
        return self.loaded or self

    def snapshot(self, basis_id: str) -> Snapshot | None:
        """The published count of a basis, with words in the language of this dataset; None where there is none."""
        return next((each for each in self.snapshots if each.id == basis_id), None)

    def without_answers(self) -> Dataset:
        """The same with the numbers of the surveys alone, which is all that is ever shown."""
        survey = self.survey.without_rows()
        tables = {**self.tables, "answers": survey.answers}
        return replace(self, tables=tables, survey=survey, sample=self.sample.without_rows())

    @property
    def countries(self) -> pd.DataFrame:
        """The countries in scope."""
        return self.tables["countries"]

    @property
    def partnerships(self) -> pd.DataFrame:
        """All partnerships, whatever counts."""
        return self.tables["partnerships"]

    @property
    def sources(self) -> pd.DataFrame:
        """Every source that a row can cite."""
        return self.tables["sources"]
