"""The registry: one entry a partnership, with everything that is recorded of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.dataset.bases import is_left_out
from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records
from dashboard.dataset.spelling import folded
from dashboard.metrics.cities import MOST_KEPT, partner_cities
from dashboard.metrics.counting import selected_rows
from dashboard.metrics.pairings import Place
from dashboard.metrics.sources import Source, sources, split_ids
from dashboard.selection import Selection

DATED, UNDATED, UNIDENTIFIED = "dated", "undated", "unidentified"


@dataclass(frozen=True)
class Entry:
    """One partnership. Years are None where no source says, places (lon, lat) where not located.

    `recorded` is DATED, UNDATED or UNIDENTIFIED; `belongs`, by snapshot, "yes", "no" or "unknown"; `spellings` is
    every spelling it can be found by, folded.
    """

    id: str
    us_community: str
    us_state: str
    partner_community: str
    country_iso3: str
    country: str
    deck_label: str
    region: str
    start_year: int | None
    known_by: int | None
    end_year: int | None
    status: str
    kind: str
    confidence: str
    recorded: str
    note: str
    us_place: Place | None
    partner_place: Place | None
    sources: Sequence[Source]
    belongs: dict[str, str] = field(compare=False)
    spellings: str = ""

    @property
    def is_identified(self) -> bool:
        """Whether its two cities are known."""
        return self.recorded != UNIDENTIFIED

    @property
    def is_left_out(self) -> bool:
        """Whether it counts on no basis, being refused or doubtful."""
        return bool(is_left_out(self.status, self.confidence))

    @property
    def us_name(self) -> str:
        """The U.S. community with its state, where that is known; "" where it is not identified."""
        return f"{self.us_community}, {self.us_state}" if self.us_state else self.us_community


def entries(dataset: Dataset, selection: Selection) -> list[Entry]:
    """The partnerships that count in the selection, by country and U.S. community, those not identified last.

    With a year chosen those that are known by then and have not ended.
    """
    found = made(dataset, counted_rows(dataset, selection)["at"].to_numpy())
    return sorted(found, key=_place_in_list)


def _place_in_list(each: Entry) -> tuple[str, bool, str, str]:
    return folded(each.country), not each.is_identified, folded(each.us_community), each.id


def counted_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows that count in the selection, in its year where it has one (columns as Basis.rows)."""
    rows = selected_rows(dataset.bases[selection.basis], selection)
    if selection.year is None:
        return rows
    is_known = (rows["first_dated"] <= selection.year) | (rows["first_documented"] <= selection.year)
    return rows[is_known & (rows["ended"] > selection.year)]


class _Lazy(Mapping[str, Entry]):
    """Every partnership of a large collection, made when it is asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.ids = dataset.partnerships["id"]

    def __getitem__(self, key: str) -> Entry:
        places = np.flatnonzero((self.ids == key).to_numpy())
        if not len(places):
            raise KeyError(key)
        return made(self.dataset, places)[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


@lru_cache(maxsize=4)
def all_entries(dataset: Dataset) -> Mapping[str, Entry]:
    """Every partnership of the data, whatever counts, by id."""
    if len(dataset.partnerships) > MOST_KEPT:
        return _Lazy(dataset)
    return {each.id: each for each in made(dataset, range(len(dataset.partnerships)))}


def made(dataset: Dataset, places: Sequence[int] | np.ndarray) -> list[Entry]:
    """The entries of the rows at these positions of the table of partnerships."""
    countries, states, members, also = _context(dataset)
    found = []
    for row in records(dataset.partnerships.iloc[list(places)]):
        country = countries[row["country_iso3"]]
        belongs = {name: of.get(row["id"], "unknown") for name, of in members.items()}
        names = (row["us_community"], states.get(row["us_state"], ""), row["us_state"], row["partner_community"])
        others = also.get((row["country_iso3"], folded(row["partner_community"])), "").split(";")
        spelled = [*names, country["name"], country["deck_label"], country["region"], *others, row["id"]]
        found.append(
            Entry(
                id=row["id"],
                us_community=row["us_community"],
                us_state=row["us_state"],
                partner_community=row["partner_community"],
                country_iso3=row["country_iso3"],
                country=country["name"],
                deck_label=country["deck_label"],
                region=country["region"],
                start_year=row["start_year"],
                known_by=row["known_by"],
                end_year=row["end_year"],
                status=row["status"],
                kind=row["kind"],
                confidence=row["confidence"],
                recorded=_recorded(row),
                note=row["note"],
                us_place=_place(row["us_lon"], row["us_lat"]),
                partner_place=_place(row["partner_lon"], row["partner_lat"]),
                sources=sources(dataset, split_ids(row["source_ids"])),
                belongs=belongs,
                spellings=" ".join(dict.fromkeys(filter(None, map(folded, spelled)))),
            )
        )
    return found


Context = tuple[dict[str, dict[str, Any]], dict[str, str], dict[str, dict[str, str]], dict[tuple[str, str], str]]


@lru_cache(maxsize=4)
def _context(dataset: Dataset) -> Context:
    """Countries by code, names of states, members of each snapshot, other names of cities."""
    states = dataset.tables["us_states"]
    return (
        {row["iso3"]: row for row in records(dataset.countries)},
        dict(zip(states["state"], states["name"], strict=True)),
        {
            snapshot.id: dict(zip(snapshot.members["partnership_id"], snapshot.members["is_member"], strict=True))
            for snapshot in dataset.snapshots
        },
        other_names(dataset),
    )


def candidates(dataset: Dataset, basis: Basis, country_iso3: str) -> list[Entry]:
    """The documented pairings of a country that may be among those a snapshot counted and nobody has identified."""
    if basis.snapshot is None:
        return []
    return [
        each
        for each in all_entries(dataset).values()
        if each.country_iso3 == country_iso3
        and each.is_identified
        and not each.is_left_out
        and each.belongs[basis.snapshot.id] == "unknown"
    ]


def search(found: Sequence[Entry], text: str) -> list[Entry]:
    """Those in which every word of `text` begins a part of a spelling; all for a text without words."""
    words = [folded(word) for word in text.split()]
    return [each for each in found if all(word in each.spellings for word in words)]


def programs_of(dataset: Dataset, entry: Entry) -> list[dict[str, Any]]:
    """Programs recorded for the two cities of an entry (columns as `programs.csv`), the newest first."""
    if not entry.is_identified:
        return []
    ends = folded(entry.us_community), folded(entry.partner_community)
    found = [
        row
        for row in records(dataset.tables["programs"])
        if row["country_iso3"] == entry.country_iso3
        and (folded(row["us_community"]), folded(row["partner_community"])) == ends
    ]
    return sorted(found, key=lambda row: -(row["year"] or 0))


def _recorded(row: dict[str, Any]) -> str:
    if not row["us_community"] or not row["partner_community"]:
        return UNIDENTIFIED
    return UNDATED if row["start_year"] is None else DATED


def _place(lon: float | None, lat: float | None) -> Place | None:
    return None if lon is None or lat is None else (lon, lat)


@lru_cache(maxsize=4)
def other_names(dataset: Dataset) -> dict[tuple[str, str], str]:
    """(country, name folded) -> the other names of a city, old ones among them."""
    return {
        (city.country_iso3, folded(city.name)): city.also_called
        for city in partner_cities(dataset).values()
        if city.also_called
    }
