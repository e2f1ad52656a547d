"""Opportunities: what the page says, and its two figures."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dashboard.charts import CHARTS, View
from dashboard.charts.figures import FIGURES
from dashboard.charts.look import THEMES, Look
from dashboard.charts.template import palette
from dashboard.components.matches import read_weights
from dashboard.context import House
from dashboard.filters import parse
from dashboard.metrics.match import DEFAULT_WEIGHTS
from dashboard.pages.opportunities import asked_texts, match_markup, openings_markup

Views = Callable[[str], View]


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
    found = read_weights(text)
    assert list(found.values()) == weights
    assert list(found) == list(DEFAULT_WEIGHTS)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("", ["Choose a U.S. community", "An example", "See all for", "of 100", "299 cities at level 4"]),
        ("?community=5074472", ["Omaha, NE", "of 100", "Size: 486,051 people here"]),
        (
            "?community=5419384",
            ["are left out (U.S. State Department, as of 7 October 2026)", "level 2, exercise increased caution"],
        ),
        ("?community=5419384&travel=all", ["Cities at level 4 (do not travel) are among these"]),
        ("?partner=281133", ["Gaza: level 4, do not travel, 26 August 2026", "not a judgement"]),
        ("?community=0", ["not in the list", "An example"]),
        ("?basis=documented&partner=745044", ["Istanbul", "people here"]),
    ],
)
def test_what_is_said_of_matches(query: str, texts: list[str], house: House) -> None:
    said = read(match_markup(house, parse(query, house.choices).selection))
    for text in texts:
        assert text in said, text


def test_a_reason_without_weight_is_left_out(house: House) -> None:
    def reasons(query: str) -> int:
        return match_markup(house, parse(query, house.choices).selection).count('class="bar"')

    assert reasons("?community=5074472&weights=0-2-2-1-2") == reasons("?community=5074472") * 4 // 5


def test_openings_are_listed_by_region_with_advisories_and_cities(house: House, view_of: Views) -> None:
    for query in ("", "?region=Western+Asia", "?basis=documented"):
        selection = parse(query, house.choices).selection
        markup = openings_markup(house, selection)
        table = CHARTS["openings"].table(view_of(query))
        assert markup.count("<li>") == len(table)
        assert re.findall(r"<b>(.*?)</b>", markup) == [name.replace("'", "&#39;") for name in table["country"]]
    said = read(openings_markup(house, parse("", house.choices).selection))
    for text in ("Level 3: reconsider travel", "no travel level on record", "1 pairing found by research", "235,017"):
        assert text in said


def test_inputs_stand_at_what_the_address_says(view_of: Views) -> None:
    texts = asked_texts(view_of("?community=5074472&weights=0-5-1-2-0&travel=all&target=300&by=2040"))
    found = {path.removeprefix("ask."): values[0] for path, values in texts.items()}
    assert found["community"] == "Omaha, NE"
    assert found["partner"] == ""
    assert found["weights.opening"] == "5"
    assert (found["travel"], found["target"], found["by"]) == ("all", "300", "2040")
    assert (found["by.least"], found["by.most"]) == ("2008", "2107")


# ---- figures
def test_openings_have_the_colour_of_openings(view_of: Views) -> None:
    for query in ("", "?region=Western+Asia", "?basis=documented"):
        view = view_of(query)
        opened = set(CHARTS["openings"].table(view)["country_iso3"])
        _, areas, circles, *labels = FIGURES["openings"](view, Look()).figure["data"]
        kinds = dict(zip(areas["locations"], areas["z"], strict=True))
        assert {code for code, kind in kinds.items() if kind == 0} == opened
        assert len(circles["text"]) == len(circles["lon"]) > 0
        assert {label["text"][0] for label in labels} <= set(CHARTS["openings"].table(view)["country"])


def test_names_are_left_out_on_a_phone(view_of: Views) -> None:
    figure = FIGURES["openings"](view_of(""), Look(is_narrow=True)).figure
    assert len(figure["data"]) == 3
    assert list(figure["layout"]["geo"]["lonaxis"]["range"]) == [-20, 146]


@pytest.mark.parametrize("theme", THEMES)
def test_the_pace_is_drawn_from_its_table(theme: str, view_of: Views) -> None:
    view = view_of("?target=300&by=2040")
    rows = CHARTS["pace"].table(view)
    _, pace, needed, record, count, target = FIGURES["pace"](view, Look(theme)).figure["data"]
    ahead = rows[rows["pace"].notna()]
    assert list(pace["y"]) == ahead["pace"].tolist()
    assert list(needed["y"]) == ahead["needed"].tolist()
    assert (needed["x"][-1], needed["y"][-1]) == (2040, 300) == (target["x"][0], target["y"][0])
    assert count["y"][-1] == 94
    assert record["line"]["color"] == palette(theme)["count"]


@pytest.mark.parametrize("name", ["openings", "pace"])
def test_a_figure_stays_where_only_other_parts_change(name: str, view_of: Views) -> None:
    shapes = [FIGURES[name](view_of(query), Look()).shape for query in ("", "?community=5074472", "?weights=0-2-2-1-2")]
    assert len(set(shapes)) == 1
    others = ("?basis=documented", "?region=Western+Asia", *(["?target=300"] if name == "pace" else []))
    for query in others:
        assert FIGURES[name](view_of(query), Look()).shape not in shapes
    assert FIGURES[name](view_of(""), Look("dark")).shape not in shapes


def read(markup: str) -> str:
    """The text of markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())
