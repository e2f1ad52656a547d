// The address is the state. This file reads and writes it; what its names mean is Python's business.
window.ipi = window.ipi || {};
ipi.address = (() => {
  // Browsers take milliseconds to write an address. While the year moves it is written when the screen has been painted;
  // until then `search` says what it will be.
  const LATER = 80;
  let waiting = [], timer = null;
  const search = () => (waiting.length ? waiting.at(-1).search : location.search);
  const params = () => new URLSearchParams(search());
  const spelled = search => { const text = search.toString(); return text ? "?" + text : ""; };

  // A query without one name, in an order of its own, so that two spellings of one choice are equal.
  function without(name, search) {
    const left = [...new URLSearchParams(search)].filter(([key]) => key !== name);
    return JSON.stringify(left.sort((a, b) => (a.join("=") < b.join("=") ? -1 : 1)));
  }

  function write(wanted, { replace = false, later = false } = {}) {
    if (wanted === search()) return;
    if (replace && waiting.at(-1)?.replace) waiting.pop();
    waiting.push({ search: wanted, replace });
    if (!later) flush();
    else timer ??= setTimeout(flush, LATER);
  }
  function flush() {
    clearTimeout(timer); timer = null;
    if (!waiting.length) return;
    const entries = waiting; waiting = [];
    for (const { search: wanted, replace } of entries)
      if (wanted !== location.search) history[replace ? "replaceState" : "pushState"](null, "", location.pathname + wanted + location.hash);
    carry();
  }
  // whatever leads away, or back, finds the address as it should be
  for (const type of ["pointerdown", "pagehide", "visibilitychange"]) window.addEventListener(type, flush, true);
  window.addEventListener("keydown", event => { if (event.altKey || event.metaKey || event.ctrlKey || event.key === "Enter" || event.key === "Backspace") flush(); }, true);

  // Links to other pages take the view along, changed by what they say themselves ("partner=1&community=": a value put
  // in, a name taken out).
  function carry(root = document) {
    for (const link of root.querySelectorAll("a[data-keeps-view]"))
      link.search = link.pathname.startsWith("/export/") ? whole() : changed(link.dataset.keepsView);
  }
  function changed(by) {
    if (!by) return search();
    const next = params();
    for (const [name, value] of new URLSearchParams(by)) { next.delete(name); if (value) next.append(name, value); }
    return spelled(next);
  }

  // The query for what has no path to say which thing the page is about: a file, a card alone.
  function whole() {
    const key = document.querySelector("[data-key]")?.dataset.key;
    return key ? withValues("of", [key]) : search();
  }

  // One name with these values (none: taken out), everything else as it is.
  function withValues(name, values, clears) {
    const wanted = params();
    for (const each of [name, clears]) if (each) wanted.delete(each);
    for (const value of values) if (value !== "" && value !== null) wanted.append(name, value);
    return spelled(wanted);
  }

  const values = name => params().getAll(name);
  return { get isWritten() { return !waiting.length; }, search, params, spelled, without, write, carry, whole, withValues, values, flush };
})();
