// Before the first paint: the theme that was chosen here, else the system's; and for the server, which draws the
// figures, a cookie that says the theme and whether this window is as narrow as a phone's. One more says the language
// that was chosen.
"use strict";
{
  const root = document.documentElement;
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // the browser may forbid storage
  }
  const isForced = matchMedia("(forced-colors: active)").matches;
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.theme = isForced ? system : (chosen ?? system);
  const isNarrow = matchMedia(root.dataset.narrow ?? "(max-width: 43.75em)").matches;
  const look = root.dataset.theme + (isNarrow ? "-narrow" : "");
  const KEPT = "path=/;max-age=31536000;samesite=lax";
  document.cookie = `look=${look};${KEPT}`;
  // a language that is chosen is that of later visits, where the address says none
  addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a[data-language]") : null;
    if (link instanceof HTMLAnchorElement) document.cookie = `lang=${link.hreflang};${KEPT}`;
  });

  // Dash's scripts stand in a template of the document. They run one after the other, so that the browser can paint and
  // listen between two of them. On a narrow screen, which is mostly a phone's, they are fetched when the text has been
  // painted: they would take its style sheet's and its fonts' share of a slow line.
  const LONGEST_WAIT = 1_000; // a window that nobody sees paints nothing
  const waitUntilPainted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
      setTimeout(resolve, LONGEST_WAIT);
    });

  async function runScripts() {
    const waiting = document.getElementById("scripts");
    if (!(waiting instanceof HTMLTemplateElement)) return;
    if (isNarrow) await waitUntilPainted();
    for (const script of waiting.content.querySelectorAll("script")) {
      const copy = document.importNode(script, true);
      const loading = new Promise((resolve) => {
        copy.addEventListener("load", resolve);
        if (!copy.src) resolve(undefined);
      });
      waiting.before(copy);
      await loading;
    }
  }
  addEventListener("DOMContentLoaded", runScripts);

  // A script or style that does not arrive (the server was just started again) leaves a page that never begins: then
  // the page is loaded again, at most three times within a minute. Plotly is asked for again by plotly_promise.js.
  const MOST = 3,
    MINUTE = 60_000,
    KEY = "loaded-again";
  let isComing = false;

  /** @param {EventTarget | null} target */
  const isNeeded = (target) =>
    target instanceof HTMLScriptElement
      ? target.getAttribute("src") !== root.dataset.plotly
      : target instanceof HTMLLinkElement && target.rel === "stylesheet";

  /** How often the page was loaded again within a minute, this time included; 0 where nothing can be remembered. */
  function countReloads() {
    try {
      const now = Date.now();
      /** @type {number[]} */
      const earlier = JSON.parse(sessionStorage.getItem(KEY) || "[]");
      const times = [...earlier.filter((time) => now - time < MINUTE), now];
      sessionStorage.setItem(KEY, JSON.stringify(times));
      return times.length;
    } catch {
      return 0; // storage may be closed to us
    }
  }

  addEventListener(
    "error",
    ({ target }) => {
      if (isComing || !isNeeded(target)) return;
      const times = countReloads();
      if (times < 1 || times > MOST) return;
      isComing = true;
      setTimeout(() => location.reload(), 350 * 2 ** times);
    },
    true,
  );
}
