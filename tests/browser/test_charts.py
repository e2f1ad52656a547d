"""The drawn charts: clicks, hover, zoom, play, and that what is drawn is what the table says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, number, table, wait_number, wait_query, wait_ready, wait_year

PIXEL_OF = """([lon, lat]) => { const gd = document.querySelector('#chart-map .js-plotly-plot'), box = gd.getBoundingClientRect();
  const [x, y] = gd._fullLayout.geo._subplot.projection([lon, lat]); return [box.left + x, box.top + y]; }"""


def at_place(page: Page, lon: float, lat: float) -> tuple[float, float]:
    x, y = page.evaluate(PIXEL_OF, [lon, lat])
    return x, y


def test_a_click_on_the_map_filters_everything_else(open_page: Open) -> None:
    page = open_page()
    page.mouse.click(*at_place(page, 8, 9))
    wait_query(page, "?country=NGA")
    assert number(page, "partnerships") == 10
    expect(page.locator("#headline-countries")).to_have_text("Nigeria")
    page.keyboard.press("Escape")
    wait_query(page, "")
    # small countries by their circle
    for code, lon, lat in (("GMB", -15.4, 13.45), ("LBN", 35.87, 33.92), ("PSE", 35.2, 31.9)):
        place = page.evaluate(
            """code => { const t = document.querySelector('#chart-map .js-plotly-plot').data[3], at = t.customdata.indexOf(code); return [t.lon[at], t.lat[at]]; }""",
            code,
        )
        assert abs(place[0] - lon) < 1.5 and abs(place[1] - lat) < 1.5
        page.mouse.click(*at_place(page, *place))
        wait_query(page, f"?country={code}")
        page.keyboard.press("Escape")
        wait_query(page, "")


def test_zoom_survives_a_change_of_year_and_of_region(open_page: Open) -> None:
    page = open_page()
    page.click("#card-map [data-zoom=in]")
    page.click("#card-map [data-zoom=in]")
    scale = "document.querySelector('#chart-map .js-plotly-plot')._fullLayout.geo.projection.scale"
    page.wait_for_function(f"Math.abs({scale} - 2.25) < 0.001")
    page.focus("#filter-year")
    page.keyboard.press("ArrowLeft")
    wait_year(page, 2006)
    assert page.evaluate(scale) == pytest.approx(2.25)
    page.click("#filter-region label:has-text('Western Asia')")
    wait_query(page, "?region=Western+Asia&year=2006")
    assert page.evaluate(scale) == pytest.approx(2.25)
    page.click("#card-map [data-zoom=reset]")
    page.wait_for_function(f"{scale} === 1")


def test_the_map_is_drawn_as_the_table_says(open_page: Open) -> None:
    """Every country's class, read back from the colours on the screen."""
    page = open_page("?year=1995")
    page.locator("#filter-year").fill("2000")
    wait_year(page, 2000)
    drawn = page.evaluate("""() => { const probe = document.createElement('i'); document.body.append(probe);
      const rgb = name => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
      const names = Object.fromEntries(['zero-fill','c1','c2','c3','c4','c5'].map((name, at) => [rgb(name), at]));
      const gd = document.querySelector('#chart-map .js-plotly-plot'), ids = gd.data[1].locations;
      const paths = [...gd.querySelectorAll('.choroplethlayer .trace')][1].querySelectorAll('path');
      return Object.fromEntries([...paths].map((path, at) => [ids[at], names[getComputedStyle(path).fill]])); }""")
    for row in table("map", "?year=2000"):
        count = int(row["partnerships"])
        expected = next((at for at, low in ((5, 10), (4, 5), (3, 3), (2, 2), (1, 1)) if count >= low), 0)
        assert drawn[row["country_iso3"]] == expected, row
    # the hand over a country: its count, of which dated, and since when
    page.mouse.move(*at_place(page, 8, 9))
    label = page.locator("#chart-map .hoverlayer .hovertext")
    expect(label).to_contain_text("Nigeria")
    expect(label).to_contain_text("at least 4, up to 8 partnerships")
    expect(label).to_contain_text("dated, the first in 19")


YEAR_AT = """x => { const { years, over } = dash_clientside.choice.shownFrames(), box = document.querySelector("#over").getBoundingClientRect();
  return years[0] + dash_clientside.year_press.positionAt(over.edges, 100 * (x - box.left) / box.width); }"""


def test_a_press_or_a_drag_on_the_growth_chart_chooses_the_year(open_page: Open) -> None:
    page = open_page()
    circles_do_not_overlap(page)
    plot = page.locator("#chart-growth").bounding_box()
    assert plot is not None
    for part, y in ((0.3, 30), (0.5, plot["height"] - 40)):
        x = plot["x"] + plot["width"] * part
        year = page.evaluate(YEAR_AT, x)
        page.mouse.click(x, plot["y"] + y)
        wait_query(page, f"?year={year}")
        wait_year(page, year)
    y = plot["y"] + plot["height"] - 40
    page.mouse.move(plot["x"] + 600, y)
    page.mouse.down()
    for x in range(580, 280, -20):
        page.mouse.move(plot["x"] + x, y)
    page.mouse.up()
    year = page.evaluate(YEAR_AT, plot["x"] + 300)
    assert 1980 < year < 2000
    wait_query(page, f"?year={year}")  # written when the screen was painted
    wait_year(page, year)


def test_play_is_paused_by_a_press_and_ends_at_the_last_year(open_page: Open) -> None:
    # so early that it does not end by itself before the second press
    page = open_page("?year=1975")
    page.click("#play")
    page.wait_for_function("+document.querySelector('#filter-year').getAttribute('aria-valuenow') >= 1977")
    page.click("#play")
    wait_ready(page)  # and the address is written
    stopped = page.get_attribute("#filter-year", "aria-valuenow")
    page.wait_for_timeout(1200)
    assert page.get_attribute("#filter-year", "aria-valuenow") == stopped
    page.locator("#filter-year").fill("2005")
    wait_year(page, 2005)
    page.click("#play")
    page.wait_for_function(
        "document.querySelector('#play').title.startsWith('Play') && document.querySelector('#filter-year').getAttribute('aria-valuenow') === '2007'"
    )
    wait_ready(page)
    assert number(page, "partnerships") == 94


def test_with_reduced_motion_play_is_one_step(open_page: Open, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page("?year=2000")
    page.click("#play")
    wait_year(page, 2001)
    page.wait_for_timeout(1300)
    assert page.get_attribute("#filter-year", "aria-valuenow") == "2001"


def test_growth_areas_are_the_table_and_its_labels_never_overlap(open_page: Open) -> None:
    page = open_page("?basis=documented&year=2015")
    rows = [row for row in table("growth", "?basis=documented&year=2015") if row["year"] == "2015"]
    # areas in steps begin half a year before the first
    drawn = page.evaluate("""() => Object.fromEntries(document.querySelector('#chart-growth .js-plotly-plot').data
      .filter(t => t.stackgroup).map(t => [t.name, t.y[t.x.indexOf(2015)]]))""")
    assert {row["region"]: int(row["dated"]) for row in rows} == {
        name: value for name, value in drawn.items() if name != "undated"
    }
    assert drawn["undated"] == sum(int(row["undated"]) for row in rows)
    circles_do_not_overlap(page)
    for year in (1975, 1990, 2000, 2006, 2019, 2026):
        page.locator("#filter-year").fill(str(year))
        wait_year(page, year)
        boxes = page.evaluate("""() => [...document.querySelectorAll('#chart-growth .overlay :is(.moving, .totals, .circles) text')]
          .map(n => { const b = n.getBoundingClientRect(); return [b.left, b.top + 2, b.right, b.bottom - 2]; })""")
        assert len(boxes) > 9
        card = page.locator("#card-growth").bounding_box()
        assert card is not None
        for at, one in enumerate(boxes):
            assert one[2] <= card["x"] + card["width"], f"cut off in {year}"
            for other in boxes[at + 1 :]:
                repel = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert repel, (year, one, other)


def circles_do_not_overlap(page: Page) -> None:
    """Those of milestones."""
    boxes = page.evaluate("""() => [...document.querySelectorAll('#chart-growth .circles circle')]
      .map(n => { const b = n.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; })""")
    assert len(boxes) == 9
    for at, (x, y) in enumerate(boxes):
        for other_x, other_y in boxes[at + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= 14.5**2


def test_states_and_links(open_page: Open) -> None:
    page = open_page("?map=states")
    assert page.locator("#chart-map .choroplethlayer .trace").first.locator("path").count() == 52
    # a state on its map filters by state
    page.mouse.click(*at_place(page, -99.3, 31.5))
    wait_query(page, "?state=TX&map=states")
    assert number(page, "partnerships") == 5
    page.click("#chosen .chip:has-text('Texas')")
    wait_number(page, 94)
    page.click("#card-map button:has-text('Links')")
    wait_query(page, "?map=links")
    assert page.locator("#chart-map .scatterlayer .js-line").count() > 20
    expect(page.locator("#card-map .note")).to_contain_text("not drawn")


def test_a_link_joins_its_two_cities_and_bows_north(open_page: Open) -> None:
    page = open_page("?country=TUR")
    traces = page.evaluate("""() => document.querySelector('#chart-map .js-plotly-plot').data
      .map(({ mode, lon, lat, meta }) => ({ mode, lon, lat, set: meta?.set }))""")
    lines = [(each["lon"], each["lat"]) for each in traces if each["mode"] == "lines"]
    [here] = [list(zip(each["lon"], each["lat"], strict=True)) for each in traces if each["set"] == "state"]
    there = [
        place
        for each in traces
        if each["set"] == "country" and each["mode"] == "markers"
        for place in zip(each["lon"], each["lat"], strict=True)
    ]
    assert len(lines) == len(here) == 6
    for lons, lats in lines:
        line = [place for place in zip(lons, lats, strict=True) if place[0] is not None]
        for end, places in ((line[0], here), (line[-1], there)):
            assert any(end == pytest.approx(place, abs=0.06) for place in places), end
        assert max(lat for _, lat in line) > max(line[0][1], line[-1][1])


def test_full_screen_and_back(open_page: Open) -> None:
    page = open_page()
    page.click("#card-growth [data-full-screen]")
    page.wait_for_function("document.fullscreenElement && document.fullscreenElement.id === 'card-growth'")
    page.wait_for_function("document.querySelector('#chart-growth .main-svg').getBoundingClientRect().width > 1200")
    page.evaluate("document.exitFullscreen()")
    page.wait_for_function("!document.fullscreenElement")


def test_the_theme_is_kept_and_colours_the_charts(open_page: Open) -> None:
    page = open_page()
    fill = "getComputedStyle(document.querySelector('#chart-map .choroplethlayer path')).fill"
    light = page.evaluate(fill)
    page.click("[data-theme-switch]")
    page.wait_for_function(f"{fill} !== '{light}'")
    page.reload()
    wait_ready(page)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("language", ["ru", "fr", "ar"])
def test_labels_of_growth_are_whole_in_a_window_of_320_pixels(open_page: Open, page: Page, language: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    open_page(f"?lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    past = """() => [...document.querySelectorAll("#over .moving text")].map(text => [text.textContent,
        text.getBoundingClientRect().right - document.getElementById("card-growth").getBoundingClientRect().right])"""
    found = page.evaluate(past)
    assert len(found) > 5
    assert [label for label, by in found if by > 0] == []
