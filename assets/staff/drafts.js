// What is typed into a form marked `data-draft` is kept in this browser until the form is sent and taken, by account
// and address: an error, a sign-out or a closed tab loses nothing. Passwords, files and hidden fields are never kept,
// but those marked `data-seen`: what stood in the fields when somebody typed over it. They come back with what was
// typed, so that the server knows when others have changed the same since. And a form is sent once, however often its
// button is pressed.
// It runs before there is a form: whoever types while the page is still coming is heard, and has the draft already.
"use strict";
{
  const DAYS = 7;
  // so long nobody sends a form again; later it may be that no answer came, in milliseconds
  const SENDING = 10_000;
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
  const pathOf = (form) => new URL(form.getAttribute("action") ?? "", location.href).pathname;

  /** @param {HTMLFormElement} form */
  const keyOf = (form) => `draft ${account()} ${form.dataset.draft || pathOf(form)}`;

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

  /** Hidden fields that say what was seen. @param {HTMLFormElement} form */
  const seenFields = (form) =>
    /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[data-seen]"));

  /** What one of them says of each field; null where it is one mark of all. @param {string} text */
  function cellsOf(text) {
    try {
      const found = JSON.parse(text);
      return found && typeof found === "object" ? found : null;
    } catch {
      return null;
    }
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
      /** @type {Record<string, unknown>} */
      const seen = {};
      for (const { name, value } of seenFields(form)) seen[name] = cellsOf(value) ?? value;
      if (Object.keys(values).length)
        localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values, seen }));
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
    /** @type {string[]} */
    const others = [];
    for (const field of keptFields(form)) {
      const value = kept.values[nameOf(field)];
      if (value === undefined || value === valueOf(field)) continue;
      others.push(/** @type {HTMLInputElement} */ (field).name);
      if (typeof value === "boolean") /** @type {HTMLInputElement} */ (field).checked = value;
      else /** @type {HTMLInputElement} */ (field).value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (!others.length) return;
    for (const field of seenFields(form)) {
      const was = kept.seen?.[field.name];
      if (typeof was === "string") field.value = was;
      else if (was)
        field.value = JSON.stringify({
          ...cellsOf(field.value),
          ...Object.fromEntries(Object.entries(was).filter(([name]) => others.includes(name))),
        });
    }
    const note = form.querySelector("[data-draft-note]");
    if (note instanceof HTMLElement) note.hidden = false;
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
  // So a draft goes when the next page says that something was done. What a page after that says is of something else.
  function forgetTaken() {
    const isDone = document.querySelector(".staff-message.done");
    try {
      const sent = sessionStorage.getItem("sent-draft");
      if (sent && isDone) localStorage.removeItem(sent);
      if (isDone || !isComing) sessionStorage.removeItem("sent-draft");
    } catch {
      // as above
    }
  }

  /** @param {HTMLFormElement} form */
  const isAnswer = (form) =>
    document.body.dataset.answer !== undefined && pathOf(form) === location.pathname;

  function bringBack() {
    if (!account()) return;
    forgetTaken();
    for (const form of document.querySelectorAll("form[data-draft]"))
      // a form that came back as the answer to itself has what was typed already
      if (form instanceof HTMLFormElement && !isAnswer(form)) restore(form);
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

  let isComing = true;

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

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented)
      return;
    if (Date.now() - Number(form.dataset.sent ?? 0) < SENDING) return event.preventDefault();
    form.dataset.sent = String(Date.now());
  });
  // by Back the page may come as it was left
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]"))
      if (form instanceof HTMLFormElement) delete form.dataset.sent;
  });

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
