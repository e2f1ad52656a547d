"""The stage on its own: without a server, under the policy that visitors get, as a file."""

from __future__ import annotations

import io
import time

from PIL import Image
from playwright.sync_api import Browser
from pptx import Presentation

from tests.browser.conftest import READY
from tests.browser.test_stage import LAST, at, text
from tests.serving import free_port, is_healthy, start


def test_without_a_server_the_whole_story_still_runs(browser: Browser) -> None:
    """One load, then the server is killed: the open page, a reload and the presenter's window all work."""
    port = free_port()
    server = start(port, DASHBOARD_WORKERS="1")
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 720})
    try:
        while not is_healthy(port):
            time.sleep(0.1)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}/present")
        page.wait_for_function("document.body?.dataset.kept === 'true' && document.body.dataset.preloaded === 'true'")
    finally:
        server.kill()
        server.communicate(timeout=30)
    assert not is_healthy(port)
    page.reload()
    page.wait_for_function(READY)
    page.wait_for_function("document.querySelector('.slide.on .copy').textContent.startsWith('Offline copy of')")
    assert str(time.gmtime().tm_year) in text(page, ".copy")
    for n in range(2, LAST + 1):
        page.keyboard.press("PageDown")
        page.wait_for_function(f"document.body.dataset.slide === '{n}' && {READY}")
        assert page.locator(".slide.on [data-plot] .main-svg").count() > 0 or n not in (3, 6)
    page.keyboard.press("r")
    page.click("#stage-regions button:has-text('Western Asia')")
    page.wait_for_function("location.search.includes('region=Western')")
    page.keyboard.press("Escape")  # there is nowhere to go
    assert at(page) == LAST
    with context.expect_page() as opened:
        page.keyboard.press("n")
    opened.value.wait_for_function(
        "document.body?.dataset.presenter !== undefined && document.body.dataset.ready === 'true'"
    )
    context.close()


def test_the_stage_keeps_to_the_security_policy(browser: Browser, address: str) -> None:
    """Worker, frames, figures and the presenter's window under the policy that visitors get."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.add_init_script("""const ask = navigator.wakeLock.request.bind(navigator.wakeLock);
      navigator.wakeLock.request = async kind => (window.isAwake = await ask(kind)); """)
    page.goto(f"{address}/present?slide=6")
    # functions instead of expressions: those would need eval, which the policy refuses
    page.wait_for_function("() => document.body?.dataset.kept === 'true' && document.body.dataset.ready === 'true'")
    assert page.locator(".slide.on .choroplethlayer path").count() > 100
    assert page.evaluate("() => [isAwake.type, isAwake.released]") == ["screen", False]
    page.keyboard.press("PageDown")
    with context.expect_page() as opened:
        page.keyboard.press("n")
    opened.value.wait_for_function(
        "() => document.body?.dataset.slide === '7' && document.body.dataset.ready === 'true'"
    )
    # the story as PowerPoint, with the map as it is drawn here
    page.wait_for_function("() => document.body.dataset.ahead === 'true'")
    with page.expect_download() as got:
        page.keyboard.press("s")
    made = list(Presentation(got.value.path()).slides)
    assert len(made) == LAST
    (picture,) = [shape for shape in made[5].shapes if shape.shape_type == 13]
    seen = Image.open(io.BytesIO(picture.image.blob)).convert("RGB")
    assert seen.width > 1800 and len(seen.getcolors(seen.width * seen.height) or []) > 100
    assert said == []
    context.close()
