"""Everyone: axe-core, the keyboard alone, small screens, a finger."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import in_both_themes, in_the_dark, of_all_else, of_colours, violations, violations_with_open
from tests.browser.conftest import READY, Open, errors_of, until, wait_look, wait_number, wait_query, wait_year
from tests.script.conftest import scroll_by_finger, tap


def test_axe_finds_nothing_in_tables_and_dialogs(open_page: Open) -> None:
    page = open_page()
    for chart in ("map", "growth", "barriers", "countries"):
        page.click(f"#card-{chart} [data-tab=table]")
    assert in_both_themes(page) == []
    page.click("#card-map [data-sources]")
    expect(page.locator("#sources li").first).to_be_visible()
    assert violations_with_open(page, "#sources") == []


def test_every_control_is_reached_and_seen_by_keyboard(open_page: Open) -> None:
    """Tab goes through everything that can be pressed, and each shows where it is."""
    page = open_page("?year=2000")
    wanted = page.evaluate("""() => [...document.querySelectorAll('button, input, select, a[href]')]
      .filter(n => n.offsetParent && !n.disabled && n.tabIndex >= 0 && n.type !== 'radio').length""")
    seen: set[str] = set()
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        state = page.evaluate("""() => { const n = document.activeElement; if (!n || n === document.body) return null;
          const all = [...document.querySelectorAll('*')], shown = n.matches('[type=checkbox],[type=radio]') ? n.nextElementSibling : n, style = getComputedStyle(shown);
          return [String(all.indexOf(n)), n.tagName, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, shown.textContent.slice(0, 20)]; }""")
        if state is None or state[0] in seen:
            continue
        seen.add(state[0])
        assert state[2], f"no visible focus: {state}"
    assert len(seen) >= wanted


def test_the_whole_job_by_keyboard(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.focus("#filter-basis input:checked")
    page.keyboard.press("ArrowRight")
    wait_number(page, 215)
    page.keyboard.press("ArrowLeft")
    wait_number(page, 94)
    page.focus("#filter-region input[value='Central Asia']")
    page.keyboard.press("Space")
    wait_number(page, 9)
    page.focus(".ranks button:first-child")
    page.keyboard.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).has('country')")
    page.keyboard.press("Escape")
    wait_query(page, "?region=Central+Asia")
    page.focus("#filter-year")
    page.keyboard.press("Home")
    wait_year(page, 1972)
    assert page.get_attribute("#filter-year", "aria-valuenow") == "1972"
    page.focus("#card-map [data-tab=table]")
    page.keyboard.press("Enter")
    expect(page.locator("#card-map .rows table")).to_be_visible()


def test_charts_are_told_to_who_does_not_see_them(open_page: Open) -> None:
    page = open_page("?year=2000")
    for chart in ("map", "growth", "barriers", "countries"):
        text = page.inner_text(f"#description-{chart}") or page.text_content(f"#description-{chart}") or ""
        assert len(text) > 15
        described = page.get_attribute(f"#card-{chart}", "aria-describedby")
        assert described == f"description-{chart}"
    assert "at least 36, at most 69" in (page.text_content("#description-map") or "")


def resized(page: Page, width: int, height: int) -> None:
    """A window that is pulled: every figure at its new size."""
    page.set_viewport_size({"width": width, "height": height})
    until(page, f"innerWidth === {width}")
    wait_look(page)


def no_fault_on_a_phone(page: Page) -> None:
    """No sideways scrolling, and nothing for axe of a page in which it found nothing at a desk; afterwards the window is as
    wide as it was."""
    size = page.viewport_size
    assert size is not None
    resized(page, 390, 844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert of_all_else(page) + of_colours(page, again=True) == []
    resized(page, size["width"], size["height"])


@pytest.mark.parametrize(
    "path",
    [
        "barriers?sample=1&lang=fr",
        "partnerships/houston-tx--baku-aze?lang=ar",
        "opportunities?community=4553433&lang=ru",
        "?country=TUR&lang=tr",
    ],
)
def test_a_translation_has_no_fault_of_its_own(open_page: Open, page: Page, path: str) -> None:
    """Longer words, other letters, what is marked as English: on a desk and on a phone."""
    open_page(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    no_fault_on_a_phone(page)


def test_the_table_tab_says_sample_only_where_it_is_one(open_page: Open) -> None:
    page = open_page()
    page.click("#card-barriers [data-tab=table]")
    caption = page.locator("#card-barriers caption")
    expect(caption).to_have_text("Terrorism, travel restrictions and safety concerns stood in the way in 2006")
    page = open_page("?sample=1")
    page.click("#card-barriers [data-tab=table]")
    expect(caption).to_contain_text("SAMPLE: invented")


CUT = """() => {
      const wide = [...document.querySelectorAll('.ranks .name, .tile .what')].filter(n => n.scrollWidth > n.clientWidth);
      const thin = [...document.querySelectorAll('.ranks .marks i')].filter(n => n.getBoundingClientRect().width < 1.5 * n.style.getPropertyValue('--n'));
      const edge = document.querySelector('#card-growth').getBoundingClientRect().right;
      const out = [...document.querySelectorAll('#chart-growth .overlay text')].filter(n => n.getBoundingClientRect().right > edge);
      return [...wide, ...thin, ...out].map(n => n.className + ' ' + n.textContent); }"""


CLIPPED = """() => [...document.querySelectorAll('.card h2, .card .source, .tile, .foot')].filter(n => {
  const b = n.getBoundingClientRect(); return b.bottom > innerHeight + 1 || n.scrollWidth > n.clientWidth + 1; }).map(n => n.className + n.textContent)"""
NARROW, WHOLE = (320, 390, 700, 1024, 1280), (390, 1024, 1440, 1920)


@dataclass(frozen=True)
class View:
    """What is asked of a view: no sideways scrolling, no name or square cut, by window; the height of a desk; axe."""

    query: str
    narrow: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()
    is_of_the_desk: bool = False
    is_asked_by_axe: bool = False
    axe_within: str = ""


# tests/browser/test_policy.py asks axe of the pages as they are, and of the other maps
VIEWS = [
    View("", NARROW, WHOLE, is_of_the_desk=True),
    View("?year=2000", whole=WHOLE, is_of_the_desk=True, is_asked_by_axe=True),
    View("?country=TUR", is_of_the_desk=True, is_asked_by_axe=True),
    View("?sample=1", is_of_the_desk=True, is_asked_by_axe=True),
    View("?basis=documented", whole=WHOLE, is_of_the_desk=True),
    View("?country=IRQ&sample=1", NARROW),
    View("?basis=documented&year=2010", NARROW),
    View("?map=states", NARROW),
    View("?year=99999", axe_within="#notices"),
    View("?sample=1&state=DC", is_asked_by_axe=True),
]


@pytest.mark.parametrize("view", VIEWS, ids=[view.query for view in VIEWS])
def test_everyone_has_all_of_a_view(open_page: Open, page: Page, subtests: pytest.Subtests, view: View) -> None:
    """All is asked on one visit, in windows that are pulled from the narrowest to the widest."""
    widths = sorted({*view.narrow, *view.whole})
    if widths:
        page.set_viewport_size({"width": widths[0], "height": 900})
    open_page(view.query)
    for width in widths:
        resized(page, width, 900)
        if width in view.narrow:
            with subtests.test("no sideways scrolling", width=width):
                assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width in view.whole:
            with subtests.test("no name, number or square is cut", width=width):
                assert page.evaluate(CUT) == []
    if widths and (view.is_of_the_desk or view.is_asked_by_axe):
        resized(page, 1440, 900)
    if view.is_of_the_desk:
        with subtests.test("the desk view needs no scrolling"):
            assert page.evaluate("document.documentElement.scrollHeight") <= 900
            assert page.evaluate(CLIPPED) == []
    if view.is_asked_by_axe:
        with subtests.test("axe finds nothing"):
            assert in_both_themes(page) == []
    if view.axe_within:
        with subtests.test("axe finds nothing in what this page has and others have not"):
            assert violations_with_open(page, view.axe_within) == []
            in_the_dark(page)
            assert of_colours(page, within=view.axe_within) == []


def test_a_phone_shows_what_is_chosen_and_the_whole_panel(open_page: Open, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page("?country=TUR&sample=1")
    chip = page.locator(".chip.chosen").first.bounding_box()
    assert chip is not None and chip["x"] + chip["width"] <= 390
    assert page.evaluate("(p => p.scrollWidth - p.clientWidth)(document.querySelector('.panel'))") == 0


def test_a_finger_on_a_phone(browser: Browser, address: str) -> None:
    """Below each other and whole; a scroll over the growth chart changes nothing, a tap chooses the year."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, bypass_csp=True
    )
    page = context.new_page()
    errors = errors_of(page)
    page.goto(address)
    expect(page.locator("#headline-growth")).to_be_visible()
    page.touchscreen.tap(200, 400)
    page.wait_for_function("document.querySelectorAll('#map .choroplethlayer path').length > 50")
    page.wait_for_function(f"{READY} && document.querySelector('#growth .main-svg')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
    chart = page.locator("#chart-growth")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = page.evaluate("scrollY")
    scroll_by_finger(page, int(x), int(y), 160)
    page.wait_for_function(f"scrollY > {before}")
    page.wait_for_timeout(700)
    expect(page.locator(".year output")).to_have_text("2007")
    assert page.evaluate("location.search") == ""
    box = chart.bounding_box()
    assert box is not None
    # to the left of the labels, which have the other half
    tap(page, int(box["x"] + box["width"] / 3), int(box["y"] + box["height"] / 2))
    page.wait_for_function("/^[?]year=(19|20)\\d\\d$/.test(location.search)")
    assert errors == []
    context.close()
