"""What is taken away in the browser: pictures that hold what the card says, slides with the map, menus for everyone."""

from __future__ import annotations

import io
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browser.axe import in_the_dark, of_colours, violations_with_open
from tests.browser.conftest import Open
from tests.browser.test_access import resized

CARDS = ("map", "growth", "barriers", "countries")
# what the page gives, and its languages
OF_THE_HEADER = (".acts .menu:not(.languages)", ".languages")
SVG = "{http://www.w3.org/2000/svg}"


def take(page: Page, chart: str, kind: str) -> tuple[str, bytes]:
    """Name and bytes of what a card's menu gives."""
    page.click(f"#card-{chart} .menu summary")
    with page.expect_download() as download:
        page.click(
            f"#card-{chart} [data-take={kind}]" if kind in {"png", "svg"} else f"#card-{chart} a[href*='.{kind}']"
        )
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def said(svg: bytes) -> str:
    """Every text of a picture in a row, as drawn."""
    return " ".join("".join(node.itertext()) for node in ET.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("query", ["?region=Western+Asia&year=2005", "?sample=1", "?basis=documented&map=states"])
def test_a_picture_holds_headline_note_source_and_filters(open_page: Open, query: str) -> None:
    page = open_page(query)
    for chart in CARDS:
        name, svg = take(page, chart, "svg")
        assert name == f"{page.get_attribute(f'#card-{chart}', 'data-file')}_{page.inner_text('.year output')}.svg"
        tree, text = ET.fromstring(svg), said(svg)
        for line in (f"#headline-{chart} > span:last-child", f"#card-{chart} .source button"):
            assert [word for word in page.inner_text(line).split() if word not in text] == [], line
        assert "Sister Cities International" in text and "Basis:" in text
        assert tree.findtext(f"{SVG}desc") == page.text_content(f"#description-{chart}")
        assert not list(tree.iter(f"{SVG}foreignObject"))
        assert b"http://127" not in svg
        if chart == "barriers" and "sample" in query:
            assert "SAMPLE" in name and text.count("SAMPLE") >= 3
    assert page.evaluate("document.querySelector('[data-picture]')") is None


def test_a_picture_has_every_row_square_and_label(open_page: Open) -> None:
    page = open_page("?basis=documented&year=2000")
    shown = said(take(page, "map", "svg")[1])
    assert all(label in shown for label in ("in scope, none counted", "out of scope", "U.S. community, named", "10+"))
    growth = take(page, "growth", "svg")[1]
    assert "more possible" in said(growth) and "Mission to Lebanon" in said(growth)
    assert b'class="ghost"' in growth
    names = page.locator(".ranks .name").all_inner_texts()
    countries = take(page, "countries", "svg")[1]
    assert len(names) == 44
    assert all(name[:9] in said(countries) for name in names)
    squares = page.evaluate(
        "[...document.querySelectorAll('.ranks .run')].reduce((sum, run) => sum + +run.style.getPropertyValue('--n'), 0)"
    )
    boxes = [node for node in ET.fromstring(countries).iter(f"{SVG}rect") if 0 < float(node.get("height", "0")) <= 10.1]
    assert len(boxes) >= squares > 40
    # the page has its own rows again
    expect(page.locator(".ranks .run").first).to_be_visible()
    expect(page.locator(".ranks .marks > i:not(.run)")).to_have_count(0)


BOXES = f"{SVG}rect"


def drawn(svg: bytes) -> list[tuple[str, float, float, float]]:
    """Every text of a picture that is drawn as long as on the page: its words, where it begins, how long it is."""
    nodes = [node for node in ET.fromstring(svg).iter(f"{SVG}text") if node.get("textLength")]
    return [
        (
            "".join(node.itertext()),
            float(node.get("x", "")),
            float(node.get("y", "")),
            float(node.get("textLength", "")),
        )
        for node in nodes
    ]


def test_squares_of_a_row_with_little_room_are_in_the_picture(open_page: Open) -> None:
    page = open_page("?basis=documented&region=Western+Asia&region=Northern+Africa&year=2018")
    resized(page, 1280, 900)
    row = page.locator(".ranks button:has(.name:text-is('Türkiye')) .marks")
    sizes = row.evaluate("row => [...row.children].map(run => +run.style.getPropertyValue('--n'))")
    assert sizes[0] + sizes[1] == 22
    marks = sum(sizes)
    assert marks == 30
    _, svg = take(page, "countries", "svg")
    top = next(y for words, _, y, _ in drawn(svg) if words == "Türkiye")
    filled = [
        box
        for box in ET.fromstring(svg).iter(BOXES)
        if box.get("height") == "10" and -12 < float(box.get("y", "")) - top < 2 and box.get("fill") != "none"
    ]
    lefts = {box.get("x") for box in filled if float(box.get("width", "")) >= 0.5}
    # those that are only perhaps have a dashed line and no ground; the other list stands beside
    assert len(lefts) >= 22


def test_a_picture_from_right_to_left_has_its_words_as_long_as_the_page(open_page: Open) -> None:
    page = open_page("?lang=ar&basis=documented&region=Western+Asia&region=Northern+Africa&year=2018")
    found = drawn(take(page, "countries", "svg")[1])
    widths = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".ranks .count")].map(node => {
          const range = document.createRange();
          range.selectNodeContents(node);
          return [node.textContent, range.getBoundingClientRect().width];
        }))"""
    )
    ranges = [(words, length) for words, _, _, length in found if "–" in words]
    assert len(ranges) >= 4
    for words, length in ranges:
        assert length == pytest.approx(widths[words], abs=0.6), words


def test_a_year_stands_beside_a_latin_name_from_right_to_left(open_page: Open) -> None:
    page = open_page("?lang=ar&basis=documented")
    item = page.locator(".milestones li:visible", has_text="YES")
    places = item.evaluate(
        """item => [...item.childNodes].filter(node => node.textContent.trim()).map(node => {
          const range = document.createRange();
          range.selectNodeContents(node);
          const { left, right } = range.getBoundingClientRect();
          return [left, right];
        })"""
    )
    number, title, year = places
    assert number[0] >= title[1] - 1
    assert title[0] >= year[1] - 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_chosen_is_all_below_a_narrow_picture(open_page: Open, language: str) -> None:
    page = open_page(f"?lang={language}&basis=documented&region=Western+Asia&region=Northern+Africa&year=2018")
    resized(page, 390, 844)
    _, svg = take(page, "countries", "svg")
    picture = ET.fromstring(svg)
    foot = [node for node in picture if node.tag == f"{SVG}text"]
    chosen = page.text_content(".on-paper") or ""
    assert " ".join(node.text or "" for node in foot).split() == chosen.split()
    boxes = page.evaluate(
        """svg => {
          const box = document.body.appendChild(document.createElement("div"));
          box.innerHTML = svg;
          const width = box.firstChild.getBoundingClientRect();
          const found = [...box.querySelectorAll("svg > text")].map(text => text.getBoundingClientRect());
          const places = found.map(({ left, right }) => [left - width.left, width.right - right]);
          box.remove();
          return places;
        }""",
        svg.decode(),
    )
    assert all(left >= 4 and right >= 4 for left, right in boxes), boxes
    begins = [right if language == "ar" else left for left, right in boxes]
    assert begins == pytest.approx([14] * len(foot), abs=2)


def test_a_picture_of_a_table_has_nothing_that_only_screen_readers_have(open_page: Open) -> None:
    page = open_page()
    page.click("#card-growth [data-tab=table]")
    expect(page.locator("#table-growth tbody tr").first).to_be_visible()
    text = said(take(page, "growth", "svg")[1])
    assert page.inner_text("#table-growth tbody td").split()[0] in text
    assert "…" not in text


def test_png_has_two_pixels_for_each_of_the_screen(open_page: Open) -> None:
    page = open_page()
    for chart in CARDS:
        name, png = take(page, chart, "png")
        assert name == f"ipi-{chart}_sci_2007.png"
        width, height = struct.unpack_from(">II", png, 16)
        card = page.locator(f"#card-{chart}").bounding_box()
        assert card is not None
        assert width == pytest.approx(2 * (card["width"] + 16), abs=3), chart
        assert height >= 1.6 * card["height"], chart
        assert len(png) > 20_000, chart


def test_data_and_slides_of_the_view_one_looks_at(open_page: Open) -> None:
    page = open_page("?region=Western+Asia")
    page.focus("#filter-year")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    for kind in ("csv", "xlsx"):
        name, data = take(page, "growth", kind)
        assert name == f"ipi-growth_sci_western-asia_2005.{kind}"
        assert len(data) > 500
    page.click(".acts .menu summary")
    with page.expect_download() as download:
        page.click("[data-take=slides]")
    assert download.value.suggested_filename == "ipi-overview_sci_western-asia_2005.pptx"
    deck = Presentation(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert next(iter(deck.slides)).shapes.title.text_frame.text == page.inner_text("#headline-map")
    (picture,) = [shape for shape in deck.slides[0].shapes if shape.shape_type == 13]
    assert picture.image.size[0] > 1000


def test_menus_by_keyboard(open_page: Open) -> None:
    page = open_page("?country=TUR")
    summary, items = page.locator("#card-growth .menu summary"), page.locator("#card-growth .menu .items > *")
    summary.focus()
    page.keyboard.press("Enter")
    expect(items.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(items.first).to_be_hidden()
    expect(summary).to_be_focused()
    assert "country=TUR" in page.url, "Escape closed the menu and nothing else"
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.click("#card-map .menu summary")
    page.click("#card-growth .menu summary")
    expect(page.locator("details.menu[open]")).to_have_count(1)
    page.click("#headline-map")
    expect(page.locator("details.menu[open]")).to_have_count(0)


@contextmanager
def opened(page: Page, menu: str) -> Iterator[str]:
    """An open menu, and where its items are; afterwards it is closed."""
    items = f"{menu} .items"
    page.click(f"{menu} summary")
    expect(page.locator(items)).to_be_visible()
    yield items
    page.keyboard.press("Escape")


def test_axe_finds_nothing_in_menus(open_page: Open) -> None:
    """All rules in the light theme, those about colours in the dark one."""
    page = open_page()
    for menu in ("#card-map .menu", *OF_THE_HEADER):
        with opened(page, menu) as items:
            assert violations_with_open(page, items) == [], menu
    in_the_dark(page)
    for menu in ("#card-map .menu", *OF_THE_HEADER):
        with opened(page, menu) as items:
            assert of_colours(page, within=items) == [], menu


def test_menus_stay_on_a_narrow_screen(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    open_page()
    for width in (320, 390, 768):
        resized(page, width, 844)
        for menu in (*(f"#card-{chart} .menu" for chart in CARDS), *OF_THE_HEADER):
            page.click(f"{menu} summary")
            box = page.locator(f"{menu} .items").bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width, menu
            page.keyboard.press("Escape")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
