"""What is data stays in English on a page in another language, and says so, for whoever has the page read out."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from dashboard.choice import notice_texts
from dashboard.components.matches import find_matches
from dashboard.context import AppContext
from dashboard.filters import Selection, parse
from dashboard.page_texts import countries_texts
from dashboard.pages.programs import render_menu, render_timeline
from dashboard.templating import with_english
from tests.asking import markup_of, page

MARKED = re.compile(r'<bdi lang="en" dir="ltr">(.*?)</bdi>')


def test_titles_and_remarks_of_programs_are_marked_and_their_sectors_translated(app_context: AppContext) -> None:
    arabic = app_context.in_language("ar")
    markup = str(render_menu(arabic, Selection(app_context.choices.default_basis)))
    rows = app_context.dataset.tables["programs"]
    marked = set(MARKED.findall(markup))
    for name in ("title", "summary"):
        assert {str(escape(text)) for text in rows[name] if text} <= marked
    assert not set(rows["sector"]) & {*marked, *re.findall(r"<h3>(.*?)<", markup)}
    assert "الفنون والثقافة" in markup
    details = app_context.dataset.tables["milestones"]["detail"]
    assert {str(escape(text)) for text in details if text} <= set(MARKED.findall(str(render_timeline(arabic))))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_remark_of_a_partnership_is_marked(client: FlaskClient, app_context: AppContext, language: str) -> None:
    rows = app_context.dataset.partnerships
    id_, note = next((row.id, row.note) for row in rows.itertuples() if row.note and row.partner_community)
    markup = markup_of(page(client, f"/partnerships/{id_}?lang={language}"))
    assert str(escape(note)) in markup
    assert (str(escape(note)) in MARKED.findall(markup)) == (language != "en")
    assert ("<bdi" in markup) == (language != "en")


def test_in_a_sentence_only_what_is_english_is_marked(app_context: AppContext) -> None:
    t = app_context.in_language("ar").t
    sentence = t("panel.deck", label="Kyrgyz <Republic>")
    marked = str(with_english(sentence, t, ["Kyrgyz <Republic>", ""]))
    assert MARKED.findall(marked) == ["Kyrgyz &lt;Republic&gt;"]
    assert "\u2068" not in marked and not marked.startswith("<bdi")


def test_the_decks_own_name_is_said_where_it_differs_in_english(app_context: AppContext) -> None:
    found = {}
    for code in ("en", "ar"):
        context = app_context.in_language(code)
        rows = app_context.dataset.countries
        found[code] = {
            country
            for country in rows["iso3"]
            if countries_texts(context.view(parse(f"?country={country}", context.choices).selection))[
                "countries.deck_name"
            ]
        }
    assert found["ar"] == found["en"] != set()


def test_a_notice_names_what_is_chosen_as_the_language_does(app_context: AppContext) -> None:
    arabic = app_context.in_language("ar")
    [said] = notice_texts(parse("?region=atlantis", arabic.choices).notices, arabic.t)
    assert arabic.t("notice.of.region") in said and "region" not in said


def test_a_match_is_the_same_on_the_shortlist_in_every_language(app_context: AppContext) -> None:
    kept = []
    for code in ("en", "ar"):
        context = app_context.in_language(code)
        found = find_matches(context, Selection(context.choices.default_basis))
        kept.append([json.loads(match.kept) for of_city in found.lists for match in of_city.matches])
    english, arabic = kept
    assert [each["ids"] for each in english] == [each["ids"] for each in arabic]
    assert english and all(one["abroad"] != other["abroad"] for one, other in zip(english, arabic, strict=True))
