// Boxes and sliders that ask something of the page itself, in the address (dashboard/filters.py, PAGE_PARAMS).
window.ipi = window.ipi || {};
ipi.asks = (() => {
  const put = (name, value, clears) => ipi.page.put(name, value, clears);

  document.addEventListener("change", event => {
    const one = event.target.closest("[data-ask]"), list = event.target.closest("[data-ask-list]");
    // a number outside what the box allows is said there, and asks nothing
    if (one && !event.target.reportValidity()) return;
    if (one) put(one.dataset.ask, event.target.value, one.dataset.clears);
    if (list) put(list.dataset.askList, [...list.querySelectorAll("input")].map(input => input.value).join("-"));
  });
  // a slider says its number while it moves
  document.addEventListener("input", event => {
    const row = event.target.closest("[data-ask-list] .weight-row");
    if (row) row.querySelector(".weight").textContent = event.target.value;
  });

  return { put };
})();
