"""Takes the pictures of docs/images from a running dashboard on the shipped data.

python tools/screenshots.py             # all of them
python tools/screenshots.py ar- report  # those whose names begin so
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.serving import serving  # noqa: E402  (the path above makes it importable)
from tools.browser import READY, chromium, write_small  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DESK, PHONE, WIDE, STAGE = (1440, 900), (390, 844), (1920, 1080), (1280, 720)
# of a long page on a phone no more than this
LONGEST = 3400
# each in light, dark and on a phone
PAGES = {
    "barriers": "barriers?sample=1",
    "partnerships": "partnerships",
    "partnership": "partnerships/houston-tx--baku-aze",
    "opportunities": "opportunities",
    "programs": "programs",
    "state-list": "states",
    "state": "states/TX",
    "research": "research",
    "sources": "sources",
    "about": "about",
}
DRAWN = """[...document.querySelectorAll('.plot .dash-graph')].filter(each => each.checkVisibility())
  .every(each => each.querySelector('.main-svg'))"""
# name -> (address, size, theme)
PICTURES = {
    "stage-growth": ("present?slide=3", STAGE, "light"),
    "stage-94": ("present?slide=5", STAGE, "light"),
    "stage-map": ("present?slide=6", STAGE, "dark"),
    "stage-next": ("present?slide=9", STAGE, "dark"),
    "stage-presenter": ("present?presenter=1&slide=3", STAGE, "light"),
    "room": ("?room=1", DESK, "light"),
    "match": ("opportunities?community=4553433#card-match", DESK, "light"),
    "overview-light": ("", DESK, "light"),
    "overview-dark": ("", DESK, "dark"),
    "overview-2000": ("?year=2000", DESK, "light"),
    "overview-documented": ("?basis=documented", DESK, "light"),
    "turkey-panel": ("?country=TUR", DESK, "light"),
    "sample-survey": ("?sample=1", DESK, "light"),
    "states": ("?map=states", DESK, "dark"),
    "links": ("?map=links", DESK, "light"),
    "wide": ("?year=1998", WIDE, "light"),
    "phone": ("", PHONE, "light"),
    "phone-dark": ("?year=2000", PHONE, "dark"),
}
for page_name, page_address in PAGES.items():
    for look, page_size, page_theme in (("light", DESK, "light"), ("dark", DESK, "dark"), ("phone", PHONE, "light")):
        PICTURES[f"{page_name}-{look}"] = (page_address, page_size, page_theme)
# in each language a country where it is spoken, a slide, the overview on a desk and on a phone
COUNTRIES = {"ar": "MAR", "fr": "SEN", "ru": "KAZ", "tr": "TUR"}
for language, country in COUNTRIES.items():
    PICTURES[f"{language}-overview"] = (f"?lang={language}", DESK, "light")
    PICTURES[f"{language}-country"] = (f"?lang={language}&country={country}", DESK, "light")
    PICTURES[f"{language}-stage"] = (f"present?slide=6&lang={language}", STAGE, "light")
    PICTURES[f"{language}-phone"] = (f"?lang={language}", PHONE, "light")
PICTURES["report-light"] = ("report", DESK, "light")
PICTURES["report-phone"] = ("report?state=TX", PHONE, "light")


def main() -> None:
    """Writes every picture that is asked for, those of phones as long as they are, up to `LONGEST`."""
    wanted = tuple(sys.argv[1:])
    IMAGES.mkdir(parents=True, exist_ok=True)
    with serving() as address, chromium() as browser:
        for name, (query, size, theme) in PICTURES.items():
            if wanted and not name.startswith(wanted):
                continue
            take(browser, f"{address}/{query}", IMAGES / f"{name}.png", size=size, theme=theme)
            print(name)


def take(browser: Browser, address: str, file: Path, *, size: tuple[int, int], theme: str) -> None:
    """One picture, once every chart shows the selection."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(READY)
    page.wait_for_timeout(600)
    if size == PHONE:
        # figures of a phone are drawn once somebody is there, lists when they are near
        page.mouse.move(100, 200)
        for _ in range(8):
            page.mouse.wheel(0, 500)
            page.wait_for_timeout(200)
        page.wait_for_function(DRAWN)
        # rows out of sight are not painted, and of a long picture most are
        page.add_style_tag(content="* { content-visibility: visible !important; }")
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(300)
        tall = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
        picture = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": size[0], "height": tall})
    else:
        picture = page.screenshot()
    context.close()
    write_small(picture, file)


if __name__ == "__main__":
    main()
