"""The registry of a large collection, a page at a time: searched, ordered and counted in columns, without making a row
that is not on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from dashboard.dataset.model import Dataset
from dashboard.dataset.place_names import country_terms, state_terms
from dashboard.dataset.records import Codes, codes_of_texts
from dashboard.dataset.spelling import normalize
from dashboard.filters import Selection
from dashboard.metrics.registry import Entry, build_entries, counted_rows, other_names
from dashboard.metrics.sources import split_ids

# a longer list is searched and sorted on the server, not in the browser
MOST_AT_ONCE = 2000
ROWS = 100
# what the list can be sorted by -> the column of the table of partnerships
SORTS = {
    "us": "us_community",
    "abroad": "partner_community",
    "country": "country_iso3",
    "since": "start_year",
    "status": "status",
    "confidence": "confidence",
    "sources": "source_ids",
}
DEFAULT_SORT = "country"
LAST = np.iinfo(np.int32).max


@dataclass(frozen=True)
class RegistryPage:
    """`matching` of `total` rows fit what is searched; `entries` are those from position `start` on. `named` and
    `dated` are of all `total`. `sort` is one of SORTS, with "-" before it for the other way."""

    total: int
    named: int
    dated: int
    matching: int
    start: int
    sort: str
    entries: Sequence[Entry]


def registry_page(
    dataset: Dataset, selection: Selection, *, find: str, sort: str, start: int, most: int = ROWS
) -> RegistryPage:
    """The rows that have every word of `find` in some spelling: the page of `most` rows with position `start`."""
    rows = counted_rows(dataset, selection)
    positions, sort = found_positions(dataset, rows["position"].to_numpy(), find=find, sort=sort)
    start = min(max(start, 0), max(len(positions) - 1, 0)) // most * most
    return RegistryPage(
        total=len(rows),
        named=int(rows["is_identified"].sum()),
        dated=int(rows["start_year"].notna().sum()),
        matching=len(positions),
        start=start,
        sort=sort,
        entries=build_entries(dataset, positions[start : start + most]),
    )


def found_positions(dataset: Dataset, positions: np.ndarray, *, find: str, sort: str) -> tuple[np.ndarray, str]:
    """Those positions of the table of partnerships whose rows have every word of `find`, in the order of `sort`; and
    that order, which is the usual one where there is no such."""
    for word in find.split():
        if normalize(word):
            positions = positions[_has_word(dataset, word)[positions]]
    key, is_down = sort.removeprefix("-"), sort.startswith("-")
    key = key if key in SORTS else DEFAULT_SORT
    return in_order(dataset, positions, key, is_down=is_down), ("-" if is_down else "") + key


def in_order(dataset: Dataset, positions: np.ndarray, key: str = DEFAULT_SORT, *, is_down: bool = False) -> np.ndarray:
    """Positions of the table of partnerships in the order of one of SORTS."""
    return np.asarray(positions[np.argsort(_ranks_of_rows(dataset, key, is_down)[positions], kind="stable")])


def _has_word(dataset: Dataset, typed: str) -> np.ndarray:
    """Which rows of the table of partnerships have a word in a spelling they can be found by, or begin with it in their
    id."""
    word = normalize(typed)
    countries, states = country_terms(dataset), state_terms(dataset)
    has_word = _holds(dataset, "us_community", word) | _holds(dataset, "partner_community", word)
    has_word |= _holds(dataset, "us_state", word, lambda code: " ".join((code, *states.get(code, ()))))
    has_word |= _holds(dataset, "country_iso3", word, lambda code: " ".join(countries[code]))
    for (country, name), others in other_names(dataset).items():
        if word in normalize(others.replace(";", " ")):
            codes, values = _codes(dataset.original, "partner_community")
            same = [at for at, value in enumerate(values) if normalize(value) == name]
            has_word |= np.isin(codes, same) & (dataset.partnerships["country_iso3"] == country).to_numpy()
    # ids are as many as rows; only what looks like one is looked for there
    if "-" in typed:
        has_word |= dataset.partnerships["id"].str.startswith(typed.casefold()).to_numpy(dtype=bool)
    return np.asarray(has_word)


def _holds(dataset: Dataset, column: str, word: str, spelled: Callable[[str], str] = str) -> np.ndarray:
    codes, values = _codes(dataset.original, column)
    return np.array([word in normalize(spelled(value)) for value in values], dtype=bool)[codes]


# kept, for it takes a second at a million rows and is needed again for each page of the list
@lru_cache(maxsize=16)
def _codes(dataset: Dataset, column: str) -> Codes:
    """For each row the position of its value, and the values."""
    return codes_of_texts(dataset.partnerships[column])


@lru_cache(maxsize=16)
def _ranks_of_rows(dataset: Dataset, key: str, is_down: bool) -> np.ndarray:
    """The place of each row in an order of the whole table: by the column, then by country, those not identified last,
    and U.S. community; what is not recorded stands last, whichever way it goes."""
    names = dict(zip(dataset.countries["iso3"], dataset.countries["name"], strict=True))
    name = dataset.naming.folded_key
    country = _ranks(dataset, "country_iso3", lambda code: name(names[code]))
    community = _ranks(dataset, "us_community", name)
    if key == "since":
        wanted = dataset.partnerships["start_year"].fillna(-1).to_numpy(dtype=np.int32)
    elif key == "sources":
        codes, values = _codes(dataset.original, SORTS[key])
        wanted = np.array([len(split_ids(value)) for value in values], dtype=np.int32)[codes]
    else:
        wanted = country if key == "country" else _ranks(dataset, SORTS[key], name)
    wanted = np.where(wanted < 0, LAST, -wanted if is_down else wanted)
    order = np.lexsort((community, community < 0, country, wanted))
    ranks = np.empty(len(order), dtype=np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks


def _ranks(dataset: Dataset, column: str, sort_key: Callable[[str], Any]) -> np.ndarray:
    """The place of each row's value among the values in order, -1 where it is blank."""
    codes, values = _codes(dataset.original, column)
    keys = [sort_key(value) if normalize(value) else None for value in values]
    places = {key: at for at, key in enumerate(sorted({key for key in keys if key is not None}))}
    return np.array([-1 if key is None else places[key] for key in keys], dtype=np.int32)[codes]
