// What is typed into a form marked `data-draft` is kept in this browser until the form is sent and taken, by account
// and address: an error, a sign-out or a closed tab loses nothing. Passwords, files and hidden fields are never kept.
// It runs before there is a form: whoever types while the page is still coming is heard, and has the draft already.
"use strict";
{
  const DAYS = 7;
  const account = () => document.body?.dataset.account ?? "";

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
  const keyOf = (form) => `draft ${account()} ${form.dataset.draft || location.pathname}`;

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
      if (Object.keys(values).length)
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
    if (note instanceof HTMLElement && isOther) note.hidden = false;
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
  function forgetTaken() {
    if (!document.querySelector(".staff-message.done")) return;
    try {
      const sent = sessionStorage.getItem("sent-draft");
      if (sent) localStorage.removeItem(sent);
      sessionStorage.removeItem("sent-draft");
    } catch {
      // as above
    }
  }

  function bringBack() {
    if (!account()) return;
    forgetTaken();
    for (const form of document.querySelectorAll("form[data-draft]"))
      // a form that came back with errors has what was typed already
      if (form instanceof HTMLFormElement && !form.querySelector(".is-wrong")) restore(form);
  }

  /** @param {HTMLFormElement} form */
  function send(form) {
    keep(form);
    try {
      sessionStorage.setItem("sent-draft", keyOf(form));
    } catch {
      // as above
    }
  }

  /** @param {HTMLFormElement} form */
  function forget(form) {
    localStorage.removeItem(keyOf(form));
    form.reset();
    const note = form.querySelector("[data-draft-note]");
    if (note instanceof HTMLElement) note.hidden = true;
  }

  /**
   * What is done with a form when something happens in it.
   * @type {[string, (form: HTMLFormElement) => void, string?][]}
   */
  const ANSWERS = [
    ["input", keep],
    ["change", keep],
    ["submit", send],
    ["click", forget, "[data-draft-forget]"],
  ];
  for (const [event, answer, within = "*"] of ANSWERS)
    document.addEventListener(event, ({ target }) => {
      const form = target instanceof Element && target.closest(within)?.closest("form[data-draft]");
      if (form instanceof HTMLFormElement && account()) answer(form);
    });

  let isComing = true;
  document.addEventListener("focusin", () => {
    if (isComing) bringBack();
  });
  document.addEventListener("DOMContentLoaded", () => {
    isComing = false;
    forgetOld();
    bringBack();
    // who is at a field already stays there
    const errors = document.querySelector(".staff-errors");
    if (!(errors instanceof HTMLElement) || !account() || document.activeElement !== document.body)
      return;
    errors.scrollIntoView({ block: "nearest" });
    errors.focus();
  });
}
