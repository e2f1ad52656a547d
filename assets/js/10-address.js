// The address is the state. This file reads and writes it; what its names mean is Python's business.
window.ipi = window.ipi || {};
ipi.address = (() => {
  const params = () => new URLSearchParams(location.search);
  const spelled = search => { const text = search.toString(); return text ? "?" + text : ""; };

  // A query without one name, in an order of its own, so that two spellings of one choice are equal.
  function without(name, search) {
    const left = [...new URLSearchParams(search)].filter(([key]) => key !== name);
    return JSON.stringify(left.sort((a, b) => (a.join("=") < b.join("=") ? -1 : 1)));
  }

  function write(search, { replace = false } = {}) {
    if (search === location.search) return;
    history[replace ? "replaceState" : "pushState"](null, "", location.pathname + search + location.hash);
    carry();
  }

  // Links to other pages take the view along.
  function carry(root = document) {
    for (const link of root.querySelectorAll("a[data-keeps-view]")) link.search = link.pathname.startsWith("/export/") ? whole() : location.search;
  }

  // The query for what has no path to say which thing the page is about: a file, a card alone.
  function whole() {
    const key = document.querySelector("[data-key]")?.dataset.key;
    return key ? withValues("of", [key]) : location.search;
  }

  // One name with these values (none: taken out), everything else as it is.
  function withValues(name, values) {
    const search = params();
    search.delete(name);
    for (const value of values) if (value !== "" && value !== null) search.append(name, value);
    return spelled(search);
  }

  const values = name => params().getAll(name);
  return { params, spelled, without, write, carry, whole, withValues, values };
})();
