"""What the overview on stock Dash says is what the tables and texts say: at every year of a dozen addresses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from dashboard.frames import House, answer
from dashboard.frames.steps import value_at

from dashboard.charts import CHARTS, View, tiles
from dashboard.charts.base import figure_at
from dashboard.charts.growth.figure import build_growth_figure, read_growth
from dashboard.charts.look import THEMES
from dashboard.charts.map import areas as map_areas
from dashboard.charts.map.figure import AREAS, build_map_figure
from dashboard.charts.template import palette, template_name
from dashboard.counting import by_year
from dashboard.current import Look
from dashboard.filters import parse, to_query
from dashboard.metrics.partnerships import map_context
from dashboard.pages.overview import CONTENTS
from dashboard.payload import Payload, build_payload

ADDRESSES = (
    "",
    "?region=Western+Asia",
    "?region=Western+Asia&region=Central+Asia",
    "?basis=documented",
    "?basis=documented&region=Northern+Africa&status=active",
    "?state=CA",
    "?state=TX&region=Western+Asia",
    "?country=TUR",
    "?basis=documented&country=TUR&map=links",
    "?map=states",
    "?map=states&state=FL&basis=documented",
    "?map=links",
    "?sample=1&base=asked",
)
Views = Callable[[str], View]


@pytest.fixture(scope="module")
def overview_of(house: House) -> Callable[..., Payload]:
    def overview(query: str, look: Look | None = None) -> Payload:
        selection = parse(query, house.choices).selection.without_year()
        return build_payload(house, selection, look or Look(), CONTENTS)

    return overview


@pytest.mark.parametrize("query", ADDRESSES)
def test_every_text_is_that_of_the_other_page_in_every_year(
    query: str, house: House, overview_of: Callable[..., Payload]
) -> None:
    packed = json.loads(answer(house, query))
    overview = overview_of(query)
    paths = packed["texts"]
    assert set(paths) == set(overview.texts)
    for at in range(packed["last"] - packed["first"] + 1):
        for path in paths:
            found = overview.texts[path]
            shown = found[at] if isinstance(found, list) else found
            assert shown == value_at(packed["texts"][path], at), (path, at)


@pytest.mark.parametrize("query", ADDRESSES)
def test_tiles_are_those_of_their_table(query: str, view_of: Views, overview_of: Callable[..., Payload]) -> None:
    overview, known = overview_of(query), tiles.figures(view_of(query))
    for name in ("partnerships", "countries", "us_communities"):
        values = overview.texts[f"tiles.{name}.value"]
        listed = values if isinstance(values, list) else [values] * len(known[name])
        assert listed == known[name]


@pytest.mark.parametrize("query", [query for query in ADDRESSES if "links" not in query])
def test_areas_have_the_class_of_their_number(query: str, view_of: Views, overview_of: Callable[..., Payload]) -> None:
    view, overview = view_of(query), overview_of(query)
    context = view.compute(map_context)
    trace = AREAS if view.selection.map == "countries" else 0
    if view.selection.map == "states":
        context = context[context["us_state"] != ""]
    lower = by_year(context, view.basis.years, "partnerships")
    classes = np.digitize(lower, map_areas.edges_of(view.dataset))
    z = np.array(overview.figures["map"].frames[str(trace)]["z"])
    # the same again for what is outside the filter
    assert (z % (len(map_areas.CLASS_FROM) + 1) == classes).all()


@pytest.mark.parametrize("query", ADDRESSES)
def test_maps_show_what_the_other_map_shows(query: str, view_of: Views, overview_of: Callable[..., Payload]) -> None:
    view, overview = view_of(query), overview_of(query)
    chart = CHARTS["map"]
    assert chart.draw is not None
    drawing = chart.draw(chart.table(view), view)
    years = view.basis.years
    for year in (years[0], years[len(years) // 2], years[-1]):
        old, new = figure_at(drawing, year), overview.figures["map"].at(years.index(year))
        assert _areas_of(old) == _areas_of(new)
        assert _labels_of(old) == _labels_of(new)
        assert _communities_of(old) == _communities_of(new)


def _areas_of(figure: dict[str, Any]) -> list[Any]:
    traces = [trace for trace in figure["data"] if trace.get("locations") not in (None, ["LAND"])]
    return [(list(trace["locations"]), list(trace["z"])) for trace in traces]


def _labels_of(figure: dict[str, Any]) -> set[tuple[Any, ...]]:
    """Names that are seen, and where they stand."""
    return {
        (trace["text"][0], *trace["lon"], *trace["lat"], trace["textposition"])
        for trace in figure["data"]
        if "text" in trace.get("mode", "") and trace.get("opacity", 1)
    }


def _communities_of(figure: dict[str, Any]) -> set[tuple[float, float]]:
    """Points of U.S. communities that are seen."""
    trace = next(
        trace
        for trace in figure["data"]
        if trace["type"] == "scattergeo" and all(len(code) == 2 for code in trace.get("customdata") or ["xxx"])
    )
    seen = trace["marker"]["opacity"]
    return {place for place, opacity in zip(zip(trace["lon"], trace["lat"], strict=True), seen, strict=True) if opacity}


@pytest.mark.parametrize("query", ADDRESSES)
def test_the_payload_is_whole_and_every_attribute_has_a_value_in_every_year(
    query: str, house: House, overview_of: Callable[..., Payload]
) -> None:
    overview = overview_of(query)
    payload = json.loads(overview.store(3, notices=["?"]))
    size = payload["years"][1] - payload["years"][0] + 1
    assert payload["at"] == 3
    assert payload["notices"] == ["?"]
    assert payload["query"] == to_query(parse(query, house.choices).selection, house.choices)
    for graph, frames in payload["graphs"].items():
        traces = len(overview.figures[graph].figure["data"])
        for target, attributes in frames.items():
            assert target == "layout" or int(target) < traces
            assert all(len(values) == size for values in attributes.values())
    for text in payload["texts"].values():
        assert not isinstance(text, list) or len(text) == size
    assert len(payload["ranking"]["orders"]) == len(payload["ranking"]["marks"]) == size
    assert all(len(payload["over"][name]) == size for name in ("edges", "tops", "stops", "rows"))


def test_a_ranked_row_has_as_many_squares_as_partnerships(overview_of: Callable[..., Payload]) -> None:
    ranking = json.loads(overview_of("?basis=documented").body)["ranking"]
    for numbers, marks in zip(ranking["numbers"], ranking["marks"], strict=True):
        for number, (dated, named, unidentified, maybe) in zip(numbers, marks, strict=True):
            low, _, high = number.partition("–")
            assert int(low) == dated + named + unidentified
            assert int(high or low) == dated + named + unidentified + maybe


@pytest.mark.parametrize("theme", THEMES)
def test_figures_are_of_plotly_with_the_template_of_their_theme(theme: str, view_of: Views) -> None:
    view, colours = view_of(""), palette(theme)
    growth = build_growth_figure(read_growth(view), view, colours, theme=theme)
    for figure in (build_map_figure(view, colours, theme=theme), growth):
        assert isinstance(figure, go.Figure)
        assert figure.layout.template.layout.font.color == colours["ink-2"]
    assert template_name("light") != template_name("dark")


def test_no_colour_waits_for_a_style_sheet(overview_of: Callable[..., Payload]) -> None:
    """Plotly knows no variables; the overlay, which is ours, does."""
    for query in ADDRESSES:
        for theme in THEMES:
            overview = overview_of(query, Look(theme))
            for graph in CONTENTS.graphs:
                assert "var(" not in repr(overview.figures[graph].at(0))


def test_regions_keep_the_map_and_other_choices_do_not(overview_of: Callable[..., Payload]) -> None:
    drawn = overview_of("").shapes
    assert overview_of("?region=Central+Asia").kept(drawn) == ["map"]
    assert overview_of("?wave=2006").kept(drawn) == ["map"]
    for other in ("?basis=documented", "?state=CA", "?country=TUR", "?map=states", "?status=active"):
        assert overview_of(other).kept(drawn) == [], other
    assert overview_of("", Look("dark")).kept(drawn) == []


@pytest.mark.parametrize("query", ADDRESSES)
def test_controls_stand_at_what_the_address_says(query: str, house: House, overview_of: Callable[..., Payload]) -> None:
    controls = json.loads(overview_of(query).body)["controls"]
    selection = parse(query, house.choices).selection
    assert set(controls) == {"basis", "region", "state", "wave"}
    for name, control in controls.items():
        given = [selection.basis] if name == "basis" else selection.filters[name] if name != "wave" else ()
        assert control["value"] == (list(given) if isinstance(control["empty"], list) else (*given, "any")[0])
