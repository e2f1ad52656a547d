"""What the public tells: of which partnership or country, what kind of thing, and whether the data has it already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.dataset.about import last_possible_year
from dashboard.dataset.model import Dataset
from dashboard.dataset.schema import FIRST_YEAR
from dashboard.dataset.spelling import normalize
from dashboard.metrics.registry import Entry, entries_of_country, find_entry, other_names, programs_of
from dashboard.store.proposals import Proposal
from dashboard.store.tables import LONG
from dashboard.strings import Catalog

PARTNERSHIP, COUNTRY = "partnership", "country"
FIELDS = START_YEAR, US_CITY, PARTNER_CITY, ENDED, PROGRAM, ELSE = (
    *("start_year", "us_city", "partner_city", "ended", "program", "else"),
)
YEARS, CITIES = (START_YEAR, ENDED), (US_CITY, PARTNER_CITY)
LONGEST_VALUE, LONGEST_CITY, LONGEST_NOTE, LONGEST_NAME, LONGEST_EMAIL = 400, 120, LONG, 200, 320
YEAR = re.compile(r"\d{4}", re.ASCII)
WEB = re.compile(r"https?://", re.IGNORECASE)
# scheme, host with a dot, perhaps a port, then whatever an address may have
ADDRESS = re.compile(r"https?://[^\s/?#@\\]+\.[^\s/?#@\\.]+(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE)
# control characters, halves of letters, what is no letter at all; and the marks that turn text round, which can make
# it read as something else. Joiners and direction marks that Arabic and Persian need are none of them.
REFUSED = {"Cc", "Cs", "Cn", "Co"}
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINES = "\n\t"


@dataclass(frozen=True)
class Subject:
    """What a proposal is about. `key` as proposals have it ("partnership:ID", "country:ISO3"), `path` its page;
    `entry`: the partnership, None for a country."""

    key: str
    path: str
    label: str
    country_iso3: str
    country: str
    entry: Entry | None = None


def find_subject(dataset: Dataset, t: Catalog, key: str) -> Subject | None:
    """What a key names, in large or small letters; None where there is no such thing."""
    kind, _, name = key.partition(":")
    if kind == PARTNERSHIP:
        ids = dataset.partnerships["id"]
        entry = find_entry(dataset, name)
        if entry is None and not (found := ids[ids.str.casefold() == name.casefold()]).empty:
            entry = find_entry(dataset, str(found.iloc[0]))
        if entry is None:
            return None
        path = f"/partnerships/{entry.id}"
        key = f"{PARTNERSHIP}:{entry.id}"
        return Subject(key, path, entry_label(t, entry), entry.country_iso3, entry.country, entry)
    countries = dataset.countries
    rows = countries[countries["iso3"].str.casefold() == name.casefold()]
    if kind != COUNTRY or rows.empty:
        return None
    iso3, country = str(rows["iso3"].iloc[0]), str(rows["name"].iloc[0])
    return Subject(f"{COUNTRY}:{iso3}", f"/?country={iso3}", country, iso3, country)


def entry_label(t: Catalog, entry: Entry) -> str:
    """A partnership by its two ends; one that is not identified by its country."""
    if not entry.is_identified:
        return t("partnership.open", country=entry.country)
    return t("panel.pair", us=entry.us_name, partner=entry.partner_community)


def has_refused_signs(text: str) -> bool:
    """Whether a text has signs that nobody types, lines and tabs aside."""
    return any(
        (sign not in LINES and unicodedata.category(sign) in REFUSED) or sign in TURNING or sign == "\ufffd"
        for sign in text
    )


def fault_of_value(field: str, value: str, *, last_year: int) -> str:
    """What is wrong with a value for its field, as the end of a key of the catalogue (tell.wrong.…); "" for nothing."""
    if field in YEARS:
        if not value:
            return "" if field == ENDED else "year"
        return "" if YEAR.fullmatch(value) and FIRST_YEAR <= int(value) <= last_year else "year"
    if not any(sign.isalnum() for sign in value):
        return "city" if field in CITIES else "value"
    if field in CITIES and (WEB.match(value) or not any(sign.isalpha() for sign in value) or len(value) > LONGEST_CITY):
        return "city"
    return "value_long" if len(value) > LONGEST_VALUE else ""


def fault_of_source(source: str) -> str:
    """The same of where something can be read: an address that begins as one has to be one."""
    if not any(sign.isalnum() for sign in source):
        return "source"
    return "address" if WEB.match(source) and not ADDRESS.fullmatch(source) else ""


def last_year_of(dataset: Dataset) -> int:
    """The last year that anything can have happened in."""
    return last_possible_year(dataset.about)


def held(dataset: Dataset, subject: Subject, field: str) -> list[str]:
    """What the data has of a field: of a partnership what is recorded of it, of a country all cities and programs."""
    found = [subject.entry] if subject.entry else entries_of_country(dataset, subject.country_iso3)
    if field == US_CITY:
        return _filled(entry.us_name for entry in found)
    if field == PARTNER_CITY:
        return _filled(entry.partner_community for entry in found)
    if field == PROGRAM:
        return _filled(str(program["title"]) for entry in found for program in programs_of(dataset, entry))
    if subject.entry is None:
        return []
    entry = subject.entry
    years = {START_YEAR: entry.start_year, ENDED: entry.end_year}
    if field in years:
        year = years[field]
        return [] if year is None else [str(year)]
    return _filled([entry.note])


def is_known(dataset: Dataset, subject: Subject, field: str, value: str) -> bool:
    """Whether the data has just that."""
    if field == ENDED and not value:
        return subject.entry is not None and subject.entry.status == "ended"
    here = held(dataset, subject, field)
    if field in YEARS:
        return value in here
    wanted = normalize(value)
    if not wanted:
        return False
    if field == ELSE:
        return any(wanted in normalize(text) for text in here)
    spelled = {normalize(text) for text in here}
    if field == US_CITY:
        spelled |= {normalize(text.rpartition(", ")[0] or text) for text in here}
    if field == PARTNER_CITY:
        names = other_names(dataset)
        others = (names.get((subject.country_iso3, normalize(text)), "") for text in here)
        spelled |= {normalize(text) for several in others for text in several.split(";") if text}
        spelled |= {normalize(f"{text}, {subject.country}") for text in here}
    return wanted in spelled


def same_as(proposal: Proposal, others: Iterable[Proposal]) -> list[Proposal]:
    """Those of others that say the same of the same."""
    mark = _mark(proposal)
    return [] if proposal.edits else [each for each in others if each.id != proposal.id and _mark(each) == mark]


def _mark(proposal: Proposal) -> tuple[str, str, str]:
    return proposal.subject, proposal.texts["field"], normalize(proposal.texts["value"])


def _filled(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
