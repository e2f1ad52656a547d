"""The survey's page: what a person does with it, on a screen, a phone and paper."""

from __future__ import annotations

import io
import json
import re

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import in_both_themes
from tests.browser.conftest import Open, query, wait_look, wait_query, wait_ready, wait_year
from tests.browser.sheets import texts_of


@pytest.fixture
def open_barriers(open_page: Open) -> Open:
    """Opens the survey's page: open_barriers("?sample=1")."""
    return lambda search="": open_page(f"barriers{search}")


def test_what_was_published_and_what_would_be_there(open_barriers: Open) -> None:
    page = open_barriers()
    assert page.locator("#card-barriers .themes li:visible").count() == 8
    for name in ("regions", "waves", "others"):
        expect(page.locator(f"#card-{name}")).to_be_hidden()
    expect(page.locator(".shelf article")).to_have_count(8)
    page.focus(".waiting button")
    page.keyboard.press("Enter")
    wait_query(page, "?sample=1")
    expect(page.locator(".waiting")).to_be_hidden()
    for name in ("barriers", "regions", "waves", "others"):
        expect(page.locator(f"#headline-{name}")).to_have_text(re.compile(r"^\s*SAMPLE"))
        expect(page.locator(f"#card-{name} .source button")).to_have_accessible_name(re.compile("^SAMPLE"))
        expect(page.locator(f"#chart-{name} .annotation-text")).not_to_have_count(0)
    page.click(".sample-lead button")
    wait_query(page, "")
    expect(page.locator(".waiting")).to_be_visible()


def test_what_shares_are_of_is_one_question_for_all_figures(open_barriers: Open, questions: list[str]) -> None:
    page = open_barriers("?sample=1")
    before = len(questions)
    expect(page.locator("[data-set='base=answered']")).to_have_attribute("aria-pressed", "true")
    page.focus(".base-switch [data-set='base=asked']")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('base=asked')")
    wait_ready(page)
    for name in ("barriers", "regions", "others"):
        assert "all who were asked" in page.inner_text(f"#card-{name} .subline")
    assert len(questions) == before + 1
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("!location.search.includes('base=')")
    wait_ready(page)
    assert "all who were asked" not in page.inner_text("#card-barriers .subline")


def test_the_year_takes_away_later_surveys_without_a_question(open_barriers: Open, questions: list[str]) -> None:
    page = open_barriers("?sample=1&basis=documented")
    before = len(questions)
    drawn = page.inner_text("#regions")
    page.focus("#filter-year")
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    wait_year(page, 2014)
    assert "2010" in page.inner_text("#card-regions .subline")
    page.wait_for_function(f"document.querySelector('#regions').innerText !== {json.dumps(drawn)}")
    page.keyboard.press("Home")
    wait_year(page, 1972)
    expect(page.locator("#card-regions")).to_be_hidden()
    page.keyboard.press("End")
    wait_year(page, 2026)
    page.wait_for_function(f"document.querySelector('#regions').innerText === {json.dumps(drawn)}")
    assert len(questions) == before


def test_a_survey_is_chosen_and_back_takes_it_away(open_barriers: Open) -> None:
    page = open_barriers("?sample=1&basis=documented")
    newest = page.inner_text("#card-barriers .subline")
    wave = page.locator("#filter-wave option").last.get_attribute("value") or ""
    page.select_option("#filter-wave", wave)
    page.wait_for_function(f"new URLSearchParams(location.search).get('wave') === {json.dumps(wave)}")
    wait_ready(page)
    assert page.inner_text("#card-barriers .subline") != newest
    page.go_back()
    page.wait_for_function("!location.search.includes('wave')")
    wait_ready(page)
    expect(page.locator("#card-barriers .subline")).to_have_text(newest)
    assert query(page)["sample"] == ["1"]


def test_what_may_not_be_shown_says_why(open_barriers: Open) -> None:
    page = open_barriers("?sample=1&basis=documented&state=TX")
    assert "would not stay private" in page.inner_text("#card-regions")
    page = open_barriers("?sample=1&basis=documented&region=Southern+Europe")
    expect(page.locator("#card-regions .icon-lock")).to_be_visible()
    expect(page.locator("#chart-regions")).to_be_hidden()


def test_the_table_of_a_card_by_keyboard(open_barriers: Open) -> None:
    page = open_barriers("?sample=1&basis=documented")
    page.focus("#card-regions [data-tab='table']")
    page.keyboard.press("Enter")
    expect(page.locator("#table-regions tbody tr").first).to_be_visible()
    expect(page.locator("#table-regions")).to_contain_text("hidden")
    expect(page.locator("#chart-regions")).to_be_hidden()


@pytest.mark.parametrize(("size", "is_landscape"), [("Letter", False), ("A4", True)])
def test_on_paper_everything_is_said_and_no_control(open_barriers: Open, size: str, *, is_landscape: bool) -> None:
    page = open_barriers("?sample=1")
    if is_landscape:
        # from a dark screen as from a light one
        page.click("[data-theme-switch]")
        page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
        wait_look(page)
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(format=size, landscape=is_landscape, print_background=True)))
    text = " ".join(" ".join(texts_of(pdf)).split())
    for control in ("Show what was published", "Turn off the sample", "Copy link", "all asked", "Table"):
        assert control not in text
    # the sentence of the panel of hidden regions, to its end
    assert "Their answers count in the total." in text
    assert "8 other surveys" in text


def on_paper(page: Page) -> None:
    """The page as it is laid out for paper, with its figures drawn at the size they get there."""
    page.set_viewport_size({"width": 690, "height": 1000})
    page.evaluate(
        """() => {
          document.documentElement.dataset.print = "";
          for (const gd of document.querySelectorAll(".js-plotly-plot"))
            if (gd.clientWidth)
              Plotly.react(gd, gd.data, { ...gd.layout, width: gd.clientWidth, height: gd.clientHeight });
        }"""
    )


OVERLAPS = """graph => {
  const boxes = [...document.querySelectorAll(`#${graph} :is(.textpoint text, .ytick text, .annotation-text)`)]
    .filter(node => node.textContent.trim() && node.textContent !== "SAMPLE")
    .map(node => [node.textContent, node.getBoundingClientRect()]);
  const place = document.getElementById(graph).getBoundingClientRect();
  const found = boxes.filter(([, box]) => box.left < place.left - 1 || box.right > place.right + 1).map(([text]) => text);
  for (const [at, [text, a]] of boxes.entries())
    for (const [other, b] of boxes.slice(at + 1))
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) found.push([text, other]);
  return found;
}"""


@pytest.mark.parametrize("query", ["?sample=1", "?sample=1&basis=documented"])
def test_no_word_lies_over_another_on_paper_or_screen(query: str, open_barriers: Open) -> None:
    page = open_barriers(query)
    assert {name: page.evaluate(OVERLAPS, name) for name in ("regions", "waves", "others")} == {
        "regions": [],
        "waves": [],
        "others": [],
    }
    on_paper(page)
    expect(page.locator("#chart-waves")).to_be_hidden()
    for name in ("barriers", "regions", "others", "waves-paper"):
        assert page.evaluate(OVERLAPS, name) == [], name


def test_a_phone_has_every_figure_and_the_page_does_not_scroll_sideways(open_barriers: Open, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_barriers("?sample=1&basis=documented")
    page.mouse.wheel(0, 40)
    page.wait_for_function("document.querySelector('#waves .js-plotly-plot')?.data?.length > 0")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(OVERLAPS, "waves") == []


def test_accessible_in_both_themes(open_barriers: Open) -> None:
    page = open_barriers("?sample=1&basis=documented")
    assert in_both_themes(page) == []
