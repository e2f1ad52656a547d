"""The menu of program models: examples by sector, region, year and tag. What the web keeps, so never rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.dataset.spelling import folded
from dashboard.metrics.registry import Entry, all_entries, made
from dashboard.metrics.sources import Source, sources, split_ids
from dashboard.metrics.table import Table
from dashboard.selection import Selection

# what the remark of a partnership says where the deck names it among its successes
IN_DECK = "named in deck"


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
    """The examples in the regions, the country and the state chosen, by sector, the newest first, undated last."""
    countries = {row["iso3"]: row for row in records(dataset.countries)}
    cities = set(dataset.tables["programs"]["us_community"])
    pairs = {
        (each.country_iso3, folded(each.us_community), folded(each.partner_community)): each.id
        for each in made(dataset, np.flatnonzero(dataset.partnerships["us_community"].isin(cities).to_numpy()))
        if each.is_identified
    }
    found = []
    for row in records(dataset.tables["programs"]):
        country = countries[row["country_iso3"]]
        if not _is_chosen(selection, row["country_iso3"], country["region"], row["us_state"]):
            continue
        tags = tuple(split_ids(row["tags"]))
        spelled = (row["title"], row["us_community"], row["partner_community"], country["name"], country["deck_label"])
        found.append(
            Program(
                title=row["title"],
                summary=row["summary"],
                sector=row["sector"],
                us_community=row["us_community"],
                us_state=row["us_state"],
                partner_community=row["partner_community"],
                country_iso3=row["country_iso3"],
                country=country["name"],
                region=country["region"],
                year=row["year"],
                tags=tags,
                sources=sources(dataset, split_ids(row["source_ids"])),
                partnership=pairs.get(
                    (row["country_iso3"], folded(row["us_community"]), folded(row["partner_community"])), ""
                ),
                spellings=" ".join(folded(text) for text in (*spelled, row["sector"], *tags) if text),
            )
        )
    return sorted(found, key=lambda each: (each.sector, -(each.year or 0), each.title))


def counts(found: Iterable[Program], of: Callable[[Program], Iterable[str]]) -> dict[str, int]:
    """How many examples there are of each value that `of` gives, the most first, ties by name."""
    counted = Counter(value for each in found for value in of(each))
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def by_sector(found: Iterable[Program]) -> dict[str, int]:
    """Examples by sector."""
    return counts(found, lambda each: (each.sector,))


def by_region(found: Iterable[Program]) -> dict[str, int]:
    """Examples by sub-region."""
    return counts(found, lambda each: (each.region,))


def by_tag(found: Iterable[Program]) -> dict[str, int]:
    """Examples by tag; one may have several."""
    return counts(found, lambda each: each.tags)


def by_year(found: Iterable[Program]) -> dict[int | None, int]:
    """Examples by year, the newest first, None (no year recorded) last."""
    counted = Counter(each.year for each in found)
    return dict(sorted(counted.items(), key=lambda item: -(item[0] or 0)))


def programs_table(found: Sequence[Program]) -> Table:
    """sector, title, us_community, us_state, partner_community, country, region, year, tags, summary."""
    names = ("sector", "title", "us_community", "us_state", "partner_community", "country", "region", "year")
    return Table(
        {
            **{name: [getattr(each, name) for each in found] for name in names},
            "tags": ["; ".join(each.tags) for each in found],
            "summary": [each.summary for each in found],
        }
    )


@dataclass(frozen=True)
class Story:
    """A partnership told by its examples. `is_in_deck`: one of the deck's success stories."""

    entry: Entry
    programs: Sequence[Program]
    is_in_deck: bool


def success_stories(dataset: Dataset, found: Sequence[Program], *, least: int = 2) -> list[Story]:
    """The partnerships that the deck tells of, oldest first, whether or not an example is recorded; then others with
    `least` examples, the most first."""
    by_pair: dict[str, list[Program]] = {}
    for each in found:
        by_pair.setdefault(each.partnership, []).append(each)
    entries = all_entries(dataset)
    told_of = np.flatnonzero(dataset.partnerships["note"].astype(str).str.contains(IN_DECK, regex=False).to_numpy())
    deck = sorted(made(dataset, told_of), key=lambda each: each.start_year or 9999)
    told = [Story(each, by_pair.pop(each.id, []), True) for each in deck]
    others = [Story(entries[name], of, False) for name, of in by_pair.items() if name and len(of) >= least]
    return told + sorted(others, key=lambda story: (-len(story.programs), story.entry.us_name))


def _is_chosen(selection: Selection, country: str, region: str, state: str) -> bool:
    if selection.regions and region not in selection.regions:
        return False
    return selection.country in (None, country) and selection.state in (None, state)
