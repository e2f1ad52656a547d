"""One way in which a page of the staff area changes the collection: an editor's change is done, a contributor's is
proposed."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.staff.area import StaffArea, signed_in_account
from dashboard.store.changes import Edit, Entry, commit, rehearse
from dashboard.store.proposals import Proposal, add_proposal


def submit(
    area: StaffArea, edits: Sequence[Edit], *, way: str, what: str, reason: str, subject: str = ""
) -> Entry | Proposal:
    """Does what somebody wants, or keeps it for an editor. `way`: the page; `what`: the change in one sentence;
    `reason`: in the person's own words; `subject`: as proposals have it.

    Raises BadData with everything that is wrong (`field_errors` puts it to the fields of a form), Conflict where a row
    is another by now, DatabaseProblem.
    """
    account = signed_in_account()
    if account.is_editor:
        return commit(area.database, edits, who=account.email, way=way, what=what, check=area.check, reason=reason)
    rehearse(area.database, edits, check=area.check)
    texts = {"field": "edits", "value": what, "note": reason}
    return add_proposal(area.database, author=account.email, subject=subject, texts=texts, edits=edits)
