"""What a proposal of the public comes to: the edits of rows that an editor makes of it, with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData
from dashboard.dataset.records import records
from dashboard.dataset.spelling import normalize
from dashboard.metrics.sources import split_ids
from dashboard.staff.area import field_errors
from dashboard.staff.sources import COLUMNS as SOURCE_COLUMNS
from dashboard.staff.sources import next_id
from dashboard.staff.telling import ELSE, ENDED, PARTNER_CITY, PROGRAM, START_YEAR, US_CITY, WEB
from dashboard.store.changes import Edit, Image
from dashboard.strings import Catalog

# columns of a partnership that a form has, by what it is about; `note` and `confidence` are of all but a program
COLUMNS: Mapping[str, tuple[str, ...]] = {
    START_YEAR: ("start_year", "confidence"),
    US_CITY: ("us_community", "us_state", "confidence"),
    PARTNER_CITY: ("partner_community", "confidence"),
    ENDED: ("end_year", "status"),
    ELSE: ("note",),
    PROGRAM: ("sector", "title", "year", "summary"),
}
NEEDED = ("start_year", "us_community", "partner_community", "note", "sector", "title")
PARTNERSHIPS, PROGRAMS, SOURCES = "partnerships", "programs", "sources"
NEW = "new"
# cells of a program that say of which partnership it is
ENDS = ("us_community", "us_state", "partner_community", "country_iso3")


@dataclass(frozen=True)
class Cell:
    """One cell that an edit changes. `seen`: as whoever made the edit saw it, `now` as it is."""

    table: str
    row: str
    column: str
    now: str
    after: str
    seen: str = ""


def first_values(dataset: Dataset, field: str, row: Image | None, texts: Mapping[str, str]) -> dict[str, str]:
    """What the form of an editor begins with: the row as it is, and in it what somebody told."""
    row = row or {}
    value, note = texts["value"], texts["note"]
    values = {column: row.get(column, "") for column in COLUMNS[field]}
    if field == START_YEAR:
        values["start_year"] = value
    elif field == US_CITY:
        name, _, state = value.rpartition(", ")
        is_state = name and state.upper() in set(dataset.tables["us_states"]["state"])
        values |= {"us_community": name, "us_state": state.upper()} if is_state else {"us_community": value}
    elif field == PARTNER_CITY:
        values["partner_community"] = value
    elif field == ENDED:
        values |= {"end_year": value or values["end_year"], "status": "ended"}
    elif field == ELSE:
        values["note"] = "; ".join(filter(None, (values["note"], value)))
    else:
        values |= {"title": value, "summary": note}
    return values | first_source(dataset, texts["source"])


def first_source(dataset: Dataset, said: str) -> dict[str, str]:
    """The source that somebody named: one of the collection where it has the same address, else a new one."""
    address = said if WEB.match(said) else ""
    for source in records(dataset.sources) if address else []:
        if source["url"].rstrip("/").casefold() == address.rstrip("/").casefold():
            return {"source": source["id"]}
    return {"source": NEW, "source_title": said[:400], "source_url": address, "source_kind": "secondary"}


def edits_of(
    dataset: Dataset, field: str, key: str, seen: Image, form: Mapping[str, str], *, country_iso3: str
) -> list[Edit]:
    """The edits that a filled form comes to. `key` is the id of a partnership, "" for a program of a country alone;
    `seen`: its row as the editor saw it."""
    edits = []
    source = form["source"]
    if source == NEW:
        source = next_id(dataset.sources["id"])
        after = {column: form[f"source_{column}"] for column in SOURCE_COLUMNS}
        edits.append(Edit(SOURCES, None, {"id": source, **after}))
    cells = {column: form[column] for column in COLUMNS[field]}
    if field == PROGRAM:
        ends = {column: seen.get(column, "") for column in ENDS} | {"country_iso3": country_iso3}
        return [*edits, Edit(PROGRAMS, None, {**ends, **cells, "in_2007_report": "unknown", "source_ids": source})]
    cells |= places(dataset, field, cells, seen)
    ids = split_ids(seen.get("source_ids", ""))
    cells["source_ids"] = ";".join(dict.fromkeys([*ids, source]))
    before = {column: seen.get(column, "") for column in cells}
    after = {column: cell for column, cell in cells.items() if cell != before[column]}
    return [*edits, Edit(PARTNERSHIPS, (key,), after, before)] if after else []


def places(dataset: Dataset, field: str, cells: Mapping[str, str], seen: Image) -> dict[str, str]:
    """Where a city is that comes in place of another name: what the list of cities has of it where it has one alone,
    else blank, because what stands there is of the other."""
    if field == US_CITY:
        end, name, cities, column, wanted = "us", "us_community", "us_cities", "us_state", cells["us_state"]
    elif field == PARTNER_CITY:
        end, name, cities, column = "partner", "partner_community", "partner_cities", "country_iso3"
        wanted = seen.get("country_iso3", "")
    else:
        return {}
    if all(cells.get(each, "") == seen.get(each, "") for each in (name, "us_state") if each in cells):
        return {}
    table = dataset.tables[cities]
    rows = table[table[column] == wanted]
    found = rows[rows["name"].map(normalize) == normalize(cells[name])]
    lat, lon = (str(float(found[each].iloc[0])) if len(found) == 1 else "" for each in ("lat", "lon"))
    return {f"{end}_lat": lat, f"{end}_lon": lon}


def find_errors(t: Catalog, field: str, form: Mapping[str, str], source_ids: set[str]) -> dict[str, list[str]]:
    """What is missing in a form, by its fields; what is wrong with a value is found when it is written."""
    missing = [column for column in COLUMNS[field] if column in NEEDED and not form[column]]
    if form["source"] not in source_ids | {NEW}:
        missing.append("source")
    elif form["source"] == NEW and not form["source_title"]:
        missing.append("source_title")
    if not form["reason"]:
        missing.append("reason")
    return {name: [t("staff.proposals.needed")] for name in missing}


def errors_of(error: BadData, t: Catalog, fields: Sequence[str]) -> dict[str, list[str]]:
    """What is wrong with the data, by fields of the form: those of the source begin with `source_`; "" has the rest."""
    found: dict[str, list[str]] = {}
    of_sources = [problem for problem in error.problems if problem.file == "sources.csv"]
    others = [problem for problem in error.problems if problem.file != "sources.csv"]
    for problems, prefix in ((of_sources, "source_"), (others, "")):
        for column, lines in field_errors(BadData(problems), t).items():
            name = prefix + column if prefix + column in fields else ""
            found.setdefault(name, []).extend(lines)
    return found


def cells_of(edits: Sequence[Edit], rows: Sequence[Image | None]) -> list[Cell]:
    """What edits change, cell by cell; `rows` are the rows as they are now, None where there is none. A row that goes
    is shown by all of its cells."""
    found = []
    for edit, row in zip(edits, rows, strict=True):
        key = edit.key if isinstance(edit.key, tuple) else (str(edit.key or ""),)
        now, after = row or {}, edit.after
        if after is None:
            after = dict.fromkeys({**edit.before, **now}, "")
        for column, cell in after.items():
            seen = edit.before.get(column, now.get(column, ""))
            if cell != now.get(column, "") or cell != seen:
                found.append(Cell(edit.table, " ".join(key), column, now.get(column, ""), cell, seen))
    return found
