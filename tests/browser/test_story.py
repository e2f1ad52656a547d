"""A story of one's own: collected, put in order, saved, loaded, presented; nobody else sees it."""

from __future__ import annotations

import io
import json
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

from tests.browser.axe import violations_with_open
from tests.browser.conftest import READY, Open


def collect(page: Page) -> None:
    page.click("[data-add-story=growth]")
    page.click("[data-add-story=map]")


def titles(page: Page) -> list[str]:
    return [field.input_value() for field in page.locator("#story li input").all()]


def test_views_are_collected_ordered_titled_and_presented(open_page: Open) -> None:
    page = open_page("?region=Western+Asia&year=2000")
    collect(page)
    expect(page.locator("#toast")).to_have_text("Added to your story")
    assert page.inner_text("#story-open").endswith("2")
    page.click("#story-open")
    assert violations_with_open(page, "#story") == []
    first, second = titles(page)
    page.locator("#story li").nth(0).locator("[data-move=down]").click()
    assert titles(page) == [second, first]
    page.locator("#story li input").nth(0).fill("Our region in 2000")
    page.locator("#story li textarea").nth(0).fill("Say hello")
    page.locator("#story li textarea").nth(0).blur()
    with page.expect_download() as got:
        page.click("[data-story=slides]")
    deck = Presentation(io.BytesIO(Path(got.value.path()).read_bytes()))
    slides = list(deck.slides)
    assert [slide.shapes.title.text_frame.text for slide in slides][:2] == ["Our region in 2000", first]
    assert any(shape.has_chart for slide in slides for shape in slide.shapes)
    assert "Say hello" in slides[0].notes_slide.notes_text_frame.text
    page.click("#story a:has-text('Present')")
    page.wait_for_function("document.body?.dataset.slides === '2' && document.body.dataset.ready === 'true'")
    assert page.inner_text(".slide.on h2") == "Our region in 2000"
    assert page.inner_text(".slide.on .at-year") == "2000"
    assert page.locator(".slide.on .choroplethlayer path").count() > 100
    page.keyboard.press("PageDown")
    page.wait_for_function(f"document.body.dataset.slide === '2' && {READY}")
    assert page.inner_text(".slide.on h2") == first


def present(page: Page, *entries: dict[str, str]) -> None:
    """The stage with these views as the story."""
    page.evaluate("entries => localStorage.setItem('story', JSON.stringify(entries))", list(entries))
    page.goto(page.evaluate("location.origin") + "/present?story=mine")
    page.wait_for_function(f"document.body?.dataset.slides === '{len(entries)}' && {READY}")


def test_a_talk_goes_on_when_another_tab_changes_the_story(open_page: Open) -> None:
    page = open_page()
    views = [{"chart": chart, "view": ""} for chart in ("map", "growth", "countries")]
    present(page, *views)
    page.evaluate("entries => localStorage.setItem('story', JSON.stringify(entries))", views[:1])
    for n in ("2", "3"):
        page.keyboard.press("PageDown")
        page.wait_for_function(f"document.body.dataset.slide === '{n}' && {READY}")
    assert "single partnership" in page.inner_text(".slide.on h2")
    with page.expect_download() as got:
        page.keyboard.press("s")
    assert len(Presentation(got.value.path()).slides) == 3


def test_in_the_file_only_what_powerpoint_cannot_draw_is_a_picture(open_page: Open) -> None:
    page = open_page()
    present(
        page, *({"chart": chart, "view": "?sample=1"} for chart in ("growth", "barriers", "pace", "openings", "map"))
    )
    with page.expect_download() as got:
        page.keyboard.press("s")
    kinds = [{shape.shape_type for shape in slide.shapes} for slide in Presentation(got.value.path()).slides]
    pictures, charts = [13 in each for each in kinds], [3 in each for each in kinds]
    assert (pictures, charts) == ([False, False, True, True, True], [True, True, False, False, False])


def test_years_of_one_story_are_not_those_of_the_next(open_page: Open) -> None:
    page = open_page()
    present(page, {"chart": "growth", "view": ""}, {"chart": "map", "view": ""})
    page.keyboard.press("ArrowDown")
    expect(page.locator(".slide.on .at-year")).to_have_text("2006")
    present(page, {"chart": "growth", "view": ""}, {"chart": "map", "view": ""})
    expect(page.locator(".slide.on .at-year")).to_have_text("2006")
    present(page, {"chart": "map", "view": "?year=1990"})
    expect(page.locator(".slide.on .at-year")).to_have_text("1990")


def test_under_a_title_of_ones_own_a_slide_without_a_figure_says_why(open_page: Open) -> None:
    page = open_page()
    present(page, {"chart": "regions", "view": "", "title": "By region"}, {"chart": "regions", "view": ""})
    assert page.inner_text(".slide.on h2") == "By region"
    assert page.inner_text(".slide.on .say") == "No answers by region"
    page.keyboard.press("PageDown")
    page.wait_for_function(f"document.body.dataset.slide === '2' && {READY}")
    assert page.inner_text(".slide.on h2") == "No answers by region"
    assert page.locator(".slide.on .say").is_hidden()


def test_a_story_goes_through_a_file_and_a_bad_one_loses_nothing(open_page: Open, tmp_path: Path) -> None:
    page = open_page("?year=1990")
    collect(page)
    page.click("#story-open")
    with page.expect_download() as got:
        page.click("[data-story=save]")
    file = tmp_path / "story.json"
    got.value.save_as(file)
    saved = json.loads(file.read_text(encoding="utf-8"))["story"]
    assert [(each["chart"], each["view"]) for each in saved] == [("growth", "?year=1990"), ("map", "?year=1990")]
    for content, what in [
        ("no json", "is no story"),
        (json.dumps({"story": [{"chart": "pie", "view": ""}]}), "no such chart"),
        (json.dumps({"story": [{"chart": "map", "view": "x"}]}), "must begin with a question mark"),
    ]:
        bad = tmp_path / "bad.json"
        bad.write_text(content, encoding="utf-8")
        page.set_input_files("#story-file", bad)
        expect(page.locator(".story-wrong")).to_contain_text(what)
        assert page.locator("#story li").count() == 2
    page.locator("#story li").nth(0).locator("[data-move=remove]").click()
    assert page.locator("#story li").count() == 1
    page.set_input_files("#story-file", file)
    expect(page.locator("#story li")).to_have_count(2)


def test_where_nothing_may_be_kept_it_says_so_and_still_makes_slides(open_page: Open, page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed'); } })")
    open_page("?year=2000")
    collect(page)
    expect(page.locator("#toast")).to_contain_text("does not keep anything")
    page.click("#story-open")
    assert len(titles(page)) == 2
    expect(page.locator(".story-unkept")).to_be_visible()
    expect(page.locator(".story-kept")).to_be_hidden()
    expect(page.locator("#story a:has-text('Present')")).to_be_hidden()
    with page.expect_download() as got:
        page.click("[data-story=slides]")
    assert len(Presentation(io.BytesIO(Path(got.value.path()).read_bytes())).slides) >= 2


def test_nothing_is_shared_between_visitors(browser: Browser, open_page: Open, address: str) -> None:
    collect(open_page())
    other = browser.new_context(bypass_csp=True)
    page = other.new_page()
    page.goto(f"{address}/present?story=mine")
    page.wait_for_function(READY)
    assert page.get_attribute("body", "data-slides") == "0"
    other.close()
