"""Large type for a meeting room: every page is read from the back row, and the choice stays."""

from __future__ import annotations

from tests.browser.conftest import Open, wait_look, wait_query

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
    wait_query(page, "?region=Western+Asia&room=1&year=2000")
    assert (
        page.locator("#headline-map").evaluate(
            "each => parseFloat(getComputedStyle(each).fontSize) * (each.currentCSSZoom || 1)"
        )
        > 24
    )
    assert page.locator("#headline-map").evaluate("each => each.getBoundingClientRect().height") > small
    # a map of another size is drawn a moment after the page has it, and a press in between would be beside the place
    wait_look(page)
    page.wait_for_function(
        """() => { const gd = document.querySelector('#chart-map .js-plotly-plot'), before = window.stood;
          window.stood = [gd.clientWidth, gd.clientHeight, ...gd._fullLayout.geo._subplot.projection([34, 39])].join();
          return window.stood === before; }""",
        polling=400,
    )
    spot = page.evaluate("""() => { const gd = document.querySelector('#chart-map .js-plotly-plot'); gd.scrollIntoView(); const box = gd.getBoundingClientRect();
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
