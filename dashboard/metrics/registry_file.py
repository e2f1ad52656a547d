"""The registry as one table of columns: made without making its entries, so that 100,000 rows take a second."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.dataset.model import Dataset
from dashboard.metrics.registry import DATED, UNDATED, UNIDENTIFIED, counted_rows
from dashboard.metrics.registry_page import in_order
from dashboard.metrics.sources import split_ids
from dashboard.metrics.table import Cell, Table
from dashboard.selection import Selection

TEXTS = ("status", "kind", "confidence", "note", "source_ids")
COLUMNS = (
    "id",
    "us_community",
    "us_state",
    "partner_community",
    "country",
    "region",
    "start_year",
    "known_by",
    "end_year",
    "recorded",
    *TEXTS,
)


def registry_table(dataset: Dataset, selection: Selection | None) -> Table:
    """`COLUMNS` of what counts in the selection, or for None of every row of the data: as the list is ordered. Years
    are None, texts blank where nothing is recorded; `recorded` is "dated", "undated" or "unidentified"; source_ids are
    joined by ";"."""
    if selection is None:
        places = np.arange(len(dataset.partnerships))
    else:
        places = in_order(dataset, counted_rows(dataset, selection)["at"].to_numpy())
    rows = dataset.partnerships.iloc[places]
    countries = dataset.countries.set_index("iso3")
    codes = rows["country_iso3"].astype(object)
    columns: dict[str, Sequence[Cell]] = {
        name: rows[name].astype(object).tolist() for name in ("id", "us_community", "us_state", "partner_community")
    }
    columns |= {
        name: codes.map(countries[of].astype(object)).tolist()
        for name, of in (("country", "name"), ("region", "region"))
    }
    columns |= {name: _years(rows[name]) for name in ("start_year", "known_by", "end_year")}
    is_named = ((rows["us_community"] != "") & (rows["partner_community"] != "")).to_numpy()
    recorded = np.where(is_named, np.where(rows["start_year"].notna(), DATED, UNDATED), UNIDENTIFIED)
    columns["recorded"] = recorded.tolist()
    columns |= {name: rows[name].astype(object).tolist() for name in TEXTS}
    return Table({name: list(columns[name]) for name in COLUMNS})


def cited_in(table: Table) -> list[str]:
    """The ids of all sources of a registry table, each once, in the order of its rows."""
    joined = dict.fromkeys(str(cell) for cell in table["source_ids"])
    return list(dict.fromkeys(each for ids in joined for each in split_ids(ids)))


def _years(column: pd.Series) -> list[Cell]:
    return [None if pd.isna(year) else int(year) for year in column]
