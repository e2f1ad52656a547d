"""The answer to an address: small, whole, and the same for the same selection."""

from __future__ import annotations

import gzip
import json

import pytest

from dashboard.filters import Notice, parse
from dashboard.frames import House, answer
from dashboard.frames.answer import notice_texts
from dashboard.frames.steps import value_at
from tests.unit.frames.test_tabs import opened

MOST_BYTES = 30_000
# names every documented pairing three times over, so it grows with each that is found: 215 since the third pass
LARGEST_VIEW, MOST_BYTES_THERE = "?map=links&basis=documented", 32_000
VIEWS = [
    "",
    "?basis=documented",
    "?region=Western+Asia",
    "?country=TUR",
    "?map=states",
    "?map=links",
    LARGEST_VIEW,
    "?sample=1",
    "?state=CA",
]


@pytest.mark.parametrize("query", VIEWS)
def test_all_years_of_a_view_weigh_little(house: House, query: str) -> None:
    most = MOST_BYTES_THERE if query == LARGEST_VIEW else MOST_BYTES
    assert len(gzip.compress(answer(house, query).encode(), 6)) < most


def test_years_and_query(house: House) -> None:
    found = json.loads(answer(house, "?year=2000&basis=sci-2007&region=western-asia"))
    assert (found["first"], found["last"], found["year"], found["query"]) == (
        1972,
        2007,
        2000,
        "?region=Western+Asia",
    )
    assert json.loads(answer(house, ""))["year"] is None


def test_tiles_are_those_of_the_table(house: House) -> None:
    found = json.loads(answer(house, ""))
    assert value_at(found["texts"]["tiles.partnerships.value"], 2000 - 1972) == 36
    assert value_at(found["texts"]["tiles.partnerships.range"], 2000 - 1972) == "to 69"


def test_controls_stand_where_the_address_says(house: House) -> None:
    controls = json.loads(answer(house, "?region=Central+Asia&state=TX&sample=1&wave=2010"))["controls"]
    assert controls["filter-region"]["value"] == ["Central Asia"]
    assert controls["filter-state"]["value"] == "TX"
    assert controls["filter-wave"]["value"] == "2010"
    assert "SAMPLE" in controls["filter-wave"]["options"][1]["label"]


def test_what_can_be_taken_off(house: House) -> None:
    chosen = json.loads(answer(house, "?country=TUR&state=TX&sample=1"))["chosen"]
    assert [(each["name"], each["label"]) for each in chosen] == [
        ("country", "Türkiye"),
        ("state", "Texas"),
        ("sample", "SAMPLE (invented answers)"),
    ]


def test_many_notices_are_counted_not_listed(house: House) -> None:
    texts = notice_texts(tuple(Notice("name", {"name": f"x{at}"}) for at in range(30)), house.words)
    assert len(texts) == 5
    assert "26" in texts[-1]


def test_notices_repeat_what_was_given_as_text_only(house: House) -> None:
    parsed = parse("?country=%3Cscript%3E", house.choices)
    assert "<script>" in notice_texts(parsed.notices, house.words)[0]


def test_the_order_of_parameters_does_not_matter(house: House) -> None:
    one = answer(house, "?region=Central+Asia&region=Western+Asia&map=links")
    assert one == answer(house, "?map=links&region=Western+Asia&region=Central+Asia")


def test_the_ranked_list_is_in_order_in_every_year(house: House) -> None:
    made = json.loads(answer(house, ""))
    found = {name: opened(packed, made["shared"]) for name, packed in made["list"].items()}
    for position in range(36):
        order, numbers = value_at(found["order"], position), value_at(found["numbers"], position)
        lower = [int(str(numbers[at]).split("–")[0]) for at in order]
        assert lower == sorted(lower, reverse=True)
        assert sorted(order) == list(range(31))
