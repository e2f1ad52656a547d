"""The five tiles: what each shows in a year, as plain texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.charts.chart import View
from dashboard.charts.countries import marks, unit_of
from dashboard.metrics.partnerships import RECENT_YEARS, tiles_table
from dashboard.metrics.summary import counts_of, tally_of
from dashboard.metrics.table import YearTable
from dashboard.selection import Selection

# of the research progress; beyond it one mark stands for several
MOST_MARKS = 400
TILES = ("partnerships", "countries", "us_communities", "new")
# what the tile of new ones counts: all since the initiative's first year or, before that, those of the last years
SINCE, RECENT = "since", "recent"


@dataclass(frozen=True)
class Tile:
    """One tile in one year: a number as data and as text, the most it can have been, what it counts."""

    value: int
    number: str
    range: str
    label: str
    detail: str


def table(view: View) -> YearTable:
    """`tiles_table` of the selection."""
    return tiles_table(view.dataset, view.selection)


def numbers_at(rows: YearTable, year: int) -> Mapping[str, int]:
    """The figures of one year by name."""
    now = rows.at(year)
    return dict(zip(now["name"], now["value"], strict=True))


def tiles_at(rows: YearTable, view: View, year: int) -> dict[str, Tile]:
    """The first four tiles."""
    numbers, words = numbers_at(rows, year), view.words
    since = view.dataset.about.initiative_first_year
    snapshot = view.basis.snapshot

    def tile(name: str, label: str, detail: str) -> Tile:
        low, high = numbers[name], numbers[f"{name}_upper"]
        return Tile(low, words.number(low), words("tiles.upto", number=high) if high > low else "", label, detail)

    is_certain = numbers["partnerships"] == numbers["partnerships_upper"]
    if not is_certain:
        counted = words("tiles.detail.at_least")
    elif view.selection.state is not None:
        counted = words("tiles.detail.state")
    elif snapshot is not None:
        counted = words("tiles.detail.snapshot", who=snapshot.counted_by, year=snapshot.year)
    else:
        counted = words("tiles.detail.documented", year=year)
    is_since = counted_since(view, year) == SINCE
    new = numbers[f"new_since_{since}"] if is_since else numbers[f"new_in_{RECENT_YEARS}_years"]
    label = (
        words("tiles.label.new", year=since)
        if is_since
        else words("tiles.label.recent", first=max(year - RECENT_YEARS + 1, rows.years[0]), last=year)
    )
    return {
        "partnerships": tile("partnerships", words("tiles.label.partnerships", count=numbers["partnerships"]), counted),
        "countries": tile("countries", words("tiles.label.countries", count=numbers["countries"]), _rank(view, year)),
        "us_communities": tile(
            "us_communities",
            words("tiles.label.us_communities", count=numbers["us_communities"]),
            words("tiles.detail.states", count=numbers["us_states"]),
        ),
        "new": Tile(new, words("tiles.plus", number=new), "", label, words("tiles.detail.dated_only")),
    }


def counted_since(view: View, year: int) -> str:
    """What the tile of new ones counts in a year, and so which of its two trends stands there."""
    return SINCE if year >= view.dataset.about.initiative_first_year else RECENT


def _rank(view: View, year: int) -> str:
    """Where the chosen country stands among all; else what the tile counts."""
    code = view.selection.country
    if code is None:
        return view.words("tiles.detail.countries")
    everywhere = Selection(view.basis.id)
    codes = list(tally_of(view.basis, everywhere, "country_iso3"))
    if code not in codes:
        return view.words("tiles.detail.countries")
    lower = counts_of(view.basis, everywhere, "country_iso3", codes).lower[view.basis.years.index(year)]
    own = lower[codes.index(code)]
    rank = 1 + int((lower > own).sum())
    return (
        view.words("tiles.detail.rank", rank=rank, total=int((lower > 0).sum()))
        if own
        else view.words("tiles.detail.countries")
    )


def sparks(rows: YearTable) -> dict[str, tuple[list[int], list[int]]]:
    """The small trend of each tile: (at least, at most) by year. The tile of new ones has two (`counted_since`)."""
    names = list(rows.keys["name"])

    def series(name: str) -> list[int]:
        return [int(number) for number in rows.values["value"][:, names.index(name)]]

    trends = {name: (series(name), series(f"{name}_upper")) for name in TILES[:3]}
    new = next(str(name) for name in names if str(name).startswith("new_since_"))
    recent = f"new_in_{RECENT_YEARS}_years"
    trends["new"], trends["recent"] = (series(new), series(new)), (series(recent), series(recent))
    return trends


def progress(rows: YearTable, view: View) -> dict[str, object]:
    """The state of the research: the same in every year. Those not identified have no U.S. state, so with a state
    chosen there is nothing to be "of", and what is open is how many have no state."""
    numbers, words = numbers_at(rows, rows.years[-1]), view.words
    identified, dated, total = numbers["identified"], numbers["dated"], numbers["total"]
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
