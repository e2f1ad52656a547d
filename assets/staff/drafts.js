// What is typed into a form marked `data-draft` is kept in this browser until the form is sent and taken, by account
// and address: an error, a sign-out or a closed tab loses nothing. Passwords, files and hidden fields are never kept.
"use strict";
{
  const DAYS = 7;
  const account = document.body.dataset.account ?? "";

  /** The fields of a form that are kept. @param {HTMLFormElement} form */
  const keptFields = (form) =>
    [...form.elements].filter(
      (element) =>
        (element instanceof HTMLInputElement &&
          !["password", "file", "hidden", "submit"].includes(element.type)) ||
        element instanceof HTMLTextAreaElement ||
        element instanceof HTMLSelectElement,
    );

  /** @param {HTMLFormElement} form */
  const keyOf = (form) => `draft ${account} ${form.dataset.draft || location.pathname}`;

  /** What a field says. @param {Element} field */
  const valueOf = (field) =>
    field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)
      ? field.checked
      : /** @type {HTMLInputElement} */ (field).value;

  /** By what a field is found again: its name, and of several with the same one its value. @param {Element} field */
  function nameOf(field) {
    const input = /** @type {HTMLInputElement} */ (field);
    return ["checkbox", "radio"].includes(input.type) ? `${input.name}=${input.value}` : input.name;
  }

  /** What a field said when the page came. @param {Element} field */
  function firstOf(field) {
    if (field instanceof HTMLSelectElement)
      return ([...field.options].find((each) => each.defaultSelected) ?? field.options[0])?.value;
    const input = /** @type {HTMLInputElement} */ (field);
    return ["checkbox", "radio"].includes(input.type) ? input.defaultChecked : input.defaultValue;
  }

  // Only what somebody touched: all else is, when one comes back, what others made of it meanwhile.
  /** @param {HTMLFormElement} form */
  function keep(form) {
    try {
      const values = JSON.parse(localStorage.getItem(keyOf(form)) ?? "{}").values ?? {};
      for (const field of keptFields(form)) {
        const name = nameOf(field);
        if (name in values || valueOf(field) !== firstOf(field)) values[name] = valueOf(field);
      }
      localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
    } catch {
      // the browser may forbid storage; then the form is as any other
    }
  }

  /** @param {HTMLFormElement} form */
  function restore(form) {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
    } catch {
      return;
    }
    if (!kept) return;
    let isOther = false;
    for (const field of keptFields(form)) {
      const value = kept.values[nameOf(field)];
      if (value === undefined || value === valueOf(field)) continue;
      isOther = true;
      if (typeof value === "boolean") /** @type {HTMLInputElement} */ (field).checked = value;
      else /** @type {HTMLInputElement} */ (field).value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const note = form.querySelector("[data-draft-note]");
    if (note instanceof HTMLElement) note.hidden = !isOther;
  }

  /** Drafts that nobody came back to. */
  function forgetOld() {
    try {
      for (const key of Object.keys(localStorage).filter((each) => each.startsWith("draft "))) {
        const { at } = JSON.parse(localStorage.getItem(key) ?? "{}");
        if (!(Date.now() - at < DAYS * 86_400_000)) localStorage.removeItem(key);
      }
    } catch {
      // nothing is kept then
    }
  }

  // A form that was taken leads to another page by a redirect; one that was not comes back with its errors and values.
  // So a draft goes when the next page says that something was done.
  if (account && document.querySelector(".staff-message.done")) {
    try {
      const sent = sessionStorage.getItem("sent-draft");
      if (sent) localStorage.removeItem(sent);
      sessionStorage.removeItem("sent-draft");
    } catch {
      // as above
    }
  }
  if (account) {
    forgetOld();
    for (const form of document.querySelectorAll("form[data-draft]")) {
      if (!(form instanceof HTMLFormElement)) continue;
      // a form that came back with errors has what was typed already
      if (!form.querySelector(".is-wrong")) restore(form);
      form.addEventListener("input", () => keep(form));
      form.addEventListener("change", () => keep(form));
      form.addEventListener("submit", () => {
        try {
          sessionStorage.setItem("sent-draft", keyOf(form));
        } catch {
          // as above
        }
      });
      form.querySelector("[data-draft-forget]")?.addEventListener("click", () => {
        localStorage.removeItem(keyOf(form));
        form.reset();
        restore(form);
        const note = form.querySelector("[data-draft-note]");
        if (note instanceof HTMLElement) note.hidden = true;
      });
    }
    document.querySelector(".staff-errors")?.scrollIntoView({ block: "nearest" });
    const errors = document.querySelector(".staff-errors");
    if (errors instanceof HTMLElement) errors.focus();
  }
}
