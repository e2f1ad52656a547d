"""The research on everything that a basis counts: how far it is in each country, and what is open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.dataset.model import Basis, Dataset
from dashboard.dataset.records import records
from dashboard.metrics.registry import DATED, Entry, all_entries, candidates, entries
from dashboard.metrics.table import Table
from dashboard.selection import Selection

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# where a remark names lists and articles by their year, that year says nothing of the partnership
OF_A_SOURCE = re.compile(
    r"(?:Wikipedia|Wikidata|listed|list(?:s)? of|Times|Matters for America|SCI's|articles?|page of|reports?|"
    r"VOA|WUFT|Tadias|News Agency|National|directory,?|2008 judgement|annual reports?)[^;]*",
    re.IGNORECASE,
)
QUESTIONS = ("cities", "candidates", "start_year", "other_year", "state", "counts", "confidence")


@dataclass(frozen=True)
class Progress:
    """How far the research is in one country. `contacted` and `surveyed` are None: the data has no column for
    either yet, which is not the same as nobody."""

    country_iso3: str
    country: str
    region: str
    counted: int
    identified: int
    dated: int
    contacted: int | None
    surveyed: int | None


@dataclass(frozen=True)
class Question:
    """Something open. `kind` is one of `QUESTIONS`; `about` the partnership or what else is meant, `details` what is
    known, `ids` the partnerships it is about."""

    kind: str
    country_iso3: str
    country: str
    about: str
    details: str
    ids: tuple[str, ...] = ()
    number: int = 1


def progress(dataset: Dataset, selection: Selection) -> list[Progress]:
    """A row for each country with a partnership that counts in the basis's last year, the most to do first."""
    by_country: dict[str, list[Entry]] = {}
    for each in entries(dataset, _whole(selection)):
        by_country.setdefault(each.country_iso3, []).append(each)
    rows = [
        Progress(
            country_iso3=code,
            country=of[0].country,
            region=of[0].region,
            counted=len(of),
            identified=sum(each.is_identified for each in of),
            dated=sum(each.recorded == DATED for each in of),
            contacted=None,
            surveyed=None,
        )
        for code, of in by_country.items()
    ]
    return sorted(rows, key=lambda row: (row.identified - row.counted, row.dated - row.counted, row.country))


def progress_table(rows: Sequence[Progress]) -> Table:
    """country_iso3, country, region, counted, identified, dated, contacted, surveyed (None: not recorded)."""
    names = ("country_iso3", "country", "region", "counted", "identified", "dated", "contacted", "surveyed")
    return Table({name: [getattr(row, name) for row in rows] for name in names})


def questions(dataset: Dataset, selection: Selection) -> list[Question]:
    """Everything open about what the basis counts, in the order of `QUESTIONS`, then by country.

    cities: partnerships counted and not identified; candidates: pairings that may be among them; start_year: named
    ones without a year; other_year: dated ones whose remark names another year too; state: the U.S. state is not
    known; counts: published counts of a country that differ; confidence: rows of low confidence.
    """
    basis = dataset.bases[selection.basis]
    counted = entries(dataset, _whole(selection))
    found = [*_unidentified(dataset, basis, counted), *_published(dataset, {each.country_iso3 for each in counted})]
    for each in counted:
        if not each.is_identified:
            continue
        if each.start_year is None:
            found.append(_about("start_year", each, f"{each.known_by or ''}"))
        elif years := other_years(each.note, each.start_year):
            found.append(_about("other_year", each, f"{each.start_year}; {each.note}", number=len(years)))
        if not each.us_state:
            found.append(_about("state", each, each.us_community))
        if each.confidence == "low":
            found.append(_about("confidence", each, each.note))
    return sorted(found, key=lambda one: (QUESTIONS.index(one.kind), one.country, one.about))


def questions_table(found: Sequence[Question]) -> Table:
    """kind, country_iso3, country, about, details, ids (joined by ";")."""
    return Table(
        {
            "kind": [each.kind for each in found],
            "country_iso3": [each.country_iso3 for each in found],
            "country": [each.country for each in found],
            "about": [each.about for each in found],
            "details": [each.details for each in found],
            "ids": [";".join(each.ids) for each in found],
        }
    )


def other_years(note: str, start_year: int) -> list[int]:
    """Years in a remark that are not the start year, but those by which it names a source."""
    years = {int(year) for year in YEAR.findall(OF_A_SOURCE.sub("", note))}
    return sorted(years - {start_year})


def _whole(selection: Selection) -> Selection:
    """The state of research does not follow the year."""
    return selection.without_year()


def _about(kind: str, each: Entry, details: str, *, number: int = 1) -> Question:
    name = f"{each.us_name}–{each.partner_community}"
    return Question(kind, each.country_iso3, each.country, name, details, (each.id,), number)


def _unidentified(dataset: Dataset, basis: Basis, counted: Sequence[Entry]) -> list[Question]:
    found = []
    for code in dict.fromkeys(each.country_iso3 for each in counted if not each.is_identified):
        of = [each for each in counted if each.country_iso3 == code and not each.is_identified]
        first, ids = of[0], tuple(each.id for each in of)
        found.append(Question("cities", code, first.country, first.country, "", ids, len(of)))
        maybe = candidates(dataset, basis, code)
        if maybe:
            names = "; ".join(f"{each.us_name}–{each.partner_community}" for each in maybe)
            ids = tuple(each.id for each in maybe)
            found.append(Question("candidates", code, first.country, first.country, names, ids, len(maybe)))
    return found


def _published(dataset: Dataset, countries: set[str]) -> list[Question]:
    table = dataset.tables["published_counts"]
    names = {each.country_iso3: each.country for each in all_entries(dataset).values()}
    found = []
    for code, rows in table.groupby("country_iso3"):
        if code in countries and rows["partnerships"].nunique() > 1:
            said = "; ".join(f"{row['partnerships']} ({row['date']}, {row['scope']})" for row in records(rows))
            found.append(Question("counts", str(code), names[str(code)], names[str(code)], said, (), len(rows)))
    return found
