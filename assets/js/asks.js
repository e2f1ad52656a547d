// Boxes, lists and sliders that ask something of the page itself. `data-ask` names what they say in the address,
// `data-clears` what that takes out of it, `data-default` where they stand when it says nothing; `data-ask-list` is the
// same of several sliders, joined by "-". What is typed `data-while-typing` asks when the hand rests.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const REST = 250;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** What somebody changes at this moment. @type {Field | null} */
  let edited = null;

  /** @typedef {HTMLInputElement | HTMLSelectElement} Field */
  /** @param {unknown} node @returns {node is Field} */
  const isField = (node) => node instanceof HTMLInputElement || node instanceof HTMLSelectElement;

  /** @param {Element} field @returns {HTMLElement | null} */
  const findAsk = (field) => field.closest("[data-ask], [data-ask-list]");

  /** What a place asks: of a list, the values of all its sliders. @param {HTMLElement} place @param {Field} field */
  function valueOf(place, field) {
    if (place.dataset.askList === undefined) return field.value;
    return [...place.querySelectorAll("input")].map((input) => input.value).join("-");
  }

  /** What waits to be asked. @type {{field: Field, ask: () => void} | null} */
  let waiting = null;

  function askNow() {
    clearTimeout(timer);
    const ask = waiting?.ask;
    waiting = edited = null;
    ask?.();
  }

  /**
   * Asks when the hand rests: each press of an arrow key on a slider or a number is a change. What waits of another
   * field is asked at once.
   * @param {Field} field @param {() => void} ask
   */
  function askAtRest(field, ask) {
    if (waiting && waiting.field !== field) waiting.ask();
    clearTimeout(timer);
    waiting = { field, ask };
    timer = setTimeout(askNow, REST);
  }

  document.addEventListener("change", ({ target }) => {
    const place = isField(target) ? findAsk(target) : null;
    if (!place || !isField(target)) return;
    // a value outside what the box allows is said there, and asks nothing
    if (!target.reportValidity()) return;
    const { ask, askList, clears, default: usual } = place.dataset,
      value = valueOf(place, target);
    const choose = () =>
      dash_clientside.choice.set(ask ?? askList ?? "", value === usual ? "" : value, clears);
    if (["range", "number"].includes(target.type)) askAtRest(target, choose);
    else {
      edited = null;
      choose();
    }
  });

  /** The number beside a slider. @param {Field} field */
  function showNumber(field) {
    const place = field.closest(".weight-row")?.querySelector(".weight");
    if (place) dash_clientside.elements.write(place, field.value);
  }

  // `change` comes only when the box is left; `input` comes with each letter.
  document.addEventListener("input", ({ target }) => {
    if (!isField(target) || !(findAsk(target) || "standsAt" in target.dataset)) return;
    edited = target;
    showNumber(target);
    if (target.closest("[data-while-typing]"))
      askAtRest(target, () => target.dispatchEvent(new Event("change", { bubbles: true })));
  });
  document.addEventListener("focusout", ({ target }) => {
    if (target === edited && !waiting) edited = null;
  });

  /** @param {Field} field @param {string} value */
  function put(field, value) {
    if (field === edited || field.value === value) return;
    field.value = value;
    showNumber(field);
  }

  /**
   * They stand at what is shown, but while somebody changes them: at the value of the address, or at a text of the page
   * (`data-stands-at`).
   * @param {Frames} frames
   */
  function showAsked(frames) {
    if (waiting) return;
    const { findAll } = dash_clientside.elements,
      params = new URLSearchParams(frames.query);
    for (const place of findAll("[data-ask][data-default]")) {
      const field = place.querySelector("input, select");
      if (isField(field))
        put(field, params.get(place.dataset.ask ?? "") ?? place.dataset.default ?? "");
    }
    for (const field of findAll("[data-stands-at]"))
      if (isField(field))
        put(field, dash_clientside.frames.textAt(frames, field.dataset.standsAt ?? "", frames.at));
  }

  dash_clientside.asks = { showAsked };
}
