// The presenter's window: this slide and the next, notes, clock, timer. It is the stage's own page beside the slides'
// (?presenter=1); the two tell each other where they are.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const GAP = 16;
  /** What the slide that is shown takes of the window, at most. */
  const WIDEST = 0.62,
    TALLEST = 1.2;
  let began = Date.now();
  /** @type {BroadcastChannel | null} */
  let channel = null;

  /** @param {string} name @returns {HTMLElement | null} */
  const part = (name) => document.querySelector(`.desk ${name}`);
  /** @param {number} number */
  const two = (number) => String(Math.floor(number)).padStart(2, "0");

  function tick() {
    const clock = part(".clock"),
      timer = part(".timer");
    if (!clock || !timer) return;
    const seconds = (Date.now() - began) / 1000,
      lang = dash_clientside.texts.locale();
    clock.textContent = new Date().toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
    timer.textContent = `${two(seconds / 60)}:${two(seconds % 60)}`;
  }

  function restart() {
    began = Date.now();
    tick();
  }

  /**
   * Where the two slides stand, as [distance from where lines begin, top, width, height]; the rest of the window is for
   * the notes.
   */
  function boxes() {
    const wide = innerWidth - 3 * GAP,
      on = Math.min(wide * WIDEST, (innerHeight - 2 * GAP) * TALLEST),
      coming = wide - on;
    document.body.style.setProperty("--beside", `${GAP + on + GAP}px`);
    document.body.style.setProperty("--under", `${GAP + (coming * 9) / 16 + GAP}px`);
    return {
      on: [GAP, GAP, on, (on * 9) / 16],
      coming: [GAP + on + GAP, GAP, coming, (coming * 9) / 16],
    };
  }

  /** @param {string} notes @param {string} lang their language @param {boolean} isBlack */
  function show(notes, lang, isBlack) {
    const place = part(".notes");
    if (place) {
      dash_clientside.elements.write(place, notes.trim());
      place.lang = lang;
    }
    document.body.classList.toggle("is-black", isBlack);
  }

  // ---- the two windows
  let isDesk = false;
  /** When what is shown was chosen, here or in the other window. */
  let chosen = 0;

  /**
   * Joins the windows of one story: the presenter's follows a stage, and a stage the presenter's. Two stages are two
   * talks. Of what is chosen in both at once the later holds, and that of the stage where no clock tells them apart.
   * @param {string} name of the channel @param {boolean} isPresenter
   * @param {() => unknown} shown @param {(shown: any) => void} follow
   */
  function join(name, isPresenter, shown, follow) {
    if (!("BroadcastChannel" in window)) return;
    isDesk = isPresenter;
    channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => {
      if (data.isDesk === isDesk) return;
      if (data.hello) return tell(shown());
      if (data.chosen < chosen || (data.chosen === chosen && !isDesk)) return;
      chosen = data.chosen;
      follow(data.shown);
    };
  }

  /** @param {unknown} shown */
  function tell(shown) {
    chosen = Date.now();
    channel?.postMessage({ shown, chosen, isDesk });
  }
  const askOther = () => channel?.postMessage({ hello: true, isDesk });

  setInterval(tick, 1000);
  dash_clientside.stage_presenter = { boxes, show, restart, tick, join, tell, askOther };
}
