"""What a visitor does with any page: search, pictures, files, slides, code to embed, paper, a story, newer data."""

from __future__ import annotations

import io
import json
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from pptx import Presentation

from dashboard.__main__ import main
from dashboard.application import create_app
from dashboard.charts.template import palette
from dashboard.components.frame import paper_colours
from dashboard.components.menus import EMBED_SITES, embed_dialog
from dashboard.live import version_of
from dashboard.settings import Settings
from dashboard.strings import load_words
from tests.browser.axe import in_the_dark, violations, violations_with_open
from tests.browser.conftest import errors_of, number, until
from tests.serving import serving
from tests.unit.intake.test_survey_files import FILES
from tests.unit.test_live import within_five_seconds

CARDS = ("map", "growth", "barriers", "countries")
SVG = "{http://www.w3.org/2000/svg}"
READY = "document.body?.dataset.ready === 'true'"
Open = Callable[..., Page]


@pytest.fixture
def open_page(page: Page, address: str, outside: list[str]) -> Iterator[Open]:
    """Opens the overview and waits until every figure shows the choice. Afterwards nothing may have been asked for
    outside, and no script may have failed."""
    errors = errors_of(page)

    def visit(search: str = "") -> Page:
        page.goto(f"{address}/{search}")
        until(page, READY)
        return page

    yield visit
    assert outside == []
    assert errors == []


# ---- words and colours, without a browser
def test_the_dialog_says_which_setting_lets_other_sites_show_a_card() -> None:
    server, words = Flask(__name__), load_words()
    with server.app_context():
        assert "DASHBOARD_EMBED_SITES" in embed_dialog(words)
        server.config[EMBED_SITES] = ("https://a.example", "https://b.example")
        text = embed_dialog(words)
    assert "DASHBOARD_EMBED_SITES" not in text
    assert "https://a.example" in text and "https://b.example" in text


def test_each_dark_colour_of_figures_stands_for_one_of_paper() -> None:
    light, dark = palette("light"), palette("dark")
    colours = {name for name in dark if dark[name].startswith(("#", "rgba")) and dark[name] != light[name]}
    assert {name: paper_colours()[dark[name].lower()] for name in colours} == {name: light[name] for name in colours}


def test_the_dialog_names_the_sites_of_the_settings() -> None:
    site = "https://a.example"
    server = create_app(Settings(embed_sites=site)).server
    with server.app_context():
        assert site in embed_dialog(load_words())


# ---- search
FINDS = [
    ("Turkey", "Türkiye", "country=TUR"),
    ("Deutschl", None, ""),
    ("Baku", "Baku", "partner="),
    ("texas", "Texas", "/states/TX"),
    ("opport", "Opportunities", "/opportunities"),
    ("Istanbol", "Istanbul", "partner="),
]


@pytest.mark.parametrize(("typed", "found", "target"), FINDS)
def test_search_finds_without_the_server(open_page: Open, typed: str, found: str | None, target: str) -> None:
    page = open_page()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type(typed)
    first = page.locator(".found li").first
    if found is None:
        expect(first).to_have_text("Nothing found")
        return
    expect(first.locator("b")).to_have_text(found)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "found-search-0")
    expect(first).to_have_attribute("aria-selected", "true")
    with page.expect_navigation(url=re.compile(re.escape(target))):
        page.keyboard.press("Enter")


def test_the_list_is_closed_by_escape_and_nothing_else_is(open_page: Open) -> None:
    page = open_page("?country=TUR")
    page.fill("#search", "istan")
    found = page.locator(".found")
    expect(found).to_be_visible()
    expect(page.locator("#search")).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()
    assert "country=TUR" in page.url
    page.fill("#search", "kazakh")
    expect(found).to_be_visible()
    page.locator(".found li", has_text="Country").first.click()
    page.wait_for_url("**country=KAZ**")


def test_finds_stay_on_the_screen_of_a_phone(open_page: Open, page: Page) -> None:
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 844})
        open_page()
        page.fill("#search", "istan")
        expect(page.locator(".found li").first).to_be_visible()
        box = page.locator(".found").bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


# ---- pictures and files
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


def test_menus_by_keyboard_and_axe(open_page: Open) -> None:
    page = open_page("?country=TUR")
    summary, items = page.locator("#card-growth .menu summary"), page.locator("#card-growth .menu .items > *")
    summary.focus()
    page.keyboard.press("Enter")
    expect(items.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(items.first).to_be_hidden()
    expect(summary).to_be_focused()
    assert "country=TUR" in page.url, "Escape closed the menu and nothing else"
    for change in (lambda _: None, in_the_dark):
        change(page)
        for menu in ("#card-map .menu", ".acts .menu"):
            page.click(f"{menu} summary")
            assert violations_with_open(page, f"{menu} .items") == [], menu
            page.keyboard.press("Escape")


# ---- code to embed
def open_code(page: Page) -> str:
    page.click("#card-growth .menu summary")
    page.click("#card-growth [data-take=embed]")
    return page.input_value("#embed textarea")


def test_code_to_embed(open_page: Open, page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    open_page("?year=2000")
    code = open_code(page)
    assert code.startswith("<iframe ")
    assert f'src="{address}/embed/growth?year=2000"' in code
    assert f'title="{page.inner_text("#headline-growth")}"' in code
    expect(page.locator("#embed")).to_contain_text("DASHBOARD_EMBED_SITES")
    assert violations(page) == []
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


# ---- paper
@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("?year=2000", ["SCI’s 94, 2000", "By 2000, at least 20 of the 31 countries", "Sources: IPI deck, 2007"]),
        ("?country=IRQ&sample=1", ["SAMPLE", "Iraq", "Denver region (DRCOG), CO – Baghdad", "Published counts differ"]),
    ],
)
def test_paper(open_page: Open, query: str, texts: list[str]) -> None:
    page = open_page(query)
    for size, landscape in (("A4", False), ("Letter", False), ("A4", True), ("Letter", True)):
        pdf = pypdf.PdfReader(io.BytesIO(page.pdf(format=size, landscape=landscape, print_background=True)))
        text = "\n".join(sheet.extract_text() for sheet in pdf.pages)
        assert 1 < len(pdf.pages) <= (6 if landscape else 4)
        for wanted in texts:
            assert wanted in text
        for control in ("Copy link", "All regions", "Full screen", "Export", "Picture (PNG)", "My story", "Search  /"):
            assert control not in text
        assert f"{len(pdf.pages)} / {len(pdf.pages)}" in pdf.pages[-1].extract_text()
        cited = page.request.get(page.url.replace("/", "/export/overview.sources.json")).json()
        squeezed = re.sub(r"\s", "", text)
        assert len(cited) > 5
        assert [each["title"] for each in cited if re.sub(r"\s", "", each["title"])[:24] not in squeezed] == []
    expect(page.locator("html[data-print]")).to_have_count(0)
    assert page.locator("#paper-sources li").count() == 0
    assert page.locator(".marks > i:not(.run)").count() == 0


def test_paper_is_light_from_a_dark_page_which_comes_back(open_page: Open, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    open_page("?year=2000")
    fills = (
        "[...document.querySelectorAll('#map .choroplethlayer path')].map(path => getComputedStyle(path).fill).join()"
    )
    dark, width = page.evaluate(fills), page.evaluate("document.querySelector('#map .js-plotly-plot').clientWidth")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    light = page.evaluate(fills)
    assert page.get_attribute("html", "data-theme") == "light"
    assert page.evaluate("document.querySelector('#map .main-svg').getBoundingClientRect().width") < 700
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    until(page, f"document.querySelector('#map .main-svg').getBoundingClientRect().width === {width}")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.evaluate(fills) == dark != light
    page.emulate_media(color_scheme="light")
    until(page, f"{fills} !== {json.dumps(dark)}")
    until(page, READY)
    assert page.evaluate(fills) == light, "paper has the colours of the light page"
    # a year is still shown after all that
    page.focus("#filter-year")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#headline-map")).to_contain_text("1999")


# ---- a story of one's own
def collect(page: Page) -> None:
    page.click("[data-add-story=growth]")
    page.click("[data-add-story=map]")


def titles(page: Page) -> list[str]:
    return [field.input_value() for field in page.locator("#story li input").all()]


def test_views_are_collected_ordered_titled_and_presented(open_page: Open) -> None:
    page = open_page("?region=Western+Asia&year=2000")
    collect(page)
    expect(page.locator("#toast")).to_have_text("Added to your story")
    assert page.inner_text("#story-open").endswith("2")
    page.click("#story-open")
    assert violations(page) == []
    first, second = titles(page)
    page.locator("#story li").nth(0).locator("[data-move=down]").click()
    assert titles(page) == [second, first]
    page.locator("#story li input").nth(0).fill("Our region in 2000")
    page.locator("#story li textarea").nth(0).fill("Say hello")
    page.locator("#story li textarea").nth(0).blur()
    with page.expect_download() as got:
        page.click("[data-story=slides]")
    deck = Presentation(io.BytesIO(Path(got.value.path()).read_bytes()))
    slides = list(deck.slides)
    assert [slide.shapes.title.text_frame.text for slide in slides][:2] == ["Our region in 2000", first]
    assert "Say hello" in slides[0].notes_slide.notes_text_frame.text
    page.click("#story a:has-text('Present')")
    until(page, "document.body?.dataset.slides === '2' && document.body.dataset.ready === 'true'")
    assert page.inner_text(".slide.on h2") == "Our region in 2000"
    assert page.inner_text(".slide.on .at-year") == "2000"


def test_a_story_goes_through_a_file_and_a_bad_one_loses_nothing(open_page: Open, tmp_path: Path) -> None:
    page = open_page("?year=1990")
    collect(page)
    page.click("#story-open")
    with page.expect_download() as got:
        page.click("[data-story=save]")
    file = tmp_path / "story.json"
    got.value.save_as(file)
    saved = json.loads(file.read_text(encoding="utf-8"))["story"]
    assert [(each["chart"], each["view"]) for each in saved] == [("growth", "?year=1990"), ("map", "?year=1990")]
    for content, what in [
        ("no json", "is no story"),
        (json.dumps({"story": [{"chart": "pie", "view": ""}]}), "no such chart"),
        (json.dumps({"story": [{"chart": "map", "view": "x"}]}), "must begin with a question mark"),
    ]:
        bad = tmp_path / "bad.json"
        bad.write_text(content, encoding="utf-8")
        page.set_input_files("#story-file", bad)
        expect(page.locator(".story-wrong")).to_contain_text(what)
        assert page.locator("#story li").count() == 2
    page.locator("#story li").nth(0).locator("[data-move=remove]").click()
    assert page.locator("#story li").count() == 1
    page.set_input_files("#story-file", file)
    expect(page.locator("#story li")).to_have_count(2)


def test_where_nothing_may_be_kept_it_says_so_and_still_makes_slides(open_page: Open, page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed'); } })")
    open_page("?year=2000")
    collect(page)
    expect(page.locator("#toast")).to_contain_text("does not keep anything")
    page.click("#story-open")
    assert len(titles(page)) == 2
    expect(page.locator(".story-unkept")).to_be_visible()
    expect(page.locator(".story-kept")).to_be_hidden()
    expect(page.locator("#story a:has-text('Present')")).to_be_hidden()
    with page.expect_download() as got:
        page.click("[data-story=slides]")
    assert len(Presentation(io.BytesIO(Path(got.value.path()).read_bytes())).slides) >= 2


# ---- newer data
def test_an_open_page_offers_the_newer_data(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    with serving(DASHBOARD_DATA=str(folder), DASHBOARD_WORKERS="1") as address:
        page.goto(f"{address}/?year=2000")
        until(page, READY)
        reload = page.locator("button[data-reload]")
        assert main(["import-survey", str(FILES / "long.csv"), "--wave", "2026", "--yes", "--data", str(folder)]) == 0
        within_five_seconds(address, lambda answer: answer["version"] == version_of(folder))
        expect(reload).to_be_hidden()
        page.click("label:has-text('Western Asia')")
        expect(reload).to_be_visible(timeout=15_000)
        page.click("[data-add-story=map]")
        reload.click()
        until(page, f"{READY} && !document.querySelector('#first')")
        expect(reload).to_be_hidden()
        expect(page.locator("#filter-wave option[value='2026']")).to_have_count(1)
        # nothing is lost: the choice, the year, the story
        assert "region=Western+Asia" in page.url and "year=2000" in page.url
        assert page.inner_text("#story-open").endswith("1")
        assert number(page, "partnerships") > 0
