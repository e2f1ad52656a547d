"""Everyone, on every page: larger text, contrast themes, names that screen readers tell apart, phones, paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import numpy as np
import pypdf
import pytest
from PIL import Image
from playwright.sync_api import BrowserType, Page, expect

from tests.browser.conftest import DRAWN, READY, Open, wait_look, wait_ready
from tests.browser.fits import TEXT_SPACING, faults_of_texts

Theme = Literal["light", "dark"]
PAGES = [
    "",
    "?country=TUR",
    "?sample=1",
    "?map=states&state=TX",
    "barriers",
    "barriers?sample=1",
    "partnerships",
    "partnerships/houston-tx--baku-aze",
    "opportunities?community=4553433",
    "programs",
    "states",
    "states/TX",
    "research",
    "sources",
    "about",
    "embed/growth",
]
STAGE = "present?slide=3"
DESK, PHONE, ZOOMED = (1440, 900), (390, 844), (320, 256)
# a small phone, or a desk of 1280 pixels at 400 %
NARROWEST = 320
# pixels of a text that asks for no size, which all others are measured by
USUAL, LARGE = 16, 24
SIZE_OF_TEXT = "getComputedStyle(document.documentElement).fontSize"


def see_all(page: Page) -> None:
    """Waits for all figures, of which a phone's are drawn once somebody is there."""
    page.keyboard.press("Shift")
    page.wait_for_function(DRAWN, polling=50)
    wait_ready(page)


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wait_look(page)


# buttons of one name
ALIKE = """() => {
  const name = each => each.ariaLabel
    ?? (each.getAttribute("aria-labelledby") ?? "").split(" ").map(id => document.getElementById(id)?.textContent.trim()).filter(Boolean).join(" ")
    ?? "";
  const named = each => name(each) || each.textContent.trim();
  const buttons = [...document.querySelectorAll("main :is(button, summary, a.button, a.about, a[download])")].filter(each => each.checkVisibility() && !each.closest("table"));
  const seen = {};
  for (const each of buttons) (seen[named(each)] ??= []).push(each);
  // two that do the same may be called the same
  const acts = ({ dataset: { set, clear } }) => set ?? clear;
  const isOne = all => all.every(each => acts(each) && acts(each) === acts(all[0]));
  return Object.entries(seen).filter(([, all]) => all.length > 1 && !isOne(all)).map(([said, all]) => `${said} (${all.length})`);
}"""
# those whose name has not in it what is written on them
UNLIKE = """() => [...document.querySelectorAll('main button[aria-label], main summary[aria-label]')].filter(each => {
  const said = each.innerText.trim(); return said && !each.ariaLabel.includes(said); }).map(each => each.ariaLabel)"""
MORE = ["?basis=documented&map=links", "programs?country=TUR", "research?region=Western+Asia"]


# ---- one visit of a page
# Everything that can change while a page is open is changed on one visit, for a visit costs more than most of these: the
# window, spaces in texts, their size, the system's colours, paper. What fails under one is told, and the next is tried.
@pytest.mark.parametrize("path", PAGES)
def test_everyone_has_all_of_a_page(open_page: Open, page: Page, subtests: pytest.Subtests, path: str) -> None:
    page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
    open_page(path)
    see_all(page)
    with subtests.test("a window of 320 pixels"):
        nothing_is_cut_at_the_narrowest(page)
    with subtests.test("spaces between letters, on a phone"), spaced_out(page):
        nothing_is_cut(page, PHONE)
    with subtests.test("larger text"), larger_text(page):
        for size in (PHONE, DESK):
            nothing_is_cut(page, size)
    with subtests.test("spaces between letters, at a desk"), spaced_out(page):
        nothing_is_cut(page, DESK)
    with subtests.test("names of buttons"):
        names_say_enough(page)
    system = system_of(path)
    with subtests.test("a contrast theme of the system", system=system), of_contrast(page, system):
        nothing_is_left_out(page, system)
    if not path.startswith("embed"):
        with subtests.test("paper, from the dark theme"):
            page.emulate_media(color_scheme="dark")
            wait_look(page)
            paper_is_light_and_whole(page, path)


@pytest.mark.parametrize("path", MORE)
def test_nothing_is_cut_covered_or_named_alike(open_page: Open, page: Page, path: str) -> None:
    page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
    open_page(path)
    see_all(page)
    nothing_is_cut_at_the_narrowest(page)
    with spaced_out(page):
        for size in (PHONE, DESK):
            nothing_is_cut(page, size)
    names_say_enough(page)


# ---- narrow screens, larger text, and names
def nothing_is_cut_at_the_narrowest(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == NARROWEST
    assert page.evaluate("() => { scrollBy({ left: 300, behavior: 'instant' }); return scrollX; }") == 0
    assert faults_of_texts(page) == []


def nothing_is_cut(page: Page, size: tuple[int, int]) -> None:
    resize(page, size)
    assert faults_of_texts(page) == [], size


def names_say_enough(page: Page) -> None:
    """Buttons alike say which figure they are of, and who speaks what is written on one is understood."""
    assert page.evaluate(ALIKE) == []
    assert page.evaluate(UNLIKE) == []


@contextmanager
def spaced_out(page: Page) -> Iterator[None]:
    style = page.add_style_tag(content=TEXT_SPACING)
    try:
        yield
    finally:
        style.evaluate("each => each.remove()")


@contextmanager
def larger_text(page: Page) -> Iterator[None]:
    """As who chooses a size of text in the settings of the browser, where it changes open pages."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": LARGE}})
    assert page.evaluate(SIZE_OF_TEXT) == f"{LARGE}px"
    try:
        yield
    finally:
        devtools.send("Page.setFontSizes", {"fontSizes": {"standard": USUAL}})


@pytest.fixture(scope="module")
def with_smallest_text(browser_type: BrowserType, browser_type_launch_args: dict[str, list[str]]) -> Iterator[Page]:
    """In a browser that draws no text below 18 pixels, which is a setting that no open page can be given."""
    args = [*browser_type_launch_args["args"], "--blink-settings=minimumFontSize=18"]
    own = browser_type.launch(**{**browser_type_launch_args, "args": args})  # type: ignore[arg-type]
    yield own.new_page(bypass_csp=True)
    own.close()


@pytest.mark.parametrize("path", [*PAGES, STAGE])
def test_nothing_is_cut_or_covered_where_no_text_is_small(with_smallest_text: Page, address: str, path: str) -> None:
    page = with_smallest_text
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.goto(f"{address}/{path}")
    page.wait_for_function(READY)
    for size in (DESK,) if path == STAGE else (DESK, PHONE):
        nothing_is_cut(page, size)


def test_nothing_of_the_stage_is_cut_or_covered_by_larger_text(open_page: Open) -> None:
    page = open_page(STAGE)
    with larger_text(page):
        nothing_is_cut(page, DESK)


def test_figures_are_magnified_with_the_text(open_page: Open) -> None:
    """Their letters are pixels of the server's, and a pointer still finds what is under it."""
    height = "() => document.querySelector('#growth .xtick text').getBoundingClientRect().height"
    page = open_page()
    usual = page.evaluate(height)
    with larger_text(page):
        # also where the page is opened with it
        open_page()
        assert page.evaluate(SIZE_OF_TEXT) == f"{LARGE}px"
        assert page.evaluate(height) == pytest.approx(1.5 * usual, rel=0.06)
        box = page.locator("#over").bounding_box()
        plot = page.locator(
            "#growth .cartesianlayer .plotbg, #growth .bglayer rect, #growth .nsewdrag"
        ).first.bounding_box()
        assert box is not None and plot is not None
        assert box == pytest.approx(plot, abs=1.5)


# ---- contrast themes
# whatever says something by its colour or shape alone
SIGNS = ", ".join(
    (
        *(".icon", ".u", ".units i", ".key i", ".marks i", ".squares i", ".legend i", ".chips label i", ".dots i"),
        *(".rail", ".done", ".bar", ".timeline li", ".themes li", "#filter-year"),
    )
)
SEEN_SIGNS = """selector => { const scrolls = each => each !== document.documentElement && (/auto|scroll/.test(getComputedStyle(each).overflowY) && each.scrollHeight > each.clientHeight + 1 || scrolls(each.parentElement));
  return [...document.querySelectorAll(selector)].filter(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !scrolls(each))
  .map(each => { const { x, y, width, height } = each.getBoundingClientRect();
    return { name: each.className + ' in ' + (each.closest('[id]')?.id ?? ''), x, y: y + scrollY, width, height }; })
  .filter(({ x, y, width, height }) => width > 2 && height >= 0.5 && x >= 0 && x + width <= innerWidth && y + height <= 4000); }"""
# texts of figures by the colour they are drawn in
INKS = """() => [...new Set([...document.querySelectorAll('.js-plotly-plot .xtick text, .js-plotly-plot .ytick text, .overlay text')]
  .filter(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true })).map(each => getComputedStyle(each).fill))]"""


def luminance(colour: Sequence[float]) -> float:
    parts = [part / 255 for part in colour[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def colour_of(css: str) -> tuple[int, ...]:
    return tuple(int(float(part)) for part in re.findall(r"[\d.]+", css)[:3])


def unseen_signs(page: Page) -> list[str]:
    """Signs whose place has one colour alone, or none that is seen on the ground of the page."""
    ground = colour_of(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    found = []
    for sign in page.evaluate(SEEN_SIGNS, SIGNS):
        left, top = int(sign["x"]), int(sign["y"])
        box = (left, top, left + max(int(sign["width"]), 1), top + max(round(sign["height"]), 1))
        counted = picture.crop(box).getcolors(100_000) or []
        colours = [colour for _, colour in counted if isinstance(colour, tuple)]
        # the palest class of places stands on its ground as it does in the usual themes
        if max((contrast(colour, ground) for colour in colours), default=1) < 1.2:
            found.append(sign["name"])
    return sorted(set(found))


def system_of(path: str) -> Theme:
    """Both of the system's, in turn: colours of either are those of the browser."""
    return "dark" if PAGES.index(path) % 2 else "light"


def keeps(system: Theme) -> str:
    """What leaves the other theme in the browser, as if it had been chosen there."""
    return f"localStorage.setItem('theme', '{'dark' if system == 'light' else 'light'}')"


@contextmanager
def of_contrast(page: Page, system: Theme) -> Iterator[None]:
    """The system of a visitor who chose the other theme here changes to one of contrast."""
    page.evaluate(keeps(system))
    page.emulate_media(forced_colors="active", color_scheme=system)
    wait_look(page)
    try:
        yield
    finally:
        page.evaluate("localStorage.removeItem('theme')")
        page.emulate_media(forced_colors="none")


def nothing_is_left_out(page: Page, system: Theme) -> None:
    assert page.evaluate("document.documentElement.dataset.theme") == system
    assert len(page.evaluate(SEEN_SIGNS, SIGNS)) > 0
    assert unseen_signs(page) == []
    ground = colour_of(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert ground == ((255, 255, 255) if system == "light" else (0, 0, 0))
    assert [ink for ink in page.evaluate(INKS) if contrast(colour_of(ink), ground) < 4.5] == []


@pytest.mark.parametrize(
    ("path", "system"), [("", "dark"), ("", "light"), ("present?slide=5", "light"), ("present?slide=6", "dark")]
)
def test_contrast_themes_leave_nothing_out_of_a_page_that_opens(
    open_page: Open, page: Page, path: str, system: Theme
) -> None:
    """Of the system, with the other theme kept by the browser."""
    page.add_init_script(keeps(system))
    page.emulate_media(forced_colors="active", color_scheme=system)
    open_page(path)
    nothing_is_left_out(page, system)


# ---- names, and what is said
def test_names_of_tools_name_their_figure(open_page: Open) -> None:
    page = open_page()
    expect(page.get_by_role("button", name="Table: Growth", exact=True)).to_have_count(1)
    expect(page.get_by_role("button", name="Full screen: Map", exact=True)).to_have_count(1)
    expect(page.locator("#card-growth [data-sources]")).to_have_accessible_name(re.compile("^Sources: .* Growth$"))


SAID = """() => { window.said = []; const place = document.getElementById('announcement');
  new MutationObserver(() => window.said.push(place.textContent)).observe(place, { childList: true, characterData: true, subtree: true }); }"""


def test_changes_are_announced_once(open_page: Open) -> None:
    page = open_page()
    place = page.locator("#announcement")
    expect(place).to_have_attribute("role", "status")
    page.evaluate(SAID)
    page.check("#filter-region input[value='Central Asia']", force=True)
    page.wait_for_function("said.length === 1")
    # three steps without a rest between them, however slow the machine
    page.evaluate(
        """() => { const slider = document.querySelector("#filter-year"); slider.focus();
          for (const _ of Array(3)) { slider.stepDown(); slider.dispatchEvent(new Event("input", { bubbles: true })); } }"""
    )
    page.wait_for_function("said.length === 2")
    year = int(page.get_attribute("#filter-year", "aria-valuenow") or "0")
    assert str(year) in page.evaluate("said[1]")
    page.click("#play")
    page.wait_for_function("said.length === 3")
    wait_ready(page)
    page.wait_for_timeout(1200)
    assert len(page.evaluate("said")) == 3
    assert page.evaluate("said[2]") == page.inner_text("#headline-map")


@pytest.mark.parametrize("path", ["barriers?sample=1", "partnerships", "states"])
def test_pages_without_a_map_are_announced_too(open_page: Open, path: str) -> None:
    page = open_page(path)
    page.evaluate(SAID)
    page.check("#filter-region input[value='Central Asia']", force=True)
    page.wait_for_function("said.length === 1")
    page.wait_for_timeout(1000)
    assert page.evaluate("said") == [page.inner_text("main .card h2 >> nth=0")]


# ---- phones
def test_the_link_to_a_state_is_beside_the_buttons_of_the_map(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    open_page("?map=states&state=TX")
    see_all(page)
    for width in (320, 360, 390, 600):
        resize(page, (width, 844))
        link = page.locator(".state-link").bounding_box()
        assert link is not None
        for other in page.locator("#card-map :is(.zoom, .modes) button").all():
            box = other.bounding_box()
            assert box is not None
            repel = (
                link["x"] + link["width"] <= box["x"]
                or box["x"] + box["width"] <= link["x"]
                or link["y"] + link["height"] <= box["y"]
                or box["y"] + box["height"] <= link["y"]
            )
            assert repel, (width, other.get_attribute("title"))
    page.click(".state-link")
    page.wait_for_url("**/states/TX*")


# ---- paper
SHEETS = [(size, is_wide) for size in ("Letter", "A4") for is_wide in (False, True)]
ON_PAPER = "() => { window.dispatchEvent(new Event('beforeprint')); }"
# bars over their numbers: a text of a figure that another of its texts is drawn over
OVERLAID = """() => [...document.querySelectorAll('.js-plotly-plot .main-svg')].filter(each => each.checkVisibility()).flatMap(drawing => {
  const texts = [...drawing.querySelectorAll('text')].filter(each => each.textContent.trim() && each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !/, 0\\)$/.test(getComputedStyle(each).fill) && getComputedStyle(each).fillOpacity > 0).map(each => ({ each, box: each.getBoundingClientRect() }));
  return texts.flatMap(({ each, box }, at) => texts.slice(at + 1).filter(({ box: other }) =>
    Math.min(box.right, other.right) - Math.max(box.left, other.left) > 2 && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 0.4 * Math.min(box.height, other.height))
    .map(other => `${each.textContent} and ${other.each.textContent}`)); })"""


def paper_is_light_and_whole(page: Page, path: str) -> None:
    """Also from the dark theme, whatever the sheet."""
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    for size, is_wide in SHEETS if path.startswith("barriers") else [SHEETS[PAGES.index(path) % len(SHEETS)]]:
        sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format=size, landscape=is_wide, print_background=True))).pages
        assert len(sheets) > 0
        assert [texts_off(sheet) for sheet in sheets] == [[]] * len(sheets), (size, is_wide)
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate(ON_PAPER)
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    white = (255, 255, 255)
    assert [ink for ink in page.evaluate(INKS) if contrast(colour_of(ink), white) < 4.5] == []
    assert faults_of_texts(page) == []
    assert page.evaluate(OVERLAID) == []


# what moves the pen in the content of a sheet, a line each
PEN = re.compile(rb"^(?:(q|Q)|([-\d. ]+) (cm|Tm))$", re.MULTILINE)


def _starts_of_texts(sheet: pypdf.PageObject) -> set[tuple[int, int]]:
    """Where texts begin, in points. Asking pypdf for the texts takes longer than printing them. What is printed as a
    picture, as the labels of the map, has places of its own and is left out."""
    contents = sheet.get_contents()
    assert contents is not None
    kept, now, found = [], np.eye(3), set()
    for bracket, numbers, word in PEN.findall(contents.get_data()):
        if bracket == b"q":
            kept.append(now)
        elif bracket == b"Q":
            now = kept.pop()
        else:
            move = np.column_stack([np.reshape([float(each) for each in numbers.split()], (3, 2)), [0, 0, 1]])
            if word == b"cm":
                now = move @ now
            else:
                x, y, _ = (move @ now)[2]
                found.add((round(x), round(y)))
    return found


def texts_off(sheet: pypdf.PageObject) -> list[str]:
    """Texts that begin beside the sheet."""
    wide, tall = float(sheet.mediabox.width), float(sheet.mediabox.height)
    starts = _starts_of_texts(sheet)
    assert starts
    off = {(x, y) for x, y in starts if not (-1 <= x <= wide + 1 and -1 <= y <= tall + 1)}
    found: list[str] = []

    def look(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        place = (
            round(text_matrix[4] * matrix[0] + matrix[4]),
            round(text_matrix[5] * matrix[3] + matrix[5]),
        )
        if text.strip() and place in off:
            found.append(text)

    if off:
        sheet.extract_text(visitor_text=look)
    return found
