// What a press on a card or the header does: the table in place of the chart, full screen, a copied link, sources,
// theme.
"use strict";
var dash_clientside = dash_clientside || {};
{
  const ID_START = "card-";
  /** The cards whose tables are open. @type {Set<string>} */
  const openCards = new Set();

  const query = () => dash_clientside.choice.shownFrames()?.query ?? "";
  const key = () => dash_clientside.choice.shownFrames()?.key ?? "";

  /** The open tables are of the choice and year that are shown. */
  function askForTables() {
    const { setProperty, COMPONENTS } = dash_clientside.elements;
    const year = dash_clientside.choice.shownYear();
    for (const name of openCards)
      if (!document.getElementById(ID_START + name)) openCards.delete(name);
    if (openCards.size)
      setProperty(COMPONENTS.opened, { cards: [...openCards], query: query(), year, key: key() });
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** While the year moves the server is not asked for each of them. */
  function followTables() {
    clearTimeout(timer);
    if (openCards.size) timer = setTimeout(askForTables, 150);
  }

  /** @param {HTMLElement} card @param {string} name of the face: chart, table */
  function openFace(card, name) {
    const { findAll, setAttribute } = dash_clientside.elements;
    for (const tab of findAll("[data-tab]", card))
      setAttribute(tab, "aria-pressed", String(tab.dataset.tab === name));
    for (const face of findAll("[data-face]", card)) face.hidden = face.dataset.face !== name;
  }

  /** @param {HTMLElement} button */
  function openTab(button) {
    const card = /** @type {HTMLElement | null} */ (button.closest(".card")),
      name = button.dataset.tab ?? "";
    if (!card) return;
    openFace(card, name);
    const its = card.id.slice(ID_START.length);
    if (name === "table") {
      openCards.add(its);
      askForTables();
    } else {
      openCards.delete(its);
      dash_clientside.figures.resizeFigures(card);
    }
  }

  /**
   * Whether a text was copied. Without TLS there is no clipboard API: then it is copied from a box, the old way.
   * @param {string} text @param {HTMLTextAreaElement | null} [box] one that shows it already
   */
  async function copyText(text, box = null) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const from = box ?? document.body.appendChild(document.createElement("textarea")),
        before = document.activeElement;
      from.value = text;
      from.select();
      const isCopied = document.execCommand("copy");
      if (!box) from.remove();
      if (!box && before instanceof HTMLElement) before.focus();
      return isCopied;
    }
  }

  /** @param {string} anchor */
  async function copyLink(anchor) {
    const { copied, failed } = dash_clientside.elements.find("toast")?.dataset ?? {};
    if (await copyText(dash_clientside.address.current(anchor)))
      return dash_clientside.announcements.showNote(copied);
    dash_clientside.address.flush(); // then it can be copied from the browser's own line
    dash_clientside.announcements.showNote(failed);
  }

  /** @param {HTMLElement} button */
  async function toggleFullScreen(button) {
    const card = button.closest(".card");
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await card?.requestFullscreen?.();
    } catch {
      // a frame of another site may forbid it; the card stays as it is
    }
  }
  document.addEventListener("fullscreenchange", () =>
    requestAnimationFrame(() => dash_clientside.figures.resizeFigures(document)),
  );

  /** @param {string} card or "all" */
  function openSources(card) {
    const { setProperty, COMPONENTS } = dash_clientside.elements;
    const dialog = document.getElementById("sources");
    const all = dash_clientside.choice.shownFrames()?.charts ?? [];
    const cards = card === "all" ? all : [card];
    setProperty(COMPONENTS.sourcesOf, { cards, query: query(), key: key() });
    if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
  }

  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button");
    if (!button) return;
    const { tab, copy, fullScreen, sources, close, themeSwitch } = button.dataset;
    if (tab !== undefined) openTab(button);
    else if (copy !== undefined) copyLink(copy);
    else if (fullScreen !== undefined) toggleFullScreen(button);
    else if (sources !== undefined) openSources(sources);
    else if (close !== undefined) button.closest("dialog")?.close();
    else if (themeSwitch !== undefined) dash_clientside.theme.toggle();
  });

  dash_clientside.cards = { followTables, copyText };
}
