"""The next count: a draft with its countries, sum and members; published it stands beside the others."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from dashboard.staff import counts
from dashboard.store import changes
from dashboard.store.changes import history, undo
from dashboard.store.commands import dataset_of
from dashboard.store.count_drafts import find_draft, list_drafts
from dashboard.store.database import Database
from dashboard.store.folder import dump
from dashboard.store.registry import read_rows
from tests.staff.conftest import Staff

BEGUN = {"title": "Partnerships counted by SCI, 2026", "counted_by": "SCI", "year": "2026"}
DRAFT = "/staff/counts/sci-2026"
CARD = {**BEGUN, "label": "SCI’s {count}", "total": "6", "source": "", "source_kind": "primary"}
NEW_SOURCE = {"source_title": "Annual count of 2026", "source_url": "https://example.org/2026"}
# Herat 2016 and Kandahar, known in 2023; Rabat has no year in this list
HERAT, KANDAHAR = "council-bluffs-ia--herat-afg", "council-bluffs-ia--kandahar-afg"
COUNTS = {"count-AFG": "3", "count-KAZ": "2", "count-MAR": "1"}


def mark(staff: Staff, path: str = DRAFT) -> str:
    found = re.search(r'name="mark" value="(\w+)"', staff.get(path).text)
    assert found
    return found[1]


def begin(staff: Staff, **values: str) -> None:
    reply = staff.post("/staff/counts", {**BEGUN, **values}, form="/staff/counts")
    assert reply.status_code == 303, reply.text


def seen(staff: Staff, path: str = DRAFT) -> str:
    """What the form says was seen, as a browser sends it."""
    return seen_in(staff.get(path).text)


def save(staff: Staff, **values: str) -> Any:
    given = {**CARD, **NEW_SOURCE, **COUNTS, "seen": seen(staff), **values}
    return staff.post(DRAFT, given, form=DRAFT)


def tick(staff: Staff, *keys: str, answer: str = "yes") -> Any:
    said = {f"member-{key}": answer for key in keys} | {f"reason-{key}": "start year" for key in keys}
    return staff.post(f"{DRAFT}/members", {**said, "seen": seen(staff, f"{DRAFT}/members")}, form=DRAFT)


def publish(staff: Staff) -> Any:
    return staff.post(f"{DRAFT}/publish", {"mark": mark(staff)}, form=DRAFT)


def problems(staff: Staff) -> str:
    found = re.search(r'<ul class="staff-problems">(.*?)</ul>', staff.get(DRAFT).text, re.DOTALL)
    return found[1] if found else ""


def test_a_count_is_published_with_one_press_and_stands_beside_the_other(
    contributor: Staff, editor: Staff, nobody: Staff, database: Database
) -> None:
    begin(contributor)
    assert save(contributor).location == DRAFT
    tick(contributor, HERAT, KANDAHAR)
    assert contributor.post(f"{DRAFT}/publish", {"mark": mark(contributor)}, form=DRAFT).status_code == 403
    assert problems(editor) == ""
    assert "Publish SCI’s 6" in editor.get(DRAFT).text
    before = len(dataset_of(database).partnerships)
    assert publish(editor).location == "/staff/counts"
    dataset = dataset_of(database)
    snapshot = next(each for each in dataset.snapshots if each.id == "sci-2026")
    assert (snapshot.total, snapshot.year, snapshot.title) == (6, 2026, BEGUN["title"])
    assert dataset.sources.set_index("id").loc[snapshot.source_ids[0], "url"] == "https://example.org/2026"
    # two of the three of Afghanistan are ticked: one, and those of the others, are not identified
    assert len(dataset.partnerships) == before + 4
    assert len(dataset.bases["sci-2026"].rows) == 6
    assert dataset.bases["sci-2026"].rows["is_identified"].sum() == 2
    assert list_drafts(database) == []
    editor.poll()
    shown = nobody.get("/").text
    assert "SCI’s 94" in shown
    listed = editor.get("/staff/counts").text
    assert "SCI’s 6" in listed and "SCI’s 94" in listed
    for basis, counted in (("sci-2026", "6"), ("sci-2007", "94")):
        table = nobody.get(f"/export/board.csv?basis={basis}").get_data(as_text=True)
        assert sum(int(line.split(",")[3]) for line in table.splitlines()[1:]) == int(counted)


def test_the_history_has_it_as_one_change_and_takes_it_back(editor: Staff, database: Database) -> None:
    begin(editor)
    save(editor)
    before = len(dataset_of(database).partnerships)
    publish(editor)
    with database.reading() as connection:
        entry = history(connection)[0]
    assert entry.what == "Published the count SCI’s 6 of 2026: 6 partnerships"
    assert entry.who == "editor@example.org" and entry.reason == BEGUN["title"]
    undo(database, entry.id, who="tests", what=lambda each: each.what)
    dataset = dataset_of(database)
    assert [each.id for each in dataset.snapshots] == ["sci-2007"]
    assert len(dataset.partnerships) == before


def test_a_published_count_goes_out_and_in_as_a_folder(editor: Staff, database: Database, tmp_path: Path) -> None:
    from dashboard.dataset.load import load

    begin(editor, title='A "quoted" title \\ of 2026')
    save(editor, title='A "quoted" title \\ of 2026')
    publish(editor)
    with database.reading() as connection:
        dump(connection, tmp_path / "folder")
    found = {each.id: each for each in load(tmp_path / "folder").snapshots}
    assert found["sci-2026"].title == 'A "quoted" title \\ of 2026'
    assert found["sci-2026"].total == 6


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"count-AFG": "2"}, "The countries add up to 5, the total is 6."),
        ({"total": "many"}, "The total is a whole number above 0."),
        ({"label": "SCI’s new count"}, "The label needs one {count}"),
        ({"label": "{count.__class__} {count}"}, "The label needs one {count}"),
        ({"label": "SCI’s {count}", "total": "94"}, "called “SCI’s 94” already"),
        ({"year": "2207"}, "nothing is counted before it has happened"),
        ({"title": ""}, "This is needed."),
        ({"source_title": "", "source_url": ""}, "source"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_published(
    editor: Staff, database: Database, values: dict[str, str], words: str
) -> None:
    begin(editor)
    assert save(editor, **values).status_code == 303
    assert words in problems(editor)
    assert publish(editor).status_code == 400
    assert [each.id for each in dataset_of(database).snapshots] == ["sci-2007"]


def test_a_cell_that_is_no_number_is_marked_and_what_was_typed_is_kept(editor: Staff, database: Database) -> None:
    begin(editor)
    reply = save(editor, **{"count-KAZ": "some"})
    assert reply.status_code == 400
    assert "Kazakhstan: not a whole number." in reply.text and 'value="some"' in reply.text
    draft = find_draft(database, "sci-2026")
    assert draft and draft.counts["KAZ"] == "some"


def test_members_are_as_many_as_were_counted_and_had_begun(editor: Staff, database: Database) -> None:
    begin(editor)
    save(editor, year="2010", total="1", **{"count-AFG": "1", "count-KAZ": "", "count-MAR": ""})
    shown = editor.get(f"{DRAFT}/members").text
    row = re.search(rf'name="member-{HERAT}".*?</select>', shown, re.DOTALL)
    assert row and 'value="yes"' not in row[0]
    tick(editor, HERAT)
    assert "began later" in problems(editor)
    tick(editor, HERAT, answer="no")
    assert problems(editor) == ""
    tick(editor, KANDAHAR, "gering-and-scottsbluff-ne--bamyan-afg")
    assert "More members are ticked than were counted: Afghanistan." in problems(editor)
    assert publish(editor).status_code == 400


def test_a_count_begins_with_the_members_of_another(editor: Staff, database: Database) -> None:
    begin(editor, like="sci-2007")
    draft = find_draft(database, "sci-2026")
    assert draft and len(draft.members) == 94
    begin(editor)
    assert {each.id for each in list_drafts(database)} == {"sci-2026", "sci-2026-2"}


def test_of_two_who_typed_the_same_cell_the_second_sees_both(
    editor: Staff, contributor: Staff, database: Database
) -> None:
    begin(editor)
    first = seen(contributor)
    save(editor)
    mine = {"count-AFG": "7", "count-TUR": "9", "label": "Mine {count}", "seen": first}
    reply = contributor.post(DRAFT, mine, form=DRAFT)
    assert reply.status_code == 400
    assert "Somebody else has saved this draft meanwhile" in reply.text and 'value="Mine {count}"' in reply.text
    draft = find_draft(database, "sci-2026")
    assert draft and (draft.counts["AFG"], draft.card["label"]) == ("3", "SCI’s {count}")
    assert "Edith wrote “3” here; you typed “7”" in reply.text
    # theirs stands beside what this person typed
    assert 'name="count-TUR" value="9"' in reply.text and 'name="count-KAZ" value="2"' in reply.text
    again = {"count-AFG": "7", "count-TUR": "9", "count-KAZ": "2", "seen": seen_in(reply.text)}
    assert contributor.post(DRAFT, again, form=DRAFT).status_code == 303
    draft = find_draft(database, "sci-2026")
    assert draft and draft.counts == {"AFG": "7", "KAZ": "2", "MAR": "1", "TUR": "9"}


def test_two_who_type_in_different_cells_need_not_know_of_each_other(
    editor: Staff, contributor: Staff, database: Database
) -> None:
    begin(editor)
    save(editor, **{"count-AFG": "3"})
    first, members = seen(contributor), seen(contributor, f"{DRAFT}/members")
    assert save(editor, **{"count-AFG": "4"}).status_code == 303
    assert tick(editor, HERAT).status_code == 303
    assert contributor.post(DRAFT, {**COUNTS, "count-TUR": "9", "seen": first}, form=DRAFT).status_code == 303
    # a page of members of before, on which nobody was ticked
    said = {f"member-{HERAT}": "unknown", f"member-{KANDAHAR}": "yes", "seen": members}
    assert contributor.post(f"{DRAFT}/members", said, form=DRAFT).status_code == 303
    draft = find_draft(database, "sci-2026")
    assert draft and draft.counts == {"AFG": "4", "KAZ": "2", "MAR": "1", "TUR": "9"}
    assert [draft.members[key][0] for key in (HERAT, KANDAHAR)] == ["yes", "yes"]


def test_a_draft_that_was_saved_meanwhile_is_not_published_and_one_that_is_gone_is_said(
    editor: Staff, contributor: Staff
) -> None:
    begin(editor)
    old = mark(contributor)
    save(editor)
    assert editor.post(f"{DRAFT}/publish", {"mark": old}, form=DRAFT).status_code == 400
    editor.post(f"{DRAFT}/delete", {"mark": mark(editor)}, form=DRAFT)
    assert contributor.post(DRAFT, CARD, form="/staff/counts").location == "/staff/counts"


def test_a_draft_that_was_saved_meanwhile_is_not_thrown_away(
    editor: Staff, contributor: Staff, database: Database
) -> None:
    begin(editor)
    old = mark(contributor)
    save(editor, **{"count-TUR": "9"})
    reply = contributor.post(f"{DRAFT}/delete", {"mark": old}, form=DRAFT)
    assert reply.status_code == 400 and "Edith has saved this draft since you opened it" in reply.text
    assert 'name="count-TUR" value="9"' in reply.text and find_draft(database, "sci-2026")
    now = re.findall(r'name="mark" value="(\w+)"', reply.text)[-1]
    assert contributor.post(f"{DRAFT}/delete", {"mark": now}, form=DRAFT).status_code == 303
    assert find_draft(database, "sci-2026") is None
    # who throws away what is gone is told so
    assert contributor.post(f"{DRAFT}/delete", {"mark": now}, form="/staff/counts").location == "/staff/counts"
    assert "not there any more" in contributor.get("/staff/counts").text


def test_what_somebody_saves_while_a_count_is_published_is_not_thrown_away(
    editor: Staff, contributor: Staff, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(editor)
    save(editor)
    tick(editor, HERAT)
    commit = changes.commit

    def meanwhile(*given: Any, **more: Any) -> Any:
        assert save(contributor, **{"count-TUR": "9"}).status_code == 303
        return commit(*given, **more)

    monkeypatch.setattr(counts, "commit", meanwhile)
    reply = publish(editor)
    assert reply.status_code == 400 and "Somebody else has saved this draft meanwhile" in reply.text
    draft = find_draft(database, "sci-2026")
    assert draft and draft.counts["TUR"] == "9"
    assert "sci-2026" not in read_rows(database).snapshots


def seen_in(text: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', text)
    assert found
    return unescape(found[1])


CSV = 'Sister Cities 2026,,\nCountry,Since,Partnerships\nTurkey,2001,9\nCôte d\'Ivoire,1999,"1"\nAtlantis,2000,4\nTOTAL,,14\n'


def workbook() -> bytes:
    body = io.BytesIO()
    book = xlsxwriter.Workbook(body, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate([["Nation", "How many"], ["Turkiye", 9], ["Ivory Coast", 1], ["Total", 10]]):
        sheet.write_row(at, 0, row)
    book.close()
    return body.getvalue()


@pytest.mark.parametrize(
    ("name", "body", "total"), [("count.csv", CSV.encode(), "14"), ("count.xlsx", workbook(), "10")]
)
def test_counts_come_from_a_file(editor: Staff, database: Database, name: str, body: bytes, total: str) -> None:
    begin(editor)
    given = {"mark": mark(editor), "file": (io.BytesIO(body), name)}
    assert editor.post(f"{DRAFT}/file", given, form=DRAFT).location == DRAFT
    draft = find_draft(database, "sci-2026")
    assert draft
    assert dict(draft.counts) == {"TUR": "9", "CIV": "1"} and draft.card["total"] == total
    shown = editor.get(DRAFT).text
    assert "2 countries, 10 partnerships read" in shown
    assert ("row 5: Atlantis 4" in shown) == (name == "count.csv")


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("count.csv", b"Country,Partnerships\nAtlantis,3\n", "no column names countries"),
        ("count.csv", b"Country,Note\nTurkey,none\n", "no column has whole numbers"),
        ("count.csv", b"Country,Count\nTurkey,1\nEgypt,2\nTurkiye,3\n", "stands in two rows"),
        ("count.csv", b"Country,Count\nTurkey,1\n=cmd|' /C calc'!A0,2\nEgypt,4\n", "formula"),
        ("count.exe", b"MZ", "count.exe"),
        ("../../etc/count.xlsx", b"PK\x03\x04nothing", "count.xlsx"),
        ("count.csv", b"", "count.csv"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(
    editor: Staff, database: Database, name: str, body: bytes, words: str
) -> None:
    begin(editor)
    given = {"mark": mark(editor), "file": (io.BytesIO(body), name)}
    reply = editor.post(f"{DRAFT}/file", given, form=DRAFT)
    assert reply.status_code == 400
    wrong = re.search(r'id="error-file">([^<]+)', reply.text)
    assert wrong and words in wrong[1], reply.text
    draft = find_draft(database, "sci-2026")
    assert draft and draft.counts == {}


def test_a_draft_that_is_not_there(editor: Staff) -> None:
    assert editor.get(DRAFT).status_code == 404
    assert editor.get(f"{DRAFT}/members").status_code == 404
    assert editor.post(f"{DRAFT}/publish", form="/staff/counts").location == "/staff/counts"
