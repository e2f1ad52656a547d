"""What a person does with partnerships, as rows that change: correct, identify, add, merge. A partnership does not go
alone: which counts it belongs to, the contradictions noted of it and the programs of its pair go with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from dashboard.dataset.schema import PARTNERSHIPS
from dashboard.intake.matching import is_alike, is_same
from dashboard.intake.partnership_plan import pairing_id
from dashboard.store.changes import Edit
from dashboard.store.registry import SOURCE_IDS, Rows

COLUMNS = PARTNERSHIPS.column_names()
# what a person types; the id is made once, sources are chosen
EDITABLE = tuple(name for name in COLUMNS if name not in {"id", SOURCE_IDS})
# what a program and its partnership have in common
PAIR = ("us_community", "us_state", "partner_community", "country_iso3")
# words of the remark of a row that is a place of a count alone
OPEN_REMARK = "not yet identified"
OPEN_ID = "not-yet-identified"
YES, NO, UNKNOWN = "yes", "no", "unknown"
Cells = Mapping[str, str]


def is_open(row: Cells) -> bool:
    """Whether it is not identified yet: one of its two communities is not known."""
    return not (row["us_community"] and row["partner_community"])


def joined(*lists: str) -> str:
    """Ids of several cells in one, each once."""
    return ";".join(dict.fromkeys(part for each in lists for part in map(str.strip, each.split(";")) if part))


def correct(rows: Rows, key: str, typed: Cells, seen: Cells, source: str) -> list[Edit]:
    """Changes cells of a row to what was typed. `seen`: the cells as the person saw them; where one that changes is
    something else by now, it is a conflict. `source`: the id of what says so."""
    row = rows.partnerships[key]
    changed = {name: cell for name, cell in typed.items() if name in EDITABLE and cell != seen.get(name, "")}
    after = {**changed, SOURCE_IDS: joined(row[SOURCE_IDS], source)}
    before = {name: seen.get(name, "") for name in changed} | {SOURCE_IDS: row[SOURCE_IDS]}
    edits = [Edit(PARTNERSHIPS.table, (key,), after, before)]
    return [*edits, *_moved_programs(rows, row, {**row, **changed})]


def identify(rows: Rows, key: str, typed: Cells, seen: Cells, source: str, *, taken: Collection[str]) -> list[Edit]:
    """Gives a row that is not identified its communities, and with them the id of a pairing. It stays in the counts
    that it belongs to, which know now why."""
    row = rows.partnerships[key]
    cells = {**row, **{name: typed[name] for name in EDITABLE if name in typed}}
    new = pairing_id(cells, {*rows.partnerships, *taken})
    first, *others = correct(rows, key, typed, seen, source)
    first = Edit(first.table, first.key, {**(first.after or {}), "id": new}, first.before)
    edits = [first, *others]
    for (snapshot, partnership), member in rows.members.items():
        if partnership != key:
            continue
        reason = _reason(cells, rows.snapshots[snapshot]) if member["is_member"] == YES else member["reason"]
        after = {"partnership_id": new, "reason": reason}
        edits.append(Edit("snapshot_members", (snapshot, key), after, {"is_member": member["is_member"]}))
    return [*edits, *_moved_conflicts(rows, key, new)]


def add(rows: Rows, typed: Cells, source: str, *, taken: Collection[str]) -> list[Edit]:
    """A new row, and for each count whether it can be one of those counted."""
    cells = {**dict.fromkeys(COLUMNS, ""), **{name: typed.get(name, "") for name in EDITABLE}}
    cells["id"] = pairing_id(cells, {*rows.partnerships, *taken})
    cells[SOURCE_IDS] = source
    edits = [Edit(PARTNERSHIPS.table, None, cells)]
    for snapshot, year in rows.snapshots.items():
        is_later = cells["start_year"].isdigit() and int(cells["start_year"]) > year
        is_counted = cells["country_iso3"] in rows.counted.get(snapshot, ())
        reason = "start year" if is_later else "" if is_counted else "country not in deck"
        member = {"is_member": NO if reason else UNKNOWN, "reason": reason}
        edits.append(Edit("snapshot_members", None, {"snapshot_id": snapshot, "partnership_id": cells["id"], **member}))
    return edits


def merge(
    rows: Rows, kept: str, gone: str, typed: Cells, seen: tuple[Cells, Cells], source: str, *, taken: Collection[str]
) -> list[Edit]:
    """Makes one row of two. `typed`: the cells that the one that stays then has; `seen`: the rows as they were shown,
    first the one that stays. Sources are joined; contradictions and programs of the one that goes are the other's.

    In each count it is a member where one of the two was; where both were, the place of the one that goes is there
    still, so a row that is not yet identified takes it.
    """
    stays, goes = rows.partnerships[kept], rows.partnerships[gone]
    after = {name: typed.get(name, stays[name]) for name in EDITABLE}
    after[SOURCE_IDS] = joined(stays[SOURCE_IDS], goes[SOURCE_IDS], source)
    edits = [
        Edit(PARTNERSHIPS.table, (kept,), after, {name: seen[0].get(name, "") for name in COLUMNS}),
        Edit(PARTNERSHIPS.table, (gone,), None, {name: seen[1].get(name, "") for name in COLUMNS}),
    ]
    known = {*rows.partnerships, *taken}
    for snapshot, year in rows.snapshots.items():
        ours, theirs = rows.members.get((snapshot, kept)), rows.members.get((snapshot, gone))
        if theirs is None:
            continue
        edits.append(Edit("snapshot_members", (snapshot, gone), None, {"is_member": theirs["is_member"]}))
        if theirs["is_member"] == YES and ours is not None and ours["is_member"] == YES:
            place, member = _open_place(rows, goes, snapshot, known)
            known.add(place["id"])
            edits += [Edit(PARTNERSHIPS.table, None, place), Edit("snapshot_members", None, member)]
        elif theirs["is_member"] == YES or ours is None:
            merged = {"is_member": theirs["is_member"], "reason": theirs["reason"]}
            if theirs["is_member"] == YES and is_open(goes):
                merged["reason"] = _reason(after, year)
            key = (snapshot, kept) if ours is not None else None
            names = {} if ours is not None else {"snapshot_id": snapshot, "partnership_id": kept}
            edits.append(
                Edit("snapshot_members", key, {**names, **merged}, {"is_member": ours["is_member"]} if ours else {})
            )
    moved = {**_by_key(_moved_programs(rows, goes, after)), **_by_key(_moved_programs(rows, stays, after))}
    return [*edits, *_moved_conflicts(rows, gone, kept), *moved.values()]


def leaves_a_place(rows: Rows, one: str, other: str) -> list[str]:
    """The counts in which both of two rows are members, so that merging them leaves a place."""
    return [
        snapshot
        for snapshot in rows.snapshots
        if all(rows.members.get((snapshot, key), {}).get("is_member") == YES for key in (one, other))
    ]


def alike(rows: Rows, cells: Cells, *, but: str = "") -> list[str]:
    """Ids of rows that are the same pairing as this one but for spelling, then of those that may be."""
    named = {**dict.fromkeys(COLUMNS, ""), **cells}
    if is_open(named):
        return []
    others = [row for key, row in rows.partnerships.items() if key != but and not is_open(row)]
    others = [row for row in others if row["country_iso3"] == named["country_iso3"]]
    same = [row["id"] for row in others if is_same(named, row)]
    return same + [row["id"] for row in others if is_alike(named, row)]


def without_open_remark(note: str) -> str:
    """A remark without what it says of the row's not being identified."""
    return ";".join(part for part in note.split(";") if OPEN_REMARK not in part and "deck's total" not in part).strip()


def _open_place(rows: Rows, of: Cells, snapshot: str, known: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
    """A row for a place of a count whose partnership is not known, and its membership."""
    number = 1
    while (key := f"{OPEN_ID}-{of['country_iso3'].lower()}-{number}") in known:
        number += 1
    like = next((row for row in rows.partnerships.values() if row["id"].startswith(OPEN_ID)), {})
    row = {
        **dict.fromkeys(COLUMNS, ""),
        "id": key,
        "country_iso3": of["country_iso3"],
        "known_by": str(rows.snapshots[snapshot]),
        "status": UNKNOWN,
        "kind": like.get("kind", UNKNOWN),
        "confidence": like.get("confidence", "high"),
        SOURCE_IDS: like.get(SOURCE_IDS, of[SOURCE_IDS]),
        "note": like.get("note", ""),
    }
    return row, {"snapshot_id": snapshot, "partnership_id": key, "is_member": YES, "reason": "deck count"}


def _reason(cells: Cells, year: int) -> str:
    """Why a pairing is one of those that were counted."""
    if cells["start_year"]:
        return "start year"
    known_by = cells["known_by"]
    return f"documented by {known_by}" if known_by.isdigit() and int(known_by) <= year else "judgement"


def _moved_conflicts(rows: Rows, old: str, new: str) -> list[Edit]:
    return [
        Edit("conflicts", (row["subject"], row["statement"]), {"partnership_id": new}, {"partnership_id": old})
        for row in rows.conflicts
        if row["partnership_id"] == old
    ]


def _moved_programs(rows: Rows, old: Cells, new: Cells) -> list[Edit]:
    """Programs belong to a partnership by the names of its two ends, so they take its new ones."""
    names = {name: new[name] for name in PAIR if new[name] != old[name]}
    if not names or is_open(old):
        return []
    return [
        Edit("programs", number, names, {name: old[name] for name in names})
        for number, row in rows.programs.items()
        if all(row[name] == old[name] for name in PAIR)
    ]


def _by_key(edits: Iterable[Edit]) -> dict[object, Edit]:
    return {edit.key: edit for edit in edits}
