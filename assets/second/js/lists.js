// Lists that the server finds and sorts: what is typed asks when the hand rests, and the keyboard stays where it was
// when the rows come anew (raw_html.js).
"use strict";
var dash_clientside = dash_clientside || {};
{
  const REST = 250;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  // A box asks what it says once it has changed: the browser tells that when the box is left, this tells it before.
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.closest("[data-while-typing]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => target.dispatchEvent(new Event("change", { bubbles: true })), REST);
  });
}
