"""Sources: which ones stand under something, and what each is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records

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
    known = _known(dataset)
    return [known[each] for each in dict.fromkeys(ids)]


def split_ids(joined: str) -> list[str]:
    """Ids of a cell that joins them by ";"."""
    return [part for part in (each.strip() for each in joined.split(";")) if part]


def ids_under(dataset: Dataset, basis: Basis, partnerships: Sequence[str]) -> tuple[str, ...]:
    """Ids of the sources under these partnerships: those of the snapshot, then those that most of them rest on."""
    wanted = set(partnerships)
    cited = Counter(source for each, ids in _cited(dataset) if each in wanted for source in ids)
    first = basis.snapshot.source_ids if basis.snapshot else ()
    return tuple(dict.fromkeys([*first, *(source for source, _ in cited.most_common())]))


@lru_cache(maxsize=8)
def _cited(dataset: Dataset) -> list[tuple[str, list[str]]]:
    """Each partnership's id with the ids of its sources, in the order of the table."""
    table = dataset.partnerships
    return [(each, split_ids(joined)) for each, joined in zip(table["id"], table["source_ids"], strict=True)]


@lru_cache(maxsize=8)
def _known(dataset: Dataset) -> dict[str, Source]:
    return {
        row["id"]: Source(row["id"], row["short_title"], row["title"], row["url"], row["kind"])
        for row in records(dataset.sources)
    }
