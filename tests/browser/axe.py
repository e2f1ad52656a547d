"""What axe-core finds in a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.conftest import until, wait_look

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
COLOURS = ("color-contrast", "link-in-text-block")

# For its report axe writes down each element it looks at with all that is in it, the whole document many times over,
# and keeps 300 letters: here it is told of the element alone, which is a quarter of its time.
BRIEFLY = """async run => {
  const whole = Object.getOwnPropertyDescriptor(Element.prototype, "outerHTML");
  const get = function () { return whole.get.call(this.cloneNode(false)); };
  Object.defineProperty(Element.prototype, "outerHTML", { ...whole, get });
  try { return await run(); } finally { Object.defineProperty(Element.prototype, "outerHTML", whole); }
}"""
RUN = f"([within, options]) => ({BRIEFLY})(() => axe.run(within || document, options))"
# Of texts that are drawn the same way all the way up, by the styles that the browser computed and by what stands at a
# place of its own beside them, the first three are looked at: what axe finds in one it finds in all, and nearly all of
# its time is one text after another. The shade at the end of what scrolls is taken away, for axe says nothing of what
# stands over a gradient. Asked again, as in another size of the window, it looks at what was not drawn that way before.
RUN_ON_FEW = """async ([within, options, isAgain]) => {
  const STYLES = ["color", "backgroundColor", "backgroundImage", "opacity", "position", "fontSize", "fontWeight", "textDecorationLine", "textShadow", "filter", "mixBlendMode"];
  const STATES = ["disabled", "aria-disabled", "aria-hidden"];
  if (!isAgain) window.lookedAt = { numbers: new Map(), counts: new Map() };
  const looks = new Map(), { numbers, counts } = window.lookedAt;
  const numberOf = words => numbers.get(words) ?? numbers.set(words, numbers.size).get(words);
  const placeOf = each => each.hasAttribute("style") && getComputedStyle(each).position !== "static" ? each.getAttribute("style") : "";
  const look = each => {
    const style = getComputedStyle(each), above = each.parentElement;
    return numberOf([above && lookOf(above), each.tagName, each.control?.disabled, ...STYLES.map(name => style[name]),
      ...STATES.map(name => each.getAttribute(name)), placeOf(each), ...[...each.children].map(placeOf).filter(Boolean)].join("|"));
  };
  const lookOf = each => looks.get(each) ?? looks.set(each, look(each)).get(each);
  const says = each => each.matches("input, select, textarea") || [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const isOfFew = each => { const its = lookOf(each), count = (counts.get(its) ?? 0) + 1; counts.set(its, count); return count <= 3; };
  const all = [...document.querySelectorAll(within ? `${within}, ${within} *` : "body, body *")];
  const include = all.filter(each => says(each) && each.checkVisibility() && isOfFew(each));
  if (!include.length) return { violations: [] };
  const isShaded = each => getComputedStyle(each).backgroundImage.includes("gradient") && each.textContent.trim();
  const shaded = [...document.querySelectorAll("*")].filter(isShaded).map(({ style }) => [style, style.backgroundImage]);
  for (const [style] of shaded) style.backgroundImage = "none";
  try { return await axe.run({ include }, options); } finally { for (const [style, was] of shaded) style.backgroundImage = was; }
}"""


def violations(page: Page) -> list[str]:
    """What axe finds by all of its rules."""
    return of_all_else(page) + of_colours(page)


def of_colours(page: Page, *, within: str = "", again: bool = False) -> list[str]:
    """What its rules about colours find, which take most of the time; in the document or in one thing of it; again in
    what was not drawn that way when they were asked before."""
    return _found(page, RUN_ON_FEW, {"runOnly": list(COLOURS)}, within=within, again=again)


def violations_with_open(page: Page, opened: str) -> list[str]:
    """What axe finds where something was opened on a page without faults: by all rules; by those about colours, which
    take most of the time, in what was opened."""
    assert page.locator(opened).is_visible()
    return of_all_else(page) + of_colours(page, within=opened)


def of_all_else(page: Page) -> list[str]:
    """What all rules but those about colours find."""
    return _found(page, RUN, {"rules": {rule: {"enabled": False} for rule in COLOURS}})


def _found(page: Page, run: str, options: dict[str, Any], *, within: str = "", again: bool = False) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(run, [within, {"resultTypes": ["violations"], "preload": False, **options}, again])
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
    wait_look(page)


def in_both_themes(page: Page) -> list[str]:
    """All rules in the light theme, those about colours in the dark one."""
    found = violations(page)
    in_the_dark(page)
    return found + of_colours(page)
