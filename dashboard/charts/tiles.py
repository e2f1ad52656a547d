"""The five tiles: what each shows in a year, as plain texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from dashboard.charts.chart import View
from dashboard.charts.countries import marks, unit_of
from dashboard.metrics.partnerships import KEPT, RECENT_YEARS, tiles_table
from dashboard.metrics.summary import counts_of, tally_of
from dashboard.metrics.table import YearTable
from dashboard.selection import Selection
from dashboard.strings import Words

# of the research progress; beyond it one mark stands for several
MOST_MARKS = 400
TILES = ("partnerships", "countries", "us_communities", "new")
LABELS = {
    "partnerships": "tiles.label.partnerships",
    "countries": "tiles.label.countries",
    "us_communities": "tiles.label.us_communities",
}
# what the tile of new ones counts: all since the initiative's first year or, before that, those of the last years
SINCE, RECENT = "since", "recent"
# numbers of tiles are small, and come again in other years and other choices
TEXTS = 2000


class Tile(NamedTuple):
    """One tile in one year: a number as data and as text, the most it can have been, what it counts."""

    value: int
    number: str
    range: str
    label: str
    detail: str


def table(view: View) -> YearTable:
    """`tiles_table` of the selection."""
    return tiles_table(view.dataset, view.selection)


@lru_cache(maxsize=KEPT)
def numbers(rows: YearTable) -> Mapping[str, list[int]]:
    """The figures by name, each by year."""
    return dict(zip(map(str, rows.keys["name"]), rows.values["value"].T.tolist(), strict=True))


def tiles_at(rows: YearTable, view: View, year: int) -> dict[str, Tile]:
    """The first four tiles in one year."""
    at = rows.years.index(year)
    return {name: by_year[at] for name, by_year in tiles_by_year(rows, view).items()}


def tiles_by_year(rows: YearTable, view: View) -> dict[str, list[Tile]]:
    """The first four tiles in every year."""
    words, known = view.words, numbers(rows)
    details = {
        "partnerships": _how_counted(rows, view),
        "countries": _ranks(view),
        "us_communities": [_states(words, count) for count in known["us_states"]],
    }
    tiles = {
        name: [
            Tile(low, words.number(low), _upto(words, high) if high > low else "", _label(words, name, low), detail)
            for low, high, detail in zip(known[name], known[f"{name}_upper"], by_year, strict=True)
        ]
        for name, by_year in details.items()
    }
    return {**tiles, "new": _new(rows, view)}


@lru_cache(maxsize=TEXTS)
def _upto(words: Words, number: int) -> str:
    return words("tiles.upto", number=number)


@lru_cache(maxsize=TEXTS)
def _label(words: Words, name: str, count: int) -> str:
    return words(LABELS[name], count=count)


@lru_cache(maxsize=TEXTS)
def _states(words: Words, count: int) -> str:
    return words("tiles.detail.states", count=count)


def _how_counted(rows: YearTable, view: View) -> list[str]:
    """By year: how sure the number of partnerships is, else who counted them."""
    words, snapshot, known = view.words, view.basis.snapshot, numbers(rows)
    if view.selection.state is not None:
        certain = [words("tiles.detail.state")] * len(rows.years)
    elif snapshot is not None:
        certain = [words("tiles.detail.snapshot", who=snapshot.counted_by, year=snapshot.year)] * len(rows.years)
    else:
        certain = _documented(words, rows.years)
    open_ = words("tiles.detail.at_least")
    spans = zip(certain, known["partnerships"], known["partnerships_upper"], strict=True)
    return [detail if low == high else open_ for detail, low, high in spans]


@lru_cache(maxsize=8)
def _documented(words: Words, years: range) -> list[str]:
    return [words("tiles.detail.documented", year=year) for year in years]


def _new(rows: YearTable, view: View) -> list[Tile]:
    """Since the initiative's first year or, before that, in the last years."""
    words, known, since = view.words, numbers(rows), view.dataset.about.initiative_first_year
    detail, label = words("tiles.detail.dated_only"), words("tiles.label.new", year=since)
    tiles = []
    for year, recently, later in zip(
        rows.years, known[f"new_in_{RECENT_YEARS}_years"], known[f"new_since_{since}"], strict=True
    ):
        is_since = counted_since(view, year) == SINCE
        number = later if is_since else recently
        of = label if is_since else _recent(words, max(year - RECENT_YEARS + 1, rows.years[0]), year)
        tiles.append(Tile(number, _plus(words, number), "", of, detail))
    return tiles


@lru_cache(maxsize=TEXTS)
def _recent(words: Words, first: int, last: int) -> str:
    return words("tiles.label.recent", first=first, last=last)


@lru_cache(maxsize=TEXTS)
def _plus(words: Words, number: int) -> str:
    return words("tiles.plus", number=number)


def counted_since(view: View, year: int) -> str:
    """What the tile of new ones counts in a year, and so which of its two trends stands there."""
    return SINCE if year >= view.dataset.about.initiative_first_year else RECENT


def _ranks(view: View) -> list[str]:
    """By year, where the chosen country stands among all; else what the tile counts."""
    words, code, everywhere = view.words, view.selection.country, Selection(view.basis.id)
    unranked = words("tiles.detail.countries")
    codes = list(tally_of(view.basis, everywhere, "country_iso3"))
    if code not in codes:
        return [unranked] * len(view.basis.years)
    lower = counts_of(view.basis, everywhere, "country_iso3", codes).lower
    own = lower[:, codes.index(code)]
    ranks = (own < lower.T).sum(axis=0) + 1
    counted = zip(own.tolist(), ranks.tolist(), (lower > 0).sum(axis=1).tolist(), strict=True)
    return [words("tiles.detail.rank", rank=rank, total=total) if own else unranked for own, rank, total in counted]


def sparks(rows: YearTable) -> dict[str, tuple[list[int], list[int]]]:
    """The small trend of each tile: (at least, at most) by year. The tile of new ones has two (`counted_since`)."""
    known, since = numbers(rows), next(str(name) for name in rows.keys["name"] if str(name).startswith("new_since_"))
    trends = {name: (known[name], known[f"{name}_upper"]) for name in TILES[:3]}
    ends = {"new": known[since], "recent": known[f"new_in_{RECENT_YEARS}_years"]}
    return trends | {name: (series, series) for name, series in ends.items()}


def progress(rows: YearTable, view: View) -> dict[str, object]:
    """The state of the research: the same in every year. Those not identified have no U.S. state, so with a state
    chosen there is nothing to be "of", and what is open is how many have no state."""
    words = view.words
    identified, dated, total = (numbers(rows)[name][-1] for name in ("identified", "dated", "total"))
    named, unknown = identified - dated, total - identified
    title = words("tiles.progress.title", identified=identified, dated=dated, total=total)
    still_open = words("tiles.progress.open", count=unknown) if unknown else ""
    if view.state_name:
        title = words("tiles.progress.of_state", state=view.state_name, identified=identified, dated=dated)
        still_open = words("tiles.progress.unplaced", count=view.unplaced) if view.unplaced else ""
    elif view.country_name:
        title = words("tiles.progress.of_country", country=view.country_name, title=title)
    return {
        "identified": identified,
        "dated": dated,
        "title": title,
        "open": still_open,
        "marks": marks(dated, named, unknown, 0, unit_of(total, MOST_MARKS)),
        "key_dated": words("tiles.progress.dated", count=dated),
        "key_named": words("tiles.progress.named", count=named),
        "key_unknown": words("tiles.progress.unknown", count=unknown),
    }
