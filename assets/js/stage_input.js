// What a hand does on the stage: keys, clickers, buttons, fingers. What it means is in stage.js.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const SWIPE = 50; // pixels
  const acts = () => dash_clientside.stage.ACTS;

  /** Whether lines, and with them slides, follow each other from right to left. */
  const isLeftwards = () => document.dir === "rtl";
  /** @type {Record<string, string>} */
  const MIRRORED = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
  /** A key as it is where lines run from left to right. @param {string} key */
  const asWritten = (key) => (isLeftwards() && MIRRORED[key]) || key;

  /** @type {Record<string, string>} */
  const KEYS = {
    ...{ ArrowRight: "next", " ": "next", PageDown: "next", Enter: "next" },
    ...{ ArrowLeft: "back", PageUp: "back", Backspace: "back", Home: "first", End: "last" },
    ...{ f: "full", F5: "full", b: "black", ".": "black", n: "notes", "?": "help", h: "help" },
    ...{ ArrowUp: "later", ArrowDown: "earlier", p: "play", r: "region", t: "theme", s: "save" },
    Escape: "leave",
  };

  /** What KEYS calls a key: a letter by its place where the keyboard writes others, as Cyrillic and Arabic ones do.
   * @param {KeyboardEvent} event */
  function nameOf({ key, code }) {
    if (/^Key[A-Z]$/.test(code) && /[^\x00-\x7f]/.test(key)) return code.slice(3).toLowerCase();
    return key.length === 1 ? key.toLowerCase() : asWritten(key);
  }

  /** @param {KeyboardEvent} event */
  function pressKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, target } = event,
      act = KEYS[nameOf(event)];
    const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[open]"));
    if (dialog && key.startsWith("Page"))
      dialog.close(); // a clicker goes on
    else if (dialog && act !== "help" && act !== "region") return moveInDialog(event, dialog);
    const isOnButton = target instanceof Element && target.closest("button") !== null;
    if (!act || (isOnButton && (key === " " || key === "Enter"))) return;
    event.preventDefault();
    acts()[act]();
  }

  /** In a dialog the arrows move between its buttons. @param {KeyboardEvent} event @param {HTMLElement} dialog */
  function moveInDialog(event, dialog) {
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const step = steps[asWritten(event.key)],
      buttons = dash_clientside.elements.findAll("button", dialog);
    if (!step || !buttons.length) return;
    event.preventDefault();
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    buttons[(at + step + buttons.length) % buttons.length].focus();
  }

  /** @param {MouseEvent} event @param {HTMLElement} stage */
  function press({ target, detail }, stage) {
    if (!(target instanceof Element)) return;
    const button = /** @type {HTMLElement | null} */ (target.closest("[data-act], [data-region]"));
    if (button?.dataset.act) acts()[button.dataset.act]?.();
    else if (button) dash_clientside.stage.chooseRegion(button.dataset.region ?? "");
    // Space goes on after a press of the mouse
    if (detail && target.closest("#stage button")) stage.focus({ preventScroll: true });
  }

  /** One finger from side to side; a second one, and a touch that the browser takes over, end it. */
  function watchSwipes() {
    /** @type {Touch | null} */
    let from = null;
    const passive = { passive: true };
    document.addEventListener(
      "touchstart",
      // over a dialog a finger is the dialog's
      ({ touches: [touch, second] }) =>
        (from = second || document.querySelector("dialog[open]") ? null : touch),
      passive,
    );
    document.addEventListener("touchcancel", () => (from = null), passive);
    document.addEventListener(
      "touchend",
      ({ changedTouches: [touch] }) => {
        if (!from) return;
        const dx = touch.clientX - from.clientX,
          dy = touch.clientY - from.clientY;
        from = null;
        if (Math.abs(dx) > SWIPE && Math.abs(dx) > 1.5 * Math.abs(dy))
          acts()[dx < 0 !== isLeftwards() ? "next" : "back"]();
      },
      passive,
    );
  }

  /** @param {HTMLElement} stage */
  function listen(stage) {
    document.addEventListener("keydown", pressKey);
    document.addEventListener("click", (event) => press(event, stage));
    watchSwipes();
  }

  dash_clientside.stage_input = { listen };
}
