"""What of a page cannot be read: texts that are cut, cover another, or lie off the screen."""

from __future__ import annotations

from playwright.sync_api import Page

# The distances that WCAG 1.4.12 names. Letters of figures are no text of the page.
TEXT_SPACING = """*:not(svg, svg *) { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""

# Left out: what only screen readers have, what lies over the page for a moment, and texts in a part that scrolls.
FAULTS = """() => {
  const found = [], wide = document.documentElement.clientWidth;
  const words = each => each.textContent.trim().replace(/\\s+/g, " ").slice(0, 40);
  const say = (fault, each, more) => found.push(`${fault}: "${words(each)}" ${more}`);
  if (document.documentElement.scrollWidth > innerWidth)
    found.push(`the page scrolls sideways, ${document.documentElement.scrollWidth} > ${innerWidth}`);
  const styles = new Map();
  const styleOf = each => styles.get(each) ?? styles.set(each, getComputedStyle(each)).get(each);
  // looked at by every text below it, and the same each time
  const boxes = new Map(), scrolling = new Map();
  const boxOf = each => boxes.get(each) ?? boxes.set(each, each.getBoundingClientRect()).get(each);
  const isSeen = each => each.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const isScrolling = (each, { overflowX, overflowY }) => /auto|scroll/.test(overflowX + overflowY)
    && (each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1);
  const scrolls = each => scrolling.get(each) ?? scrolling.set(each, isScrolling(each, styleOf(each))).get(each);
  const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 0.4 * Math.min(one.height, other.height);
  const isOutside = (inner, outer) => inner.right > outer.right + 3 || inner.left < outer.left - 3
    || inner.bottom > outer.bottom + 4 || inner.top < outer.top - 4;
  const placesOf = each => [...each.getClientRects()].map(({ left, right, top, bottom, width, height }) => ({ left, right, top, bottom, width, height }));
  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walk.nextNode());) {
    const own = text.parentElement;
    if (!text.data.trim() || own.closest("script, style, noscript, option, .unseen, .skip, dialog:not([open]), #toast, #story-open") || !isSeen(own)) continue;
    const range = document.createRange(), isDrawn = own.closest("svg") !== null;
    range.selectNodeContents(text);
    for (const place of placesOf(range)) {
      if (place.width < 2 || place.height < 2) continue;
      let isLeftOut = false, cut = null;
      for (let each = own; each !== document.documentElement; each = each.parentElement) {
        const style = styleOf(each), box = boxOf(each);
        isLeftOut = style.clipPath.startsWith("inset(50%") || scrolls(each);
        if (isLeftOut || style.position === "fixed") break;
        const hides = each !== document.body && /hidden|clip/.test(style.overflowX + style.overflowY) && !(isDrawn && each.closest("svg svg"));
        const holds = !isDrawn && each.matches(".card, .tile, .button, .chip, .select, .tabs button");
        if ((hides || holds) && isOutside(place, box)) cut ??= each;
      }
      if (isLeftOut) continue;
      if (cut) say("cut", own, `by .${cut.getAttribute("class")}`);
      if (place.right > wide + 1 || place.left < -1) say("off the screen", own, `${Math.round(place.left)} to ${Math.round(place.right)}`);
      if (!isDrawn) texts.push({ own, place });
    }
  }
  texts.sort((one, other) => one.place.top - other.place.top);
  texts.forEach(({ own, place }, at) => {
    for (let next = at + 1; next < texts.length && texts[next].place.top < place.bottom; next++)
      if (meet(place, texts[next].place)) say("covered", own, `and "${words(texts[next].own)}"`);
  });
  const isScrolled = each => each !== document.documentElement && (scrolls(each) || isScrolled(each.parentElement));
  const controls = [...document.querySelectorAll("button, a[href], select, summary")]
    .filter(each => isSeen(each) && !each.closest("#story-open, .skip, dialog:not([open]), svg") && !isScrolled(each))
    .map(control => ({ control, places: placesOf(control) }));
  const areOver = (places, others) => places.some(place => others.some(other => meet(place, other)));
  controls.forEach(({ control, places }, at) => {
    for (const { own, place } of texts)
      if (areOver(places, [place]) && !control.contains(own) && !own.contains(control) && !own.closest("label")) say("covered", own, `by "${words(control) || control.title}"`);
    for (const { control: other, places: others } of controls.slice(at + 1))
      if (areOver(places, others) && !control.contains(other)) say("covered", control, `by "${words(other) || other.title}"`);
  });
  return [...new Set(found)];
}"""


def faults_of_texts(page: Page) -> list[str]:
    """Each fault in words."""
    found: list[str] = page.evaluate(FAULTS)
    return found
