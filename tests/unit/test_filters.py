"""The address and back."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.dataset.spelling import normalize
from dashboard.filters import FILTERS, MAPS, Filters, Selection, choices_of, parse, to_query
from tests.conftest import shipped

CHOICES = choices_of(shipped())


def selection(query: str) -> Selection:
    return parse(query, CHOICES).selection


def kinds(query: str) -> list[str]:
    return [notice.kind for notice in parse(query, CHOICES).notices]


def test_nothing_is_the_default() -> None:
    assert selection("") == selection("?") == Selection("sci-2007")
    assert to_query(Selection("sci-2007"), CHOICES) == ""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?region=Western+Asia", Selection("sci-2007", Filters.of(region=("Western Asia",)))),
        (
            "?region=western-asia&region=Central%20Asia",
            Selection("sci-2007", Filters.of(region=("Western Asia", "Central Asia"))),
        ),
        ("?year=2000", Selection("sci-2007", year=2000)),
        ("?year=2007", Selection("sci-2007")),
        ("?basis=documented&year=2007", Selection("documented", year=2007)),
        ("?country=TUR", Selection("sci-2007", Filters.of(country="TUR"))),
        ("?country=turkey", Selection("sci-2007", Filters.of(country="TUR"))),
        ("?country=T%C3%BCrkiye", Selection("sci-2007", Filters.of(country="TUR"))),
        ("?country=Cote+D%27Ivoire", Selection("sci-2007", Filters.of(country="CIV"))),
        ("?country=Palestinian+Authority", Selection("sci-2007", Filters.of(country="PSE"))),
        ("?state=texas", Selection("sci-2007", Filters.of(state="TX"))),
        ("?map=links", Selection("sci-2007", map="links")),
        ("?sample=1&wave=2010", Selection("sci-2007", wave="2010", is_sample=True)),
        ("?wave=2006", Selection("sci-2007", wave="2006")),
    ],
)
def test_what_is_understood(query: str, expected: Selection) -> None:
    assert selection(query) == expected
    assert kinds(query) == []


@pytest.mark.parametrize(
    ("query", "expected", "notice"),
    [
        ("?year=99999", Selection("sci-2007"), "year"),
        ("?year=1066", Selection("sci-2007", year=1972), "year"),
        ("?year=-5", Selection("sci-2007", year=1972), "year"),
        ("?year=soon", Selection("sci-2007"), "value"),
        ("?year=2000.5", Selection("sci-2007"), "value"),
        ("?year=٢٠٠٠", Selection("sci-2007"), "value"),
        ("?region=Atlantis", Selection("sci-2007"), "value"),
        ("?region=Atlantis&region=Western+Asia", Selection("sci-2007", Filters.of(region=("Western Asia",))), "value"),
        ("?basis=sci-1066", Selection("sci-2007"), "value"),
        ("?country=<script>alert(1)</script>", Selection("sci-2007"), "value"),
        ("?wave=2010", Selection("sci-2007"), "value"),
        ("?sample=yes", Selection("sci-2007"), "value"),
        ("?colour=red", Selection("sci-2007"), "name"),
        ("?" + "x" * 10_000, Selection("sci-2007"), "too_long"),
        ("?" + "&".join(["region=Western+Asia"] * 99), Selection("sci-2007"), "too_long"),
        ("?country=TUR&region=Central+Asia", Selection("sci-2007", Filters.of(country="TUR")), "country_outside"),
    ],
)
def test_what_is_not_understood_is_said(query: str, expected: Selection, notice: str) -> None:
    assert selection(query) == expected
    assert notice in kinds(query)


def test_of_a_country_and_a_region_it_is_not_in_the_newest_choice_stays() -> None:
    query = "?country=TUR&region=Central+Asia"
    parsed = parse(query, CHOICES, newest="region")
    assert parsed.selection == Selection("sci-2007", Filters.of(region=("Central Asia",)))
    assert parsed.notices == ()
    assert parse(query, CHOICES, newest="country") == parse(query, CHOICES)
    inside = "?country=TUR&region=Central+Asia&region=Western+Asia"
    assert parse(inside, CHOICES, newest="region").selection.country == "TUR"


def test_all_regions_is_no_filter() -> None:
    assert selection("?" + "&".join(f"region={quote_plus(region)}" for region in CHOICES.regions)) == Selection(
        "sci-2007"
    )


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    basis = draw(st.sampled_from(list(CHOICES.bases)))
    first, last = CHOICES.bases[basis]
    filters = {}
    for each in FILTERS:
        values = list(CHOICES.options[each.name])
        most = len(values) - 1 if each.is_multiple else 1
        filters[each.name] = CHOICES.ordered(each.name, draw(st.sets(st.sampled_from(values), max_size=most)))
    if filters["country"]:
        # a country outside the regions chosen takes them off
        filters["region"] = ()
    is_sample = draw(st.booleans())
    return Selection(
        basis=basis,
        filters=Filters.of(**filters),
        year=draw(st.none() | st.integers(first, last - 1)),
        wave=draw(st.none() | st.sampled_from(CHOICES.sample_waves if is_sample else CHOICES.waves)),
        map=draw(st.sampled_from(MAPS)),
        is_sample=is_sample,
        is_of_asked=draw(st.booleans()),
    )


@given(chosen=selections())
def test_an_address_gives_back_what_made_it(chosen: Selection) -> None:
    parsed = parse(to_query(chosen, CHOICES), CHOICES)
    assert parsed.selection == chosen
    assert parsed.notices == ()


NAMES = st.sampled_from(["year", "region", "basis", "country", "state", "wave", "map", "sample", "base", "x", ""])
PAIRS = st.lists(st.tuples(NAMES, st.text(max_size=12)), max_size=8)


@given(pairs=PAIRS)
def test_any_address_gives_a_view_and_reading_it_again_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    query = "?" + "&".join(f"{name}={quote_plus(value)}" for name, value in pairs)
    once = parse(query, CHOICES).selection
    again = parse(to_query(once, CHOICES), CHOICES)
    assert (again.selection, again.notices) == (once, ())


@given(text=st.text(max_size=3000))
def test_junk_never_stumbles(text: str) -> None:
    parsed = parse(text, CHOICES)
    assert parsed.selection.basis in CHOICES.bases


def test_spellings_fold() -> None:
    assert normalize("Côte d’Ivoire") == normalize("Cote D'Ivoire") == "cotedivoire"
