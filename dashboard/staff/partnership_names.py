"""Partnerships by name, for lists that have their ids, and found by words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.dataset import Dataset
from dashboard.dataset.records import records
from dashboard.metrics.registry_page import found_positions
from dashboard.strings import Catalog


@dataclass(frozen=True)
class NamedPartnership:
    """`name`: both cities, or that they are not identified yet; of one that is not in the registry its id alone."""

    id: str
    name: str
    country: str
    is_there: bool = True


def name_partnerships(dataset: Dataset, t: Catalog, ids: Iterable[str]) -> Mapping[str, NamedPartnership]:
    """The names of some partnerships, by id; those that are not in the registry any more too."""
    ids = set(ids)
    countries = dict(zip(dataset.countries["iso3"], dataset.countries["name"], strict=True))
    found = {each: NamedPartnership(each, each, "", is_there=False) for each in ids}
    for row in records(dataset.partnerships[dataset.partnerships["id"].isin(ids)]):
        us = ", ".join(filter(None, (row["us_community"], row["us_state"])))
        country = countries[row["country_iso3"]]
        name = t("staff.partnership.pair", us=us or "?", abroad=row["partner_community"] or "?")
        if not row["us_community"] and not row["partner_community"]:
            name = t("staff.partnership.unidentified", country=country, number=row["id"].rpartition("-")[2])
        found[row["id"]] = NamedPartnership(row["id"], name, country)
    return found


def find_partnerships(dataset: Dataset, words: str) -> Sequence[str]:
    """Ids of the partnerships that have every word in a spelling of their cities, state or country."""
    positions, _ = found_positions(dataset, np.arange(len(dataset.partnerships)), find=words, sort="")
    return [str(each) for each in dataset.partnerships["id"].iloc[positions]]
