"""What a page gets for all years of a selection is what the tables and texts say, at every year of a dozen addresses."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard.charts import CHARTS, View, tiles
from dashboard.charts.base import note_of
from dashboard.charts.frames import DrawnFigure
from dashboard.charts.look import THEMES, Look
from dashboard.charts.map import areas as map_areas
from dashboard.charts.map.figure import AREAS
from dashboard.charts.map.places import number_text
from dashboard.charts.palette import palette
from dashboard.charts.ranking import top_contributors
from dashboard.choice import MOST_NOTICES, notice_texts
from dashboard.context import AppContext
from dashboard.counting import by_year
from dashboard.filters import Notice, parse, to_query
from dashboard.metrics.pairings import pairings
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
MOST_BYTES = 30_000


@pytest.fixture(scope="module")
def overview_of(app_context: AppContext) -> Callable[..., Payload]:
    def overview(query: str, look: Look | None = None) -> Payload:
        selection = parse(query, app_context.choices).selection.without_year()
        return build_payload(app_context, selection, look or Look(), CONTENTS)

    return overview


@pytest.mark.parametrize("query", ADDRESSES)
def test_every_card_says_what_its_chart_says_in_every_year(
    query: str, view_of: Views, overview_of: Callable[..., Payload]
) -> None:
    view, texts = view_of(query), overview_of(query).texts
    for name in CONTENTS.charts:
        chart = CHARTS[name]
        rows = chart.table(view)
        if name == "countries" and view.selection.country:
            # its card is the panel of the country, and says its name
            assert texts["countries.headline"] == view.country_name
            continue
        for at, year in enumerate(view.basis.years):
            says = {
                "headline": chart.headline(rows, view, year),
                "description": chart.description(rows, view, year),
                "note": note_of(chart, rows, view, year),
                "face": chart.display_state(rows, view, year),
            }
            for part, said in says.items():
                found = texts[f"{name}.{part}"]
                assert (found[at] if isinstance(found, list) else found) == said, (name, part, year)


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


@pytest.mark.parametrize("query", [query for query in ADDRESSES if "states" not in query])
def test_points_are_the_communities_that_count_in_the_year(
    query: str, view_of: Views, overview_of: Callable[..., Payload]
) -> None:
    view, overview = view_of(query), overview_of(query)
    years, items = view.basis.years, view.compute(pairings)
    for year in (years[0], years[len(years) // 2], years[-1]):
        counted = {
            item.us_place
            for item in items
            # a link has two ends
            if item.us_place
            and (item.partner_place or view.selection.map != "links")
            and item.first <= year
            and (item.ended is None or item.ended > year)
        }
        assert _communities_of(overview.figures["map"].at(years.index(year))) == counted


@pytest.mark.parametrize(
    "query", ["", "?region=Western+Asia", "?basis=documented", "?basis=documented&region=Southern+Asia"]
)
def test_countries_that_lead_are_named_with_their_number(
    query: str, view_of: Views, overview_of: Callable[..., Payload]
) -> None:
    """In every year those that the headline may name, each once, and no other."""
    view, overview = view_of(query), overview_of(query)
    years, rows = view.basis.years, CHARTS["map"].table(view)
    lower, upper = (by_year(rows, years, name) for name in ("partnerships", "upper"))
    names = rows["country"].head(lower.shape[1]).tolist()
    for at, chosen in enumerate(top_contributors(lower, names)):
        wanted = {f"{names[each]} {number_text(view.t, int(lower[at, each]), int(upper[at, each]))}" for each in chosen}
        assert _labels_of(overview.figures["map"].at(at)) == wanted


def _labels_of(figure: dict[str, Any]) -> set[str]:
    """Names that are seen."""
    traces = [trace for trace in figure["data"] if "text" in trace.get("mode", "") and trace.get("opacity", 1)]
    names = {trace["text"][0] for trace in traces}
    assert len(names) == len(traces)
    return names


def _communities_of(figure: dict[str, Any]) -> set[tuple[float, float]]:
    """Points of U.S. communities that are seen."""
    trace = next(
        trace
        for trace in figure["data"]
        if trace["type"] == "scattergeo" and all(len(code) == 2 for code in trace.get("customdata") or ["xxx"])
    )
    seen = trace["marker"]["opacity"]
    return {place for place, opacity in zip(zip(trace["lon"], trace["lat"], strict=True), seen, strict=True) if opacity}


def years_of(values: list[Any] | dict[str, list[Any]]) -> list[Any]:
    """By year a value, the code of one, or the codes of those of all places."""
    return values if isinstance(values, list) else values.get("years", values.get("codes", []))


@pytest.mark.parametrize("query", ADDRESSES)
def test_the_payload_is_whole_and_every_attribute_has_a_value_in_every_year(
    query: str, app_context: AppContext, overview_of: Callable[..., Payload]
) -> None:
    overview = overview_of(query)
    payload = json.loads(overview.store(3, notices=["?"]))
    size = payload["years"][1] - payload["years"][0] + 1
    assert payload["at"] == 3
    assert payload["notices"] == ["?"]
    assert payload["query"] == to_query(parse(query, app_context.choices).selection, app_context.choices)
    for graph, frames in payload["graphs"].items():
        traces = len(overview.figures[graph].figure["data"])
        for target, attributes in frames.items():
            assert target == "layout" or int(target) < traces
            assert all(len(years_of(values)) == size for values in attributes.values())
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
def test_figures_have_the_template_of_their_theme(theme: str, overview_of: Callable[..., Payload]) -> None:
    for graph in CONTENTS.graphs:
        figure = go.Figure(overview_of("", Look(theme)).figures[graph].at(0))
        assert figure.layout.template.layout.font.color == palette(theme)["ink-2"], graph


def test_no_colour_waits_for_a_style_sheet(overview_of: Callable[..., Payload]) -> None:
    """Plotly knows no variables; the overlay, which is ours, does."""
    for query in ADDRESSES:
        for theme in THEMES:
            overview = overview_of(query, Look(theme))
            for graph in CONTENTS.graphs:
                assert "var(" not in repr(overview.figures[graph].at(0))


def test_a_figure_is_drawn_anew_where_more_than_its_numbers_changes(overview_of: Callable[..., Payload]) -> None:
    drawn = overview_of("").shapes
    for query in ("?region=Central+Asia", "?wave=2006"):
        assert overview_of(query).kept(drawn) == ["map", "growth", "barriers"], query
    for query in ("?state=CA", "?country=TUR", "?map=states", "?status=active"):
        assert overview_of(query).kept(drawn) == ["growth", "barriers"], query
    assert overview_of("?basis=documented").kept(drawn) == ["barriers"], "other years"
    assert overview_of("?sample=1").kept(drawn) == ["map", "growth"], "invented answers are stamped"
    assert overview_of("", Look("dark")).kept(drawn) == []


@pytest.mark.parametrize("query", ["?region=Central+Asia", "?country=TUR", "?region=Western+Asia&status=active"])
def test_a_figure_that_stays_becomes_the_one_that_would_be_drawn(
    query: str, overview_of: Callable[..., Payload]
) -> None:
    before, after = overview_of("?map=countries"), overview_of(query)
    for graph in after.kept(before.shapes):
        kept, drawn = before.figures[graph], after.figures[graph]
        assert DrawnFigure(kept.figure, drawn.frames).at(3) == drawn.at(3), graph


@pytest.mark.parametrize("query", ADDRESSES)
def test_controls_stand_at_what_the_address_says(
    query: str, app_context: AppContext, overview_of: Callable[..., Payload]
) -> None:
    controls = json.loads(overview_of(query).body)["controls"]
    selection = parse(query, app_context.choices).selection
    assert set(controls) == {"basis", "region", "state", "wave"}
    for name, control in controls.items():
        given = [selection.basis] if name == "basis" else selection.filters[name] if name != "wave" else ()
        assert control["value"] == (list(given) if isinstance(control["empty"], list) else (*given, "any")[0])


def test_tiles_of_a_year_are_at_its_place(overview_of: Callable[..., Payload]) -> None:
    overview = overview_of("")
    at = overview.position(2000)
    assert overview.texts["tiles.partnerships.value"][at] == 36
    assert overview.texts["tiles.partnerships.range"][at] == "to 69"
    assert [overview.position(year) for year in (1066, 1972, None, 9999)] == [0, 0, 35, 35]


def test_what_can_be_taken_off(overview_of: Callable[..., Payload]) -> None:
    chosen = json.loads(overview_of("?country=TUR&state=TX&status=active&sample=1").body)["chosen"]
    assert [(each["name"], each["label"]) for each in chosen] == [
        ("country", "Türkiye"),
        ("state", "Texas"),
        ("status", "Active"),
        ("sample", "SAMPLE (invented answers)"),
    ]


def test_many_notices_are_counted_not_listed(app_context: AppContext) -> None:
    texts = notice_texts([Notice("name", {"name": f"x{at}"}) for at in range(30)], app_context.t)
    assert len(texts) == MOST_NOTICES + 1
    assert str(30 - MOST_NOTICES) in texts[-1]


def test_notices_repeat_what_was_given(app_context: AppContext) -> None:
    parsed = parse("?country=%3Cscript%3E", app_context.choices)
    # as text: the script sets it as such
    assert "<script>" in notice_texts(parsed.notices, app_context.t)[0]


def test_the_order_of_an_address_does_not_matter(overview_of: Callable[..., Payload]) -> None:
    one = overview_of("?region=Central+Asia&region=Western+Asia&map=links")
    assert one is overview_of("?map=links&region=Western+Asia&region=Central+Asia")


def test_the_ranked_list_is_in_order_in_every_year(overview_of: Callable[..., Payload]) -> None:
    ranking = json.loads(overview_of("").body)["ranking"]
    order: list[int] = []
    for given, numbers in zip(ranking["orders"], ranking["numbers"], strict=True):
        order = given or order
        lower = [int(numbers[at].split("–")[0]) for at in order]
        assert lower == sorted(lower, reverse=True)
        assert sorted(order) == list(range(31))


@pytest.mark.parametrize("query", ADDRESSES)
def test_all_years_of_a_view_weigh_little(query: str, overview_of: Callable[..., Payload]) -> None:
    """The answer to a choice of a region, whose map stays, as it is sent."""
    sent = overview_of(query).store(0, kept=["map"])
    assert len(gzip.compress(sent.encode(), 6)) < MOST_BYTES
