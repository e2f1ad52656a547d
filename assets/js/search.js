// Search without the server: the index comes once, when a box is first used. A find of the header is gone to; in a box
// that puts (data-puts), its id goes into the choice. A box with its list is a combobox as ARIA describes it.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const MOST = 12,
    LEAST_TO_GUESS = 5;

  /**
   * @typedef {{kind: string, label: string, rank: number, id: string, name: string, detail: string, whole: string,
   * words: string[], more: string[], address: string}} Entry
   */
  /**
   * @typedef {{kinds: [string, string, string][], entries: Record<string, [string, string, string, string][]>}}
   * IndexFile
   */

  /** @type {Promise<Entry[]> | null} */
  let index = null;

  /** What the boxes say, and where the index is: attributes of that of the header. */
  const settings = () => document.getElementById("search")?.closest("[data-search]");
  /** @param {string} name */
  const say = (name) => settings()?.getAttribute(`data-${name}`) ?? "";

  function loadIndex() {
    index ??= fetch(say("index"))
      .then((reply) => (reply.ok ? reply.json() : Promise.reject(new Error(String(reply.status)))))
      .then(readIndex);
    index.catch(() => (index = null)); // it is asked for again
    return index;
  }

  /** @param {IndexFile} file */
  function readIndex({ kinds, entries }) {
    const { fold, wordsOf } = dash_clientside.spelling;
    return kinds.flatMap(([kind, label, address], rank) =>
      entries[kind].map(([id, name, detail, also]) => {
        const names = [name, ...also.split(";")].filter(Boolean);
        return {
          ...{ kind, label, rank, id, name, detail },
          whole: fold(name),
          words: [...new Set(names.flatMap(wordsOf)), ...names.map(fold)],
          more: wordsOf(detail),
          address: address.replace("{id}", kind === "page" ? id : encodeURIComponent(id)),
        };
      }),
    );
  }

  /**
   * Whether two words differ by one letter: one more, one less, another, or two changed round.
   * @param {string} a @param {string} b
   */
  function isNear(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let i = 0;
    while (i < a.length && i < b.length && a[i] === b[i]) i++;
    const isRest = (/** @type {number} */ x, /** @type {number} */ y) =>
      a.slice(i + x) === b.slice(i + y);
    const isSwapped = a[i] === b[i + 1] && a[i + 1] === b[i] && isRest(2, 2);
    return isRest(1, 1) || isRest(1, 0) || isRest(0, 1) || isSwapped;
  }

  /**
   * How well an entry fits, 0 best; null where it does not.
   * @param {Entry} entry @param {string[]} words @param {string} all
   */
  function rate(entry, words, all) {
    const begins = (/** @type {string[]} */ among) =>
      words.every((word) => among.some((each) => each.startsWith(word)));
    if (entry.whole === all) return 0;
    if (begins(entry.words)) return entry.whole.startsWith(all) ? 1 : 1.5;
    if (begins([...entry.words, ...entry.more])) return 2;
    return all.length > 2 && entry.words.some((each) => each.includes(all)) ? 3 : null;
  }

  /**
   * The best entries for what was typed; where none fits, those that differ by a letter.
   * @param {Entry[]} entries @param {string} text @param {string} kind "" for every kind
   */
  function findEntries(entries, text, kind) {
    const words = dash_clientside.spelling.wordsOf(text),
      all = words.join("");
    if (!all) return [];
    const among = kind ? entries.filter((entry) => entry.kind === kind) : entries;
    /** @type {[number, Entry][]} */
    let found = among.flatMap((entry) => {
      const worth = rate(entry, words, all);
      return worth === null ? [] : [[worth, entry]];
    });
    const guesses = [all, ...words].filter((word) => word.length >= LEAST_TO_GUESS);
    if (!found.length)
      found = among
        .filter((entry) => entry.words.some((each) => guesses.some((word) => isNear(each, word))))
        .map((entry) => [4, entry]);
    // cities stand in the order of their size
    const isCity = (/** @type {Entry} */ entry) => entry.kind.endsWith("city");
    const compare = (
      /** @type {[number, Entry]} */ [a, x],
      /** @type {[number, Entry]} */ [b, y],
    ) => a - b || x.rank - y.rank || (isCity(x) ? 0 : x.name.length - y.name.length);
    return found
      .sort(compare)
      .slice(0, MOST)
      .map(([, entry]) => entry);
  }

  // ---- the box that is used now
  /** @type {Entry[]} */
  let finds = [];
  let at = -1;

  /**
   * The box around a field, with its list, which is made when the field is first used.
   * @param {EventTarget | null} target
   */
  function findBox(target) {
    const input = target instanceof HTMLInputElement ? target : null,
      box = /** @type {HTMLElement | null} */ (input?.closest("[data-search]") ?? null);
    if (!input || !box) return null;
    const id = `found-${input.id}`;
    if (!document.getElementById(id)) {
      const label = dash_clientside.elements.escapeText(box.querySelector("label")?.textContent);
      box.insertAdjacentHTML(
        "beforeend",
        `<ul id="${id}" class="found" role="listbox" aria-label="${label}" hidden></ul>` +
          '<span class="unseen" role="status"></span>',
      );
      Object.assign(input, { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list" });
      input.setAttribute("aria-controls", id);
    }
    const list = /** @type {HTMLElement} */ (document.getElementById(id));
    return { box, input, list };
  }

  /** @param {NonNullable<ReturnType<typeof findBox>>} box */
  function close({ input, list }) {
    list.hidden = true;
    at = -1;
    input.ariaExpanded = "false";
    input.removeAttribute("aria-activedescendant");
  }

  /** @param {NonNullable<ReturnType<typeof findBox>>} box @param {string} problem what to say instead of finds */
  function show({ box, input, list }, problem = "") {
    at = -1;
    const { escapeText } = dash_clientside.elements,
      isOfOneKind = Boolean(box.dataset.search);
    const text = finds.length
      ? say("results").replace("{number}", String(finds.length))
      : problem || say("none");
    const items = finds.map(({ name, detail, label }, i) => {
      const what = [detail, isOfOneKind ? "" : label].filter(Boolean).join(" · ");
      const words = `<b>${escapeText(name)}</b><small>${escapeText(what)}</small>`;
      return `<li id="${list.id}-${i}" role="option" aria-selected="false">${words}</li>`;
    });
    const state = 'role="option" aria-disabled="true" aria-selected="false"',
      nothing = `<li class="none" ${state}>${escapeText(text)}</li>`;
    list.innerHTML = items.join("") || nothing;
    const isAsked = input.value.trim() !== "";
    if (list.nextElementSibling) list.nextElementSibling.textContent = isAsked ? text : "";
    list.hidden = !isAsked;
    input.ariaExpanded = String(isAsked);
    input.removeAttribute("aria-activedescendant");
  }

  /** @param {NonNullable<ReturnType<typeof findBox>>} box @param {number} next */
  function mark({ input, list }, next) {
    at = (next + finds.length) % finds.length;
    [...list.children].forEach((item, i) => (item.ariaSelected = String(i === at)));
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  /** @param {NonNullable<ReturnType<typeof findBox>>} box @param {Entry} entry */
  function take(box, entry) {
    const puts = box.box.dataset.puts;
    close(box);
    if (!puts) return location.assign(dash_clientside.languages.follow(entry.address));
    box.input.value = [entry.name, entry.detail].filter(Boolean).join(", ");
    dash_clientside.choice.set(puts, entry.id);
  }

  document.addEventListener("focusin", ({ target }) => {
    if (findBox(target)) loadIndex().catch(() => {});
  });
  document.addEventListener("focusout", ({ target }) => {
    const box = findBox(target);
    if (box) close(box);
  });
  document.addEventListener("input", async ({ target }) => {
    const box = findBox(target);
    if (!box) return;
    const { input } = box,
      { puts, search } = box.box.dataset;
    if (puts && !input.value.trim()) dash_clientside.choice.set(puts, "");
    try {
      finds = findEntries(await loadIndex(), input.value, search ?? "");
      if (document.activeElement === input) show(box);
    } catch {
      finds = [];
      show(box, say("failed"));
    }
  });
  // the field keeps the keyboard while its list is pressed
  document.addEventListener("mousedown", (event) => {
    if (event.target instanceof Element && event.target.closest(".found")) event.preventDefault();
  });
  document.addEventListener("click", ({ target }) => {
    const item = target instanceof Element ? target.closest(".found li[id]") : null,
      box = item && findBox(item.closest("[data-search]")?.querySelector("input") ?? null);
    if (item && box) take(box, finds[[...box.list.children].indexOf(item)]);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const { key, target } = event;
      const isTyping =
        target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
      const field = /** @type {HTMLInputElement | null} */ (document.getElementById("search"));
      if (key === "/" && !isTyping && field && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        field.focus();
        return field.select();
      }
      const box = findBox(target);
      if (!box || box.list.hidden) return;
      if (key === "Escape") {
        event.stopImmediatePropagation(); // it closes the list and nothing else
        close(box);
      } else if (finds.length && ["ArrowDown", "ArrowUp", "Enter"].includes(key)) {
        event.preventDefault();
        if (key === "Enter") take(box, finds[Math.max(at, 0)]);
        else mark(box, key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
      }
    },
    true,
  );

  dash_clientside.search = { readIndex, findEntries, isNear };
}
