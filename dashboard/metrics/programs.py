"""The menu of program models: examples by sector, region, year and tag. What the web keeps, so never rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.dataset.model import Dataset
from dashboard.dataset.place_names import country_terms
from dashboard.dataset.records import records
from dashboard.dataset.spelling import normalize
from dashboard.filters import PROGRAMS, Filters, Selection, apply_filters
from dashboard.metrics.registry import Entry, build_entries, with_region
from dashboard.metrics.sources import Source, sources, split_ids

# what the remark of a partnership says where the deck names it among its successes
IN_DECK = "named in deck"
# what a program and its partnership have in common
PAIR = ["country_iso3", "us_community", "partner_community"]
# columns of the table of programs that an example has as they are
AS_RECORDED = ("title", "summary", "sector", "us_state", "year", *PAIR)


@dataclass(frozen=True)
class Program:
    """One example. `year` is None where no source says; `partnership` is the id of its pairing, "" where that is not
    in the registry."""

    title: str
    summary: str
    sector: str
    us_community: str
    us_state: str
    partner_community: str
    country_iso3: str
    country: str
    region: str
    year: int | None
    tags: tuple[str, ...]
    sources: Sequence[Source]
    partnership: str
    spellings: str

    @property
    def pair(self) -> str:
        """ "Houston–Baku", or the one end that is known."""
        return "–".join(filter(None, (self.us_community, self.partner_community)))


def programs(dataset: Dataset, selection: Selection) -> list[Program]:
    """The examples that pass the filters, by sector, the newest first, undated last."""
    countries = {row["iso3"]: row for row in records(dataset.countries)}
    ids, place_names = _ids_by_pair(dataset), country_terms(dataset)
    examples = []
    for row in records(program_rows(dataset, selection.filters)):
        country = countries[row["country_iso3"]]
        tags = tuple(split_ids(row["tags"]))
        spelled = (row["title"], row["us_community"], row["partner_community"], *place_names[row["country_iso3"]][:3])
        examples.append(
            Program(
                **{name: row[name] for name in AS_RECORDED},
                country=country["name"],
                region=row["region"],
                tags=tags,
                sources=sources(dataset, split_ids(row["source_ids"])),
                partnership=ids.get(_pair(row), ""),
                spellings=" ".join(normalize(text) for text in (*spelled, row["sector"], *tags) if text),
            )
        )
    return sorted(examples, key=lambda each: (each.sector, -(each.year or 0), each.title))


def program_rows(dataset: Dataset, filters: Filters) -> pd.DataFrame:
    """The recorded programs that pass the filters (columns as `programs.csv`, and region)."""
    return apply_filters(with_region(dataset, dataset.tables["programs"]), filters, PROGRAMS)


def _ids_by_pair(dataset: Dataset) -> dict[tuple[str, ...], str]:
    """The id of each partnership of a community that has programs, by `_pair`."""
    rows = dataset.partnerships
    rows = rows[rows["us_community"].isin(dataset.tables["programs"]["us_community"].unique())]
    rows = rows[(rows["us_community"] != "") & (rows["partner_community"] != "")]
    return {_pair(row): row["id"] for row in records(rows[["id", *PAIR]])}


def _pair(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(normalize(row[name]) for name in PAIR)


def by_sector(examples: Iterable[Program]) -> dict[str, int]:
    """Examples by sector, the most first, ties by name."""
    return _most_first(Counter(each.sector for each in examples))


def by_tag(examples: Iterable[Program]) -> dict[str, int]:
    """Examples by tag, likewise; one may have several."""
    return _most_first(Counter(tag for each in examples for tag in each.tags))


def by_year(examples: Iterable[Program]) -> dict[int | None, int]:
    """Examples by year, the newest first, None (no year recorded) last."""
    counted = Counter(each.year for each in examples)
    return dict(sorted(counted.items(), key=lambda item: -(item[0] or 0)))


def _most_first(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True)
class Story:
    """A partnership with its examples. `is_in_deck`: one of the deck's success stories."""

    entry: Entry
    programs: Sequence[Program]
    is_in_deck: bool


def success_stories(dataset: Dataset, selection: Selection, *, least: int = 2) -> list[Story]:
    """Of the partnerships that pass the filters, those that the deck names among its successes, oldest first, whether
    or not an example is recorded; then others with `least` examples, the most first."""
    by_partnership: dict[str, list[Program]] = {}
    for each in programs(dataset, selection):
        by_partnership.setdefault(each.partnership, []).append(each)
    rows = dataset.partnerships
    is_in_deck = rows["note"].str.contains(IN_DECK, regex=False)
    rows = with_region(dataset, rows.assign(position=range(len(rows)))[is_in_deck | rows["id"].isin(by_partnership)])
    rows = apply_filters(rows, selection.filters)
    stories = [
        Story(entry, by_partnership.get(entry.id, []), IN_DECK in entry.note)
        for entry in build_entries(dataset, rows["position"].to_numpy())
    ]
    from_deck = [story for story in stories if story.is_in_deck]
    others = [story for story in stories if not story.is_in_deck and len(story.programs) >= least]
    return [
        *sorted(from_deck, key=lambda story: (story.entry.start_year is None, story.entry.start_year)),
        *sorted(others, key=lambda story: (-len(story.programs), story.entry.us_name)),
    ]
