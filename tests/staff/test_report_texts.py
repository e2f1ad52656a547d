"""Editors write the words of the report, see them before they are saved, and approve; a later change makes it a draft."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.dataset import load
from dashboard.settings import SHIPPED_DATA
from dashboard.store.changes import Edit, commit
from dashboard.store.database import Database
from dashboard.store.folder import dump
from dashboard.store.report_texts import load_words
from dashboard.store.tables import REPORT_WORDS
from tests.asking import by_id
from tests.asking import page as page_of
from tests.markup import text_of
from tests.staff.conftest import Staff

PATH = "/staff/report"
# a short one, where it matters little which
OF = "?state=WY"


def write(staff: Staff, section: str, text: str, *, of: str = "", do: str = "save", by: str = "") -> str:
    """Sends the form of a section as its page has it, with these words; gives the page that comes."""
    page = staff.get(f"{PATH}/{section}", query_string={"of": of}).text
    found = re.search(r'name="before" value="([^"]*)"', page)
    assert found, page
    data = {"of": of, "before": html.unescape(found[1]), "text": text, "by": by, "do": do}
    return staff.post(f"{PATH}/{section}", data, follow_redirects=True).text


def approve(staff: Staff, of: str = "", **instead: str) -> str:
    page = staff.get(PATH, query_string={"of": of}).text
    found = dict(re.findall(r'name="(digest|newest)" value="([^"]*)"', page))
    return staff.post(PATH, {"of": of, **found, **instead}, follow_redirects=True).text


def report(staff: Staff, query: str = "") -> str:
    """What everybody sees: the report on its page, as text, and what stands on each of its sheets."""
    staff.poll()
    shown = by_id(page_of(staff.client, f"/report{query}"))["report-part"]["markup"]
    return " ".join([text_of(shown), *re.findall(r'data-draft="([^"]*)"', shown)])


def in_word(staff: Staff, query: str = "") -> str:
    """What everybody takes along: the Word file of the report, as text."""
    import io

    from docx import Document

    staff.poll()
    document = Document(io.BytesIO(staff.get(f"/export/report.docx{query}").data))
    parts = [*(each.text for each in document.paragraphs), document.sections[0].header.paragraphs[0].text]
    return "\n".join([*parts, f"keywords: {document.core_properties.keywords}"])


# ---- words
def test_words_stand_in_the_report_with_its_numbers(editor: Staff) -> None:
    page = write(editor, "conclusions", "Of **{partnerships}** by {year}.\r\n\r\n- one\r\n", by="The task force")
    assert "a draft until somebody approves it" in text_of(page)
    assert "<strong>94</strong> by 2007." in page and "<li>one</li>" in page and "editor@example.org" in page
    for said in (report(editor), in_word(editor)):
        assert "Of 94 by 2007." in said and "Signed: The task force" in said
    assert "Of 5 by 2007." in report(editor, "?state=TX&form=full")


def test_a_variant_has_words_of_its_own(editor: Staff) -> None:
    write(editor, "conclusions", "Of all.")
    page = write(editor, "conclusions", "Of Texas.", of="?state=TX")
    assert "Written for this report" in text_of(page) and "Texas, 2007" in text_of(page)
    assert "Of Texas." in report(editor, "?state=TX") and "Of all." not in report(editor, "?state=TX")
    assert "Of all." in report(editor) and "Of all." in report(editor, "?country=IRQ")


def test_a_caption_has_words_below_it(editor: Staff) -> None:
    write(editor, "caption-growth", "Mind the {undated} without a year.")
    assert "Mind the 34 without a year." in report(editor)


def test_a_preview_saves_nothing_and_keeps_what_was_typed(editor: Staff, database: Database) -> None:
    page = write(editor, "foreword", "All **{partnerships}**.", by="A. Person", do="preview")
    assert "<strong>94</strong>" in page and "All **{partnerships}**." in page and "A. Person" in page
    with database.reading() as connection:
        assert load_words(connection) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Good.\n\n{years} of them, {mistake}.", ["Line 3", "{years}", "{mistake}"]),
        ("One {brace", ["Line 1: a brace"]),
        ("Both {}", ["Line 1: a brace"]),
        ("{partnerships.real}", ["Line 1", "{partnerships.real}"]),
        ("{partnerships!r}", ["Line 1: a brace"]),
        (" \n ", ["Type some words"]),
        ("x" * 20_001, ["At most 20,000 letters"]),
    ],
)
def test_what_is_wrong_is_said_at_its_line(editor: Staff, database: Database, text: str, said: list[str]) -> None:
    for do in ("preview", "save"):
        page = write(editor, "foreword", text, do=do)
        assert all(each in text_of(page) for each in said), said
    with database.reading() as connection:
        assert load_words(connection) == []


def test_markup_is_shown_as_text(editor: Staff) -> None:
    page = write(editor, "foreword", "<script>alert(1)</script> [a](javascript:alert(1))", by="<i>x</i>")
    assert "<script>alert" not in page and 'href="javascript' not in page and "<i>x" not in page
    assert "&lt;script&gt;" in page


def test_two_editors_at_once_see_each_other(editor: Staff, database: Database) -> None:
    write(editor, "foreword", "First.")
    page = editor.get(f"{PATH}/foreword").text
    write(editor, "foreword", "Second.")
    before = html.unescape(re.findall(r'name="before" value="([^"]*)"', page)[0])
    assert json.loads(before) == {"text": "First.", "by": ""}
    reply = editor.post(f"{PATH}/foreword", {"before": before, "text": "Mine.", "do": "save"})
    assert reply.status_code == 409 and "Second." in reply.text and "Mine." in reply.text
    again = html.unescape(re.findall(r'name="before" value="([^"]*)"', reply.text)[0])
    assert editor.post(f"{PATH}/foreword", {"before": again, "text": "Mine.", "do": "save"}).status_code == 303
    with database.reading() as connection:
        assert [each.text for each in load_words(connection)] == ["Mine."]


def test_who_begins_the_same_section_second_sees_the_first(editor: Staff) -> None:
    write(editor, "foreword", "First.")
    reply = editor.post(f"{PATH}/foreword", {"before": "", "text": "Mine.", "do": "save"})
    assert reply.status_code == 409 and "First." in reply.text and "Mine." in reply.text


def test_words_are_taken_out_and_brought_back_by_the_history(editor: Staff, database: Database) -> None:
    write(editor, "foreword", "Welcome.")
    write(editor, "foreword", "", do="delete")
    assert "Welcome." not in report(editor)
    with database.reading() as connection:
        number = connection.execute(sa.text("SELECT max(id) FROM entries")).scalar_one()
    assert "Welcome." in editor.get(f"/staff/history/{number}").text
    assert editor.post(f"/staff/history/{number}/undo", {"reason": "too early"}).status_code == 303
    assert "Welcome." in report(editor)


def test_only_sections_that_there_are_and_the_nearest_report(editor: Staff) -> None:
    assert editor.get(f"{PATH}/epilogue").status_code == 404
    assert editor.post(f"{PATH}/epilogue", {"text": "x"}).status_code == 404
    page = text_of(editor.get(PATH, query_string={"of": "https://a.example/report?state=Atlantis"}).text)
    assert "Not all of this address could be understood" in page


def test_a_contributor_gets_none_of_it(contributor: Staff) -> None:
    for path in (PATH, f"{PATH}/foreword"):
        assert contributor.get(path).status_code == 403
        assert contributor.post(path, {"text": "x", "do": "save"}).status_code == 403
    assert PATH not in contributor.get("/staff").text


# ---- approval
def test_an_approval_lifts_draft_and_stands_on_the_cover(editor: Staff) -> None:
    assert "Draft" in report(editor, OF) and "Draft" in in_word(editor, OF)
    write(editor, "conclusions", "Of {partnerships}.", of=OF)
    page = approve(editor, OF)
    assert "Approved by Edith" in text_of(page)
    said = report(editor, OF)
    assert "Draft" not in said and "Approved by Edith" in said
    said = in_word(editor, OF)
    assert "Draft" not in said and said.count("Approved by Edith") == 2 and "keywords: Approved by Edith" in said
    assert "Draft" in report(editor) and "Draft" in report(editor, f"{OF}&year=2000")
    assert "Draft" in report(editor, f"{OF}&sample=1")


def test_a_change_of_the_words_makes_it_a_draft_again_until_it_is_undone(editor: Staff, database: Database) -> None:
    write(editor, "conclusions", "First.", of=OF)
    approve(editor, OF)
    page = write(editor, "conclusions", "Second.", of=OF)
    assert "words were changed since" in text_of(page)
    assert "Draft" in report(editor, OF)
    with database.reading() as connection:
        number = connection.execute(sa.text("SELECT max(id) FROM entries")).scalar_one()
    editor.post(f"/staff/history/{number}/undo", {"reason": "no"})
    assert "Draft" not in report(editor, OF)


def test_words_of_another_report_change_nothing_here(editor: Staff) -> None:
    approve(editor, "?country=IRQ")
    write(editor, "conclusions", "Of Texas.", of="?state=TX")
    assert "Draft" not in report(editor, "?country=IRQ")
    write(editor, "conclusions", "Of all.")
    assert "Draft" in report(editor, "?country=IRQ")


def test_newer_numbers_are_said(editor: Staff, database: Database) -> None:
    approve(editor, OF)
    edit = Edit("partnerships", ("houston-tx--baku-aze",), {"note": "looked at once more"})
    commit(database, [edit], who="a", way="test", what="a note")
    said = in_word(editor, OF)
    assert "numbers are newer" in said and "Numbers newer than the approval" in said and "Draft" not in said
    assert "numbers of today" in text_of(editor.get(PATH, query_string={"of": OF}).text)
    approve(editor, OF)
    assert "newer" not in report(editor, OF)


def test_nobody_approves_what_he_has_not_seen(editor: Staff, database: Database) -> None:
    assert "Look again" in text_of(approve(editor, digest="another"))
    assert "Look again" in text_of(approve(editor, newest="999"))
    assert "cannot be approved" in text_of(approve(editor, "?sample=1", digest="x", newest="0"))
    editor.post("/staff/account", {"name": ""})
    assert "Your account has no name" in text_of(approve(editor))
    assert "Draft" in report(editor)


def test_an_approval_is_taken_back(editor: Staff) -> None:
    approve(editor, "?state=TX")
    assert "Draft" not in report(editor, "?state=TX&form=full&paper=a4")
    page = approve(editor, "?state=TX", do="withdraw")
    assert "taken back" in text_of(page) and "Draft" in report(editor, "?state=TX")
    assert editor.post(PATH, {"do": "withdraw"}).status_code == 303


# ---- the folder
def test_words_go_out_to_the_folder_and_come_back(editor: Staff, database: Database, tmp_path: Path) -> None:
    text = 'Of **{partnerships}**.\n\n- a "quote" and """three""" and a \\ back\\slash\n- {{braces}} é 中'
    write(editor, "conclusions", text, by='A. "Person"')
    write(editor, "foreword", "Of Texas.", of="?state=TX")
    approve(editor)
    with database.reading() as connection:
        dump(connection, tmp_path)
        there = load_words(connection)
    words = load(tmp_path).report_words
    assert [(each.section, each.view, each.by, each.text) for each in words] == [
        (each.section, each.view, each.by, each.text) for each in there
    ]
    assert there[0].text == text
    assert "approved" not in (tmp_path / "report.toml").read_text(encoding="utf-8").casefold()
    assert REPORT_WORDS.name and not (SHIPPED_DATA / "report.toml").exists()
