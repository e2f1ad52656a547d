"""Legible from the back row: what is measured on every slide, in the browser, at every size of a projector."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

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
  const headline = slide.querySelector('h2'), head = parseFloat(getComputedStyle(headline).fontSize);
  return { ...found, head, scrolls: document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth, words: slide.innerText.length };
}"""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_slide_is_legible_and_whole(browser: Browser, address: str, size: tuple[int, int]) -> None:
    width, height = size
    # both themes are measured, at sizes that differ most
    theme = "dark" if width in (1024, 1920) else "light"
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/present")
    page.wait_for_function("document.body?.dataset.ahead === 'true'")
    count = int(page.get_attribute("body", "data-slides") or 0)
    assert count == 16
    unit = min(height / 720, width / 1024)
    for n in range(1, count + 1):
        page.evaluate("n => ipi.stage.go(n)", n)
        page.wait_for_function("document.body.dataset.ready === 'true'")
        seen = page.evaluate(MEASURE)
        assert seen["words"] > 20, n
        assert (seen["small"], seen["out"], seen["pale"], seen["cut"]) == ([], [], [], []), n
        assert not seen["scrolls"], n
        assert seen["head"] >= 44 * unit - 0.01, n
    context.close()


@pytest.mark.parametrize("year", [1972, 1998])
def test_other_years_fit_too(browser: Browser, address: str, year: int) -> None:
    """Sentences grow where less is known."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1024, "height": 768})
    page = context.new_page()
    page.goto(f"{address}/present")
    page.wait_for_function("document.body?.dataset.ready === 'true'")
    for n in (3, 5, 6, 7, 9):
        page.evaluate("([n, year]) => { ipi.stage.go(n); ipi.page.year(year); }", [n, year])
        page.wait_for_function("document.body.dataset.ready === 'true'")
        assert page.inner_text(".slide.on .at-year") == str(year)
        seen = page.evaluate(MEASURE)
        assert (seen["small"], seen["out"], seen["pale"], seen["cut"]) == ([], [], [], []), n
    context.close()


def test_figures_grow_with_the_canvas(browser: Browser, address: str) -> None:
    """Letters, bars and lines of the growth chart keep their share of the height."""
    shares = []
    for width, height in [(1280, 720), (3840, 2160)]:
        context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(f"{address}/present?slide=3")
        page.wait_for_function("document.body?.dataset.ready === 'true'")
        box = page.evaluate("""() => ['.overlay .label', '.ytick text', '.bars path', '.overlay .year'].map(look => {
          const { width, height } = [...document.querySelectorAll('.slide.on ' + look)].at(-1).getBoundingClientRect(); return [width / innerHeight, height / innerHeight]; })""")
        shares.append(box)
        context.close()
    for small, large in zip(*shares, strict=True):
        assert small == pytest.approx(large, rel=0.05, abs=0.004)
