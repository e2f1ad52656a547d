"""A spreadsheet of partnerships that somebody keeps by hand: its rows and cells understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.schema import PARTNERSHIPS
from dashboard.dataset.spelling import normalize
from dashboard.intake.cells import is_unanswered
from dashboard.intake.files import refused
from dashboard.intake.grid import Grid
from dashboard.intake.list_columns import ListColumns, find_columns, how_many_needed, without_marks
from dashboard.intake.places import Places, places_of
from dashboard.intake.spreadsheet import AS_FOUND, HowToRead, no_progress, read_grid
from dashboard.intake.text_file import Progress
from dashboard.intake.years import is_known, year_in

YEARS = ("start_year", "known_by", "end_year")
CHOICES = {column.name: column.choices for column in PARTNERSHIPS.columns if column.choices}
SAME_CHOICE = {"sister": "sister city", "sister cities": "sister city", "friendship city": "friendship"}
NEEDED = ("us_community", "partner_community", "country_iso3")
WHOLE_STATE = re.compile(r"(?:(?:the )?(?:state|commonwealth) of )?(.+?)(?: state)?", re.IGNORECASE)
BEHIND_COMMA, IN_BRACKETS = re.compile(r"(.*),([^,]*)", re.DOTALL), re.compile(r"(.+?)\s*\(([^()]+)\)")
# marks that part several partners, and words and signs that may
PARTS = re.compile(r"\s*(?:[;|\n]|\s•\s)\s*")
MAY_PART = re.compile(r"\s(?:and|&|/|\+)\s|\s?/\s?|\s&\s?")
# of a list whose U.S. city stands once above its partners, at least so many rows leave it blank
MOSTLY_BLANK = 0.4


@dataclass(frozen=True)
class FileRow:
    """One row: its number in the file and its cells by column of partnerships.csv, "" where blank. `words`: cells that
    name no year for certain, or no known choice, with their column: they go into the note. `doubt`: why a person has to
    say something first, as the kind of a text (partnerships.why.…); `is_hidden`: a filter hides it."""

    number: int
    cells: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""
    is_hidden: bool = False
    has_own_id: bool = False

    @property
    def key(self) -> str:
        """By what a person's choice finds it again: its row, and the pairing, for a row may hold several."""
        return "/".join([str(self.number), *(self.cells.get(name, "") for name in NEEDED)])


@dataclass(frozen=True)
class PartnershipFile:
    """A file's rows, and its columns: those understood as (heading, column), and those left alone. `outside`: rows in
    countries that the data does not have, by country. `us_city`: the city that a title names for all rows; `filled`:
    row numbers whose U.S. city is that of a row above."""

    rows: Sequence[FileRow]
    columns: Sequence[tuple[str, str]]
    left_alone: Sequence[str]
    outside: Mapping[str, int] = field(default_factory=dict)
    us_city: str = ""
    filled: Sequence[int] = ()
    sheet: str = ""
    other_sheets: Sequence[str] = ()
    header_row: int = 1
    separator: str = ""


def read_list(
    path: Path,
    dataset: Dataset,
    *,
    most_bytes: int,
    told: HowToRead = AS_FOUND,
    us_city: str = "",
    progress: Progress = no_progress,
) -> PartnershipFile:
    """The rows of a list. `us_city`: of all its rows, where a person has said so. Raises BadData with every cell that
    cannot be taken in."""
    grid = read_grid(
        path, most_bytes=most_bytes, progress=progress, told=told, fit=how_many_needed, is_first_enough=True
    )
    places = places_of(dataset)
    columns = find_columns(grid, places, us_city, header_row=told.header_row)
    body = grid.below(columns.header + 1)
    headings = grid.head[columns.header]
    problems = body.problems_of((at, headings[at]) for at in dict.fromkeys(columns.places))
    cities = frozenset(map(normalize, dataset.tables["partner_cities"]["name"]))
    reader = _Reader(grid.name, places, frozenset(dataset.partnerships["id"]), cities, problems)
    rows: list[FileRow] = []
    filled: list[int] = []
    for number, is_hidden, cells in _cells(body, columns, filled):
        rows += [replace(row, is_hidden=is_hidden) for row in reader.read(number, cells)]
    if problems:
        raise BadData(sorted(problems, key=lambda problem: problem.row or 0))
    if not rows and not reader.outside:
        raise refused(grid.name, "no_rows")
    named = [(headings[at], name) for name, at in columns.one.items()]
    named += [(headings[at], name) for partner in columns.partners for name, at in partner.items()]
    taken = set(columns.places)
    return PartnershipFile(
        rows,
        list(dict.fromkeys(named)),
        [heading for at, heading in enumerate(headings) if heading and at not in taken],
        reader.outside,
        columns.us_city,
        filled,
        grid.sheet,
        grid.other_sheets,
        columns.header + 1,
        grid.delimiter,
    )


def _cells(body: Grid, columns: ListColumns, filled: list[int]) -> Iterator[tuple[int, bool, dict[str, str]]]:
    """(row number, whether it is hidden, cells by column) of each partner of each row that is not blank. Where most
    rows leave the U.S. city blank, it is that of the row above."""
    at_us = columns.one.get("us_community")
    blank = 0 if at_us is None else int((body.columns[at_us].codes == 0).sum())
    is_once = at_us is not None and body.rows > 1 and blank >= MOSTLY_BLANK * body.rows
    above: dict[str, str] = {}
    for row in range(body.rows):

        def cell(at: int, row: int = row) -> str:
            return str(body.columns[at].values[body.columns[at].codes[row]])

        shared = {name: cell(at) for name, at in columns.one.items()}
        if columns.us_city:
            shared["us_community"] = columns.us_city
        number = int(body.numbers[row])
        own = {name: shared.get(name, "") for name in ("us_community", "us_state")}
        if is_once and not any(own.values()) and any(cell(at) for at in columns.partners[0].values()):
            shared |= above
            filled.append(number)
        elif own["us_community"]:
            above = own
        is_hidden = bool(body.hidden is not None and body.hidden[row])
        partners = [{name: cell(at) for name, at in partner.items()} for partner in columns.partners]
        if columns.countries:
            for partner, code in zip(partners, columns.countries.values(), strict=True):
                partner["country_iso3"] = code if partner["partner_community"] else ""
        given = [partner for partner in partners if partner["partner_community"]]
        for partner in given or partners[:1]:
            cells = {**shared, **partner}
            cells |= {name: without_marks(text) for name, text in cells.items() if name not in {"source_ids", "note"}}
            if any(value for name, value in cells.items() if not (columns.us_city and name == "us_community")):
                yield number, is_hidden, cells


@dataclass
class _Reader:
    """Understands the cells of rows; gathers what is out of scope and what cannot be taken in. `known_ids`: ids of the
    data; others are the list's own. `partner_cities`: normalized names of cities, by which "Izmir, Antalya" may be
    two."""

    name: str
    places: Places
    known_ids: frozenset[str]
    partner_cities: frozenset[str]
    problems: list[Problem]
    outside: Counter[str] = field(default_factory=Counter)

    def read(self, number: int, cells: dict[str, str]) -> list[FileRow]:
        """The pairings of one row: none where it is out of scope, several where a cell names several partners."""
        return [row for one in self._several(cells) if (row := self._row(number, one))]

    def _several(self, cells: dict[str, str]) -> list[dict[str, str]]:
        """A row for each of several partners that signs part, each with its country."""
        partners = list(filter(None, PARTS.split(cells.get("partner_community", ""))))
        if len(partners) < 2:
            return [dict(cells)]
        countries = list(filter(None, PARTS.split(cells.get("country_iso3", ""))))
        if len(countries) != len(partners):
            return [{**cells, "partner_community": city} for city in partners]
        pairs = zip(partners, countries, strict=True)
        return [{**cells, "partner_community": city, "country_iso3": land} for city, land in pairs]

    def _row(self, number: int, cells: dict[str, str]) -> FileRow | None:
        def wrong(kind: str, column: str, **details: object) -> None:
            self.problems.append(Problem(self.name, kind, number, column, cells.get(column, ""), details))

        words: dict[str, str] = {}
        doubt = ""
        given = cells.get("id", "")
        has_own_id = bool(given) and given not in self.known_ids and given.casefold() != "new"
        if has_own_id:
            # one that looks like ours is a typing error; any other is the list's own number
            doubt = "unknown_id" if "--" in given or given.startswith("not-yet") else ""
            cells["id"] = ""
        self._split_places(cells)
        land = cells.get("country_iso3", "")
        code = self.places.country(land) if land else ""
        if land and not code:
            if (outside := self.places.outside(land)) and not cells.get("id"):
                self.outside[outside] += 1
                return None
            if len(self.places.countries_in(land)) > 1:
                doubt = doubt or "several_countries"
            else:
                wrong("unknown_country", "country_iso3")
        cells["country_iso3"] = code
        if cells.get("us_state"):
            state = self.places.state(cells["us_state"])
            if not state:
                wrong("unknown_state", "us_state")
            cells["us_state"] = state
        elif cells.get("us_community"):
            cells["us_state"] = self._state_itself(cells["us_community"])
        if not cells.get("id"):
            missing = next((name for name in NEEDED if not cells.get(name)), "")
            doubt = doubt or (f"no_{missing}" if missing else "")
            if not cells.get("us_community") and not cells.get("partner_community"):
                doubt = "unidentified"
        doubt = doubt or self._doubtful(cells)
        for column in YEARS:
            text = cells.get(column, "")
            year = year_in(text)
            cells[column] = year if is_known(year) else ""
            if text and not cells[column] and not re.fullmatch(r"[-–—.\s]+", text):
                words[column] = text
        if cells.get("end_year") and cells.get("start_year") and int(cells["end_year"]) < int(cells["start_year"]):
            words["end_year"] = cells["end_year"]
            cells["end_year"] = ""
        for column, choices in CHOICES.items():
            if cells.get(column):
                plain = cells[column].casefold().replace("-", " ").strip()
                plain = SAME_CHOICE.get(plain, plain)
                if plain not in choices and not is_unanswered(plain):
                    words[column] = cells[column]
                cells[column] = plain if plain in choices else ""
        return FileRow(number, cells, words, doubt, has_own_id=has_own_id)

    def _doubtful(self, cells: Mapping[str, str]) -> str:
        """Whether a cell may name several communities: then a person has to say."""
        if PARTS.search(cells.get("us_community", "")):
            return "several_us"
        text = cells.get("partner_community", "")
        if len([part for part in MAY_PART.split(text) if part.strip()]) > 1:
            return "several_partners"
        parts = [normalize(part) for part in text.split(",") if part.strip()]
        return "several_partners" if len(parts) > 1 and all(part in self.partner_cities for part in parts) else ""

    def _state_itself(self, community: str) -> str:
        """The state that a pairing of a whole state names as its community; a city may be called as one."""
        match = WHOLE_STATE.fullmatch(community.strip())
        bare = match.group(1) if match else community
        is_city_too = normalize(bare) in {"newyork", "washington"} and normalize(bare) == normalize(community)
        return "" if len(bare) <= 3 or is_city_too else self.places.states.get(normalize(bare), "")

    def _split_places(self, cells: dict[str, str]) -> None:
        """ "Houston, TX" is a community and a state; "Istanbul, Turkey" a community and a country."""
        before, mark, after = cells.get("us_community", "").rpartition(",")
        if mark and normalize(after) in {"usa", "us"}:
            before, _, after = before.rpartition(",")
        if mark and self.places.state(after):
            cells["us_community"] = before.strip()
            cells["us_state"] = cells.get("us_state") or after.strip()
        behind = re.fullmatch(r"(.+) ([A-Z]{2})", cells.get("us_community", ""))
        if behind and not cells.get("us_state") and behind.group(2) in self.places.states.values():
            cells |= {"us_community": behind.group(1), "us_state": behind.group(2)}
        for pattern in (BEHIND_COMMA, IN_BRACKETS):
            found = pattern.fullmatch(cells.get("partner_community", ""))
            if found and (self.places.country(found.group(2)) or self.places.outside(found.group(2))):
                cells["partner_community"] = found.group(1).strip()
                cells["country_iso3"] = cells.get("country_iso3") or found.group(2).strip()
                return
