// Plays through the years. Whoever asks for less motion gets one year a press.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const STEP = 500;
  const lessMotion = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  const isPlaying = () => timer !== undefined;

  /** Buttons say what a press would do. */
  function showButton() {
    for (const button of dash_clientside.elements.findAll("[data-play]")) labelButton(button);
  }

  /** @param {HTMLElement} button */
  function labelButton(button) {
    const { play = "", pause = play, step = play } = button.dataset;
    const label = isPlaying() ? pause : lessMotion.matches ? step : play;
    const icon = button.querySelector(".icon"),
      words = button.querySelector(".unseen");
    if (icon) icon.className = `icon icon-${isPlaying() ? "pause" : "play"}`;
    if (!label) return;
    if (icon) button.title = label;
    if (words) dash_clientside.elements.write(words, label);
    else if (!icon) dash_clientside.elements.write(button, label);
  }

  function stop() {
    if (!isPlaying()) return;
    clearInterval(timer);
    timer = undefined;
    showButton();
    dash_clientside.announcements.announceChange();
  }

  function step() {
    const frames = dash_clientside.choice.shownFrames(),
      year = dash_clientside.choice.shownYear();
    if (!frames || year >= frames.years[1]) return stop();
    dash_clientside.choice.setYear(year + 1);
    if (year + 1 >= frames.years[1]) stop();
  }

  function toggle() {
    const frames = dash_clientside.choice.shownFrames();
    if (!frames) return;
    if (isPlaying()) return stop();
    const isAtEnd = dash_clientside.choice.shownYear() >= frames.years[1];
    if (lessMotion.matches)
      return isAtEnd ? dash_clientside.choice.setYear(frames.years[0]) : step();
    if (isAtEnd) dash_clientside.choice.setYear(frames.years[0]);
    timer = setInterval(step, STEP);
    showButton();
  }

  // a hand on the slider ends it
  document.addEventListener("input", ({ target }) => {
    if (target === dash_clientside.elements.find("year")) stop();
  });
  lessMotion.addEventListener("change", () => {
    stop();
    showButton();
  });

  dash_clientside.playback = { toggle, stop, isPlaying, showButton };
}
