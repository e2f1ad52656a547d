"""What the U.S. State Department advises travelers, by country or a part of one, as of the day it was read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.metrics.cities import PartnerCity
from dashboard.metrics.sources import Source, sources, split_ids

DO_NOT_TRAVEL = 4


@dataclass(frozen=True)
class Advisory:
    """One advisory. `place` is "" where it is for the whole country. `level` is 1 to 4, None where none is on record.
    `issued` is a date or "", `as_of` that on which it was read. `areas` have another level. `address` is the official
    page, "" where none is known. `cities` are ids of those a part of a country is known to have, () for all."""

    country_iso3: str
    place: str
    level: int | None
    issued: str
    as_of: str
    areas: str
    note: str
    address: str
    cities: tuple[str, ...]
    sources: tuple[Source, ...]


@lru_cache(maxsize=4)
def advisories(dataset: Dataset) -> Mapping[str, Sequence[Advisory]]:
    """By country, in the order of the file; a country that is not there has none on record."""
    found: dict[str, list[Advisory]] = {}
    for row in records(dataset.tables["travel_advisories"]):
        each = Advisory(
            row["country_iso3"],
            row["place"],
            row["level"],
            row["issued"],
            row["as_of"],
            row["areas"],
            row["note"],
            row["url"],
            tuple(split_ids(row["cities"])),
            tuple(sources(dataset, split_ids(row["source_ids"]))),
        )
        found.setdefault(each.country_iso3, []).append(each)
    return found


def advisory_for(dataset: Dataset, city: PartnerCity) -> Advisory | None:
    """The advisory with a level that is known to be for a city; None where there is none."""
    of_country = advisories(dataset).get(city.country_iso3, ())
    known = [each for each in of_country if each.level is not None and (not each.cities or city.id in each.cities)]
    # a part of the country that names the city goes before the country as a whole
    return next(iter(sorted(known, key=lambda each: not each.cities)), None)


def last_read(dataset: Dataset) -> datetime.date | None:
    """The newest day on which an advisory was read; None without any."""
    days = [each.as_of for of_country in advisories(dataset).values() for each in of_country if len(each.as_of) == 10]
    return datetime.date.fromisoformat(max(days)) if days else None
