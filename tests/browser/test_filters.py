"""What a person does with the filters, and what the page and its address say then."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open, number, query, table, wait_number, wait_query, wait_ready, wait_year

CARDS = ("map", "growth", "barriers", "countries")
MAP_AREA = "document.querySelectorAll('#map .choroplethlayer path')[60]"


def test_the_page_opens_on_the_94_by_one_question(open_page: Open, questions: list[str]) -> None:
    page = open_page()
    shown = [number(page, tile) for tile in ("partnerships", "countries", "us-communities", "identified", "dated")]
    assert shown == [94, 31, 51, 68, 60]
    expect(page.locator("#headline-map")).to_contain_text("94 partnerships")
    expect(page.locator(".ranks button")).to_have_count(31)
    expect(page.locator(".ranks .name").first).to_have_text("Nigeria")
    # the text that stood in for the page until it was drawn
    expect(page.locator("#first")).to_have_count(0)
    assert query(page) == {}
    # the page itself is one question, and nothing is asked before something is chosen
    assert len(questions) == 1
    # without published shares there is no graph
    expect(page.locator("#chart-barriers .js-plotly-plot:visible")).to_have_count(0)
    expect(page.locator("#card-barriers")).to_contain_text("Cited by respondents; no numbers were published.")


def test_lists_of_states_and_surveys_and_the_names_other_programs_rely_on(open_page: Open) -> None:
    page = open_page("?sample=1")
    for chart in ("map", "growth", "barriers"):
        assert page.locator(f"#chart-{chart} .js-plotly-plot").count() == 1
    boxes = page.locator("#filter-region input[type=checkbox]")
    assert "Western Asia" in [boxes.nth(at).get_attribute("value") for at in range(boxes.count())]
    radios = page.locator("#filter-basis input[type=radio]")
    assert [radios.nth(at).get_attribute("value") for at in range(radios.count())] == ["sci-2007", "documented"]
    assert page.get_attribute("#filter-year", "aria-valuenow") == "2007"
    page.select_option("#filter-state", "TX")
    wait_number(page, 5)
    page.select_option("#filter-wave", "2018")
    expect(page.locator("#card-barriers .subline")).to_contain_text("SAMPLE survey 2018")
    wait_ready(page)
    assert query(page) == {"sample": ["1"], "state": ["TX"], "wave": ["2018"]}


def test_the_year_by_keys_asks_the_server_for_nothing(open_page: Open) -> None:
    page = open_page()
    asked: list[str] = []
    # a letter that no year had yet may need its font
    page.on("request", lambda request: asked.append(request.url) if "/fonts/" not in request.url else None)
    page.focus("#filter-year")
    for key, year in (("Home", 1972), ("ArrowRight", 1973), ("End", 2007), ("ArrowLeft", 2006)):
        page.keyboard.press(key)
        wait_year(page, year)
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    wait_year(page, 2000)
    wait_query(page, "?year=2000")
    assert page.get_attribute("#filter-year", "aria-valuenow") == "2000"
    assert number(page, "partnerships") == 36
    expect(page.locator("#headline-growth")).to_have_text(
        "By 2000: at least 36 partnerships, and up to 69 if every undated one had begun"
    )
    assert asked == []


def test_a_change_of_region_is_one_request_and_keeps_the_map(open_page: Open) -> None:
    page = open_page()
    page.evaluate(f"() => {{ window.drawnArea = {MAP_AREA} }}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.click("#filter-region label:has-text('Western Asia')")
    wait_number(page, 26)
    callback = page.url.split("?")[0] + "_dash-update-component"
    # a callback says the language of its page, which its answer is in
    assert [url for url in asked if "/fonts/" not in url] == [f"{callback}?lang=en"]
    assert query(page) == {"region": ["Western Asia"]}
    assert page.evaluate("document.contains(window.drawnArea)")
    expect(page.locator("[data-clear=region]")).to_have_attribute("aria-pressed", "false")
    # what was shown before is shown again
    seen = [page.inner_text("main")]
    for expected in (94, 26, 94):
        page.click("#filter-region label:has-text('Western Asia')")
        wait_number(page, expected)
        seen.append(page.inner_text("main"))
    assert seen[:2] == seen[2:]


def test_regions_add_up_and_come_off(open_page: Open) -> None:
    page = open_page()
    for region, expected in (("Western Asia", 26), ("Central Asia", 35)):
        page.click(f"#filter-region label:has-text('{region}')")
        wait_number(page, expected)
    assert query(page) == {"region": ["Western Asia", "Central Asia"]}
    # two presses before an answer comes are both meant
    for region in ("Western Asia", "Northern Africa"):
        page.click(f"#filter-region label:has-text('{region}')")
    wait_query(page, "?region=Northern+Africa&region=Central+Asia")
    page.click("text=All regions")
    wait_number(page, 94)
    assert query(page) == {}
    # the boxes themselves can be pressed as well as their labels
    page.check("#filter-region input[value='Central Asia']")
    wait_number(page, 9)
    page.click("#filter-region label:has-text('Central Asia')")
    wait_number(page, 94)


def test_a_choice_that_is_taken_off_again_does_not_stay_lit(open_page: Open) -> None:
    """Regions go when a country outside of them is chosen; a second time the answer is the one that is shown."""
    page = open_page("?country=IRN")
    for region in ("Northern+Africa", "Central+Asia", "Central+Asia"):
        with page.expect_response("**/_dash-update-component**"):
            page.evaluate("query => dash_clientside.choice.ask(query)", f"?region={region}&country=IRN")
        expect(page.locator("#filter-region input:checked")).to_have_count(0)
        wait_query(page, "?country=IRN")
    page.evaluate("dash_clientside.choice.clear('country')")
    wait_query(page, "")


def test_the_basis(open_page: Open) -> None:
    page = open_page()
    page.click("#filter-basis label:has-text('All documented')")
    wait_number(page, 215)
    assert [number(page, tile) for tile in ("countries", "dated")] == [44, 137]
    assert query(page) == {"basis": ["documented"]}
    # who was at the last year stays there
    assert page.get_attribute("#filter-year", "aria-valuemax") == "2026"
    assert page.get_attribute("#filter-year", "aria-valuenow") == "2026"
    page.check("#filter-basis input[value=sci-2007]")
    wait_number(page, 94)
    page.check("#filter-basis input[value=documented]")
    wait_number(page, 215)


def test_a_country_from_the_list_opens_its_panel_with_its_sources_and_escape_closes_it(open_page: Open) -> None:
    page = open_page()
    page.click(".ranks button:has-text('Türkiye')")
    expect(page.locator("#panel")).to_contain_text("Houston, TX – Istanbul")
    wait_number(page, 9)
    expect(page.locator("#headline-countries")).to_have_text("Türkiye")
    expect(page.locator(".ranks")).to_be_hidden()
    assert page.locator("#panel a[href^=http]").count() > 0
    expect(page.locator("#panel")).to_contain_text("3 more counted by SCI, not yet identified")
    # sources open as a list of links
    page.click("#card-countries [data-sources]")
    expect(page.locator("#sources li").first).to_be_visible()
    assert page.locator("#sources a[href^=http]").count() >= 3
    page.keyboard.press("Escape")
    expect(page.locator("#sources")).to_be_hidden()
    assert number(page, "partnerships") == 9, "Escape closed the dialog, not the panel behind it"
    page.click("#card-map [data-sources]")
    expect(page.locator("#sources li").first).to_be_visible()
    page.click("#sources [data-close]")
    expect(page.locator("#sources")).to_be_hidden()
    page.keyboard.press("Escape")
    wait_number(page, 94)
    assert query(page) == {}
    expect(page.locator(".ranks")).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()


def test_chips_take_off_one_choice_each_and_reset_all(open_page: Open) -> None:
    page = open_page("?country=TUR&state=TX&sample=1&year=2005")
    chips = page.locator("#chosen .chip")
    expect(chips).to_have_count(3)
    page.click("#chosen .chip:has-text('Texas')")
    expect(chips).to_have_count(2)
    page.click("#reset")
    expect(chips).to_have_count(0)
    wait_query(page, "")
    assert number(page, "partnerships") == 94


def test_the_sample_is_switched_on_and_off_in_its_card(open_page: Open) -> None:
    page = open_page()
    page.click("text=Show with a sample survey")
    expect(page.locator("#headline-barriers .tag")).to_be_visible()
    expect(page.locator("#card-barriers .source")).to_contain_text("SAMPLE")
    expect(page.locator("#chart-barriers .barlayer .point")).to_have_count(11)
    page.click("text=Turn off the sample")
    expect(page.locator("#headline-barriers .tag")).to_be_hidden()
    wait_ready(page)
    assert query(page) == {}


def test_before_the_first_survey_the_card_says_so_and_leads_there(open_page: Open) -> None:
    page = open_page("?year=1990")
    expect(page.locator("#headline-barriers")).to_contain_text("No survey before 2006")
    page.click("text=Go to 2006")
    wait_year(page, 2006)
    wait_query(page, "?year=2006")
    expect(page.locator("#headline-barriers")).to_contain_text("stood in the way in 2006")


def test_every_table_tab_has_the_rows_of_its_chart(open_page: Open) -> None:
    page = open_page("?year=2000&region=Western+Asia")
    first = page.locator(".ranks .name").first.inner_text()
    for chart in CARDS:
        page.click(f"#card-{chart} [data-tab=table]")
        expect(page.locator(f"#card-{chart} table")).to_be_visible()
    expect(page.locator("#chart-growth")).to_be_hidden()
    expect(page.locator("#card-growth tbody tr")).to_have_count(29)
    expect(page.locator("#card-countries tbody tr:first-child td, #card-countries tbody tr:first-child th").first).to_have_text(first)  # fmt: skip
    page.click("#card-growth [data-tab=chart]")
    wait_ready(page)
    expect(page.locator("#chart-growth .js-plotly-plot")).to_be_visible()


def test_rows_of_the_list_that_are_out_of_sight_follow_the_year(open_page: Open) -> None:
    page = open_page("?basis=documented")
    assert page.evaluate("(list => list.scrollHeight > list.clientHeight)(document.querySelector('.ranks'))")
    for year in (1990, 2015):
        page.locator("#filter-year").fill(str(year))
        wait_year(page, year)
        rows = table("countries", f"?basis=documented&year={year}")
        counts = {row["country"]: row["partnerships"] for row in rows}
        assert len(rows) > 40
        shown = page.evaluate(
            "[...document.querySelectorAll('.ranks button')].map(row => [row.children[0].textContent, row.children[1].textContent])"
        )
        assert [name for name, _ in shown] == [row["country"] for row in rows]
        # the lower number where there is a range
        assert [re.split(r"\D", count)[0] for _, count in shown] == [counts[name] for name, _ in shown]


def test_filters_behind_more_filters(open_page: Open) -> None:
    """Several values of one filter, by pointer and by keyboard; each is a chip, in the address, and taken off alone."""
    page = open_page("?region=Western+Asia")
    page.click(".more summary")
    page.click(".more button:has-text('Active')")
    wait_query(page, "?region=Western+Asia&status=active")
    active = number(page, "partnerships")
    assert 0 < active < 26
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_query(page, "?region=Western+Asia&status=active&status=inactive")
    assert number(page, "partnerships") >= active
    expect(page.locator(".more [aria-pressed=true]")).to_have_count(2)
    expect(page.locator("#card-barriers .subline")).to_contain_text("Not filtered by: Status when last reported")
    page.keyboard.press("Escape")
    expect(page.locator(".more[open]")).to_have_count(0)
    page.click("#chosen button:has-text('Active')")
    wait_query(page, "?region=Western+Asia&status=inactive")
    page.go_back()
    wait_query(page, "?region=Western+Asia&status=active&status=inactive")
