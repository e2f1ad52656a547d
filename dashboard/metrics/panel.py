"""Everything the panel of one country says, gathered from the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.dataset.bases import NEVER, is_left_out
from dashboard.dataset.model import Basis, Dataset, Snapshot
from dashboard.dataset.records import records
from dashboard.metrics.counting import selected_rows
from dashboard.metrics.sources import Source, sources, split_ids
from dashboard.selection import Selection

MOST_PAIRS = 200


@dataclass(frozen=True)
class PanelPair:
    """One named partnership. Years are None where no source says."""

    id: str
    us_name: str
    partner: str
    start: int | None
    end: int | None
    known_by: int | None
    status: str
    confidence: str
    note: str
    sources: Sequence[Source]


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
    by the year of a count than it has."""

    name: str
    deck_label: str
    basis_label: str
    counted_by: str
    year: int
    counted: int
    identified: int
    unidentified: int
    ended: int
    pairs: Sequence[PanelPair]
    more: int
    candidates: Sequence[str]
    later: int
    excess: Excess | None
    published: Sequence[tuple[int, str, str]]
    programs: Sequence[tuple[str, str]]
    count_sources: Sequence[Source]


def country_panel(dataset: Dataset, selection: Selection, *, basis_label: str) -> CountryPanel:
    """The panel of `selection.country` under the selection's basis.

    Raises ValueError where no country is chosen.
    """
    if selection.country is None:
        raise ValueError("no country is chosen")
    basis = dataset.bases[selection.basis]
    country = dataset.countries.set_index("iso3").loc[selection.country]
    rows = selected_rows(basis, selection)
    counted = rows[rows["ended"] > basis.last_year]
    of_country = dataset.partnerships[dataset.partnerships["country_iso3"] == selection.country]
    snapshot = basis.snapshot
    if selection.state is not None:
        of_country = of_country[of_country["us_state"] == selection.state]
    candidates, later = _others(basis, of_country)
    counts = dataset.tables["published_counts"]
    programs = dataset.tables["programs"]
    return CountryPanel(
        name=str(country["name"]),
        deck_label=str(country["deck_label"]),
        basis_label=f"{basis_label} · {selection.state}" if selection.state else basis_label,
        counted_by=snapshot.counted_by if snapshot else "",
        year=snapshot.year if snapshot else basis.last_year,
        counted=len(counted),
        identified=int(counted["is_identified"].sum()),
        unidentified=int((~counted["is_identified"]).sum()),
        ended=len(rows) - len(counted),
        pairs=_pairs(dataset, rows),
        more=max(int(rows["is_identified"].sum()) - MOST_PAIRS, 0),
        candidates=candidates,
        later=later,
        excess=None if selection.state else _excess(snapshot or next(iter(dataset.snapshots), None), of_country),
        published=[
            (int(row["partnerships"]), row["date"], row["scope"])
            for row in records(counts[counts["country_iso3"] == selection.country])
        ],
        programs=[
            (row["title"], f"{row['us_community']}–{row['partner_community']} · {row['sector']}")
            for row in records(programs[programs["country_iso3"] == selection.country])
        ],
        count_sources=sources(dataset, snapshot.source_ids) if snapshot else [],
    )


def pair_states(dataset: Dataset, selection: Selection, years: range) -> dict[str, list[str]]:
    """For each named pairing of the country its state in each year: counted, maybe, later or ended."""
    rows = selected_rows(dataset.bases[selection.basis], selection)
    states = {}
    for row in records(_shown(dataset, rows[rows["is_identified"]])):
        spans = row["first_dated"], row["first_documented"], row["ended"]
        states[row["id"]] = [_state(*spans, year) for year in years]
    return states


def _state(first_dated: int, first_documented: int, ended: int, year: int) -> str:
    if year >= ended:
        return "ended"
    if min(first_dated, first_documented) <= year:
        return "counted"
    return "later" if first_dated < NEVER else "maybe"


def _pairs(dataset: Dataset, rows: pd.DataFrame) -> list[PanelPair]:
    found = dataset.partnerships.iloc[_shown(dataset, rows[rows["is_identified"]])["at"].to_numpy()]
    return [
        PanelPair(
            id=row["id"],
            us_name=f"{row['us_community']}, {row['us_state']}" if row["us_state"] else row["us_community"],
            partner=row["partner_community"],
            start=row["start_year"],
            end=row["end_year"],
            known_by=row["known_by"],
            status=row["status"],
            confidence=row["confidence"],
            note=row["note"],
            sources=sources(dataset, split_ids(row["source_ids"])),
        )
        for row in records(found)
    ]


def _shown(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Those that a panel lists, the earliest first; a large collection has its registry for the others."""
    table = dataset.partnerships.iloc[rows["at"].to_numpy()]
    order = table[["start_year"]].assign(name=table["us_community"].astype(str)).reset_index(drop=True)
    order = order.sort_values(["start_year", "name"], na_position="last")
    return rows.iloc[order.index.to_numpy()[:MOST_PAIRS]]


def _others(basis: Basis, of_country: pd.DataFrame) -> tuple[list[str], int]:
    """(names of the candidates, number of those that do not belong) among the country's other pairings."""
    if basis.snapshot is None:
        return [], 0
    members = basis.snapshot.members.set_index("partnership_id")["is_member"]
    of_country = of_country[~is_left_out(of_country["status"], of_country["confidence"])]
    belongs = of_country["id"].map(members).fillna("unknown")
    return _names(of_country[belongs == "unknown"]), int((belongs == "no").sum())


def _excess(snapshot: Snapshot | None, of_country: pd.DataFrame) -> Excess | None:
    """The pairings that sources date to or before a count's year and that had not ended, where they are more than the
    count has of the country."""
    if snapshot is None:
        return None
    known = of_country[["start_year", "known_by"]].min(axis=1)
    is_there = (known <= snapshot.year) & ~(of_country["end_year"] <= snapshot.year).fillna(False)
    found = of_country[is_there.fillna(False) & (of_country["us_community"] != "")]
    found = found[~is_left_out(found["status"], found["confidence"])]
    is_here = snapshot.counts["country_iso3"].isin(of_country["country_iso3"])
    counted = int(snapshot.counts.loc[is_here, "partnerships"].sum())
    is_more = len(found) > counted
    return Excess(counted, snapshot.counted_by, snapshot.year, _names(found)) if is_more else None


def _names(rows: pd.DataFrame) -> list[str]:
    return [f"{row['us_community']}–{row['partner_community']}" for row in records(rows)]
