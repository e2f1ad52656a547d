// The address says what is shown, so that it can be copied, reloaded and gone back to. What is shown never waits for
// it: it is written when the hand rests, and where the browser refuses (Safari allows a hundred changes in ten
// seconds), later again. A run of years by one hand, as thirty presses of an arrow key, or of letters, is one entry of
// the history.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const REST = 600; // longer than a step of play, which is written at its end
  const REFUSED = 5_000;
  let wanted = location.search;
  let isFirst = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** A run ends when a pointer is pressed or the keyboard goes elsewhere. */
  let run = 0;
  /** The run whose years the newest entry holds, null where it holds a choice. @type {number | null} */
  let runOfEntry = null;
  let isReplaced = true;
  let isFollowing = false;

  /** What is chosen but for the year. @param {string} search */
  function withoutYear(search) {
    const params = new URLSearchParams(dash_clientside.languages.without(search));
    params.delete("year");
    return params.toString();
  }

  /**
   * The query without what changes at each step of a slider or each letter typed: the year, and the words that lists
   * are searched for.
   * @param {string} search
   */
  function withoutSteps(search) {
    const params = new URLSearchParams(withoutYear(search));
    for (const name of [...params.keys()]) if (/^find\b/.test(name)) params.delete(name);
    return params.toString();
  }

  /** @param {string} query of the choice @param {number | null} year null for the last */
  const spell = (query, year) =>
    dash_clientside.languages.keep(
      year === null ? query : `${query}${query ? "&" : "?"}year=${year}`,
    );

  function write() {
    clearTimeout(timer);
    timer = undefined;
    if (wanted !== location.search) {
      const isChoice = withoutSteps(wanted) !== withoutSteps(location.search);
      const replaces = isReplaced || (!isChoice && runOfEntry === run);
      const address = location.pathname + wanted + location.hash;
      try {
        if (replaces) history.replaceState(history.state, "", address);
        else history.pushState(null, "", address);
        runOfEntry = isChoice || isReplaced ? null : run;
      } catch {
        timer = setTimeout(write, REFUSED);
        return;
      }
    }
    isReplaced = false;
    carry();
  }

  /** Writes what waits, before something else begins. */
  function flush() {
    if (timer !== undefined) write();
  }

  /**
   * What is shown from now on.
   * @param {string} query @param {number | null} year @param {boolean} isAnswer whether it is the first of an answer
   */
  function show(query, year, isAnswer) {
    const isOfAddress = withoutYear(query) === withoutYear(location.search);
    if (isFollowing && !isAnswer && !isOfAddress) return;
    // the first answer, and one to Back or Forward, shows what the address says already, perhaps spelled otherwise: it
    // corrects the entry of the history and adds none
    isReplaced ||= isFirst || isFollowing;
    isFirst = isFollowing = false;
    wanted = spell(query, year);
    if (wanted === location.search) {
      clearTimeout(timer);
      timer = undefined;
      isReplaced = false;
      return carry();
    }
    clearTimeout(timer);
    timer = setTimeout(write, isAnswer ? 0 : REST);
  }

  /** What is shown from now on, where no step of it is worth a way back. @param {string} search */
  function replace(search) {
    wanted = dash_clientside.languages.keep(search);
    isReplaced = true;
    clearTimeout(timer);
    timer = setTimeout(write, REST);
  }

  /** The address of what is shown, written or not. @param {string} anchor */
  const current = (anchor = "") =>
    location.origin + location.pathname + wanted + (anchor ? `#${anchor}` : "");

  /**
   * A query with some names put in, or taken out where they have no value.
   * @param {string} search @param {string} by
   */
  function changed(search, by) {
    const params = new URLSearchParams(search);
    for (const [name, value] of new URLSearchParams(by)) {
      params.delete(name);
      if (value) params.append(name, value);
    }
    const text = params.toString();
    return text && `?${text}`;
  }

  /** The query for what has no path to say which thing the page is about: a file, a card alone. */
  function wholeQuery() {
    const key = dash_clientside.choice.shownFrames()?.key;
    return key ? changed(wanted, `of=${encodeURIComponent(key)}`) : wanted;
  }

  /** Links to other pages and to files take the choice along, and the language. @param {ParentNode} part */
  function carry(part = document) {
    const { say, carry: carryLanguage } = dash_clientside.languages;
    for (const link of part.querySelectorAll("a[data-keeps-view]"))
      if (link instanceof HTMLAnchorElement) {
        const query = link.hasAttribute("download") ? say(wholeQuery()) : wanted;
        link.search = changed(query, link.dataset.keepsView ?? "");
      }
    carryLanguage(part);
  }

  // Back and Forward on this page: controls take what the address says, and Dash need not build the page again.
  const page = location.pathname;
  addEventListener("popstate", (event) => {
    clearTimeout(timer);
    timer = undefined;
    runOfEntry = null;
    if (location.pathname !== page || !dash_clientside.choice.shownFrames()) return;
    if (wanted === location.search) return; // a place within the page
    event.stopImmediatePropagation();
    follow();
  });

  /** Shows what the browser's address says. */
  function follow() {
    dash_clientside.playback.stop();
    wanted = location.search;
    isFollowing = true; // nothing that is still shown of the other choice is written
    isFollowing = dash_clientside.choice.follow(location.search);
  }

  /** Goes where a link within the page leads. @param {string} search @param {string} hash */
  function go(search, hash) {
    flush();
    history.pushState(null, "", location.pathname + search + hash);
    runOfEntry = null;
    if (search !== wanted) follow();
  }

  const begin = () => {
    flush();
    run++;
  };
  addEventListener("pointerdown", begin, true);
  addEventListener("focusin", begin, true);
  addEventListener("pagehide", flush, true);
  document.addEventListener("visibilitychange", flush, true);
  // Alt and an arrow is Back, Enter may follow a link
  addEventListener(
    "keydown",
    ({ altKey, metaKey, ctrlKey, key }) => {
      if (altKey || metaKey || ctrlKey || key === "Enter") flush();
    },
    true,
  );

  dash_clientside.address = {
    show,
    replace,
    current,
    changed,
    carry,
    flush,
    go,
    spell,
    wholeQuery,
  };
}
