// Long lists come as HTML text, every value of it escaped (dashboard/components/markup.py), and are put in here.
window.ipi = window.ipi || {};
ipi.markup = (() => {
  const shown = new WeakMap();
  function fill() {
    for (const node of document.querySelectorAll("[data-markup]")) {
      if (shown.get(node) === node.dataset.markup) continue;
      shown.set(node, node.dataset.markup);
      node.innerHTML = node.dataset.markup;
      ipi.address.carry(node);
    }
  }
  new MutationObserver(fill).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-markup"] });
  return { fill };
})();
