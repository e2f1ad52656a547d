"""The history: who changed what and when, the difference in words, and taking a change back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, flash, request

from dashboard.dataset.problems import BadData, describe_each
from dashboard.staff.area import (
    CONTRIBUTOR,
    EDITOR,
    PREFIX,
    Page,
    StaffArea,
    allow,
    column_label,
    go_to,
)
from dashboard.staff.changing import undo_change
from dashboard.store import changes
from dashboard.store.changes import DependsOn, Entry, Image, NothingToUndo
from dashboard.store.tables import TABLES
from dashboard.strings import Catalog

PAGES = (Page(f"{PREFIX}/history", "staff.history.title", "staff.history.what"),)
ON_A_PAGE = 50
# rows of one change that are shown one by one
MOST_ROWS = 200
LONGEST_REASON = 2000


@dataclass(frozen=True)
class RowDifference:
    """One row of a change: `file` of the folder, `name` of the row, and (column, before, after) of what differs; `kind`
    is "added", "removed" or "changed"."""

    file: str
    name: str
    kind: str
    cells: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Wanted:
    """What of the history is asked for: of a person, a day (2026-11-28), a partnership; `before`: older than this
    number. "" and 0 for everything."""

    who: str = ""
    day: str = ""
    partnership: str = ""
    before: int = 0


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages, t = Blueprint("staff_history", __name__), area.t

    @pages.get("/history")
    @allow(CONTRIBUTOR)
    def list_history() -> Response:
        wanted = read_wanted()
        with area.database.reading() as connection:
            entries = changes.history(connection)
            about = changes.entries_about(connection, wanted.partnership) if wanted.partnership else None
        found = [entry for entry in entries if is_wanted(entry, wanted, about)]
        return area.render(
            "history",
            entries=found[:ON_A_PAGE],
            older=found[ON_A_PAGE - 1].id if len(found) > ON_A_PAGE else 0,
            wanted=wanted,
            people=sorted({entry.who for entry in entries}),
            days=group_by_day(found[:ON_A_PAGE]),
        )

    def show(number: int, status: int = 200, **values: object) -> Response:
        with area.database.reading() as connection:
            entry = next((entry for entry in changes.history(connection) if entry.id == number), None)
            rows = changes.rows_of(connection, number) if entry else []
        if entry is None:
            what, link = t("store.no_entry", number=number), t("staff.history.back")
            return area.render_message(404, t("staff.history.title"), what, back=f"{PREFIX}/history", link=link)
        differences = [row_difference(table, before, after, t) for table, before, after in rows[:MOST_ROWS]]
        given: dict[str, object] = {"blocking": (), "problem": "", **values}
        return area.render(
            "history_entry",
            status,
            entry=entry,
            differences=differences,
            more=len(rows) - len(differences),
            **given,
        )

    @pages.get("/history/<int:number>")
    @allow(CONTRIBUTOR)
    def show_entry(number: int) -> Response:
        return show(number)

    @pages.post("/history/<int:number>/undo")
    @allow(EDITOR)
    def undo(number: int) -> Response:
        reason = request.form.get("reason", "").strip()
        if not reason or len(reason) > LONGEST_REASON:
            return show(number, 400, errors={"reason": t("staff.history.needs_reason")}, typed=request.form)
        try:
            entry = undo_change(area, number, reason=reason)
        except DependsOn as error:
            return show(number, 409, blocking=error.entries, typed=request.form)
        except NothingToUndo:
            return show(number, 409, problem=t("store.nothing_to_undo"), typed=request.form)
        except BadData as error:
            return show(number, 409, problem=describe_each(error.problems, t, most=20), typed=request.form)
        flash(t("staff.history.undone", number=number))
        return go_to(f"{PREFIX}/history/{entry.id}")

    return pages


def read_wanted() -> Wanted:
    """What the address asks for; what is no day or number is left out."""
    args = request.args
    day = args.get("day", type=datetime.date.fromisoformat)
    before = max(args.get("before", 0, type=int), 0)
    return Wanted(args.get("who", ""), day.isoformat() if day else "", args.get("partnership", "").strip(), before)


def is_wanted(entry: Entry, wanted: Wanted, about: set[int] | None) -> bool:
    """Whether a change is among those that are asked for; `about`: the numbers of those of the partnership."""
    return (
        wanted.who in ("", entry.who)
        and wanted.day in ("", f"{entry.at:%Y-%m-%d}")
        and (about is None or entry.id in about)
        and (not wanted.before or entry.id < wanted.before)
    )


def group_by_day(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Changes, the newest first, by their day (2026-11-28, in UTC)."""
    days: dict[str, list[Entry]] = {}
    for entry in entries:
        days.setdefault(f"{entry.at:%Y-%m-%d}", []).append(entry)
    return list(days.items())


def row_difference(table: str, before: Image | None, after: Image | None, t: Catalog) -> RowDifference:
    """A row of a change, in words. Of answers there is only how many rows there were and are."""
    first, then = before or {}, after or {}
    shown = TABLES[table]
    key = [(then or first).get(name, "") for name in changes.key_of(shown)]
    kind = "added" if before is None else "removed" if after is None else "changed"
    cells = [(column_label(t, name), was, becomes) for name, was, becomes in changes.changed_cells(first, then)]
    return RowDifference(shown.info["file"], " ".join(filter(None, key)), kind, cells)
