// What is taken away from a page: pictures of cards, slides with the map as it is seen, code to embed, paper. Buttons
// of menus say what by `data-take`, and of what by `data-href`.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** @param {Blob} blob @param {string} name */
  function save(blob, name) {
    const link = document.createElement("a");
    Object.assign(link, { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /** Saves a file of the server under the name that it gave. @param {Response} reply */
  async function saveReply(reply) {
    if (!reply.ok) throw new Error(String(reply.status));
    const name = /filename="([^"]+)"/.exec(reply.headers.get("Content-Disposition") ?? "");
    save(await reply.blob(), name?.[1] ?? "");
  }

  /** @param {HTMLElement} button */
  const cardOf = (button) => /** @type {HTMLElement} */ (button.closest(".card"));

  /** @param {HTMLElement} card @param {string} ending */
  const nameOf = (card, ending) =>
    `${card.dataset.file ?? card.id}_${dash_clientside.choice.shownYear()}.${ending}`;

  /** @param {HTMLElement} button `data-of` names the graph that goes onto its slide as it is seen */
  async function takeSlides({ dataset: { of = "", href = "" } }) {
    const card = dash_clientside.elements.findGraph(of)?.closest(".card"),
      { drawPng } = dash_clientside.picture;
    const body = card instanceof HTMLElement ? await drawPng(card, true).catch(() => null) : null;
    const headers = { "Content-Type": "image/png" },
      address = href + dash_clientside.address.wholeQuery();
    await saveReply(await fetch(address, body ? { method: "POST", body, headers } : {}));
  }

  /** Opens the dialog with the code of a frame that shows the card. @param {HTMLElement} button */
  function showCode(button) {
    const dialog = document.getElementById("embed"),
      box = dialog?.querySelector("textarea");
    if (!(dialog instanceof HTMLDialogElement) || !box) return;
    const card = cardOf(button),
      frame = document.createElement("iframe");
    const attributes = {
      // whoever sees it there sees it in this language
      src: dash_clientside.languages.speak(
        location.origin + button.dataset.href + dash_clientside.address.wholeQuery(),
      ),
      title: card.querySelector("h2")?.textContent?.trim() ?? "",
      width: "100%",
      height: String(Math.max(card.offsetHeight + 40, 320)),
      loading: "lazy",
      style: "border:0",
    };
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
    box.value = frame.outerHTML;
    dialog.showModal();
    box.select();
  }

  /** @param {HTMLElement} button */
  async function copyCode(button) {
    const box = button.closest("dialog")?.querySelector("textarea"),
      { copied, failed } = button.dataset;
    if (!box) return;
    box.focus();
    box.select(); // for a hand that copies it
    const isCopied = await dash_clientside.cards.copyText(box.value, box);
    const place = button.parentElement?.querySelector("[role=status]");
    if (place) place.textContent = (isCopied ? copied : failed) ?? "";
  }

  /** @type {Record<string, (button: HTMLElement) => unknown>} */
  const ACTS = {
    png: async (button) => {
      const card = cardOf(button);
      save(await dash_clientside.picture.drawPng(card), nameOf(card, "png"));
    },
    svg: async (button) => {
      const card = cardOf(button),
        text = await dash_clientside.picture.drawSvgFile(card);
      save(new Blob([text], { type: "image/svg+xml" }), nameOf(card, "svg"));
    },
    slides: takeSlides,
    embed: showCode,
    code: copyCode,
    print: () => dash_clientside.print.printPage(),
  };

  document.addEventListener("click", async ({ target }) => {
    const button =
      target instanceof Element &&
      /** @type {HTMLButtonElement | null} */ (target.closest("button[data-take]"));
    if (!button) return;
    button.disabled = true;
    try {
      await ACTS[button.dataset.take ?? ""]?.(button);
    } catch (error) {
      console.warn(error);
      dash_clientside.announcements.showNote(button.dataset.failed);
    }
    button.disabled = false;
  });

  dash_clientside.take = { save, saveReply };
}
