"""What a visitor looks at, and its one spelling in the address. The only parser of the address there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, quote_plus

from dashboard.dataset.model import DOCUMENTED, Basis, Dataset
from dashboard.dataset.place_names import country_spellings, state_spellings
from dashboard.dataset.spelling import folded

MAPS = ("countries", "states", "links")
# what single pages ask beside the view, such as the community that a partner is looked for; they say what it means.
# `of` is the key of a page for what has no path of its own to say it: a file, a card alone
PAGE_NAMES = ("community", "partner", "weights", "target", "by", "least", "find", "sort", "start", "of")
LONGEST_ASK = 60
# what survey shares are shares of
ANSWERED, ASKED = "answered", "asked"
LONGEST_QUERY = 2000
MOST_PARAMETERS = 60


@dataclass(frozen=True)
class Selection:
    """One view of the data. None and () mean: not chosen, so all (year: the newest of the basis).

    `asks` are pairs (one of `PAGE_NAMES`, text) that only single pages read; `is_room` changes how large it is shown
    and nothing else.
    """

    basis: str
    regions: tuple[str, ...] = ()
    year: int | None = None
    country: str | None = None
    state: str | None = None
    wave: str | None = None
    map: str = MAPS[0]
    is_sample: bool = False
    # shares of all who were asked the survey's question, not of those who answered it
    is_of_asked: bool = False
    asks: tuple[tuple[str, str], ...] = ()
    is_room: bool = False

    def ask(self, name: str) -> str:
        """What is asked under one of `PAGE_NAMES`, as it was written; "" where nothing is."""
        return dict(self.asks).get(name, "")

    @property
    def has_filter(self) -> bool:
        """Whether fewer than all rows of the basis are meant."""
        return bool(self.regions or self.country or self.state)

    def without_year(self) -> Selection:
        """The same for all years."""
        return replace(self, year=None)


@dataclass(frozen=True)
class Notice:
    """Something in an address that could not be taken as it stood. `kind` names a text (notice.<kind>)."""

    kind: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Parsed:
    """The nearest valid selection to an address, and what had to be left out."""

    selection: Selection
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Choices:
    """Everything that can be chosen in one dataset, with the spellings that are understood."""

    default_basis: str
    bases: Mapping[str, tuple[int, int]]
    regions: tuple[str, ...]
    region_spellings: Mapping[str, str]
    country_spellings: Mapping[str, str]
    country_names: Mapping[str, str]
    country_regions: Mapping[str, str]
    state_spellings: Mapping[str, str]
    waves: tuple[str, ...]
    sample_waves: tuple[str, ...]


def choices_of(dataset: Dataset) -> Choices:
    """The choices of a dataset. Regions come in the order of their size in the default basis."""
    countries = dataset.countries
    regions = regions_by_size(dataset)
    names = dict(zip(countries["iso3"], countries["name"], strict=True))
    return Choices(
        default_basis=dataset.about.default_basis,
        bases={basis.id: (basis.first_year, basis.last_year) for basis in dataset.bases.values()},
        regions=regions,
        region_spellings={folded(region): region for region in regions},
        country_spellings=country_spellings(dataset),
        country_names=names,
        country_regions=dict(zip(countries["iso3"], countries["region"], strict=True)),
        state_spellings=state_spellings(dataset),
        waves=tuple(wave.id for wave in dataset.survey.waves),
        sample_waves=tuple(wave.id for wave in dataset.sample.waves),
    )


def regions_by_size(dataset: Dataset) -> tuple[str, ...]:
    """All sub-regions in scope, those with most partnerships in the default basis first; ties by the documented
    basis, then by name. The order of chips, stacks and colours."""
    default, documented = dataset.bases[dataset.about.default_basis], dataset.bases[DOCUMENTED]

    def size(region: str) -> tuple[int, int, str]:
        return (-_rows_of(default, region), -_rows_of(documented, region), region)

    return tuple(sorted(set(dataset.countries["region"]), key=size))


def _rows_of(basis: Basis, region: str) -> int:
    return int((basis.rows["region"] == region).sum())


def parse(query: str, choices: Choices) -> Parsed:
    """The nearest valid selection to the query part of an address ("?a=b" or "a=b").

    Never raises: what is not understood is left out or moved to the nearest valid value, and said in a notice.
    """
    notices: list[Notice] = []
    text = query.removeprefix("?")
    if len(text) > LONGEST_QUERY:
        notices.append(Notice("too_long"))
        text = text[:LONGEST_QUERY].rsplit("&", 1)[0] if "&" in text[:LONGEST_QUERY] else ""
    try:
        pairs = parse_qsl(text, keep_blank_values=False, max_num_fields=MOST_PARAMETERS, errors="replace")
    except ValueError:
        notices.append(Notice("too_long"))
        pairs = []
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value.strip())
    reader = _Reader(given, notices, choices)
    basis = reader.basis()
    selection = Selection(
        basis=basis,
        regions=reader.regions(),
        year=reader.year(*choices.bases[basis]),
        country=reader.one("country", choices.country_spellings),
        state=reader.one("state", choices.state_spellings),
        map=reader.one("map", {name: name for name in MAPS}) or MAPS[0],
        is_sample=reader.one("sample", {"1": "1"}) is not None,
        is_of_asked=reader.one("base", {ASKED: ASKED, ANSWERED: ANSWERED}) == ASKED,
        asks=reader.asks(),
        is_room=reader.one("room", {"1": "1"}) is not None,
    )
    waves = choices.sample_waves if selection.is_sample else choices.waves
    selection = replace(selection, wave=reader.one("wave", {folded(wave): wave for wave in waves}))
    reader.unknown_names()
    return Parsed(_agreeing(selection, choices, notices), tuple(notices))


def to_query(selection: Selection, choices: Choices) -> str:
    """The one spelling of a selection: "" or "?…", defaults left out, always in the same order."""
    pairs: list[tuple[str, str]] = []
    if selection.basis != choices.default_basis:
        pairs.append(("basis", selection.basis))
    pairs += [("region", region) for region in selection.regions]
    if selection.year is not None and selection.year != choices.bases[selection.basis][1]:
        pairs.append(("year", str(selection.year)))
    for name in ("country", "state", "wave"):
        value = getattr(selection, name)
        if value is not None:
            pairs.append((name, value))
    if selection.map != MAPS[0]:
        pairs.append(("map", selection.map))
    if selection.is_of_asked:
        pairs.append(("base", ASKED))
    if selection.is_sample:
        pairs.append(("sample", "1"))
    if selection.is_room:
        pairs.append(("room", "1"))
    pairs += selection.asks
    return "?" + "&".join(f"{name}={quote_plus(value)}" for name, value in pairs) if pairs else ""


class _Reader:
    """Takes the parameters of one address one by one and notes what it could not take."""

    def __init__(self, given: Mapping[str, list[str]], notices: list[Notice], choices: Choices) -> None:
        self.given = given
        self.notices = notices
        self.choices = choices
        self.asked: set[str] = set()

    def note(self, kind: str, name: str, value: str, **details: str) -> None:
        shown = value if len(value) <= 40 else value[:39] + "…"
        self.notices.append(Notice(kind, {"name": name, "value": shown, **details}))

    def values(self, name: str) -> list[str]:
        self.asked.add(name)
        return self.given.get(name, [])

    def one(self, name: str, spellings: Mapping[str, str]) -> str | None:
        """The last value of a parameter that may be given once, None where it is absent or strange."""
        for value in self.values(name)[-1:]:
            found = spellings.get(folded(value)) or spellings.get(value)
            if found is not None:
                return found
            self.note("value", name, value)
        return None

    def basis(self) -> str:
        return self.one("basis", {folded(basis): basis for basis in self.choices.bases}) or self.choices.default_basis

    def regions(self) -> tuple[str, ...]:
        """The known regions named, in their usual order; all of them is the same as none."""
        named = set()
        for value in self.values("region"):
            region = self.choices.region_spellings.get(folded(value))
            if region is None:
                self.note("value", "region", value)
            else:
                named.add(region)
        ordered = tuple(region for region in self.choices.regions if region in named)
        return () if len(ordered) == len(self.choices.regions) else ordered

    def year(self, first: int, last: int) -> int | None:
        """The year within the years of the basis; None stands for the last."""
        for value in self.values("year")[-1:]:
            if not value.isascii() or not value.lstrip("+-").isdigit() or len(value) > 9:
                self.note("value", "year", value)
                return None
            year = min(max(int(value), first), last)
            if year != int(value):
                self.note("year", "year", value, used=str(year), first=str(first), last=str(last))
            return None if year == last else year
        return None

    def asks(self) -> tuple[tuple[str, str], ...]:
        """What single pages ask, the last of each name; what is too long to be anything is left out."""
        found = []
        for name in PAGE_NAMES:
            for value in self.values(name)[-1:]:
                if value and len(value) <= LONGEST_ASK:
                    found.append((name, value))
                elif value:
                    self.note("value", name, value)
        return tuple(found)

    def unknown_names(self) -> None:
        for name in self.given:
            if name not in self.asked:
                self.note("name", name if len(name) <= 40 else name[:39] + "…", "")


def _agreeing(selection: Selection, choices: Choices, notices: list[Notice]) -> Selection:
    """A country outside the regions chosen would show nothing: the country wins, and it is said."""
    country = selection.country
    if country is None or not selection.regions or choices.country_regions[country] in selection.regions:
        return selection
    notices.append(Notice("country_outside", {"country": choices.country_names[country]}))
    return replace(selection, regions=())
