"""Graphs of Plotly itself: what leans on its internals fails here when an upgrade changes them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.script.conftest import OpenScript, frames, scroll_by_finger, until
from tests.script.test_page import show

AREA = """code => { const w = { A: 0, B: 20, C: 40 }[code]; return { type: "Feature", id: code, properties: {},
    geometry: { type: "Polygon", coordinates: [[[w, 0], [w, 15], [w + 15, 15], [w + 15, 0], [w, 0]]] } }; }"""
SETUP = """window.draw = at => { const area = AREA, geojson = { type: "FeatureCollection", features: ["A", "B", "C"].map(area) };
    const gd = document.querySelector('#map .js-plotly-plot');
    return Plotly.newPlot(gd, [
      { type: "choropleth", geojson, locations: ["A", "B", "C"], z: [[1, 2, 3], [3, 2, 1]][at], zmin: 0, zmax: 4, showscale: false,
        text: [["a0", "b0", "c0"], ["a1", "b1", "c1"]][at], hovertemplate: "%{text}<extra></extra>", colorscale: [[0, "#fff"], [1, "#000"]] },
      { type: "scattergeo", lon: [5, 25], lat: [5, 5], marker: { size: 10, color: [["#f00", "#f00"], ["#f00", "#0f0"]][at] }, text: [["x", "y"], ["x", "z"]][at], mode: "markers+text" },
    ], { width: 600, height: 400, margin: { l: 0, r: 0, t: 0, b: 0 }, dragmode: "pan", showlegend: false,
      geo: { visible: false, lonaxis: { range: [0, 60] }, lataxis: { range: [-5, 30] } } }, { scrollZoom: true, displayModeBar: false }); };""".replace(
    "AREA", AREA
)
GRAPHS = {
    "map": {
        "0": {"z": [[1, 2, 3], [3, 2, 1]], "text": [["a0", "b0", "c0"], ["a1", "b1", "c1"]]},
        "1": {"marker.color": [["#f00", "#f00"], ["#f00", "#0f0"]], "text": [["x", "y"], ["x", "z"]]},
    }
}
LOOKS = """[...document.querySelectorAll('.choroplethlayer path, .scatterlayer path, .scatterlayer text')].map(node =>
    [getComputedStyle(node).fill, getComputedStyle(node).opacity, node.textContent].join())"""
BODY = '<div id="map"><div class="js-plotly-plot"></div></div><div class="zoom"><button data-zoom="in" data-of="map">+</button><button data-zoom="out" data-of="map">-</button><button data-zoom="reset" data-of="map">0</button></div>'
STYLES = "body{margin:0;height:3000px}#map{width:600px;height:400px;touch-action:pan-y}#map *{touch-action:pan-y}"
TWO_YEARS: Any = {"years": [2000, 2001], "at": 0, "graphs": GRAPHS}


@pytest.fixture
def map_page(open_script: OpenScript) -> Page:
    page = open_script(BODY, plotly=True, before=SETUP, styles=STYLES)
    page.evaluate("async () => { await draw(0); window.gd = document.querySelector('#map .js-plotly-plot'); }")
    show(page, frames(**TWO_YEARS), 2000)
    until(page, "document.body.dataset.ready === 'true'")
    page.evaluate(
        """() => { window.updates = 0; const update = Plotly.update; Plotly.update = (...all) => { updates++; return update(...all); }; }"""
    )
    return page


def test_a_year_looks_as_plotly_would_draw_it(map_page: Page) -> None:
    before = map_page.evaluate(LOOKS)
    show(map_page, frames(**TWO_YEARS), 2001)
    by_hand = map_page.evaluate(LOOKS)
    assert by_hand != before
    assert map_page.evaluate("[updates, gd.data[0].z, gd.data[1].marker.color]") == [0, [3, 2, 1], ["#f00", "#0f0"]]
    map_page.evaluate("async () => { await draw(1); }")
    assert map_page.evaluate(LOOKS) == by_hand


def test_without_the_internals_plotly_does_it(map_page: Page) -> None:
    map_page.evaluate(
        "() => { for (const trace of gd._fullData) trace._module = { ...trace._module, style: undefined }; }"
    )
    show(map_page, frames(**TWO_YEARS), 2001)
    until(map_page, "document.body.dataset.ready === 'true'")
    found = map_page.evaluate(LOOKS)
    assert map_page.evaluate("updates") == 1
    map_page.evaluate("async () => { await draw(1); }")
    assert map_page.evaluate(LOOKS) == found


def test_the_label_under_a_resting_mouse_does_not_keep_its_number(map_page: Page) -> None:
    map_page.mouse.move(100, 250)
    map_page.mouse.move(101, 251)
    assert "a0" in until(map_page, "gd.querySelector('.hoverlayer').textContent")
    show(map_page, frames(**TWO_YEARS), 2001)
    assert map_page.evaluate("gd.querySelector('.hoverlayer').textContent") == ""
    map_page.mouse.move(103, 252)
    assert "a1" in until(map_page, "gd.querySelector('.hoverlayer').textContent")


def test_a_new_figure_that_comes_late_is_brought_to_the_year_shown(map_page: Page) -> None:
    """The answer was made for 2000; meanwhile 2001 is shown, and Dash draws the figure after the script has its frames."""
    show(map_page, frames(**TWO_YEARS, query="?state=TX"), 2001)
    map_page.evaluate("async () => { await draw(0); }")
    until(map_page, "gd.data[0].z[0] === 3")
    until(map_page, "document.body.dataset.ready === 'true'")


def test_a_new_figure_that_is_drawn_before_its_frames_are_shown_is_not_waited_for(map_page: Page) -> None:
    """The answer comes while the year changes; Dash draws its figure at once, and shows its frames after that."""
    map_page.evaluate("dash_clientside.figures.rememberFigures()")
    map_page.evaluate("async () => { await draw(0); }")
    show(map_page, frames(**TWO_YEARS), 2001)
    until(map_page, "document.body.dataset.ready === 'true'")
    show(map_page, frames(**TWO_YEARS, query="?state=TX"), 2001)
    until(map_page, "document.body.dataset.ready === 'true'")
    assert map_page.evaluate("gd.data[0].z[0]") == 3


def test_the_wheel_scrolls_the_page_and_zooms_after_a_click(map_page: Page) -> None:
    scale = "gd.layout.geo.projection?.scale ?? 1"
    map_page.mouse.move(300, 200)
    map_page.mouse.wheel(0, 100)
    until(map_page, "scrollY > 0")
    map_page.evaluate("scrollTo(0, 0)")
    assert map_page.evaluate(scale) == 1
    map_page.mouse.click(300, 200)
    map_page.mouse.wheel(0, -200)
    until(map_page, f"({scale}) > 1.05")
    assert map_page.evaluate("scrollY") == 0
    map_page.mouse.move(300, 600)
    map_page.mouse.move(300, 200)  # it left: the page is scrolled again
    map_page.mouse.wheel(0, 100)
    until(map_page, "scrollY > 0")


def test_zoom_survives_a_change_of_year(map_page: Page) -> None:
    map_page.click("[data-zoom=in]")
    until(map_page, "gd.layout.geo.projection?.scale === 1.5")
    show(map_page, frames(**TWO_YEARS), 2001)
    assert map_page.evaluate("gd.layout.geo.projection.scale") == 1.5
    map_page.click("[data-zoom=reset]")
    until(map_page, "gd.layout.geo.projection.scale === 1")


def test_the_world_fills_a_place_of_another_shape_until_somebody_zooms(map_page: Page) -> None:
    ranges = "[...gd.layout.geo.lonaxis.range, ...gd.layout.geo.lataxis.range].map(Math.round).join()"
    world = {
        "lon": [0, 60],
        "lat": [-5, 30],
        "most_lon": [-40, 100],
        "most_lat": [-20, 80],
        "degree": 0.875,
        "narrowing": 1e-4,
    }
    map_page.evaluate(
        """world => { gd.layout.meta = { world }; window.draws = 0; gd.on('plotly_afterplot', () => draws++);
        window.resize = (width, height) => Plotly.relayout(gd, { width, height }); return resize(600, 400).then(() => {}); }""",
        world,
    )
    show(map_page, frames(**TWO_YEARS), 2001)
    until(map_page, "document.body.dataset.ready === 'true'")
    # a place of the shape that the map is made for: it is drawn as it is
    assert map_page.evaluate(f"[{ranges}, draws]") == ["0,60,-5,30", 2]
    # a taller one; a wider one; one for which there is no more of the world
    for size, wanted in {"300,300": "-1,61,-14,39", "800,300": "-23,83,-5,30", "100,300": "-1,61,-20,80"}.items():
        map_page.evaluate(f"() => {{ resize({size}); }}")
        until(map_page, f"{ranges} === '{wanted}'")
    map_page.click("[data-zoom=in]")
    until(map_page, "gd.layout.geo.projection?.scale === 1.5")
    map_page.evaluate("() => resize(600, 400).then(() => {})")
    assert map_page.evaluate(ranges) == "-1,61,-20,80"
    map_page.click("[data-zoom=reset]")
    until(map_page, f"{ranges} === '0,60,-5,30'")


def test_one_finger_scrolls_past_the_map(map_page: Page) -> None:
    scroll_by_finger(map_page, 300, 300, 200)
    until(map_page, "scrollY > 100")


def test_plotly_is_a_promise_and_waits_for_somebody_on_a_narrow_screen(open_script: OpenScript, page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 700})
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.fulfill(body="window.Plotly = { version: 'x' }", content_type="text/javascript")

    open_script("", root='data-plotly="/vendor/plotly.js" data-narrow="(max-width: 43.75em)"', answer=answer)
    page.evaluate("() => { Plotly.then(found => { window.found = found.version; }); }")
    page.wait_for_timeout(150)
    assert asked == []
    page.mouse.click(10, 10)
    assert until(page, "window.found") == "x"  # asked again after a failure
    assert len(asked) == 2
