"""What a year and an answer put into the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.script.conftest import CONTROLS, OpenScript, choices, frames, until

YEARS = 10


def show(page: Page, text: str, year: int | str) -> object:
    return page.evaluate("([text, year]) => show(text, year)", [text, year])


def test_texts_attributes_and_what_is_there_follow_the_year(open_script: OpenScript) -> None:
    page = open_script(
        """<b data-text="number">94</b><i data-attributes="data-value=number;title=name"></i>
        <p data-show="face=chart">a chart</p><p data-show="face=empty" hidden>nothing</p><u data-marks="marks"></u>"""
    )
    text = frames(
        texts={
            "number": [str(n) for n in range(YEARS)],
            "name": "Name",
            "face": ["empty"] * 5 + ["chart"] * 5,
            "marks": ["dd", *["ddn"] * 9],
        }
    )
    assert show(page, text, 2009) == 2009
    assert page.inner_text("b") == "9"
    assert page.evaluate("[document.querySelector('i').dataset.value, document.querySelector('i').title]") == [
        "9",
        "Name",
    ]
    assert page.evaluate("[...document.querySelectorAll('p')].map(p => p.hidden)") == [False, True]
    show(page, text, 2000)
    assert page.evaluate("[...document.querySelectorAll('p')].map(p => p.hidden)") == [True, False]
    runs = "[...document.querySelectorAll('u i')].map(i => [i.className, i.style.getPropertyValue('--n')])"
    assert page.evaluate(runs) == [["run u-d", "2"]]
    show(page, text, 2001)
    assert page.evaluate(runs) == [["run u-d", "2"], ["run u-n", "1"]]


def test_the_list_is_in_the_order_of_the_year(open_script: OpenScript) -> None:
    page = open_script('<div data-list="countries" data-label="Show {name}"></div>')
    ranking = {
        "keys": ["TUR", "IDN"],
        "names": ["Türkiye", "Indonesia"],
        "numbers": [[1234, 5]] * YEARS,
        "marks": [[[2, 1, 0, 0], [0, 0, 5, 1]]] * YEARS,
        "orders": [[1], None, [0, 1], *[None] * 7],
    }
    rows = """[...document.querySelectorAll('[data-list] button')].map(row =>
        [row.dataset.set, row.title, row.textContent, [...row.lastChild.children].filter(run => !run.hidden).length])"""
    show(page, frames(ranking=ranking), 2001)
    assert page.evaluate(rows) == [["country=IDN", "Show Indonesia", "Indonesia5", 2]]
    show(page, frames(ranking=ranking), 2009)
    assert page.evaluate(rows) == [
        ["country=TUR", "Show Türkiye", "Türkiye1,234", 2],
        ["country=IDN", "Show Indonesia", "Indonesia5", 2],
    ]
    assert page.evaluate("document.querySelector('[data-list]').style.getPropertyValue('--digits')") == "5ch"


def test_a_trend_ends_at_the_year(open_script: OpenScript) -> None:
    page = open_script('<div data-spark="tiles.new"><svg class="spark" viewBox="0 0 92 34"></svg></div>')
    text = frames(sparks={"tiles.new": [list(range(YEARS)), list(range(1, YEARS + 1))]})
    show(page, text, 2000)
    first = page.get_attribute("circle", "cx")
    show(page, text, 2009)
    assert (first, page.get_attribute("circle", "cx")) == ("3.0", "89.0")
    assert page.locator("line.between").count() == 1
    assert {node.get_attribute("stroke") for node in page.locator("path").all()} == {"currentColor"}


OVER = {
    "lines": [["var(--line)", 0, 50, 100, 50]],
    "outline": "0,1 2,3",
    "circles": [[10, 20, "1"]],
    "notes": [[10, 20, "a < b"]],
    "edges": [10.0 * n for n in range(1, YEARS + 1)],
    "high": 90,
    "tops": [20] * YEARS,
    "stops": [95] * YEARS,
    "rows": [[["ink", 50, 60, 70, [["<94>", True], [" documented", False]]]]] * YEARS,
    "totals": [[40, 50, True, "94"]],
    "ghost": "1,2 3,4",
    "gaps": "M1,2V100",
}
OVERLAY = """<div><div id="under"><svg></svg></div><div id="over"><svg><g class="still"></g><g class="circles"></g></svg>
<svg class="gaps"></svg><svg><g class="moving"></g><g class="totals"></g></svg></div></div>"""


def test_the_overlay_follows_the_year_and_escapes_its_words(open_script: OpenScript) -> None:
    page = open_script(OVERLAY)
    show(page, frames(over=OVER), 2004)
    assert page.evaluate("document.querySelector('#over').style.getPropertyValue('--edge')") == "50%"
    assert page.get_attribute("#under line", "stroke") == "var(--line)"
    assert page.text_content(".moving text") == "<94> documented"
    assert page.text_content(".still text") == "a < b"
    assert page.get_attribute("line.year", "x1") == "50%"
    assert page.locator(".totals .filled").count() == 1


def test_forced_colours_take_the_place_of_ours(open_script: OpenScript, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    open_script(OVERLAY)
    show(page, frames(over=OVER), 2004)
    assert page.get_attribute("#under line", "stroke") == "currentColor"
    assert page.get_attribute(".leader", "stroke") == "currentColor"


BAR = """<div id="year-ticks"></div><div id="chosen" data-remove="Remove {name}"></div>
<div id="notices" data-heading="Note" data-dismiss="Dismiss"></div><button id="reset" data-reset>Reset</button>
<button data-clear="region" class="chip all">All regions</button>
<div><button data-set="map=countries" data-stays aria-pressed="false">Countries</button><button data-set="map=states" data-stays aria-pressed="false">States</button></div>
<button id="asia" data-set="region=Asia" data-many>Asia</button><button id="africa" data-set="region=Africa" data-many>Africa</button><i id="filter-region"></i>
<button id="year2006" data-set="year=2006">2006</button><button data-clear="country" data-escape>Back</button>
<input id="filter-year" type="range">"""


def test_the_bar_follows_the_choice(open_script: OpenScript) -> None:
    page = open_script(BAR)
    chosen = [{"name": "region", "value": "Asia", "label": "Asia & more", "many": True}]
    show(page, frames(query="?region=Asia&map=states&room=1", chosen=chosen, notices=["<i>No</i> such country"]), 2009)
    assert page.locator("#year-ticks").text_content() == "20002009"
    chip = page.locator("#chosen button")
    assert (chip.text_content(), chip.get_attribute("aria-label")) == ("Asia & more", "Remove Asia & more")
    assert "<i>No</i> such country" in page.inner_text("#notices")
    pressed = "[...document.querySelectorAll('[aria-pressed]')].map(b => [b.textContent, b.ariaPressed])"
    assert page.evaluate(pressed) == [["All regions", "false"], ["Countries", "false"], ["States", "true"]]
    assert page.evaluate("[reset.hidden, 'room' in document.documentElement.dataset]") == [False, True]
    assert page.get_attribute("#filter-year", "aria-valuenow") == "2009"
    page.click("#notices button")
    assert page.inner_text("#notices") == ""
    show(page, frames(), 2009)
    assert page.evaluate(pressed) == [["All regions", "true"], ["Countries", "true"], ["States", "false"]]
    assert page.evaluate("[reset.hidden, chosen.childElementCount]") == [True, 0]


def test_presses_are_properties_of_dashs_components(open_script: OpenScript) -> None:
    page = open_script(BAR)
    show(page, frames(), 2009)
    page.click("#asia")
    page.click("#africa")  # before an answer has come: both are meant
    page.click("[data-set='map=states']")
    page.click("[data-set='map=states']")  # stays
    page.click("#year2006")
    assert choices(page) == [
        "?region=Asia",
        "?region=Asia&region=Africa",
        "?region=Asia&region=Africa&map=states",
    ]
    assert page.evaluate("props.filter(([id]) => typeof id === 'string')") == [
        ["filter-region", {"value": ["Asia"]}],
        ["filter-region", {"value": ["Asia", "Africa"]}],
        ["filter-year", {"value": 2006}],
    ]
    data = page.evaluate("props.find(([id]) => id.type === 'choice')[1].data")
    assert data == {
        "query": "?region=Asia",
        "year": None,
        "look": {"theme": "light", "narrow": False},
        "shapes": {"map": "s"},
        "key": "",
    }


def read_controls(page: Page, triggered: str, **values: object) -> list[object]:
    """What Dash's callback gives for these values of controls."""
    found: list[object] = page.evaluate(
        """([triggered, inputs]) => {
            dash_clientside.callback_context = { inputs, triggered: [{ prop_id: triggered }] };
            return dash_clientside.choice.readControls([{}]).map(found => found.query ?? found); }""",
        [triggered, values],
    )
    return found


def test_a_control_of_dash_is_a_choice_and_what_the_script_set_is_none(open_script: OpenScript) -> None:
    page = open_script(BAR)
    show(page, frames(query="?state=TX&partner=1", controls=STATE_TX), 2009)
    assert read_controls(
        page, "filter-region.value", **{"filter-region.value": ["Asia"], "filter-state.value": "TX"}
    ) == ["?state=TX&partner=1&region=Asia"]
    page.click("#africa")
    values = {"filter-region.value": ["Asia", "Africa"], "filter-state.value": "TX"}
    assert read_controls(page, "filter-region.value", **values) == ["no update"]
    assert read_controls(page, "filter-state.value", **{**values, "filter-state.value": "any"}) == [
        "?partner=1&region=Asia&region=Africa"
    ]
    # of a page without this control
    assert read_controls(page, "filter-wave.value") == ["no update"]


def test_an_answer_takes_back_what_another_choice_takes_away(open_script: OpenScript) -> None:
    page = open_script(BAR)
    region = CONTROLS["region"]
    asia = CONTROLS | {"region": {**region, "value": ["Asia"]}}
    show(page, frames(query="?region=Asia", controls=asia), 2009)
    show(page, frames(query="?country=NGA", controls=CONTROLS), 2009)
    assert page.evaluate("props") == [["filter-region", {"value": []}]]


def test_who_is_at_the_last_year_stays_there(open_script: OpenScript) -> None:
    page = open_script(BAR)
    show(page, frames(), 2009)
    show(page, frames(query="?basis=documented", years=[2000, 2020]), 2009)
    assert page.evaluate("props") == [["filter-year", {"value": 2020}]]
    assert page.get_attribute("#filter-year", "max") == "2020"


def test_a_click_on_a_figure_chooses_what_its_trace_says(open_script: OpenScript) -> None:
    page = open_script(BAR + '<div id="map"><div class="js-plotly-plot"></div></div>')
    page.evaluate("document.querySelector('.js-plotly-plot').data = [{ meta: { set: 'country' } }, {}]")
    show(page, frames(), 2009)
    pick = "point => dash_clientside.choice.pickPoint(point && { points: [point] }, 'map')"
    assert page.evaluate(pick, {"curveNumber": 0, "customdata": ["IDN", "Indonesia"]}) == "no update"
    page.evaluate(pick, {"curveNumber": 0, "location": "TUR"})
    page.evaluate(pick, {"curveNumber": 1, "location": "TUR"})  # its trace chooses nothing
    page.evaluate(pick, None)
    page.evaluate(pick, {"curveNumber": 0, "location": "TUR"})
    assert choices(page) == ["?country=IDN", "?country=TUR", ""]


def test_escape_and_reset_take_choices_away(open_script: OpenScript) -> None:
    page = open_script(BAR)
    show(page, frames(query="?country=TUR&state=TX", controls=STATE_TX), 2005)
    page.keyboard.press("Escape")
    page.click("#reset")
    assert choices(page) == ["?state=TX", ""]
    assert page.evaluate("props.filter(([id]) => id === 'filter-year')") == [["filter-year", {"value": 2009}]]


STATE_TX = CONTROLS | {"state": {**CONTROLS["state"], "value": "TX"}}
CARD = """<section class="card" id="card-map"><button data-tab="chart" aria-pressed="true">Chart</button><button data-tab="table" aria-pressed="false">Table</button>
<button data-copy="card-map">Copy</button><button data-full-screen>Full</button><div data-face="chart">c</div><div data-face="table" hidden>t</div></section>
<button data-theme-switch>Theme</button><span id="toast" data-copied="Copied" data-failed="Not copied" data-storage="Not kept"></span>"""


@pytest.mark.usefixtures("stopped_clock")
def test_a_table_tab_asks_for_its_table_and_follows_the_year(open_script: OpenScript, page: Page) -> None:
    open_script(CARD)
    show(page, frames(query="?state=TX"), 2009)
    page.click("[data-tab=table]")
    assert page.evaluate("[...document.querySelectorAll('[data-face]')].map(face => face.hidden)") == [True, False]
    assert page.evaluate("props") == [
        ["opened", {"data": {"cards": ["map"], "query": "?state=TX", "year": 2009, "key": ""}}]
    ]
    for year in (2005, 2004, 2003):
        show(page, frames(query="?state=TX"), year)
    page.clock.run_for(1000)
    assert page.evaluate("props.slice(1).map(each => each[1].data.year)") == [2003]
    page.click("[data-tab=chart]")
    show(page, frames(query="?state=TX"), 2001)
    page.clock.run_for(1000)
    assert page.evaluate("props.length") == 2


def test_a_copied_link_is_of_what_is_shown(open_script: OpenScript, page: Page) -> None:
    open_script(
        CARD,
        before="Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied = text; } } });",
    )
    show(page, frames(query="?state=TX"), 2005)
    page.click("[data-copy]")  # long before the address is written
    assert until(page, "window.copied").endswith("/?state=TX&year=2005#card-map")
    assert until(page, "toast.textContent") == "Copied"
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }")
    # without TLS there is no clipboard API: then it is copied from a box
    page.evaluate(
        "() => { document.execCommand = () => { window.boxed = document.activeElement.value; return true; }; }"
    )
    page.click("[data-copy]")
    assert until(page, "window.boxed").endswith("/?state=TX&year=2005#card-map")
    assert page.locator("textarea").count() == 0
    page.evaluate("() => { document.execCommand = () => false; }")
    page.click("[data-copy]")
    assert until(page, "toast.textContent === 'Not copied'")


def test_a_theme_is_kept_or_said_not_to_be(open_script: OpenScript, page: Page) -> None:
    open_script(CARD, root='data-narrow="(max-width: 43.75em)"')
    show(page, frames(look={"theme": "light", "narrow": False}), 2009)
    page.click("[data-theme-switch]")
    assert page.evaluate("[document.documentElement.dataset.theme, localStorage.theme, toast.textContent]") == [
        "dark",
        "dark",
        "",
    ]
    looks = "props.filter(([id]) => id.type === 'choice').map(([, { data }]) => data.look)"
    assert page.evaluate(f"[document.cookie, {looks}]") == ["look=dark", [{"theme": "dark", "narrow": False}]]
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); }; }")
    page.click("[data-theme-switch]")
    assert page.evaluate("[document.documentElement.dataset.theme, toast.textContent]") == ["light", "Not kept"]


def test_forced_contrast_has_the_systems_theme(open_script: OpenScript, page: Page) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    open_script("", root='data-theme="light"')
    assert page.get_attribute("html", "data-theme") == "dark"


def test_menus_open_one_at_a_time_and_close_with_escape(open_script: OpenScript) -> None:
    menu = '<details class="menu"><summary>{0}</summary><div class="items"><button>{0}1</button><button>{0}2</button></div></details>'
    page = open_script(menu.format("a") + menu.format("b"))
    page.click("summary >> nth=0")
    page.click("summary >> nth=1")
    assert until(page, "document.querySelectorAll('details[open]').length === 1")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == "b1"
    page.keyboard.press("Escape")
    assert page.evaluate("[document.querySelectorAll('details[open]').length, document.activeElement.textContent]") == [
        0,
        "b",
    ]


@pytest.mark.usefixtures("stopped_clock")
def test_a_change_is_said_once_when_it_rests(open_script: OpenScript, page: Page) -> None:
    open_script('<p id="announcement" role="status" data-announces="said"></p>')
    page.evaluate(
        "window.said = []; new MutationObserver(() => said.push(announcement.textContent)).observe(announcement, { childList: true, characterData: true, subtree: true })"
    )
    text = frames(texts={"said": [f"by {2000 + n}" for n in range(YEARS)]})
    show(page, text, 2009)
    page.clock.run_for(2000)
    for year in range(2008, 2000, -1):
        show(page, text, year)
        page.clock.run_for(100)
    page.clock.run_for(2000)
    show(page, text, 2001)
    page.clock.run_for(2000)
    assert page.evaluate("said") == ["by 2001"]


PLAY = """<button id="play" data-play="Play" data-pause="Pause" data-step="Next year"><i class="icon icon-play"></i><span class="unseen">Play</span></button>
<input id="filter-year" type="range" min="2000" max="2009"><p id="announcement" role="status" data-announces="said"></p>"""


@pytest.mark.usefixtures("stopped_clock")
def test_play_goes_through_the_years_once_and_is_said_at_its_end(open_script: OpenScript, page: Page) -> None:
    open_script(PLAY)
    page.evaluate(
        "window.said = []; new MutationObserver(() => said.push(announcement.textContent)).observe(announcement, { childList: true })"
    )
    show(page, frames(texts={"said": [f"by {2000 + n}" for n in range(YEARS)]}), 2009)
    page.evaluate("props.length = 0")
    page.click("#play")
    assert page.evaluate("[play.title, play.firstChild.className, play.innerText]") == [
        "Pause",
        "icon icon-pause",
        "Pause",
    ]
    page.clock.run_for(3000)
    assert page.evaluate("[props.at(-1)[1].value, history.length, location.search]") == [2006, 2, ""]
    page.clock.run_for(9000)
    assert page.evaluate("props.map(each => each[1].value)") == list(range(2000, 2010))
    assert page.evaluate("[play.title, said.length]") == ["Play", 0]  # back where it began: nothing new to say
    page.evaluate("show(text, 2006)")
    page.click("#play")
    page.clock.run_for(600)
    page.evaluate(
        "document.querySelector('#filter-year').dispatchEvent(new Event('input', { bubbles: true }))"
    )  # a hand on the slider
    page.clock.run_for(5000)
    assert page.evaluate("[props.at(-1)[1].value, play.title, said]") == [2007, "Play", ["by 2007"]]


@pytest.mark.usefixtures("stopped_clock")
def test_less_motion_is_one_year_a_press(open_script: OpenScript, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_script(PLAY)
    show(page, frames(), 2003)
    page.click("#play")
    page.clock.run_for(5000)
    assert page.evaluate("[play.title, props.map(each => each[1].value)]") == ["Next year", [2004]]


def test_the_first_text_goes_when_the_figures_are_there(open_script: OpenScript) -> None:
    page = open_script('<div id="first">94</div><div class="plot"><div class="dash-graph"></div></div>')
    show(page, frames(), 2009)
    page.wait_for_timeout(100)
    assert page.locator("#first").count() == 1
    page.evaluate(
        "document.querySelector('.dash-graph').innerHTML = '<div class=\"js-plotly-plot\"><svg class=\"main-svg\"></svg></div>'"
    )
    assert until(page, "!document.querySelector('#first')")
