"""The queue: what the public told and contributors proposed, and what editors make of it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.store import proposals
from dashboard.store.changes import Edit, commit, current_row, history, rows_of
from dashboard.store.database import Database
from dashboard.store.load import load_database
from dashboard.store.proposals import Proposal, add_proposal, decide, find_proposal
from dashboard.store.staff_tables import PROPOSALS
from tests.staff.conftest import CONTRIBUTOR_EMAIL, EDITOR_EMAIL, Staff

HOUSTON = "houston-tx--baku-aze"
SUBJECT = f"partnership:{HOUSTON}"
QUEUE = "/staff/proposals"
CONTACT = {"contact_name": "Ann Example", "contact_email": "ann@example.org"}


def told(database: Database, field: str, value: str, *, subject: str = SUBJECT, **texts: str) -> Proposal:
    """What somebody of the public told."""
    given = {"field": field, "value": value, "source": "Houston Chronicle, 3 May 1975", **texts}
    return add_proposal(database, author="", subject=subject, texts=given)


def proposed(database: Database, *edits: Edit, author: str = CONTRIBUTOR_EMAIL) -> Proposal:
    """What a contributor would have changed."""
    texts = {"field": "edits", "value": "Houston: another year", "note": "the archive says so"}
    return add_proposal(database, author=author, subject=SUBJECT, texts=texts, edits=edits)


def row(database: Database, key: str = HOUSTON, table: str = "partnerships") -> dict[str, str]:
    found = current_row(database, table, (key,))
    assert found is not None
    return dict(found)


def now(database: Database, proposal: Proposal) -> Proposal:
    found = find_proposal(database, proposal.id)
    assert found is not None
    return found


def fields_in(text: str) -> dict[str, str]:
    """The form with which an editor accepts, as a browser would send it."""
    form = text[text.rindex('<form method="post" action="/staff/proposals/') :]
    fields = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', form))
    fields |= dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    fields |= dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL))
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'value="([^"]*)" selected', options) or re.findall(r'value="([^"]*)"', options)
        fields[name] = chosen[0]
    return {name: unescape(value) for name, value in fields.items()}


def accept(editor: Staff, proposal: Proposal, query: str = "", **changed: str) -> Any:
    """Opens the form, types something and sends it."""
    path = f"{QUEUE}/{proposal.id}/accept"
    fields = fields_in(editor.get(path + query).text)
    fields.pop("csrf_token")
    return editor.post(path, {**fields, "reason": "read it myself", **changed}, form=path + query)


# ---- who sees what
def test_the_queue_says_what_would_change_beside_what_the_data_has(editor: Staff, database: Database) -> None:
    assert "Nothing is waiting" in editor.get(QUEUE).text
    told(database, "start_year", "1975")
    text = editor.get(QUEUE).text
    assert "Houston, TX – Baku" in text
    assert re.search(r"1976.*→.*1975", text)
    assert "Houston Chronicle" in text
    assert "Nobody was asked" in editor.get(f"{QUEUE}?state=asked").text
    assert "Nothing was decided" in editor.get(f"{QUEUE}?state=decided").text
    assert editor.get(f"{QUEUE}?state=nonsense&before=-1").status_code == 200


def test_contributors_see_their_own_and_the_public_s_without_who_it_is(
    contributor: Staff, editor: Staff, database: Database
) -> None:
    public = told(database, "start_year", "1975", **CONTACT)
    own = proposed(database, Edit("partnerships", (HOUSTON,), {"start_year": "1975"}, {"start_year": "1976"}))
    others = proposed(database, Edit("partnerships", (HOUSTON,), {"note": "x"}), author=EDITOR_EMAIL)
    for path in (QUEUE, f"{QUEUE}/{public.id}"):
        text = contributor.get(path).text
        assert "Houston Chronicle" in text
        assert "Ann" not in text and "ann@" not in text
    assert contributor.get(f"{QUEUE}/{own.id}").status_code == 200
    assert contributor.get(f"{QUEUE}/{others.id}").status_code == 404
    assert f'{QUEUE}/{others.id}"' not in contributor.get(QUEUE).text
    text = editor.get(f"{QUEUE}/{public.id}").text
    assert "Ann Example, ann@example.org" in text
    decide(database, public.id, "asked", by=EDITOR_EMAIL, answer="which page?")
    text = contributor.get(f"{QUEUE}/{public.id}").text
    assert "which page?" in text
    assert "mailto:" not in text


@pytest.mark.parametrize("act", ["accept", "ask", "decline", "done"])
def test_contributors_decide_nothing(contributor: Staff, database: Database, act: str) -> None:
    one = told(database, "start_year", "1975")
    reply = contributor.post(f"{QUEUE}/{one.id}/{act}", {"asked": "x", "declined": "x", "accepted": "x", "reason": "x"})
    assert reply.status_code == 403
    assert contributor.get(f"{QUEUE}/{one.id}/accept").status_code == 403
    assert now(database, one).state == "open"


def test_of_what_is_not_there_there_is_no_page(editor: Staff, nobody: Staff) -> None:
    assert editor.get(f"{QUEUE}?before={10**30}").status_code == 200
    for path in (f"{QUEUE}/99", f"{QUEUE}/99/accept"):
        assert editor.get(path).status_code == 404
        assert nobody.get(path).status_code == 303
    assert editor.get(f"{QUEUE}/{10**30}").status_code == 404
    for act in ("accept", "ask", "decline", "done"):
        assert editor.post(f"{QUEUE}/99/{act}").status_code == 404


def test_what_was_typed_is_text_and_no_markup(editor: Staff, database: Database) -> None:
    evil = "<script>alert(1)</script>"
    one = told(database, "program", evil, source="javascript:alert(1)", note=evil, contact_name=evil)
    add_proposal(
        database,
        author=CONTRIBUTOR_EMAIL,
        subject=evil,
        texts={"value": evil},
        edits=[Edit("sources", None, {"title": evil})],
    )
    for path in (QUEUE, f"{QUEUE}/{one.id}", f"{QUEUE}/{one.id}/accept", f"{QUEUE}/{one.id + 1}"):
        text = editor.get(path).text
        assert "&lt;script&gt;alert(1)" in text, path
        assert "<script>alert" not in text
        assert 'href="javascript' not in text


def test_a_long_list_has_pages(editor: Staff, database: Database) -> None:
    for at in range(60):
        told(database, "program", f"Exchange {at:02}")
    text = editor.get(QUEUE).text
    assert "Exchange 59" in text and "Exchange 09" not in text
    older = re.findall(r'href="(/staff/proposals\?[^"]*before=\d+)"', text)[0]
    text = editor.get(unescape(older)).text
    assert "Exchange 09" in text and "Exchange 10" not in text


# ---- what is found to be there already
def test_duplicates_and_what_is_known_are_said(editor: Staff, database: Database) -> None:
    first, second = told(database, "partner_city", "Bakı"), told(database, "partner_city", "baki ")
    told(database, "partner_city", "Ganja")
    text = editor.get(f"{QUEUE}/{second.id}").text
    assert "One more says the same" in text
    assert f'href="{QUEUE}/{first.id}"' in text
    decide(database, first.id, "declined", by=EDITOR_EMAIL, answer="no")
    assert "says the same" not in editor.get(f"{QUEUE}/{second.id}").text
    known = told(database, "start_year", "1976")
    assert "The data has just that already" in editor.get(f"{QUEUE}/{known.id}").text
    assert editor.get(QUEUE).text.count("The data has just that already") == 1


# ---- accepting what the public told
def test_a_start_year_is_accepted_and_stands_with_its_source(editor: Staff, nobody: Staff, database: Database) -> None:
    one = told(database, "start_year", "1975", source="https://example.org/archive?page=3", **CONTACT)
    before = row(database)
    page = editor.get(f"{QUEUE}/{one.id}/accept").text
    assert '<th scope="row">Start year</th>' in page
    assert "https://example.org/archive?page=3" in page
    reply = accept(editor, one, start_year="1974", confidence="medium", source_title="City archive")
    assert reply.status_code == 200
    assert "mailto:ann@example.org" in reply.text
    after = row(database)
    assert (after["start_year"], after["confidence"]) == ("1974", "medium")
    (new,) = set(after["source_ids"].split(";")) - set(before["source_ids"].split(";"))
    source = row(database, new, "sources")
    assert (source["title"], source["url"]) == ("City archive", "https://example.org/archive?page=3")
    decided = now(database, one)
    assert (decided.state, decided.decided_by) == ("accepted", EDITOR_EMAIL)
    assert decided.texts["contact_name"] == decided.texts["contact_email"] == ""
    with database.reading() as connection:
        entry = history(connection)[0]
        assert (entry.id, entry.who, entry.reason) == (decided.entry_id, EDITOR_EMAIL, "read it myself")
        assert f"proposal {one.id}" in entry.what
        assert "Ann" not in str(rows_of(connection, entry.id)) + entry.what
    editor.poll()
    assert (
        "City archive"
        in nobody.client.post(
            "/_dash-update-component",
            json={
                "output": ".._pages_content.children..._pages_store.data..",
                "outputs": [
                    {"id": "_pages_content", "property": "children"},
                    {"id": "_pages_store", "property": "data"},
                ],
                "inputs": [
                    {"id": "_pages_location", "property": "pathname", "value": f"/partnerships/{HOUSTON}"},
                    {"id": "_pages_location", "property": "search", "value": ""},
                ],
            },
        ).text
    )
    assert f"/staff/history/{entry.id}" in editor.get(f"{QUEUE}/{one.id}").text
    # it is taken back as any change
    history_page = f"/staff/history/{entry.id}"
    assert editor.post(f"{history_page}/undo", {"reason": "a mistake"}, form=history_page).status_code == 303
    assert row(database) == before


def test_a_source_that_is_there_is_not_there_twice(editor: Staff, database: Database) -> None:
    url = row(database, "s011", "sources")["url"]
    one = told(database, "start_year", "1975", source=url + "/")
    assert accept(editor, one).status_code == 303
    assert row(database)["source_ids"].split(";").count("s011") == 1
    with database.reading() as connection:
        assert history(connection)[0].tables == ("partnerships",)


@pytest.mark.parametrize(
    ("field", "value", "after"),
    [
        (
            "us_city",
            "Dallas, TX",
            {"us_community": "Dallas", "us_state": "TX", "us_lat": "32.7831", "us_lon": "-96.8067"},
        ),
        ("partner_city", "Nowhere", {"partner_community": "Nowhere", "partner_lat": "", "partner_lon": ""}),
        ("ended", "2001", {"end_year": "2001", "status": "ended"}),
        ("ended", "", {"status": "ended"}),
        (
            "else",
            "A park is named after it",
            {
                "note": "named in deck; another source means about 1972; also listed in Wikipedia 2023; A park is named after it"
            },
        ),
    ],
)
def test_each_thing_goes_where_it_belongs(
    editor: Staff, database: Database, field: str, value: str, after: dict[str, str]
) -> None:
    before = row(database)
    assert accept(editor, told(database, field, value)).status_code == 303
    found = row(database)
    assert {name: found.get(name, "") for name in after} == after
    untouched = set(before) - set(after) - {"source_ids"}
    assert {name: found.get(name) for name in untouched} == {name: before[name] for name in untouched}


def test_a_program_is_a_row_of_its_own(editor: Staff, database: Database) -> None:
    one = told(database, "program", "Exchange of teachers", note="Ten of them")
    path = f"{QUEUE}/{one.id}/accept"
    assert accept(editor, one, sector="").status_code == 400
    assert accept(editor, one, sector="Education", year="1994").status_code == 303
    with database.reading() as connection:
        programs = load_database(connection).tables["programs"]
    found = programs.iloc[-1]
    assert (found["us_community"], found["partner_community"], found["title"]) == (
        "Houston",
        "Baku",
        "Exchange of teachers",
    )
    assert (found["sector"], found["year"], found["summary"]) == ("Education", 1994, "Ten of them")
    assert editor.get(path).status_code == 303


def test_what_is_told_of_a_country_goes_to_the_partnership_that_the_editor_names(
    editor: Staff, database: Database
) -> None:
    one = told(database, "partner_city", "Antalya", subject="country:TUR")
    path = f"{QUEUE}/{one.id}/accept"
    page = editor.get(path).text
    assert "not-yet-identified-tur-1" in page
    assert "Accept and change the data" not in page
    assert editor.post(path, {"reason": "x", "partner_community": "Antalya"}, form=path).status_code == 400
    # one of another country is none of its
    assert "Accept and change the data" not in editor.get(f"{path}?row={HOUSTON}").text
    assert accept(editor, one, "?row=not-yet-identified-tur-1").status_code == 303
    found = row(database, "not-yet-identified-tur-1")
    assert (found["partner_community"], found["partner_lat"]) == ("Antalya", "36.9081")


def test_the_editor_may_take_it_for_something_else(editor: Staff, database: Database) -> None:
    one = told(database, "else", "1975")
    assert accept(editor, one, "?as=start_year").status_code == 303
    assert row(database)["start_year"] == "1975"


def test_what_is_missing_or_wrong_stands_at_its_field(editor: Staff, database: Database) -> None:
    one = told(database, "start_year", "1975", **CONTACT)
    for changed, field in (
        ({"reason": ""}, "reason"),
        ({"start_year": ""}, "start_year"),
        ({"start_year": "soon"}, "start_year"),
        ({"source_title": ""}, "source_title"),
        ({"source": "nonsense"}, "source"),
        ({"source_kind": "rumour"}, "source_kind"),
        ({"confidence": "sure"}, "confidence"),
    ):
        reply = accept(editor, one, **changed)
        assert reply.status_code == 400, changed
        assert f'id="error-{field}"' in reply.text, changed
        assert "read it myself" in reply.text or field == "reason"
    reply = accept(editor, one, start_year="2008")
    assert reply.status_code == 400
    assert "2008" in reply.text
    # nothing was decided, and nobody erased
    assert now(database, one).texts["contact_name"] == "Ann Example"
    assert row(database)["start_year"] == "1976"


def test_the_change_can_be_looked_at_first(editor: Staff, database: Database) -> None:
    one = told(database, "start_year", "1975")
    reply = accept(editor, one, start_year="1970", look="1")
    assert reply.status_code == 200
    assert re.search(r"<td>1976\s*</td>\s*<td><ins>1970</ins>", reply.text)
    assert row(database)["start_year"] == "1976"


def test_what_changes_nothing_is_said(editor: Staff, database: Database) -> None:
    one = told(database, "start_year", "1976", source=row(database, "s011", "sources")["url"])
    reply = accept(editor, one)
    assert reply.status_code == 400
    assert "Nothing would change" in reply.text
    assert now(database, one).state == "open"


def test_what_somebody_else_wrote_meanwhile_is_shown(editor: Staff, database: Database) -> None:
    one = told(database, "start_year", "1975")
    path = f"{QUEUE}/{one.id}/accept"
    fields = fields_in(editor.get(path).text)
    other = Edit("partnerships", (HOUSTON,), {"start_year": "1970"})
    commit(database, [other], who="somebody@example.org", way="x", what="another year")
    reply = editor.post(path, {**fields, "reason": "my reason"}, form=path)
    assert reply.status_code == 409
    assert "1970" in reply.text and "somebody@example.org" in reply.text and "my reason" in reply.text
    assert now(database, one).state == "open"
    # with the row as it is now it is taken
    again = fields_in(reply.text)
    assert editor.post(path, again, form=path).status_code == 303
    assert row(database)["start_year"] == "1975"


def test_it_is_decided_once(editor: Staff, database: Database) -> None:
    one = told(database, "program", "Exchange")
    path = f"{QUEUE}/{one.id}/accept"
    fields = {**fields_in(editor.get(path).text), "sector": "Education", "reason": "x"}
    decide(database, one.id, "declined", by="other@example.org", answer="no")
    reply = editor.post(path, fields, form=QUEUE)
    assert reply.location == f"{QUEUE}/{one.id}"
    for act, name in (("ask", "asked"), ("decline", "declined"), ("done", "accepted")):
        assert editor.post(f"{QUEUE}/{one.id}/{act}", {name: "x"}, form=QUEUE).status_code == 303
    assert "Somebody else has decided" in editor.get(QUEUE).text
    assert now(database, one).decided_by == "other@example.org"
    with database.reading() as connection:
        assert history(connection)[0].tables != ("programs", "sources")


def test_of_two_who_accept_at_once_nothing_of_the_second_is_done(database: Database) -> None:
    one = told(database, "program", "Exchange")
    decide(database, one.id, "declined", by="other@example.org", answer="no")
    before = database.version()
    edit = Edit("sources", None, {"id": "new", "title": "New", "kind": "primary"})
    words = {"by": EDITOR_EMAIL, "who": EDITOR_EMAIL, "what": "x", "reason": ""}
    with pytest.raises(proposals.AlreadyDecided):
        proposals.accept(database, one.id, [edit], check=lambda _: None, **words)
    assert database.version() == before
    assert current_row(database, "sources", ("new",)) is None


# ---- asking and declining
def letter_in(text: str) -> tuple[str, dict[str, list[str]]]:
    """To whom a prepared letter goes, and its words."""
    parts = urlsplit(unescape(re.findall(r'href="(mailto:[^"]+)"', text)[0]))
    return parts.path, parse_qs(parts.query)


def test_asking_prepares_a_letter(editor: Staff, database: Database) -> None:
    one = told(database, "start_year", "1975", **CONTACT)
    path = f"{QUEUE}/{one.id}"
    reply = editor.post(f"{path}/ask", {"asked": ""}, form=path)
    assert reply.status_code == 400
    assert 'id="error-asked"' in reply.text
    assert editor.post(f"{path}/ask", {"asked": "Which page & year?"}, form=path).status_code == 303
    to, words = letter_in(editor.get(path).text)
    assert to == "ann@example.org"
    assert words["subject"] == ["Your message about Houston, TX – Baku"]
    assert "Which page & year?" in words["body"][0]
    assert "Dear Ann Example" in words["body"][0]
    assert now(database, one).state == "asked"
    assert "Houston" in editor.get(f"{QUEUE}?state=asked").text
    # it is not decided: it can be accepted after an answer
    assert accept(editor, one).status_code == 200


def test_an_address_adds_nothing_to_the_letter(editor: Staff, database: Database) -> None:
    one = told(database, "start_year", "1975", contact_email="a?bcc=all@example.org&body=x")
    editor.post(f"{QUEUE}/{one.id}/ask", {"asked": "?"}, form=QUEUE)
    to, words = letter_in(editor.get(f"{QUEUE}/{one.id}").text)
    assert to == "a%3Fbcc%3Dall@example.org%26body%3Dx"
    assert set(words) == {"subject", "body"}


def test_without_an_address_nobody_is_asked(editor: Staff, database: Database) -> None:
    one = told(database, "start_year", "1975")
    editor.post(f"{QUEUE}/{one.id}/ask", {"asked": "?"}, form=QUEUE)
    text = editor.get(f"{QUEUE}/{one.id}").text
    assert "No address was left" in text
    assert "mailto:" not in text


def test_declining_says_why_and_erases_who_it_was(editor: Staff, database: Database) -> None:
    one = told(database, "start_year", "1975", **CONTACT)
    path = f"{QUEUE}/{one.id}"
    reply = editor.post(f"{path}/decline", {"declined": "no such issue of that day"}, form=path)
    to, words = letter_in(reply.text)
    assert to == "ann@example.org"
    assert "no such issue" in words["body"][0]
    after = now(database, one)
    assert (after.state, after.answer) == ("declined", "no such issue of that day")
    assert "Ann" not in editor.get(path).text
    assert row(database)["start_year"] == "1976"


def test_what_is_taken_up_elsewhere_is_closed_without_a_change(editor: Staff, database: Database) -> None:
    one, before = told(database, "else", "something"), database.version()
    editor.post(f"{QUEUE}/{one.id}/done", {"accepted": "it is in the remark"}, form=QUEUE)
    after = now(database, one)
    assert (after.state, after.entry_id) == ("accepted", None)
    assert database.version() == before


@pytest.mark.parametrize("state", ["open", "asked"])
def test_names_go_after_ninety_days(editor: Staff, database: Database, state: str) -> None:
    old, young = told(database, "start_year", "1975", **CONTACT), told(database, "start_year", "1974", **CONTACT)
    at = old.at - proposals.CONTACT_KEPT - timedelta(hours=1)
    with database.writing() as connection:
        connection.execute(PROPOSALS.update().where(PROPOSALS.c.id == old.id).values(at=at, state=state))
    editor.get(QUEUE)
    assert now(database, old).texts["contact_name"] == now(database, old).texts["contact_email"] == ""
    assert now(database, old).texts["value"] == "1975"
    assert now(database, young).texts["contact_email"] == "ann@example.org"


# ---- what contributors propose
def test_a_contributor_s_change_is_shown_cell_by_cell_and_done_exactly(
    contributor: Staff, editor: Staff, database: Database
) -> None:
    one = proposed(
        database,
        Edit("partnerships", (HOUSTON,), {"start_year": "1975", "note": ""}, {"start_year": "1976"}),
        Edit("sources", None, {"id": "new", "title": "New source", "kind": "primary"}),
    )
    text = editor.get(f"{QUEUE}/{one.id}").text
    assert re.search(r"Start year</th>\s*<td>1976\s*</td>\s*<td><ins>1975</ins>", text)
    assert re.search(r"Title</th>\s*<td>–\s*</td>\s*<td><ins>New source</ins>", text)
    assert "the archive says so" in text
    assert editor.post(f"{QUEUE}/{one.id}/accept", {"reason": ""}, form=QUEUE).status_code == 303
    assert row(database)["start_year"] == "1975"
    assert "note" not in row(database)
    with database.reading() as connection:
        entry = history(connection)[0]
    assert entry.who == f"{CONTRIBUTOR_EMAIL}, accepted by {EDITOR_EMAIL}"
    assert entry.reason == "the archive says so"
    assert "accepted" in contributor.get(f"{QUEUE}/{one.id}").text


def test_a_contributor_s_change_of_what_is_another_by_now_is_a_conflict(editor: Staff, database: Database) -> None:
    one = proposed(database, Edit("partnerships", (HOUSTON,), {"start_year": "1975"}, {"start_year": "1976"}))
    commit(database, [Edit("partnerships", (HOUSTON,), {"start_year": "1970"})], who="other", way="x", what="another")
    assert "was when it was proposed: 1976" in editor.get(f"{QUEUE}/{one.id}").text
    reply = editor.post(f"{QUEUE}/{one.id}/accept", {"reason": ""}, form=QUEUE)
    assert reply.status_code == 409
    assert "1970" in reply.text
    assert now(database, one).state == "open"


def test_a_contributor_s_change_that_is_wrong_is_said_in_words(editor: Staff, database: Database) -> None:
    one = proposed(database, Edit("partnerships", (HOUSTON,), {"start_year": "2008"}, {"start_year": "1976"}))
    reply = editor.post(f"{QUEUE}/{one.id}/accept", {"reason": ""}, form=QUEUE)
    assert reply.status_code == 400
    assert "Nothing was changed" in reply.text
    assert "2008" in reply.text
    assert now(database, one).state == "open"


def test_a_contributor_reads_the_answer(editor: Staff, contributor: Staff, database: Database) -> None:
    one = proposed(database, Edit("partnerships", (HOUSTON,), {"start_year": "1975"}))
    editor.post(f"{QUEUE}/{one.id}/decline", {"declined": "two sources say 1976"}, form=QUEUE)
    assert "two sources say 1976" in contributor.get(f"{QUEUE}?state=decided").text


# ---- two editors at one proposal
@pytest.mark.parametrize(("act", "name"), [("ask", "asked"), ("decline", "declined"), ("done", "accepted")])
def test_who_speaks_after_another_editor_asked_is_told_so(
    editor: Staff, database: Database, act: str, name: str
) -> None:
    one = told(database, "start_year", "1975")
    path = f"{QUEUE}/{one.id}"
    mark = mark_in(editor.get(path).text)
    decide(database, one.id, "asked", by="other@example.org", answer="Which page of it?")
    reply = editor.post(f"{path}/{act}", {name: "My own words", "mark": mark}, form=QUEUE)
    assert reply.status_code == 409
    assert "other@example.org asked back meanwhile" in reply.text
    assert "Which page of it?" in reply.text
    assert ">My own words</textarea>" in reply.text
    assert now(database, one).answer == "Which page of it?"
    # who has read that may send it all the same
    again = editor.post(f"{path}/{act}", {name: "My own words", "mark": mark_in(reply.text)}, form=QUEUE)
    assert again.status_code == 303
    assert now(database, one).answer == "My own words"


def mark_in(text: str) -> str:
    found = re.search(r'name="mark" value="([^"]*)"', text)
    assert found
    return found[1]


def test_who_accepts_after_another_editor_asked_is_told_so(editor: Staff, database: Database) -> None:
    one = told(database, "start_year", "1975")
    path = f"{QUEUE}/{one.id}/accept"
    fields = {**fields_in(editor.get(path).text), "reason": "read it myself"}
    fields.pop("csrf_token")
    decide(database, one.id, "asked", by="other@example.org", answer="Which page of it?")
    reply = editor.post(path, fields, form=path)
    assert reply.status_code == 409
    assert "other@example.org asked back meanwhile" in reply.text
    assert ">read it myself</textarea>" in reply.text
    assert row(database)["start_year"] == "1976"
    again = fields_in(reply.text)
    again.pop("csrf_token")
    assert editor.post(path, again, form=path).status_code in (200, 303)
    assert row(database)["start_year"] == "1975"


def test_cells_that_an_editor_left_alone_follow_what_another_wrote(editor: Staff, database: Database) -> None:
    one = told(database, "start_year", "1975")
    path = f"{QUEUE}/{one.id}/accept"
    fields = {**fields_in(editor.get(path).text), "reason": "read it myself"}
    fields.pop("csrf_token")
    edit = Edit("partnerships", (HOUSTON,), {"start_year": "1973", "confidence": "low"})
    commit(database, [edit], who="other@example.org", way="staff registry", what="x")
    reply = editor.post(path, fields, form=path)
    assert reply.status_code == 409
    shown = fields_in(reply.text)
    assert (shown["start_year"], shown["confidence"]) == ("1975", "low")
