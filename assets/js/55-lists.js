// Lists made by the server that a person narrows, sorts and takes away here (dashboard/components/lists.py): words typed,
// values picked, headings pressed. What a row is about it does not know.
window.ipi = window.ipi || {};
ipi.lists = (() => {
  // One spelling of a text: dashboard/filters.py, folded().
  const PLAIN = { "ı": "i", "ə": "e", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ß": "ss" };
  const folded = text => text.toLowerCase().replace(/[ıəłøđðħæœß]/g, letter => PLAIN[letter]).normalize("NFKD").replace(/[^\p{L}\p{N}]|\p{Lm}/gu, "");
  const wordsOf = text => text.split(/\s+/).map(folded).filter(Boolean);

  const picked = {}; // list -> its values picked
  const opened = new Set(); // groups of which all is seen

  function narrow(of) {
    const root = document.getElementById(of);
    if (!root) return;
    const typed = document.querySelector(`[data-filter="${of}"] input`)?.value ?? "", words = wordsOf(typed), wanted = [...(picked[of] || [])];
    const groups = wanted.reduce((found, value) => { const [name] = value.split(":"); (found[name] ||= []).push(value); return found; }, {});
    const rows = [...root.querySelectorAll("[data-words]")];
    let shown = 0;
    for (const row of rows) {
      const has = row.dataset.values.split("|");
      row.hidden = !words.every(word => row.dataset.words.includes(word)) || !Object.values(groups).every(any => any.some(value => has.includes(value)));
      shown += !row.hidden;
    }
    const isNarrowed = words.length > 0 || wanted.length > 0;
    for (const group of root.querySelectorAll("[data-group]")) {
      const left = [...group.querySelectorAll("[data-words]:not([hidden])")], most = isNarrowed || opened.has(group.dataset.group) ? Infinity : +group.dataset.most;
      group.hidden = !left.length;
      left.forEach((row, i) => row.classList.toggle("later", i >= most));
      group.querySelector("[data-all-of]").hidden = left.length <= most;
    }
    for (const node of document.querySelectorAll(`[data-count-of="${of}"]`)) {
      const text = shown === rows.length ? node.dataset.all : node.dataset.some;
      node.textContent = text.replace("{shown}", shown).replace("{total}", rows.length);
    }
  }

  function pick(button) {
    const chosen = (picked[button.dataset.of] ||= new Set()), value = button.dataset.pick;
    chosen.has(value) ? chosen.delete(value) : chosen.add(value);
    button.setAttribute("aria-pressed", String(chosen.has(value)));
    narrow(button.dataset.of);
  }

  function open(button) {
    const group = button.closest("[data-group]"), first = group.querySelector(".later");
    opened.add(group.dataset.group);
    narrow(group.parentNode.id);
    // the button is gone: who came by keyboard goes on at what it brought
    if (first) Object.assign(first, { tabIndex: -1 }).focus();
  }

  const plain = cell => cell.dataset.value ?? cell.textContent;
  function sort(button) {
    const head = button.closest("th"), body = head.closest("table").tBodies[0], at = +button.dataset.sort;
    const isDown = head.getAttribute("aria-sort") === "ascending", isNumber = head.classList.contains("n");
    for (const each of head.parentNode.children) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    const order = (a, b) => (isNumber ? a - b : a.localeCompare(b, document.documentElement.lang));
    const rows = [...body.rows].map(row => [plain(row.cells[at]), row]);
    // what is not recorded stands last, whichever way it is sorted
    rows.sort(([a], [b]) => (a === "") - (b === "") || (isDown ? -1 : 1) * order(a, b));
    body.append(...rows.map(([, row]) => row));
  }

  // ---- files: text only, so a cell that begins like a formula is quoted (as a spreadsheet would run it)
  const cellOf = text => { const safe = /^\s*[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? "'" + text : text; return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe; };
  function save(name, rows) {
    const text = "\ufeff" + rows.map(row => row.map(cell => cellOf(String(cell))).join(",")).join("\r\n") + "\r\n";
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  function csv(button) {
    const table = document.getElementById(button.dataset.csv);
    const head = [...table.tHead.rows[0].cells].map(cell => cell.textContent), body = [...table.tBodies[0].rows].filter(row => !row.hidden);
    save(button.dataset.file, [head, ...body.map(row => [...row.cells].map(plain)), [], [button.dataset.source], [location.href]]);
  }

  document.addEventListener("input", event => { const box = event.target.closest("[data-filter]"); if (box) narrow(box.dataset.filter); });
  document.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("sort" in button.dataset) sort(button);
    else if ("pick" in button.dataset) pick(button);
    else if ("allOf" in button.dataset) open(button);
    else if ("csv" in button.dataset) csv(button);
  });

  // Lists that have just come: count them, and narrow them as before.
  let wasHere = [];
  function look() {
    const here = [...document.querySelectorAll("[data-filter]")];
    if (here.length === wasHere.length && here.every((box, i) => box === wasHere[i])) return;
    wasHere = here;
    for (const box of here) {
      for (const button of document.querySelectorAll(`[data-pick][data-of="${box.dataset.filter}"]`))
        button.setAttribute("aria-pressed", String(picked[box.dataset.filter]?.has(button.dataset.pick) ?? false));
      narrow(box.dataset.filter);
    }
  }
  queueMicrotask(look);
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });

  return { folded, wordsOf, save };
})();
