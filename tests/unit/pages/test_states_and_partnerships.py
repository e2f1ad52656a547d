"""States, the registry, and the page of each: they say what the tables hold, and lead to each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qs

import pytest
from dash.development.base_component import Component

from dashboard.charts.look import DARK, Look
from dashboard.charts.pair.figure import build_pair
from dashboard.charts.pair.text import entries_of_key
from dashboard.components.raw_html import RawHtml
from dashboard.context import AppContext
from dashboard.dataset.records import records
from dashboard.filters import Filters, parse
from dashboard.metrics.evidence import statements_of
from dashboard.metrics.registry import Entry, build_entries, candidates, entries, programs_of
from dashboard.metrics.states import state_page, states_table
from dashboard.pages import partnerships, states
from tests.markup import text_of, texts_of_rows

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
ONE = re.compile(r'href="/partnerships/([^"?#]+)"')


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


def since(app_context: AppContext, entry: Entry) -> str:
    """What a list says of when a partnership began."""
    if entry.start_year is not None:
        return str(entry.start_year)
    if entry.known_by is not None and entry.is_identified:
        return app_context.t("registry.by", year=entry.known_by)
    return app_context.t("registry.unknown")


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.usefixtures("in_request")
def test_the_list_of_states(query: str, app_context: AppContext) -> None:
    """Every state is a row with its numbers, whichever is chosen elsewhere, and leads to its page."""
    selection = parse(query, app_context.choices).selection
    table = states_table(app_context.dataset, selection.without("state"))
    markup = markup_of(part(states.layout(**_named(query)), "card-states"))
    _, *rows = texts_of_rows(markup)
    assert [(row[0], *map(int, row[2:5])) for row in rows] == [
        (row["name"], row["partnerships"], row["countries"], row["programs"]) for row in records(table)
    ]
    assert re.findall(r'href="/states/(\w+)"', markup) == table["state"].tolist()
    assert "52 shown" in text_of(markup)
    # a square for each partnership, dark where its start is recorded
    squares = [row.count("<i class=") for row in re.findall(r'<span class="marks".*?</span>', markup)]
    assert squares == table["partnerships"].tolist()
    assert markup.count('class="u-d"') == table["dated"].sum()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("query", ["", "?basis=documented&least=25000", "?region=Western+Asia&status=active"])
@pytest.mark.usefixtures("in_request")
def test_the_page_of_a_state(code: str, query: str, app_context: AppContext) -> None:
    """It names every partnership that counts and every other that is documented, the programs, and the cities without
    a partner, each with the way to its match."""
    selection = parse(query, app_context.choices).selection
    state = state_page(app_context.dataset, selection, code, least=int(selection.page_param("least") or 100_000))
    layout = states.layout_of_one(code, **_named(query))
    main, cities = (markup_of(part(layout, name)) for name in (states.MAIN, states.CITIES))
    assert ONE.findall(main) == [each.id for each in (*state.partnerships, *state.others)]
    said = text_of(main)
    for each in (*state.partnerships, *state.others):
        assert f"{each.us_community}–{each.partner_community} {each.country} · " in said
    assert all(row["title"] in said for row in state.programs)
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", main))
    assert facts[app_context.t("states.partnerships")] == str(len(state.partnerships))
    assert facts[app_context.t("states.countries")] == str(state.countries)
    assert re.findall(r'href="/opportunities\?community=(\d+)', cities) == [city.id for city in state.without]
    assert states.title(code).startswith(state.name)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.usefixtures("in_request")
def test_the_registry(query: str, app_context: AppContext) -> None:
    found = entries(app_context.dataset, parse(query, app_context.choices).selection)
    markup = markup_of(part(partnerships.layout(**_named(query)), "card-registry"))
    if not found:
        assert app_context.t("registry.none") in text_of(markup)
        assert app_context.t("card.empty_filters") in text_of(markup)
        return
    _, *rows = texts_of_rows(markup)
    assert ONE.findall(markup) == [each.id for each in found]
    assert [(row[0], row[1], row[2], row[3], row[6]) for row in rows] == [
        (
            each.us_name if each.is_identified else app_context.t("registry.unidentified"),
            each.partner_community,
            each.country,
            since(app_context, each),
            str(len(each.sources)),
        )
        for each in found
    ]
    assert f"{len(found)} shown" in text_of(markup)


@pytest.mark.parametrize("size", [10, 50])
@pytest.mark.usefixtures("in_request")
def test_a_registry_too_large_for_one_list_goes_by_pages(
    size: int, app_context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partnerships, "MOST_AT_ONCE", size)
    monkeypatch.setattr("dashboard.components.lists.MOST_AT_ONCE", size)
    markup = markup_of(part(partnerships.layout(sort="-since"), "card-registry"))
    assert len(ONE.findall(markup)) == size
    assert f"1 to {size} of 94" in text_of(markup)
    assert f'data-set="start={size}"' in markup
    following = markup_of(part(partnerships.layout(sort="-since", start=str(size)), "card-registry"))
    assert not set(ONE.findall(markup)) & set(ONE.findall(following))
    assert f"{size + 1} to " in text_of(following)


@pytest.mark.usefixtures("in_request")
def test_every_partnership_has_its_page(app_context: AppContext) -> None:
    """Its years, its sources with their addresses, its programs, whether it counts; a map where its cities are known."""
    found = every_entry(app_context)
    assert len(found) == len(app_context.dataset.partnerships)
    for entry in found:
        assert partnerships.find_key(app_context, entry.id) is not None
    titles = set()
    # every third in full: a page is what its row is
    for entry in found[::3]:
        layout = partnerships.layout_of_one(entry.id)
        markup = markup_of(part(layout, "figures"))
        said = text_of(markup)
        assert partnerships.title(entry.id).startswith(partnerships.entry_title(app_context.t, entry))
        titles.add(partnerships.title(entry.id))
        for year in (entry.start_year, entry.end_year):
            assert year is None or str(year) in said, entry.id
        assert f"{entry.country} · {entry.region}" in said, entry.id
        assert entry.note in said
        assert all(source.title in said and html_of(source.address) in markup for source in entry.sources), entry.id
        assert all(program["title"] in said for program in programs_of(app_context.dataset, entry)), entry.id
        assert all(" ".join(each.text.split()) in said for each in statements_of(app_context.dataset, entry.id)), (
            entry.id
        )
        assert app_context.contact.email in said
        graphs = [each for each in layout._traverse() if getattr(each, "id", None) == "pair"]
        assert len(graphs) == entry.is_identified, entry.id
    assert len(titles) > len(found) / 6


@pytest.mark.usefixtures("in_request")
def test_one_that_is_not_identified_lists_its_candidates(app_context: AppContext) -> None:
    snapshot = app_context.dataset.snapshots[0]
    markup = markup_of(part(partnerships.layout_of_one("not-yet-identified-tur-1"), "figures"))
    wanted = [each.id for each in candidates(app_context.dataset, snapshot, Filters.of(country="TUR"))]
    assert ONE.findall(markup) == wanted != []


def every_entry(app_context: AppContext) -> Sequence[Entry]:
    return build_entries(app_context.dataset, app_context.dataset.partnerships.reset_index().index.to_numpy())


def html_of(address: str) -> str:
    return address.replace("&", "&amp;")


@pytest.mark.parametrize(
    ("text", "key"),
    [("TX", "TX"), ("tx", "TX"), ("Texas", "TX"), ("district of columbia", "DC"), ("XX", None), ("", None)],
)
def test_a_state_by_any_spelling(text: str, key: str | None, app_context: AppContext) -> None:
    assert states.find_key(app_context, text) == key


def test_a_partnership_by_its_id_in_large_letters_too(app_context: AppContext) -> None:
    assert partnerships.find_key(app_context, "Houston-TX--Baku-AZE") == "houston-tx--baku-aze"
    assert partnerships.find_key(app_context, "houston") is None


@pytest.mark.usefixtures("in_request")
def test_one_that_is_not_there_is_said(app_context: AppContext) -> None:
    for page in (states.layout_of_one("XX"), partnerships.layout_of_one("nothing")):
        assert app_context.t("app.not_found") in markup_of(page)
    assert states.title("XX") == partnerships.title("nothing") == app_context.t("app.not_found_title")


@pytest.mark.parametrize("look", [Look(), Look(DARK, is_narrow=True)])
@pytest.mark.parametrize("key", ["houston-tx--baku-aze", "TX", "CA", "WY"])
def test_the_map_has_both_ends_of_every_partnership(key: str, look: Look, app_context: AppContext) -> None:
    view = app_context.view(parse("?basis=documented", app_context.choices).selection, key)
    drawn = [each for each in entries_of_key(view) if each.us_place and each.partner_place]
    traces = build_pair(view, look).figure["data"]
    curves = [trace for trace in traces if trace.get("mode") == "lines"]
    assert sum(trace["lon"].count(None) for trace in curves) == len(drawn)
    for trace in curves:
        is_dated = trace["line"]["dash"] == "solid"
        assert trace["lon"].count(None) == sum((each.start_year is not None) is is_dated for each in drawn)
    [cities] = [trace for trace in traces if trace.get("mode") == "markers"]
    # a city is there too whose partner is not located
    found = entries_of_key(view)
    ends = {(each.us_community, each.us_place) for each in found if each.us_place}
    ends |= {(each.partner_community, each.partner_place) for each in found if each.partner_place}
    assert set(zip(cities["text"], zip(cities["lon"], cities["lat"], strict=True), strict=True)) == ends
    [areas] = [trace for trace in traces if trace.get("locations") == sorted({each.country_iso3 for each in found})]
    assert areas["type"] == "choropleth"
    # on a phone names would cover what they name, but for those of one pair
    names = [trace["text"][0] for trace in traces if "text" in str(trace.get("mode"))]
    assert set(names) <= {name for name, _ in ends}
    assert bool(names) == (bool(ends) and (not look.is_narrow or len(drawn) == 1))


def _named(query: str) -> dict[str, str | list[str]]:
    """The query as Dash gives it to a layout."""
    return {name: values if len(values) > 1 else values[0] for name, values in parse_qs(query[1:]).items()}
