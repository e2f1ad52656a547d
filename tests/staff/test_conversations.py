"""The log of conversations: written down, mended, erased; who may do what; what the public learns of it."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import logging
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dashboard.store import conversations as store
from dashboard.store.changes import Edit, commit, row_images
from dashboard.store.conversations import FIELDS, Conversation
from dashboard.store.database import Database
from dashboard.store.folder import dump
from dashboard.store.tables import PARTNERSHIPS
from tests.asking import page, said_by
from tests.staff.conftest import Staff

HERAT, BAMYAN = "council-bluffs-ia--herat-afg", "gering-and-scottsbluff-ne--bamyan-afg"
OF = f"/staff/conversations/of/{BAMYAN}"
SPOKEN = {
    "on_date": "2026-02-20",
    "who": "Edith",
    "with_whom": "Zarghuna Waltherson, sister city committee",
    "means": "phone",
    "outcome": "reached",
    "note": "She asked for <b>the letter</b> of 1970.\nHer cousin Quillfeather has it.",
    "next_step": "Send the survey",
    "next_date": "2026-03-02",
}
NAMES = ("Zarghuna", "Waltherson", "Quillfeather")


def write(staff: Staff, partnership_id: str = BAMYAN, **values: Any) -> Conversation:
    """Writes one down as a person does; returns it."""
    path = f"/staff/conversations/of/{partnership_id}"
    reply = staff.post(path, {**SPOKEN, **values}, form=path)
    assert reply.status_code == 303, reply.text
    assert reply.location == path
    return store.list_conversations(staff.server.extensions["data"].database, partnership_ids=[partnership_id])[0]


def board(staff: Staff) -> dict[str, dict[str, str]]:
    """The rows of the board's file, by country."""
    staff.poll()
    text = staff.get("/export/board.csv").get_data(as_text=True).lstrip("\ufeff")
    return {row["country"]: row for row in csv.DictReader(io.StringIO(text))}


def test_what_was_said_stands_in_the_log_as_text(contributor: Staff, editor: Staff) -> None:
    write(contributor)
    shown = editor.get(OF).text
    for text in ("Zarghuna Waltherson", "20 February 2026", "Send the survey", "Conrad", "Phone"):
        assert text in shown
    assert "&lt;b&gt;the letter&lt;/b&gt;" in shown
    everything = editor.get("/staff/conversations").text
    assert "Zarghuna Waltherson" in everything and "Gering and Scottsbluff, NE–Bamyan" in everything


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(editor: Staff, database: Database) -> None:
    future = (datetime.date.today() + datetime.timedelta(days=9)).isoformat()
    for field, value, words in (
        ("on_date", "yesterday", "Not a day of the calendar"),
        ("on_date", "20260220", "Not a day of the calendar"),
        ("on_date", future, "has not come yet"),
        ("who", " ", "Say who of us"),
        ("means", "telepathy", "Choose one"),
        ("outcome", "", "Choose one"),
        ("next_date", "2026-02-30", "Not a day of the calendar"),
        ("next_date", "2026-01-01", "before the conversation"),
        ("next_step", "", "Say what is to be done"),
        ("note", "x" * 10_001, "at most 10,000 characters"),
        ("with_whom", "x" * 401, "at most 400 characters"),
    ):
        reply = editor.post(OF, {**SPOKEN, field: value}, form=OF)
        assert reply.status_code == 400, field
        wrong = re.search(rf'id="error-{field}">([^<]+)', reply.text)
        assert wrong and words in wrong[1], field
        assert "Her cousin Quillfeather has it." in reply.text or field == "note"
    assert store.list_conversations(database) == []


def test_a_second_press_writes_nothing_down_twice(editor: Staff, contributor: Staff, database: Database) -> None:
    first = write(editor)
    assert write(editor).id == first.id
    # another one says the same, or this one something else
    assert write(contributor).id != first.id
    assert write(editor, outcome="no_answer").id != first.id
    assert len(store.list_conversations(database, partnership_ids=[BAMYAN])) == 3


def test_a_log_is_kept_of_partnerships_that_there_are(editor: Staff, database: Database) -> None:
    assert editor.get("/staff/conversations/of/no-such").status_code == 404
    assert editor.post("/staff/conversations/of/no-such", SPOKEN, form=OF).status_code == 404
    assert store.list_conversations(database) == []


def test_what_is_overdue_comes_first_until_it_is_done(editor: Staff, database: Database) -> None:
    later = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()
    write(editor, next_step="Call next month", next_date=later)
    write(editor, HERAT, next_step="Whenever there is time", next_date="")
    write(editor, next_step="Send the survey")
    shown = editor.get("/staff/conversations?due=on").text
    order = [shown.index(text) for text in ("Send the survey", "Call next month", "Whenever there is time")]
    assert order == sorted(order)
    assert shown.count(">overdue<") == 1
    assert "Zarghuna" not in shown
    number = store.list_next_steps(database)[0].id
    back = "/staff/conversations?due=on"
    assert editor.post(f"/staff/conversations/entry/{number}/done", {"back": back}).location == back
    assert "Send the survey" not in editor.get(back).text
    assert editor.post(f"/staff/conversations/entry/{number}/done", {"back": "//evil.example"}).location == (
        "/staff/conversations"
    )


def test_a_conversation_can_take_the_step_that_was_next(editor: Staff, database: Database) -> None:
    first = write(editor)
    other = write(editor, HERAT)
    write(editor, next_step="", next_date="", done=[first.id, other.id])
    # of another partnership nothing is done
    assert [each.id for each in store.list_next_steps(database)] == [other.id]


def test_the_list_is_narrowed_by_partnership_and_person(editor: Staff) -> None:
    write(editor, with_whom="Somebody in Bamyan")
    write(editor, HERAT, who="Conrad", with_whom="Somebody in Herat")
    found = editor.get("/staff/conversations?find=bamyan").text
    assert "Somebody in Bamyan" in found and "Somebody in Herat" not in found
    assert f'href="{OF}"' in found
    nobody_yet = editor.get("/staff/conversations?find=fes").text
    assert "Nobody was spoken with yet" in nobody_yet
    code = re.search(r'<option value="(\w+)">Conrad', found)
    assert code and "conrad" not in code[1].casefold()
    of_conrad = editor.get(f"/staff/conversations?who={code[1]}").text
    assert "Somebody in Herat" in of_conrad and "Somebody in Bamyan" not in of_conrad


def test_who_wrote_it_and_editors_change_it(contributor: Staff, editor: Staff, database: Database) -> None:
    of_editor, of_contributor = write(editor, who="Edith"), write(contributor, who="Conrad")
    path = f"/staff/conversations/entry/{of_editor.id}"
    assert 'name="note"' not in contributor.get(path).text
    for action in ("", "/erase", "/delete"):
        assert contributor.post(path + action, {**SPOKEN, "seen": json.dumps(of_editor.values)}).status_code == 403
    assert store.find_conversation(database, of_editor.id) == of_editor
    for staff, each in ((contributor, of_contributor), (editor, of_contributor)):
        path = f"/staff/conversations/entry/{each.id}"
        seen = store.find_conversation(database, each.id)
        assert seen
        given = {**seen.values, "note": f"mended {staff is editor}", "seen": json.dumps(seen.values)}
        assert staff.post(path, given, form=path).location == OF
    assert "mended True" in editor.get(OF).text and "mended False" not in editor.get(OF).text
    assert contributor.get("/staff/conversations/person").status_code == 403
    assert contributor.post("/staff/conversations/person", {"name": "a"}).status_code == 403
    assert contributor.post("/staff/conversations/person/erase", {"entry": of_editor.id}).status_code == 403


def test_two_who_mend_the_same_one_learn_of_each_other(editor: Staff, contributor: Staff, database: Database) -> None:
    found = write(contributor)
    path = f"/staff/conversations/entry/{found.id}"
    seen = json.dumps(found.values)
    editor.post(path, {**SPOKEN, "note": "Of the editor", "seen": seen}, form=path)
    reply = contributor.post(path, {**SPOKEN, "note": "Of the contributor", "seen": seen}, form=path)
    assert reply.status_code == 400
    assert "changed this conversation meanwhile" in reply.text
    assert "Now: Of the editor" in reply.text and "Of the contributor</textarea>" in reply.text
    now = store.find_conversation(database, found.id)
    assert now and now.note == "Of the editor"
    again = {**SPOKEN, "note": "Of the contributor", "seen": json.dumps(now.values)}
    assert contributor.post(path, again, form=path).status_code == 303
    editor.post(f"{path}/delete", form=path)
    assert contributor.post(path, again, form=OF).status_code == 403


def test_what_is_erased_is_gone_and_that_it_was_stays(editor: Staff, database: Database) -> None:
    found = write(editor)
    path = f"/staff/conversations/entry/{found.id}"
    before = board(editor)["Afghanistan"]["contacted"]
    assert editor.post(f"{path}/erase", form=path).location == OF
    erased = store.find_conversation(database, found.id)
    assert erased and erased.is_erased
    gone = ("who", "with_whom", "note", "next_step", "next_date")
    assert [erased.values[name] for name in gone] == [""] * 5
    assert [erased.values[name] for name in FIELDS if name not in gone] == ["2026-02-20", "phone", "reached"]
    assert board(editor)["Afghanistan"]["contacted"] == before == "1"
    shown = editor.get(OF).text
    assert "names and notes were erased" in shown and "20 February 2026" in shown


def test_who_mends_what_was_erased_meanwhile_is_told_so(editor: Staff, database: Database) -> None:
    found = write(editor)
    path = f"/staff/conversations/entry/{found.id}"
    store.erase_people(database, [found.id])
    reply = editor.post(path, {**found.values, "note": "They want an exchange"}, form=OF)
    assert (reply.status_code, reply.location) == (303, path)
    assert "the names and notes of this conversation have been erased" in editor.get(path).text
    now = store.find_conversation(database, found.id)
    assert now and now.values["note"] == ""


def test_what_is_taken_away_is_in_no_file_of_the_database(editor: Staff, database: Database) -> None:
    first, second, third = (write(editor, on_date=day) for day in ("2026-02-18", "2026-02-19", "2026-02-20"))
    assert database.file is not None
    path = database.file

    def files() -> bytes:
        return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))

    assert all(name.encode() in files() for name in NAMES)
    mended = {**SPOKEN, "with_whom": "", "note": "", "seen": json.dumps(third.values)}
    editor.post(f"/staff/conversations/entry/{third.id}", mended, form=OF)
    editor.post(f"/staff/conversations/entry/{first.id}/erase", form=OF)
    editor.post(f"/staff/conversations/entry/{second.id}/delete", form=OF)
    assert len(store.list_conversations(database)) == 2
    assert not any(name.encode() in files() for name in NAMES)


def test_everything_about_a_person_is_found_and_erased(editor: Staff, database: Database) -> None:
    form = "/staff/conversations/person"
    write(editor)
    write(editor, HERAT, with_whom="", note="ZARGHUNA called back", next_step="", next_date="")
    other = write(editor, HERAT, with_whom="Somebody else", note="")
    shown = editor.post(form, {"name": " zarghuna "}, form=form)
    numbers = re.findall(r'name="entry" value="(\d+)"', shown.text)
    assert len(numbers) == 2 and str(other.id) not in numbers
    assert "no conversation has this name" in editor.post(form, {"name": "nobody"}, form=form).text.casefold()
    assert editor.post(form, {"name": " "}, form=form).status_code == 400
    assert editor.post(f"{form}/erase", {"entry": numbers}, form=form).location == form
    assert "2 conversations were erased" in editor.get(form).text
    assert "zarghuna" not in editor.get("/staff/conversations").text.casefold()
    assert "Somebody else" in editor.get("/staff/conversations").text
    assert len(store.list_conversations(database)) == 3


def test_the_board_counts_whom_we_reached(editor: Staff) -> None:
    def said() -> str:
        editor.poll()
        said = said_by(page(editor.server.test_client(), "/research"))
        found = re.search(r"By the log of conversations, ([^<]*?)\.", said)
        assert found
        return found[1]

    assert said() == "contacted: nobody yet; surveyed: nobody yet"
    write(editor, outcome="no_answer")
    assert said() == "contacted: nobody yet; surveyed: nobody yet"
    write(editor, outcome="survey_sent")
    assert said() == "contacted: 1 of 94; surveyed: nobody yet"
    write(editor, outcome="survey_answered")
    # not counted by SCI
    write(editor, HERAT)
    assert said() == "contacted: 1 of 94; surveyed: 1 of 94"
    rows = board(editor)
    assert (rows["Afghanistan"]["contacted"], rows["Afghanistan"]["surveyed"]) == ("1", "1")
    assert {(row["contacted"], row["surveyed"]) for name, row in rows.items() if name != "Afghanistan"} == {("0", "0")}


def test_pages_are_read_anew_only_where_the_board_changes(editor: Staff, database: Database) -> None:
    versions = [database.version()]

    def is_new() -> bool:
        versions.append(database.version())
        return versions[-1] != versions[-2]

    write(editor, outcome="no_answer")
    assert not is_new()
    reached = write(editor)
    assert is_new()
    again = write(editor, outcome="survey_sent")
    assert not is_new()
    path = f"/staff/conversations/entry/{again.id}"
    editor.post(path, {**again.values, "outcome": "survey_answered", "seen": json.dumps(again.values)}, form=path)
    assert is_new()
    editor.post(f"/staff/conversations/entry/{reached.id}/delete", form=OF)
    editor.post(f"{path}/erase", form=OF)
    assert not is_new()
    editor.post(f"{path}/delete", form=OF)
    assert is_new()


def test_the_log_of_a_partnership_that_is_gone_waits_and_can_be_moved(editor: Staff, database: Database) -> None:
    before = write(editor, HERAT)
    gone = [Edit("snapshot_members", ("sci-2007", HERAT), None), Edit("partnerships", (HERAT,), None)]
    commit(database, gone, who="tests", way="tests", what="merged")
    editor.poll()
    shown = editor.get(f"/staff/conversations/of/{HERAT}").text
    assert "no longer in the registry" in shown and "Zarghuna" in shown and 'name="on_date"' not in shown
    assert "no longer in the registry" in editor.get("/staff/conversations?find=herat").text
    found = editor.get(f"/staff/conversations/of/{HERAT}?find=bamyan").text
    assert f'name="to" value="{BAMYAN}"' in found
    move = f"/staff/conversations/of/{HERAT}/move"
    assert editor.post(move, {"to": "no-such"}, form=OF).status_code == 400
    assert editor.post(move, {"to": BAMYAN}, form=OF).location == OF
    assert [each.id for each in store.list_conversations(database, partnership_ids=[BAMYAN])] == [before.id]
    # one that is there keeps its log
    assert editor.post(f"{OF}/move", {"to": "fresno-ca--lahore-pak"}, form=OF).status_code == 400


def test_a_log_follows_a_partnership_that_is_identified_or_merged(editor: Staff, database: Database) -> None:
    former, now = "not-yet-identified-afg-1", "somewhere-ia--ghazni-afg"
    step = write(editor, former)
    named = Edit("partnerships", (former,), {"id": now, "us_community": "Somewhere", "partner_community": "Ghazni"})
    member = ("sci-2007", former)
    edits = [named, Edit("snapshot_members", member, {"partnership_id": now})]
    commit(database, edits, who="tests", way="tests", what="identified")
    assert board(editor)["Afghanistan"]["contacted"] == "1"
    assert editor.get(f"/staff/conversations/of/{former}").location == f"/staff/conversations/of/{now}"
    write(editor, now, done=[step.id])
    assert [each.partnership_id for each in store.list_conversations(database)] == [now, now]
    assert [each.id for each in store.list_next_steps(database)] != [step.id]
    assert board(editor)["Afghanistan"]["contacted"] == "1"
    # merged into another: its row goes, and the other takes over what it rests on
    with database.reading() as connection:
        sources = {row["id"]: row["source_ids"] for row in row_images(connection, PARTNERSHIPS).values()}
    both = {"source_ids": ";".join(dict.fromkeys(f"{sources[BAMYAN]};{sources[now]}".split(";")))}
    gone = [Edit("partnerships", (now,), None), Edit("partnerships", (BAMYAN,), both)]
    vacant = "not-yet-identified-afg-9"
    placeholder = {"id": vacant, "country_iso3": "AFG", "confidence": "high", "source_ids": sources[now]}
    gone.append(Edit("partnerships", None, placeholder))
    gone.append(Edit("snapshot_members", ("sci-2007", now), {"partnership_id": vacant}))
    commit(database, gone, who="tests", way="tests", what="merged")
    assert len(store.list_conversations(database, partnership_ids=[BAMYAN])) == 2
    assert board(editor)["Afghanistan"]["contacted"] == "1"


def test_nothing_of_it_leaves(editor: Staff, nobody: Staff, database: Database, tmp_path: Path) -> None:
    write(editor, note="Quillfeather", outcome="survey_answered")
    editor.poll()
    with database.reading() as connection:
        dump(connection, tmp_path / "dumped")
    written = b"".join(path.read_bytes() for path in (tmp_path / "dumped").rglob("*") if path.is_file())
    assert b"sister" in written
    taken = [written]
    paths = ["/", "/research", f"/partnerships/{BAMYAN}", "/export/board.csv", "/export/registry.csv"]
    for path in [*paths, "/export/board.xlsx", "/health"]:
        reply = nobody.get(path)
        assert reply.status_code == 200, path
        body = reply.get_data()
        if path.endswith("xlsx"):
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                body = b"".join(archive.read(name) for name in archive.namelist())
        taken.append(body)
    for name in (*NAMES, "Send the survey", "conversations_"):
        assert not any(name.encode() in body for body in taken), name


def test_a_folder_brings_and_takes_nothing_of_it(editor: Staff, database: Database, tmp_path: Path) -> None:
    from dashboard.dataset.load import read_folder
    from dashboard.settings import SHIPPED_DATA
    from dashboard.store.start import fill_from

    write(editor)
    _, reader = read_folder(SHIPPED_DATA)
    with database.writing() as connection:
        version = fill_from(connection, reader, "0123456789ab", who="tests", what="loaded")
    # the folder alone does not say which data this is any more
    assert version == database.version() != "0123456789ab"
    assert len(store.list_conversations(database)) == 1
    assert board(editor)["Afghanistan"]["contacted"] == "1"


def test_no_name_is_in_a_log_or_an_address(editor: Staff, caplog: pytest.LogCaptureFixture) -> None:
    # as DASHBOARD_LOG_LEVEL=info has it: a line for every request
    caplog.set_level(logging.INFO, logger="dashboard.application")
    write(editor)
    editor.post("/staff/conversations/person", {"name": "Zarghuna"}, form="/staff/conversations/person")
    code = hashlib.sha256(b"Edith").hexdigest()[:12]
    editor.get(f"/staff/conversations?who={code}")
    lines = " ".join(json.dumps(each.__dict__, default=str) for each in caplog.records)
    assert code in lines
    for name in (*NAMES, "Edith"):
        assert name not in lines
