"""One card in a frame of another site: shown where the setting allows it, and nothing but cards."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import READY, Open
from tests.serving import free_port, serving

CARDS = ("map", "growth", "barriers", "countries")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Another site: its address and the folder of its pages."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", tmp_path
    server.shutdown()


def test_a_card_in_a_frame_and_nothing_else(page: Page, site: tuple[str, Path]) -> None:
    address, folder = site
    with serving(DASHBOARD_EMBED_SITES=address, DASHBOARD_WORKERS="1") as dashboard:
        frames = {"card": "/embed/growth?year=2000", "page": "/", "file": "/export/map.csv"}
        code = "".join(
            f'<iframe name="{name}" src="{dashboard}{path}" width=800 height=420></iframe>'
            for name, path in frames.items()
        )
        (folder / "index.html").write_text(code, encoding="utf-8")
        page.goto(address)
        card = page.frame(name="card")
        assert card is not None
        card.wait_for_function(READY)
        expect(page.frame_locator("[name=card]").locator("#headline-growth")).to_contain_text("By 2000")
        expect(page.frame_locator("[name=page]").locator("#card-map")).to_have_count(0)
        # a site that is not named
        other = address.replace("127.0.0.1", "localhost")
        page.goto(other)
        expect(page.frame_locator("[name=card]").locator("#card-growth")).to_have_count(0)


@pytest.mark.parametrize("chart", CARDS)
def test_a_card_alone(open_page: Open, page: Page, chart: str) -> None:
    page.set_viewport_size({"width": 800, "height": 440})
    open_page(f"embed/{chart}?country=TUR&year=2000")
    expect(page.locator(".card")).to_have_count(1)
    assert len(page.inner_text(f"#headline-{chart}")) > 5
    assert "SCI’s 94, 2000" in page.inner_text(".embed-foot")
    assert page.get_attribute(".embed-foot a", "href") is not None
    assert page.evaluate("document.querySelector('.embed-foot a').search") == "?country=TUR&year=2000"
    assert violations(page) == []
    page.click(f"#card-{chart} .source button")
    expect(page.locator("#sources li").first).to_be_visible()


def test_no_such_card(page: Page, address: str) -> None:
    reply = page.goto(f"{address}/embed/pie")
    assert reply is not None and reply.status == 404
