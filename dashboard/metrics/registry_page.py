"""The registry of a large collection, a page at a time: found, ordered and counted in columns, without making a row
that is not shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.dataset.records import Codes, codes_of_texts, records
from dashboard.dataset.spelling import folded
from dashboard.metrics.registry import Entry, counted_rows, made
from dashboard.metrics.registry import other_names as other_names_of
from dashboard.metrics.summary import identified_of, totals_of
from dashboard.selection import Selection

# a longer list is found and sorted on the server, not in the browser
MOST_AT_ONCE = 2000
ROWS = 100
SORTS = ("us", "abroad", "country", "since", "status", "confidence")


@dataclass(frozen=True)
class RegistryPage:
    """`found` of `total` rows fit what is searched; `entries` are those from position `start` on. `named` and `dated`
    are of all `total`. `sort` is one of SORTS, with "-" before it for the other way."""

    total: int
    named: int
    dated: int
    found: int
    start: int
    sort: str
    entries: Sequence[Entry]


def is_large(dataset: Dataset, selection: Selection) -> bool:
    """Whether the registry of a selection goes by pages."""
    basis = dataset.bases[selection.basis]
    return int(totals_of(basis, selection).upper[-1]) > MOST_AT_ONCE


def registry_page(dataset: Dataset, selection: Selection, *, find: str, sort: str, start: int) -> RegistryPage:
    """The rows that have every word of `find` in some spelling, from position `start` (within what is found) on."""
    basis = dataset.bases[selection.basis]
    rows = counted_rows(dataset, selection)
    places = rows["at"].to_numpy()
    total = len(places)
    for word in filter(None, map(folded, find.split())):
        places = places[_has(dataset, word)[places]]
    key = sort.removeprefix("-") if sort.removeprefix("-") in SORTS else SORTS[2]
    is_down = sort.startswith("-")
    places = in_order(dataset, places, key, is_down=is_down)
    start = min(max(start, 0), max((len(places) - 1) // ROWS * ROWS, 0)) // ROWS * ROWS
    dated = int(dataset.partnerships["start_year"].notna().to_numpy()[rows["at"].to_numpy()].sum())
    return RegistryPage(
        total=total,
        named=identified_of(basis, selection) if selection.year is None else int(rows["is_identified"].sum()),
        dated=dated,
        found=len(places),
        start=start,
        sort=("-" if is_down else "") + key,
        entries=made(dataset, places[start : start + ROWS]),
    )


def in_order(dataset: Dataset, places: np.ndarray, key: str = SORTS[2], *, is_down: bool = False) -> np.ndarray:
    """Positions of the table of partnerships in the order of one of SORTS."""
    return np.asarray(places[np.argsort(_order(dataset, key, is_down)[places], kind="stable")])


@lru_cache(maxsize=16)
def _has(dataset: Dataset, word: str) -> np.ndarray:
    """Which rows of the table of partnerships have a word in a spelling they can be found by."""
    countries = {
        row["iso3"]: f"{row['name']} {row['deck_label']} {row['region']}" for row in records(dataset.countries)
    }
    states = dataset.tables["us_states"]
    names = dict(zip(states["state"], states["name"], strict=True))
    found = _holds(dataset, "us_community", word) | _holds(dataset, "partner_community", word)
    found |= _holds(dataset, "us_state", word, lambda code: f"{code} {names.get(code, '')}")
    found |= _holds(dataset, "country_iso3", word, countries.__getitem__)
    table = dataset.partnerships
    for (country, name), others in other_names_of(dataset).items():
        if word in folded(others.replace(";", " ")):
            codes, values = _codes(dataset, "partner_community")
            same = [at for at, value in enumerate(values) if folded(value) == name]
            found |= np.isin(codes, same) & (table["country_iso3"] == country).to_numpy()
    return np.asarray(found)


def _holds(dataset: Dataset, column: str, word: str, spelled: Callable[[str], str] = str) -> np.ndarray:
    codes, values = _codes(dataset, column)
    has: np.ndarray = np.array([word in folded(part) for part in map(spelled, values)], dtype=bool)
    return np.asarray(has[codes])


@lru_cache(maxsize=16)
def _codes(dataset: Dataset, column: str) -> Codes:
    """For each row the position of its value, and the values."""
    return codes_of_texts(dataset.partnerships[column])


@lru_cache(maxsize=16)
def _order(dataset: Dataset, key: str, is_down: bool) -> np.ndarray:
    """The place of each row in an order of the whole table: by the column, then by country, those not identified last,
    and U.S. community; what is not recorded stands last, whichever way it goes."""
    country = _ranks(dataset, "country_iso3", _country_names(dataset))
    community = _ranks(dataset, "us_community", folded)
    is_open = community == 0 if "" in _codes(dataset, "us_community")[1] else np.zeros(len(country), dtype=bool)
    columns: dict[str, Callable[[], np.ndarray]] = {
        "us": lambda: np.where(is_open, -1, community),
        "abroad": lambda: _blank_as_missing(dataset, "partner_community"),
        "country": lambda: country,
        "since": lambda: dataset.partnerships["start_year"].fillna(-1).to_numpy(dtype=np.int32),
        "status": lambda: _blank_as_missing(dataset, "status"),
        "confidence": lambda: _blank_as_missing(dataset, "confidence"),
    }
    wanted = np.asarray(columns[key](), dtype=np.int64)
    wanted = np.where(wanted < 0, np.iinfo(np.int64).max, -wanted if is_down else wanted)
    order = np.lexsort((community, is_open, country, wanted))
    places = np.empty(len(order), dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places


def _country_names(dataset: Dataset) -> Callable[[str], str]:
    names = dict(zip(dataset.countries["iso3"], dataset.countries["name"], strict=True))
    return lambda code: folded(names[code])


def _blank_as_missing(dataset: Dataset, column: str) -> np.ndarray:
    codes, values = _codes(dataset, column)
    ranks = _ranks(dataset, column, folded)
    return np.where(np.array([not value for value in values], dtype=bool)[codes], -1, ranks)


def _ranks(dataset: Dataset, column: str, spelled: Callable[[str], str]) -> np.ndarray:
    """The place of each row's value among the values in order."""
    codes, values = _codes(dataset, column)
    names = [spelled(value) for value in values]
    places = {name: at for at, name in enumerate(sorted(set(names)))}
    ranks: np.ndarray = np.array([places[name] for name in names], dtype=np.int32)
    return np.asarray(ranks[codes])
