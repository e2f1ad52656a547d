"""One way in which a page of the staff area changes the collection: an editor's change is done, a contributor's is
proposed; and one in which a change is undone."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash

from dashboard.staff.area import StaffArea, signed_in_account
from dashboard.store.changes import Edit, Entry, commit, rehearse, undo
from dashboard.store.proposals import add_proposal


def submit(area: StaffArea, edits: Sequence[Edit], *, way: str, what: str, reason: str, subject: str = "") -> bool:
    """Does what somebody wants, or keeps it for an editor, and says which on the next page. Returns whether it is done.
    `way`: the page; `what`: the change in one sentence; `reason`: in the person's own words; `subject`: as proposals
    have it.

    Raises BadData with everything that is wrong (`field_errors` puts it to the fields of a form), Conflict where a row
    is another by now, DatabaseProblem.
    """
    account, database, check = signed_in_account(), area.database, area.check
    if account.is_editor:
        commit(database, edits, who=account.email, way=way, what=what, check=check, reason=reason)
    else:
        rehearse(database, edits, check=check)
        texts = {"field": "edits", "value": what, "note": reason}
        add_proposal(database, author=account.email, subject=subject, texts=texts, edits=edits)
    flash(area.t("staff.sources.done" if account.is_editor else "staff.sources.proposed", what=what))
    return account.is_editor


def undo_change(area: StaffArea, number: int, *, reason: str = "") -> Entry:
    """Undoes a change as whoever is signed in, and gives the entry of that.

    Raises NothingToUndo, DependsOn, BadData, DatabaseProblem.
    """
    return undo(
        area.database,
        number,
        who=signed_in_account().email,
        what=lambda undone: area.t("store.undo_label", number=undone.id, what=undone.what),
        check=area.check,
        reason=reason,
    )
