"""The same question region by region: one column of bars each, all on one scale; what may not be shown is a panel that
says why."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.barriers.data import Row
from dashboard.dataset.labels import labels_of
from dashboard.strings import Catalog


def options(rows: list[Row]) -> list[tuple[str, str]]:
    """(option, label) of a wave, those ticked most in all regions together first."""
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row["option"], row["label"])
        counts[key] = counts.get(key, 0) + (row["count"] or 0)
    return sorted(counts, key=lambda key: -counts[key])


def in_words(table: pd.DataFrame, t: Catalog) -> pd.DataFrame:
    """The table with each region as the page calls it."""
    return table.assign(region=labels_of(t, "region", table["region"]))


def regions_of(rows: list[Row], *kinds: str) -> list[str]:
    """The regions of a wave of which this is `shown`: numbers ("yes", "count"), "hidden", or "nobody"."""
    return list(dict.fromkeys(row["region"] for row in rows if row["shown"] in kinds))
