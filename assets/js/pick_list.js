// A list in groups that is narrowed here: words typed, values picked; of each group the first rows are seen until all
// are asked for, or the list is narrowed. What a row is about it does not know.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** By list what is typed and picked, for its markup comes anew with each choice. @type {Map<string, string>} */
  const typed = new Map();
  /** @type {Map<string, Set<string>>} */
  const picked = new Map();
  /** Groups of which all is seen. @type {Set<string>} */
  const opened = new Set();

  /** @param {string} list */
  const picksOf = (list) => picked.get(list) ?? new Set();

  /**
   * Whether a row has one of the values picked under each name ("sector:Education").
   * @param {HTMLElement} row @param {Set<string>} picks
   */
  function hasPicked(row, picks) {
    const values = (row.dataset.values ?? "").split("|");
    const names = new Set([...picks].map((pick) => pick.split(":")[0]));
    return [...names].every((name) => values.some((v) => v.startsWith(`${name}:`) && picks.has(v)));
  }

  /** @param {string} list */
  function narrow(list) {
    const { findAll, write } = dash_clientside.elements;
    const root = document.getElementById(list);
    if (!root) return;
    const words = dash_clientside.spelling.wordsOf(typed.get(list) ?? ""),
      picks = picksOf(list),
      rows = findAll("[data-words]", root);
    for (const row of rows) {
      const spelled = row.dataset.words ?? "";
      row.hidden = !words.every((word) => spelled.includes(word)) || !hasPicked(row, picks);
    }
    for (const group of findAll("[data-group]", root))
      showGroup(group, words.length > 0 || picks.size > 0);
    const shown = rows.filter((row) => !row.hidden).length;
    for (const node of findAll(`[data-count-of="${CSS.escape(list)}"]`)) {
      const text = (shown === rows.length ? node.dataset.all : node.dataset.some) ?? "";
      write(node, text.replace("{shown}", String(shown)).replace("{total}", String(rows.length)));
    }
  }

  /** @param {HTMLElement} group @param {boolean} isNarrowed */
  function showGroup(group, isNarrowed) {
    const left = dash_clientside.elements.findAll("[data-words]:not([hidden])", group);
    const isWhole = isNarrowed || opened.has(group.dataset.group ?? "");
    const most = isWhole ? Infinity : Number(group.dataset.most);
    group.hidden = !left.length;
    left.forEach((row, i) => row.classList.toggle("later", i >= most));
    for (const more of dash_clientside.elements.findAll("[data-all-of]", group))
      more.hidden = left.length <= most;
  }

  /** @param {HTMLElement} button */
  function pick(button) {
    const { of = "", pick: value = "" } = button.dataset;
    const picks = new Set(picksOf(of));
    if (!picks.delete(value)) picks.add(value);
    picked.set(of, picks);
    button.setAttribute("aria-pressed", String(picks.has(value)));
    narrow(of);
  }

  /** @param {HTMLElement} button */
  function openGroup(button) {
    const group = /** @type {HTMLElement | null} */ (button.closest("[data-group]"));
    const first = /** @type {HTMLElement | null | undefined} */ (group?.querySelector(".later"));
    opened.add(group?.dataset.group ?? "");
    narrow(group?.parentElement?.id ?? "");
    // the button is gone: who came by keyboard goes on at what it brought
    if (first) {
      first.tabIndex = -1;
      first.focus();
    }
  }

  document.addEventListener("input", ({ target }) => {
    const box = target instanceof HTMLInputElement && target.closest("[data-filter]");
    if (!(box instanceof HTMLElement) || !(target instanceof HTMLInputElement)) return;
    typed.set(box.dataset.filter ?? "", target.value);
    narrow(box.dataset.filter ?? "");
  });
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button");
    if (!button) return;
    if (button.dataset.pick !== undefined) pick(button);
    else if (button.dataset.allOf !== undefined) openGroup(button);
  });

  /** Lists that have just come stand as those before them. @type {Set<HTMLElement>} */
  let standing = new Set();
  function takeNewLists() {
    const { findAll } = dash_clientside.elements;
    const here = findAll("[data-filter]");
    for (const box of here.filter((each) => !standing.has(each))) {
      const list = box.dataset.filter ?? "";
      const input = box.querySelector("input");
      if (input) input.value = typed.get(list) ?? "";
      for (const button of findAll(`[data-pick][data-of="${CSS.escape(list)}"]`))
        button.setAttribute("aria-pressed", String(picksOf(list).has(button.dataset.pick ?? "")));
      narrow(list);
    }
    standing = new Set(here);
  }
  new MutationObserver(takeNewLists).observe(document, { childList: true, subtree: true });
}
