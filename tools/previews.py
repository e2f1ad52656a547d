"""Takes the pictures that chat programs and social networks show beside a link: assets/previews/<page>.png.

python tools/previews.py

Each says what the page says first, how things are counted, where the numbers are from and when they were collected,
for a picture travels without its page.
"""

from __future__ import annotations

import base64
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.serving import serving  # noqa: E402  (the path above makes it importable)
from tools.browser import READY, chromium, write_small  # noqa: E402

PREVIEWS = ROOT / "assets" / "previews"
# what Open Graph and Twitter show without cutting
SIZE = {"width": 1200, "height": 630}
# as narrow as two columns can be: what is written in a figure is to be read in a preview, too
DESK = {"width": 1060, "height": 900}
ALONE = {"width": 760, "height": 420}
LARGEST = 120_000


@dataclass(frozen=True)
class Preview:
    """What is taken of a page: its `address`, the element whose text is the headline, the element that is shown, that
    whose text says what the numbers rest on. `alone` is the address of a figure without its page, which is drawn small,
    so that it can be read; `is_whole`: nothing of what is shown is cut off."""

    address: str
    headline: str
    shown: str
    source: str
    alone: str = ""
    is_whole: bool = False


PAGES = {
    "overview": Preview(
        "", "#headline-map [data-text]", "#chart-map", "#card-map .rests button", "embed/map", is_whole=True
    ),
    "barriers": Preview(
        "barriers",
        "#headline-barriers [data-text]",
        "#card-barriers .themes:not([hidden])",
        "#card-barriers .rests button",
        is_whole=True,
    ),
    "partnerships": Preview("partnerships", "#headline-registry", "#registry", "#card-registry .source"),
    "opportunities": Preview(
        "opportunities",
        "#headline-openings [data-text]",
        "#chart-openings",
        "#card-openings .rests button",
        "embed/openings",
        is_whole=True,
    ),
    "programs": Preview("programs", "#headline-menu", "#menu", "#card-menu .subline"),
    "states": Preview("states", "#headline-states", "#states", "#card-states .source"),
    "research": Preview("research", "#headline-board", "#board", "#card-board .source"),
    "sources": Preview(
        "sources", "#headline-coverage [data-text]", "#card-coverage table", "#card-coverage .rests button"
    ),
    "about": Preview("about", "#headline-about-purpose", "#card-about-purpose .body", ".page-source", is_whole=True),
}
# a slide is as wide as a preview, and says all of this itself
STAGE = "present?slide=2"

# the texts of elements
READ = """selectors => selectors.map(selector => selector &&
  (document.querySelector(selector)?.textContent.trim().replace(/\\s+/g, " ") ?? ""))"""
BRAND = (".brand b", ".brand span")
BASIS, COLLECTED = ".on-paper [data-text]", ".foot > span > span"
# what is there to be pressed
TOOLS = ".modes, .zoom { visibility: hidden }"

COMPOSED = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}"><head><link rel="stylesheet" href="{styles}"><style>
body{{margin:0;width:1200px;height:630px;display:flex;flex-direction:column;gap:18px;padding:40px 48px 30px;
  box-sizing:border-box;background:var(--page);color:var(--ink);overflow:hidden}}
.who{{font-size:24px;color:var(--ink-2)}} .who b{{color:var(--accent)}}
h1{{font:600 44px/1.18 var(--serif);margin:0;text-wrap:balance}}
figure{{flex:1;min-height:0;margin:0;padding:14px;background:var(--card);border:1px solid var(--line-2);
  border-radius:8px;overflow:hidden}}
figure img{{width:100%;height:100%;object-fit:{fit};object-position:{side} top;display:block}}
.foot{{font-size:20px;color:var(--ink-2);display:flex;justify-content:space-between;gap:24px;border:0;padding:0;
  background:none}}
.foot span:last-child{{white-space:nowrap}}
</style></head><body>
<div class="who"><b>{name}</b> · {organisation}</div><h1>{headline}</h1>
<figure><img src="{picture}" alt=""></figure>
<div class="foot"><span>{basis} {sources}</span><span>{collected}</span></div>
</body></html>"""


def main() -> int:
    """Writes every picture; 1 where one is larger than `LARGEST`."""
    PREVIEWS.mkdir(parents=True, exist_ok=True)
    wanted = set(sys.argv[1:])
    too_large = False
    with serving() as address, chromium() as browser:
        for name in [*PAGES, "present"]:
            if wanted and name not in wanted:
                continue
            picture = take_slide(browser, address) if name == "present" else take(browser, address, PAGES[name])
            file = PREVIEWS / f"{name}.png"
            write_small(picture, file)
            too_large |= file.stat().st_size > LARGEST
            print(name, file.stat().st_size)
    return int(too_large)


def take(browser: Browser, address: str, preview: Preview) -> bytes:
    """The picture of a page: its headline over the element that is shown, and what the numbers rest on."""
    with new_context(browser, DESK, scale=1.5) as context:
        page = open_page(context, f"{address}/{preview.address}")
        headline, name, organisation, basis, sources, collected = page.evaluate(
            READ, [preview.headline, *BRAND, BASIS, preview.source, COLLECTED]
        )
        root = page.evaluate("({language: document.documentElement.lang, direction: document.documentElement.dir})")
        styles = page.get_attribute("link[rel=stylesheet]", "href") or ""
        if preview.alone:
            page = open_page(context, f"{address}/{preview.alone}")
            page.set_viewport_size(ALONE)  # type: ignore[arg-type]
            page.wait_for_timeout(1000)
        page.add_style_tag(content=TOOLS)
        picture = page.locator(preview.shown).first.screenshot()
        texts = {
            "headline": headline,
            "name": name,
            "organisation": organisation,
            "basis": basis,
            "sources": sources,
            "collected": collected,
            **root,
            "styles": styles,
            "fit": "contain" if preview.is_whole else "cover",
            "side": "center" if preview.is_whole else "left",
            "picture": "data:image/png;base64," + base64.b64encode(picture).decode(),
        }
    with new_context(browser, SIZE) as context:
        page = context.new_page()
        # a page of the same server, so that its style sheet and fonts are found
        page.goto(f"{address}/robots.txt")
        page.set_content(COMPOSED.format(**{key: escape(text) for key, text in texts.items()}), wait_until="load")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(200)
        return page.screenshot()


def take_slide(browser: Browser, address: str) -> bytes:
    """The picture of the stage: one of its slides."""
    with new_context(browser, SIZE) as context:
        return open_page(context, f"{address}/{STAGE}").screenshot()


def open_page(context: BrowserContext, address: str) -> Page:
    """A page once every chart shows the selection, and nothing moves."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(READY)
    page.wait_for_timeout(1000)
    return page


def new_context(browser: Browser, size: dict[str, int], *, scale: float = 1) -> BrowserContext:
    """A window of this size that nobody used before; the policy of the pages would forbid to evaluate anything."""
    settings: dict[str, Any] = {"viewport": size, "device_scale_factor": scale}
    return browser.new_context(**settings, color_scheme="light", bypass_csp=True)


if __name__ == "__main__":
    sys.exit(main())
