"""What the numbers rest on: the reconciliation adds up to the count, conflicts are shown, sources are all there."""

from __future__ import annotations

from dashboard.counting import rows_at
from dashboard.dataset import DOCUMENTED, Dataset
from dashboard.filters import Selection
from dashboard.metrics.evidence import RESTING, conflicts_table, coverage_table, resting_table
from dashboard.metrics.partnerships import tiles_table
from dashboard.metrics.sources import split_ids

SCI = Selection("sci-2007")


def test_the_94_country_by_country(dataset: Dataset) -> None:
    table = coverage_table(dataset, SCI)
    counts = dataset.snapshots[0].counts
    assert dict(zip(table["country_iso3"], table["counted"], strict=True)) == dict(
        zip(counts["country_iso3"], counts["partnerships"], strict=True)
    )
    now = rows_at(tiles_table(dataset, SCI), 2007)
    tiles = dict(zip(now["name"], now["value"], strict=True))
    for name, tile in (("counted", "total"), ("identified", "identified"), ("dated", "dated")):
        assert sum(table[name]) == tiles[tile]
    assert (table["counted"] == table["identified"] + table["unidentified"]).all()
    assert (table["identified"] == table["dated"] + table["named"]).all()
    assert ((table["candidates"] == 0) | (table["unidentified"] > 0)).all()


def test_it_is_the_same_count_whatever_basis_is_looked_at_and_heeds_filters(dataset: Dataset) -> None:
    assert coverage_table(dataset, Selection(DOCUMENTED)).equals(coverage_table(dataset, SCI))
    western = coverage_table(dataset, SCI.having(region="Western Asia"))
    assert sum(western["counted"]) == 26


def test_counts_that_disagree_are_shown_side_by_side(dataset: Dataset) -> None:
    table = conflicts_table(dataset, SCI)
    assert table.loc[table["subject"] == "Iraq", "number"].tolist() == [7, 9, 10, 6, 5]
    assert (table["cited"] != "").all()
    assert {"Omaha–Kabul", "Houston–Karachi"} <= set(table["subject"])


def test_every_source_is_listed_with_what_rests_on_it(dataset: Dataset) -> None:
    table = resting_table(dataset, SCI)
    assert sorted(table["id"]) == sorted(dataset.sources["id"])
    cited = sum(len(split_ids(each)) for each in dataset.partnerships["source_ids"])
    assert sum(table["of_partnerships"]) == cited
    assert (table["rests_on"] == table[list(RESTING)].sum(axis=1)).all()
