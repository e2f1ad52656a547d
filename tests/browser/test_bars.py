"""Bars that are set before Plotly draws them (assets/js/32-bars.js) are those that Plotly draws."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, wait_ready

# what is seen of a chart: bars, labels of the axis, lines, intervals, the outline; each with its place
SEEN = """name => {
  const gd = document.querySelector(`[data-plot=${name}]`), all = look => [...gd.querySelectorAll(look)];
  const isFlat = d => { const [, a, b] = /,([-\\d.]+)V([-\\d.]+)/.exec(d) ?? []; return a === b; };
  const isThin = d => /^M0,[-\\d.]+V[-\\d.]+H0V/.test(d);
  // Plotly leaves out points on a straight line
  const corners = d => d.slice(1).split("L").map(point => point.split(",")).filter(([x, y], i, points) => !(points[i - 1]?.[1] === y && points[i + 1]?.[1] === y)).join("L");
  return {
    bars: all(".barlayer .point > path, .barlayer [data-ahead]").filter(p => p.getClientRects().length).flatMap(p => (p.getAttribute("d").match(/M[^M]+/g) ?? []).map(d => [getComputedStyle(p).fill.replace(/#.*/, ""), d])).filter(([, d]) => !isFlat(d) && !isThin(d)).sort(),
    ticks: all("g.ytick text, g.xtick text").map(t => [t.textContent, t.getAttribute("transform")]).sort(),
    lines: all(".shapelayer path").map(p => [p.dataset.index, p.getAttribute("d"), p.style.stroke]).sort(),
    intervals: all(".errorbar > .xerror").map(p => p.getAttribute("d")),
    outline: all(".scatterlayer .js-line").map(p => corners(p.getAttribute("d"))),
  };
}"""
WATCH = """name => {
  const see = eval(window.see), gd = document.querySelector(`[data-plot=${name}]`);
  window.ahead = []; window.drawn = [];
  gd.on("plotly_afterplot", () => { (ipi.plots.drawn.get(name).ahead ? ahead : drawn).push(see(name)); });
}"""
NUMBER = re.compile(r"-?\d+\.?\d*")


def is_near(found: Any, wanted: Any) -> bool:
    """Equal, but for the tenth of a pixel by which Plotly rounds otherwise."""
    if isinstance(found, list):
        return len(found) == len(wanted) and all(map(is_near, found, wanted))
    if found == wanted or not isinstance(found, str):
        return bool(found == wanted)
    numbers = zip(NUMBER.findall(found), NUMBER.findall(wanted), strict=False)
    return NUMBER.sub("", found) == NUMBER.sub("", wanted) and all(abs(float(a) - float(b)) < 0.1 for a, b in numbers)


def change(page: Page, act: str, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was seen of a chart before Plotly drew it, and after."""
    page.evaluate("text => { window.see = text; }", SEEN)
    page.evaluate(WATCH, name)
    page.evaluate(act)
    page.wait_for_function("drawn.length > 0", timeout=15_000)
    wait_ready(page)
    ahead = page.evaluate("ahead")
    assert ahead, "nothing was shown before Plotly had drawn"
    return ahead[-1], page.evaluate(SEEN, name)


@pytest.mark.parametrize("basis", ["", "?basis=documented"])
def test_growth_of_other_regions(open_page: Open, basis: str) -> None:
    page = open_page(basis)
    for value in ("Western Asia", "Northern Africa", "Western Asia"):
        ahead, drawn = change(page, f"ipi.page.toggle('region', '{value}')", "growth")
        for part, wanted in drawn.items():
            assert is_near(ahead[part], wanted), (value, part)
    assert len(drawn["bars"]) > 5


def test_shares_of_other_regions_and_years(open_page: Open) -> None:
    page = open_page("?sample=1")
    acts = ("ipi.page.toggle('region', 'Western Asia')", "ipi.page.toggle('region', 'Western Asia')")
    for act in acts:
        ahead, drawn = change(page, act, "barriers")
        for part, wanted in drawn.items():
            assert is_near(ahead[part], wanted), (act, part)
    assert len(drawn["bars"]) > 3 and drawn["intervals"]


def test_a_choice_taken_back_at_once_leaves_what_was(open_page: Open) -> None:
    page = open_page()
    before = page.evaluate(SEEN, "growth")
    # in the page itself: what is set ahead stands for some frames only
    page.evaluate(
        """() => {
          const gd = document.querySelector("[data-plot=growth]"), toggle = () => ipi.page.toggle("region", "Western Asia");
          const back = () => { if (ipi.plots.drawn.get("growth").ahead && !window.isBack) { window.isBack = true; setTimeout(toggle); } };
          gd.on("plotly_afterplot", back);
          toggle();
        }"""
    )
    page.wait_for_function("window.isBack")
    page.wait_for_timeout(200)
    wait_ready(page)
    assert page.evaluate(SEEN, "growth") == before


def test_without_them_plotly_draws_alone(open_page: Open) -> None:
    page = open_page("?region=Western+Asia")
    wanted = page.evaluate(SEEN, "growth")
    page = open_page()
    page.evaluate("ipi.bars.show = () => false")
    page.evaluate("ipi.page.toggle('region', 'Western Asia')")
    page.wait_for_timeout(200)
    wait_ready(page)
    assert page.evaluate(SEEN, "growth") == wanted


@pytest.mark.parametrize("path", ["barriers?sample=1", "?sample=1"])
def test_every_figure_that_is_set_ahead_is_right(open_page: Open, path: str) -> None:
    page = open_page(path)
    names = page.evaluate("[...ipi.plots.drawn].filter(([, { gd }]) => !gd.layout.geo).map(([name]) => name)")
    page.evaluate("text => { window.see = text; }", SEEN)
    page.evaluate(
        """names => { window.found = {}; for (const name of names) document.querySelector(`[data-plot=${name}]`).on("plotly_afterplot", () => {
          if (ipi.plots.drawn.get(name).ahead) found[name] = eval(see)(name); }); }""",
        names,
    )
    compared = 0
    for act in ("ipi.page.toggle('region', 'Western Asia')", "ipi.page.toggle('basis', 'documented')"):
        page.evaluate("found = {}")
        page.evaluate(act)
        wait_ready(page)
        for name, ahead in page.evaluate("found").items():
            drawn = page.evaluate(SEEN, name)
            for part, wanted in drawn.items():
                assert is_near(ahead[part], wanted), (act, name, part)
            compared += 1
    assert compared
