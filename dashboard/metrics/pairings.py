"""Named pairings one by one, with their cities: what links, points and panels are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.dataset.bases import NEVER
from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records
from dashboard.metrics.counting import selected_rows
from dashboard.selection import Selection

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
    """The named pairings of a selection, in the order of the file."""
    everything = _of_basis(dataset, dataset.bases[selection.basis])
    rows = selected_rows(dataset.bases[selection.basis], selection)
    return [everything[name] for name in rows["id"] if name in everything]


def years_of(items: Sequence[Pairing]) -> Years:
    """From the first year in which any of them counts to the first in which none does."""
    return min(item.first for item in items), max(item.ended for item in items)


@lru_cache(maxsize=8)
def _of_basis(dataset: Dataset, basis: Basis) -> dict[str, Pairing]:
    named = basis.rows[basis.rows["is_identified"]]
    rows = named.drop(columns=["us_state", "country_iso3"]).merge(dataset.partnerships, on="id")
    found = {}
    for row in records(rows):
        is_dated = row["first_dated"] < NEVER
        found[row["id"]] = Pairing(
            id=row["id"],
            country_iso3=row["country_iso3"],
            us_community=row["us_community"],
            us_state=row["us_state"],
            partner_community=row["partner_community"],
            us_place=_place(row["us_lon"], row["us_lat"]),
            partner_place=_place(row["partner_lon"], row["partner_lat"]),
            first=int(row["first_dated"] if is_dated else row["first_documented"]),
            ended=int(row["ended"]),
            is_dated=bool(is_dated),
        )
    return found


def _place(lon: float | None, lat: float | None) -> Place | None:
    """To a hundredth of a degree, about a kilometre."""
    return None if lon is None or lat is None else (round(lon, 2), round(lat, 2))
