"""What the data calls things in other languages: an editor fills it in, pages of that language say it, and it is taken
back as any change."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from dashboard.store.changes import Edit, commit
from dashboard.store.database import Database
from dashboard.store.tables import TABLES
from dashboard.store.translations import Text, load_texts
from tests.markup import text_of
from tests.staff.conftest import Staff

PATH = "/staff/translations"
FRENCH = "Restrictions de voyage"


def find(database: Database, english: str, table: str = "codebook") -> Text:
    return next(each for each in load_texts(database) if (each.table, each.english) == (table, english))


def form_of(staff: Staff, query: str = "", **typed: str) -> dict[str, str]:
    """The form of the page as a browser would send it, with a reason and what somebody typed."""
    page = staff.get(PATH + query).text
    fields = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page)
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    form = {name: html.unescape(text) for name, text in fields}
    assert typed.keys() <= form.keys() | {"reason"}
    return {**form, "seen": html.unescape(seen[1]), "reason": "read by Amina", **typed}


def save(staff: Staff, query: str = "", **typed: str) -> Any:
    return staff.post(PATH + query, form_of(staff, query, **typed))


def overview(staff: Staff, language: str = "fr") -> str:
    staff.poll()
    return text_of(staff.get(f"/?lang={language}").text)


def test_what_is_saved_stands_on_the_page_and_is_taken_back(editor: Staff, database: Database) -> None:
    field = find(database, "Travel restrictions", "themes").field("fr")
    assert FRENCH in overview(editor)
    reply = save(editor, "?language=fr", **{field: "  Voyages\r\n« limités »\u00a0! "})
    assert (reply.status_code, reply.location) == (303, f"{PATH}?language=fr")
    assert "Translated into French: Travel restrictions" in text_of(editor.get(reply.location).text)
    assert find(database, "Travel restrictions", "themes").translations["fr"] == "Voyages « limités »\u00a0!"
    page = overview(editor)
    assert FRENCH not in page and "Voyages « limités » !" in page
    number = re.findall(r'href="/staff/history/(\d+)"', editor.get("/staff/history").text)[0]
    entry = text_of(editor.get(f"/staff/history/{number}").text)
    assert "Label in French" in entry and "read by Amina" in entry
    editor.post(f"/staff/history/{number}/undo", {"reason": "it was right"}, form=f"/staff/history/{number}")
    assert FRENCH in overview(editor)


def test_what_is_blank_is_in_english_and_counted_as_missing(editor: Staff, database: Database) -> None:
    field = find(database, "Travel restrictions", "themes").field("fr")
    assert save(editor, **{field: " "}).status_code == 303
    page = overview(editor)
    assert FRENCH not in page and "Travel restrictions" in page
    assert "French (1 missing)" in editor.get(PATH).text
    for query, is_there in (("?missing=1", True), ("?missing=1&language=fr", True), ("?missing=1&language=ar", False)):
        assert (f'name="{field}"' in editor.get(PATH + query).text) == is_there, query
    assert "1 of " in text_of(editor.get(f"{PATH}?missing=1").text)
    assert "Nothing is missing here." in editor.get(f"{PATH}?missing=1&language=ar").text


def test_each_field_is_in_its_language(editor: Staff, database: Database) -> None:
    page, text = editor.get(PATH).text, find(database, "YES program", "milestones")
    for language, direction in (("ar", "rtl"), ("fr", "ltr"), ("ru", "ltr"), ("tr", "ltr")):
        assert f'name="{text.field(language)}" rows="2" lang="{language}" dir="{direction}"' in page
    translated = {each.name for each in TABLES.values() if any("translates" in column.info for column in each.columns)}
    assert {each.table for each in load_texts(database)} == translated
    one = editor.get(f"{PATH}?language=ar").text
    assert text.field("ar") in one and text.field("fr") not in one


def test_many_are_one_change(editor: Staff, database: Database) -> None:
    group = find(database, "Barriers to relationships", "themes")
    assert len(group.keys) > 1
    wave = find(database, "Islamic Initiative Survey 2006", "waves")
    typed = {group.field("ru"): "Барьеры", group.field("tr"): "Engel", wave.field("ar"): "استبيان"}
    page = editor.post(PATH, form_of(editor, **typed), follow_redirects=True).text
    assert "3 translations (Arabic, Russian, Turkish)" in text_of(page)
    # a title that stands in several rows is one field, and stays one
    now = find(database, "Barriers to relationships", "themes")
    assert (now.translations["ru"], now.translations["tr"], now.keys) == ("Барьеры", "Engel", group.keys)
    assert find(database, "Islamic Initiative Survey 2006", "waves").translations["ar"] == "استبيان"


@pytest.mark.parametrize(
    ("cell", "reason", "said"),
    [
        ("é" * 401, "r", "At most 400 characters; this has 401."),
        ("a\x07b", "r", "a character that cannot be printed"),
        ("a\u202eb", "r", "a character that cannot be printed"),
        ("Voyages", " ", "Say why"),
        (FRENCH, "r", "Nothing was changed."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    editor: Staff, database: Database, cell: str, reason: str, said: str
) -> None:
    field = find(database, "Travel restrictions").field("fr")
    reply = save(editor, **{field: cell, "reason": reason})
    assert reply.status_code == 400
    assert said in text_of(reply.text) and f">{cell}</textarea>" in reply.text
    assert find(database, "Travel restrictions").translations["fr"] == FRENCH


def test_two_at_once_see_each_other(editor: Staff, database: Database) -> None:
    travel, safety = find(database, "Travel restrictions"), find(database, "Safety concerns")
    mine = form_of(editor, **{travel.field("fr"): "Mine"})
    for text, cell in ((travel, "Theirs"), (safety, "Another")):
        edit = Edit(text.table, text.keys[0], {text.columns["fr"]: cell})
        commit(database, [edit], who="other@example.org", way="test", what="theirs")
    reply = editor.post(PATH, mine)
    assert reply.status_code == 400 and "This is “Theirs” by now; you typed “Mine”." in text_of(reply.text)
    # what nobody typed is what the other wrote, and saving again does not take it away
    assert ">Another</textarea>" in reply.text and ">Mine</textarea>" in reply.text
    seen = re.search(r'name="seen" value="([^"]*)"', reply.text)
    assert seen
    again = {**mine, safety.field("fr"): "Another", "seen": html.unescape(seen[1])}
    assert editor.post(PATH, again).status_code == 303
    assert find(database, "Travel restrictions").translations["fr"] == "Mine"
    assert find(database, "Safety concerns").translations["fr"] == "Another"


def test_a_text_that_is_gone_meanwhile_is_said(editor: Staff, database: Database) -> None:
    text = find(database, "YES program", "milestones")
    mine = form_of(editor, **{text.field("fr"): "Typed for nothing"})
    edit = Edit(text.table, text.keys[0], None)
    commit(database, [edit], who="other@example.org", way="test", what="theirs")
    reply = editor.post(PATH, mine)
    assert reply.status_code == 400
    assert "in the data no more, so this was not saved: Typed for nothing" in text_of(reply.text)


def test_what_was_typed_is_shown_as_text(editor: Staff, database: Database) -> None:
    field = find(database, "Travel restrictions").field("fr")
    assert save(editor, **{field: '</textarea><script>alert("1")</script>'}).status_code == 303
    page = editor.get(PATH).text
    assert "<script>alert" not in page
    form = {"seen": json.dumps([1]), "reason": "r", field: "x"}
    # what is no form of ours is no change of what it does not know
    assert editor.post(PATH, form).status_code == 400
