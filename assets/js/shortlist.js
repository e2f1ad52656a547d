// The shortlist: kept in this browser, sent nowhere but for its workbook. Where the browser stores nothing, it is there
// until the page is left, and says so.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** `ids` are those of both cities: names differ between languages. An entry of before has none.
   *  @typedef {{us: string, abroad: string, score: number, why: string, ids?: string}} Entry */
  const NAME = "shortlist";
  const MOST = 200; // as many as the server makes a workbook of
  /** What could not be stored. @type {Entry[] | null} */
  let unstored = null;

  /** @returns {Entry[]} */
  function read() {
    if (unstored) return unstored;
    try {
      const kept = JSON.parse(localStorage.getItem(NAME) ?? "[]");
      return Array.isArray(kept) ? kept.filter((each) => each && typeof each === "object") : [];
    } catch {
      return [];
    }
  }

  /** @param {Entry[]} entries */
  function write(entries) {
    const kept = entries.slice(-MOST),
      text = JSON.stringify(kept);
    try {
      localStorage.setItem(NAME, text);
      unstored = localStorage.getItem(NAME) === text ? null : kept;
    } catch {
      unstored = kept;
    }
    show();
  }

  const findBox = () =>
    /** @type {HTMLElement | null} */ (document.querySelector("[data-shortlist]"));

  /** @param {Entry} entry */
  const keyOf = ({ us, abroad, ids }) => ids ?? `${us}|${abroad}`;

  /** Whether two are of the same cities. @param {Entry} one @param {Entry} other */
  const isSame = (one, other) =>
    one.ids && other.ids
      ? one.ids === other.ids
      : one.us === other.us && one.abroad === other.abroad;

  /** Names and headings of the columns, from the page. @returns {[keyof Entry, string][]} */
  const columns = () => JSON.parse(findBox()?.dataset.columns ?? "[]");

  /** @param {string} tag @param {string | undefined} text @param {string} className */
  function build(tag, text, className = "") {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.textContent = text ?? "";
    return node;
  }

  /** A text of the box with its gaps filled. @param {string | undefined} text @param {Entry} entry */
  const fill = (text, entry) =>
    (text ?? "").replace(/{(us|abroad|score|why)}/g, (_, /** @type {keyof Entry} */ name) =>
      String(entry[name]),
    );

  /** @param {Entry} entry @param {DOMStringMap} texts of the box */
  function buildRow(entry, { pair, scored, remove = "" }) {
    const label = fill(pair, entry),
      button = document.createElement("button"),
      icon = build("i", "", "icon icon-close"),
      row = document.createElement("li");
    button.type = "button";
    button.className = "button icon-only";
    button.title = remove.replace("{name}", label);
    button.setAttribute("aria-label", button.title);
    button.dataset.unkeep = keyOf(entry);
    icon.setAttribute("aria-hidden", "true");
    button.append(icon);
    row.append(build("b", label), button, build("p", fill(scored, entry)));
    return row;
  }

  /** Which matches are on it: their buttons are pressed. @param {Entry[]} entries */
  function showPressed(entries) {
    for (const button of dash_clientside.elements.findAll("[data-keep]")) {
      const offered = JSON.parse(button.dataset.keep ?? "{}");
      const isKept = entries.some((each) => isSame(each, offered));
      dash_clientside.elements.setAttribute(button, "aria-pressed", String(isKept));
    }
  }

  /** What the box holds now, as text: it is built again only where that differs. */
  let shown = "";
  /** The box shows what is kept; on another page there is none. */
  function show() {
    const box = findBox();
    if (!box) return;
    const entries = read();
    showPressed(entries);
    const text = JSON.stringify([entries, unstored !== null]);
    if (text === shown && box.childElementCount) return;
    shown = text;
    const { headline = "", none, empty } = box.dataset;
    const title = document.getElementById("headline-shortlist");
    if (title)
      title.textContent = entries.length
        ? headline.replace("{number}", String(entries.length))
        : (none ?? "");
    for (const button of dash_clientside.elements.findAll(
      "[data-shortlist-csv], [data-shortlist-xlsx]",
    ))
      button.hidden = !entries.length;
    const list = build("ul", "", "kept");
    list.append(...entries.map((entry) => buildRow(entry, box.dataset)));
    box.replaceChildren(
      ...(unstored ? [build("p", box.dataset.unstored, "subline")] : []),
      entries.length ? list : build("p", empty, "prose"),
    );
  }

  /** @param {Entry} entry */
  function toggle(entry) {
    const entries = read(),
      others = entries.filter((each) => !isSame(each, entry));
    write(others.length < entries.length ? others : [...entries, entry]);
    if (others.length < entries.length) return;
    const { saved, unstored: onlyHere } = findBox()?.dataset ?? {};
    dash_clientside.announcements.showNote(unstored ? onlyHere : saved);
  }

  /** The keyboard goes on at the next row, or at the heading where none is left. @param {HTMLElement} button */
  function remove({ dataset: { unkeep }, parentElement: row }) {
    const at = [...(row?.parentElement?.children ?? [])].indexOf(/** @type {Element} */ (row));
    write(read().filter((each) => keyOf(each) !== unkeep));
    const rest = dash_clientside.elements.findAll("[data-unkeep]", findBox() ?? document);
    const next = rest[Math.min(at, rest.length - 1)] ?? findBox();
    if (next && next === findBox()) next.tabIndex = -1;
    next?.focus();
  }

  /** @param {string} name of the file */
  function saveCsv(name) {
    const named = columns(),
      rows = read().map((entry) => named.map(([column]) => entry[column] ?? ""));
    const source = findBox()?.dataset.source ?? "";
    dash_clientside.csv.saveRows(name, [named.map(([, label]) => label), ...rows, [], [source]]);
  }

  /** @param {HTMLElement} button */
  async function saveWorkbook({ dataset: { shortlistXlsx = "", failed } }) {
    try {
      const reply = await fetch(shortlistXlsx, {
        method: "POST",
        body: JSON.stringify(read()),
        headers: { "Content-Type": "application/json" },
      });
      await dash_clientside.take.saveReply(reply);
    } catch (error) {
      console.warn(error);
      dash_clientside.announcements.showNote(failed);
    }
  }

  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button");
    if (!button) return;
    const { keep, unkeep, shortlistCsv, shortlistXlsx } = button.dataset;
    if (keep !== undefined) toggle(JSON.parse(keep));
    else if (unkeep !== undefined) remove(button);
    else if (shortlistCsv !== undefined) saveCsv(shortlistCsv);
    else if (shortlistXlsx !== undefined) saveWorkbook(button);
  });
  // another window of this browser has changed it
  addEventListener("storage", ({ key }) => key === NAME && show());

  dash_clientside.shortlist = { show };
}
