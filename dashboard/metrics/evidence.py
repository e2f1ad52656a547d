"""What the numbers rest on: how far each country of a count is known, which sources disagree, and what rests on each
source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.dataset.bases import is_left_out
from dashboard.dataset.model import Dataset, Snapshot
from dashboard.dataset.records import records
from dashboard.metrics.counting import selected_rows
from dashboard.metrics.sources import LONGEST_NAME, Source, sources, split_ids
from dashboard.metrics.table import Cell, Table
from dashboard.selection import Selection

# a column of the table of sources -> the tables of data whose rows rest on them
RESTING = {
    "of_partnerships": ("partnerships",),
    "of_counts": ("totals", "published_counts"),
    "of_programs": ("programs",),
    "of_milestones": ("milestones",),
    "of_surveys": ("waves", "findings"),
}


COVERAGE = (
    "country_iso3",
    "country",
    "label_of_count",
    "counted",
    "identified",
    "dated",
    "named",
    "unidentified",
    "candidates",
)


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
    own = dataset.bases[selection.basis].snapshot
    return own or next(iter(reversed(dataset.snapshots)), None)


def coverage_table(dataset: Dataset, selection: Selection) -> Table:
    """country_iso3, country, label_of_count (the count’s own spelling), counted, identified, dated, named (identified,
    year not recorded), unidentified, candidates (documented pairings that may be among the unidentified), by country
    of the published count, those with most still to find first."""
    snapshot = snapshot_of(dataset, selection)
    if snapshot is None:
        return _table(COVERAGE, [])
    rows = selected_rows(dataset.bases[snapshot.id], selection)
    names = dict(zip(dataset.countries["iso3"], dataset.countries["name"], strict=True))
    identified = rows[rows["is_identified"]]
    dated = identified[identified["id"].isin(_dated(dataset))]
    known, with_year = Counter(identified["country_iso3"]), Counter(dated["country_iso3"])
    maybe = _candidates(dataset, snapshot)
    counted = Counter(rows["country_iso3"])
    found: list[list[Cell]] = []
    for count in records(snapshot.counts):
        code, number = count["country_iso3"], counted[count["country_iso3"]]
        if number:
            missing = number - known[code]
            candidates = maybe[code] if missing else 0
            numbers = [number, known[code], with_year[code], known[code] - with_year[code], missing, candidates]
            found.append([code, names[code], count["label"], *numbers])
    found.sort(key=lambda row: (-int(row[7] or 0), str(row[1])))
    return _table(COVERAGE, found)


def conflicts_table(dataset: Dataset) -> Table:
    """subject, date, statement, number, cited: what sources say differently of one thing, each in a row of its own.
    `number` is a published count, None where it is about something else; `cited` names the sources."""
    names = dict(zip(dataset.countries["iso3"], dataset.countries["name"], strict=True))
    counts = records(dataset.tables["published_counts"])
    several = {code for code, numbers in _numbers(counts).items() if len(numbers) > 1}
    found = [
        [names[row["country_iso3"]], row["date"], row["scope"], row["partnerships"], _cited(dataset, row)]
        for row in counts
        if row["country_iso3"] in several
    ]
    found += [
        [row["subject"], row["date"], row["statement"], None, _cited(dataset, row)]
        for row in records(dataset.tables["conflicts"])
    ]
    return _table(("subject", "date", "statement", "number", "cited"), found)


def resting_table(dataset: Dataset) -> Table:
    """id, title, kind, address; how many partnerships, published counts, program examples, milestones and survey rows
    rest on each source (of_…), and rests_on (all together). Those with most first."""
    cited = {
        name: Counter(
            each for table in tables for joined in dataset.tables[table]["source_ids"] for each in split_ids(joined)
        )
        for name, tables in RESTING.items()
    }
    found: list[list[Cell]] = []
    for source in sources(dataset, dataset.sources["id"]):
        numbers = [cited[name][source.id] for name in RESTING]
        found.append([source.id, source.title, source.kind, source.address, *numbers, sum(numbers)])
    found.sort(key=lambda row: (-int(row[-1] or 0), str(row[1])))
    return _table(("id", "title", "kind", "address", *RESTING, "rests_on"), found)


def _dated(dataset: Dataset) -> set[str]:
    rows = dataset.partnerships
    return set(rows.loc[rows["start_year"].notna(), "id"])


def _candidates(dataset: Dataset, snapshot: Snapshot) -> Counter[str]:
    """By country how many documented pairings nobody has ruled in or out."""
    belongs = snapshot.members.set_index("partnership_id")["is_member"]
    rows = dataset.partnerships
    rows = rows[~is_left_out(rows["status"], rows["confidence"])]
    return Counter(rows.loc[rows["id"].map(belongs).fillna("unknown") == "unknown", "country_iso3"])


def _numbers(counts: Sequence[dict[str, Cell]]) -> dict[Cell, set[Cell]]:
    found: dict[Cell, set[Cell]] = {}
    for row in counts:
        found.setdefault(row["country_iso3"], set()).add(row["partnerships"])
    return found


def _cited(dataset: Dataset, row: dict[str, str]) -> str:
    return "; ".join(
        source.short_title or source.title[: 3 * LONGEST_NAME]
        for source in sources(dataset, split_ids(row["source_ids"]))
    )


def _table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    return Table({name: [row[at] for row in rows] for at, name in enumerate(columns)})
