"""The research on everything that a basis counts: how far it is in each country, and what is open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from dashboard.counting import selected_rows
from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.filters import Selection
from dashboard.metrics.registry import Entry, candidates, entries

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# a year in the name of a list or an article ("SCI's 2008 directory") is no year of the partnership
OF_A_SOURCE = re.compile(
    r"(?:Wikipedia|Wikidata|listed|list(?:s)? of|Times|Matters for America|SCI's|articles?|page of|reports?|"
    r"VOA|WUFT|Tadias|News Agency|National|directory,?|2008 judgement|annual reports?)[^;]*",
    re.IGNORECASE,
)
QUESTIONS = ("cities", "candidates", "start_year", "other_year", "state", "counts", "confidence")
PROGRESS = ["country_iso3", "country", "region", "counted", "identified", "dated", "contacted", "surveyed"]
COLUMNS = ["kind", "country_iso3", "country", "about", "details", "ids", "number"]
# values of COLUMNS
Question = tuple[str, str, str, str, str, str, int]


def progress_table(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """country_iso3, country, region (str), counted, identified, dated (int), contacted, surveyed (Int64): a row for
    each country with a partnership that counts, the most to do first. It does not follow the year.

    contacted and surveyed are missing where no log of conversations is kept, which is not the same as nobody.
    """
    rows = selected_rows(dataset.bases[selection.basis], selection.filters)
    identified = rows["is_identified"]
    rows = rows.assign(counted=1, identified=identified, dated=identified & rows["start_year"].notna())
    contacts = dataset.contacts
    for name in ("contacted", "surveyed"):
        ids = [] if contacts is None else contacts.loc[contacts[f"is_{name}"], "partnership_id"]
        rows[name] = rows["id"].isin(ids)
    numbers = rows.groupby("country_iso3", observed=True)[PROGRESS[3:]].sum().astype(int)
    if contacts is None:
        numbers[["contacted", "surveyed"]] = pd.NA
    numbers = numbers.astype({"contacted": "Int64", "surveyed": "Int64"})
    countries = dataset.countries.rename(columns={"iso3": "country_iso3", "name": "country"})
    table = countries[countries["country_iso3"].isin(numbers.index)].join(numbers, on="country_iso3")
    table = table.assign(
        open=table["counted"] - table["identified"],
        undated=table["counted"] - table["dated"],
    )
    by, key = ["open", "undated", "country"], dataset.naming.sort_column
    return table.sort_values(by, ascending=[False, False, True], ignore_index=True, key=key)[PROGRESS]


def questions_table(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """kind (one of QUESTIONS), country_iso3, country, about (the partnership or what else is meant), details (what is
    known), ids (of the partnerships it is about, joined by ";") (str), number (of what it is about) (int): everything
    open about what the basis counts, in the order of `QUESTIONS`, then by country. It does not follow the year.

    cities: partnerships counted and not identified; candidates: pairings that may be among them; start_year: named
    ones without a year; other_year: dated ones whose remark names another year too; state: the U.S. state is not
    known; counts: published counts of a country that differ; confidence: rows of low confidence.
    """
    counted = entries(dataset, selection.without_year())
    rows = [
        *_unidentified(dataset, selection, counted),
        *_published(dataset, {each.country_iso3 for each in counted}),
        *(question for each in counted if each.is_identified for question in _of_entry(each)),
    ]
    name = dataset.naming.sort_key
    rows.sort(key=lambda row: (QUESTIONS.index(row[0]), name(row[2]), name(row[3])))
    return pd.DataFrame(rows, columns=COLUMNS)


def other_years(note: str, start_year: int) -> list[int]:
    """Years in a remark that are not the start year, but those by which it names a source."""
    years = {int(year) for year in YEAR.findall(OF_A_SOURCE.sub("", note))}
    return sorted(years - {start_year})


def _of_entry(each: Entry) -> Iterator[Question]:
    def question(kind: str, details: str, number: int = 1) -> Question:
        return (kind, each.country_iso3, each.country, _name(each), details, each.id, number)

    if each.start_year is None:
        yield question("start_year", f"{each.known_by or ''}")
    elif years := other_years(each.note, each.start_year):
        yield question("other_year", f"{each.start_year}; {each.note}", len(years))
    if not each.us_state:
        yield question("state", each.us_community)
    if each.confidence == "low":
        yield question("confidence", each.note)


def _unidentified(dataset: Dataset, selection: Selection, counted: Sequence[Entry]) -> Iterator[Question]:
    by_country: dict[str, list[Entry]] = {}
    for each in counted:
        if not each.is_identified:
            by_country.setdefault(each.country_iso3, []).append(each)
    possible: dict[str, list[Entry]] = {}
    for each in candidates(dataset, dataset.bases[selection.basis].snapshot, selection.filters):
        possible.setdefault(each.country_iso3, []).append(each)
    for code, unidentified in by_country.items():
        name, ids = unidentified[0].country, ";".join(each.id for each in unidentified)
        yield ("cities", code, name, name, "", ids, len(unidentified))
        if maybe := possible.get(code):
            ids = ";".join(each.id for each in maybe)
            yield ("candidates", code, name, name, "; ".join(map(_name, maybe)), ids, len(maybe))


def _published(dataset: Dataset, codes: set[str]) -> Iterator[Question]:
    names = dict(zip(dataset.countries["iso3"], dataset.countries["name"], strict=True))
    for code, rows in dataset.tables["published_counts"].groupby("country_iso3"):
        if code in codes and rows["partnerships"].nunique() > 1:
            counts = "; ".join(f"{row['partnerships']} ({row['date']}, {row['scope']})" for row in records(rows))
            yield ("counts", str(code), names[code], names[code], counts, "", len(rows))


def _name(each: Entry) -> str:
    return f"{each.us_name}–{each.partner_community}"
