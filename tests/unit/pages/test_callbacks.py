"""What the server answers when something is chosen or opened on a page, asked over HTTP as the browser asks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.charts import CHARTS
from dashboard.charts.figures import FIGURES
from dashboard.choice import CONTROL_IDS
from dashboard.pages import PAGES
from tests.asking import (
    CALLBACKS,
    by_id,
    call,
    callback_of,
    choice,
    choose,
    components,
    dependencies,
    inputs_of,
    markup_of,
    outputs_of,
    page,
    question,
)

MOST_COMPONENTS = 150
# page -> an address of it
ADDRESSES = {
    "overview": "/",
    "barriers": "/barriers",
    "partnerships": "/partnerships",
    "partnership": "/partnerships/houston-tx--baku-aze",
    "partnership-open": "/partnerships/not-yet-identified-tur-1",
    "opportunities": "/opportunities",
    "programs": "/programs",
    "states": "/states",
    "state": "/states/TX",
    "research": "/research",
    "sources": "/sources",
    "about": "/about",
    "report": "/report",
    "present": "/present",
    "embed-map": "/embed/map",
    "embed-countries": "/embed/countries",
    "embed-sources": "/embed/sources",
}
# the text of the first follows nothing, and the stage has no callback of the server's
FIXED = ("about", "present")
ANSWERED = [name for name in ADDRESSES if name not in FIXED]
KEYS = {"partnership": "houston-tx--baku-aze", "partnership-open": "not-yet-identified-tur-1", "state": "TX"}


def frames_of(reply: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(reply["frames"]["data"])
    return found


# ---- the layout
@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("query", ["", "?country=TUR&basis=documented", "?sample=1&map=links&state=CA&room=1"])
def test_a_page_has_few_components_and_no_id_twice(client: FlaskClient, name: str, query: str) -> None:
    layout = page(client, ADDRESSES[name] + query)
    around = json.loads(client.get("/_dash-layout").text)
    found = [*components(around), *components(layout)]
    assert len(found) <= MOST_COMPONENTS
    ids = [str(each["props"]["id"]) for each in found if "id" in each["props"]]
    assert len(ids) == len(set(ids))


def test_the_layout_is_of_its_address(client: FlaskClient) -> None:
    found = by_id(page(client, "/?region=Central+Asia&year=1999&state=TX"))
    assert found["filter-region"]["value"] == ["Central Asia"]
    assert found["filter-state"]["value"] == "TX"
    assert found["filter-year"]["value"] == 1999
    payload = json.loads(found["frames"]["data"])
    assert payload["query"] == "?region=Central+Asia&state=TX"
    assert payload["years"][0] + payload["at"] == 1999
    assert {"map", "growth", "barriers"} <= set(found)


@pytest.mark.parametrize("name", [name for name in FIGURES if name in CHARTS])
def test_every_graph_is_described_and_says_why_where_it_is_empty(client: FlaskClient, name: str) -> None:
    markup = markup_of(page(client, f"/embed/{name}?country=MDV"))
    assert f'id="description-{name}"' in markup
    assert f'data-text="{name}.message"' in markup


def test_an_address_that_is_not_understood_is_the_nearest_view_with_a_word_about_it(client: FlaskClient) -> None:
    found = by_id(page(client, "/?year=9999&x=<b>&class=1"))
    assert len(json.loads(found["frames"]["data"])["notices"]) == 3


def test_a_year_stays_in_the_address_where_it_shows_nothing(client: FlaskClient) -> None:
    """A page without a slider shows all years, and leads on to others with the year it was given."""
    for name in ("partnerships", "research"):
        payload = json.loads(by_id(page(client, f"{ADDRESSES[name]}?year=1990"))["frames"]["data"])
        assert payload["years"][0] + payload["at"] == payload["years"][1]
        assert payload["follows_year"] is False


# ---- what is chosen
def test_a_choice_is_one_callback_and_the_year_is_one_in_the_browser(client: FlaskClient) -> None:
    found = dependencies(client)
    on_server = [each for each in found if each["clientside_function"] is None and "_pages" not in each["output"]]
    chosen = [one["id"]["page"] for each in on_server for one in inputs_of(each) if isinstance(one["id"], dict)]
    assert len(chosen) == len(set(chosen)) and set(ANSWERED) <= set(chosen) and not set(FIXED) & set(chosen)
    of_year = [
        each for each in found if {"id": "filter-year", "property": "value"}.items() <= each["inputs"][-1].items()
    ]
    assert [each["clientside_function"]["function_name"] for each in of_year] == ["showYear"]


@pytest.mark.parametrize("name", ANSWERED)
def test_what_a_callback_of_a_page_fills_is_on_the_page(client: FlaskClient, name: str) -> None:
    there = by_id(page(client, f"{ADDRESSES[name]}?country=TUR"))
    named = {each["id"] for each in outputs_of(callback_of(client, page=name))}
    assert named <= set(there)


@pytest.mark.parametrize("name", ANSWERED)
@pytest.mark.parametrize("query", ["", "?region=Western+Asia&country=TUR&basis=documented&sample=1"])
def test_a_choice_is_answered_as_its_address_is(client: FlaskClient, name: str, query: str) -> None:
    """So that a pasted link, reload, Back and Forward show what was chosen."""
    reply = choose(client, query, page=name, key=KEYS.get(name, ""))
    layout = by_id(page(client, ADDRESSES[name] + query))
    answered, loaded = frames_of(reply), json.loads(layout["frames"]["data"])
    assert answered == loaded
    assert answered["query"] == query.replace(
        "?region=Western+Asia&country=TUR&basis=documented&sample=1", answered["query"]
    )
    for key, properties in reply.items():
        for part, value in properties.items():
            if key != "frames":
                assert value == layout[key][part] or (not value and not layout[key].get(part)), (key, part)


def test_a_region_is_answered_without_figures(client: FlaskClient) -> None:
    shapes = frames_of(choose(client, ""))["shapes"]
    reply = choose(client, "?region=Western+Asia", shapes=shapes)
    assert not any("figure" in properties for properties in reply.values())
    payload = frames_of(reply)
    assert payload["kept"] == ["map", "growth", "barriers"]
    assert payload["query"] == "?region=Western+Asia"
    assert "figure" in choose(client, "?state=CA", shapes=shapes)["map"]


def test_a_country_brings_its_panel_and_takes_off_regions_without_it(client: FlaskClient) -> None:
    reply = choose(client, "?region=Northern+Africa&country=TUR")
    assert "Houston" in reply["panel"]["markup"]
    assert frames_of(reply)["controls"]["region"]["value"] == []


def test_another_basis_brings_its_years(client: FlaskClient) -> None:
    payload = frames_of(choose(client, "?basis=documented", year=2020))
    assert payload["years"][1] > 2007
    assert payload["at"] == 2020 - payload["years"][0]


def test_the_look_of_a_browser_is_that_of_its_figures(client: FlaskClient) -> None:
    def figure(**look: object) -> Any:
        return choose(client, "", look=look)["growth"]["figure"]

    assert figure(theme="dark", narrow=False) != figure(theme="light", narrow=False)
    assert figure(theme="light", narrow=True) != figure(theme="light", narrow=False)
    # as it said in a cookie when it came
    client.set_cookie("look", "dark")
    assert by_id(page(client, "/"))["growth"]["figure"] == figure(theme="dark", narrow=False)


# ---- what is opened
def tables(client: FlaskClient, **opened: Any) -> dict[str, Any]:
    """The tables that come when tabs of cards are opened, by id."""
    data = {"query": "", "year": 2007, "key": "", **opened}
    found: dict[str, Any] = call(client, callback_of(client, output="table-shown"), data)["sideUpdate"]
    return {name: properties["markup"] for name, properties in found.items()}


@pytest.mark.parametrize("name", CHARTS)
def test_the_table_of_a_card_comes_when_it_is_opened(client: FlaskClient, name: str) -> None:
    found = tables(client, cards=[name], query="?basis=documented&sample=1", key="TX")
    assert list(found) == [f"table-{name}"]
    assert "<table>" in found[f"table-{name}"]


def test_several_tables_are_open_at_once_each_of_its_year(client: FlaskClient) -> None:
    now, earlier = (tables(client, cards=["countries", "map"], year=year) for year in (2007, 1980))
    assert set(now) == {"table-countries", "table-map"}
    assert "<td>Nigeria</td>" in now["table-countries"]
    assert all(now[name] != earlier[name] for name in now)


def test_a_table_of_a_year_or_key_that_is_none_is_that_of_the_last(client: FlaskClient) -> None:
    assert tables(client, cards=["map"], year="x", key=3) == tables(client, cards=["map"])


def test_sources_are_those_of_the_cards(client: FlaskClient) -> None:
    asked = {"cards": ["map", "no-such"], "query": "?country=TUR", "key": ""}
    reply = call(client, callback_of(client, output="sources-list"), asked)
    assert "<li>" in reply["response"]["sources-list"]["markup"]


# ---- what no page of ours sends
@pytest.mark.parametrize("value", [{"a": 1}, [["x"]], 10**30, None, "x" * 5000, True, "<script>"])
def test_hostile_values_are_the_nearest_view(client: FlaskClient, value: Any) -> None:
    plain = frames_of(choose(client, ""))
    for name in ("query", "year", "look", "shapes", "key"):
        given = {**choice(""), name: value}
        reply = call(client, callback_of(client, page="overview"), given)["response"]
        assert frames_of(reply)["years"] == plain["years"]
    reply = call(client, callback_of(client, page="overview"), value)["response"]
    assert frames_of(reply)["texts"] == plain["texts"]


@pytest.mark.parametrize(
    "value", [{"cards": ["no-such"]}, {"cards": [[]]}, {"cards": "map"}, {"cards": 7}, {"cards": []}, {}, [], 7, None]
)
def test_tables_of_nothing_are_not_made(client: FlaskClient, value: Any) -> None:
    reply = client.post(CALLBACKS, json=question(callback_of(client, output="table-shown"), value))
    assert reply.status_code in (200, 204, 400)
    assert "<table" not in reply.text


def test_there_are_controls_for_what_callbacks_follow(client: FlaskClient) -> None:
    """Each control that the script reads is on the overview."""
    assert set(CONTROL_IDS) <= set(by_id(page(client, "/")))


def test_every_page_is_tried(client: FlaskClient) -> None:
    paths = {address.partition("?")[0] for address in ADDRESSES.values()}
    assert {path for path in paths if client.get(path).status_code != 200} == set()
    assert {module.PAGE for module in PAGES} - {"embed-"} <= set(ADDRESSES)
