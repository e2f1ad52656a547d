// What is said: notes that everybody sees for a moment, and what screen readers hear of a change, once and politely,
// when it has come to rest.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const REST = 700;
  const SHOWN = 4_000;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let restTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let noteTimer;
  /** @type {string | null} */
  let lastSaid = null;

  /** A note in the corner. @param {string | undefined} text */
  function showNote(text) {
    const note = dash_clientside.elements.find("toast");
    if (!note || !text) return;
    note.textContent = text;
    clearTimeout(noteTimer);
    noteTimer = setTimeout(() => (note.textContent = ""), SHOWN);
  }

  /** The sentence that sums up what is shown: without a path, the headline of the first card. */
  function summary() {
    const frames = dash_clientside.choice.shownFrames(),
      path = dash_clientside.elements.find("announcement")?.dataset.announces;
    if (!frames) return "";
    const at = dash_clientside.choice.shownYear() - frames.years[0];
    const text = path ? dash_clientside.frames.textAt(frames, path, at) : "";
    return text || document.querySelector("main .card h2")?.textContent?.trim() || "";
  }

  function sayNow() {
    const region = dash_clientside.elements.find("announcement"),
      text = summary();
    if (dash_clientside.playback.isPlaying()) return; // said when it ends
    const isFirst = lastSaid === null;
    if (text === lastSaid) return;
    lastSaid = text;
    if (region && !isFirst) region.textContent = text;
  }

  /** What is shown has changed: it is said when nothing follows. */
  function announceChange() {
    clearTimeout(restTimer);
    if (lastSaid === null) return sayNow();
    restTimer = setTimeout(sayNow, REST);
  }

  dash_clientside.announcements = { showNote, announceChange };
}
