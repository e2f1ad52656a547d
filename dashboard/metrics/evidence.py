"""What the numbers rest on: how far each country of a count is known, which sources disagree, and what rests on each
source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.counting import selected_rows
from dashboard.dataset.model import Dataset, Snapshot
from dashboard.dataset.records import codes_of_texts, records
from dashboard.filters import Selection
from dashboard.metrics.registry import candidate_rows
from dashboard.metrics.sources import LONGEST_NAME, Source, count_citations, sources, split_ids

# a column of the table of sources -> the tables of data whose rows rest on them
RESTING = {
    "of_partnerships": ("partnerships",),
    "of_counts": ("totals", "published_counts"),
    "of_programs": ("programs",),
    "of_milestones": ("milestones",),
    "of_surveys": ("waves", "findings"),
}
COVERAGE = [
    *("country_iso3", "country", "label_of_count"),
    *("counted", "identified", "dated", "named", "unidentified", "candidates"),
]


@dataclass(frozen=True)
class Statement:
    """What sources say of a partnership that others say differently. `date` is theirs, "" where not known."""

    date: str
    text: str
    sources: Sequence[Source]


def statements_of(dataset: Dataset, partnership_id: str) -> list[Statement]:
    """The statements about one partnership that do not agree, as they stand in the data."""
    table = dataset.tables["conflicts"]
    return [
        Statement(row["date"], row["statement"], sources(dataset, split_ids(row["source_ids"])))
        for row in records(table[table["partnership_id"] == partnership_id])
    ]


def snapshot_of(dataset: Dataset, selection: Selection) -> Snapshot | None:
    """The published count of the selection's basis; the newest one where the basis is none; None without any."""
    own = dataset.snapshot(selection.basis)
    return own or next(iter(reversed(dataset.snapshots)), None)


def coverage_table(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """country_iso3, country, label_of_count (the count's own spelling) (str); counted, identified, dated, named
    (identified, year not recorded), unidentified, candidates (documented pairings that may be among the unidentified)
    (int), by country of the published count, those with most still to find first."""
    snapshot = snapshot_of(dataset, selection)
    if snapshot is None:
        return pd.DataFrame(columns=COVERAGE)
    table = snapshot.counts.rename(columns={"label": "label_of_count"})
    codes = table["country_iso3"]
    table["country"] = codes.map(dataset.countries.set_index("iso3")["name"])
    rows = selected_rows(dataset.bases[snapshot.id], selection.filters)
    identified = rows[rows["is_identified"]]
    dated = identified[identified["start_year"].notna()]
    candidates = candidate_rows(dataset, snapshot, selection.filters)
    for name, of in (("counted", rows), ("identified", identified), ("dated", dated), ("candidates", candidates)):
        table[name] = codes.map(of["country_iso3"].value_counts()).fillna(0).astype(int)
    table["named"] = table["identified"] - table["dated"]
    table["unidentified"] = table["counted"] - table["identified"]
    table["candidates"] = table["candidates"].where(table["unidentified"] > 0, 0)
    table = table.loc[table["counted"] > 0, COVERAGE]
    by, key = ["unidentified", "country"], dataset.naming.sort_column
    return table.sort_values(by, ascending=[False, True], ignore_index=True, key=key)


def conflicts_table(dataset: Dataset, _selection: Selection) -> pd.DataFrame:
    """subject, date, statement (str), number (Int64), cited (str): what sources say differently of one thing, each in
    a row of its own. `number` is a published count, missing where it is about something else; `cited` names the
    sources."""
    counts = dataset.tables["published_counts"]
    counts = counts[counts.groupby("country_iso3")["partnerships"].transform("nunique") > 1]
    counts = counts.assign(
        subject=counts["country_iso3"].map(dataset.countries.set_index("iso3")["name"]),
        statement=counts["scope"],
        number=counts["partnerships"].astype("Int64"),
    )
    table = pd.concat([counts, dataset.tables["conflicts"]], ignore_index=True)
    table["cited"] = [_names(dataset, joined) for joined in table["source_ids"]]
    return table[["subject", "date", "statement", "number", "cited"]]


def resting_table(dataset: Dataset, _selection: Selection) -> pd.DataFrame:
    """id, title, kind, address (str); how many partnerships, published counts, program examples, milestones and survey
    rows rest on each source (of_…), and rests_on (all together) (int). Those with most first."""
    table = dataset.sources[["id", "title", "kind", "url"]].rename(columns={"url": "address"})
    for name, tables in RESTING.items():
        cited = count_citations(codes_of_texts(pd.concat([dataset.tables[each]["source_ids"] for each in tables])))
        table[name] = [cited[source] for source in table["id"]]
    table["rests_on"] = table[list(RESTING)].sum(axis=1)
    return table.sort_values(["rests_on", "title"], ascending=[False, True], ignore_index=True)


def _names(dataset: Dataset, joined: str) -> str:
    return "; ".join(
        source.short_title or source.title[: 3 * LONGEST_NAME] for source in sources(dataset, split_ids(joined))
    )
