"""Files brought in by the pages of the staff area: step by step, as the command line does it."""

from __future__ import annotations

import datetime
import html
import io
import json
import re
import tempfile
import threading
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter
from werkzeug.test import TestResponse

from dashboard.intake.mapping import parse_mapping
from dashboard.intake.survey import open_file, understand
from dashboard.store import uploads
from dashboard.store.accounts import now
from dashboard.store.changes import history
from dashboard.store.commands import dataset_of
from dashboard.store.database import Database
from dashboard.store.staff_tables import UPLOADS
from dashboard.store.tables import METADATA
from dashboard.store.uploads import ACCEPT, LOOK
from tests.staff.conftest import CONTRIBUTOR_EMAIL, EDITOR_EMAIL, Staff
from tests.unit.intake.test_hostile import HOSTILE

QUESTION = "Which of these stand in the way of your partnership?"


def survey(rows: list[str], heading: str = QUESTION) -> bytes:
    lines = [f'Timestamp,"{heading}",Partner country']
    lines += [f'2026/02/{at % 28 + 1:02d} 10:{at % 60:02d},"{row}",Turkey' for at, row in enumerate(rows)]
    return "\n".join(lines).encode()


ANSWERS = survey(["Terrorism;Visa rules"] * 6 + ["Travel restrictions"] * 5)


def bring(who: Staff, files: dict[str, bytes], *, kind: str = "survey", **more: str) -> TestResponse:
    given: dict[str, Any] = {"kind": kind, "wave": "2026", **more}
    given["files"] = [(io.BytesIO(body), name) for name, body in files.items()]
    return who.post("/staff/import", given, content_type="multipart/form-data")


def wait(who: Staff, reply: TestResponse) -> str:
    """The path of an import, when nobody reads it any more."""
    found = re.match(r"/staff/import/\d+", reply.headers["Location"].removeprefix("https://localhost"))
    assert found, reply.headers["Location"]
    for reader in threading.enumerate():
        if reader.name.partition(" ")[0] in (LOOK, ACCEPT):
            reader.join(60)
    assert json.loads(who.get(f"{found[0]}/state").text)["is_over"], "it is still being read"
    return found[0]


def brought(who: Staff, files: dict[str, bytes], **more: str) -> str:
    reply = bring(who, files, **more)
    assert reply.status_code == 303, reply.text
    return wait(who, reply)


def file(body: str | bytes) -> bytes:
    return body if isinstance(body, bytes) else body.encode()


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return made.getvalue()


def stored(database: Database, path: str) -> uploads.Upload:
    found = uploads.find_upload(database, int(path.rpartition("/")[2]))
    assert found is not None
    return found


def answers(database: Database) -> dict[tuple[str, str], int]:
    """How many ticked each option of a wave, in the data."""
    table = dataset_of(database).survey.answers
    ticked = table[table["answer"] == "yes"]
    return Counter(zip(ticked["wave"].astype(str), ticked["option"].astype(str), strict=True))


def accept(who: Staff, path: str) -> TestResponse:
    """Presses the button of the preview, and waits until it is done."""
    found = re.search(r'name="seen" value="([^"]*)"', who.get(f"{path}/preview").text)
    assert found, "nothing to accept"
    reply = who.post(f"{path}/accept", {"seen": found[1]})
    wait(who, reply)
    return who.get(path, follow_redirects=True)


def key_of(page: str, heading: str) -> str:
    """What the form calls a heading or a text."""
    found = re.search(r'aria-label="What “' + re.escape(heading) + r'”[^"]*"', page)
    assert found, heading
    before = page[: found.start()]
    return before[before.rindex('name="') + 6 :].partition('"')[0]


def say(who: Staff, path: str, **choices: str) -> None:
    wait(who, who.post(f"{path}/columns", choices))


def test_a_survey_from_file_to_page_and_back(editor: Staff, database: Database) -> None:
    reply = bring(editor, {"answers.csv": ANSWERS})
    assert reply.headers["Location"].endswith("/reading?then=found")
    path = wait(editor, reply)
    assert "Terrorism;Visa rules" in editor.get(f"{path}/columns").text
    preview = editor.get(f"{path}/preview").text
    assert "11 respondents for wave 2026" in preview
    assert "Accept: write it into the data" in preview
    assert answers(database) == {}
    done = accept(editor, path)
    assert "The answers of 11 people are in the data, as wave 2026" in done.text
    assert answers(database) == {("2026", "terrorism"): 6, ("2026", "visas"): 6, ("2026", "travel"): 5}
    assert 'href="/barriers?wave=2026"' in done.text
    with database.reading() as connection:
        entry = history(connection, most=1)[0]
    assert (entry.who, entry.what) == (EDITOR_EMAIL, "survey wave 2026, 11 respondents")
    assert f'href="/staff/history/{entry.id}"' in done.text
    assert editor.post(f"{path}/undo").status_code == 303
    assert answers(database) == {}
    assert "It was undone by" in editor.get(f"{path}/done").text


def test_what_was_accepted_leaves_no_file_behind(editor: Staff, database: Database) -> None:
    path = brought(editor, {"answers.csv": ANSWERS})
    (kept,) = stored(database, path).files
    assert uploads.body_of(database, kept.id) == ANSWERS
    accept(editor, path)
    found = stored(database, path)
    assert (found.files, uploads.body_of(database, kept.id)) == ((), b"")
    assert "Terrorism" not in json.dumps([dict(found.result), dict(found.options)])
    assert "answers.csv" in editor.get("/staff/import").text


def test_thrown_away_is_gone_and_so_is_what_is_old(editor: Staff, database: Database) -> None:
    path = brought(editor, {"answers.csv": ANSWERS})
    (kept,) = stored(database, path).files
    editor.post(f"{path}/discard")
    assert uploads.body_of(database, kept.id) == b""
    assert editor.get(path).headers["Location"] == "/staff/import"
    second = brought(editor, {"answers.csv": ANSWERS})
    assert uploads.purge(database) == 0
    with database.writing() as connection:
        connection.execute(UPLOADS.update().values(at=now() - datetime.timedelta(days=7, minutes=1)))
    assert uploads.purge(database) == 1
    assert editor.get(second).headers["Location"] == "/staff/import"


def test_a_contributor_asks_and_an_editor_accepts(contributor: Staff, editor: Staff, database: Database) -> None:
    path = brought(contributor, {"answers.csv": ANSWERS})
    preview = contributor.get(f"{path}/preview").text
    assert "Ask an editor" in preview and "Accept: write" not in preview
    assert contributor.post(f"{path}/accept", {"seen": "x"}).status_code == 403
    contributor.post(f"{path}/ask")
    assert "waits for an editor" in editor.get("/staff/import").text
    accept(editor, path)
    assert answers(database)["2026", "terrorism"] == 6
    with database.reading() as connection:
        assert history(connection, most=1)[0].reason == f"brought by {CONTRIBUTOR_EMAIL}"
    assert "The answers of 11 people" in contributor.get(path, follow_redirects=True).text
    assert contributor.post(f"{path}/undo").status_code == 403


def test_nobody_sees_what_somebody_else_brought(editor: Staff, contributor: Staff, nobody: Staff) -> None:
    path = brought(editor, {"answers.csv": ANSWERS})
    for step in ("", "/found", "/columns", "/preview", "/map.toml"):
        assert contributor.get(path + step).headers["Location"] == "/staff/import"
        assert "/staff/sign-in" in nobody.get(path + step).headers["Location"]
    assert json.loads(contributor.get(f"{path}/state").text)["state"] == "gone"
    assert "answers.csv" not in contributor.get("/staff/import").text
    contributor.post(f"{path}/discard")
    assert editor.get(f"{path}/preview").status_code == 200


def test_reading_that_broke_off_is_found_and_begun_again(editor: Staff, database: Database) -> None:
    path = brought(editor, {"answers.csv": ANSWERS})
    long_ago = now() - uploads.SILENT_FOR * 2
    with database.writing() as connection:
        connection.execute(UPLOADS.update().values(state="reading", run="look x", touched_at=long_ago))
    assert json.loads(editor.get(f"{path}/state").text) == {"state": "reading", "progress": 1.0, "is_over": True}
    page = editor.get(path, follow_redirects=True).text
    assert "Reading broke off" in page
    assert "reading broke off" in editor.get("/staff/import").text
    wait(editor, editor.post(f"{path}/read"))
    assert "11 respondents" in editor.get(f"{path}/preview").text


def test_while_it_is_read_the_page_says_how_far(editor: Staff, database: Database) -> None:
    path = brought(editor, {"answers.csv": ANSWERS})
    with database.writing() as connection:
        connection.execute(UPLOADS.update().values(state="reading", progress=0.4, touched_at=now()))
    page = editor.get(path, follow_redirects=True).text
    assert 'value="0.4"' in page and "40 %" in page
    assert '<meta http-equiv="refresh" content="3">' in page
    assert json.loads(editor.get(f"{path}/state").text) == {"state": "reading", "progress": 0.4, "is_over": False}


def test_of_two_who_accept_one_does_it(editor: Staff, database: Database) -> None:
    path = brought(editor, {"answers.csv": ANSWERS})
    number = int(path.rpartition("/")[2])
    assert uploads.begin(database, number, "accept other")
    assert not uploads.begin(database, number, "look mine")
    uploads.discard(database, number)
    assert uploads.find_upload(database, number) is not None
    # who only looked is stopped by whoever begins after it
    with database.writing() as connection:
        connection.execute(UPLOADS.update().values(run="look other"))
    assert uploads.begin(database, number, "look mine")
    assert not uploads.touch(database, number, "look other", 0.5)
    uploads.finish(database, number, "look other", uploads.FAILED, {})
    assert stored(database, path).state == "reading"


def test_data_that_changed_since_the_look_is_looked_at_again(editor: Staff, database: Database) -> None:
    first, second = (brought(editor, {"answers.csv": ANSWERS}) for _ in range(2))
    seen = re.search(r'name="seen" value="([^"]*)"', editor.get(f"{second}/preview").text)
    assert seen
    accept(editor, first)
    wait(editor, editor.post(f"{second}/accept", {"seen": seen[1]}))
    page = editor.get(f"{second}/preview").text
    assert "The data has changed since you looked" in page
    assert "The 11 respondents that wave 2026 has now will be replaced." in page
    with database.reading() as connection:
        assert len([entry for entry in history(connection) if "survey wave" in entry.what]) == 1
    assert "The answers of 11 people" in accept(editor, second).text
    # and whoever looks when pages show the wave
    editor.poll()
    third = brought(editor, {"answers.csv": ANSWERS})
    assert "The 11 respondents that wave 2026 has now will be replaced." in editor.get(f"{third}/preview").text


def test_several_files_become_one_wave(editor: Staff, database: Database) -> None:
    path = brought(editor, {"a.csv": ANSWERS})
    more = survey(["Language"] * 7).replace(b"2026/02", b"2026/03")
    given = {"files": [(io.BytesIO(more), "b.csv")]}
    wait(editor, editor.post(f"{path}/files", given, content_type="multipart/form-data"))
    assert "18 respondents" in editor.get(f"{path}/preview").text
    first = stored(database, path).files[0]
    wait(editor, editor.post(f"{path}/files", {"remove": str(first.id)}))
    assert "7 respondents" in editor.get(f"{path}/preview").text
    for nobodys in ("999999", "9" * 30):
        wait(editor, editor.post(f"{path}/files", {"remove": nobodys}))
        assert [file.name for file in stored(database, path).files] == ["b.csv"]


def test_sheet_and_header_row_can_be_chosen(editor: Staff, database: Database) -> None:
    people = [[str(at), "Terrorism"] for at in range(6)]
    book = workbook(
        {
            "Export": [["Id", QUESTION], *people],
            "Again": [["Our survey"], ["Id", QUESTION], *people, ["x", "Visa rules"]],
        }
    )
    path = brought(editor, {"book.xlsx": book})
    page = editor.get(path, follow_redirects=True).text
    assert "more than one sheet of this workbook can be read" in page
    assert "Choose the one that is meant under “Sheet”" in page and "--sheet" not in page
    (kept,) = stored(database, path).files
    chosen = {"wave": "2026", f"sheet-{kept.id}": "Again"}
    wait(editor, editor.post(f"{path}/found", chosen))
    assert "7 respondents" in editor.get(f"{path}/preview").text
    page = editor.get(f"{path}/found").text
    assert "Row 1: Our survey" in page and "Found: 2." in page
    wait(editor, editor.post(f"{path}/found", {**chosen, f"header_row-{kept.id}": "3"}))
    assert "6 respondents" in editor.get(f"{path}/preview").text
    refused = editor.post(f"{path}/found", {**chosen, f"header_row-{kept.id}": "-1"})
    assert refused.status_code == 400 and "A row from 1 to 30" in refused.text
    wait(editor, editor.post(f"{path}/found", {**chosen, f"header_row-{kept.id}": "2"}))
    assert "7 respondents" in editor.get(f"{path}/preview").text


def test_the_separator_can_be_chosen(editor: Staff, database: Database) -> None:
    body = f"Id;{QUESTION}\n" + "".join(f"{at},1;Terrorism\n" for at in range(6))
    path = brought(editor, {"a.csv": file(body)})
    (kept,) = stored(database, path).files
    assert "semicolon" in editor.get(f"{path}/found").text
    wait(editor, editor.post(f"{path}/found", {"wave": "2026", f"separator-{kept.id}": "comma"}))
    assert stored(database, path).result["problems"]
    wait(editor, editor.post(f"{path}/found", {"wave": "2026"}))
    assert "6 respondents" in editor.get(f"{path}/preview").text


def test_a_wave_is_named_as_the_command_line_wants_it(editor: Staff) -> None:
    for wave, year, text in (
        ("no year", "", "Letters, digits"),
        ("2026", "1", "Letters, digits"),
        ("spring", "soon", "A year from"),
        ("2006", "", "published themes"),
    ):
        reply = bring(editor, {"a.csv": ANSWERS}, wave=wave, year=year)
        assert reply.status_code == 400 and text in reply.text, wave
    assert bring(editor, {}).status_code == 400
    assert bring(editor, {"a.csv": ANSWERS}, kind="counts").status_code == 400


def test_headings_are_said_once_and_kept_for_the_next_time(editor: Staff, database: Database) -> None:
    body = survey(["Terrorism"] * 5 + ["Visa rules"] * 5, "Q7")
    path = brought(editor, {"a.csv": body})
    say(editor, path, **{key_of(editor.get(f"{path}/columns").text, "Q7"): "leave out"})
    assert "Known questions:" in editor.get(f"{path}/preview").text
    page = editor.get(f"{path}/columns").text
    say(editor, path, **{key_of(page, "Q7"): "wishes"})
    assert "match no option" in editor.get(f"{path}/preview").text
    say(editor, path, **{key_of(page, "Q7"): "barriers", key_of(page, "Partner country"): "leave out"})
    assert "No column says where people are" in editor.get(f"{path}/preview").text
    accept(editor, path)
    assert answers(database)["2026", "visas"] == 5
    again = brought(editor, {"b.csv": body}, wave="2027")
    page = editor.get(f"{again}/columns").text
    assert "Files with these headings were understood before" in page
    assert "No column says where people are" in editor.get(f"{again}/preview").text
    wait(editor, editor.post(f"{again}/columns", {"begin_anew": ""}))
    assert "sub-region known of 10" in editor.get(f"{again}/preview").text


def test_what_texts_mean_can_be_said(editor: Staff, database: Database) -> None:
    body = survey(["Zeitdruck"] * 6 + ["Terrorism"] * 12 + ["Zeitmangel"] * 2).replace(b'"Turkey"', b'"Land T"')
    path = brought(editor, {"a.csv": body})
    page = editor.get(f"{path}/columns").text
    assert "Zeitmangel" not in page
    say(
        editor,
        path,
        **{key_of(page, "Zeitdruck"): "terrorism", "text-barriers-new": "Zeitmangel", "text-barriers-new-is": "staff"},
    )
    page = editor.get(f"{path}/columns").text
    say(editor, path, **{"place-new": "Land T", "place-new-is": "Western Asia"})
    assert "sub-region known of 20" in editor.get(f"{path}/preview").text
    accept(editor, path)
    assert answers(database) == {("2026", "terrorism"): 18, ("2026", "staff"): 2}


def test_of_two_at_the_headings_neither_takes_back_what_the_other_said(editor: Staff, server: Any) -> None:
    path = brought(editor, {"a.csv": survey(["Terrorism"] * 6, "Q7")})
    page = editor.get(f"{path}/columns").text
    question, place = key_of(page, "Q7"), key_of(page, "Partner country")
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    seen = html.unescape(found[1])
    shown = json.loads(seen)
    assert set(shown) >= {question, place}
    other = Staff(server.test_client(), server)
    other.sign_in(EDITOR_EMAIL)
    # a browser sends every list of the page, and both had opened it before
    say(other, path, **{**shown, question: "barriers"}, seen=seen)
    say(editor, path, **{**shown, place: "leave out"}, seen=seen)
    page = editor.get(f"{path}/columns").text
    for key, said in ((question, "barriers"), (place, "leave out")):
        assert re.search(rf'name="{key}".*?</select>', page, re.DOTALL)[0].count(f'value="{said}" selected') == 1  # type: ignore[index]


def test_of_two_at_one_heading_the_second_is_told(editor: Staff, server: Any) -> None:
    path = brought(editor, {"a.csv": survey(["Terrorism"] * 6 + ["Fear"] * 5, "Q7")})
    say(editor, path, **{key_of(editor.get(f"{path}/columns").text, "Q7"): "barriers"})
    page = editor.get(f"{path}/columns").text
    place, text = key_of(page, "Partner country"), key_of(page, "Fear")
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    seen = html.unescape(found[1])
    shown = json.loads(seen)
    other = Staff(server.test_client(), server)
    other.sign_in(EDITOR_EMAIL)
    say(other, path, **{**shown, place: "leave out", text: "terrorism"}, seen=seen)
    mine = {
        **shown,
        place: "region",
        text: "leave out",
        "text-barriers-new": "Dread",
        "text-barriers-new-is": "funding",
    }
    reply = editor.post(f"{path}/columns", {**mine, "seen": seen})
    assert reply.status_code == 409
    assert "Somebody else chose “leave out” here meanwhile; you chose “" in html.unescape(reply.text)
    assert reply.text.count("Save again and yours stands") == 4, "two fields, each in the summary and beside itself"
    # nothing is kept, and what this person chose and typed is there
    assert 'value="Dread"' in reply.text
    again = re.search(r'name="seen" value="([^"]*)"', reply.text)
    assert again
    now = json.loads(html.unescape(again[1]))
    assert (now[place], now[text]) == ("leave out", "terrorism")
    say(editor, path, **mine, seen=html.unescape(again[1]))
    told = json.loads(html.unescape(re.search(r'name="seen" value="([^"]*)"', editor.get(f"{path}/columns").text)[1]))  # type: ignore[index]
    assert (told[place], told[text]) == ("region", "leave out")
    assert "Dread" in editor.get(f"{path}/columns").text


def test_going_back_forgets_nothing(editor: Staff) -> None:
    path = brought(editor, {"a.csv": survey(["Terrorism"] * 6, "Q7")})
    page = editor.get(f"{path}/columns").text
    key = key_of(page, "Q7")
    say(editor, path, **{key: "barriers"})
    wait(editor, editor.post(f"{path}/found", {"wave": "2027", "title": "Ours"}))
    assert "6 respondents for wave 2027" in editor.get(f"{path}/preview").text
    assert re.search(rf'name="{key}".*?value="barriers" selected', editor.get(f"{path}/columns").text, re.DOTALL)
    assert 'value="Ours"' in editor.get(f"{path}/found").text


def test_the_map_is_the_one_of_the_command_line(editor: Staff, database: Database, tmp_path: Path) -> None:
    body = survey(["Terrorism"] * 5 + ["Visa rules"] * 5, "Q7")
    path = brought(editor, {"a.csv": body})
    say(editor, path, **{key_of(editor.get(f"{path}/columns").text, "Q7"): "barriers"})
    reply = editor.get(f"{path}/map.toml")
    assert "2026.map.toml" in reply.headers["Content-Disposition"]
    mapped, dataset = parse_mapping(reply.text, "map"), dataset_of(database)
    (tmp_path / "a.csv").write_bytes(body)
    opened = open_file(tmp_path / "a.csv", dataset, mapped, most_bytes=10**6)
    assert understand([opened], dataset, mapped).answered[0].counts()["visas"] == 5


def test_nothing_that_one_person_wrote_is_shown_or_kept_or_logged(
    editor: Staff, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [f'{at},"Terrorism",Turkey,"Secret {at} of Ahmed",ahmed{at}@example.org' for at in range(12)]
    rows += ['12,"Terrorism;Something only I say",Atlantis only,,']
    head = f'Id,"{QUESTION}",Partner country,Any remarks,E-mail'
    path = brought(editor, {"a.csv": file("\n".join([head, *rows]))})
    pages = [editor.get(path + step).text for step in ("/found", "/columns", "/preview", "/map.toml")]
    found = stored(database, path)
    accept(editor, path)
    told = [*pages, json.dumps(dict(found.result)), json.dumps(dict(found.options)), caplog.text]
    for secret in ("Ahmed", "ahmed", "only I say", "Atlantis"):
        assert not any(secret in text for text in told), secret
    assert "Personal: e-mail addresses" in pages[2]


def test_what_is_odd_is_flagged(editor: Staff) -> None:
    path = brought(editor, {"a.csv": survey(["Terrorism"] * 6)})
    assert "“Terrorism” was ticked by everybody who answered" in editor.get(f"{path}/preview").text
    path = brought(editor, {"a.csv": survey(["Terrorism"] * 6 + ["Something else"] * 4)})
    assert "40 % are Other" in editor.get(f"{path}/preview").text
    path = brought(editor, {"a.csv": survey(["Terrorism"] * 6 + ["Visa rules"] * 4)})
    assert "Nothing odd was noticed" in editor.get(f"{path}/preview").text


LIST = """id,us_community,us_state,partner_community,country_iso3,start_year
new,Newtown,Ohio,Neustadt,Turkey,2020
,Denver Region,Colorado,Baghdad City,Iraq,2001
,Nowhere,,,,
"""


def a_partnership(database: Database) -> dict[str, str]:
    rows = dataset_of(database).partnerships
    found = rows[(rows["us_community"] != "") & (rows["us_state"] != "")].iloc[0]
    return {name: str(found[name]) for name in ("id", "us_community", "us_state", "partner_community", "country_iso3")}


def test_a_list_row_by_row(editor: Staff, database: Database) -> None:
    known = a_partnership(database)
    changed = {**known, "start_year": "1901"}
    rows = [
        f"{changed['id']},{known['us_community']},{known['us_state']},{known['partner_community']},{known['country_iso3']},1901"
    ]
    path = brought(editor, {"list.csv": file(LIST + "\n".join(rows))}, kind="partnerships")
    pages = {
        kind: editor.get(f"{path}/preview?kind={kind}").text for kind in ("new", "changed", "held", "missing", "words")
    }
    assert "Newtown, OH – Neustadt, TUR, 2020" in pages["new"]
    assert "<code>start_year</code>" in pages["changed"] and "<b>1901</b>" in pages["changed"]
    assert "names no partner community" in pages["held"]
    assert known["id"] not in pages["missing"]
    before = set(dataset_of(database).partnerships["id"])
    done = accept(editor, path)
    assert "1 changed, 0 removed" in done.text
    after = dataset_of(database).partnerships.set_index("id")
    assert set(after.index) > before
    assert str(after.loc[known["id"], "start_year"]) == "1901"
    editor.post(f"{path}/undo")
    assert set(dataset_of(database).partnerships["id"]) == before


def test_an_undo_that_the_data_cannot_take_says_why(editor: Staff, database: Database) -> None:
    path = brought(editor, {"list.csv": file(LIST)}, kind="partnerships")
    before = set(dataset_of(database).partnerships["id"])
    accept(editor, path)
    after, partnerships = set(dataset_of(database).partnerships["id"]), METADATA.tables["partnerships"]
    with database.writing() as connection:
        wrong = partnerships.update().where(partnerships.c.id == min(before)).values(source_ids="s9999")
        connection.execute(wrong)
    undone = editor.post(f"{path}/undo", follow_redirects=True)
    assert undone.status_code == 200
    assert "partnerships.csv" in undone.text and "s9999" in undone.text
    with database.reading() as connection:
        assert set(connection.execute(sa.select(partnerships.c.id)).scalars()) == after


def test_rows_that_are_alike_are_chosen(editor: Staff, database: Database) -> None:
    known = a_partnership(database)
    near = f"{known['us_community']} Region"
    body = f"us_community,us_state,partner_community,country_iso3,start_year\n{near},{known['us_state']},{known['partner_community']},{known['country_iso3']},2020\n"
    path = brought(editor, {"list.csv": file(body)}, kind="partnerships")
    page = editor.get(f"{path}/preview").text
    assert "There is nothing to change" in page
    name, value = re.findall(r'name="(alike-\w+)" value="([^"]+)"', page)[0]
    assert value == known["id"]
    wait(editor, editor.post(f"{path}/preview", {name: known["id"]}))
    assert "<b>2020</b>" in editor.get(f"{path}/preview?kind=changed").text
    wait(editor, editor.post(f"{path}/preview", {name: "new"}))
    assert near in editor.get(f"{path}/preview?kind=new").text
    wait(editor, editor.post(f"{path}/preview", {name: "not a choice"}))
    assert near in editor.get(f"{path}/preview?kind=new").text
    # a page that was opened before, on which nothing was chosen, takes nothing back
    found = re.search(r'name="shown" value="([^"]*)"', page)
    assert found and json.loads(html.unescape(found[1])) == {name: ""}
    wait(editor, editor.post(f"{path}/preview", {name: "", "shown": html.unescape(found[1])}))
    assert near in editor.get(f"{path}/preview?kind=new").text
    # and what was chosen can be undecided again
    wait(editor, editor.post(f"{path}/preview", {name: "", "shown": json.dumps({name: "new"})}))
    assert "There is nothing to change" in editor.get(f"{path}/preview").text
    wait(editor, editor.post(f"{path}/preview", {name: "new"}))
    before = len(dataset_of(database).partnerships)
    accept(editor, path)
    assert len(dataset_of(database).partnerships) == before + 1


def test_what_is_not_in_the_file_goes_only_when_asked(editor: Staff, database: Database) -> None:
    path = brought(editor, {"list.csv": file(LIST)}, kind="partnerships")
    assert "and stay." in editor.get(f"{path}/preview?kind=missing").text
    wait(editor, editor.post(f"{path}/preview", {"options": "1", "remove_missing": "on"}))
    assert "and go." in editor.get(f"{path}/preview?kind=removed").text
    wait(editor, editor.post(f"{path}/preview", {"options": "1"}))
    assert "and stay." in editor.get(f"{path}/preview?kind=missing").text


def test_one_citys_own_list_is_told_its_city(editor: Staff) -> None:
    path = brought(editor, {"list.csv": file("Sister City,Country\nNeustadt,Turkey\n")}, kind="partnerships")
    page = editor.get(path, follow_redirects=True).text
    assert "say which city" in page and "--us-city" not in page
    wait(editor, editor.post(f"{path}/found", {"us_city": "Newtown, Ohio"}))
    assert "Newtown, OH – Neustadt, TUR" in editor.get(f"{path}/preview").text


def test_workbooks_to_fill_in(editor: Staff) -> None:
    for kind in ("survey", "partnerships"):
        reply = editor.get(f"/staff/import/template/{kind}")
        assert reply.data.startswith(b"PK") and f"{kind}-template.xlsx" in reply.headers["Content-Disposition"]


def test_an_import_that_is_not_there(editor: Staff) -> None:
    for path in ("/staff/import/99", "/staff/import/99/preview", "/staff/import/99/reading"):
        assert editor.get(path).headers["Location"] == "/staff/import"
    assert editor.get(f"/staff/import/{10**30}").status_code < 500


OF_THE_DISK = {"link.csv", "folder.csv", "absent.csv", "long-line.csv"}


@cache
def harmful(name: str) -> bytes:
    """One of the files: some of them take longer to make than to refuse."""
    with tempfile.TemporaryDirectory() as place:
        return HOSTILE[name][0](Path(place) / name).read_bytes()


@pytest.mark.parametrize("kind", ["survey", "partnerships"])
@pytest.mark.parametrize("name", sorted(set(HOSTILE) - OF_THE_DISK))
def test_harmful_files_are_refused_in_words(
    name: str, kind: str, editor: Staff, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    reason = HOSTILE[name][1]
    path = brought(editor, {name: harmful(name)}, kind=kind)
    steps = [editor.get(path + step, follow_redirects=True) for step in ("", "/found", "/columns", "/preview")]
    assert all(page.status_code == 200 for page in steps)
    if kind == "survey":
        assert reason in html.unescape(steps[0].text)
    assert "This stops it:" in steps[0].text
    assert "<script>alert" not in "".join(page.text for page in steps)
    assert "Accept: write" not in steps[-1].text
    assert not [record for record in caplog.records if record.name == "dashboard.staff"]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.csv",
        "..\\..\\x.csv",
        "a" * 5000 + ".csv",
        "ü" * 300 + ".csv",
        "bell\x07\x1b[31m\u202e.csv",
        "<script>alert(1)</script>.csv",
        "'; DROP TABLE uploads; --.csv",
        ".csv",
        "..",
        "CON.csv",
    ],
)
def test_names_may_be_anything(name: str, editor: Staff) -> None:
    path = brought(editor, {name: ANSWERS})
    for step in ("/staff/import", f"{path}/found", f"{path}/preview"):
        page = editor.get(step)
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "\x1b" not in page.text and "etc/" not in page.text
    assert all(
        len(each) <= 80
        for each in re.findall(r'<a href="/staff/import/\d+">(.*?)</a>', editor.get("/staff/import").text)
        if "&" not in each
    )


def test_script_in_headings_and_cells_is_text(editor: Staff) -> None:
    mark = "<img src=x onerror=alert(1)>"
    rows = [f'{at},"Terrorism","{mark}"' for at in range(6)]
    path = brought(editor, {"a.csv": file("\n".join([f'Id,"{QUESTION}","{mark}"', *rows]))})
    for step in ("/found", "/columns", "/preview"):
        assert mark not in editor.get(path + step).text


def test_too_much_at_once_is_said_in_words(editor: Staff, server: Any) -> None:
    most = server.config["MAX_CONTENT_LENGTH"]
    assert most == 50_000_000
    reply = bring(editor, {"large.csv": b"a" * (most + 1)})
    assert reply.status_code == 413
    assert "What you sent is more than 50 MB" in reply.text
    assert editor.get("/staff/import").status_code == 200


def test_many_files_at_once(editor: Staff) -> None:
    reply = bring(editor, {f"{at}.csv": ANSWERS for at in range(21)})
    assert reply.status_code == 400 and "At most 20 files" in reply.text
