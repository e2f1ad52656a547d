"""One card in a frame of another site: shown where the setting allows it, and nothing but cards."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations, violations_with_open
from tests.browser.conftest import READY, Open
from tests.serving import serving

CARDS = ("map", "growth", "barriers", "countries")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Another site: its address and the folder of its pages."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", tmp_path
    server.shutdown()


# where the browser is when a page may not stand in a frame
REFUSED = "chrome-error://chromewebdata/"


# what waits ten seconds waits for ever, so that what comes did not wait
NO_LONG_WAIT = """(set => { window.setTimeout = (run, pause, ...more) => pause >= 10_000 ? 0 : set(run, pause, ...more);
  })(window.setTimeout.bind(window));"""


def address_of(page: Page, name: str) -> str:
    frame = page.locator(f"[name={name}]").element_handle().content_frame()
    assert frame is not None
    return frame.url


def test_a_card_in_a_frame_and_nothing_else(page: Page, site: tuple[str, Path]) -> None:
    address, folder = site
    page.add_init_script(NO_LONG_WAIT)
    with serving(DASHBOARD_EMBED_SITES=address, DASHBOARD_WORKERS="1") as dashboard:
        frames = {"card": "/embed/growth?year=2000", "page": "/", "file": "/export/map.csv"}
        # those that are looked at are in sight: the others are not painted
        code = f'<iframe name="narrow" src="{dashboard}/embed/map" width=400 height=420></iframe>'
        code += "".join(
            f'<iframe name="{name}" src="{dashboard}{path}" width=800 height=420></iframe>'
            for name, path in frames.items()
        )
        (folder / "index.html").write_text(code, encoding="utf-8")
        page.goto(address)
        card = page.frame(name="card")
        assert card is not None
        card.wait_for_function(READY)
        expect(page.frame_locator("[name=card]").locator("#headline-growth")).to_contain_text("By 2000")
        # a narrow one is on no phone: its figure waits for no touch
        expect(page.frame_locator("[name=narrow]").locator(".js-plotly-plot .main-svg").first).to_be_visible()
        assert address_of(page, "page") == REFUSED
        # a site that is not named
        other = address.replace("127.0.0.1", "localhost")
        page.goto(other)
        assert address_of(page, "card") == REFUSED


@pytest.mark.parametrize("chart", CARDS)
def test_a_card_alone(open_page: Open, page: Page, chart: str) -> None:
    page.set_viewport_size({"width": 800, "height": 440})
    open_page(f"embed/{chart}?country=TUR&year=2000")
    expect(page.locator(".card")).to_have_count(1)
    assert len(page.inner_text(f"#headline-{chart}")) > 5
    assert "SCI’s 94, 2000" in page.inner_text(".embed-foot")
    expect(page.locator("header.top, footer.foot")).to_have_count(0)
    assert page.evaluate("document.querySelector('.embed-foot a').search") == "?country=TUR&year=2000"
    assert violations(page) == []
    page.click(f"#card-{chart} .source button")
    expect(page.locator("#sources li").first).to_be_visible()


def test_a_card_alone_leads_out_and_is_used(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 440})
    open_page("embed/countries?country=TUR&year=2000")
    expect(page.locator("#headline-countries")).to_have_text("Türkiye")
    # what it leads to opens beside the page that it stands in
    with page.expect_popup() as opened:
        page.click("#card-countries .about")
    assert opened.value.url.endswith("/sources?country=TUR&year=2000#counted-countries")
    opened.value.close()
    page.click("[data-clear=country]")
    expect(page.locator(".ranks button").first).to_be_visible()


def test_no_such_card(page: Page, address: str) -> None:
    reply = page.goto(f"{address}/embed/pie")
    assert reply is not None and reply.status == 404


# ---- the code
def open_code(page: Page) -> str:
    page.click("#card-growth .menu summary")
    page.click("#card-growth [data-take=embed]")
    return page.input_value("#embed textarea")


def test_code_to_embed(open_page: Open, page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    open_page("?year=2000")
    code = open_code(page)
    assert code.startswith("<iframe ")
    # whoever sees the card there sees it in this language
    assert f'src="{address}/embed/growth?year=2000&amp;lang=en"' in code
    assert f'title="{page.inner_text("#headline-growth")}"' in code
    expect(page.locator("#embed")).to_contain_text("DASHBOARD_EMBED_SITES")
    assert violations_with_open(page, "#embed") == []
    page.click("#embed [data-take=code]")
    expect(page.locator("#embed [role=status]")).to_have_text("Code copied")
    assert page.evaluate("navigator.clipboard.readText()") == code
    page.keyboard.press("Escape")
    expect(page.locator("#embed")).to_be_hidden()


def test_code_is_copied_without_the_clipboard_of_secure_pages(open_page: Open, page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    open_page()
    code = open_code(page)
    page.click("#embed [data-take=code]")
    expect(page.locator("#embed [role=status]")).to_have_text("Code copied")
    selected = "document.querySelector('#embed textarea').value.slice(0, document.querySelector('#embed textarea').selectionEnd)"
    assert page.evaluate(selected) == code
    page.evaluate("document.execCommand = () => false")
    page.click("#embed [data-take=code]")
    expect(page.locator("#embed [role=status]")).to_contain_text("Not copied")
