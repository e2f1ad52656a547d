// Boxes and lists that ask something of the page itself: `data-ask` names what they say in the address, `data-clears`
// what that takes out of it, `data-default` where they stand when it says nothing. What is typed `data-while-typing` asks when
// the hand rests.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const REST = 250;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {EventTarget | null} target @returns {HTMLElement | null} */
  const findAsk = (target) => (target instanceof Element ? target.closest("[data-ask]") : null);

  document.addEventListener("change", ({ target }) => {
    const place = findAsk(target);
    if (!place || !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement))
      return;
    // a value outside what the box allows is said there, and asks nothing
    if (!target.reportValidity()) return;
    const { ask = "", clears, default: usual } = place.dataset;
    dash_clientside.choice.set(ask, target.value === usual ? "" : target.value, clears);
  });

  // The browser tells a change once the box is left; this tells it before.
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.closest("[data-while-typing]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      target.dispatchEvent(new Event("change", { bubbles: true }));
    }, REST);
  });

  /** They stand at what the address says, but while somebody types. @param {Frames} frames */
  function showAsked({ query }) {
    if (timer !== undefined) return;
    const params = new URLSearchParams(query);
    for (const place of dash_clientside.elements.findAll("[data-ask][data-default]")) {
      const input = place.querySelector("input, select");
      if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement)) continue;
      const value = params.get(place.dataset.ask ?? "") ?? place.dataset.default ?? "";
      if (input.value !== value) input.value = value;
    }
  }

  dash_clientside.asks = { showAsked };
}
