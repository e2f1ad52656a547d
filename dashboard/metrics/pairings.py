"""Named pairings one by one, with their cities: what links, points and panels are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

import pandas as pd

from dashboard.counting import selected_groups, selected_rows
from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import Coded, coded, records
from dashboard.filters import Selection, find_passing

# of more than this none are drawn one by one: nobody could tell them apart, and they take long to draw
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
# from the first year in which something counts to the first in which it no longer does, None where it goes on
Years = tuple[int, int | None]


@dataclass(frozen=True)
class Pairing:
    """One partnership whose two cities are named. Places are (lon, lat), None where not located.

    `first` is the first year in which it is counted for certain, `ended` the first in which it no longer is, None where
    it goes on.
    """

    id: str
    country_iso3: str
    us_community: str
    us_state: str
    partner_community: str
    us_place: Place | None
    partner_place: Place | None
    first: int
    ended: int | None
    is_dated: bool

    @property
    def us_name(self) -> str:
        """The U.S. community with its state, where that is known."""
        return f"{self.us_community}, {self.us_state}" if self.us_state else self.us_community


def pairings(dataset: Dataset, selection: Selection) -> list[Pairing]:
    """The named pairings of a selection, in the order of the file; none where they are more than `MOST`, which nobody
    could tell apart."""
    basis = dataset.bases[selection.basis]
    everything = _of_basis(dataset, basis)
    if everything is not None:
        rows, items = everything
        return list(compress(items, find_passing(rows, selection.filters)))
    groups = selected_groups(basis, selection.filters)
    if groups.columns["rows"][groups.flags("is_identified")].sum() > MOST:
        return []
    chosen = selected_rows(basis, selection.filters)
    return _build(dataset, chosen[chosen["is_identified"]])


@lru_cache(maxsize=4)
def _of_basis(dataset: Dataset, basis: Basis) -> tuple[Coded, list[Pairing]] | None:
    """All of a basis that has few, and their rows; None where they are more than `MOST`."""
    is_identified = basis.rows["is_identified"]
    if is_identified.sum() > MOST:
        return None
    rows = basis.rows[is_identified]
    return coded(rows), _build(dataset, rows)


def _build(dataset: Dataset, rows: pd.DataFrame) -> list[Pairing]:
    """The pairings of rows (columns as Basis.rows)."""
    partnerships = dataset.partnerships[USED].iloc[rows["position"].to_numpy()]
    years = records(rows[["start_year", "known_by", "end_year"]])
    return [
        Pairing(
            id=row["id"],
            country_iso3=row["country_iso3"],
            us_community=row["us_community"],
            us_state=row["us_state"],
            partner_community=row["partner_community"],
            us_place=_place(row["us_lon"], row["us_lat"]),
            partner_place=_place(row["partner_lon"], row["partner_lat"]),
            first=year["known_by"] if year["start_year"] is None else year["start_year"],
            ended=year["end_year"],
            is_dated=year["start_year"] is not None,
        )
        for row, year in zip(records(partnerships), years, strict=True)
    ]


def years_of(items: Sequence[Pairing]) -> Years:
    """From the first year in which any of them counts to the first in which none does."""
    ends = [item.ended for item in items if item.ended is not None]
    return min(item.first for item in items), max(ends) if len(ends) == len(items) else None


def _place(lon: float | None, lat: float | None) -> Place | None:
    """To a hundredth of a degree, about a kilometre."""
    return None if lon is None or lat is None else (round(lon, 2), round(lat, 2))
