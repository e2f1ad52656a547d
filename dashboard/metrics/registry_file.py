"""The registry as one table of columns: made without making its entries, so that 100,000 rows take a second."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.dataset.model import Dataset
from dashboard.filters import Selection
from dashboard.metrics.registry import DATED, UNDATED, UNIDENTIFIED, counted_rows
from dashboard.metrics.registry_page import found_positions

COLUMNS = [
    *("id", "us_community", "us_state", "partner_community", "country", "region"),
    *("start_year", "known_by", "end_year", "recorded", "status", "kind", "confidence", "note", "source_ids"),
]


def registry_table(dataset: Dataset, selection: Selection | None, found_in: Dataset | None = None) -> pd.DataFrame:
    """`COLUMNS` of what counts in the selection and is found by what it looks for (`find`), or for None of every row of
    the data: as the list is ordered (`sort`). Years are Int16, missing where none is recorded, all others texts, blank
    there; `recorded` is "dated", "undated" or "unidentified"; source_ids are joined by ";". `found_in` is the
    dataset in the language of what is looked for, where that is another."""
    rows = dataset.partnerships
    if selection is not None:
        counted = counted_rows(dataset, selection)["position"].to_numpy()
        find, sort = (selection.page_param(name) for name in ("find", "sort"))
        if found_in is not None and found_in is not dataset:
            counted, find = found_positions(found_in, counted, find=find, sort=sort)[0], ""
        rows = rows.iloc[found_positions(dataset, counted, find=find, sort=sort)[0]]
    countries = dataset.countries.set_index("iso3")
    is_identified = (rows["us_community"] != "") & (rows["partner_community"] != "")
    is_dated = rows["start_year"].notna()
    return rows.assign(
        country=rows["country_iso3"].map(countries["name"]),
        region=rows["country_iso3"].map(countries["region"]),
        recorded=np.where(is_identified, np.where(is_dated, DATED, UNDATED), UNIDENTIFIED),
    )[COLUMNS].reset_index(drop=True)
