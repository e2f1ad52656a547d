"""What a list of partnerships would change, row by row; looked at, and then all of it or nothing. The command line and
the staff area go the same way."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.dataset.model import Dataset, Snapshot
from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.records import records
from dashboard.dataset.schema import PARTNERSHIPS, SNAPSHOT_MEMBERS, SOURCES
from dashboard.dataset.spelling import plain_letters
from dashboard.intake.matching import is_alike, is_same
from dashboard.intake.partnership_file import FileRow, PartnershipFile
from dashboard.intake.spreadsheet import no_progress
from dashboard.intake.text_file import Progress
from dashboard.store.cells import spell
from dashboard.store.changes import Check, Edit, Entry, commit
from dashboard.store.database import Database
from dashboard.strings import Catalog

NEW = "new"
OPEN = ("us_community", "partner_community")
COLUMNS = PARTNERSHIPS.column_names()
# after so many rows it is said how far it is
ROWS_AT_ONCE = 50


@dataclass(frozen=True)
class ListOptions:
    """What a person has said of a list: the U.S. city of all its rows, whether pairings that it does not have go,
    whether rows that a filter hides count, and of rows that are alike what each is (an id or "new", by its key)."""

    us_city: str = ""
    remove_missing: bool = False
    with_hidden: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Plan:
    """Rows by what happens to them. `words`: file row, column, and the words that name no year for certain, or no
    choice. `changed`: id and the columns that change, as (before, after). `identified`: the
    id of a row that was not yet identified and the id of the pairing that takes its place. `held`: file row, kind and
    the id that it may be; a person has to say. `years`: file row, column, and the years that contradict each other.
    `alike`: by the key of a file row the ids of all rows that it may be."""

    added: list[tuple[FileRow, dict[str, str]]] = field(default_factory=list)
    changed: list[tuple[FileRow, str, dict[str, tuple[str, str]]]] = field(default_factory=list)
    unchanged: list[tuple[FileRow, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    identified: list[tuple[str, str]] = field(default_factory=list)
    held: list[tuple[FileRow, str, str]] = field(default_factory=list)
    years: list[tuple[FileRow, str, tuple[str, ...]]] = field(default_factory=list)
    words: list[tuple[FileRow, str, str]] = field(default_factory=list)
    sources: list[dict[str, str]] = field(default_factory=list)
    alike: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_changes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.added or self.changed or self.removed)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows come, change and go."""
        return {"added": len(self.added), "changed": len(self.changed), "removed": len(self.removed)}


def plan_list(
    file: PartnershipFile, dataset: Dataset, options: ListOptions, *, name: str, progress: Progress = no_progress
) -> Plan:
    """What a list would change. `name`: of the file, which becomes the source of what names none."""
    return _Planner(dataset, options, name).go(file.rows, progress)


class _Planner:
    """Goes through a file's rows one by one against the rows that there are."""

    def __init__(self, dataset: Dataset, options: ListOptions, file: str) -> None:
        self.dataset = dataset
        self.options = options
        self.file = file
        self.date = datetime.date.today().isoformat()
        self.plan = Plan()
        self.known: dict[str, dict[str, str]] = {
            row["id"]: {name: spell(value) for name, value in row.items()}
            for row in records(dataset.partnerships[list(COLUMNS)])
        }
        self.before = set(self.known)
        self.by_country: dict[str, list[str]] = {}
        for key, row in self.known.items():
            self.by_country.setdefault(row["country_iso3"], []).append(key)
        self.source_ids = set(dataset.sources["id"])
        self.seen: set[str] = set()

    def go(self, rows: Sequence[FileRow], progress: Progress) -> Plan:
        """The plan for all rows."""
        for at, row in enumerate(rows):
            if at % ROWS_AT_ONCE == 0:
                progress(at / len(rows))
            doubt = "hidden" if row.is_hidden and not self.options.with_hidden else row.doubt
            if doubt:
                self.plan.held.append((row, doubt, ""))
                continue
            self.plan.words += [(row, column, text) for column, text in row.words.items()]
            self._one(row)
        taken = {old for old, _ in self.plan.identified}
        named = {key for key in self.before if self.known[key]["us_community"]}
        missing = sorted(named - self.seen - taken)
        if self.options.remove_missing:
            self.plan.removed = missing
        else:
            self.plan.missing = missing
        return self.plan

    def _one(self, row: FileRow) -> None:
        cells = {**dict.fromkeys(COLUMNS, ""), **row.cells}
        given = cells["id"]
        if given in self.known:
            is_open = not self.known[given]["us_community"]
            if is_open and cells["us_community"] and cells["partner_community"]:
                self._identify(row, cells, given)
            else:
                self._change(row, cells, given)
            return
        if not cells["us_community"]:
            self.plan.held.append((row, "unidentified", given))
            return
        others = [
            self.known[key] for key in self.by_country.get(cells["country_iso3"], []) if self.known[key]["us_community"]
        ]
        same = next((other["id"] for other in others if is_same(cells, other)), "")
        if same:
            self._change(row, cells, same)
            return
        alike = tuple(other["id"] for other in others if is_alike(cells, other))
        if alike and given.casefold() != NEW:
            self.plan.alike[row.key] = alike
            choice = self.options.choices.get(row.key, "")
            if choice in alike:
                self._change(row, cells, choice)
                return
            if choice != NEW:
                self.plan.held.append((row, "alike", alike[0]))
                return
        self._add(row, cells)

    def _change(self, row: FileRow, cells: Mapping[str, str], key: str) -> None:
        if key in self.seen:
            clash = {cells["start_year"], self.known[key]["start_year"]} - {""}
            if len(clash) > 1:
                self.plan.years.append((row, "start_year", tuple(sorted(clash))))
            self.plan.held.append((row, "twice", key))
            return
        self.seen.add(key)
        before = self.known[key]
        if row.words:
            cells = {**cells, "note": _with_words(cells["note"] or before["note"], row)}
        # a name in another spelling is no change, and a blank cell takes nothing away
        fixed = {"id", "us_community", "partner_community", "country_iso3"}
        changes = {
            name: (before[name], value)
            for name in COLUMNS
            if (value := self._source(cells[name]) if name == "source_ids" else cells[name])
            and name not in fixed
            and value != before[name]
        }
        if "source_ids" in changes:
            both = list(dict.fromkeys([*before["source_ids"].split(";"), *changes["source_ids"][1].split(";")]))
            changes["source_ids"] = (before["source_ids"], ";".join(both))
            if changes["source_ids"][0] == changes["source_ids"][1]:
                del changes["source_ids"]
        if not changes:
            self.plan.unchanged.append((row, key))
            return
        if before["start_year"] and "start_year" in changes:
            self.plan.years.append((row, "start_year", changes["start_year"]))
            note = changes.get("note", ("", before["note"]))[1]
            kept = f"start year {before['start_year']} before the import of {self.date}"
            changes["note"] = (before["note"], "; ".join(filter(None, [note, kept])))
        self.known[key] = {**before, **{name: after for name, (_, after) in changes.items()}}
        self.plan.changed.append((row, key, changes))

    def _add(self, row: FileRow, cells: dict[str, str]) -> str:
        is_sourced = bool(cells["source_ids"])
        new = {**cells, "id": pairing_id(cells, self.known)}
        of_file = f"{self.file}, imported on {self.date}"
        new["source_ids"] = self._source(cells["source_ids"]) or self._new_source(of_file)
        new["status"] = new["status"] or "unknown"
        new["kind"] = new["kind"] or "unknown"
        new["confidence"] = new["confidence"] or ("medium" if is_sourced else "low")
        new["note"] = _with_words(new["note"], row)
        self.known[new["id"]] = new
        self.seen.add(new["id"])
        self.by_country.setdefault(new["country_iso3"], []).append(new["id"])
        if open_rows := self._open_rows(new):
            self.plan.identified.append((open_rows[0], new["id"]))
        self.plan.added.append((row, new))
        return str(new["id"])

    def _identify(self, row: FileRow, cells: dict[str, str], key: str) -> None:
        """The row says by its id which of those not yet identified it is."""
        open_row = self.known[key]
        cells = {**cells, "country_iso3": open_row["country_iso3"]}
        new = self._add(row, cells)
        self.plan.identified = [*(pair for pair in self.plan.identified if pair[1] != new), (key, new)]
        if not self.known[new]["known_by"] and not self.known[new]["start_year"]:
            self.known[new]["known_by"] = open_row["known_by"]

    def _open_rows(self, new: Mapping[str, str]) -> list[str]:
        """Rows not yet identified, in a snapshot, whose place a pairing takes that began or is documented by then."""
        taken = {old for old, _ in self.plan.identified}
        year = new["start_year"] or new["known_by"]
        return [
            key
            for snapshot in self.dataset.snapshots
            if year and int(year) <= snapshot.year
            for key in members_of(snapshot)
            if key not in taken
            and not self.known[key]["us_community"]
            and self.known[key]["country_iso3"] == new["country_iso3"]
        ]

    def _source(self, text: str) -> str:
        """Ids of sources; an address or a title that is not one of ours becomes a source of its own."""
        ours = self.dataset.sources
        found = []
        for part in filter(None, map(str.strip, re.split(r"[;\n]", text))):
            of_url = ours.loc[ours["url"] == part, "id"].tolist()
            found.append(part if part in self.source_ids else str(of_url[0]) if of_url else self._new_source(part))
        return ";".join(dict.fromkeys(found))

    def _new_source(self, text: str) -> str:
        """The id of a source that this plan adds, once."""
        for source in self.plan.sources:
            if text in (source["url"], source["title"]):
                return source["id"]
        number = 1
        while (key := f"import-{self.date}-{number}") in self.source_ids:
            number += 1
        self.source_ids.add(key)
        is_url = text.startswith(("http://", "https://"))
        self.plan.sources.append({"id": key, "title": text[:400], "url": text if is_url else "", "kind": "secondary"})
        return key


def pairing_id(cells: Mapping[str, str], taken: Collection[str]) -> str:
    """An id for a pairing, made of its names, that is none of those taken."""
    parts = [_slug(cells["us_community"]), _slug(cells["us_state"] or "us")]
    key = f"{'-'.join(filter(None, parts))}--{_slug(cells['partner_community'])}-{_slug(cells['country_iso3'])}"[:110]
    number, unique = 2, key
    while unique in taken:
        unique, number = f"{key}-{number}", number + 1
    return unique


def members_of(snapshot: Snapshot) -> list[str]:
    """The ids of the partnerships that a snapshot counted."""
    found: list[str] = snapshot.members.loc[snapshot.members["is_member"] == "yes", "partnership_id"].tolist()
    return found


def _with_words(note: str, row: FileRow) -> str:
    """A note with the words of cells that name no year for certain; once, however often the file is read."""
    words = [f"{column}: {text}" for column, text in row.words.items()]
    return "; ".join(filter(None, [note, *(text for text in words if text not in note)]))


def _slug(text: str) -> str:
    plain = "".join(char for char in plain_letters(text) if char.isascii() and (char.isalnum() or char in " -"))
    return re.sub(r"[ -]+", "-", plain).strip("-") or "x"


def plan_edits(plan: Plan, dataset: Dataset) -> tuple[list[Edit], list[str]]:
    """The plan as a change of partnerships, members of snapshots and sources; and the ids of all partnerships in the
    order that the table then has."""
    gone = {*plan.removed, *(old for old, _ in plan.identified)}
    edits = [Edit(SOURCES.table, None, source) for source in plan.sources]
    edits += [Edit(PARTNERSHIPS.table, (key,), None) for key in sorted(gone)]
    for _, key, changes in plan.changed:
        before, after = ({name: pair[at] for name, pair in changes.items()} for at in (0, 1))
        edits += [Edit(PARTNERSHIPS.table, (key,), after, before)] if key not in gone else []
    edits += [Edit(PARTNERSHIPS.table, None, new) for _, new in plan.added]
    for snapshot in dataset.snapshots:
        members = [key for key in snapshot.members["partnership_id"] if key in gone]
        edits += [Edit(SNAPSHOT_MEMBERS.table, (snapshot.id, key), None) for key in members]
        counted = set(members_of(snapshot))
        takes_place = {new for old, new in plan.identified if old in counted}
        edits += [
            Edit(SNAPSHOT_MEMBERS.table, None, {"snapshot_id": snapshot.id, **_member(new, snapshot, takes_place)})
            for _, new in plan.added
        ]
    there = [key for key in dataset.partnerships["id"] if key not in gone]
    return edits, [*there, *(new["id"] for _, new in plan.added)]


def commit_list(
    database: Database,
    dataset: Dataset,
    plan: Plan,
    t: Catalog,
    *,
    name: str,
    who: str,
    way: str,
    check: Check,
    reason: str = "",
) -> Entry:
    """Does what a plan says. Raises BadData with the rows of the person's own file, Conflict, DatabaseProblem."""
    edits, order = plan_edits(plan, dataset)
    label = t("partnerships.label", file=name, **plan.counts)
    try:
        return commit(database, edits, who=who, way=way, what=label, check=check, reason=reason)
    except BadData as error:
        raise BadData(_as_in_the_file(error.problems, order, plan, name)) from None


def _as_in_the_file(problems: Sequence[Problem], ids: Sequence[str], plan: Plan, name: str) -> list[Problem]:
    """Problems of the changed table, with the row of the person's file instead where it came from there."""
    numbers = {new["id"]: row.number for row, new in plan.added} | {key: row.number for row, key, _ in plan.changed}
    renamed = []
    for problem in problems:
        at = (problem.row or 0) - 2
        number = numbers.get(ids[at]) if problem.file == PARTNERSHIPS.file and 0 <= at < len(ids) else None
        renamed.append(problem if number is None else replace(problem, file=name, row=number))
    return renamed


def _member(new: Mapping[str, str], snapshot: Snapshot, takes_place: Collection[str]) -> dict[str, str]:
    """What a new pairing is to a snapshot: one of those counted where it takes the place of one not yet identified."""
    is_member = new["id"] in takes_place
    if new["start_year"] and int(new["start_year"]) > snapshot.year:
        said, reason = "no", "start year"
    elif not is_member:
        said, reason = "unknown", ""
    else:
        documented = f"documented by {new['known_by']}" if new["known_by"] else "judgement"
        said, reason = "yes", "start year" if new["start_year"] else documented
    return {"partnership_id": new["id"], "is_member": said, "reason": reason}
