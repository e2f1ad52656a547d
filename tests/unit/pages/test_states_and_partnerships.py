"""States, the registry, and the page of each: what they say is what their tables hold."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest
from dash.development.base_component import Component
from flask import Flask, g

from dashboard import create_app
from dashboard.charts.look import DARK, Look
from dashboard.charts.pair.figure import build_pair
from dashboard.charts.pair.text import entries_of_key
from dashboard.components.raw_html import RawHtml
from dashboard.context import House
from dashboard.filters import Filters, parse
from dashboard.metrics.evidence import statements_of
from dashboard.metrics.registry import candidates, entries, find_entry, programs_of
from dashboard.metrics.states import LEAST_POPULATION, state_page, states_table
from dashboard.pages import partnerships, states
from dashboard.settings import read_settings

QUERIES = (
    "",
    "?basis=documented",
    "?region=Western+Asia&region=Central+Asia",
    "?basis=documented&status=active",
    "?state=TX",
    "?country=TUR",
    "?region=Southern+Europe&state=WY",
)
NUMBERS = ("partnerships", "countries", "programs")
CODES = ("TX", "CA", "WY", "DC", "PR")
ONES = (
    "houston-tx--baku-aze",
    "not-yet-identified-tur-1",
    "not-yet-identified-afg-1",
)


class Read(HTMLParser):
    """What a person reads in HTML, piece by piece, and where its links lead."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self.feed(markup)

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            self.said.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if address := dict(attrs).get("href"):
            self.links.append(address)


@pytest.fixture(scope="module")
def server() -> Flask:
    made: Flask = create_app(read_settings({})).server
    return made


@pytest.fixture
def in_request(server: Flask, house: House) -> Iterator[None]:
    """A request of a browser, on the data of the tests."""
    with server.test_request_context("/"):
        g.house = house
        yield


def markup_of(component: object) -> str:
    """All markup in a component of a page, in its order."""
    if isinstance(component, RawHtml):
        markup: str = component.markup  # type: ignore[attr-defined]
        return str(markup)
    if isinstance(component, str):
        return component
    inside = getattr(component, "children", None)
    if inside is None:
        return ""
    return " ".join(markup_of(each) for each in (inside if isinstance(inside, list | tuple) else [inside]))


def part(component: Component, key: str) -> Component:
    """The component of an id."""
    found: Component = next(each for each in component._traverse() if getattr(each, "id", None) == key)
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_the_list_of_states_says_the_numbers_of_its_table(query: str, house: House, in_request: None) -> None:
    selection = parse(query, house.choices).selection
    read = Read(markup_of(part(states.layout(**_named(query)), "rows-states")))
    table = states_table(house.dataset, selection.without("state"))
    names = table["name"].tolist()
    # the list has every state, whatever state is chosen elsewhere
    assert [text for text in read.said if text in set(names)] == names
    assert read.links == [f"/states/{code}" for code in table["state"]]
    first = read.said.index(names[0])
    assert read.said[first + 1 : first + 4] == [str(table[each].iloc[0]) for each in NUMBERS]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("query", ["", "?basis=documented&least=25000", "?region=Western+Asia&status=active"])
def test_the_page_of_a_state(code: str, query: str, house: House, in_request: None) -> None:
    selection = parse(query, house.choices).selection
    found = state_page(house.dataset, selection, code, least=int(selection.page_param("least") or LEAST_POPULATION))
    layout = states.layout_of_one(code, **_named(query))
    main, cities = (Read(markup_of(part(layout, name))) for name in ("state-part", "cities-part"))
    assert main.links == [f"/partnerships/{each.id}" for each in (*found.partnerships, *found.others)]
    numbers = [len(found.partnerships), found.countries, len(found.programs)]
    assert [text for text in main.said if text.isdigit()] == list(map(str, numbers))
    assert [link.split("?")[0] for link in cities.links] == ["/opportunities"] * len(found.without)
    assert states.title(code) == house.words("page.states.title_of", name=found.name)


@pytest.mark.parametrize("query", QUERIES)
def test_the_registry_has_every_partnership_that_counts(query: str, house: House, in_request: None) -> None:
    found = entries(house.dataset, parse(query, house.choices).selection)
    layout = partnerships.layout(**_named(query))
    read = Read(markup_of(part(layout, "rows-registry")))
    assert read.links == [f"/partnerships/{each.id}" for each in found]
    count = Read(markup_of(part(layout, "count-registry"))).said
    assert count == [house.words("list.all", total=len(found))]
    if not found:
        assert read.said == [house.words("card.empty_filters")]


def test_every_partnership_has_its_page(house: House, in_request: None) -> None:
    ids = house.dataset.partnerships["id"].tolist()
    for key in [*ONES, *ids[::6]]:
        entry = find_entry(house.dataset, key) or pytest.fail(key)
        left, right = part(partnerships.layout_of_one(key), "figures").children
        said = Read(markup_of(left)).said
        title = partnerships.entry_title(house.words, entry)
        assert said[:2] == [title, f"{entry.country} · {entry.region}"]
        assert partnerships.title(key) == house.words("page.partnerships.title_of", name=title)
        assert all(source.title in said for source in entry.sources)
        assert all(each.text in " ".join(said) for each in statements_of(house.dataset, key))
        assert [program["title"] in said for program in programs_of(house.dataset, entry)].count(False) == 0
        assert len(right.children) == 1 + entry.is_identified
        assert house.words("contact.tell") in markup_of(right.children[-1])


def test_one_that_is_not_identified_lists_its_candidates(house: House, in_request: None) -> None:
    snapshot = house.dataset.snapshots[0]
    read = Read(markup_of(part(partnerships.layout_of_one("not-yet-identified-tur-1"), "figures")))
    expected = candidates(house.dataset, snapshot, Filters.of(country="TUR"))
    links = [link for link in read.links if link.startswith("/partnerships/")]
    assert links == [f"/partnerships/{each.id}" for each in expected]


@pytest.mark.parametrize(
    ("text", "key"),
    [("TX", "TX"), ("tx", "TX"), ("Texas", "TX"), ("district of columbia", "DC"), ("XX", None), ("", None)],
)
def test_a_state_by_any_spelling(text: str, key: str | None, house: House) -> None:
    assert states.find_key(house, text) == key
    assert states.is_known(house, text) == (key is not None)


def test_a_partnership_by_its_id_in_large_letters_too(house: House) -> None:
    assert partnerships.find_key(house, "Houston-TX--Baku-AZE") == "houston-tx--baku-aze"
    assert not partnerships.is_known(house, "houston")


def test_one_that_is_not_there_is_said(in_request: None, house: House) -> None:
    for page in (states.layout_of_one("XX"), partnerships.layout_of_one("nothing")):
        assert house.words("app.not_found") in markup_of(page)
    assert states.title("XX") == partnerships.title("nothing") == house.words("app.not_found_title")


@pytest.mark.parametrize("look", [Look(), Look(DARK, is_narrow=True)])
@pytest.mark.parametrize("key", ["houston-tx--baku-aze", "TX", "CA", "WY"])
def test_the_map_has_both_ends_of_each_and_a_curve_between_them(key: str, look: Look, house: House) -> None:
    view = house.view(parse("?basis=documented", house.choices).selection, key)
    traces = build_pair(view, look).figure["data"]
    drawn = [each for each in entries_of_key(view) if each.us_place and each.partner_place]
    curves = [trace for trace in traces if trace.get("mode") == "lines"]
    assert sum(trace["lon"].count(None) for trace in curves) == len(drawn)
    [cities] = [trace for trace in traces if trace.get("mode") == "markers"]
    ends = {*(each.us_place for each in drawn), *(each.partner_place for each in drawn)}
    assert ends <= set(zip(cities["lon"], cities["lat"], strict=True))
    names = [trace for trace in traces if "text" in str(trace.get("mode"))]
    # on a phone there is room for the names of one pair
    assert bool(names) == (bool(drawn) and not (look.is_narrow and len(cities["lon"]) > 2))


def _named(query: str) -> dict[str, str | list[str]]:
    """The query as Dash gives it to a layout."""
    return {name: values if len(values) > 1 else values[0] for name, values in parse_qs(query[1:]).items()}
