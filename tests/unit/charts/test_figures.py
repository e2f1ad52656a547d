"""Figures: valid for Plotly, the same whichever way a year is reached, and drawn from their table."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import orjson
import plotly.graph_objects as go
import pytest
from dashboard.frames.steps import value_at

from dashboard.charts import CHARTS, View
from dashboard.charts.base import figure_at, mark_sample
from dashboard.charts.map import places as map_countries
from dashboard.charts.map.areas import class_edges, class_labels, classes, hatch_kinds, shades
from dashboard.strings import load_words

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
DRAWN = [name for name, chart in CHARTS.items() if chart.draw is not None]


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("name", DRAWN)
def test_every_figure_is_one_that_plotly_knows(view_of: ViewOf, name: str, query: str) -> None:
    view, chart = view_of(query), CHARTS[name]
    assert chart.draw is not None
    drawing = chart.draw(chart.table(view), view)
    for year in (view.basis.first_year, 2000, view.basis.last_year):
        figure = figure_at(drawing, year)
        figure.pop("overlay", None)
        go.Figure(figure)  # raises for an attribute or a value that Plotly does not have


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("name", DRAWN)
def test_the_same_paths_move_in_every_year(view_of: ViewOf, name: str, query: str) -> None:
    view, chart = view_of(query), CHARTS[name]
    assert chart.draw is not None
    drawing = chart.draw(chart.table(view), view)
    paths = [list(drawing.moving(year)) for year in view.basis.years]
    assert all(each == paths[0] for each in paths)


@pytest.mark.parametrize("query", VIEWS)
def test_no_figure_has_a_raw_colour(view_of: ViewOf, query: str) -> None:
    """Colours are names of tokens, so that themes, print and stage need no code."""
    view = view_of(query)
    for name in DRAWN:
        chart = CHARTS[name]
        assert chart.draw is not None
        text = json.dumps(figure_at(chart.draw(chart.table(view), view), 2000))
        assert "#" not in text.replace("&#", "")
        assert "rgb(" not in text


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
    assert chart.draw is not None
    figure = figure_at(chart.draw(rows, view), 2007)
    assert figure["layout"]["annotations"][-1]["text"] == "SAMPLE"
    assert figure["data"][0]["marker"]["color"] == "var(--sample-soft)"
    assert not chart.is_sample(view_of(""))


def test_bars_add_up_to_the_count(view_of: ViewOf) -> None:
    view, chart = view_of(""), CHARTS["growth"]
    assert chart.draw is not None
    figure = figure_at(chart.draw(chart.table(view), view), 2007)
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert sum(trace["y"][-1] for trace in bars) == 94
    assert bars[-1]["y"][-1] == 34, "undated ones are a bar of their own"


def test_published_totals_are_shown_where_they_compare(view_of: ViewOf) -> None:
    def diamonds(query: str) -> list[tuple[float, int]]:
        view, chart = view_of(query), CHARTS["growth"]
        assert chart.draw is not None
        items = figure_at(chart.draw(chart.table(view), view), view.basis.last_year)["overlay"]
        return [(item["x"], item["y"]) for item in items if item["look"] == "total"]

    assert diamonds("") == [(2007, 94), (2009.17, 100)]
    assert diamonds("?region=Western+Asia") == []
    assert diamonds("?country=NGA") == [(2007, 10)]
    assert diamonds("?country=NGA&basis=documented") == []


def test_classes_are_those_of_the_legend() -> None:
    assert classes([0, 1, 2, 3, 4, 5, 9, 10, 200]) == [0, 1, 2, 3, 3, 4, 4, 5, 5]
    assert class_labels(class_edges(2, 41), load_words()) == ["1", "2", "3–4", "5–9", "10+"]
    assert shades(np.array([0, 3]), np.array([False, True])).tolist() == [0, 9]


def test_classes_of_a_large_collection_grow_by_a_factor() -> None:
    assert class_edges(1, 60) == (1, 2, 5, 10, 20)
    assert class_edges(2000, 100_000) == (1, 5000, 10_000, 20_000, 50_000)
    edges = class_edges(1, 100_000)
    assert class_labels(edges, load_words())[-2:] == ["1000–9999", "10,000+"]
    assert classes([0, 1, 9, 10, 99_999], edges) == [0, 1, 1, 2, 5]


def test_hatching_means_more_may_have_begun() -> None:
    lower, upper, is_dimmed = np.array([2, 0, 3, 3]), np.array([2, 3, 5, 5]), np.array([False, False, False, True])
    assert hatch_kinds(lower, upper, is_dimmed).tolist() == [0, 1, 2, 3]


def test_the_chosen_country_stands_out_and_others_are_dimmed(view_of: ViewOf) -> None:
    view, chart = view_of("?country=TUR"), CHARTS["map"]
    assert chart.draw is not None
    figure = figure_at(chart.draw(chart.table(view), view), 2007)
    areas = figure["data"][1]
    shade = dict(zip(areas["locations"], areas["z"], strict=True))
    assert shade["TUR"] == 4
    assert all(number >= 6 for code, number in shade.items() if code != "TUR")
    assert any(trace.get("mode") == "lines" for trace in figure["data"])


def test_no_leader_line_starts_in_thin_air(view_of: ViewOf) -> None:
    """Each label of the growth chart points into the part of the stack it names."""
    view, chart = view_of(""), CHARTS["growth"]
    assert chart.draw is not None
    rows = chart.table(view)
    drawing = chart.draw(rows, view)
    for year in (1990, 2000, 2007):
        labels = next(item for item in figure_at(drawing, year)["overlay"] if item["look"] == "labels")
        upper = sum(rows.loc[rows["year"] == year, "upper"])
        starts = [row[1] for row in labels["rows"] if row]
        assert starts == sorted(starts)
        assert all(0 <= start <= upper for start in starts)


def test_what_the_browser_unpacks_is_what_was_drawn(view_of: ViewOf) -> None:
    from dashboard.frames.build import Contents, build_frames

    view = view_of("?region=Central+Asia")
    frames = orjson.loads(orjson.dumps(build_frames(view, Contents(charts=tuple(CHARTS)), basis_label="x")))
    for name in DRAWN:
        chart = CHARTS[name]
        assert chart.draw is not None
        drawing = chart.draw(chart.table(view), view)
        for position, year in enumerate(view.basis.years):
            unpacked = {path: value_at(packed, position) for path, packed in frames["charts"][name]["moving"].items()}
            tracks = {path: track.at(position) for path, track in drawing.tracks.items()}
            assert unpacked == json.loads(json.dumps({**drawing.moving(year), **tracks}))


@pytest.mark.parametrize("query", ["?map=links&country=TUR", "?map=links&state=TX", "?map=links&region=Western+Asia"])
def test_links_that_are_not_chosen_stay_and_are_pale(view_of: ViewOf, query: str) -> None:
    """Chosen and other links together are all links, and only the country or state chosen is in the accent."""
    chart = CHARTS["map"]
    assert chart.draw is not None

    def links(query: str) -> dict[str, int]:
        view = view_of(query)
        data = chart.draw(chart.table(view), view).figure["data"]  # type: ignore[misc]
        found: dict[str, int] = {}
        for trace in (each for each in data if "curves" in each.get("meta", {})):
            ink = trace["line"]["color"]
            found[ink] = found.get(ink, 0) + len(trace["meta"]["curves"])
        return found

    everything, narrowed = links("?map=links"), links(query)
    assert sum(narrowed.values()) == sum(everything.values())
    chosen = "var(--count)" if "region" in query else "var(--accent)"
    assert set(narrowed) == {chosen, "var(--d4)"}
    assert 0 < narrowed[chosen] < narrowed["var(--d4)"]


def test_few_cities_are_named_on_a_crowded_map(view_of: ViewOf) -> None:
    view, chart = view_of("?basis=documented&country=TUR"), CHARTS["map"]
    assert chart.draw is not None
    named = [each for each in chart.draw(chart.table(view), view).figure["data"] if "text" in each]
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
