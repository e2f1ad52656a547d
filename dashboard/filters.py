"""What a visitor looks at: the filters that can be chosen, and everything else that an address says.

A filter is one entry of `FILTERS`: its name in the address, what can be chosen, where its control stands and the mask
it puts on rows. Every count and every list goes through `apply_filters`, so an entry is all that a new filter needs.
This module is the only one that reads or writes addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote_plus

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.dataset import schema
from dashboard.dataset.model import DOCUMENTED, Basis, Dataset
from dashboard.dataset.place_names import country_spellings, state_spellings
from dashboard.dataset.records import Coded
from dashboard.dataset.spelling import normalize
from dashboard.strings import primary

MAPS = ("countries", "states", "links")
# what survey shares are shares of
ANSWERED, ASKED = "answered", "asked"
# Parameters of single pages, such as the community that a partner is looked for; the page says what they mean. `of` is
# the key of a page that has no path of its own for it: a file, or a card alone.
# Lists are searched, sorted and turned under names of their own: that of the registry has the plain ones.
LIST_PARAMS = (
    *("find", "sort", "start"),
    *("find-states", "sort-states", "find-board", "sort-board", "find-questions", "sort-questions", "start-questions"),
)
# `form` and `paper` are of the report.
PAGE_PARAMS = (
    *("community", "partner", "weights", "target", "by", "least", "travel", "form", "paper"),
    *(*LIST_PARAMS, "of"),
)
LONGEST_PAGE_PARAM = 60
# the language of every page, which is no choice among what is counted
LANGUAGE = "lang"
LONGEST_QUERY = 2000
MOST_PARAMETERS = 60
LONGEST_QUOTE = 40
# Parameters that newsletters and social networks add to links: no mistake of the visitor's, so nothing is said.
TRACKERS = (
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "twclid",
    "yclid",
    "igshid",
    "ttclid",
    "li_fat_id",
)
TRACKER_PREFIXES = ("utm_", "mc_", "_hs", "pk_", "mtm_")

# what rows can be about; each has its own columns
PARTNERSHIPS, PROGRAMS, ANSWERS, COUNTRIES = "partnerships", "programs", "answers", "countries"
# countries looked at beside each other, as where a partner could be found: choosing one of them narrows nothing
COMPARED = "compared"
# what no filter changes: the sources and their differences
SOURCES = "sources"
# where a control stands: a chip for each option, a list in the filter bar, a list behind "More filters", or nowhere,
# because the figures themselves set the filter
CHIPS, LIST, MORE, FIGURES = "chips", "list", "more", "figures"


@dataclass(frozen=True)
class Option:
    """One value of a filter: its label and every other spelling that addresses may use.

    `label` is "" where the catalogue has it, under `filter.<name of the filter>.<value>`.
    """

    value: str
    label: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """One filter.

    `columns`: for each kind of rows that can obey it, the column it looks at; rows of another kind are not filtered,
    and their charts say so. `title` is the key of its name in the catalogue. `has_short_labels`: in lines with little
    room its value stands for its label ("TX").
    """

    name: str
    title: str
    columns: Mapping[str, str]
    list_options: Callable[[Dataset], Sequence[Option]]
    is_multiple: bool = False
    control: str = LIST
    has_short_labels: bool = False

    def mask(self, rows: pd.DataFrame | Coded, values: Sequence[str], kind: str) -> npt.NDArray[np.bool_]:
        """Which of the rows pass."""
        if isinstance(rows, Coded):
            return rows.is_one_of(self.columns[kind], values)
        column = rows[self.columns[kind]]
        if not isinstance(column.dtype, pd.CategoricalDtype):
            return column.isin(values).to_numpy()
        # by the few categories, for this is asked a dozen times for an answer; -1 stands for no value
        is_chosen = np.append(column.cat.categories.isin(values), False)
        return is_chosen[column.cat.codes.to_numpy()]


def _regions(dataset: Dataset) -> list[Option]:
    return [Option(region, dataset.naming.region(region)) for region in regions_by_size(dataset)]


def _countries(dataset: Dataset) -> list[Option]:
    countries = dataset.countries
    return _places(countries["iso3"], countries["name"], country_spellings(dataset))


def _states(dataset: Dataset) -> list[Option]:
    states = dataset.tables["us_states"].sort_values("name", key=dataset.naming.sort_column)
    return _places(states["state"], states["name"], state_spellings(dataset))


def _places(codes: Iterable[str], names: Iterable[str], spellings: Mapping[str, str]) -> list[Option]:
    by_code: dict[str, list[str]] = {}
    for spelling, code in spellings.items():
        by_code.setdefault(code, []).append(spelling)
    return [Option(code, name, tuple(by_code[code])) for code, name in zip(codes, names, strict=True)]


def _words_of(name: str) -> Callable[[Dataset], list[Option]]:
    """The words of a column of partnerships that one on any basis has, in the order of the data's dictionary."""
    column = next(column for column in schema.PARTNERSHIPS.columns if column.name == name)

    def options(dataset: Dataset) -> list[Option]:
        there = {word for basis in dataset.bases.values() for word in basis.rows[name].unique()}
        return [Option(word, "") for word in column.choices if word in there]

    return options


# in the order of the address and of the page
FILTERS: tuple[Filter, ...] = (
    Filter(
        "region",
        "filter.regions",
        {PARTNERSHIPS: "region", PROGRAMS: "region", ANSWERS: "region", COUNTRIES: "region", COMPARED: "region"},
        _regions,
        is_multiple=True,
        control=CHIPS,
    ),
    Filter(
        "country",
        "column.country",
        # answers are kept by region, for the respondents' privacy: a country shows those of its region, and says so
        {PARTNERSHIPS: "country_iso3", PROGRAMS: "country_iso3", COUNTRIES: "iso3", ANSWERS: "region"},
        _countries,
        control=FIGURES,
    ),
    Filter(
        "state",
        "filter.state",
        {PARTNERSHIPS: "us_state", PROGRAMS: "us_state", ANSWERS: "us_state"},
        _states,
        has_short_labels=True,
    ),
    # programs, answers and countries have no status: their figures say that they do not follow it
    Filter(
        "status",
        "filter.status.title",
        {PARTNERSHIPS: "status"},
        _words_of("status"),
        is_multiple=True,
        control=MORE,
    ),
)


@dataclass(frozen=True)
class Filters:
    """What is chosen: pairs (name of a filter, its values), in the order of `FILTERS`, without empty ones."""

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @staticmethod
    def of(**values: str | Iterable[str] | None) -> Filters:
        """The same from named values; what is blank is not chosen. Raises KeyError for a name that is no filter."""
        listed = {name: (value,) if isinstance(value, str) else tuple(value or ()) for name, value in values.items()}
        if unknown := listed.keys() - {each.name for each in FILTERS}:
            raise KeyError(*sorted(unknown))
        return Filters(tuple((each.name, listed[each.name]) for each in FILTERS if any(listed.get(each.name, ()))))

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """The values chosen for a filter, () for none."""
        return self._by_name.get(name, ())

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        return dict(self.chosen)

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.chosen)

    def having(self, **values: str | Iterable[str] | None) -> Filters:
        """The same with other values for the filters named."""
        return Filters.of(**{**dict(self.chosen), **values})

    def without(self, *names: str) -> Filters:
        """The same without the filters named."""
        return Filters(tuple(pair for pair in self.chosen if pair[0] not in names))


@dataclass(frozen=True)
class Selection:
    """One view of the data. `year` None stands for the newest of the basis, `wave` None for the newest of the year.

    `page_params` are pairs (one of `PAGE_PARAMS`, text) that only single pages read. `is_large_print` changes how large
    everything is shown, and nothing else.
    """

    basis: str
    filters: Filters = field(default_factory=Filters)
    year: int | None = None
    wave: str | None = None
    map: str = MAPS[0]
    is_sample: bool = False
    # shares of all who were asked the survey's question, not of those who answered it
    is_of_asked: bool = False
    page_params: tuple[tuple[str, str], ...] = ()
    is_large_print: bool = False

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions chosen, () for all."""
        return self.filters["region"]

    @property
    def country(self) -> str | None:
        """The code of the country chosen, None for all."""
        return next(iter(self.filters["country"]), None)

    @property
    def state(self) -> str | None:
        """The code of the U.S. state chosen, None for all."""
        return next(iter(self.filters["state"]), None)

    def page_param(self, name: str) -> str:
        """The text of one of `PAGE_PARAMS` as it was written; "" where it is not there."""
        return dict(self.page_params).get(name, "")

    def without_year(self) -> Selection:
        """The same for all years."""
        return replace(self, year=None)

    def having(self, **values: str | Iterable[str] | None) -> Selection:
        """The same with other values for the filters named."""
        return replace(self, filters=self.filters.having(**values))

    def without(self, *names: str) -> Selection:
        """The same without the filters named."""
        return replace(self, filters=self.filters.without(*names))

    def unfiltered(self) -> Selection:
        """The same with every filter taken off."""
        return replace(self, filters=Filters())


def apply_filters(rows: pd.DataFrame, filters: Filters, kind: str = PARTNERSHIPS) -> pd.DataFrame:
    """The rows that pass every filter chosen. `kind` says what the rows are (PARTNERSHIPS, …); they need the
    columns that the filters look at for it. A filter that this kind of rows cannot obey is left out."""
    masks = _masks(rows, filters, kind)
    # all of them at once: to take rows out of a table costs more than to ask which
    return rows[np.logical_and.reduce(masks)] if masks else rows


def find_passing(rows: pd.DataFrame | Coded, filters: Filters, kind: str = PARTNERSHIPS) -> npt.NDArray[np.bool_]:
    """Which rows `apply_filters` leaves, where nothing but that has to be known of them."""
    passing = np.ones(len(rows), dtype=np.bool_)
    for mask in _masks(rows, filters, kind):
        passing &= mask
    return passing


def _masks(rows: pd.DataFrame | Coded, filters: Filters, kind: str) -> list[npt.NDArray[np.bool_]]:
    chosen = [(each, filters[each.name]) for each in FILTERS if kind in each.columns]
    return [each.mask(rows, values, kind) for each, values in chosen if values]


def obeyed(filters: Filters, kind: str) -> Filters:
    """The filters chosen that rows of this kind obey."""
    return filters.without(*(each.name for each in unobeyed(filters, kind)))


@lru_cache(maxsize=64)
def unobeyed(filters: Filters, kind: str) -> tuple[Filter, ...]:
    """The filters chosen that rows of this kind cannot obey. Asked for each year of a chart."""
    return tuple(each for each in FILTERS if filters[each.name] and kind not in each.columns)


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
    """Everything that can be chosen in one dataset. `options`: by filter, its options by value, in their order;
    `spellings`: by filter, every spelling that is understood (as `normalize` gives it) to its value."""

    default_basis: str
    bases: Mapping[str, tuple[int, int]]
    options: Mapping[str, Mapping[str, Option]]
    spellings: Mapping[str, Mapping[str, str]]
    country_regions: Mapping[str, str]
    waves: tuple[str, ...]
    sample_waves: tuple[str, ...]
    languages: tuple[str, ...] = ()

    @property
    def regions(self) -> tuple[str, ...]:
        """All regions in their usual order: of chips, stacks and colours."""
        return tuple(self.options["region"])

    def ordered(self, name: str, values: Iterable[str]) -> tuple[str, ...]:
        """Values of a filter in its usual order, each once."""
        wanted = set(values)
        return tuple(value for value in self.options[name] if value in wanted)


def choices_of(dataset: Dataset, languages: tuple[str, ...] = ()) -> Choices:
    """The choices of a dataset; `languages` are those that an address can ask for."""
    options = {each.name: {option.value: option for option in each.list_options(dataset)} for each in FILTERS}
    spellings = {
        name: {normalize(text): value for value, option in by_value.items() for text in (*option.spellings, value)}
        for name, by_value in options.items()
    }
    return Choices(
        default_basis=dataset.about.default_basis,
        bases={basis.id: (basis.first_year, basis.last_year) for basis in dataset.bases.values()},
        options=options,
        spellings=spellings,
        country_regions=dict(zip(dataset.countries["iso3"], dataset.countries["region"], strict=True)),
        waves=tuple(wave.id for wave in dataset.survey.waves),
        sample_waves=tuple(wave.id for wave in dataset.sample.waves),
        languages=languages,
    )


def list_param(name: str, what: str) -> str:
    """What an address calls `find`, `sort` or `start` of a list: plain for the registry, as other programs know it."""
    return what if name == "registry" else f"{what}-{name}"


def regions_by_size(dataset: Dataset) -> tuple[str, ...]:
    """All sub-regions in scope, those with most partnerships in the default basis first; ties by the documented
    basis, then by name."""
    default, documented = dataset.bases[dataset.about.default_basis], dataset.bases[DOCUMENTED]

    def rank(region: str) -> tuple[int, int, str]:
        return (-_rows_in(default, region), -_rows_in(documented, region), region)

    return tuple(sorted(set(dataset.countries["region"]), key=rank))


def _rows_in(basis: Basis, region: str) -> int:
    return int((basis.rows["region"] == region).sum())


def parse(query: str, choices: Choices, *, newest: str = "") -> Parsed:
    """The nearest valid selection to the query part of an address ("?a=b" or "a=b"). `newest` is the name that was
    chosen last, where somebody chose.

    Never raises: what is not understood is left out or moved to the nearest valid value, and said in a notice.
    """
    notices: list[Notice] = []
    reader = _Reader(_values_by_name(query.removeprefix("?"), notices), notices, choices)
    basis = reader.basis()
    filters = {each.name: reader.filter_values(each) for each in FILTERS}
    selection = Selection(
        basis=basis,
        filters=Filters.of(**filters),
        year=reader.year(*choices.bases[basis]),
        map=reader.one("map", {name: name for name in MAPS}) or MAPS[0],
        is_sample=reader.one("sample", {"1": "1"}) is not None,
        is_of_asked=reader.one("base", {ASKED: ASKED, ANSWERED: ANSWERED}) == ASKED,
        page_params=reader.page_params(),
        is_large_print=reader.one("room", {"1": "1"}) is not None,
    )
    waves = choices.sample_waves if selection.is_sample else choices.waves
    selection = replace(selection, wave=reader.one("wave", {normalize(wave): wave for wave in waves}))
    reader.language()
    reader.note_unknown_names()
    return Parsed(_without_conflict(selection, choices, notices, newest), tuple(notices))


def _values_by_name(text: str, notices: list[Notice]) -> dict[str, list[str]]:
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
    return given


def to_query(selection: Selection, choices: Choices) -> str:
    """The one spelling of a selection: "" or "?…", defaults left out, always in the same order."""
    chips, lists = [
        [
            (each.name, value)
            for each in FILTERS
            if (each.control == CHIPS) is is_chips
            for value in selection.filters[each.name]
        ]
        for is_chips in (True, False)
    ]
    last_year = choices.bases[selection.basis][1]
    pairs = [
        *([("basis", selection.basis)] if selection.basis != choices.default_basis else []),
        *chips,
        *([("year", str(selection.year))] if selection.year not in (None, last_year) else []),
        *lists,
        *([("wave", selection.wave)] if selection.wave is not None else []),
        *([("map", selection.map)] if selection.map != MAPS[0] else []),
        *([("base", ASKED)] if selection.is_of_asked else []),
        *([("sample", "1")] if selection.is_sample else []),
        *([("room", "1")] if selection.is_large_print else []),
        *selection.page_params,
    ]
    return "?" + "&".join(f"{name}={quote_plus(value)}" for name, value in pairs) if pairs else ""


class _Reader:
    """Takes the parameters of one address one by one and notes what it could not take."""

    def __init__(self, given: Mapping[str, list[str]], notices: list[Notice], choices: Choices) -> None:
        self.given = given
        self.notices = notices
        self.choices = choices
        self.known: set[str] = set()

    def note(self, kind: str, name: str, value: str, **details: str) -> None:
        self.notices.append(Notice(kind, {"name": _shortened(name), "value": _shortened(value), **details}))

    def values(self, name: str) -> list[str]:
        self.known.add(name)
        return self.given.get(name, [])

    def one(self, name: str, spellings: Mapping[str, str]) -> str | None:
        """The last value of a parameter that may be given once, None where it is absent or strange."""
        return next(iter(self.each(name, spellings, self.values(name)[-1:])), None)

    def each(self, name: str, spellings: Mapping[str, str], values: Iterable[str]) -> list[str]:
        found = []
        for value in values:
            known = spellings.get(normalize(value)) or spellings.get(value)
            if known is None:
                self.note("value", name, value)
            else:
                found.append(known)
        return found

    def basis(self) -> str:
        return (
            self.one("basis", {normalize(basis): basis for basis in self.choices.bases}) or self.choices.default_basis
        )

    def filter_values(self, each: Filter) -> tuple[str, ...]:
        """The known values of a filter in their usual order; all of them is the same as none."""
        given = self.values(each.name)
        values = self.each(each.name, self.choices.spellings[each.name], given if each.is_multiple else given[-1:])
        ordered = self.choices.ordered(each.name, values)
        return () if each.is_multiple and len(ordered) == len(self.choices.options[each.name]) else ordered

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

    def language(self) -> None:
        """The language is that of the whole request (`dashboard/current.py`) and no part of a selection: here an
        unknown one is said."""
        for value in self.values(LANGUAGE)[-1:]:
            if find_language(value, self.choices.languages) is None:
                self.note("value", LANGUAGE, value)

    def page_params(self) -> tuple[tuple[str, str], ...]:
        """The last value of each parameter of a page; what is too long to mean anything is left out."""
        found = []
        for name in PAGE_PARAMS:
            for value in self.values(name)[-1:]:
                if value and len(value) <= LONGEST_PAGE_PARAM:
                    found.append((name, value))
                elif value:
                    self.note("value", name, value)
        return tuple(found)

    def note_unknown_names(self) -> None:
        for name in self.given:
            if name not in self.known and name not in TRACKERS and not name.startswith(TRACKER_PREFIXES):
                self.note("name", name, "")


def find_language(text: str, languages: Iterable[str]) -> str | None:
    """The language that an address or a browser means ("fr-CA" is "fr"); None where it is not among these."""
    return next((code for code in languages if primary(code) == primary(text)), None)


def language_of_query(query: str, languages: Iterable[str]) -> str | None:
    """The language that the query of an address asks for, None where it leaves that open."""
    said = dict(parse_qsl(query.removeprefix("?"), errors="replace")).get(LANGUAGE, "")
    return find_language(said, languages)


def query_of(address: str) -> str:
    """The query of an address; of what is no more than a query, all of it."""
    return address.partition("?")[2] if "?" in address else address


def with_language(address: str, code: str) -> str:
    """An address, or a query, that says none, in a language: "/states?year=1990&lang=fr"."""
    before, mark, place = address.partition("#")
    return f"{before}{'&' if '?' in before else '?'}{LANGUAGE}={code}{mark}{place}"


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _without_conflict(selection: Selection, choices: Choices, notices: list[Notice], newest: str) -> Selection:
    """A country outside the regions chosen would show nothing. Who chooses regions beside a country leaves the country;
    else the country wins, and it is said."""
    country = selection.country
    if country is None or not selection.regions or choices.country_regions[country] in selection.regions:
        return selection
    if newest == "region":
        return selection.without("country")
    notices.append(Notice("country_outside", {"country": choices.options["country"][country].label}))
    return selection.without("region")
