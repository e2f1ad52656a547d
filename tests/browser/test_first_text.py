"""What the document itself says: title, key figures and headlines, before any script has run and where none may."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import wait_ready


def says_what_matters(page: Page) -> None:
    expect(page.locator("header.top")).to_contain_text("Islamic Partnership Initiative")
    expect(page.locator("h1")).to_have_text(page.title())
    expect(page.locator(".tile .number").first).to_be_visible()
    expect(page.locator(".tile .number").first).to_have_text("9")
    headlines = page.locator("h2:visible")
    expect(headlines).to_have_count(4)
    expect(headlines.first).to_contain_text("9 partnerships")


def test_where_no_script_may_run_the_document_says_what_matters(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/?region=Central+Asia")
    says_what_matters(page)
    expect(page.get_by_text("Basis: SCI’s 94, 2007. Central Asia")).to_be_visible()
    sentence = page.locator(".no-script")
    expect(sentence).to_be_visible()
    # nothing lies over it
    said, below = sentence.bounding_box(), page.locator("header.top").bounding_box()
    assert said is not None and below is not None
    assert said["height"] > 20 and below["y"] >= said["y"] + said["height"]
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_where_no_script_may_run_other_pages_say_their_headlines_and_offer_nothing_dead(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/sources?country=NGA")
    expect(page.locator("h2:visible")).to_have_count(3)
    expect(page.get_by_text("Basis: SCI’s 94, 2007. Nigeria")).to_be_visible()
    expect(page.locator("button:visible, input:visible")).to_have_count(0)
    file = page.locator("#first [download]").first
    with page.expect_download() as got:
        file.click()
    assert got.value.suggested_filename.endswith(".csv")
    context.close()


def test_a_phone_reads_the_headline_of_a_page_before_any_script_has_come(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    held: list[Route] = []
    page.route(lambda url: ".js" in url and "early.js" not in url, lambda route: held.append(route))
    page.goto(f"{address}/states/TX", wait_until="commit")
    expect(page.get_by_text("Texas: 5 partnerships known by name")).to_be_visible()
    expect(page.locator("#first [download]:visible")).to_have_count(0)
    page.unroute_all()
    page.goto(f"{address}/states/TX")
    wait_ready(page)
    expect(page.locator("#first")).to_have_count(0)


def test_before_any_script_has_come_it_is_readable_and_then_gives_way(page: Page, address: str) -> None:
    held: list[Route] = []
    has_come = False
    page.route(
        lambda url: ".js" in url and "early.js" not in url,
        lambda route: route.continue_() if has_come else held.append(route),
    )
    page.goto(f"{address}/?region=Central+Asia", wait_until="commit")
    says_what_matters(page)
    assert page.locator("#first").is_visible() and len(held) > 0
    has_come = True
    for each in held:
        each.continue_()
    wait_ready(page)
    expect(page.locator("#first")).to_have_count(0)
    expect(page.locator("#kpi-partnerships")).to_have_attribute("data-value", "9")


def test_nothing_moves_when_the_page_takes_its_place(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.add_init_script("""window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(each => { window.shift += each.value; }))
      .observe({ type: 'layout-shift', buffered: true });""")
    page.goto(address)
    wait_ready(page)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") <= 0.01
