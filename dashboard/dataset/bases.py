"""Which rows count, and from when: snapshots and the documented basis (docs/data.md, "How it is counted")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.dataset.model import DOCUMENTED, Basis, Snapshot
from dashboard.dataset.records import codes_of_texts


def is_left_out(status: Any, confidence: Any) -> Any:
    """Whether a row counts on no basis: an agreement that was refused, or a doubtful one that nothing else holds,
    which is what its low confidence says. For two texts a bool, for two columns one of bools."""
    return (status == "refused") | ((status == "doubtful") & (confidence == "low"))


def build_bases(
    partnerships: pd.DataFrame,
    countries: pd.DataFrame,
    snapshots: Sequence[Snapshot],
    *,
    collection_year: int,
) -> Mapping[str, Basis]:
    """A basis for each snapshot, then "documented", in the order in which the page offers them.

    Under a snapshot its members count, the snapshot's year is the last one, and what it counted is known by
    that year at the latest. Under "documented" every pairing whose two cities are named counts, to the newest
    year; what no source dates was at any rate known when it was collected. All begin with the first start year.
    What was refused or is doubtful (`is_left_out`) counts nowhere; `check_snapshot` holds that no member is.
    """
    rows = _rows(partnerships, countries)
    first_year = int(rows["start_year"].min()) if rows["start_year"].notna().any() else collection_year
    first_year = min(first_year, *(snapshot.year for snapshot in snapshots), collection_year)
    bases = {}
    for snapshot in snapshots:
        members = snapshot.members.loc[snapshot.members["is_member"] == "yes", "partnership_id"]
        counted = _known_by(rows[rows["id"].isin(members)], snapshot.year, is_cap=True)
        bases[snapshot.id] = Basis(snapshot.id, first_year, snapshot.year, counted, snapshot)
    is_there = rows["is_identified"] & ~is_left_out(partnerships["status"], partnerships["confidence"])
    named = _known_by(rows if is_there.all() else rows[is_there], collection_year, is_cap=False)
    last_year = max(collection_year, _newest(named))
    bases[DOCUMENTED] = Basis(DOCUMENTED, first_year, last_year, named, None)
    return bases


def _rows(partnerships: pd.DataFrame, countries: pd.DataFrame) -> pd.DataFrame:
    is_identified = (partnerships["us_community"] != "") & (partnerships["partner_community"] != "")
    country = _categories(partnerships["country_iso3"])
    region_of = dict(zip(countries["iso3"], countries["region"], strict=True))
    community = _joined(partnerships["us_community"], partnerships["us_state"], is_identified.to_numpy())
    is_dated = partnerships["start_year"].notna()
    return pd.DataFrame(
        {
            "id": partnerships["id"],
            "position": np.arange(len(partnerships), dtype=np.int32),
            "country_iso3": country,
            "region": _renamed(country, region_of),
            "us_state": _categories(partnerships["us_state"]),
            "community": community,
            "status": _categories(partnerships["status"]),
            "kind": _categories(partnerships["kind"]),
            "confidence": _categories(partnerships["confidence"]),
            "source_ids": _categories(partnerships["source_ids"]),
            "start_year": partnerships["start_year"].astype("Int16"),
            "known_by": partnerships["known_by"].astype("Int16").where(~is_dated),
            "end_year": partnerships["end_year"].astype("Int16"),
            "is_identified": is_identified,
        },
        copy=False,
    )


def _categories(texts: pd.Series) -> pd.Categorical[Any]:
    """The same as categories, in the order in which they come first."""
    codes, values = codes_of_texts(texts)
    return pd.Categorical.from_codes(codes, categories=pd.Index(values, dtype=str))


def _renamed(texts: pd.Categorical[Any], names: Mapping[str, str]) -> pd.Categorical[Any]:
    """Categories by another name, several by the same where names are."""
    codes, values = pd.factorize(np.array([names[each] for each in texts.categories], dtype=object))
    return pd.Categorical.from_codes(codes[texts.codes], categories=pd.Index(list(values), dtype=str))


def _joined(first: pd.Series, second: pd.Series, is_there: np.ndarray) -> pd.Categorical[Any]:
    """ "first|second" as categories, "" where it is not there."""
    left, right = _categories(first), _categories(second)
    pairs = left.codes.astype(np.int32) * max(len(right.categories), 1) + right.codes
    codes, found = pd.factorize(np.where(is_there, pairs, -2))
    names = [
        ""
        if pair == -2
        else f"{left.categories[pair // len(right.categories)]}|{right.categories[pair % len(right.categories)]}"
        for pair in found
    ]
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype=str))


def _known_by(rows: pd.DataFrame, year: int, *, is_cap: bool) -> pd.DataFrame:
    """Resolves when undated rows are known: by their own year, else by `year`; `is_cap`: by `year` at the latest."""
    known_by = rows["known_by"].fillna(year)
    known_by = known_by.clip(upper=year) if is_cap else known_by
    return rows.assign(known_by=known_by.where(rows["start_year"].isna())).reset_index(drop=True)


def _newest(rows: pd.DataFrame) -> int:
    years = pd.concat([rows[column].dropna() for column in ("start_year", "known_by", "end_year")])
    return int(years.max()) if len(years) else 0
