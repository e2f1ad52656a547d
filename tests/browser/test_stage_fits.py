"""Legible from the back row: what is measured on every slide, at every size of a projector."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import TWO_FRAMES, Open

SIZES = [(1024, 768), (1280, 720), (1366, 768), (1920, 1080), (3840, 2160)]
MEASURE = """() => {
  const slide = document.querySelector('.slide.on'), frame = slide.getBoundingClientRect(), found = { small: [], out: [], pale: [], cut: [] };
  const luminance = text => { const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = luminance(getComputedStyle(slide).backgroundColor);
  const walk = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const holder = node.parentElement, words = node.textContent.trim();
    if (!words || holder.closest('.unseen,[hidden],defs,style')) continue;
    const range = document.createRange(); range.selectNodeContents(node);
    const box = range.getBoundingClientRect(), look = getComputedStyle(holder);
    if (+look.opacity < .2 || holder.closest('[style*="opacity: 0.14"]')) continue; // the stamp across invented answers; a tag and the foot say it too
    if (!box.width || look.visibility === 'hidden' || look.display === 'none' || +look.opacity === 0) continue;
    if (holder.closest('svg') && [...function* () { for (let up = holder; up && up !== slide; up = up.parentElement) yield up; }()].some(up => getComputedStyle(up).opacity === '0' || getComputedStyle(up).display === 'none')) continue;
    const factor = holder.closest('.screen') ? +getComputedStyle(slide).getPropertyValue('--k') : 1;
    const size = parseFloat(look.fontSize) * factor / (innerHeight / 720 < innerWidth / 1024 ? innerHeight / 720 : innerWidth / 1024);
    if (size < 23.99) found.small.push([words, size]);
    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) found.out.push(words);
    const ink = luminance(holder.closest('svg') ? look.fill : look.color), contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (contrast < 7) found.pale.push([words, +contrast.toFixed(2)]);
  }
  for (const each of [slide, ...slide.querySelectorAll('.room,.room *,.sfoot,.sfoot *')]) {
    if (each.closest('svg,.screen,.unseen,[hidden]') || !each.clientWidth) continue;
    if (each.scrollHeight > each.clientHeight + 8 && getComputedStyle(each).overflowY !== 'visible' || each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== 'visible') found.cut.push(each.className + ' ' + each.textContent.slice(0, 30));
  }
  // nothing of the body reaches into the foot
  const foot = slide.querySelector('.sfoot').getBoundingClientRect();
  for (const each of slide.querySelectorAll('h2,p:not(.unseen),li,.keys,.key,.ranks button,.squares')) { const box = each.getBoundingClientRect(); if (box.height && box.bottom > foot.top + 1) found.cut.push('foot: ' + each.textContent.slice(0, 30)); }
  // no word of a term runs into what is said of it
  for (const term of slide.querySelectorAll('.steps li > b')) {
    const range = document.createRange(); range.selectNodeContents(term);
    const box = range.getBoundingClientRect(), said = term.nextElementSibling.getBoundingClientRect();
    if (box.right > said.left + 1 && box.left < said.right - 1) found.cut.push('over: ' + term.textContent);
  }
  const headline = slide.querySelector('h2'), head = parseFloat(getComputedStyle(headline).fontSize);
  return { ...found, head, scrolls: document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth, words: slide.innerText.length };
}"""

# what the story of the data does not show, as a visitor may collect it: (chart, view)
COLLECTED = [
    ("barriers", "?sample=1"),
    ("regions", "?sample=1"),
    ("waves", "?sample=1"),
    ("others", "?sample=1"),
    ("openings", ""),
    ("pace", "?target=200&by=2035"),
    ("barriers", "?sample=1&region=Western+Asia"),
    ("countries", "?basis=documented"),
    ("map", "?map=states"),
    ("map", "?map=links&year=2000"),
    ("growth", "?basis=documented"),
    ("coverage", ""),
    ("conflicts", ""),
    ("barriers", "?sample=1&region=Western+Asia&region=Southern+Asia&state=TX"),
]
PARTS = """() => ['.overlay .moving text', '.ytick text', '.scatterlayer .js-fill', '.overlay .year'].map(look => {
  const { width, height } = [...document.querySelectorAll('.slide.on ' + look)].at(-1).getBoundingClientRect(); return [width / innerHeight, height / innerHeight]; })"""
GO = """async n => { dash_clientside.stage.go(n); while (document.body.dataset.ready !== 'true') await new Promise(requestAnimationFrame); }"""


def measured(page: Page, slide: int, at: object = "") -> None:
    """Nothing of this slide is small, pale, cut or outside."""
    width, height = page.evaluate("[innerWidth, innerHeight]")
    page.evaluate(GO, slide)
    seen = page.evaluate(MEASURE)
    assert seen["words"] > 20, (slide, at)
    assert (seen["small"], seen["out"], seen["pale"], seen["cut"]) == ([], [], [], []), (slide, at, width)
    assert not seen["scrolls"], (slide, at, width)
    assert seen["head"] >= 44 * min(height / 720, width / 1024) - 0.01, (slide, at, width)


def sized(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(TWO_FRAMES)  # the page was told
    page.wait_for_function(f"document.querySelector('.slide')?.clientWidth === {size[0]}")
    page.wait_for_function("document.body?.dataset.ahead === 'true' && document.body.dataset.ready === 'true'")


@pytest.fixture(params=["light", "dark"])
def room(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, list[tuple[int, int]]]]:
    """A projector, and the sizes it is measured at. Both themes are, at sizes that differ most."""
    sizes = [size for size in SIZES if (size[0] in (1024, 1920)) is (request.param == "dark")]
    first = {"width": sizes[0][0], "height": sizes[0][1]}
    context = browser.new_context(bypass_csp=True, viewport=first, color_scheme=request.param)  # type: ignore[arg-type]
    yield context.new_page(), sizes
    context.close()


def test_every_slide_is_legible_and_whole(room: tuple[Page, list[tuple[int, int]]], address: str) -> None:
    page, sizes = room
    page.goto(f"{address}/present")
    shares = []
    for size in sizes:
        sized(page, size)
        for slide in range(1, int(page.get_attribute("body", "data-slides") or 0) + 1):
            measured(page, slide)
        page.evaluate(GO, 3)
        shares.append(page.evaluate(PARTS))
    assert slide == 16
    # letters, bars and lines keep their share of the height
    if sizes[0] == (1280, 720):
        for small, large in zip(shares[0], shares[-1], strict=True):
            assert small == pytest.approx(large, rel=0.05, abs=0.004)
    # sentences grow where less is known
    sized(page, sizes[0])
    for year in (1972, 1998):
        for slide in (3, 5, 6, 7, 9):
            page.evaluate(GO, slide)
            page.evaluate("year => dash_clientside.stage.setYear(year)", year)
            measured(page, slide, year)
            assert page.inner_text(".slide.on .at-year") == str(year)


@pytest.mark.parametrize("size", [(390, 844), (667, 375)])
def test_a_phone_shows_the_whole_list_of_countries(page: Page, address: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/present?slide=7")
    sized(page, size)
    assert page.locator(".slide.on .ranks button").count() == 31
    measured(page, 7)


def test_collected_views_are_legible_and_whole(room: tuple[Page, list[tuple[int, int]]], address: str) -> None:
    page, sizes = room
    story = json.dumps([{"chart": chart, "view": view} for chart, view in COLLECTED])
    page.add_init_script(f"localStorage.setItem('story', {story!r})")
    page.goto(f"{address}/present?story=mine")
    sized(page, sizes[0])
    assert page.get_attribute("body", "data-slides") == str(len(COLLECTED))
    for slide, each in enumerate(COLLECTED, 1):
        measured(page, slide, each)
        assert page.locator(".slide.on .tag").is_visible() is ("sample" in each[1]), each


# each language at one size: a walk through the slides takes two seconds
@pytest.mark.parametrize(
    ("language", "size"),
    [("ar", (1024, 768)), ("fr", (1280, 720)), ("ru", (1366, 768)), ("tr", (1920, 1080))],
)
def test_every_language_is_legible_and_whole(open_page: Open, page: Page, language: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(f"present?lang={language}")
    sized(page, size)
    assert page.evaluate("document.documentElement.lang") == language
    for slide in range(1, int(page.get_attribute("body", "data-slides") or 0) + 1):
        measured(page, slide, language)
    assert slide == 16
