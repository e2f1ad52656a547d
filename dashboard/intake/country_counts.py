"""A published count from a table: how many partnerships in each country, in whatever spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.dataset.spelling import normalize
from dashboard.intake.files import refused
from dashboard.intake.grid import Grid, column_name
from dashboard.intake.places import Places

# "12", "1,234", "12.0" as spreadsheets write them
WHOLE = re.compile(r"\d{1,3}(?:[,  ]\d{3})+|\d+(?:\.0+)?")
TOTALS = {normalize(word) for word in ("total", "totals", "sum", "all", "grand total", "total partnerships", "overall")}
# headings of a column of counts
COUNTS = ("partnership", "count", "number", "total", "sister cit", "cities", "members", "programs", "how many", "#")


@dataclass(frozen=True)
class CountryCounts:
    """`counts` by country; `total`: what a row of the file says of all, None where there is none. `columns`: headings
    of the two columns that were read. `left_out`: row number, text and cell of rows that name no country of the data,
    or no whole number."""

    counts: Mapping[str, int]
    total: int | None
    columns: tuple[str, str]
    left_out: Sequence[tuple[int, str, str]]


def read_counts(grid: Grid, places: Places) -> CountryCounts:
    """The counts of a table. Raises BadData where no column has countries, or none beside it has whole numbers, where a
    country stands twice, or a cell must not be taken in."""
    cells = [[column.values[code] for code in column.codes] for column in grid.columns]
    found = [sum(bool(places.country(cell)) for cell in column) for column in cells]
    at = max(range(len(cells)), key=lambda each: found[each], default=0)
    if not cells or not found[at]:
        raise refused(grid.name, "no_countries")
    named = [row for row, cell in enumerate(cells[at]) if places.country(cell)]
    header = _header(grid, named[0])
    numbers = [each for each in range(len(cells)) if each != at and any(_whole(cells[each][row]) for row in named)]
    if not numbers:
        raise refused(grid.name, "no_numbers", heading=_heading(header, at))
    number_at = max(numbers, key=lambda each: (_is_count(header, each), _filled(cells[each], named), -each))
    grid.check([(each, _heading(header, each)) for each in (at, number_at)])
    counts: dict[str, int] = {}
    total, left_out = None, []
    for row in range(named[0], grid.rows):
        text, written = cells[at][row], cells[number_at][row]
        place, count = places.country(text), _whole(written)
        if normalize(text) in TOTALS and count is not None:
            total = count
        elif place and (count is not None or not written):
            if place in counts:
                raise refused(grid.name, "country_twice", int(grid.numbers[row]), _heading(header, at), text)
            counts[place] = count or 0
        elif text or written:
            left_out.append((int(grid.numbers[row]), text, written))
    return CountryCounts(counts, total, (_heading(header, at), _heading(header, number_at)), left_out)


def _header(grid: Grid, first: int) -> Sequence[str]:
    """The row above the first country, which has the headings; none where the table begins with it."""
    return [column.values[column.codes[first - 1]] for column in grid.columns] if first else ()


def _heading(header: Sequence[str], at: int) -> str:
    return (header[at] if header else "") or column_name(at)


def _is_count(header: Sequence[str], at: int) -> bool:
    return any(word in (header[at] if header else "").casefold() for word in COUNTS)


def _filled(column: Sequence[str], rows: Sequence[int]) -> int:
    """How many of some rows have a whole number that is no year."""
    found = [_whole(column[row]) for row in rows]
    return sum(number is not None and not 1900 <= number <= 2100 for number in found)


def _whole(text: str) -> int | None:
    plain = text.strip()
    return int(re.sub(r"[^\d]", "", plain.partition(".")[0])) if WHOLE.fullmatch(plain) and len(plain) < 10 else None
