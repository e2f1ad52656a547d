"""Saving what was done to partnerships: where it is read and why are asked for with all of it; what goes wrong comes
back as texts for the fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.dataset.problems import BadData
from dashboard.staff.area import StaffArea, read_object
from dashboard.staff.changing import submit
from dashboard.staff.registry.edits import COLUMNS, EDITABLE
from dashboard.staff.registry.rules import form_errors
from dashboard.staff.sources import choose_source, reason_error
from dashboard.store.changes import Conflict, Edit
from dashboard.store.registry import Rows, last_changes, read_rows
from dashboard.strings import Catalog

WAY = "staff registry"
# another person may have taken the number of a new source in the same moment
TRIES = 3
LONGEST_WHAT = 1000


@dataclass
class Saved:
    """What came of it: nothing wrong where it is done. `rows` are those that it was tried on, or newer ones. `bad` has
    problems as they were found, `conflict` which row somebody else changed meanwhile."""

    rows: Rows
    is_done: bool = False
    errors: dict[str, object] = field(default_factory=dict)
    bad: BadData | None = None
    conflict: Conflict | None = None


def save(
    area: StaffArea,
    form: Mapping[str, str],
    make: Callable[[Rows, str], tuple[Sequence[Edit], str]],
    *,
    subject: str = "",
    errors: Mapping[str, object] | None = None,
) -> Saved:
    """Does what a form asks for. `make` gives the rows that change and what that is in words, for the rows that there
    are and the id of the source. `errors`: what is wrong with the form already; then nothing is done, and all else that
    is wrong is said with it."""
    reason = form.get("reason", "").strip()
    for tries_left in reversed(range(TRIES)):
        rows = read_rows(area.database)
        source = choose_source(area, rows, form)
        found: dict[str, object] = {**(errors or {}), **source.errors, **reason_error(reason, area.t)}
        if found:
            return Saved(rows, errors=found)
        edits, what = make(rows, source.id)
        what = what[:LONGEST_WHAT]
        try:
            submit(area, [*source.edits, *edits], way=WAY, what=what, reason=reason, subject=subject)
        except BadData as error:
            return Saved(rows, errors=dict(form_errors(error, area.t)), bad=error)
        except Conflict as conflict:
            if conflict.edit.table == "sources" and tries_left:
                continue
            return Saved(read_rows(area.database), conflict=conflict)
        return Saved(rows, is_done=True)
    raise AssertionError("the last try returns")


def read_cells(text: str) -> dict[str, str]:
    """Cells of a row as a form carries them, in JSON; what is no such thing is left out."""
    return only_cells(read_object(text))


def only_cells(found: object) -> dict[str, str]:
    """The cells of a row among what a form carries."""
    if not isinstance(found, dict):
        return {}
    return {name: cell for name, cell in found.items() if name in COLUMNS and isinstance(cell, str)}


def typed_cells(form: Mapping[str, str], names: Sequence[str] = EDITABLE) -> dict[str, str]:
    """What was typed into the fields of a row; those that the form does not have are left out."""
    return {name: form[name].replace("\r\n", "\n").strip() for name in names if name in form}


@dataclass(frozen=True)
class Clash:
    """A cell that two people changed: as this person saw it, as it is now, and what this person typed; `who` and `day`
    of the other."""

    id: str
    column: str
    seen: str
    now: str
    mine: str
    who: str
    day: str

    def text(self, t: Catalog) -> str:
        """What the other wrote beside what was typed."""
        blank = t("partnerships.blank")
        kind = "clash_by" if self.who else "clash"
        now, mine = self.now or blank, self.mine or blank
        return t(f"staff.registry.{kind}", now=now, mine=mine, who=self.who, day=self.day)


def clashes(
    area: StaffArea, rows: Rows, changes: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]]
) -> list[Clash]:
    """Cells that are something else by now than when they were seen; `changes` are (typed, seen) by id of the row. What
    both made the same is no matter."""
    found = []
    for key, (typed, seen) in changes.items():
        now = rows.partnerships.get(key, {})
        for name, cell in typed.items():
            before = seen.get(name, "")
            if now and cell != before and now.get(name, "") not in {before, cell}:
                found.append((key, name, before, now.get(name, ""), cell))
    entries = last_changes(area.database, {each[0] for each in found})
    return [
        Clash(*each, entries[each[0]].who, area.t.date(entries[each[0]].at.strftime("%Y-%m-%d")))
        if each[0] in entries
        else Clash(*each, "", "")
        for each in found
    ]
