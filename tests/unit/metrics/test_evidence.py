"""What the numbers rest on: the reconciliation adds up to the count, conflicts are shown, sources are all there."""

from __future__ import annotations

from dashboard.dataset import DOCUMENTED, Dataset
from dashboard.metrics.evidence import RESTING, conflicts_table, coverage_table, resting_table
from dashboard.metrics.partnerships import tiles_table
from dashboard.metrics.sources import split_ids
from dashboard.selection import Selection

SCI = Selection("sci-2007")


def test_the_94_country_by_country(dataset: Dataset) -> None:
    table = coverage_table(dataset, SCI)
    counts = dataset.snapshots[0].counts
    assert dict(zip(table["country_iso3"], table["counted"], strict=True)) == dict(
        zip(counts["country_iso3"], counts["partnerships"], strict=True)
    )
    now = tiles_table(dataset, SCI).at(2007)
    tiles = dict(zip(now["name"], now["value"], strict=True))
    for name, tile in (("counted", "total"), ("identified", "identified"), ("dated", "dated")):
        assert sum(table[name]) == tiles[tile]
    for row in table.rows():
        assert row["counted"] == row["identified"] + row["unidentified"]
        assert row["identified"] == row["dated"] + row["named"]
        assert row["candidates"] == 0 or row["unidentified"] > 0


def test_it_is_the_same_count_whatever_basis_is_looked_at_and_heeds_filters(dataset: Dataset) -> None:
    assert coverage_table(dataset, Selection(DOCUMENTED)).columns == coverage_table(dataset, SCI).columns
    western = coverage_table(dataset, Selection("sci-2007", regions=("Western Asia",)))
    assert sum(western["counted"]) == 26


def test_counts_that_disagree_are_shown_side_by_side(dataset: Dataset) -> None:
    rows = list(conflicts_table(dataset).rows())
    assert [row["number"] for row in rows if row["subject"] == "Iraq"] == [7, 9, 10, 6, 5]
    assert all(row["cited"] for row in rows)
    assert {"Omaha–Kabul", "Houston–Karachi"} <= {row["subject"] for row in rows}


def test_every_source_is_listed_with_what_rests_on_it(dataset: Dataset) -> None:
    table = resting_table(dataset)
    assert sorted(table["id"]) == sorted(dataset.sources["id"])
    cited = sum(len(split_ids(each)) for each in dataset.partnerships["source_ids"])
    assert sum(table["of_partnerships"]) == cited
    assert all(row["rests_on"] == sum(row[name] for name in RESTING) for row in table.rows())
