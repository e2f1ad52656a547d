"""What axe-core finds in a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.conftest import READY, until

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
COLOURS = ("color-contrast", "link-in-text-block")

RUN = "([within, options]) => axe.run(within || document, options)"
# Of what stands in a row and has the same tags, classes and states all the way down, colours of the first three are
# looked at: what axe finds in one it finds in all, and a list of a hundred takes a hundred times as long. The shade at the
# end of what scrolls is taken away, for axe says nothing of what stands over a gradient.
RUN_ON_FEW = """async ([within, options]) => {
  const states = each => each.getAttributeNames().filter(name => name === "hidden" || name === "disabled" || name === "style" || name.startsWith("aria-"));
  const look = each => `${each.tagName}.${each.getAttribute("class")}[${states(each).map(name => name + each.getAttribute(name))}](${[...each.children].map(look)})`;
  const isShaded = each => getComputedStyle(each).backgroundImage.includes("gradient") && each.textContent.trim();
  const changes = [...document.querySelectorAll("*")].filter(isShaded).map(each => [each.style, "backgroundImage", "none"]);
  for (const list of document.querySelectorAll("ul, ol, tbody, dl, section, main, div")) {
    const seen = {};
    for (const each of list.children.length > 6 ? list.children : []) {
      const its = look(each);
      seen[its] = (seen[its] ?? 0) + 1;
      if (seen[its] > 3) changes.push([each.style, "display", "none"]);
    }
  }
  const swap = () => changes.forEach(change => { const [style, name, value] = change; change[2] = style[name]; style[name] = value; });
  swap();
  try { return await axe.run(within || document, options); } finally { swap(); }
}"""


def violations(page: Page) -> list[str]:
    """What axe finds by all of its rules."""
    return _of_all_else(page) + of_colours(page)


def of_colours(page: Page, *, within: str = "") -> list[str]:
    """What its rules about colours find, which take most of the time; in the document or in one thing of it."""
    return _found(page, RUN_ON_FEW, {"runOnly": list(COLOURS)}, within=within)


def violations_with_open(page: Page, opened: str) -> list[str]:
    """What axe finds where something was opened on a page without faults: by all rules; by those about colours, which
    take most of the time, in what was opened."""
    assert page.locator(opened).is_visible()
    return _of_all_else(page) + of_colours(page, within=opened)


def _of_all_else(page: Page) -> list[str]:
    return _found(page, RUN, {"rules": {rule: {"enabled": False} for rule in COLOURS}})


def _found(page: Page, run: str, options: dict[str, Any], *, within: str = "") -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(run, [within, {"resultTypes": ["violations"], "preload": False, **options}])
    return [f"{each['id']}: {[node['target'] for node in each['nodes']][:5]}" for each in found["violations"]]


def in_the_dark(page: Page) -> None:
    """The dark theme, without loading the page again where it has a switch."""
    switch = page.locator("[data-theme-switch]")
    if switch.count():
        switch.click()
    else:  # the stage, and a card alone
        page.emulate_media(color_scheme="dark")
        page.reload()
    until(page, "document.documentElement.dataset.theme === 'dark'")
    until(page, READY)
    # colours that are on their way are not those that are read
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(each => each.finished))")


def in_both_themes(page: Page) -> list[str]:
    """All rules in the light theme, those about colours in the dark one."""
    found = violations(page)
    in_the_dark(page)
    return found + of_colours(page)
