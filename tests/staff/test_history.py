"""The history: by person, by day, by partnership, the difference in words, and taking back."""

from __future__ import annotations

from typing import Any

from dashboard.store import changes
from dashboard.store.changes import Edit, commit
from dashboard.store.database import Database
from dashboard.store.tables import PARTNERSHIPS
from tests.staff.conftest import EDITOR_EMAIL, Staff


def change(database: Database, row: int, year: str, *, who: str = EDITOR_EMAIL) -> tuple[str, int]:
    """Another start year for one partnership; its id and the number of the change."""
    with database.reading() as connection:
        images = changes.row_images(connection, PARTNERSHIPS)
    image = list(images.values())[row]
    edit = Edit("partnerships", (image["id"],), {"start_year": year, "known_by": "", "end_year": ""})
    reason = "the city's own page <script>"
    entry = commit(database, [edit], who=who, way="test", what=f"year of {image['id']}", reason=reason)
    return image["id"], entry.id


def test_a_change_says_who_why_and_what(editor: Staff, database: Database) -> None:
    partnership, number = change(database, 3, "1999")
    page = editor.get(f"/staff/history/{number}").text
    for text in (
        EDITOR_EMAIL,
        f"year of {partnership}",
        "city&#39;s own page &lt;script&gt;",
        "<ins>1999</ins>",
        "Start year",
    ):
        assert text in page, text


def test_it_is_found_by_person_day_and_partnership(editor: Staff, database: Database) -> None:
    first, number = change(database, 3, "1999")
    second, _ = change(database, 4, "1998", who="somebody@example.org")
    assert f"year of {first}" in editor.get("/staff/history").text
    for query in (f"who={EDITOR_EMAIL}", f"partnership={first}"):
        page = editor.get(f"/staff/history?{query}").text
        assert f"year of {first}" in page and f"year of {second}" not in page, query
    with database.reading() as connection:
        day = f"{changes.history(connection)[0].at:%Y-%m-%d}"
    assert f"year of {first}" in editor.get(f"/staff/history?day={day}").text
    assert "no such change" in editor.get("/staff/history?day=2001-01-01").text
    assert f"year of {first}" in editor.get("/staff/history?day=nonsense&before=x").text
    assert f"year of {first}" not in editor.get(f"/staff/history?before={number}").text


def test_an_editor_takes_back_and_says_why(editor: Staff, database: Database) -> None:
    _, number = change(database, 3, "1999")
    address = f"/staff/history/{number}"
    assert editor.post(f"{address}/undo", {"reason": " "}, form=address).status_code == 400
    reply = editor.post(f"{address}/undo", {"reason": "it was another city"}, form=address)
    assert reply.status_code == 303
    page = editor.get(reply.location).text
    assert "it was another city" in page and "<del>1999</del>" in page
    assert "Taken back by" in editor.get(address).text
    again = editor.post(f"{address}/undo", {"reason": "once more"}, form="/staff/account")
    assert again.status_code == 409


def test_what_later_changes_build_on_is_not_taken_back_alone(editor: Staff, database: Database) -> None:
    _, number = change(database, 3, "1999")
    _, later = change(database, 3, "2001")
    reply = editor.post(f"/staff/history/{number}/undo", {"reason": "wrong"}, form=f"/staff/history/{number}")
    assert reply.status_code == 409
    assert f'href="/staff/history/{later}"' in reply.text


def test_a_contributor_looks_and_takes_nothing_back(contributor: Staff, database: Database) -> None:
    _, number = change(database, 3, "1999")
    page = contributor.get(f"/staff/history/{number}").text
    assert "1999" in page and "/undo" not in page
    assert contributor.post(f"/staff/history/{number}/undo", {"reason": "x"}).status_code == 403


def test_there_is_no_such_change(editor: Staff, server: Any) -> None:
    assert editor.get("/staff/history/99999").status_code == 404
    assert editor.post("/staff/history/99999/undo", {"reason": "x"}, form="/staff/account").status_code == 404
