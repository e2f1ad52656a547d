"""What the pages take from the address, and what they refuse."""

from __future__ import annotations

import json

import pytest
from dash._utils import to_json

from dashboard.components.markup import as_html
from dashboard.filters import parse, to_query
from dashboard.frames import House
from dashboard.metrics.match import DEFAULT_WEIGHTS
from dashboard.pages import find, frame
from dashboard.pages.opportunities import weights_of


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("", [3, 2, 2, 1, 2]),
        ("0-5-1-2-0", [0, 5, 1, 2, 0]),
        ("9-9-9-9-9", [5, 5, 5, 5, 5]),
        # of a link from before travel was a reason
        ("0-5-1-2", [0, 5, 1, 2, 2]),
        ("1-2-3", [3, 2, 2, 1, 2]),
        ("a-b-c-d-e", [3, 2, 2, 1, 2]),
        ("-1-2-3-4", [3, 2, 2, 1, 2]),
    ],
)
def test_weights_of_an_address(text: str, weights: list[int]) -> None:
    found = weights_of(text)
    assert list(found.values()) == weights
    assert list(found) == list(DEFAULT_WEIGHTS)


def test_what_a_page_asks_has_one_spelling(house: House) -> None:
    parsed = parse("?by=2030&community=5074472&by=2031&region=Western+Asia", house.choices)
    assert parsed.notices == ()
    assert parsed.selection.page_param("by") == "2031"
    assert to_query(parsed.selection, house.choices) == "?region=Western+Asia&community=5074472&by=2031"
    assert parse("?community=" + "9" * 61, house.choices).notices[0].kind == "value"


@pytest.mark.parametrize(
    "address", ["/partnerships/nobody", "/states/ZZ", "/states/tx", "/partnerships/houston-tx--baku-aze/more"]
)
def test_there_is_no_page_for_an_unknown_key(house: House, address: str) -> None:
    assert find(house, address) is None


@pytest.mark.parametrize(
    ("address", "texts"),
    [
        ("/partnerships/houston-tx--baku-aze", ["have been partners since 1976", "Counted in SCI’s 94", "joliver@"]),
        ("/partnerships/not-yet-identified-tur-1", ["not yet identified", "documented pairings may be this one"]),
        ("/partnerships/houston-tx--karachi-pak", ["2 statements of sources that do not agree", "100th partnership"]),
        ("/states?basis=documented", ["of 50 states have", "and besides them District of Columbia", "and no states"]),
        ("/states", ["of 50 states have"]),
        ("/states/TX", ["Texas: 5 partnerships known by name", "El Paso"]),
        ("/states/WY", ["Wyoming has no partnership known by name"]),
        ("/opportunities?community=5074472", ["Omaha, NE", "of 100", "GeoNames"]),
        (
            "/opportunities?community=5419384",
            [
                "are left out (U.S. State Department, as of 7 October 2026)",
                "level 2, exercise increased caution",
                "2026",
            ],
        ),
        ("/opportunities?community=5419384&travel=all", ["Cities at level 4 (do not travel) are among these"]),
        ("/opportunities?partner=281133", ["Gaza: level 4, do not travel, 26 August 2026", "not a judgement"]),
        ("/opportunities?basis=sci-2007", ["Level 3: reconsider travel", "no travel level on record"]),
        ("/opportunities?community=0", ["not in the list"]),
        ("/opportunities", ["Choose a U.S. community", "An example", "See all for", "of 100"]),
        ("/opportunities?basis=documented&partner=745044", ["Istanbul", "people here"]),
        ("/programs", ["no rates, no ranking", "Houston–Istanbul", "milestones"]),
        ("/programs?region=Central+Asia", ["no rates, no ranking", "milestones"]),
        ("/research", ["68 of 94 identified, 60 dated; 26 still to find", "not recorded", "New Haven"]),
        ("/about", ["Get involved", "2007"]),
    ],
)
def test_a_page_says(house: House, address: str, texts: list[str]) -> None:
    found = find(house, address)
    assert found is not None
    page = json.dumps(json.loads(to_json(frame.document(*found))), ensure_ascii=False)
    for text in texts:
        assert text in page, text


def test_success_stories_follow_the_filters(house: House) -> None:
    found = find(house, "/programs?region=Central+Asia")
    assert found is not None
    page, asked = found
    stories = as_html(page.parts(asked)["stories-part"])
    assert "card-stories" in stories
    assert "Houston–Istanbul" not in stories


def test_each_page_of_a_key_has_its_title(house: House) -> None:
    titles = {}
    for address in ("/states", "/states/TX", "/states/CA", "/partnerships", "/partnerships/houston-tx--baku-aze"):
        found = find(house, address)
        assert found is not None
        titles[address] = frame.title(*found)
    assert len(set(titles.values())) == 5
    assert titles["/states/TX"].startswith("Texas")


def test_a_registry_too_large_for_one_list_goes_by_pages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.metrics.registry_page.MOST_AT_ONCE", 50)
    found = find(house, "/partnerships?find=houston&sort=-since")
    assert found is not None
    page, asked = found
    text = as_html(page.body(asked))
    assert "Houston, TX" in text
    assert 'data-ask="find"' in text
    assert 'data-set="sort=since"' in text
    assert "1 to " in text
