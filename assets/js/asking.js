// Boxes, lists and sliders that ask something of the page itself, in its address: `data-ask` names what, the element or
// one in it has the value; `data-ask-list` the same of several, joined by "-". Links within the page ask, too.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const REST = 250; // presses of an arrow key on a slider are one question
  /** What was changed and is not asked yet. @type {Map<string, string>} */
  const waiting = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** What somebody types into at this moment. @type {Element | null} */
  let edited = null;

  /** @typedef {HTMLInputElement | HTMLSelectElement} Field */
  /** @param {EventTarget | null} target @returns {target is Field} */
  const isField = (target) =>
    target instanceof HTMLInputElement || target instanceof HTMLSelectElement;

  function askNow() {
    clearTimeout(timer);
    const values = Object.fromEntries(waiting);
    waiting.clear();
    dash_clientside.choice.setAll(values);
  }

  /** @param {string} name @param {string} value "" takes it away @param {string} clears another name that it takes away */
  function ask(name, value, clears = "") {
    waiting.set(name, value);
    if (clears) waiting.set(clears, "");
    clearTimeout(timer);
    timer = setTimeout(askNow, REST);
  }

  document.addEventListener("change", ({ target }) => {
    if (!isField(target)) return;
    edited = null;
    const one = /** @type {HTMLElement | null} */ (target.closest("[data-ask]")),
      list = /** @type {HTMLElement | null} */ (target.closest("[data-ask-list]"));
    if (!one && !list) return;
    // a number outside what the box allows is said there, and asks nothing
    if (!target.reportValidity()) return;
    if (one) ask(one.dataset.ask ?? "", target.value, one.dataset.clears);
    if (list) {
      const inputs = [...list.querySelectorAll("input")];
      ask(list.dataset.askList ?? "", inputs.map((input) => input.value).join("-"));
    }
  });

  /** The number beside a slider. @param {Field} field */
  function showNumber(field) {
    const place = field.closest(".weight-row")?.querySelector(".weight");
    if (place) dash_clientside.elements.write(place, field.value);
  }

  // a slider says its number while it moves
  document.addEventListener("input", ({ target }) => {
    if (!isField(target)) return;
    edited = target;
    showNumber(target);
    // the browser tells a change once a box is left; the box of a list asks before
    const box = /** @type {HTMLElement | null} */ (target.closest("[data-while-typing]"));
    if (box) ask(box.dataset.ask ?? "", target.value, box.dataset.clears);
  });
  document.addEventListener("focusout", () => (edited = null));

  /**
   * What can be asked stands at what is shown, but for what is changed at this moment.
   * @param {Frames} frames @param {number} at
   */
  function showAsked(frames, at) {
    if (waiting.size || dash_clientside.pending.isAsking()) return;
    for (const field of dash_clientside.elements.findAll("[data-stands-at]")) {
      if (!isField(field) || field === edited) continue;
      const value = dash_clientside.frames.textAt(frames, field.dataset.standsAt ?? "", at);
      if (field.value === value) continue;
      field.value = value;
      showNumber(field);
    }
    const params = new URLSearchParams(frames.query);
    for (const place of dash_clientside.elements.findAll("[data-ask][data-default]")) {
      const field = place.querySelector("input, select"),
        value = params.get(place.dataset.ask ?? "") ?? place.dataset.default ?? "";
      if (isField(field) && field.value !== value) field.value = value;
    }
  }

  /** What the place in an address names is brought into view, and the keyboard goes on there. @param {string} hash */
  function showPlace(hash) {
    const place = hash ? document.getElementById(hash.slice(1)) : null;
    if (!place) return;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView();
  }

  // a link to another view of this page needs no new document
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link =
      event.target instanceof Element ? event.target.closest("a[data-keeps-view]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download"))
      return;
    if (link.origin !== location.origin || link.pathname !== location.pathname) return;
    event.preventDefault();
    dash_clientside.address.go(link.search, link.hash);
    showPlace(link.hash);
  });

  dash_clientside.asking = { ask, showAsked, showPlace };
}
