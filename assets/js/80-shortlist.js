// The shortlist: kept in this browser, sent nowhere (dashboard/components/opportunities.py).
window.ipi = window.ipi || {};
ipi.shortlist = (() => {
  const NAME = "shortlist", MOST = 200;
  const read = () => { try { const kept = JSON.parse(localStorage.getItem(NAME) || "[]"); return Array.isArray(kept) ? kept.filter(each => each && typeof each === "object") : []; } catch { return []; } };
  function write(items) { try { localStorage.setItem(NAME, JSON.stringify(items.slice(-MOST))); } catch { /* shown until the page is left */ } show(items); }
  const box = () => document.querySelector("[data-shortlist]");
  const key = item => item.us + "|" + item.abroad;

  function show(items = read()) {
    const node = box();
    if (!node) return;
    const { columns, empty, remove, headline, none } = node.dataset, named = JSON.parse(columns);
    document.getElementById("headline-shortlist").textContent = items.length ? headline.replace("{number}", items.length) : none;
    const kept = new Set(items.map(key));
    for (const button of document.querySelectorAll("[data-keep]")) button.setAttribute("aria-pressed", String(kept.has(key(JSON.parse(button.dataset.keep)))));
    for (const button of document.querySelectorAll("[data-shortlist-csv],[data-shortlist-xlsx]")) button.hidden = !items.length;
    if (!items.length) return node.replaceChildren(Object.assign(document.createElement("p"), { className: "prose", textContent: empty }));
    const list = document.createElement("ul"); list.className = "kept";
    list.append(...items.map(item => {
      const row = document.createElement("li"), name = document.createElement("b"), why = document.createElement("p"), button = document.createElement("button"), label = `${item.us} – ${item.abroad}`;
      name.textContent = label; why.textContent = `${named[2][1]} ${item.score}. ${item.why}`;
      button.type = "button"; button.className = "button icon-only"; button.title = remove.replace("{name}", label); button.setAttribute("aria-label", button.title);
      button.dataset.unkeep = key(item); button.append(Object.assign(document.createElement("i"), { className: "icon icon-close" }));
      row.append(name, button, why);
      return row;
    }));
    node.replaceChildren(list);
  }

  function toggle(item) {
    const items = read(), has = items.some(each => key(each) === key(item));
    write(has ? items.filter(each => key(each) !== key(item)) : [...items, item]);
    if (!has) ipi.controls.say(box().dataset.saved);
  }
  function csv(file) {
    const { columns, source } = box().dataset, named = JSON.parse(columns);
    ipi.lists.save(file, [named.map(([, label]) => label), ...read().map(item => named.map(([name]) => item[name] ?? "")), [], [source]]);
  }

  async function xlsx(button) {
    try {
      const reply = await fetch(button.dataset.shortlistXlsx, { method: "POST", body: JSON.stringify(read()), headers: { "Content-Type": "application/json" } });
      if (!reply.ok) throw new Error(await reply.text());
      ipi.take.saved(reply, await reply.blob());
    } catch (error) { console.warn(error); ipi.controls.say(button.dataset.failed); }
  }

  document.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("keep" in button.dataset) toggle(JSON.parse(button.dataset.keep));
    else if ("unkeep" in button.dataset) write(read().filter(each => key(each) !== button.dataset.unkeep));
    else if ("shortlistCsv" in button.dataset) csv(button.dataset.shortlistCsv);
    else if ("shortlistXlsx" in button.dataset) xlsx(button);
  });
  window.addEventListener("storage", event => { if (event.key === NAME) show(); });
  let shown = null;
  const look = () => { const node = box(), buttons = document.querySelector("[data-keep]"); if (node && (node !== shown?.[0] || buttons !== shown?.[1])) { shown = [node, buttons]; show(); } };
  queueMicrotask(look);
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });

  return { read };
})();
