// The sum of a count is said as it is typed, and how many members of a country are ticked.
"use strict";
{
  /** A whole number as people type it; 0 for anything else. @param {string} text */
  const numberOf = (text) => {
    const plain = text.replace(/[,\s]/g, "");
    return /^\d+$/.test(plain) ? Number(plain) : 0;
  };

  /** @param {HTMLFormElement} form */
  function showSum(form) {
    const counts = [...form.querySelectorAll("input[data-count]")];
    const sum = counts.reduce(
      (before, each) => before + numberOf(/** @type {HTMLInputElement} */ (each).value),
      0,
    );
    const total = numberOf(
      /** @type {HTMLInputElement} */ (form.elements.namedItem("total")).value,
    );
    const state = !total ? "" : sum === total ? "equal" : sum < total ? "less" : "more";
    for (const each of form.querySelectorAll("[data-sum]")) each.textContent = String(sum);
    for (const each of form.querySelectorAll("[data-sum-when]")) {
      if (!(each instanceof HTMLElement)) continue;
      each.hidden = each.dataset.sumWhen !== state;
      const difference = each.querySelector("[data-sum-difference]");
      if (difference) difference.textContent = String(Math.abs(sum - total));
    }
  }

  /** @param {Element} section */
  function showTicked(section) {
    const answers = [...section.querySelectorAll("select[data-member]")];
    const ticked = answers.filter(
      (each) => /** @type {HTMLSelectElement} */ (each).value === "yes",
    ).length;
    const shown = section.querySelector("[data-ticked]");
    if (!(shown instanceof HTMLElement) || !(section instanceof HTMLElement)) return;
    shown.textContent = String(ticked);
    shown.classList.toggle("overdue", ticked > Number(section.dataset.counted));
  }

  for (const form of document.querySelectorAll("form[data-sum-form]")) {
    if (!(form instanceof HTMLFormElement)) continue;
    form.addEventListener("input", () => showSum(form));
    showSum(form);
  }
  for (const section of document.querySelectorAll("[data-members]")) {
    section.addEventListener("input", () => showTicked(section));
    showTicked(section);
  }
}
