// An answer that does not come. After half a second what is shown looks old; after ten the request is given up, asked
// again, and that is said. A question that is overtaken by a newer one is given up without a word. Dash has no such
// limit, so its requests are made here; the page says which of them only read and may be repeated.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const LOOKS_OLD = 500;
  const GIVEN_UP = 10_000;
  const AWAY = [502, 503, 504]; // the server is away or starts again
  const PAUSES = [300, 700, 1_500, 3_000, 5_000, 8_000];
  const TRIES = 10;
  const ADDRESS = "_dash-update-component";
  const { COMPONENTS } = dash_clientside.elements;
  /** In Dash's request for what a page is made of. */
  const CONTENT = "_pages_content";
  /** @type {{address: string, options?: RequestInit} | null} */
  let askedForPage = null;
  const browserFetch = window.fetch.bind(window);
  /** @param {RequestInfo | URL} input @param {RequestInit | undefined} options */
  const originalFetch = (input, options) =>
    browserFetch(
      typeof input === "string" ? dash_clientside.languages.speak(input) : input,
      options,
    );

  // the newest question of each callback, and whether it is for what the page shows
  /** @type {Map<string, {question: AbortController, isView: boolean}>} */
  const open = new Map();
  /** @type {(() => void) | null} */
  let retry = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let oldTimer;

  const find = () => dash_clientside.elements.find("notices");

  /** @param {boolean} isOld */
  function showOld(isOld) {
    for (const node of dash_clientside.elements.findAll("[data-waits]")) {
      node.classList.toggle("is-pending", isOld);
      if (isOld) node.setAttribute("aria-busy", "true");
      else node.removeAttribute("aria-busy");
    }
  }

  /** @param {string | undefined} text nothing where all is well */
  function showTrouble(text) {
    const place = find();
    let box = place?.querySelector(".connection");
    if (!text || !place) return box?.remove();
    if (!box) {
      box = document.createElement("div");
      box.className = "notice connection";
      const words = document.createElement("div"),
        button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.dataset.retry = "";
      button.textContent = place.dataset.retry ?? "";
      box.append(words, ...(place.dataset.retry ? [button] : []));
      place.prepend(box);
    }
    const words = box.firstElementChild;
    if (words) dash_clientside.elements.write(words, text);
  }

  /**
   * The callback of a request that may be repeated, null for any other.
   * @param {string} address @param {RequestInit | undefined} options
   */
  function findReading(address, options) {
    if (!address.includes(ADDRESS) || typeof options?.body !== "string") return null;
    const reading = (find()?.dataset.repeats ?? COMPONENTS.frames).split(" ");
    try {
      const { output, outputs } = JSON.parse(options.body);
      const ids = [outputs].flat(Infinity).map((/** @type {{id: string}} */ each) => each?.id);
      return ids.some((id) => reading.includes(id)) ? { key: output, ids } : null;
    } catch {
      return null;
    }
  }

  /**
   * Waits, but not longer than until somebody presses "again" or the question is overtaken.
   * @param {number} duration @param {AbortSignal} overtaken
   * @returns {Promise<void>}
   */
  const pause = (duration, overtaken) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, duration);
      retry = () => {
        clearTimeout(timer);
        resolve();
      };
      overtaken.addEventListener("abort", () => retry?.(), { once: true });
    });

  /**
   * One try: the whole answer within the limit, or null.
   * @param {string} address @param {RequestInit} options @param {AbortSignal} overtaken
   */
  async function tryOnce(address, options, overtaken) {
    const limit = new AbortController(),
      timer = setTimeout(() => limit.abort(), GIVEN_UP);
    const end = () => limit.abort();
    retry = end;
    overtaken.addEventListener("abort", end, { once: true });
    try {
      const reply = await originalFetch(address, { ...options, signal: limit.signal });
      if (AWAY.includes(reply.status)) return null;
      const body = reply.status === 204 ? null : await reply.arrayBuffer();
      return new Response(body, { status: reply.status, headers: reply.headers });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
      overtaken.removeEventListener("abort", end);
    }
  }

  /** What Dash takes for "nothing changes". */
  const nothing = () => new Response(null, { status: 204 });

  /**
   * @param {string} address @param {RequestInit} options @param {string} key @param {boolean} isView
   */
  async function askPatiently(address, options, key, isView) {
    open.get(key)?.question.abort();
    const question = new AbortController(),
      overtaken = question.signal;
    open.set(key, { question, isView });
    if (isView) {
      document.body.dataset.ready = "false";
      clearTimeout(oldTimer);
      oldTimer = setTimeout(() => showOld(true), LOOKS_OLD);
    }
    let hasTrouble = false;
    for (let tries = 0; ; tries++) {
      const began = performance.now(),
        reply = await tryOnce(address, options, overtaken);
      if (overtaken.aborted) return nothing();
      if (reply) {
        open.delete(key);
        if (isView) dash_clientside.figures.rememberFigures();
        settle(isView, hasTrouble);
        return reply;
      }
      hasTrouble = true;
      const { waiting, failed } = find()?.dataset ?? {};
      const isLast = tries >= TRIES,
        duration = isLast ? 2 ** 31 - 1 : (PAUSES[tries] ?? PAUSES[PAUSES.length - 1]);
      // a server that starts again is back before anybody reads a sentence
      if (isLast || tries > 0 || performance.now() - began >= GIVEN_UP / 2)
        showTrouble([failed, isLast ? "" : waiting].filter(Boolean).join(" "));
      await pause(duration, overtaken);
      if (overtaken.aborted) return nothing();
    }
  }

  /** Gives a question up without a word, as by Escape. @param {string} key */
  function giveUp(key) {
    if (!open.has(key)) return;
    open.get(key)?.question.abort();
    open.delete(key);
    settle(true, false);
  }

  /** @param {boolean} isView @param {boolean} hadTrouble */
  function settle(isView, hadTrouble) {
    if (hadTrouble && find()?.querySelector(".connection"))
      dash_clientside.announcements.showNote(find()?.dataset.again);
    if (open.size === 0) showTrouble(undefined);
    if (!isView) return;
    clearTimeout(oldTimer);
    showOld(false);
  }

  window.fetch = (input, options) => {
    const address = String(input instanceof Request ? input.url : input);
    if (address.includes(ADDRESS) && String(options?.body).includes(CONTENT))
      askedForPage = { address: dash_clientside.languages.speak(address), options };
    const reading = findReading(address, options);
    if (!reading || !options) return originalFetch(input, options);
    return askPatiently(address, options, reading.key, reading.ids.includes(COMPONENTS.frames));
  };

  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-retry]")?.matches("button")) retry?.();
  });
  addEventListener("online", () => retry?.());

  dash_clientside.pending = {
    // a table or a list of sources that is on its way changes nothing of what else is shown
    isAsking: () => [...open.values()].some(({ isView }) => isView),
    findReading,
    ask: askPatiently,
    giveUp,
    pageRequest: () => askedForPage,
  };
}
