"""What a person does with the filters, and what the page and its address say then."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Open, number, query, wait_ready


def test_the_page_opens_on_the_94(open_page: Open) -> None:
    page = open_page()
    shown = [number(page, tile) for tile in ("partnerships", "countries", "us-communities", "identified", "dated")]
    assert shown == [94, 31, 51, 68, 60]
    expect(page.locator("#headline-map")).to_contain_text("94 partnerships")
    assert query(page) == {}


def test_the_names_other_programs_rely_on(open_page: Open) -> None:
    page = open_page("?sample=1")
    for chart in ("map", "growth", "barriers"):
        assert page.locator(f"#chart-{chart} .js-plotly-plot").count() == 1
    boxes = page.locator("#filter-region input[type=checkbox]")
    assert "Western Asia" in [boxes.nth(at).get_attribute("value") for at in range(boxes.count())]
    radios = page.locator("#filter-basis input[type=radio]")
    assert [radios.nth(at).get_attribute("value") for at in range(radios.count())] == [
        "sci-2007",
        "documented",
    ]
    assert page.get_attribute("#filter-year", "aria-valuenow") == "2007"


def test_without_shares_the_barriers_card_has_no_graph(open_page: Open) -> None:
    page = open_page()
    assert page.locator("#chart-barriers .js-plotly-plot").count() == 0
    expect(page.locator("#card-barriers")).to_contain_text("Cited by respondents; no numbers were published.")


def test_the_year_by_arrow_keys(open_page: Open) -> None:
    page = open_page()
    page.focus("#filter-year")
    for _ in range(7):
        page.keyboard.press("ArrowLeft")
    wait_ready(page)
    assert page.get_attribute("#filter-year", "aria-valuenow") == "2000"
    assert number(page, "partnerships") == 36
    assert query(page) == {"year": ["2000"]}
    expect(page.locator("#headline-growth")).to_have_text(
        "By 2000: at least 36 partnerships, and up to 69 if every undated one had begun"
    )


def test_a_change_of_year_asks_the_server_for_nothing(open_page: Open) -> None:
    page = open_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.focus("#filter-year")
    for key in ("Home", "ArrowRight", "End", "ArrowLeft", "PageDown"):
        page.keyboard.press(key)
    wait_ready(page)
    assert asked == []


def test_a_change_of_region_is_one_request(open_page: Open) -> None:
    page = open_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.click("#filter-region label:has-text('Western Asia')")
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '26'")
    wait_ready(page)
    assert len(asked) == 1
    assert query(page) == {"region": ["Western Asia"]}


@pytest.mark.parametrize("by", ["pointer", "keyboard"])
def test_a_region_is_asked_for_when_somebody_comes_to_it_and_not_again_at_the_press(open_page: Open, by: str) -> None:
    page = open_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    region = page.locator("#filter-region label:has-text('Western Asia')")
    with page.expect_response("**/_dash-update-component"):
        region.hover() if by == "pointer" else page.focus("#filter-region input[value='Western Asia']")
    assert number(page, "partnerships") == 94
    region.click() if by == "pointer" else page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '26'")
    wait_ready(page)
    assert len(asked) == 1


def test_who_saves_data_is_asked_for_at_the_press(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page.goto(address)
    wait_ready(page)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.hover("#filter-region label:has-text('Western Asia')")
    page.hover("#filter-region label:has-text('Central Asia')")
    page.wait_for_timeout(200)
    assert asked == []
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '9'")
    assert len(asked) == 1


def test_what_was_shown_before_is_shown_again_without_a_request(open_page: Open) -> None:
    page = open_page()
    region = page.locator("#filter-region label:has-text('Western Asia')")
    seen: list[str] = []
    asked: list[Request] = []
    for _ in range(2):
        region.click()
        page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '26'")
        wait_ready(page)
        seen.append(page.inner_text("main"))
        region.click()
        page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '94'")
        wait_ready(page)
        if len(seen) == 1:
            page.on("request", lambda request: asked.append(request))
    assert seen[0] == seen[1] and asked == []


def test_regions_add_up_and_come_off(open_page: Open) -> None:
    page = open_page()
    for region, expected in (("Western Asia", 26), ("Central Asia", 35)):
        page.click(f"#filter-region label:has-text('{region}')")
        page.wait_for_function(f"document.querySelector('#kpi-partnerships').dataset.value === '{expected}'")
    assert query(page) == {"region": ["Western Asia", "Central Asia"]}
    page.click("text=All regions")
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '94'")
    assert query(page) == {}


def test_the_basis(open_page: Open) -> None:
    page = open_page()
    page.click("#filter-basis label:has-text('All documented')")
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '215'")
    assert [number(page, tile) for tile in ("countries", "dated")] == [44, 137]
    assert query(page) == {"basis": ["documented"]}
    assert page.get_attribute("#filter-year", "aria-valuemax") == "2026"


def test_a_country_from_the_list_opens_its_panel_and_escape_closes_it(open_page: Open) -> None:
    page = open_page()
    page.click(".ranks button:has-text('Türkiye')")
    expect(page.locator("#panel")).to_contain_text("Houston, TX – Istanbul")
    wait_ready(page)
    assert number(page, "partnerships") == 9
    assert page.locator("#panel a[href^=http]").count() > 0
    expect(page.locator("#panel")).to_contain_text("3 more counted by SCI, not yet identified")
    page.keyboard.press("Escape")
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '94'")
    expect(page.locator(".ranks")).to_be_visible()


def test_chips_take_off_one_choice_each_and_reset_all(open_page: Open) -> None:
    page = open_page("?country=TUR&state=TX&sample=1&year=2005")
    assert page.locator("#chosen .chip").count() == 3
    page.click("#chosen .chip:has-text('Texas')")
    page.wait_for_function("document.querySelectorAll('#chosen .chip').length === 2")
    page.click("#reset")
    page.wait_for_function("document.querySelectorAll('#chosen .chip').length === 0")
    wait_ready(page)
    assert query(page) == {}
    assert number(page, "partnerships") == 94


def test_state_and_survey_lists(open_page: Open) -> None:
    page = open_page("?sample=1")
    page.select_option("#filter-state", "TX")
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '5'")
    page.select_option("#filter-wave", "2018")
    expect(page.locator("#card-barriers .subline")).to_contain_text("SAMPLE survey 2018")
    assert query(page) == {"sample": ["1"], "state": ["TX"], "wave": ["2018"]}


def test_the_sample_is_switched_on_and_off_in_its_card(open_page: Open) -> None:
    page = open_page()
    page.click("text=Show with a sample survey")
    expect(page.locator("#headline-barriers .tag")).to_be_visible()
    expect(page.locator("#card-barriers .source")).to_contain_text("SAMPLE")
    page.wait_for_selector("#chart-barriers .js-plotly-plot")
    wait_ready(page)
    assert page.locator("#chart-barriers .barlayer .point").count() == 11
    page.click("text=Turn off the sample")
    expect(page.locator("#headline-barriers .tag")).to_be_hidden()
    assert query(page) == {}


def test_before_the_first_survey_the_card_says_so_and_leads_there(open_page: Open) -> None:
    page = open_page("?year=1990")
    expect(page.locator("#headline-barriers")).to_contain_text("No survey before 2006")
    page.click("text=Go to 2006")
    wait_ready(page)
    assert query(page) == {"year": ["2006"]}
    expect(page.locator("#headline-barriers")).to_contain_text("stood in the way in 2006")


def test_every_table_tab_has_the_rows_of_its_chart(open_page: Open) -> None:
    page = open_page("?year=2000&region=Western+Asia")
    for chart in ("map", "growth", "barriers", "countries"):
        page.click(f"#card-{chart} [data-tab=table]")
    assert page.locator("#card-growth tbody tr").count() == 29
    cells = page.locator("#card-countries tbody tr:first-child td").all_inner_texts()
    assert cells[0] == page.evaluate(
        "ipi.frames.current.list.names[ipi.frames.pick(ipi.frames.current.list.order, 28)[0]]"
    )
    page.click("#card-growth [data-tab=chart]")
    wait_ready(page)
    expect(page.locator("#chart-growth .js-plotly-plot")).to_be_visible()


def test_sources_open_as_a_list_of_links(open_page: Open) -> None:
    page = open_page("?country=TUR")
    page.click("#card-countries [data-sources]")
    expect(page.locator("#sources li").first).to_be_visible()
    assert page.locator("#sources a[href^=http]").count() >= 3
    page.keyboard.press("Escape")
    expect(page.locator("#sources")).to_be_hidden()
    assert number(page, "partnerships") == 9, "Escape closed the dialog, not the panel behind it"


def test_boxes_and_their_labels_can_both_be_pressed(open_page: Open) -> None:
    page = open_page()
    page.check("#filter-region input[value='Central Asia']")
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '9'")
    page.click("#filter-region label:has-text('Central Asia')")
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '94'")
    page.check("#filter-basis input[value=documented]")
    page.wait_for_function("document.querySelector('#kpi-partnerships').dataset.value === '215'")


def test_rows_of_the_list_that_are_out_of_sight_follow_the_year(open_page: Open) -> None:
    page = open_page("?basis=documented")
    assert page.evaluate("(list => list.scrollHeight > list.clientHeight)(document.querySelector('.ranks'))")
    for year in (1990, 2015):
        page.evaluate(f"ipi.page.year({year})")
        wait_ready(page)
        page.wait_for_function(
            """() => {
              const { list, first } = ipi.frames.current, at = ipi.page.at() - first, pick = packed => ipi.frames.pick(packed, at);
              const numbers = pick(list.numbers), wanted = pick(list.order).map(place => list.names[place] + numbers[place]);
              const rows = [...document.querySelectorAll(".ranks button")].map(row => row.children[0].textContent + row.children[1].textContent);
              return wanted.length > 40 && rows.join() === wanted.join();
            }""",
            timeout=5_000,
        )


def test_filters_behind_more_filters(open_page: Open) -> None:
    """Several values of one filter, by pointer and by keyboard; each is a chip, in the address, and taken off alone."""
    page = open_page("?region=Western+Asia")
    page.click(".more summary")
    page.click(".more button:has-text('Active')")
    page.wait_for_function("new URLSearchParams(location.search).get('status') === 'active'")
    wait_ready(page)
    active = number(page, "partnerships")
    assert 0 < active < 26
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).getAll('status').length === 2")
    wait_ready(page)
    assert query(page) == {"region": ["Western Asia"], "status": ["active", "inactive"]}
    assert number(page, "partnerships") >= active
    expect(page.locator(".more [aria-pressed=true]")).to_have_count(2)
    expect(page.locator("#card-barriers .subline")).to_contain_text("Not filtered by: Status when last reported")
    page.keyboard.press("Escape")
    expect(page.locator(".more[open]")).to_have_count(0)
    page.click("#chosen button:has-text('Active')")
    page.wait_for_function("new URLSearchParams(location.search).getAll('status').join() === 'inactive'")
    page.go_back()
    page.wait_for_function("new URLSearchParams(location.search).getAll('status').length === 2")
