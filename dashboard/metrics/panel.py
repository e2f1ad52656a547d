"""Everything the panel of one country says, gathered from the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.counting import selected_rows
from dashboard.dataset.model import DOCUMENTED, Dataset, Snapshot
from dashboard.dataset.records import records
from dashboard.filters import Selection
from dashboard.metrics.advisories import Advisory, advisories
from dashboard.metrics.programs import program_rows
from dashboard.metrics.registry import Entry, belonging, build_entries
from dashboard.metrics.sources import Source, sources

MOST_PAIRS = 200


@dataclass(frozen=True)
class Excess:
    """`counted` partnerships, by whom and in which year, and the `names` of more that sources document by then: which
    of them were counted nothing says."""

    counted: int
    counted_by: str
    year: int
    names: Sequence[str]


@dataclass(frozen=True)
class CountryPanel:
    """`counted` are the partnerships of the basis in its last year, `identified` those with names, `ended` those that
    ended before, `more` named ones beyond `pairs`; `candidates` documented pairings that may be among the unidentified
    ones, `later` those that are not. `published`: (number, date, what was counted). `excess` where more is documented
    by the year of a count than it has. `advisories` are those for travelers, of the country or its parts."""

    name: str
    basis_label: str
    counted_by: str
    year: int
    counted: int
    identified: int
    unidentified: int
    ended: int
    pairs: Sequence[Entry]
    more: int
    candidates: Sequence[str]
    later: int
    excess: Excess | None
    published: Sequence[tuple[int, str, str]]
    programs: Sequence[tuple[str, str, str]]
    count_sources: Sequence[Source]
    advisories: Sequence[Advisory]


def country_panel(dataset: Dataset, selection: Selection, *, basis_label: str) -> CountryPanel:
    """The panel of `selection.country` under the selection's basis.

    Raises ValueError where no country is chosen.
    """
    if selection.country is None:
        raise ValueError("no country is chosen")
    basis = dataset.bases[selection.basis]
    country = dataset.countries.set_index("iso3").loc[selection.country]
    rows = selected_rows(basis, selection.filters)
    has_ended = (rows["end_year"] <= basis.last_year).fillna(False)
    counted, identified = rows[~has_ended], rows["is_identified"]
    snapshot = dataset.snapshot(basis.id)
    candidates, later = _others(dataset, snapshot, selection)
    counts = dataset.tables["published_counts"]
    return CountryPanel(
        name=str(country["name"]),
        basis_label=f"{basis_label} · {selection.state}" if selection.state else basis_label,
        counted_by=snapshot.counted_by if snapshot else "",
        year=snapshot.year if snapshot else basis.last_year,
        counted=len(counted),
        identified=int(counted["is_identified"].sum()),
        unidentified=int((~counted["is_identified"]).sum()),
        ended=int(has_ended.sum()),
        pairs=build_entries(dataset, _listed(dataset, rows)["position"].to_numpy()),
        more=max(int(identified.sum()) - MOST_PAIRS, 0),
        candidates=candidates,
        later=later,
        excess=_excess(dataset, snapshot or next(iter(dataset.snapshots), None), selection),
        published=[
            (int(row["partnerships"]), row["date"], row["scope"])
            for row in records(counts[counts["country_iso3"] == selection.country])
        ],
        programs=[
            (row["title"], _pair(row), row["sector"]) for row in records(program_rows(dataset, selection.filters))
        ],
        count_sources=sources(dataset, snapshot.source_ids) if snapshot else [],
        advisories=advisories(dataset).get(selection.country, ()),
    )


def pair_states(dataset: Dataset, selection: Selection, years: range) -> dict[str, list[str]]:
    """For each named pairing of the country its state in each year: counted, maybe, later or ended."""
    rows = _listed(dataset, selected_rows(dataset.bases[selection.basis], selection.filters))
    return {row["id"]: [_state(row, year) for year in years] for row in records(rows)}


def _state(row: Mapping[str, Any], year: int) -> str:
    if row["end_year"] is not None and year >= row["end_year"]:
        return "ended"
    if row["start_year"] is None:
        return "counted" if row["known_by"] <= year else "maybe"
    return "counted" if row["start_year"] <= year else "later"


def _listed(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """The named ones that a panel lists, the earliest first; a large collection has its registry for the others."""
    rows = rows[rows["is_identified"]]
    names = dataset.partnerships["us_community"].iloc[rows["position"].to_numpy()].astype(str)
    rows = rows.assign(name=names.to_numpy()).sort_values(["start_year", "name"], na_position="last")
    return rows.head(MOST_PAIRS)


def _others(dataset: Dataset, snapshot: Snapshot | None, selection: Selection) -> tuple[list[str], int]:
    """(names of the candidates, number of those that do not belong) among the documented pairings that a snapshot does
    not count."""
    if snapshot is None:
        return [], 0
    rows = selected_rows(dataset.bases[DOCUMENTED], selection.filters)
    belongs = belonging(rows, snapshot)
    candidates = dataset.partnerships.iloc[rows.loc[belongs == "unknown", "position"].to_numpy()]
    return [_pair(row) for row in records(candidates)], int((belongs == "no").sum())


def _pair(row: Mapping[str, Any]) -> str:
    return f"{row['us_community']}–{row['partner_community']}"


def _excess(dataset: Dataset, snapshot: Snapshot | None, selection: Selection) -> Excess | None:
    """The pairings that sources date to or before a count's year and that had not ended, where they are more than the
    count has of the country. Under another filter the two cannot be compared."""
    if snapshot is None or selection.filters.without("region", "country"):
        return None
    rows = selected_rows(dataset.bases[DOCUMENTED], selection.filters)
    recorded = dataset.partnerships.iloc[rows["position"].to_numpy()]
    known = recorded[["start_year", "known_by"]].min(axis=1)
    is_there = (known <= snapshot.year).fillna(False) & ~(recorded["end_year"] <= snapshot.year).fillna(False)
    names = [_pair(row) for row in records(recorded[is_there])]
    is_here = snapshot.counts["country_iso3"] == selection.country
    counted = int(snapshot.counts.loc[is_here, "partnerships"].sum())
    return Excess(counted, snapshot.counted_by, snapshot.year, names) if len(names) > counted else None
