"""Each page is found at its address, makes its document, and can say what it is called."""

from __future__ import annotations

import json
import re

import pytest
from dash._utils import to_json
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.charts import CHARTS
from dashboard.components import tiles
from dashboard.frames import House, answer
from dashboard.pages import PAGES, Page, find, frame
from dashboard.pages.figures import CARDS
from dashboard.settings import Settings

# the stage shows any chart
WITH_A_MAP = [page for page in PAGES if "map" in page.contents.charts or page.id == "present"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_page_makes_its_document_and_its_frames(page: Page, house: House) -> None:
    found = find(house, f"{page.path}?region=Western+Asia&country=TUR")
    assert found is not None
    assert found[0] is page
    made = json.loads(to_json(frame.document(*found)))
    assert made["props"]["className"] == f"app page-{page.id}"
    assert json.loads(answer(house, found[1].query, page.contents))["query"] == "?region=Western+Asia&country=TUR"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_page_has_a_name_and_a_title(page: Page, house: House) -> None:
    assert house.words(f"page.{page.id}.name")
    assert house.words(f"page.{page.id}.title")


def test_parts_have_a_place_in_the_body(house: House) -> None:
    for page in PAGES:
        found = find(house, f"{page.path}?country=TUR")
        assert found is not None
        document = to_json(frame.document(*found))
        for name in page.parts(found[1]):
            assert f'"id":"{name}"' in document.replace(": ", ":")
            assert "data-part" in document


def test_there_is_no_page_elsewhere(house: House) -> None:
    for address in ("/nowhere", "/nowhere?year=2000", "//", "/%2e%2e", "/overview"):
        assert find(house, address) is None


def test_ids_and_addresses_are_used_once() -> None:
    for name in ("id", "path"):
        values = [getattr(page, name) for page in PAGES]
        assert len(set(values)) == len(values)


def test_the_frames_hold_what_the_page_has(house: House) -> None:
    overview = json.loads(answer(house, ""))
    assert set(overview["charts"]) == {"map", "growth", "barriers"}
    assert {f"tiles.{name}" for name in tiles.IDS} <= set(overview["sparks"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_slides_are_offered_where_there_are_figures(page: Page, house: House) -> None:
    found = find(house, page.path)
    assert found is not None
    document = to_json(frame.document(*found))
    has_figures = bool(page.figures(""))
    assert (house.words("take.no_slides") in document) == (not has_figures and not page.is_bare)
    assert page.is_bare or has_figures == (page.id in {"overview", "barriers", "opportunities", "sources"})


def test_every_card_with_a_menu_can_be_embedded() -> None:
    assert set(CARDS) == set(CHARTS)


@pytest.fixture(scope="session")
def visitor() -> FlaskClient:
    client: FlaskClient = create_app(Settings()).server.test_client()
    return client


def _document(visitor: FlaskClient, address: str) -> str:
    """A page as it is sent, without its own query and without what the answer says of the view in one word."""
    text = visitor.get(address).get_data(as_text=True)
    return re.sub(r'"view\.(map|none)":"\w*"|[?]?map=(states|links)', "", text)


@pytest.mark.parametrize("page", [page for page in PAGES if page not in WITH_A_MAP], ids=lambda page: page.id)
def test_a_page_without_the_map_is_the_same_whichever_is_chosen(page: Page, visitor: FlaskClient) -> None:
    plain = _document(visitor, page.path)
    assert _document(visitor, f"{page.path}?map=states") == _document(visitor, f"{page.path}?map=links") == plain


@pytest.mark.parametrize("page", [page for page in WITH_A_MAP if page.id != "present"], ids=lambda page: page.id)
def test_one_with_the_map_is_not(page: Page, visitor: FlaskClient) -> None:
    assert _document(visitor, f"{page.path}?map=states") != _document(visitor, page.path)
