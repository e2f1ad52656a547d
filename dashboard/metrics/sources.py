"""Sources: which ones stand under something, and what each is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.counting import selected_groups
from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import Codes, Places, records
from dashboard.filters import Filters, Selection

LONGEST_NAME = 30


@dataclass(frozen=True)
class Source:
    """One source. `kind` is "primary" or "secondary", `address` "" where there is none."""

    id: str
    short_title: str
    title: str
    address: str
    kind: str

    @property
    def name(self) -> str:
        """A name for a narrow place: its own, else its title up to the first colon or bracket, cut."""
        name = self.short_title or self.title.split(":")[0].split("(")[0].strip()
        return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def sources(dataset: Dataset, ids: Iterable[str]) -> list[Source]:
    """The sources with these ids, each once, in their order."""
    by_id = _sources_by_id(dataset.original)
    return [by_id[each] for each in dict.fromkeys(ids)]


def split_ids(joined: str) -> list[str]:
    """Ids of a cell that joins them by ";"."""
    return [part for part in (each.strip() for each in joined.split(";")) if part]


def count_citations(joined: Codes, rows: Places | None = None) -> Counter[str]:
    """How many cells of a column of joined ids name each source, in the order in which they come first. `rows`: for how
    many each cell stands, where it is not one."""
    cited: Counter[str] = Counter()
    codes, values = joined
    numbers = np.bincount(codes, weights=rows, minlength=len(values)).astype(int)
    for ids, cells in zip(values, numbers.tolist(), strict=True):
        if cells:
            for source in split_ids(ids):
                cited[source] += cells
    return cited


def cited_in(table: pd.DataFrame) -> list[str]:
    """Ids of all sources that a table cites in its column source_ids, each once, in the order of its rows."""
    return list(dict.fromkeys(source for joined in table["source_ids"].unique() for source in split_ids(joined)))


def ids_under(basis: Basis, selection: Selection) -> tuple[str, ...]:
    """Ids of the sources under the partnerships of a selection: those of the snapshot, then those that most of them
    rest on."""
    return _ids_under(basis, selection.filters)


# map, growth and countries each ask for it: nearly a millisecond of each view
@lru_cache(maxsize=8)
def _ids_under(basis: Basis, filters: Filters) -> tuple[str, ...]:
    groups = selected_groups(basis, filters)
    joined = (groups.columns["source_ids"], groups.values["source_ids"])
    cited = count_citations(joined, groups.columns["rows"])
    first = basis.snapshot.source_ids if basis.snapshot else ()
    return tuple(dict.fromkeys([*first, *(source for source, _ in cited.most_common())]))


@lru_cache(maxsize=8)
def _sources_by_id(dataset: Dataset) -> dict[str, Source]:
    return {
        row["id"]: Source(row["id"], row["short_title"], row["title"], row["url"], row["kind"])
        for row in records(dataset.sources)
    }
