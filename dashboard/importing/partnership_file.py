"""A spreadsheet of partnerships that somebody keeps by hand: its columns by name, its cells understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.schema import PARTNERSHIPS
from dashboard.dataset.spelling import folded
from dashboard.importing.files import refused
from dashboard.importing.grid import Grid
from dashboard.importing.places import Places

# column of partnerships.csv -> what else people call it; case, spaces and punctuation do not matter
ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("partnership id",),
    "us_community": (
        "us city", "u.s. city", "u.s. community", "american city", "us sister city", "us community name", "us town",
        "home city", "our city",
    ),
    "us_state": ("state", "u.s. state", "state code", "st"),
    "partner_community": (
        "partner city", "foreign city", "sister city", "partner town", "international city", "overseas city",
        "partner", "city abroad",
    ),
    "country_iso3": ("country", "partner country", "country code", "iso3", "nation", "foreign country"),
    "start_year": (
        "start year", "year", "since", "start", "established", "year established", "year signed", "began",
        "year of agreement", "start date",
    ),
    "known_by": ("known by", "documented by", "first mentioned", "earliest mention"),
    "end_year": ("end year", "ended", "until", "end"),
    "status": ("state of partnership", "current status"),
    "kind": ("type", "kind of partnership", "relationship", "type of relationship"),
    "confidence": ("certainty",),
    "us_lat": ("us latitude",),
    "us_lon": ("us longitude",),
    "partner_lat": ("partner latitude",),
    "partner_lon": ("partner longitude",),
    "source_ids": ("source", "sources", "source id", "reference", "references", "link", "url"),
    "note": ("notes", "remark", "remarks", "comment", "comments"),
}  # fmt: skip
YEARS = ("start_year", "known_by", "end_year")
CHOICES = {column.name: column.choices for column in PARTNERSHIPS.columns if column.choices}
NEEDED = ("us_community", "partner_community")
YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True)
class FileRow:
    """One row: its number in the file and its cells by column of partnerships.csv, "" where blank. `years` has the
    columns where the file names several years, with them: nobody here can say which is right."""

    number: int
    cells: Mapping[str, str]
    years: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class PartnershipFile:
    """A file's rows, and its columns: those understood as (heading, column), and those left alone."""

    rows: Sequence[FileRow]
    columns: Sequence[tuple[str, str]]
    left_alone: Sequence[str]


def read_partnerships(grid: Grid, places: Places, *, last_year: int) -> PartnershipFile:
    """The rows of a spreadsheet. Raises BadData with every cell that is not understood or has a year after
    `last_year`."""
    header, found = _header(grid)
    body = grid.below(header + 1)
    rows: list[FileRow] = []
    problems: list[Problem] = []
    for at in range(body.rows):
        cells = {name: body.columns[place].values[body.columns[place].codes[at]] for name, place in found.items()}
        if any(cells.values()):
            rows.append(_row(grid.name, at + header + 2, cells, places, problems, last_year=last_year))
    if problems:
        raise BadData(problems)
    if not rows:
        raise refused(grid.name, "no_rows")
    places_taken = set(found.values())
    headings = grid.head[header]
    return PartnershipFile(
        rows,
        [(headings[place], name) for name, place in found.items()],
        [heading for at, heading in enumerate(headings) if heading and at not in places_taken],
    )


def _header(grid: Grid) -> tuple[int, dict[str, int]]:
    """Which of the first rows is the header, and where each column stands."""
    spelled = {folded(name): name for name in ALIASES}
    for name, aliases in ALIASES.items():
        spelled |= {folded(alias): name for alias in aliases}
    best: tuple[int, dict[str, int]] = (0, {})
    for number, cells in enumerate(grid.head):
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            if (column := spelled.get(folded(cell), "")) and column not in found:
                found[column] = at
        if len(found) > len(best[1]):
            best = (number, found)
    missing = [name for name in NEEDED if name not in best[1]]
    if missing:
        raise refused(
            grid.name, "no_partnerships", headings="; ".join(filter(None, grid.head[0])), missing=", ".join(missing)
        )
    return best


def _row(
    name: str, number: int, cells: dict[str, str], places: Places, problems: list[Problem], *, last_year: int
) -> FileRow:
    years: dict[str, tuple[str, ...]] = {}

    def wrong(kind: str, column: str, **details: object) -> None:
        problems.append(Problem(name, kind, number, column, cells.get(column, ""), details))

    _split_places(cells, places)
    if cells.get("country_iso3"):
        code = places.country(cells["country_iso3"])
        if not code:
            wrong("unknown_country", "country_iso3")
        cells["country_iso3"] = code
    elif not cells.get("id") and (cells.get("us_community") or cells.get("partner_community")):
        wrong("blank", "country_iso3")
    if cells.get("us_state"):
        code = places.state(cells["us_state"])
        if not code:
            wrong("unknown_state", "us_state")
        cells["us_state"] = code
    if bool(cells.get("us_community")) != bool(cells.get("partner_community")) and not cells.get("id"):
        wrong("half_pairing", "us_community" if not cells.get("us_community") else "partner_community")
    for column in YEARS:
        text = cells.get(column, "")
        if text:
            named = tuple(dict.fromkeys(YEAR.findall(text)))
            if not named:
                wrong("year", column, first_year=1900, last_year=2100)
            elif len(named) > 1:
                years[column] = named
            elif int(named[0]) > last_year:
                wrong("future", column, last_year=last_year)
            cells[column] = named[0] if len(named) == 1 else ""
    for column, choices in CHOICES.items():
        if cells.get(column):
            plain = cells[column].casefold().replace("-", " ").strip()
            plain = {"sister": "sister city", "sister cities": "sister city", "friendship city": "friendship"}.get(
                plain, plain
            )
            if plain not in choices:
                wrong("choice", column, choices=", ".join(choices))
            cells[column] = plain
    return FileRow(number, cells, years)


def _split_places(cells: dict[str, str], places: Places) -> None:
    """ "Houston, TX" is a community and a state; "Istanbul, Turkey" a community and a country."""
    for community, place, known in (
        ("us_community", "us_state", places.states),
        ("partner_community", "country_iso3", places.countries),
    ):
        before, mark, after = cells.get(community, "").rpartition(",")
        if mark and folded(after) in known:
            cells[community] = before.strip()
            cells[place] = cells.get(place) or after.strip()
