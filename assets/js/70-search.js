// Search without the server: the index comes once, when a box is first used. In the header a find is gone to; in a box
// that puts (data-puts) its id goes into the address of the page.
window.ipi = window.ipi || {};
ipi.search = (() => {
  const MOST = 12, LEAST_TO_GUESS = 5;
  let index = null, coming = null;

  function load() {
    coming ||= fetch("/search-index.json").then(reply => { if (!reply.ok) throw new Error(reply.status); return reply.json(); }).then(made).catch(error => { coming = null; throw error; });
    return coming;
  }
  function made({ kinds, entries }) {
    index = [];
    kinds.forEach(([kind, label, address], rank) => {
      for (const [id, name, detail, also] of entries[kind]) {
        const names = [name, ...also.split(";")].filter(Boolean);
        const words = [...new Set(names.flatMap(ipi.lists.wordsOf)), ...names.map(ipi.lists.folded)];
        index.push({ kind, label, rank, id, name, detail, whole: ipi.lists.folded(name), words, more: ipi.lists.wordsOf(detail), address: address.replace("{id}", kind === "page" ? id : encodeURIComponent(id)) });
      }
    });
    return index;
  }

  // Whether two words differ by one letter: one more, one less, another, or two changed round.
  function isNear(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let i = 0;
    while (i < a.length && i < b.length && a[i] === b[i]) i++;
    const rest = (x, y) => a.slice(i + x) === b.slice(i + y);
    return rest(1, 1) || rest(1, 0) || rest(0, 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && rest(2, 2));
  }

  // 0: the name itself; 1: a word begins so; 2: somewhere in a name; 3: only with its detail; none: not found
  function worth(entry, words, all) {
    if (entry.whole === all) return 0;
    if (words.every(word => entry.words.some(each => each.startsWith(word)))) return entry.whole.startsWith(all) ? 1 : 1.5;
    if (words.every(word => [...entry.words, ...entry.more].some(each => each.startsWith(word)))) return 2;
    if (all.length > 2 && entry.words.some(each => each.includes(all))) return 3;
    return null;
  }
  function find(text, kind) {
    const words = ipi.lists.wordsOf(text), all = words.join("");
    if (!all || !index) return [];
    const among = kind ? index.filter(entry => entry.kind === kind) : index;
    let found = among.map(entry => [worth(entry, words, all), entry]).filter(([value]) => value !== null);
    if (!found.length && all.length >= LEAST_TO_GUESS)
      found = among.filter(entry => entry.words.some(each => isNear(each, all) || words.some(word => word.length >= LEAST_TO_GUESS && isNear(each, word)))).map(entry => [4, entry]);
    return found.sort(([a, x], [b, y]) => a - b || x.rank - y.rank || (x.kind.endsWith("city") ? 0 : x.name.length - y.name.length)).slice(0, MOST).map(([, entry]) => entry);
  }

  // ---- a box with its list: a combobox as ARIA describes it
  let serial = 0;
  function wire(box) {
    const input = box.querySelector("input"), list = document.createElement("ul"), said = document.createElement("span");
    list.id = "found-" + serial++; list.hidden = true; list.className = "found"; list.setAttribute("role", "listbox"); list.setAttribute("aria-label", input.getAttribute("aria-label") || box.querySelector("label")?.textContent || "");
    said.className = "unseen"; said.setAttribute("role", "status");
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
    box.append(list, said);
    let at = -1, finds = [];

    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    function mark(next) {
      at = (next + finds.length) % finds.length;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
    function show() {
      finds = find(input.value, box.dataset.search);
      const { none, results } = words();
      list.replaceChildren(...finds.map((entry, i) => {
        const item = document.createElement("li"), name = document.createElement("b"), what = document.createElement("small");
        item.id = `${list.id}-${i}`; item.setAttribute("role", "option"); item.setAttribute("aria-selected", "false");
        name.textContent = entry.name; what.textContent = [entry.detail, box.dataset.search ? "" : entry.label].filter(Boolean).join(" · ");
        item.append(name, what);
        item.addEventListener("pointerdown", event => { event.preventDefault(); take(entry); });
        return item;
      }));
      const isAsked = input.value.trim() !== "";
      if (isAsked && !finds.length) list.replaceChildren(Object.assign(document.createElement("li"), { className: "none", role: "option", textContent: none }));
      said.textContent = isAsked ? (finds.length ? results.replace("{number}", finds.length) : none) : "";
      list.hidden = !isAsked; input.setAttribute("aria-expanded", String(isAsked)); at = -1; input.removeAttribute("aria-activedescendant");
    }
    function take(entry) {
      close();
      if (box.dataset.puts) { input.value = entry.detail ? `${entry.name}, ${entry.detail}` : entry.name; ipi.page.put(box.dataset.puts, entry.id); }
      else location.href = entry.address;
    }
    const failed = () => { list.replaceChildren(Object.assign(document.createElement("li"), { className: "none", role: "option", textContent: words().failed })); list.hidden = false; };
    input.addEventListener("focus", () => { load().catch(() => {}); });
    input.addEventListener("input", () => { load().then(show, failed); if (box.dataset.puts && !input.value.trim()) ipi.page.put(box.dataset.puts, ""); });
    input.addEventListener("blur", () => setTimeout(close, 100));
    input.addEventListener("keydown", event => {
      if (event.key === "Escape") { if (!list.hidden) event.stopPropagation(); close(); }
      else if (event.key === "ArrowDown" && finds.length && !list.hidden) { event.preventDefault(); mark(at + 1); }
      else if (event.key === "ArrowUp" && finds.length && !list.hidden) { event.preventDefault(); mark(at < 0 ? -1 : at - 1); }
      else if (event.key === "Enter" && !list.hidden && finds.length) { event.preventDefault(); take(finds[Math.max(at, 0)]); }
    });
  }
  const words = () => document.querySelector("[data-search-words]")?.dataset ?? { none: "", results: "{number}", failed: "" };

  document.addEventListener("keydown", event => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]"), input = document.getElementById("search");
    if (event.key === "/" && !isTyping && input && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); input.focus(); input.select(); }
  });
  const wired = new WeakSet();
  const look = () => { for (const box of document.querySelectorAll("[data-search]")) if (!wired.has(box) && box.querySelector("input")) { wired.add(box); wire(box); } };
  queueMicrotask(look);
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });

  return { load, find, isNear };
})();
