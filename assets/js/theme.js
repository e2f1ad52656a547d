// Light or dark. A theme that was chosen here is kept by the browser where it may; forced contrast has the system's.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const root = document.documentElement;
  const isForced = matchMedia("(forced-colors: active)"),
    isDark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia(root.dataset.narrow ?? "(max-width: 43.75em)");

  /** Whether it is kept. @param {string} theme */
  function keep(theme) {
    try {
      localStorage.setItem("theme", theme);
      return localStorage.getItem("theme") === theme;
    } catch {
      return false;
    }
  }

  function keptTheme() {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  }

  const systemTheme = () => (isDark.matches ? "dark" : "light");
  const wantedTheme = () => (isForced.matches ? systemTheme() : (keptTheme() ?? systemTheme()));

  /** What the server has to know of this browser. */
  const currentLook = () => ({
    theme: root.dataset.theme ?? systemTheme(),
    narrow: narrow.matches,
  });

  /** Figures are drawn for a theme and a width: where they are not those of this browser, they are asked for. */
  function askForLook() {
    const drawn = dash_clientside.choice.shownFrames()?.look,
      look = currentLook();
    if (drawn && (drawn.theme !== look.theme || drawn.narrow !== look.narrow))
      dash_clientside.choice.askAgain();
  }

  /** @param {string} theme */
  function showTheme(theme) {
    if (root.dataset.theme !== theme) root.dataset.theme = theme;
    askForLook();
  }

  function toggle() {
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    if (!keep(theme))
      dash_clientside.announcements.showNote(
        dash_clientside.elements.find("toast")?.dataset.storage,
      );
    // so that the next document is drawn for this browser at once
    const look = narrow.matches ? `${theme}-narrow` : theme;
    document.cookie = `look=${look};path=/;max-age=31536000;samesite=lax`;
    showTheme(theme);
  }

  if (!root.dataset.theme || isForced.matches) root.dataset.theme = wantedTheme();
  for (const query of [isForced, isDark])
    query.addEventListener("change", () => showTheme(wantedTheme()));
  narrow.addEventListener("change", askForLook);

  dash_clientside.theme = { toggle, askForLook, currentLook };
}
