"""Which column of a list of sister cities is which: by heading, below titles, in lists that name the U.S. city once,
and in wide ones with a column for each partner."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.dataset.schema import PARTNERSHIPS
from dashboard.dataset.spelling import normalize
from dashboard.intake.files import refused
from dashboard.intake.grid import Grid
from dashboard.intake.places import Places

NEEDED = {"partner_community", "country_iso3", "us_community"}
# signs that lists put behind names: footnotes, flags
MARKS = re.compile(r"\[\w{1,4}\]|[*†‡§¶]+|[\U0001F1E6-\U0001F1FF]+|[⁰¹²³⁴-⁹]+|\((?:note|fn)\s*\w*\)", re.IGNORECASE)
NUMBERED = re.compile(r"^(.*?)\s*[#(]?\s*(\d{1,2})\)?$")
TITLE = re.compile(
    r"(?:sister|twin|partner|friendship)\s+(?:cit(?:y|ies)|towns?|communities)(?:\s+\w+)?"
    r"\s+(?:of|for)\s+(?:the city of\s+)?(.+)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def list_words() -> Mapping[str, Any]:
    """What `lists.toml` says: headings and months of lists of sister cities."""
    return tomllib.loads(Path(__file__).with_name("lists.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def columns_by_heading() -> Mapping[str, str]:
    """Folded headings to columns of partnerships.csv."""
    spelled = {normalize(name): name for name in PARTNERSHIPS.column_names()}
    for name, headings in list_words()["headings"].items():
        spelled |= {normalize(heading): name for heading in headings}
    return spelled


@lru_cache(maxsize=1)
def weak_headings() -> frozenset[str]:
    """Folded headings that say the U.S. city only where no other column does."""
    return frozenset(map(normalize, list_words()["weak_us"]))


@dataclass(frozen=True)
class ListColumns:
    """`header`: the place of the header row; `one`: column to place; `partners`: for each partner of a row its columns
    to places (one in a plain list); `countries`: for wide lists headed by countries, place to code; `us_city`: the one
    city that a title names."""

    header: int
    one: Mapping[str, int]
    partners: Sequence[Mapping[str, int]]
    countries: Mapping[int, str] = field(default_factory=dict)
    us_city: str = ""

    @property
    def places(self) -> list[int]:
        """The places of all columns that are read."""
        return [*self.one.values(), *(at for partner in self.partners for at in partner.values())]


def without_marks(text: str) -> str:
    """A cell without footnote marks and flags; its lines stay, because they may part several partners."""
    lines = (" ".join(line.split()) for line in MARKS.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def how_many_needed(grid: Grid) -> int:
    """How many of the columns that a list needs are in a table: by this a sheet is chosen."""
    return max((len(NEEDED.intersection(_named(row))) for row in grid.head), default=0)


def find_columns(grid: Grid, places: Places, us_city: str, *, header_row: int | None = None) -> ListColumns:
    """The columns of a list. `header_row`: that of its headings, counted from 1, where a person has said so. Raises
    BadData where no column holds the partner, or nothing says the U.S. city."""
    rows = list(enumerate(grid.head))
    if header_row is not None and not (rows := rows[max(header_row - 1, 0) : max(header_row, 0)]):
        raise refused(grid.name, "no_header_row", header_row)
    number, found = max(((at, _named(row)) for at, row in rows), key=lambda pair: (len(pair[1]), -pair[0]))
    countries: dict[int, str] = {}
    if "partner_community" not in found:
        number, countries = _country_headings(rows, places)
        found = _named(grid.head[number])
    headings = "; ".join(filter(None, grid.head[number]))
    if "partner_community" not in found and not countries:
        raise refused(grid.name, "no_partnerships", headings=headings, missing="partner_community")
    title = us_city or next(filter(None, (_city_of_title(row) for row in grid.head[:number])), "")
    if "us_community" not in found and not title:
        raise refused(grid.name, "no_us_city", headings=headings)
    one = {name: at[0] for name, at in found.items() if name not in {"partner_community", "country_iso3", "start_year"}}
    if "us_community" not in found:
        # in one city's own list a state or province is the partner's
        one.pop("us_state", None)
    partners = [{"partner_community": at} for at in countries] or _partners(grid.head[number], found)
    return ListColumns(number, one, partners, countries, "" if "us_community" in found else title)


def _named(row: Sequence[str]) -> dict[str, list[int]]:
    """Columns of partnerships.csv to the places of their headings in a row."""
    found: dict[str, list[int]] = {}
    weak = []
    for at, cell in enumerate(row):
        text = without_marks(cell)
        numbered = NUMBERED.match(text)
        for key in (normalize(text), normalize(numbered.group(1)) if numbered else ""):
            if name := columns_by_heading().get(key, ""):
                if name in {"partner_community", "country_iso3", "start_year"} or name not in found:
                    found.setdefault(name, []).append(at)
                break
        else:
            if normalize(text) in weak_headings():
                weak.append(at)
    if "us_community" not in found and weak:
        # beside a column of partners it is the U.S. city; alone, in one city's own list, it is the partner
        found["us_community" if "partner_community" in found else "partner_community"] = weak[:1]
    if "us_community" not in found and "partner_community" in found:
        # "City Name" beside "Sister City" is ours; alone it is the partner's
        sisters = [at for at in found["partner_community"] if normalize(without_marks(row[at])) != "cityname"]
        if sisters and len(sisters) < len(found["partner_community"]):
            found["us_community"] = [at for at in found["partner_community"] if at not in sisters][:1]
            found["partner_community"] = sisters
    return found


def _partners(headings: Sequence[str], found: Mapping[str, Sequence[int]]) -> list[dict[str, int]]:
    """The columns of each partner. Several partner columns with one country column share it; with several, each takes
    that of its number, or the next one."""
    cities = found["partner_community"]
    if len(cities) > 1 and not all(
        NUMBERED.match(headings[at]) or headings[at] == headings[cities[0]] for at in cities
    ):
        # two different names for it: the first is meant, the other is no second partner
        cities = cities[:1]
    partners = []
    for number, at in enumerate(cities):
        partner = {"partner_community": at}
        for name in ("country_iso3", "start_year"):
            columns = found.get(name, ())
            if len(columns) == 1 or (columns and len(cities) == 1):
                partner[name] = columns[0]
            elif len(columns) == len(cities):
                partner[name] = columns[number]
            elif columns:
                following = [other for other in columns if other > at]
                partner[name] = (following or list(columns))[0]
        partners.append(partner)
    return partners


def _country_headings(rows: Sequence[tuple[int, Sequence[str]]], places: Places) -> tuple[int, dict[int, str]]:
    """The row with most headings that are countries, two at least: each has its partner cities below."""
    best: tuple[int, dict[int, str]] = (rows[0][0], {})
    for number, row in rows:
        named = {
            at: code for at, cell in enumerate(row) if len(cell) > 3 and (code := places.country(without_marks(cell)))
        }
        if len(named) >= 2 and len(named) > len(best[1]):
            best = (number, named)
    return best


def _city_of_title(row: Sequence[str]) -> str:
    """The city that a title such as "Sister Cities of Anytown, Ohio" names: with its state, so that a title such as
    "Sister cities of Ohio" names none."""
    cells = [cell for cell in row if cell]
    match = TITLE.fullmatch(without_marks(cells[0])) if len(cells) == 1 else None
    return match.group(1).strip() if match and "," in match.group(1) else ""
