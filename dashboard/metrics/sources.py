"""Sources: which ones stand under something, and what each is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records
from dashboard.metrics.summary import tally_of
from dashboard.selection import Selection

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


@lru_cache(maxsize=1000)
def _split(joined: str) -> tuple[str, ...]:
    return tuple(split_ids(joined))


@lru_cache(maxsize=64)
def ids_under(basis: Basis, selection: Selection) -> tuple[str, ...]:
    """Ids of the sources under the partnerships of a selection: those of the snapshot, then those that most of them
    rest on."""
    cited: Counter[str] = Counter()
    for joined, number in tally_of(basis, selection, "source_ids").items():
        for source in _split(joined):
            cited[source] += number
    first = basis.snapshot.source_ids if basis.snapshot else ()
    return tuple(dict.fromkeys([*first, *(source for source, _ in cited.most_common())]))


@lru_cache(maxsize=8)
def _known(dataset: Dataset) -> dict[str, Source]:
    return {
        row["id"]: Source(row["id"], row["short_title"], row["title"], row["url"], row["kind"])
        for row in records(dataset.sources)
    }
