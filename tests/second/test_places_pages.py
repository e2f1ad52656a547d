"""States, the registry, and the page of each: what they say is what the pages before them say."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest
from dash.development.base_component import Component
from dashboard.components.markup import as_html
from flask import Flask, g

from dashboard import create_app
from dashboard.charts.look import DARK, Look
from dashboard.charts.pair import text as pair
from dashboard.charts.pair.figure import build_pair
from dashboard.charts.pair.text import entries_of_key
from dashboard.components.raw_html import RawHtml
from dashboard.context import House
from dashboard.filters import parse
from dashboard.pages import find, partnerships, states
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


def old_page(house: House, address: str) -> Read:
    """The body of the page before."""
    page, asked = find(house, address) or pytest.fail(address)
    return Read(as_html(page.body(asked)))


def after(said: list[str], start: str) -> list[str]:
    return said[said.index(start) :]


@pytest.mark.parametrize("query", QUERIES)
def test_the_list_of_states(query: str, house: House, in_request: None) -> None:
    old = old_page(house, f"/states{query}")
    page = states.layout(**_named(query))
    new = Read(markup_of(part(page, "card-states")))
    headline = new.said[0]
    count, *said = after(new.said, headline)[3:]
    assert count == "52 shown"
    # the browser wrote the count there
    assert [*new.said[:3], *said] == after(old.said, headline)
    assert new.links == [link.replace("/states", "/states") for link in old.links if link.startswith("/states/")]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("query", ["", "?basis=documented&least=25000", "?region=Western+Asia&status=active"])
def test_the_page_of_a_state(code: str, query: str, house: House, in_request: None) -> None:
    page, asked = find(house, f"/states/{code}{query}") or pytest.fail(code)
    old = {name: Read(as_html(pieces)) for name, pieces in page.parts(asked).items()}
    layout = states.layout_of_one(code, **_named(query))
    for name, read in old.items():
        new = Read(markup_of(part(layout, name)))
        assert " ".join(new.said) == " ".join(read.said)
        assert [link.removeprefix("") for link in new.links] == read.links
    assert states.title(code) == page.title(asked) if page.title else False


@pytest.mark.parametrize("query", QUERIES)
def test_the_registry(query: str, house: House, in_request: None) -> None:
    old = old_page(house, f"/partnerships{query}")
    new = Read(markup_of(part(partnerships.layout(**_named(query)), "card-registry")))
    count = next((text for text in new.said if text.endswith("shown")), "")
    if "No partnership matches" in new.said[0]:
        assert new.said[0] in old.said
        assert house.words("card.empty_filters") in new.said
        return
    said = [text for text in new.said if text != count]
    assert count == f"{new.said[0].split()[0]} shown"
    assert said == after(old.said, new.said[0])
    rows = [link.removeprefix("") for link in new.links if "/partnerships/" in link]
    assert rows == [link for link in old.links if "/partnerships/" in link]


def test_every_partnership_has_its_page(house: House, in_request: None) -> None:
    ids = house.dataset.partnerships["id"].tolist()
    for key in [*ONES, *ids[::12]]:
        page, asked = find(house, f"/partnerships/{key}") or pytest.fail(key)
        layout = partnerships.layout_of_one(key)
        assert partnerships.title(key) == (page.title(asked) if page.title else "")
        left, right = page.body(asked)[-1].children
        new_left, new_right = part(layout, "figures").children
        assert Read(markup_of(new_left)).said == Read(as_html([left])).said
        assert Read(markup_of(new_left)).links == [_below_prefix(each) for each in Read(as_html([left])).links]
        # the script fills the card of the map on one side, and the server on the other
        assert Read(markup_of(new_right.children[-1])).said == Read(as_html([right.children[-1]])).said
        assert len(new_right.children) == len(right.children)


def _below_prefix(address: str) -> str:
    return "" + address if address.startswith("/partnerships") else address


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
def test_the_map_has_what_the_map_before_has(key: str, look: Look, house: House) -> None:
    view = house.view(parse("?basis=documented", house.choices).selection, key)
    old = pair.draw(pair.table(view), view).figure["data"]
    new = build_pair(view, look).figure["data"]
    curves = [trace for trace in new if trace.get("mode") == "lines"]
    drawn = [each for each in entries_of_key(view) if each.us_place and each.partner_place]
    assert sum(trace["lon"].count(None) for trace in curves) == len(drawn)
    for kind in ("markers", "text", "lines+text"):
        before, now = ([trace for trace in traces if trace.get("mode") == kind] for traces in (old, new))
        if kind == "markers":
            assert [trace["text"] for trace in now] == [trace["hovertext"] for trace in before]
        if not look.is_narrow or kind == "markers":
            assert [(trace["lon"], trace["lat"]) for trace in now] == [(trace["lon"], trace["lat"]) for trace in before]
    names = [trace for trace in new if "text" in str(trace.get("mode"))]
    assert not (look.is_narrow and len(drawn) > 1 and names)


def _named(query: str) -> dict[str, str | list[str]]:
    """The query as Dash gives it to a layout."""
    return {name: values if len(values) > 1 else values[0] for name, values in parse_qs(query[1:]).items()}
