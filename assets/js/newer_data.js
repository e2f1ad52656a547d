// A page that was open while the data changed says so, and loads it when asked. The choice is in the address, a story
// and a shortlist in the browser's storage: nothing is lost.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** The version of the data in the first answer: the page around it was made of that. @type {string | undefined} */
  let first;

  /** @param {string | undefined} version of the data of an answer */
  function compareVersion(version) {
    if (!version) return;
    first ??= version;
    const note = document.getElementById("newer-data");
    if (note) note.hidden = version === first;
  }

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || !target.closest("button[data-reload]")) return;
    dash_clientside.address.flush();
    location.reload();
  });

  dash_clientside.newer_data = { compareVersion };
}
