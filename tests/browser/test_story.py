"""A story of one's own: collected, put in order, saved, loaded, presented; nobody else sees it."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, Page
from pptx import Presentation

from tests.browser.conftest import READY, Open, wait_ready


def collect(page: Page) -> None:
    page.click("[data-add-story=growth]")
    page.click("[data-add-story=map]")


def titles(page: Page) -> list[str]:
    return [field.input_value() for field in page.locator("#story li input").all()]


def test_views_are_collected_ordered_and_presented(open_page: Open) -> None:
    page = open_page("?region=Western+Asia&year=2000")
    collect(page)
    assert page.inner_text("#story-open").endswith("2")
    page.click("#story-open")
    first, second = titles(page)
    page.locator("#story li").nth(0).locator("button").nth(1).click()
    assert titles(page) == [second, first]
    page.locator("#story li input").nth(0).fill("Our region in 2000")
    page.locator("#story li textarea").nth(0).fill("Say hello")
    page.locator("#story li textarea").nth(0).blur()
    page.click("#story a:has-text('Present')")
    page.wait_for_function("document.body?.dataset.slides === '2' && document.body.dataset.ready === 'true'")
    assert page.inner_text(".slide.on h2") == "Our region in 2000"
    assert page.inner_text(".slide.on .at-year") == "2000"
    assert page.locator(".slide.on .choroplethlayer path").count() > 100
    page.keyboard.press("PageDown")
    wait_ready(page)
    assert page.inner_text(".slide.on h2") == first


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
    ]:
        bad = tmp_path / "bad.json"
        bad.write_text(content, encoding="utf-8")
        page.set_input_files("#story-file", bad)
        page.wait_for_function(f"document.querySelector('.story-wrong').textContent.includes({what!r})")
        assert page.locator("#story li").count() == 2
    page.locator("#story li").nth(0).locator("button").nth(2).click()
    assert page.locator("#story li").count() == 1
    page.set_input_files("#story-file", file)
    page.wait_for_function("document.querySelectorAll('#story li').length === 2")


def test_a_story_is_exported_with_titles_and_notes(open_page: Open, tmp_path: Path) -> None:
    page = open_page("?year=2000")
    collect(page)
    page.click("#story-open")
    page.locator("#story li input").nth(0).fill("How we grew")
    page.locator("#story li textarea").nth(0).fill("Tell them about 1972")
    page.locator("#story li textarea").nth(0).blur()
    with page.expect_download() as got:
        page.click("[data-story=slides]")
    file = tmp_path / "story.pptx"
    got.value.save_as(file)
    slides = list(Presentation(str(file)).slides)
    assert len(slides) == 2
    assert slides[0].shapes.title is not None
    assert slides[0].shapes.title.text == "How we grew"
    assert slides[0].notes_slide.notes_text_frame is not None
    assert slides[0].notes_slide.notes_text_frame.text.startswith("Tell them about 1972")
    assert any(shape.has_chart for shape in slides[0].shapes)


def test_nothing_is_shared_between_visitors(browser: Browser, open_page: Open, address: str) -> None:
    collect(open_page())
    other = browser.new_context(bypass_csp=True)
    page = other.new_page()
    page.goto(f"{address}/present?story=mine")
    page.wait_for_function(READY)
    assert page.get_attribute("body", "data-slides") == "0"
    other.close()


# every visible text of a page: those below 16 pixels, and those that are cut or stand outside
LEGIBLE = """() => { const small = [], cut = [], walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), room = +getComputedStyle(document.documentElement).getPropertyValue('--room');
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const holder = node.parentElement, range = document.createRange(); range.selectNodeContents(node);
    const box = range.getBoundingClientRect(), look = getComputedStyle(holder), words = node.textContent.trim();
    if (!words || !box.width || look.visibility === 'hidden' || holder.closest('.unseen,[hidden],details:not([open])')) continue;
    if (parseFloat(look.fontSize) * (holder.closest('.plot') ? room : holder.currentCSSZoom || 1) < 16) small.push(words);
    if (box.right > innerWidth + 1 || look.textOverflow === 'ellipsis' && holder.scrollWidth > holder.clientWidth + 1) cut.push(words);
  }
  return [small, cut]; }"""


def test_the_room_switch_keeps_filters_and_the_address(open_page: Open) -> None:
    page = open_page("?region=Western+Asia&year=2000")
    small = page.locator("#headline-map").evaluate("each => each.getBoundingClientRect().height")
    page.click(".room-switch")
    page.wait_for_function(
        "['region=Western+Asia', 'year=2000', 'room=1'].every(part => location.search.includes(part)) && document.body.dataset.ready === 'true'"
    )
    assert (
        page.locator("#headline-map").evaluate(
            "each => parseFloat(getComputedStyle(each).fontSize) * (each.currentCSSZoom || 1)"
        )
        > 24
    )
    assert page.locator("#headline-map").evaluate("each => each.getBoundingClientRect().height") > small
    spot = page.evaluate("""() => { const gd = document.querySelector('#chart-map [data-plot]'); gd.scrollIntoView(); const box = gd.getBoundingClientRect();
      const [x, y] = gd._fullLayout.geo._subplot.projection([34, 39]), k = box.width / gd.clientWidth; return [box.x + x * k, box.y + y * k]; }""")
    page.mouse.click(*spot)
    page.wait_for_function("location.search.includes('country=TUR') && location.search.includes('room=1')")
    page.click(".room-switch")
    page.wait_for_function("!location.search.includes('room') && location.search.includes('country=TUR')")
    # the same on every page that has it, on the smallest projector: large, and nothing cut that a pointer would show
    page.set_viewport_size({"width": 1280, "height": 720})
    for path in ("?year=2000&", "barriers?sample=1&", "opportunities?", "partnerships?", "states/TX?", "sources?"):
        open_page(f"{path}room=1")
        assert page.evaluate(LEGIBLE) == [[], []], path
