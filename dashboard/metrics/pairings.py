"""Named pairings one by one, with their cities: what links, points and panels are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from dashboard.dataset.bases import NEVER
from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records
from dashboard.metrics.counting import selected_rows
from dashboard.metrics.summary import identified_of
from dashboard.selection import Selection

# more points and links than this say nothing, and cost every visitor their time
MOST = 2000
USED = [
    "id",
    "country_iso3",
    "us_community",
    "us_state",
    "partner_community",
    "us_lon",
    "us_lat",
    "partner_lon",
    "partner_lat",
]

Place = tuple[float, float]
Years = tuple[int, int]


@dataclass(frozen=True)
class Pairing:
    """One partnership whose two cities are named. Places are (lon, lat), None where not located.

    `first` is the first year in which it is counted for certain, `ended` the first in which it no longer is.
    """

    id: str
    country_iso3: str
    us_community: str
    us_state: str
    partner_community: str
    us_place: Place | None
    partner_place: Place | None
    first: int
    ended: int
    is_dated: bool

    @property
    def us_name(self) -> str:
        """The U.S. community with its state, where that is known."""
        return f"{self.us_community}, {self.us_state}" if self.us_state else self.us_community


def pairings(dataset: Dataset, selection: Selection) -> list[Pairing]:
    """The named pairings of a selection, in the order of the file; none where they are more than `MOST`, which nobody
    could tell apart (`are_too_many`)."""
    basis = dataset.bases[selection.basis]
    if identified_of(basis, selection) > MOST:
        return []
    if identified_of(basis, Selection(basis.id)) > MOST:
        rows = selected_rows(basis, selection)
        return _pairings(dataset, rows[rows["is_identified"]])
    regions, country, state = selection.regions, selection.country, selection.state
    return [
        item
        for region, item in _of_basis(dataset, basis)
        if (not regions or region in regions)
        and country in (None, item.country_iso3)
        and state in (None, item.us_state)
    ]


def are_too_many(dataset: Dataset, selection: Selection) -> bool:
    """Whether a selection has more named pairings than can be shown one by one."""
    return identified_of(dataset.bases[selection.basis], selection) > MOST


def years_of(items: Sequence[Pairing]) -> Years:
    """From the first year in which any of them counts to the first in which none does."""
    return min(item.first for item in items), max(item.ended for item in items)


@lru_cache(maxsize=8)
def _of_basis(dataset: Dataset, basis: Basis) -> list[tuple[str, Pairing]]:
    """All of a basis that has few enough, each with its region."""
    rows = basis.rows[basis.rows["is_identified"]]
    return list(zip(rows["region"], _pairings(dataset, rows), strict=True))


def _pairings(dataset: Dataset, rows: pd.DataFrame) -> list[Pairing]:
    found = dataset.partnerships.iloc[rows["at"].to_numpy()]
    spans = zip(rows["first_dated"].tolist(), rows["first_documented"].tolist(), rows["ended"].tolist(), strict=True)
    return [
        Pairing(
            id=row["id"],
            country_iso3=row["country_iso3"],
            us_community=row["us_community"],
            us_state=row["us_state"],
            partner_community=row["partner_community"],
            us_place=_place(row["us_lon"], row["us_lat"]),
            partner_place=_place(row["partner_lon"], row["partner_lat"]),
            first=first_dated if first_dated < NEVER else first_documented,
            ended=ended,
            is_dated=first_dated < NEVER,
        )
        for row, (first_dated, first_documented, ended) in zip(records(found[USED]), spans, strict=True)
    ]


def _place(lon: float | None, lat: float | None) -> Place | None:
    """To a hundredth of a degree, about a kilometre."""
    return None if lon is None or lat is None else (round(lon, 2), round(lat, 2))
