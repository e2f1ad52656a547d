"""The five tiles: what each shows in a year, as plain texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from dashboard.charts.base import View, once_a_view
from dashboard.charts.countries.text import marks, unit_of
from dashboard.counting import count_by_year, events_of
from dashboard.metrics.partnerships import RECENT_YEARS, tile_figures, tiles_table
from dashboard.strings import Catalog

# the most marks in the row of research progress; beyond it one mark stands for several
MOST_MARKS = 400
TILES = ("partnerships", "countries", "us_communities", "new")
LABELS = {
    "partnerships": "tiles.label.partnerships",
    "countries": "tiles.label.countries",
    "us_communities": "tiles.label.us_communities",
}
# what the tile of new ones counts: all since the initiative's first year or, before that, those of the last years
SINCE, RECENT = "since", "recent"
# texts that are kept: numbers of tiles are small, and the same ones come again in other years and choices
TEXTS = 2000


class Tile(NamedTuple):
    """One tile in one year: a number as data and as text, the most it can have been, what it counts."""

    value: int
    number: str
    range: str
    label: str
    detail: str


@once_a_view
def table(view: View) -> pd.DataFrame:
    """`tiles_table` of the selection."""
    return tiles_table(view.dataset, view.selection)


@once_a_view
def figures(view: View) -> Mapping[str, list[int]]:
    """The figures by name, each by year."""
    return {name: of_years.tolist() for name, of_years in view.compute(tile_figures).items()}


def tiles_by_year(view: View) -> dict[str, list[Tile]]:
    """The first four tiles in every year."""
    t, known = view.t, figures(view)
    details = {
        "partnerships": _how_counted(view),
        "countries": _ranks(view),
        "us_communities": [_states(t, count) for count in known["us_states"]],
    }
    tiles = {
        name: [
            Tile(low, t.number(low), _upto(t, high) if high > low else "", _label(t, name, low), detail)
            for low, high, detail in zip(known[name], known[f"{name}_upper"], texts, strict=True)
        ]
        for name, texts in details.items()
    }
    return {**tiles, "new": _new(view)}


@lru_cache(maxsize=TEXTS)
def _upto(t: Catalog, number: int) -> str:
    return t("tiles.upto", number=number)


@lru_cache(maxsize=TEXTS)
def _label(t: Catalog, name: str, count: int) -> str:
    return t(LABELS[name], count=count)


@lru_cache(maxsize=TEXTS)
def _states(t: Catalog, count: int) -> str:
    return t("tiles.detail.states", count=count)


def _how_counted(view: View) -> list[str]:
    """By year: how sure the number of partnerships is, else who counted them."""
    t, snapshot, known, years = view.t, view.dataset.snapshot(view.basis.id), figures(view), view.basis.years
    if view.selection.state is not None:
        certain = [t("tiles.detail.state")] * len(years)
    elif snapshot is not None:
        certain = [t("tiles.detail.snapshot", who=snapshot.counted_by, year=snapshot.year)] * len(years)
    else:
        certain = [t("tiles.detail.documented", year=year) for year in years]
    open_ = t("tiles.detail.at_least")
    spans = zip(certain, known["partnerships"], known["partnerships_upper"], strict=True)
    return [detail if low == high else open_ for detail, low, high in spans]


def _new(view: View) -> list[Tile]:
    """Since the initiative's first year or, before that, in the last years."""
    t, known, since = view.t, figures(view), view.dataset.about.initiative_first_year
    years = view.basis.years
    detail = t("tiles.detail.dated_only")
    tiles = []
    for year, recently, later in zip(
        years, known[f"new_in_{RECENT_YEARS}_years"], known[f"new_since_{since}"], strict=True
    ):
        is_since = counted_since(view, year) == SINCE
        number = later if is_since else recently
        first = max(year - RECENT_YEARS + 1, years[0])
        of = _begun_since(t, since, number) if is_since else _recent(t, first, year, number)
        tiles.append(Tile(number, _plus(t, number), "", of, detail))
    return tiles


@lru_cache(maxsize=TEXTS)
def _begun_since(t: Catalog, year: int, count: int) -> str:
    return t("tiles.label.new", count=count, year=year)


@lru_cache(maxsize=TEXTS)
def _recent(t: Catalog, first: int, last: int, count: int) -> str:
    return t("tiles.label.recent", count=count, first=first, last=last)


@lru_cache(maxsize=TEXTS)
def _plus(t: Catalog, number: int) -> str:
    return t("tiles.plus", number=number)


def counted_since(view: View, year: int) -> str:
    """What the tile of new ones counts in a year, and so which of its two trends stands there."""
    return SINCE if year >= view.dataset.about.initiative_first_year else RECENT


def _ranks(view: View) -> list[str]:
    """By year, where the chosen country stands among all; else what the tile counts."""
    t, code, years = view.t, view.selection.country, view.basis.years
    unranked = t("tiles.detail.countries")
    everywhere = events_of(view.basis)
    codes = everywhere.values["country_iso3"]
    if code not in codes:
        return [unranked] * len(years)
    lower = count_by_year(everywhere, years, "country_iso3", codes).partnerships
    own = lower[:, codes.index(code)]
    ranks = (own < lower.T).sum(axis=0) + 1
    counted = zip(own.tolist(), ranks.tolist(), (lower > 0).sum(axis=1).tolist(), strict=True)
    return [t("tiles.detail.rank", rank=rank, total=total) if own else unranked for own, rank, total in counted]


def trends(view: View) -> dict[str, tuple[list[int], list[int]]]:
    """The small trend of each tile: (at least, at most) by year. The tile of new ones has two (`counted_since`)."""
    known = figures(view)
    ends = {
        "new": known[f"new_since_{view.dataset.about.initiative_first_year}"],
        "recent": known[f"new_in_{RECENT_YEARS}_years"],
    }
    of_counts = {name: (known[name], known[f"{name}_upper"]) for name in TILES[:3]}
    return of_counts | {name: (series, series) for name, series in ends.items()}


def progress(view: View) -> dict[str, object]:
    """The state of the research: the same in every year. Those not identified have no U.S. state, so with a state
    chosen there is nothing to be "of", and what is open is how many have no state."""
    t = view.t
    identified, dated, total = (figures(view)[name][-1] for name in ("identified", "dated", "total"))
    named, unknown = identified - dated, total - identified
    title = t("tiles.progress.title", identified=identified, dated=dated, total=total)
    still_open = t("tiles.progress.open", count=unknown) if unknown else ""
    if view.state_name:
        title = t("tiles.progress.of_state", state=view.state_name, identified=identified, dated=dated)
        still_open = t("tiles.progress.unplaced", count=view.without_state) if view.without_state else ""
    elif view.country_name:
        title = t("tiles.progress.of_country", country=view.country_name, title=title)
    return {
        "identified": identified,
        "dated": dated,
        "title": title,
        "open": still_open,
        "marks": marks(dated, named, unknown, 0, unit_of(total, MOST_MARKS)),
        "key_dated": t("tiles.progress.dated", count=dated),
        "key_named": t("tiles.progress.named", count=named),
        "key_unknown": t("tiles.progress.unknown", count=unknown),
    }
