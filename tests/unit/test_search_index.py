"""The index of the search box: complete, small, and with the spellings people know."""

from __future__ import annotations

import gzip
import json

from dashboard.context import House
from dashboard.pages import PAGES, find
from dashboard.search_index import ADDRESSES, search_index

PAGE_NAMES = tuple((page.path, page.id) for page in PAGES)


def test_everything_that_can_be_found_is_in_it(house: House) -> None:
    entries = json.loads(search_index(house, PAGE_NAMES))["entries"]
    tables = house.dataset.tables
    assert {kind: len(rows) for kind, rows in entries.items()} == {
        "page": len(PAGES),
        "country": len(house.dataset.countries),
        "state": len(tables["us_states"]),
        "partnership": int((tables["partnerships"]["us_community"] != "").sum()),
        "program": len(tables["programs"]),
        "city": len(tables["partner_cities"]),
        "us_city": len(tables["us_cities"]),
    }


def test_every_address_is_a_page(house: House) -> None:
    entries = json.loads(search_index(house, PAGE_NAMES))["entries"]
    for kind, rows in entries.items():
        for row in rows:
            assert find(house, ADDRESSES[kind].format(id=row[0])), (kind, row)


def test_old_spellings_are_there(house: House) -> None:
    entries = json.loads(search_index(house, PAGE_NAMES))["entries"]
    assert "Turkey" in next(row for row in entries["country"] if row[0] == "TUR")[3]
    assert "Constantinople" in next(row for row in entries["city"] if row[1] == "Istanbul")[3]


def test_it_is_small(house: House) -> None:
    text = search_index(house, PAGE_NAMES).encode()
    assert len(text) < 250_000
    assert len(gzip.compress(text)) < 80_000
