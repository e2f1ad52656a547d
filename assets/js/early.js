// Before the first paint: the theme that was chosen here, else the system's; and for the server, which draws the figures, a cookie
// that says the theme and whether this window is as narrow as a phone's.
"use strict";
{
  const root = document.documentElement;
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // storage may be closed to us
  }
  const isForced = matchMedia("(forced-colors: active)").matches;
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.theme = isForced ? system : (chosen ?? system);
  const isNarrow = matchMedia(root.dataset.narrow ?? "(max-width: 43.75em)").matches;
  const look = root.dataset.theme + (isNarrow ? "-narrow" : "");
  document.cookie = `look=${look};path=/;max-age=31536000;samesite=lax`;
}
