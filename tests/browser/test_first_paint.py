"""What is there before Dash is: the page as it will be, and controls that work."""

from __future__ import annotations

import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import Open, wait_ready

# elements with their classes and texts, without what only Dash or only the browser's own radio buttons need
SHAPE = """id => {
  const plain = n => n.nodeType === 3 ? n.data.trim() : [n.tagName, n.className, n.type ?? "", n.value ?? "", n.checked ?? "", n.hidden, ...[...n.childNodes].map(plain)];
  return JSON.stringify(plain(document.getElementById(id)));
}"""
CONTROLS = ("filter-basis", "filter-region", "filter-state", "filter-wave")
QUERY = "?region=Western+Asia&state=TX&basis=documented"


def hold_dash(page: Page) -> list[Route]:
    """Dash's scripts do not come until they are let through."""
    held: list[Route] = []
    page.route("**/platform/**", lambda route: held.append(route))
    return held


def let_through(held: list[Route]) -> None:
    for route in held:
        route.continue_()


def test_controls_look_as_dash_will_make_them(page: Page, address: str) -> None:
    held = hold_dash(page)
    page.goto(f"{address}/{QUERY}", wait_until="commit")
    page.wait_for_selector("#chart-map .main-svg", state="attached")
    before = [page.evaluate(SHAPE, name) for name in CONTROLS]
    page.locator("#filter-state").focus()
    let_through(held)
    wait_ready(page)
    assert [page.evaluate(SHAPE, name) for name in CONTROLS] == before
    assert page.evaluate("document.activeElement.id") == "filter-state"


def test_half_a_page_is_not_painted(page: Page, address: str) -> None:
    """A document that comes in two halves is painted once, when all of the page is there."""
    with urllib.request.urlopen(address) as reply:
        whole = reply.read()
    # its files are asked for where they are
    whole = whole.replace(b"</title>", f'</title><base href="{address}/">'.encode(), 1)
    half, pause = whole.index(b'id="react-entry-point"') // 2, 1.5

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(whole[:half])
            self.wfile.flush()
            time.sleep(pause)
            self.wfile.write(whole[half:])

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            page.wait_for_function("performance.getEntriesByName('first-paint').length")
        finally:
            server.shutdown()
    assert page.evaluate("performance.getEntriesByName('first-paint')[0].startTime") >= 1000 * pause


def test_figures_are_drawn_and_filters_work_before_dash_is_there(page: Page, address: str) -> None:
    held = hold_dash(page)
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#chart-growth .barlayer .point path", state="attached")
    page.locator("#filter-region label").filter(has_text="Western Asia").click()
    page.wait_for_function("document.querySelector('[data-text=\"tiles.partnerships.number\"]').textContent === '26'")
    page.locator("#filter-basis label").last.click()
    page.wait_for_function("location.search.includes('basis=documented')")
    assert held
    let_through(held)
    wait_ready(page)
    assert page.locator("#filter-region input:checked").count() == 1
    assert page.locator("#filter-basis input:checked").get_attribute("value") == "documented"


def test_without_scripts_the_page_says_its_numbers(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/?region=Western+Asia")
    assert page.locator('[data-text="tiles.partnerships.number"]').inner_text() == "26"
    assert page.locator(".no-script").is_visible()
    context.close()


def test_nothing_moves_when_dash_comes(open_page: Open) -> None:
    page = open_page()
    moved = page.evaluate(
        "() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().reduce((sum, each) => sum + each.value, 0))).observe({ type: 'layout-shift', buffered: true }) || setTimeout(() => done(0), 500))"
    )
    assert moved < 0.05


def drawn(page: Page, name: str) -> bool:
    return page.locator(f"[data-plot={name}] .main-svg").count() > 0


def test_on_a_phone_what_nobody_sees_waits_for_somebody(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page("?region=Western+Asia")
    assert drawn(page, "map") and not drawn(page, "growth")
    assert not page.evaluate("ipi.islands.isHere") and not page.evaluate("'React' in window")
    page.mouse.wheel(0, 300)
    page.wait_for_selector("[data-plot=growth] .barlayer .point path", state="attached")
    page.wait_for_function("ipi.islands.isHere")
    wait_ready(page)
    page.locator("#filter-basis label").last.click()
    page.wait_for_function("location.search.includes('basis=documented')")


def test_paper_has_the_figures_that_wait(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page()
    assert not drawn(page, "growth")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert drawn(page, "growth"), "printing waits for nothing"


def test_a_wide_screen_has_asked_for_what_figures_need_before_scripts_run(page: Page, address: str) -> None:
    page.route("**/site.*.js", lambda route: route.abort())
    with page.expect_request("**/plotly-cut*"), page.expect_request("**/map/world*"):
        page.goto(address, wait_until="commit")


def test_a_page_without_figures_does_not_ask_for_plotly(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/about")
    wait_ready(page)
    assert asked and not [url for url in asked if "plotly" in url or "/map/" in url]
