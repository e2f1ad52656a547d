"""Opportunities: lists and figures say what the tables hold, also where a city, weights or a target are asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

import pytest

from dashboard.charts import CHARTS, View
from dashboard.charts.figures import FIGURES
from dashboard.charts.look import Look
from dashboard.charts.pace.text import pace_and_goal
from dashboard.components.matches import find_matches, read_weights
from dashboard.context import AppContext
from dashboard.filters import parse
from dashboard.metrics.advisories import advisories
from dashboard.metrics.cities import largest_cities, partner_cities, us_cities
from dashboard.metrics.match import DEFAULT_WEIGHTS, Candidate, for_community, for_partner
from dashboard.metrics.openings import openings_table
from dashboard.page_texts import CARD_TEXTS
from dashboard.pages.opportunities import asked_texts, match_markup, openings_markup
from dashboard.payload import Contents, build_texts
from tests.markup import text_of

Views = Callable[[str], View]
ADDRESSES = (
    "",
    "?basis=documented",
    "?region=Western+Asia",
    "?region=Western+Asia&region=Southern+Europe&basis=documented",
    "?country=TUR&status=active",
    "?state=CA&target=300&by=2040",
)
# a U.S. city in Nebraska, one in Colorado, and two cities abroad
OMAHA, DENVER, GAZA, ISTANBUL = "5074472", "5419384", "281133", "745044"


@pytest.mark.parametrize("query", ADDRESSES)
def test_every_country_without_a_partnership_is_listed(query: str, app_context: AppContext) -> None:
    """By region, with its advisory and its largest cities, each a step from its match."""
    selection = parse(query, app_context.choices).selection
    table, markup = (
        openings_table(app_context.dataset, selection.without_year()),
        openings_markup(app_context, selection),
    )
    said, known = text_of(markup), largest_cities(app_context.dataset)
    for country, iso3 in zip(table["country"], table["country_iso3"], strict=True):
        assert country in said
        for city in known.get(iso3, ()):
            assert city.name in said, (country, city.name)
        for advisory in advisories(app_context.dataset).get(iso3, ()):
            assert advisory.level is None or advisory.address.replace("&", "&amp;") in markup, country
    assert all(region in said for region in table["region"].unique())
    named = re.findall(r'href="[^"]*partner=(\d+)', markup)
    assert set(named) <= set(partner_cities(app_context.dataset))
    assert bool(named) is bool(len(table))


@pytest.mark.parametrize(
    ("query", "us", "abroad"),
    [
        (f"?community={OMAHA}", OMAHA, None),
        (f"?community={OMAHA}&weights=0-2-2-1-2", OMAHA, None),
        (f"?community={DENVER}&travel=all&region=Western+Asia", DENVER, None),
        (f"?partner={GAZA}", None, GAZA),
        (f"?basis=documented&partner={ISTANBUL}&community={OMAHA}&weights=5-5-0-0-5", OMAHA, ISTANBUL),
    ],
)
def test_matches_are_those_that_the_reasons_give(
    query: str, us: str | None, abroad: str | None, app_context: AppContext
) -> None:
    selection = parse(query, app_context.choices).selection
    basis, weights = app_context.dataset.bases[selection.basis], read_weights(selection.page_param("weights"))
    wanted: list[tuple[str, Sequence[Candidate]]] = []
    if us:
        city = us_cities(app_context.dataset)[us]
        found = for_community(
            app_context.dataset,
            basis,
            city,
            weights=weights,
            filters=selection.filters,
            has_level_4=selection.page_param("travel") == "all",
        )
        wanted.append((city.full_name, found))
    if abroad:
        other = partner_cities(app_context.dataset)[abroad]
        wanted.append((other.full_name, for_partner(app_context.dataset, basis, other, weights=weights)))
    lists, said = find_matches(app_context, selection).lists, text_of(match_markup(app_context, selection))
    assert len(lists) == len(wanted)
    for made, (name, candidates) in zip(lists, wanted, strict=True):
        assert name in made.headline and made.headline in said
        assert len(made.matches) == len(candidates) > 0
        assert all(f"{round(each.score)} of 100" in said for each in candidates)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("", ["Choose a U.S. community", "An example", "of 100"]),
        ("?community=0", ["not in the list"]),
        (f"?community={OMAHA}", ["Omaha, NE", "of 100"]),
        (
            f"?community={DENVER}",
            ["are left out (U.S. State Department, as of 7 October 2026)", "level 2, exercise increased caution"],
        ),
        (f"?community={DENVER}&travel=all", ["Cities at level 4 (do not travel) are among these"]),
        (f"?partner={GAZA}", ["Gaza: level 4, do not travel, 26 August 2026", "not a judgement"]),
        (f"?basis=documented&partner={ISTANBUL}", ["Istanbul", "people here"]),
    ],
)
def test_matches_say_what_was_asked_and_what_is_left_out(query: str, texts: list[str], app_context: AppContext) -> None:
    said = unescape(text_of(match_markup(app_context, parse(query, app_context.choices).selection)))
    for text in texts:
        assert text in said, text


def test_a_reason_without_weight_is_left_out(app_context: AppContext) -> None:
    def reasons(query: str) -> int:
        return match_markup(app_context, parse(query, app_context.choices).selection).count('class="bar"')

    assert reasons(f"?community={OMAHA}&weights=0-2-2-1-2") == reasons(f"?community={OMAHA}") * 4 // 5 > 0


def test_inputs_stand_at_what_the_address_says(view_of: Views) -> None:
    view = view_of(f"?community={OMAHA}&weights=0-5-1-2-0&travel=all&target=300&by=2040")
    texts = asked_texts(view) | CARD_TEXTS["pace"](view)
    found = {path.removeprefix("ask."): text for path, text in texts.items()}
    assert (found["community"], found["partner"]) == ("Omaha, NE", "")
    assert found["weights.opening"] == "5"
    assert (found["travel"], found["target"], found["by"]) == ("all", "300", "2040")
    assert (found["by.least"], found["by.most"]) == ("2008", "2107")


def test_openings_say_the_levels_of_travel(app_context: AppContext) -> None:
    said = text_of(openings_markup(app_context, parse("?basis=sci-2007", app_context.choices).selection))
    assert "Level 3: reconsider travel" in said and "no travel level on record" in said


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
        ("١-2-3-4-5", [3, 2, 2, 1, 2]),
    ],
)
def test_weights_of_an_address(text: str, weights: list[int]) -> None:
    found = read_weights(text)
    assert list(found.values()) == weights
    assert list(found) == list(DEFAULT_WEIGHTS)


@pytest.mark.parametrize("query", [*ADDRESSES, "?target=50", "?country=IRN&target=10&by=2017"])
def test_the_figure_of_the_pace_draws_its_table(query: str, view_of: Views) -> None:
    view = view_of(query)
    rows, (now, aim) = CHARTS["pace"].table(view), pace_and_goal(view)
    band, pace, way, recorded, added, target = FIGURES["pace"](view, Look()).figure["data"]
    ahead = rows[rows["year"] >= now.counted_in]
    assert (list(pace["x"]), list(pace["y"])) == (ahead["year"].tolist(), ahead["pace"].tolist())
    assert list(way["y"]) == ahead["needed"].tolist()
    assert list(band["y"]) == [*ahead["pace_high"], *ahead["pace_low"][::-1]]
    known = rows[rows["recorded"].notna()]
    # up to the count; what the count adds is a line of its own
    assert list(recorded["y"])[:-1] == known["recorded"].tolist()[:-1]
    assert added["y"][-1] == now.counted
    assert (list(target["x"]), list(target["y"])) == ([aim.year], [aim.target])


def test_names_are_left_out_on_a_phone(view_of: Views) -> None:
    figure = FIGURES["openings"](view_of(""), Look(is_narrow=True)).figure
    assert len(figure["data"]) == 3
    assert figure["layout"]["geo"]["lonaxis"]["range"] == [-20, 146]


@pytest.mark.parametrize("name", ["openings", "pace"])
def test_a_figure_stays_where_only_other_parts_change(name: str, view_of: Views) -> None:
    shapes = [FIGURES[name](view_of(query), Look()).shape for query in ("", "?community=5074472", "?weights=0-2-2-1-2")]
    assert len(set(shapes)) == 1
    others = ("?basis=documented", "?region=Western+Asia", "?target=300") if name == "pace" else ("?basis=documented",)
    for query in others:
        assert FIGURES[name](view_of(query), Look()).shape not in shapes
    assert FIGURES[name](view_of(""), Look("dark")).shape not in shapes


def test_the_boxes_of_an_embedded_target_are_filled(view_of: Views) -> None:
    texts = build_texts(view_of("?target=300&by=2040"), Contents(charts=("pace",)), basis_label="")
    assert (texts["ask.target"], texts["ask.by"]) == ("300", "2040")
