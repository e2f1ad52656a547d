"""The registry: one entry a partnership, with everything that is recorded of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.counting import selected_rows
from dashboard.dataset.bases import is_left_out
from dashboard.dataset.model import DOCUMENTED, Dataset, Snapshot
from dashboard.dataset.place_names import country_terms, state_terms
from dashboard.dataset.records import records
from dashboard.dataset.spelling import normalize
from dashboard.filters import Filters, Selection
from dashboard.metrics.cities import partner_cities
from dashboard.metrics.pairings import Place
from dashboard.metrics.sources import Source, sources, split_ids

DATED, UNDATED, UNIDENTIFIED = "dated", "undated", "unidentified"
# columns of the table of partnerships that an entry has as they are
AS_RECORDED = (
    *("id", "us_community", "us_state", "partner_community", "country_iso3"),
    *("start_year", "known_by", "end_year", "status", "kind", "confidence", "note"),
)


@dataclass(frozen=True)
class Entry:
    """One partnership. Years are None where no source says, places (lon, lat) where not located.

    `recorded` is DATED, UNDATED or UNIDENTIFIED; `belongs`, by snapshot, "yes", "no" or "unknown"; `spellings` is
    every spelling it can be found by, without case and accents.
    """

    id: str
    us_community: str
    us_state: str
    partner_community: str
    country_iso3: str
    country: str
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
    belongs: Mapping[str, str] = field(compare=False)
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
    rows = counted_rows(dataset, selection)
    return _in_order(dataset, rows["position"].to_numpy())


def _in_order(dataset: Dataset, positions: np.ndarray) -> list[Entry]:
    name = dataset.naming.folded_key

    def place(each: Entry) -> tuple[Any, bool, Any, str]:
        return name(each.country), not each.is_identified, name(each.us_community), each.id

    return sorted(build_entries(dataset, positions), key=place)


def find_entry(dataset: Dataset, key: str) -> Entry | None:
    """The partnership with an id, whatever counts; None where there is none."""
    return next(iter(build_entries(dataset, np.flatnonzero(dataset.partnerships["id"] == key))), None)


def entries_of_country(dataset: Dataset, iso3: str) -> list[Entry]:
    """All partnerships of a country, whatever counts, in the same order."""
    return _in_order(dataset, np.flatnonzero(dataset.partnerships["country_iso3"] == iso3))


def counted_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows that count in the selection, in its year where it has one (columns as Basis.rows)."""
    rows = selected_rows(dataset.bases[selection.basis], selection.filters)
    if selection.year is None:
        return rows
    begins = rows["start_year"].fillna(rows["known_by"])
    has_ended = (rows["end_year"] <= selection.year).fillna(False)
    return rows[(begins <= selection.year) & ~has_ended]


def build_entries(dataset: Dataset, positions: Sequence[int] | np.ndarray) -> list[Entry]:
    """The entries of the rows at these positions of the table of partnerships."""
    rows = dataset.partnerships.iloc[list(positions)]
    countries = {row["iso3"]: row for row in records(dataset.countries)}
    place_names, states = country_terms(dataset), state_terms(dataset)
    belongs = {snapshot.id: belonging(rows, snapshot).tolist() for snapshot in dataset.snapshots}
    also_called = other_names(dataset)
    built = []
    for at, row in enumerate(records(rows)):
        country = countries[row["country_iso3"]]
        names = (row["us_community"], *states.get(row["us_state"], ()), row["us_state"], row["partner_community"])
        others = also_called.get((row["country_iso3"], normalize(row["partner_community"])), "").split(";")
        spelled = [*names, *place_names[row["country_iso3"]], *others, row["id"]]
        built.append(
            Entry(
                **{name: row[name] for name in AS_RECORDED},
                country=country["name"],
                region=dataset.naming.region(country["region"]),
                recorded=_recorded(row),
                us_place=_place(row["us_lon"], row["us_lat"]),
                partner_place=_place(row["partner_lon"], row["partner_lat"]),
                sources=sources(dataset, split_ids(row["source_ids"])),
                belongs={snapshot: values[at] for snapshot, values in belongs.items()},
                spellings=" ".join(dict.fromkeys(filter(None, map(normalize, spelled)))),
            )
        )
    return built


def belonging(rows: pd.DataFrame, snapshot: Snapshot) -> pd.Series:
    """Whether a snapshot counted each of some partnerships: "yes", "no" or "unknown"."""
    members = snapshot.members[snapshot.members["partnership_id"].isin(rows["id"])]
    return rows["id"].map(members.set_index("partnership_id")["is_member"]).fillna("unknown")


def candidate_rows(dataset: Dataset, snapshot: Snapshot, filters: Filters) -> pd.DataFrame:
    """The documented pairings (columns as Basis.rows) that may be among those a snapshot counted and nobody has
    identified."""
    rows = selected_rows(dataset.bases[DOCUMENTED], filters)
    return rows[belonging(rows, snapshot) == "unknown"]


def candidates(dataset: Dataset, snapshot: Snapshot | None, filters: Filters) -> list[Entry]:
    """The entries of `candidate_rows`; none without a snapshot."""
    if snapshot is None:
        return []
    return build_entries(dataset, candidate_rows(dataset, snapshot, filters)["position"].to_numpy())


def with_region(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with a column country_iso3 and, joined on, the region of each, so that filters can be applied to them."""
    return rows.assign(region=rows["country_iso3"].map(dataset.countries.set_index("iso3")["region"]))


def programs_of(dataset: Dataset, entry: Entry) -> list[dict[str, Any]]:
    """Programs recorded for the two cities of an entry (columns as `programs.csv`), the newest first."""
    if not entry.is_identified:
        return []
    ends = normalize(entry.us_community), normalize(entry.partner_community)
    programs = dataset.tables["programs"]
    of_country = records(programs[programs["country_iso3"] == entry.country_iso3])
    of_pair = [
        row for row in of_country if (normalize(row["us_community"]), normalize(row["partner_community"])) == ends
    ]
    return sorted(of_pair, key=lambda row: -(row["year"] or 0))


def _recorded(row: dict[str, Any]) -> str:
    if not row["us_community"] or not row["partner_community"]:
        return UNIDENTIFIED
    return UNDATED if row["start_year"] is None else DATED


def _place(lon: float | None, lat: float | None) -> Place | None:
    return None if lon is None or lat is None else (lon, lat)


@lru_cache(maxsize=4)
def other_names(dataset: Dataset) -> dict[tuple[str, str], str]:
    """(country, name normalized) -> the other names of a city, old ones among them."""
    return {
        (city.country_iso3, normalize(city.name)): city.also_called
        for city in partner_cities(dataset).values()
        if city.also_called
    }
