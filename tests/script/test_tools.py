"""Search, stories and paper: what goes in, what comes out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from dashboard.components.story import LONGEST_TEXT, story_rules
from dashboard.dataset.spelling import normalize
from tests.script.conftest import OpenScript, until
from tests.script.test_values import call

INDEX = {
    "kinds": [["country", "Country", "/?country={id}"], ["city", "City abroad", "/opportunities?partner={id}"]],
    "entries": {
        "country": [["TUR", "Türkiye", "Western Asia", "Turkey;TUR"], ["MAR", "Morocco", "Northern Africa", "MAR"]],
        "city": [["1", "Marrakesh", "Morocco", ""], ["2", "Mardin", "Türkiye", ""], ["a&b", "Istanbul", "Türkiye", ""]],
    },
}


@pytest.mark.parametrize(
    "text", ["Türkiye", "Łódź", "Côte d’Ivoire", "ISTANBUL", "Bakı", "Straße", "Æthiopia", "a-b c"]
)
def test_one_spelling_of_a_text_as_the_server_has_it(script: Page, text: str) -> None:
    assert call(script, "spelling.fold", text) == normalize(text)


@pytest.mark.parametrize(
    ("typed", "kind", "found"),
    [
        ("turkey", "", ["Türkiye"]),
        ("mar", "", ["Marrakesh", "Mardin", "Morocco"]),
        ("mar", "city", ["Marrakesh", "Mardin"]),
        ("mardin turkiye", "", ["Mardin"]),
        ("tanbu", "", ["Istanbul"]),
        ("istnabul", "", ["Istanbul"]),
        ("xyz", "", []),
        (" ", "", []),
    ],
)
def test_what_is_found_for_what_was_typed(script: Page, typed: str, kind: str, found: list[str]) -> None:
    entries = call(script, "search.readIndex", INDEX)
    assert [each["name"] for each in call(script, "search.findEntries", entries, typed, kind)] == found


def test_an_address_holds_an_id_as_it_is(script: Page) -> None:
    addresses = {each["name"]: each["address"] for each in call(script, "search.readIndex", INDEX)}
    assert addresses["Istanbul"] == "/opportunities?partner=a%26b"


@pytest.mark.parametrize(
    ("a", "b", "is_near"),
    [
        ("baku", "baku", True),
        ("baku", "bauk", True),
        ("baku", "bakus", True),
        ("baku", "bxku", True),
        ("baku", "xaky", False),
    ],
)
def test_words_that_differ_by_a_letter(script: Page, a: str, b: str, is_near: bool) -> None:
    assert call(script, "search.isNear", a, b) is is_near


def test_a_box_puts_the_id_of_a_find_into_the_choice(open_script: OpenScript) -> None:
    header = '<div data-search="" data-index="/index.json" data-none="None" data-results="{number}"><input id="search"></div>'
    box = '<div class="app" data-page="p"><div data-search="city" data-puts="partner"><label for="ask">City</label><input id="ask"></div></div>'
    page = open_script(header + box, answer=lambda route: route.fulfill(body=json.dumps(INDEX)))
    page.evaluate("() => { window.puts = []; dash_clientside.choice.set = (...given) => puts.push(given); }")
    page.focus("#ask")
    page.keyboard.type("mar")
    until(page, "document.querySelectorAll('#found-ask li').length === 2")
    assert page.get_attribute("#ask", "role") == "combobox"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#ask") == "Mardin, Türkiye"
    assert page.evaluate("puts") == [["partner", "2"]]
    page.fill("#ask", "")
    assert page.evaluate("puts.at(-1)") == ["partner", ""]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (None, "entry"),
        ("map", "entry"),
        ({"chart": "pie", "view": ""}, "chart"),
        ({"chart": "map"}, "view"),
        ({"chart": "map", "view": "javascript:x"}, "view"),
        ({"chart": "map", "view": "?" + "x" * LONGEST_TEXT["view"]}, "view"),
        ({"chart": "map", "view": "", "notes": 3}, "title"),
        ({"chart": "map", "view": "", "title": "x" * (LONGEST_TEXT["title"] + 1)}, "title"),
        ({"chart": "map", "view": "?year=2000", "title": "A", "notes": "B"}, ""),
    ],
)
def test_what_is_wrong_with_a_view(script: Page, entry: Any, fault: str) -> None:
    assert call(script, "story.findFault", entry, json.loads(story_rules())) == fault


def test_other_colours_wherever_a_figure_has_them(script: Page) -> None:
    figure = [{"marker": {"color": ["#ABCDEF", "#000"]}, "z": [1, None], "name": "x"}]
    assert call(script, "print.recolour", figure, {"#abcdef": "#fff"}) == [
        {"marker": {"color": ["#fff", "#000"]}, "z": [1, None], "name": "x"}
    ]
