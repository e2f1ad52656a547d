"""Figures: valid for Plotly in every year, and drawn from their table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard.charts import CHARTS, View
from dashboard.charts.base import mark_sample
from dashboard.charts.figures import FIGURES
from dashboard.charts.growth.figure import build_overlay
from dashboard.charts.look import DARK, Look
from dashboard.charts.map import places as map_countries
from dashboard.charts.map.areas import SHADES, class_edges, class_labels, hatch_kinds, shades
from dashboard.charts.map.figure import AREAS
from dashboard.charts.palette import palette
from dashboard.strings import load_catalog

ViewOf = Callable[[str], View]
VIEWS = [
    "",
    "?basis=documented",
    "?region=Western+Asia",
    "?country=TUR",
    "?state=TX",
    "?map=states",
    "?map=links",
    "?sample=1",
    "?country=MDV",
]


def drawn(name: str, view: View, year: int, look: Look | None = None) -> dict[str, Any]:
    """The figure of a chart at a year."""
    return FIGURES[name](view, look or Look()).at(view.basis.years.index(year))


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_one_that_plotly_knows_in_every_year(view_of: ViewOf, name: str, query: str) -> None:
    view = view_of(query)
    years, figure = view.basis.years, FIGURES[name](view, Look())
    for target, attributes in figure.frames.items():
        assert target == "layout" or int(target) < len(figure.figure["data"])
        assert all(len(values) == len(years) for values in attributes.values())
    for at in (0, years.index(2000), len(years) - 1):
        go.Figure(figure.at(at))  # raises for an attribute or a value that Plotly does not have


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_the_colours_of_its_theme_alone(view_of: ViewOf, name: str, query: str) -> None:
    """Plotly knows no variables; and a colour of the light theme would glare in the dark one."""
    text = repr(drawn(name, view_of(query), 2000, Look(DARK))).lower()
    assert "var(" not in text
    light = set(palette("light").values()) - set(palette(DARK).values())
    assert [colour for colour in light if colour.lower() in text] == []


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("name", list(CHARTS))
def test_every_chart_has_its_words_in_every_year(view_of: ViewOf, name: str, query: str) -> None:
    view, chart = view_of(query), CHARTS[name]
    rows = chart.table(view)
    for year in view.basis.years:
        headline, description = chart.headline(rows, view, year), chart.description(rows, view, year)
        assert headline and description
        assert "{" not in headline + description + chart.note(rows, view, year)
        assert not headline.endswith(".")
    assert chart.sources(view) or chart.is_sample(view)


def test_invented_answers_say_so_wherever_they_go(view_of: ViewOf) -> None:
    view, chart = view_of("?sample=1"), CHARTS["barriers"]
    rows = chart.table(view)
    for sentence in (chart.headline(rows, view, 2007), chart.description(rows, view, 2007)):
        assert mark_sample(chart, sentence, view).startswith("SAMPLE: ")
    figure = drawn("barriers", view, 2007)
    assert "SAMPLE" in {note["text"] for note in figure["layout"]["annotations"]}
    assert figure["data"][0]["marker"]["color"] == palette("light")["sample-soft"]
    assert not chart.is_sample(view_of(""))


def test_areas_add_up_to_the_count(view_of: ViewOf) -> None:
    view = view_of("")
    areas = [trace for trace in drawn("growth", view, 2007)["data"] if "stackgroup" in trace and trace["y"]]
    at = areas[0]["x"].index(2007)
    assert sum(area["y"][at] for area in areas) == 94
    assert areas[-1]["y"][at] == 34, "undated ones are an area of their own"


@pytest.mark.parametrize(
    ("query", "totals"),
    [
        ("", [(2007, 94, True), (2009.17, 100, False)]),
        ("?region=Western+Asia", []),
        ("?country=NGA", [(2007, 10, True)]),
        ("?country=NGA&basis=documented", []),
    ],
)
def test_published_totals_are_shown_where_they_compare(
    view_of: ViewOf, query: str, totals: list[tuple[float, int, bool]]
) -> None:
    """Filled are those that the basis is; each stands at its date and number on the axes of the figure."""
    view = view_of(query)
    layout = drawn("growth", view, view.basis.last_year)["layout"]
    (left, right), (bottom, top) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    found = [
        (left + x / 100 * (right - left), top - y / 100 * (top - bottom), is_filled)
        for x, y, is_filled, _ in build_overlay(view, Look())["totals"]
    ]
    # one hovers who published it
    hovered = [trace for trace in drawn("growth", view, view.basis.last_year)["data"] if trace.get("mode") == "markers"]
    points = [point for trace in hovered for point in zip(trace["x"], trace["y"], trace["text"], strict=True)]
    assert [point[1] for point in points] == [number for _, number, _ in totals]
    assert all(text.startswith(f"{number} published<br>") for _, number, text in points)
    assert [each for _, _, each in found] == [each for _, _, each in totals]
    for (when, number, _), (year, total, _) in zip(found, totals, strict=True):
        assert when == pytest.approx(year, abs=0.02)
        assert number == pytest.approx(total, abs=0.02)


def test_classes_are_those_of_the_legend() -> None:
    numbers = np.array([0, 1, 2, 3, 4, 5, 9, 10, 200])
    assert shades(numbers, np.zeros(9, bool)).tolist() == [0, 1, 2, 3, 3, 4, 4, 5, 5]
    assert class_labels(class_edges(2, 41), load_catalog()) == ["1", "2", "3–4", "5–9", "10+"]
    assert shades(np.array([0, 3]), np.array([False, True])).tolist() == [0, 9]


def test_classes_of_a_large_collection_grow_by_a_factor() -> None:
    assert class_edges(1, 60) == (1, 2, 5, 10, 20)
    assert class_edges(2000, 100_000) == (1, 5000, 10_000, 20_000, 50_000)
    edges = class_edges(1, 100_000)
    assert class_labels(edges, load_catalog())[-2:] == ["1000–9999", "10,000+"]
    assert shades(np.array([0, 1, 9, 10, 99_999]), np.zeros(5, bool), edges).tolist() == [0, 1, 1, 2, 5]


def test_hatching_means_more_may_have_begun() -> None:
    lower, upper, is_dimmed = np.array([2, 0, 3, 3]), np.array([2, 3, 5, 5]), np.array([False, False, False, True])
    assert hatch_kinds(lower, upper, is_dimmed).tolist() == [0, 1, 2, 3]


def test_the_chosen_country_stands_out_and_others_are_dimmed(view_of: ViewOf) -> None:
    figure = drawn("map", view_of("?country=TUR"), 2007)
    areas = figure["data"][AREAS]
    shade = dict(zip(areas["locations"], areas["z"], strict=True))
    assert shade["TUR"] == 4
    pale = [at for at, name in enumerate(SHADES) if name.startswith("d")]
    assert all(number in pale for code, number in shade.items() if code != "TUR")
    assert any(trace.get("mode") == "lines" for trace in figure["data"])


def test_no_leader_line_starts_in_thin_air(view_of: ViewOf) -> None:
    """Each label of the growth chart points into the part of the stack it names, from bottom to top."""
    view = view_of("")
    rows, overlay = CHARTS["growth"].table(view), build_overlay(view, Look())
    _, top = drawn("growth", view, 2007)["layout"]["yaxis"]["range"]
    for year in (1990, 2000, 2007):
        upper = sum(rows.loc[rows["year"] == year, "upper"])
        labels = overlay["rows"][view.basis.years.index(year)]
        starts = [top * (1 - wished / 100) for _, _, wished, _, _ in labels]
        # the total that was published later is of its own year
        starts = starts[:-1] if year == 2007 else starts
        assert len(starts) > 3
        assert starts == sorted(starts)
        assert all(0 <= start <= upper for start in starts)


@pytest.mark.parametrize("query", ["?map=links&country=TUR", "?map=links&state=TX", "?map=links&region=Western+Asia"])
def test_links_that_are_not_chosen_stay_and_are_pale(view_of: ViewOf, query: str) -> None:
    """Chosen and other links together are all links, and only the country or state chosen is in the accent."""
    colours = palette("light")

    def links(query: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for trace in FIGURES["map"](view_of(query), Look()).figure["data"]:
            if trace.get("mode") == "lines":
                ink = trace["line"]["color"]
                # a gap after each
                found[ink] = found.get(ink, 0) + trace["lon"].count(None)
        return found

    everything, narrowed = links("?map=links"), links(query)
    assert sum(narrowed.values()) == sum(everything.values()) > 0
    chosen = colours["count"] if "region" in query else colours["accent"]
    assert set(narrowed) == {chosen, colours["d4"]}
    assert 0 < narrowed[chosen] < narrowed[colours["d4"]]


def test_few_cities_are_named_on_a_crowded_map(view_of: ViewOf) -> None:
    traces = FIGURES["map"](view_of("?basis=documented&country=TUR"), Look()).figure["data"]
    named = [trace for trace in traces if "text" in trace.get("mode", "")]
    assert 0 < len(named) <= map_countries.MOST_CITY_LABELS


@pytest.mark.parametrize(("query", "name"), [("", "country"), ("?map=states", "state")])
def test_the_table_of_the_map_has_the_largest_first(view_of: ViewOf, query: str, name: str) -> None:
    view, chart = view_of(query), CHARTS["map"]
    rows = chart.shown(chart.table(view), view, 2007)
    known = [
        (-number, -upper, place)
        for number, upper, place in zip(rows["partnerships"], rows["upper"], rows[name], strict=True)
    ]
    known = [each for each in known if each[2]]
    assert known == sorted(known)
    assert rows[name][0] in {"Nigeria", "California"}
