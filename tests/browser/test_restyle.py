"""What leans on Plotly's internals (assets/js/30-restyle.js): fails when an upgrade changes them."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Open, wait_ready

LOOKS = """() => [...document.querySelectorAll('#chart-map .choroplethlayer path, #chart-map .scatterlayer path, #chart-map .scatterlayer text')]
  .map(n => { const s = getComputedStyle(n); return [s.fill, s.stroke, s.strokeWidth, s.opacity, n.textContent, getComputedStyle(n.parentNode).opacity].join(); })"""


def looks(page: Page) -> list[str]:
    found: list[str] = page.evaluate(LOOKS)
    return found


def test_a_year_is_shown_without_projecting_the_map_again(open_page: Open) -> None:
    page = open_page()
    page.evaluate(
        "() => { window.redrawn = 0; for (const name of ['restyle', 'react', 'relayout', 'newPlot']) { const f = Plotly[name]; Plotly[name] = (...a) => { redrawn++; return f(...a); }; } }"
    )
    for year in (2000, 1980, 2006):
        page.evaluate(f"ipi.page.year({year})")
        page.wait_for_timeout(60)
        wait_ready(page)
    assert page.evaluate("redrawn") == 0


def test_what_is_set_by_hand_is_what_plotly_would_draw(open_page: Open) -> None:
    """After a full redraw by Plotly itself the picture is the same, so data and picture agree."""
    for query in ("", "?country=TUR", "?map=links&basis=documented", "?map=states"):
        page = open_page(query)
        page.evaluate("ipi.page.year(1998)")
        page.wait_for_timeout(80)
        wait_ready(page)
        by_hand = looks(page)
        page.evaluate("Plotly.redraw(document.querySelector('#chart-map .js-plotly-plot'))")
        page.wait_for_timeout(300)
        assert looks(page) == by_hand, query


def test_without_the_internals_plotly_does_it_the_ordinary_way(open_page: Open) -> None:
    page = open_page()
    page.evaluate("ipi.page.year(1998)")
    page.wait_for_timeout(80)
    wait_ready(page)
    expected = looks(page)
    page = open_page()
    page.evaluate("ipi.restyle.apply = () => false")
    page.evaluate("ipi.page.year(1998)")
    page.wait_for_timeout(200)
    wait_ready(page)
    assert looks(page) == expected


def test_hover_follows_what_was_set_by_hand(open_page: Open) -> None:
    page = open_page()
    page.evaluate("ipi.page.year(2000)")
    page.wait_for_timeout(80)
    wait_ready(page)
    text = page.evaluate(
        "() => { const gd = document.querySelector('#chart-map .js-plotly-plot'); return gd.calcdata[1][gd.data[1].locations.indexOf('NGA')].htx; }"
    )
    assert "at least 4, up to 8" in text
