"""The registry as staff edit it: the grid's page and what it asks, the forms, merging, and what each change carries."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from dashboard import create_app
from dashboard.settings import Settings
from dashboard.store.changes import Entry, history, rows_of, undo
from dashboard.store.database import Database
from dashboard.store.proposals import list_proposals
from dashboard.store.registry import Rows, current_ids, read_rows
from tests.staff.conftest import CONTRIBUTOR_EMAIL, EDITOR_EMAIL, PASSWORD, Staff, copy_database

GRID = "/staff/registry"
DATED, OPEN = "houston-tx--karachi-pak", "not-yet-identified-afg-1"
UNDATED = "council-bluffs-ia--kandahar-afg"
WHY = {"source": "s001", "reason": "read it there"}


def field(text: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
    assert found, name
    return unescape(found[1])


def answer_of(reply: Any) -> Any:
    return reply.json


def form_of(staff: Staff, path: str, **typed: str) -> dict[str, Any]:
    """What a browser sends of the form at a path, with other values typed in."""
    text = staff.get(path).text.partition('data-draft="')[2]
    values = {name: unescape(value) for name, value in re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', text)}
    for name, body in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        values[name] = chosen[1] if chosen else re.findall(r'value="([^"]*)"', body)[0]
    values |= {
        name: unescape(body)
        for name, body in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', text, re.S)
    }
    values.pop("csrf_token", None)
    for name in ("source_title", "source_url", "source_short_title", "q"):
        values.pop(name, None)
    return {**values, **typed}


def rows(database: Database) -> Rows:
    return read_rows(database)


def newest(database: Database) -> Entry:
    with database.reading() as connection:
        return history(connection)[0]


def edits(**by_id: tuple[dict[str, str], dict[str, str]]) -> str:
    return json.dumps(
        {key.replace("__", "--").replace("_", "-"): {"seen": s, "typed": t} for key, (s, t) in by_id.items()}
    )


def test_the_grid_is_a_page_of_the_area(editor: Staff, contributor: Staff, nobody: Staff) -> None:
    for staff in (editor, contributor):
        text = staff.get(GRID).text
        assert "dash_ag_grid" in text and 'id="react-entry-point"' in text and "246 partnerships" in text
        layout = answer_of(staff.get("/staff/registry/grid/_dash-layout"))
        assert len(layout["props"]["rowData"]) == 246
    for path in (GRID, "/staff/registry/grid/_dash-layout", "/staff/registry/grid/", "/staff/registry/list"):
        assert nobody.get(path).status_code == 303, path


def test_its_scripts_are_for_staff_alone(editor: Staff, nobody: Staff) -> None:
    scripts = re.findall(r'src="(/staff/registry/grid/_dash-component-suites/[^"]+)"', editor.get(GRID).text)
    ours = next(each for each in scripts if "dash_ag_grid" in each)
    assert editor.get(ours).status_code == 200
    assert nobody.get(ours).status_code == 303
    assert "ag_grid" not in nobody.get("/").text
    outside = ours.replace("/staff/registry/grid", "")
    assert nobody.get(outside).status_code != 200
    assert editor.get(outside).status_code != 200


def test_the_document_runs_no_script_that_the_policy_refuses(editor: Staff) -> None:
    reply = editor.get(GRID)
    inline = re.findall(r"<script(?![^>]*src=)([^>]*)>(.*?)</script>", reply.text, re.S)
    lines = [body for attributes, body in inline if "application/json" not in attributes]
    assert lines
    for line in lines:
        mark = base64.b64encode(hashlib.sha256(line.encode()).digest()).decode()
        assert f"'sha256-{mark}'" in reply.headers["Content-Security-Policy"]


def test_what_changes_something_needs_the_token(editor: Staff, contributor: Staff, database: Database) -> None:
    before = database.version()
    for staff in (editor, contributor):
        for path in (
            GRID,
            "/staff/registry/check",
            "/staff/registry/new",
            "/staff/sources/new",
            "/staff/sources/s001",
            f"{GRID}/{DATED}",
            f"{GRID}/{DATED}/end",
            f"{GRID}/merge?a={DATED}&b={OPEN}",
            "/staff/registry/grid/_dash-update-component",
        ):
            reply = staff.client.post(
                path, base_url="https://localhost", headers={"Referer": "https://localhost/staff"}
            )
            assert reply.status_code == 400, path
    assert database.version() == before


def test_nobody_gets_in(nobody: Staff, database: Database) -> None:
    before = database.version()
    for path in (
        GRID,
        "/staff/registry/check",
        "/staff/registry/new",
        "/staff/sources",
        "/staff/sources/s001",
        f"{GRID}/{DATED}",
        f"{GRID}/{DATED}/end",
        f"{GRID}/merge?a={DATED}&b={OPEN}",
    ):
        assert nobody.get(path).status_code in {303, 405}, path
        assert nobody.post(path, {**WHY, "start_year": "2001"}).status_code in {303, 404, 405}, path
    assert database.version() == before


def test_cells_are_checked_at_once_in_words(editor: Staff) -> None:
    typed = edits(
        houston_tx__karachi_pak=({"start_year": "2009", "status": "active"}, {"start_year": "20o9", "status": "gone"})
    )
    answer = answer_of(editor.post("/staff/registry/check", {"edits": typed}))
    assert "not a year from 1900 to 2100" in answer["problems"][DATED]["start_year"]
    assert "Use one of: active" in answer["problems"][DATED]["status"]
    assert "20o9" in answer["html"] and "not a year" in answer["html"]


@pytest.mark.parametrize(
    ("typed", "column", "words"),
    [
        ({"end_year": "1990"}, "end_year", "earlier than start_year"),
        ({"start_year": "2099"}, "start_year", "has not happened yet"),
        ({"us_community": ""}, "us_community", "a value is needed"),
        ({"country_iso3": "Atlantis"}, "country_iso3", "not in the table countries"),
        ({"note": "x" * 2001}, "note", "longer than 2000"),
    ],
)
def test_each_rule_stands_at_its_cell(editor: Staff, typed: dict[str, str], column: str, words: str) -> None:
    given = json.dumps({DATED: {"seen": dict.fromkeys(typed, "?"), "typed": typed}})
    answer = answer_of(editor.post("/staff/registry/check", {"edits": given}))
    assert words in answer["problems"][DATED][column]


@pytest.mark.parametrize(
    "spoilt", ["", "nonsense", "[]", '{"a": 1}', '{"a": {"typed": {"start_year": 5}}}', "[" * 100_000]
)
def test_spoilt_edits_do_nothing(editor: Staff, database: Database, spoilt: str) -> None:
    before = database.version()
    assert answer_of(editor.post("/staff/registry/check", {"edits": spoilt}))["problems"] == {}
    assert editor.post(GRID, {"edits": spoilt, **WHY}).status_code == 400
    assert database.version() == before


def test_the_grid_saves_with_source_and_reason(editor: Staff, database: Database) -> None:
    typed = edits(
        houston_tx__karachi_pak=(
            {"start_year": "2009", "country_iso3": "Pakistan"},
            {"start_year": "2008", "country_iso3": "Pakistan"},
        ),
        council_bluffs_ia__kandahar_afg=({"start_year": ""}, {"start_year": "2019"}),
    )
    assert editor.post(GRID, {"edits": typed}).status_code == 400
    reply = editor.post(GRID, {"edits": typed, **WHY})
    assert (reply.status_code, reply.location) == (303, GRID)
    now = rows(database).partnerships
    assert (now[DATED]["start_year"], now[UNDATED]["start_year"]) == ("2008", "2019")
    assert now[DATED]["source_ids"].endswith(";s001")
    entry = newest(database)
    assert (entry.who, entry.reason, entry.rows) == ("editor@example.org", "read it there", 2)
    assert "Saved" in editor.get(GRID).text


def test_a_conflict_shows_what_the_other_wrote_beside_mine(editor: Staff, database: Database) -> None:
    mine = edits(houston_tx__karachi_pak=({"start_year": "2009"}, {"start_year": "2007"}))
    theirs = edits(houston_tx__karachi_pak=({"start_year": "2009"}, {"start_year": "2008"}))
    editor.post(GRID, {"edits": theirs, **WHY})
    reply = editor.post(GRID, {"edits": mine, **WHY})
    assert reply.status_code == 409
    assert "editor@example.org wrote “2008” here" in reply.text and "you typed “2007”" in reply.text
    assert rows(database).partnerships[DATED]["start_year"] == "2008"
    again = unescape(re.search(r'<textarea name="edits"[^>]*>(.*?)</textarea>', reply.text)[1])  # type: ignore[index]
    assert json.loads(again)[DATED] == {"typed": {"start_year": "2007"}, "seen": {"start_year": "2008"}}
    assert editor.post(GRID, {"edits": again, **WHY}).status_code == 303
    assert rows(database).partnerships[DATED]["start_year"] == "2007"


def test_a_contributor_proposes(contributor: Staff, database: Database) -> None:
    before = rows(database).partnerships
    typed = edits(houston_tx__karachi_pak=({"start_year": "2009"}, {"start_year": "2008"}))
    contributor.post(GRID, {"edits": typed, **WHY})
    assert "Proposed to the editors" in contributor.get(GRID).text
    assert rows(database).partnerships == before
    proposal = list_proposals(database)[0]
    assert (proposal.author, proposal.subject, proposal.texts["note"]) == (
        CONTRIBUTOR_EMAIL,
        f"partnership:{DATED}",
        "read it there",
    )
    assert proposal.edits[0].before["start_year"] == "2009"


def test_a_second_press_proposes_nothing_twice(contributor: Staff, database: Database) -> None:
    new = {
        "source_title": "A paper",
        "source_url": "https://example.org/paper",
        "source_kind": "primary",
        "reason": "r",
    }
    place = {"us_community": "Fargo", "us_state": "ND", "partner_community": "Tunis", "country_iso3": "TUN"}
    forms = {
        f"{GRID}/{DATED}": form_of(contributor, f"{GRID}/{DATED}", status="inactive", **new),
        f"{GRID}/new": form_of(contributor, f"{GRID}/new", **place, **new),
    }
    for number, (path, sent) in enumerate(forms.items(), 1):
        for _ in range(2):
            assert contributor.post(path, sent).status_code == 303
        assert len(list_proposals(database)) == number, path
    # another value for the same reason is another proposal
    other = form_of(contributor, f"{GRID}/{DATED}", status="ended", **new)
    assert contributor.post(f"{GRID}/{DATED}", other).status_code == 303
    assert len(list_proposals(database)) == 3


def test_what_breaks_the_count_is_not_even_proposed(contributor: Staff, database: Database) -> None:
    member = next(key for (_, key), row in rows(database).members.items() if row["is_member"] == "yes" and "--" in key)
    reply = contributor.post(f"{GRID}/{member}", form_of(contributor, f"{GRID}/{member}", start_year="2020", **WHY))
    assert reply.status_code == 400
    assert "after the count of 2007" in reply.text and 'aria-invalid="true"' in reply.text
    assert list_proposals(database) == []


def test_a_row_is_corrected_by_its_form(editor: Staff, database: Database) -> None:
    path = f"{GRID}/{DATED}"
    assert editor.post(path, form_of(editor, path, **WHY)).status_code == 400
    reply = editor.post(path, form_of(editor, path, start_year="x", reason="", source=""))
    assert reply.status_code == 400
    for words in ("not a year", "Choose a source", "Say why"):
        assert words in reply.text
    reply = editor.post(path, form_of(editor, path, status="inactive", note="a; <b>bold</b>", **WHY))
    assert reply.location == path
    assert rows(database).partnerships[DATED]["status"] == "inactive"
    text = editor.get(path).text
    assert "&lt;b&gt;bold" in text and "<b>bold" not in text


def test_two_people_at_one_form(editor: Staff, database: Database) -> None:
    path = f"{GRID}/{DATED}"
    mine = form_of(editor, path, start_year="2007", **WHY)
    editor.post(path, form_of(editor, path, start_year="2008", status="inactive", **WHY))
    reply = editor.post(path, mine)
    assert reply.status_code == 409
    assert "wrote “2008” here" in reply.text and "you typed “2007”" in reply.text
    assert field(reply.text, "start_year") == "2007"
    assert '<option value="inactive" selected>' in reply.text
    assert json.loads(field(reply.text, "seen"))["start_year"] == "2008"


def test_a_row_is_identified(editor: Staff, database: Database) -> None:
    path = f"{GRID}/{OPEN}"
    text = editor.get(path).text
    assert "Mazār-e Sharīf" in text and "It is this one" in text and "not yet identified" in text
    typed = form_of(editor, path, us_community="Fargo, ND", partner_community="Kunduz", **WHY)
    reply = editor.post(path, typed)
    assert reply.location == f"{GRID}/fargo-nd--kunduz-afg"
    now = rows(database)
    row = now.partnerships["fargo-nd--kunduz-afg"]
    assert (row["us_state"], row["known_by"], row["source_ids"]) == ("ND", "2007", "s001")
    assert row["us_lat"] and row["partner_lat"] and "not yet identified" not in row["note"]
    assert now.members["sci-2007", "fargo-nd--kunduz-afg"]["is_member"] == "yes"
    assert OPEN not in now.partnerships
    assert editor.get(path).location == f"{GRID}/fargo-nd--kunduz-afg"
    assert current_ids(database) == {OPEN: "fargo-nd--kunduz-afg"}


def test_a_pairing_that_is_there_already_is_found(editor: Staff, database: Database) -> None:
    new = {
        "us_community": "Houstn",
        "us_state": "TX",
        "partner_community": "Karachi",
        "country_iso3": "PAK",
        "confidence": "low",
        **WHY,
    }
    reply = editor.post("/staff/registry/new", new)
    assert reply.status_code == 400
    assert f'href="/staff/registry/{DATED}"' in reply.text and "same or nearly" in reply.text
    reply = editor.post("/staff/registry/new", {**new, "is_other": "yes"})
    assert reply.location == f"{GRID}/houstn-tx--karachi-pak"
    assert rows(database).members["sci-2007", "houstn-tx--karachi-pak"]["is_member"] == "unknown"


def test_a_new_row_needs_its_ends(editor: Staff) -> None:
    reply = editor.post("/staff/registry/new", {"confidence": "low", "us_community": "Fargo", **WHY})
    assert reply.status_code == 400
    assert reply.text.count("a value is needed here.") >= 2
    assert field(reply.text, "us_community") == "Fargo"


def test_a_partnership_ends(editor: Staff, database: Database) -> None:
    path = f"{GRID}/{DATED}/end"
    assert editor.post(path, form_of(editor, path, **WHY)).status_code == 400
    assert "earlier than" in editor.post(path, form_of(editor, path, end_year="1999", **WHY)).text
    assert editor.post(path, form_of(editor, path, end_year="2020", **WHY)).location == f"{GRID}/{DATED}"
    row = rows(database).partnerships[DATED]
    assert (row["end_year"], row["status"]) == ("2020", "ended")
    assert newest(database).what.startswith("Ended Houston")


def test_two_rows_become_one(editor: Staff, database: Database) -> None:
    before = rows(database)
    a, b = UNDATED, OPEN
    path = f"{GRID}/merge?a={a}&b={b}"
    text = editor.get(path).text
    assert "Kandahar" in text and "s007, s001" in text
    reply = editor.post(path, {**merge_form(text, a, b), **WHY})
    assert reply.location == f"{GRID}/{a}"
    now = rows(database)
    assert b not in now.partnerships
    assert now.members["sci-2007", a]["is_member"] == "yes"
    assert now.partnerships[a]["source_ids"] == "s007;s001"
    assert len(now.partnerships) == len(before.partnerships) - 1
    assert current_ids(database)[b] == a


def test_merging_two_that_were_counted_keeps_the_count(editor: Staff, database: Database) -> None:
    members = [
        key for (_, key), row in rows(database).members.items() if row["is_member"] == "yes" and key.endswith("-tur")
    ]
    a, b = members[:2]
    path = f"{GRID}/merge?a={a}&b={b}"
    text = editor.get(path).text
    assert "becomes a row that is not yet identified" in text
    assert editor.post(path, {**merge_form(text, a, b), **WHY}).status_code == 303
    now = rows(database)
    counted = [row for row in now.members.values() if row["is_member"] == "yes"]
    assert len(counted) == 94
    assert "not-yet-identified-tur-1" in now.partnerships and b not in now.partnerships


def test_contradictions_and_programs_go_with_the_one_that_stays(editor: Staff, database: Database) -> None:
    gone = DATED
    new = {"us_community": "Houston", "us_state": "TX", "partner_community": "Lahore", "country_iso3": "PAK"}
    a = editor.post("/staff/registry/new", {**new, "confidence": "low", **WHY}).location.rpartition("/")[2]
    before = rows(database)
    noted = [row["statement"] for row in before.conflicts if row["partnership_id"] == gone]
    path = f"{GRID}/merge?a={a}&b={gone}"
    assert editor.post(path, {**merge_form(editor.get(path).text, a, gone), **WHY}).status_code == 303
    now = rows(database)
    assert noted and noted == [row["statement"] for row in now.conflicts if row["partnership_id"] == a]
    ends = ("us_community", "partner_community")
    old = [number for number, row in before.programs.items() if [row[n] for n in ends] == ["Houston", "Karachi"]]
    assert all(now.programs[number]["partner_community"] == "Lahore" for number in old)


def merge_form(text: str, a: str, b: str) -> dict[str, str]:
    values = {"a": a, "b": b, "keep": "a", "seen_a": field(text, "seen_a"), "seen_b": field(text, "seen_b")}
    values |= dict(re.findall(r'name="(pick_\w+)" value="(\w)" checked', text))
    return values


def test_a_new_source_comes_with_the_change(editor: Staff, database: Database) -> None:
    path = f"{GRID}/{DATED}"
    new = {"source_title": "Karachi paper, 2009", "source_url": "https://example.org/karachi", "source_kind": "primary"}
    bad = form_of(
        editor, path, status="inactive", reason="r", source="", source_title="", source_url="javascript:alert(1)"
    )
    reply = editor.post(path, bad)
    assert "Give the title" in reply.text and "no web address" in reply.text
    editor.post(path, form_of(editor, path, status="inactive", reason="r", **new))
    now = rows(database)
    key = now.partnerships[DATED]["source_ids"].split(";")[-1]
    assert now.sources[key]["url"] == "https://example.org/karachi"
    with database.reading() as connection:
        tables = {table for table, _, _ in rows_of(connection, history(connection)[0].id)}
    assert tables == {"sources", "partnerships"}
    again = form_of(editor, path, status="active", reason="r", **new)
    assert f"is source {key} already" in editor.post(path, again).text


def test_undoing_an_identification_brings_the_old_row_back(editor: Staff, database: Database) -> None:
    path = f"{GRID}/{OPEN}"
    editor.post(path, form_of(editor, path, us_community="Fargo, ND", partner_community="Kunduz", **WHY))
    undo(database, who="x", what=lambda entry: entry.what)
    assert rows(database).partnerships[OPEN]["us_community"] == ""
    assert current_ids(database) == {"fargo-nd--kunduz-afg": OPEN}


def test_the_list_needs_no_script(contributor: Staff) -> None:
    text = contributor.get("/staff/registry/list?q=karachi").text
    assert f'href="/staff/registry/{DATED}"' in text and "Kandahar" not in text
    text = contributor.get("/staff/registry/list?lack=cities").text
    assert "26 of 246" in text


def test_sources_are_listed_with_what_cites_them(contributor: Staff) -> None:
    assert "409 of 409 sources" in contributor.get("/staff/sources").text
    text = contributor.get("/staff/sources?q=IPI+deck").text
    assert 'href="/staff/sources/s001"' in text
    text = contributor.get("/staff/sources/s001").text
    assert f'href="/staff/registry/{OPEN}"' in text and "about.toml" in text and "Take it away" not in text


def test_a_source_is_mended(editor: Staff, database: Database) -> None:
    path = "/staff/sources/s001"
    mine = form_of(editor, path, title="Another title", reason="r")
    assert editor.post(path, {**mine, "reason": ""}).status_code == 400
    assert "no web address" in editor.post(path, {**mine, "url": "javascript:alert(1)"}).text
    assert editor.post(path, mine).location == path
    assert rows(database).sources["s001"]["title"] == "Another title"
    reply = editor.post(path, {**mine, "title": "A third one"})
    assert reply.status_code == 400
    assert "Somebody else wrote “Another title”" in reply.text and field(reply.text, "title") == "A third one"
    assert json.loads(field(reply.text, "seen"))["title"] == "Another title"


def test_a_cited_source_stays_and_another_goes(editor: Staff, database: Database) -> None:
    mine = form_of(editor, "/staff/sources/s001", reason="r")
    reply = editor.post("/staff/sources/s001", {**mine, "do": "remove"})
    assert reply.status_code == 400
    assert "cannot be taken away" in reply.text
    new = {"title": "A paper", "kind": "primary", "reason": "r", "url": "", "short_title": ""}
    path = editor.post("/staff/sources/new", new).location
    key = path.rpartition("/")[2]
    assert key in rows(database).sources
    editor.post(path, {**form_of(editor, path, reason="r"), "do": "remove"})
    assert key not in rows(database).sources


def test_a_public_page_says_nothing_of_it(editor: Staff) -> None:
    text = editor.get(f"/partnership/{DATED}").text
    assert "/staff" not in text and "editor@example.org" not in text


def test_the_grid_stands_below_a_path(filled: Path, tmp_path: Path) -> None:
    copy_database(filled, tmp_path / "d.sqlite")
    settings = Settings(database_url=f"sqlite:///{tmp_path}/d.sqlite", address="https://localhost", path="/ipi/")
    client = create_app(settings).server.test_client()

    def ask(method: str, path: str, **given: Any) -> Any:
        return client.open(f"/ipi{path}", method=method, base_url="https://localhost", **given)

    token = field(ask("GET", "/staff/sign-in").text, "csrf_token")
    typed = {"email": EDITOR_EMAIL, "password": PASSWORD, "csrf_token": token}
    ask("POST", "/staff/sign-in", data=typed, headers={"Referer": "https://localhost/ipi/staff"})
    text = ask("GET", "/staff/registry").text
    scripts = [each for each in re.findall(r'src="([^"]+)"', text) if "_dash-component-suites" in each]
    assert scripts and all(each.startswith("/ipi/staff/registry/grid/") for each in scripts)
    assert 'data-check="/ipi/staff/registry/check"' in text and "/ipi/ipi" not in text
    assert '"requests_pathname_prefix":"\\u002fipi\\u002fstaff\\u002fregistry\\u002fgrid\\u002f"' in text
    assert ask("GET", "/staff/registry/grid/_dash-layout").status_code == 200


def test_the_form_leads_to_the_page_of_the_public(editor: Staff) -> None:
    (public,) = re.findall(r'href="([^"]+)">Page of the public', editor.get(f"{GRID}/{DATED}").text)
    assert editor.get(public).status_code == 200


def test_who_types_into_a_row_that_is_identified_meanwhile_loses_nothing(editor: Staff, database: Database) -> None:
    named = {"us_community": "Fargo", "us_state": "ND", "partner_community": "Kabul"}
    mine = form_of(editor, f"{GRID}/{OPEN}", **{**named, "us_community": "Bismarck", "start_year": "1999"}, **WHY)
    theirs = form_of(editor, f"{GRID}/{OPEN}", **named, **WHY)
    new = editor.post(f"{GRID}/{OPEN}", theirs, form=GRID).location
    reply = editor.post(f"{GRID}/{OPEN}", mine, form=GRID)
    assert reply.status_code == 409
    assert "Somebody identified this partnership meanwhile" in reply.text
    assert f'action="{new}"' in reply.text
    assert field(reply.text, "us_community") == "Bismarck"
    assert field(reply.text, "start_year") == "1999"
    assert "wrote “Fargo” here" in unescape(reply.text)
    assert rows(database).partnerships[new.rpartition("/")[2]]["us_community"] == "Fargo"
